"""Asking the running app for a file: it has the store open, so it makes the file and leaves it beside the store.

A request is a JSON file in the folder `requests` beside the store. The app takes it by renaming it, makes the file and
leaves ID.zip, or ID.problem with the reason; whoever asked fetches either and clears up. Whoever may write into that
folder could read the store as well, so a request is answered with the head office's scope.
"""

from __future__ import annotations

import io
import json
import time
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.scope import HEAD_OFFICE
from data.store import Store
from reports.letters import kept_letter
from reports.minutes import kept_minutes
from reports.snapshot import snapshot_pack
from texts import N_, Language, Message, Problem

FOLDER = "requests"
LEFT_OVER = 24 * 3600  # seconds after which an answer that nobody fetched is removed


@dataclass(frozen=True)
class Request:
    """A pack that is wanted: the arguments of snapshot_pack."""

    as_of: date
    year: int | None
    classes: tuple[str, ...]
    language: Language


@dataclass(frozen=True)
class DocumentRequest:
    """A .docx that is wanted: the minutes of a day's review, or a letter by its number; answered as ZIP of one file."""

    as_of: date
    language: Language
    letter: str | None = None


def requests_of(store: Path) -> Path:
    """Give the folder of requests of a store by its path, without opening it."""
    return store.resolve().parent / FOLDER


def ask(
    store: Path,
    request: Request | DocumentRequest,
    waiting: Callable[[], None] = lambda: None,
    *,
    taken_within: float = 15,
    made_within: float = 1800,
) -> bytes:
    """Ask the app that has the store open for a pack or a document and give its ZIP.

    waiting: called once, when the app has taken the request. Raises Problem where no app takes it, it takes too long
    (both in seconds), or the app could not make it.
    """
    folder = requests_of(store)
    folder.mkdir(exist_ok=True)
    place = folder / uuid.uuid4().hex
    wanted, taken = place.with_suffix(".json"), place.with_suffix(".taken")
    answer, refusal = place.with_suffix(".zip"), place.with_suffix(".problem")
    _put(wanted, json.dumps({**asdict(request), "as_of": request.as_of.isoformat()}, ensure_ascii=False).encode())
    try:
        if not _wait(lambda: not wanted.exists(), taken_within):
            raise Problem(
                Message(
                    N_("The store {path} is open in another process, which makes no packs for others."),
                    {"path": str(store)},
                ),
                Message(N_("Make the pack in the running app, or stop the process that has the store open first.")),
            )
        waiting()
        if not _wait(lambda: answer.exists() or refusal.exists(), made_within):
            raise Problem(
                Message(
                    N_("The running app did not make the pack within {seconds:g} seconds."), {"seconds": made_within}
                ),
                Message(N_("Look into the app's log, or make the pack in the app.")),
            )
        if refusal.exists():
            raise _as_problem(json.loads(refusal.read_text("utf-8")))
        return answer.read_bytes()
    finally:
        for path in (wanted, taken, answer, refusal):
            path.unlink(missing_ok=True)


def answer_requests(store: Store) -> int:
    """Make every pack that is asked for, and give their number; the app calls this every second or so.

    A request that cannot be met is answered with the reason; answers that nobody fetched for a day are removed.
    """
    folder = requests_of(store.path)
    if not folder.is_dir():
        return 0
    answered = 0
    for wanted in sorted(folder.glob("*.json")):
        taken = wanted.with_suffix(".taken")
        try:
            wanted.rename(taken)
        except OSError:
            continue  # withdrawn, or taken by another thread
        _answer(store, taken)
        answered += 1
    _clear(folder)
    return answered


def _answer(store: Store, taken: Path) -> None:
    try:
        made = _made(store, json.loads(taken.read_text("utf-8")))
    except Problem as problem:
        _refuse(taken, problem)
    except (ValueError, KeyError, TypeError) as error:
        _refuse(
            taken,
            Problem(
                Message(N_("The request cannot be read: {reason}"), {"reason": str(error)}),
                Message(N_("Use the same version of the product for the command line and the app.")),
            ),
        )
    else:
        _put(taken.with_suffix(".zip"), made)


def _made(store: Store, asked: dict[str, Any]) -> bytes:
    as_of, language = date.fromisoformat(asked["as_of"]), asked["language"]
    if "classes" in asked:
        pack = snapshot_pack(store, HEAD_OFFICE, as_of, tuple(asked["classes"]), language, year=asked["year"])
        return pack.zip_bytes()
    return zipped(*document(store, DocumentRequest(as_of, language, asked["letter"])))


def document(store: Store, request: DocumentRequest) -> tuple[str, bytes]:
    """Give name and content of a document that is wanted; raises Problem where there is none such."""
    if request.letter is not None:
        return kept_letter(store, HEAD_OFFICE, request.as_of, request.letter)
    return kept_minutes(store, HEAD_OFFICE, request.as_of, request.language)


def zipped(name: str, content: bytes) -> bytes:
    """Put one file into a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def unzipped(content: bytes) -> tuple[str, bytes]:
    """Take the one file out of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = archive.namelist()[0]
        return name, archive.read(name)


def _refuse(taken: Path, problem: Problem) -> None:
    _put(taken.with_suffix(".problem"), json.dumps([part.to_json() for part in problem.parts()]).encode())


def _as_problem(parts: list[dict[str, Any]]) -> Problem:
    messages = [Message.from_json(part) for part in parts]
    return Problem(messages[0], messages[-1], messages[1] if len(messages) > 2 else None)


def _put(target: Path, content: bytes) -> None:
    """Write a file so that it is there only when it is whole."""
    draft = target.with_suffix(".part")
    draft.write_bytes(content)
    draft.replace(target)


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


def _clear(folder: Path) -> None:
    """Remove what was left over by somebody who did not wait."""
    before = time.time() - LEFT_OVER
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except OSError:
            continue
