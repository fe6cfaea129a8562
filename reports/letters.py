"""Sending a letter: it gets the next number of its series, its .docx is kept beside the store, both are recorded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analytics.course import LETTER
from analytics.letter_number import key, next_number, read
from answers.addressees import listed
from answers.letters import Letter, LetterContent
from answers.letters import letter as letter_of
from answers.registers import numbers, one_at_a_time
from data.ledger import Entry, append, entries
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.agenda import branch_names
from reports.letter_file import letter_docx, letter_name
from texts import N_, Message, Problem

FOLDER = "letters"  # beside the store


def send_letter(
    store: Store,
    scope: Scope,
    content: LetterContent,
    *,
    who: str,
    on_day: date,
    branch_id: str | None = None,
    token: str | None = None,
) -> Entry:
    """Send a letter: the next number of its kind and year, unique and without gaps, also with two people at once.

    The file is on disk before the entry is made, and the entry holds its SHA-256; a letter taken back keeps its number.
    token: the same wish again returns the entry already kept and gives no further number. Raises Problem where the
    letter lacks something, the series has a letter of a later day, or as `append`.
    """
    content = content.checked()
    year = content.day.year
    with one_at_a_time:
        if token is not None and (kept := _kept(store, token)):
            return kept
        if not scope.may_change:
            raise Problem(
                Message(N_("Your role may not send letters.")),
                Message(N_("Ask the head office's consumer-protection team.")),
            )
        _in_order(store, content)
        number = next_number(numbers(store, LETTER, f"letter:{content.kind}-{year}-"))
        made = letter_docx(store.path, content, number, year)
        name = letter_name(content, number, year)
        keep_file(store.path.parent / FOLDER / name, made)
        to = listed(content.addressee, branch_names(store, scope, on_day))
        branches = [str(one["branch_id"]) for one in to if one["branch_id"] is not None]
        body: Mapping[str, Any] = {
            "content": content.to_json(),
            "addressees": to,
            "branches": branches,
            "file": f"{FOLDER}/{name}",
            "sha256": hashlib.sha256(made).hexdigest(),
            "token": token,
        }
        return append(
            store,
            scope,
            kind=LETTER.first,
            subject=f"letter:{key(content.kind, year, number)}",
            body=body,
            who=who,
            on_day=on_day,
            branch_id=branch_id if len(branches) < 2 else None,
            seen=0,
            token=token,
        )


def kept_letter(store: Store, scope: Scope, as_of: date, text: str) -> tuple[str, bytes]:
    """Give name and content of a letter that was sent, by its number; the file kept, or one made again of the entry
    where that is gone.

    Raises Problem where there is no such letter, or the kept file is not the one that was sent.
    """
    kind, year, number = read(text)
    found = letter_of(store, scope, as_of, key(kind, year, number))
    if found is None:
        raise Problem(
            Message(N_("There is no letter {number} on {day}."), {"number": text.strip(), "day": str(as_of)}),
            Message(N_("Look into the list of letters for its number.")),
        )
    return letter_name(found.content, number, year), letter_bytes(store, found)


def letter_bytes(store: Store, found: Letter) -> bytes:
    """Give the .docx of a letter that was sent; raises Problem where the kept file was changed."""
    _kind, year, number = read(found.record.key)
    kept = store.path.parent / found.file if found.file else None
    if kept is None or not kept.is_file():
        return letter_docx(store.path, found.content, number, year)
    content = kept.read_bytes()
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise Problem(
            Message(N_("The file {file} is not the letter that was sent: it was changed."), {"file": found.file}),
            Message(N_("Move the file away; the letter is then made again of what was recorded.")),
        )
    return content


def keep_file(target: Path, content: bytes) -> None:
    """Write a file that is there only when it is whole, and on disk when this returns.

    Raises Problem where the folder cannot be written to.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(target.name + ".part")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise Problem(
            Message(N_("The file {path} cannot be written: {reason}"), {"path": str(target), "reason": str(error)}),
            Message(N_("Make room, or let the product write into that folder; then try again. Nothing was recorded.")),
        ) from error


def _kept(store: Store, token: str) -> Entry | None:
    written = entries(store, HEAD_OFFICE, date.max, [LETTER.first])
    return next((entry for entry in written if entry.body.get("token") == token), None)


def _in_order(store: Store, content: LetterContent) -> None:
    """Refuse a letter dated before the last one of its series: numbers run with the days."""
    prefix = f"letter:{content.kind}-{content.day.year}-"
    days = [
        date.fromisoformat(entry.body["content"]["day"])
        for entry in entries(store, HEAD_OFFICE, date.max, [LETTER.first])
        if entry.subject.startswith(prefix) and entry.corrects is None
    ]
    if days and content.day < max(days):
        raise Problem(
            Message(
                N_("The last letter of this series is of {last}; none can be sent before it, on {day}."),
                {"last": str(max(days)), "day": str(content.day)},
            ),
            Message(N_("Choose a later as-of day. Numbers run with the days.")),
        )
