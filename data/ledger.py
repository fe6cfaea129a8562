"""The ledger: what people did and decided, append-only, with who and when.

An entry is never edited. A correction is a further entry that names the first; an undo is a correction too. `standing`
gives what holds after them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

if TYPE_CHECKING:
    import duckdb

SHANGHAI = ZoneInfo("Asia/Shanghai")
WITHDRAWN, UNDOES = "_withdrawn", "_undoes"  # reserved names in a body
LONGEST_WHO = 60  # characters
LONGEST_BODY = 200_000  # characters of JSON


@dataclass(frozen=True)
class Entry:
    """One entry.

    entered_at: the clock in Shanghai. on_day: the as-of day it was entered on and belongs to. kind: what was done, e.g.
    `case_step`. subject: what it is about, e.g. `ticket:T1`; one person at a time writes to a subject. branch_id: the
    branch concerned, None for the whole bank. body: plain JSON values. corrects: the entry that this one corrects.
    withdrawn: whether it takes that entry back. undoes: the entry whose effect it undoes.
    """

    entry_id: int
    entered_at: datetime
    on_day: date
    who: str
    kind: str
    subject: str
    branch_id: str | None
    body: Mapping[str, Any]
    corrects: int | None = None
    withdrawn: bool = False
    undoes: int | None = None


def append(
    store: Store,
    scope: Scope,
    *,
    kind: str,
    subject: str,
    body: Mapping[str, Any],
    who: str,
    on_day: date,
    branch_id: str | None = None,
    seen: int | None = None,
    token: str | None = None,
) -> Entry:
    """Write an entry; when this returns, it is on disk.

    seen: the newest entry of the subject that the writer had on screen, 0 for none, None where it does not matter.
    token: the writer's mark of this wish; the same token again returns the entry already kept, and writes nothing.
    Raises Problem where the reader may not enter, somebody else has written since, the subject has entries of a later
    day, or who or body do not fit.
    """
    return _write(store, scope, kind, subject, body, who, on_day, branch_id, seen, token, None)


def correct(
    store: Store,
    scope: Scope,
    entry: Entry,
    body: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    seen: int | None = None,
    token: str | None = None,
) -> Entry:
    """Write what an entry should have said; the entry itself stays. Raises Problem as `append`."""
    root = entry.entry_id if entry.corrects is None else entry.corrects
    return _write(store, scope, entry.kind, entry.subject, body, who, on_day, entry.branch_id, seen, token, root)


def undo(store: Store, scope: Scope, subject: str, *, who: str, on_day: date, seen: int | None = None) -> Entry | None:
    """Take back the last entry or correction of a subject that still holds; None where there is none.

    A further undo takes back the one before it. Raises Problem as `append`.
    """
    written = entries(store, scope, date.max, subject=subject)
    last = last_to_undo(written)
    if last is None:
        return None
    root = last.entry_id if last.corrects is None else last.corrects
    before = [e for e in _undoable(written)[:-1] if root in (e.entry_id, e.corrects)]
    body: dict[str, Any] = {WITHDRAWN: True} if not before or before[-1].withdrawn else dict(before[-1].body)
    body[UNDOES] = last.entry_id
    newest = written[-1].entry_id if seen is None else seen
    return _write(store, scope, last.kind, subject, body, who, on_day, last.branch_id, newest, None, root)


def last_to_undo(written: Iterable[Entry]) -> Entry | None:
    """Give the entry or correction that `undo` takes back next: the last that still holds; None where there is none.

    written: all entries of one subject, oldest first, corrections included.
    """
    held = _undoable(written)
    return held[-1] if held else None


def entries(
    store: Store,
    scope: Scope,
    as_of: date,
    kinds: Sequence[str] = (),
    subject: str | None = None,
    subjects: Sequence[str] = (),
) -> list[Entry]:
    """Give the entries up to a day, oldest first, corrections included.

    kinds, subjects: only these, empty for all; subject: only this one.
    """
    only = [*subjects, *([] if subject is None else [subject])]
    return read_entries(store.read("ledger_entries", scope, as_of, kinds=list(kinds), subjects=only))


def read_entries(frame: pd.DataFrame) -> list[Entry]:
    """Give the entries of a query's rows."""
    return [
        _entry(
            int(row.entry_id),
            row.entered_at.to_pydatetime(),
            row.on_day.date(),
            row.who,
            row.kind,
            row.subject,
            row.branch_id if isinstance(row.branch_id, str) else None,
            row.body,
            None if pd.isna(row.corrects) else int(row.corrects),
        )
        for row in frame.itertuples()
    ]


def standing(written: Iterable[Entry]) -> list[Entry]:
    """Give the entries as they hold after corrections, in the order first written; withdrawn ones are left out.

    The id, day and writer are the first entry's; the body is the last correction's.
    """
    held: dict[int, Entry | None] = {}
    first: dict[int, Entry] = {}
    for entry in written:
        if entry.corrects is None:
            first[entry.entry_id] = held[entry.entry_id] = entry
        elif entry.corrects in first:
            original = first[entry.corrects]
            held[entry.corrects] = None if entry.withdrawn else replace(original, body=entry.body)
    return [entry for entry in held.values() if entry is not None]


def _undoable(written: Iterable[Entry]) -> list[Entry]:
    """Give the entries whose effect has not been undone, oldest first, without the undoing entries themselves."""
    held: list[Entry] = []
    for entry in written:
        if entry.undoes is None:
            held.append(entry)
        else:
            held = [other for other in held if other.entry_id != entry.undoes]
    return held


def _write(
    store: Store,
    scope: Scope,
    kind: str,
    subject: str,
    body: Mapping[str, Any],
    who: str,
    on_day: date,
    branch_id: str | None,
    seen: int | None,
    token: str | None,
    corrects: int | None,
) -> Entry:
    if not scope.may_enter(branch_id):
        raise Problem(
            Message(N_("Your role may not enter anything here.")),
            Message(N_("Ask the head office's consumer-protection team.")),
        )
    signed = " ".join(who.split())
    if not signed or len(signed) > LONGEST_WHO:
        raise Problem(
            Message(
                N_("An entry needs the name of the person who makes it, of at most {most} characters."),
                {"most": LONGEST_WHO},
            ),
            Message(N_("Give your name and try again.")),
        )
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, allow_nan=False)
    if len(text) > LONGEST_BODY:
        raise Problem(
            Message(
                N_("The entry is too long: {length} characters, at most {most}."),
                {"length": len(text), "most": LONGEST_BODY},
            ),
            Message(N_("Shorten it and try again.")),
        )
    with store.entering() as cursor:
        if token is not None:
            kept = _read(cursor, "token = ?", token)
            if kept:
                return kept[-1]
        others = _read(cursor, "subject = ?", subject)
        if others and seen is not None and others[-1].entry_id > seen:
            raise Problem(
                Message(
                    N_("{who} has made an entry here since you opened it, at {time}."),
                    {"who": others[-1].who, "time": f"{others[-1].entered_at:%H:%M:%S}"},
                ),
                Message(N_("Look at it, then enter yours again; your text is still in the form.")),
            )
        latest = max((other.on_day for other in others), default=on_day)
        if latest > on_day:
            raise Problem(
                Message(
                    N_("There are entries of {latest}; nothing can be entered before them, on {day}."),
                    {"latest": str(latest), "day": str(on_day)},
                ),
                Message(N_("Choose a later as-of day. What was known on a past day is never changed.")),
            )
        now = datetime.now(SHANGHAI).replace(tzinfo=None)
        (entry_id,) = cursor.execute("SELECT coalesce(max(entry_id), 0) + 1 FROM stored.ledger").fetchall()[0]
        cursor.execute(
            "INSERT INTO stored.ledger (entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects, "
            "token, demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, EXISTS (SELECT 1 FROM stored.imports WHERE demo))",
            [entry_id, now, on_day, signed, kind, subject, branch_id, text, corrects, token],
        )
    return _entry(int(entry_id), now, on_day, signed, kind, subject, branch_id, text, corrects)


def _read(cursor: duckdb.DuckDBPyConnection, condition: str, value: str) -> list[Entry]:
    rows = cursor.execute(
        "SELECT entry_id, entered_at, on_day, who, kind, subject, branch_id, CAST(body AS VARCHAR), corrects "
        f"FROM stored.ledger WHERE {condition} ORDER BY entry_id",
        [value],
    ).fetchall()
    return [_entry(*row) for row in rows]


def _entry(
    entry_id: int,
    entered_at: datetime,
    on_day: date,
    who: str,
    kind: str,
    subject: str,
    branch_id: str | None,
    text: str,
    corrects: int | None,
) -> Entry:
    body: dict[str, Any] = json.loads(text)
    withdrawn, undoes = bool(body.pop(WITHDRAWN, False)), body.pop(UNDOES, None)
    return Entry(entry_id, entered_at, on_day, who, kind, subject, branch_id, body, corrects, withdrawn, undoes)
