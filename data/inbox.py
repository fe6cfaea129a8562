"""The inbox folder: the way in for every file from outside while the product runs.

A file put there is taken within seconds, imported in one transaction, and moved to accepted/ or rejected/ with a text
beside it that says what happened, in Chinese and English. Killed at any moment, the file is still in the inbox and is
taken again; what was already stored counts as unchanged.
"""

from __future__ import annotations

import json
import logging
import math
import shutil
import threading
import time
import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data.arrival import bring_in
from data.intake import ImportReport
from data.store import Store
from texts import LANGUAGES, N_, Message, Problem, render

log = logging.getLogger("resolution_watch")
LOOK_EVERY = 0.25  # seconds
SETTLED_AFTER = 1.0  # seconds without a change of size or time: the file is no longer being written
UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
OPTIONS, REPORT, REASON = ".options.json", ".report.json", ".txt"
OWN = (OPTIONS, REPORT)


def watch(store: Store) -> threading.Thread:
    """Take files from a store's inbox as long as the process lives, in a thread of its own."""
    thread = threading.Thread(target=_watching, args=(store,), name="inbox", daemon=True)
    thread.start()
    return thread


def _watching(store: Store) -> None:
    seen: dict[Path, tuple[int, int, float]] = {}
    while not store.closed:
        try:
            seen = take_settled(store, seen, time.monotonic())
        except Exception:
            if store.closed:
                return
            log.exception("the inbox could not be read")
        time.sleep(LOOK_EVERY)


def take_settled(
    store: Store, seen: Mapping[Path, tuple[int, int, float]], now: float
) -> dict[Path, tuple[int, int, float]]:
    """Import every file that has not changed for SETTLED_AFTER seconds; give what was seen, for the next look.

    seen: path → (size, time of change, first seen so at). now: seconds of a steady clock. A file seen twice alike whose
    own time of change is that long ago (one written elsewhere and renamed) need not be watched for as long again.
    """
    waiting: dict[Path, tuple[int, int, float]] = {}
    for path in waiting_files(store.inbox):
        stands = _stands(path)
        if stands is None:
            continue
        *before, since = seen.get(path, (-1, -1, now))
        if tuple(before) != stands:
            waiting[path] = (*stands, now)
        elif now - since < SETTLED_AFTER and time.time() - stands[1] / 1e9 < SETTLED_AFTER:
            waiting[path] = (*stands, since)
        else:
            try:
                take(store, path)
            except OSError:
                log.exception("%s was imported but could not be moved away; it is left alone until it changes", path)
                waiting[path] = (*stands, math.inf)
    return waiting


def waiting_files(inbox: Path) -> list[Path]:
    """Give the files that lie in the inbox, oldest first; hidden and unfinished ones are left alone."""
    inbox.mkdir(parents=True, exist_ok=True)
    files = [
        (stands[1], path.name, path)
        for path in inbox.iterdir()
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith((".", "~$"))
        and not path.name.lower().endswith((*UNFINISHED, *OWN))
        and (stands := _stands(path)) is not None
    ]
    return [path for _, _, path in sorted(files)]


def _stands(path: Path) -> tuple[int, int] | None:
    """Give a file's size and time of change; None where it has just been taken away."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return (stat.st_size, stat.st_mtime_ns)


def take(store: Store, path: Path) -> None:
    """Import one file and move it away with a text that says what happened."""
    mapping, recorded_on, name = _options(path)
    try:
        report = bring_in(store, path, mapping=mapping, recorded_on=recorded_on, name=name)
    except Problem as problem:
        parts = problem.parts()
        _put_away(path, "rejected", parts, {"problem": [part.to_json() for part in parts]})
    except Exception:
        number = uuid.uuid4().hex[:8]
        log.exception("fault %s while importing %s", number, path.name)
        parts = [
            Message(N_("The file could not be imported because of a fault of the product; nothing of it was stored.")),
            Message(N_("The details are in the log under {number}."), {"number": number}),
        ]
        _put_away(path, "rejected", parts, {"problem": [part.to_json() for part in parts]})
    else:
        set_aside = [
            Message(N_("Row {row}: {reason}"), {"row": row.row_number, "reason": reason})
            for row in report.examples
            for reason in row.reasons
        ]
        parts = [report.summary, *report.notes, *set_aside]
        if report.set_aside > len(report.examples):
            parts.append(Message(N_("All rows set aside, with their reasons, are on the data screen.")))
        _put_away(path, "accepted", parts, {"report": report_json(report)})


def report_json(report: ImportReport) -> dict[str, Any]:
    """Give an import's report as plain JSON values; notes as messages."""
    return {
        "import_id": report.import_id,
        "kind": report.kind,
        "file_name": report.file_name,
        "mapping": report.mapping,
        "encoding": report.encoding,
        "recorded_on": report.recorded_on.isoformat(),
        "rows_read": report.rows_read,
        "accepted": report.accepted,
        "unchanged": report.unchanged,
        "set_aside": report.set_aside,
        "seconds": round(report.seconds, 3),
        "notes": [note.to_json() for note in report.notes],
    }


def hand_over(
    inbox: Path, file: Path, *, mapping: str | None = None, recorded_on: date | None = None, patience: float = 600
) -> dict[str, Any]:
    """Put a copy of a file into the inbox of a running product and wait for its report (as `report_json` gives it).

    patience: seconds to wait. Raises Problem where the product rejects the file, or does not take it in time.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    name = f"{file.stem}.{uuid.uuid4().hex[:8]}{file.suffix}"
    options = {"mapping": mapping, "recorded_on": recorded_on and recorded_on.isoformat(), "name": file.name}
    (inbox / (name + OPTIONS)).write_text(json.dumps(options), encoding="utf-8")
    shutil.copyfile(file, inbox / (name + ".part"))
    (inbox / (name + ".part")).replace(inbox / name)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for folder in ("accepted", "rejected"):
            said = inbox / folder / (name + REPORT)
            if said.exists():
                return _answer(json.loads(said.read_text(encoding="utf-8")))
        time.sleep(0.2)
    raise Problem(
        Message(N_("The running product has not taken {file} yet."), {"file": file.name}),
        Message(N_("It lies in {inbox} and is taken as soon as the product gets to it."), {"inbox": str(inbox)}),
    )


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    if "report" in said:
        report: dict[str, Any] = said["report"]
        return report
    parts = [Message.from_json(part) for part in said["problem"]]
    raise Problem(parts[0], parts[-1], parts[1] if len(parts) > 2 else None)


def _options(path: Path) -> tuple[str | None, date | None, str | None]:
    """Give the mapping, the day and the own name that were handed over with a file; None for what was not."""
    try:
        options = json.loads(path.with_name(path.name + OPTIONS).read_text(encoding="utf-8"))
        mapping, recorded_on, name = options["mapping"], options["recorded_on"], options["name"]
        return mapping and str(mapping), recorded_on and date.fromisoformat(recorded_on), str(name)
    except (OSError, ValueError, KeyError, TypeError):
        return None, None, None


def _put_away(path: Path, folder: str, parts: list[Message], said: dict[str, Any]) -> None:
    """Move a file with its report and reason; a name that is already there gets a number. The report comes last."""
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    name, number = path.name, 1
    while (target / name).exists():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    text = "\n\n".join("\n".join(render(part, language) for part in parts) for language in LANGUAGES)
    (target / (name + REASON)).write_text(text + "\n", encoding="utf-8")
    path.replace(target / name)
    path.with_name(path.name + OPTIONS).unlink(missing_ok=True)
    unfinished = target / (name + REPORT + ".part")
    unfinished.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(target / (name + REPORT))
