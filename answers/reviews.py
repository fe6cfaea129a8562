"""Weekly reviews (周复盘): when they were held, what was noted, and what they closed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics.agenda import Agenda, SectionName
from data.ledger import Entry, append, entries, standing
from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

USUAL_GAP = timedelta(days=7)
KINDS = ("review_noted", "review_closed")


@dataclass(frozen=True)
class KeptFile:
    """A file kept with a closed review: its path beside the store, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Note:
    """One remark made in a review, on one section of the agenda."""

    section: SectionName
    text: str
    who: str


@dataclass(frozen=True)
class Review:
    """One closed review.

    day: the as-of day it was held on. agenda: as it stood when it was closed, None where it was not kept (the demo's
    past): it can be worked out again as known on the day. decisions: those taken in it, as plain
    values (number, what, owner, due). minutes, pack: the files kept; None where none were (reviews of the demo's past).
    frozen: the list of what the pack holds, settled at closing; its pictures are drawn afterwards, and pack is None
    until they are.
    """

    day: date
    closed: Entry
    chair: str
    attendees: str
    agenda: Agenda | None
    notes: tuple[Note, ...]
    decisions: tuple[dict[str, str], ...]
    data_notes: tuple[str, ...]
    minutes: KeptFile | None
    pack: KeptFile | None
    language: str
    frozen: KeptFile | None = None


def subject(day: date) -> str:
    """Give the subject of a day's review in the ledger."""
    return f"review:{day.isoformat()}"


def reviews(store: Store, scope: Scope, as_of: date) -> list[Review]:
    """Give the reviews closed up to a day, oldest first."""
    found = standing(entries(store, scope, as_of, ["review_closed", "review_packed"]))
    packs = {entry.subject.partition(":")[2]: entry for entry in found if entry.kind == "review_packed"}
    held = [entry for entry in found if entry.kind == "review_closed"]
    return [
        _review(entry, packs.get(entry.subject.partition(":")[2])) for entry in sorted(held, key=lambda one: one.on_day)
    ]


def review(store: Store, scope: Scope, day: date) -> Review | None:
    """Give the closed review of a day; None where none was closed."""
    return next((one for one in reviews(store, scope, day) if one.day == day), None)


def since_last(store: Store, scope: Scope, day: date) -> tuple[date, bool]:
    """Give the day of the review before, and False; a week earlier, and True, where there was none."""
    before = [one.day for one in reviews(store, scope, day) if one.day < day]
    return (before[-1], False) if before else (day - USUAL_GAP, True)


def notes(store: Store, scope: Scope, day: date) -> list[Note]:
    """Give the remarks made in a day's review, oldest first."""
    written = entries(store, scope, day, ["review_noted"], subject=f"notes:{day.isoformat()}")
    return [
        Note(entry.body["section"], str(entry.body["text"]), entry.who)
        for entry in standing(written)
        if entry.kind == "review_noted"
    ]


def note(
    store: Store, scope: Scope, day: date, section: SectionName, text: str, *, who: str, token: str | None = None
) -> Entry:
    """Make a remark in a review that is not closed; raises Problem where it is, or nothing is said."""
    refuse_closed(store, scope, day)
    if not text.strip():
        raise Problem(Message(N_("There is nothing to note yet.")), Message(N_("Write the remark, then enter it.")))
    body: dict[str, Any] = {"section": section, "text": text.strip()}
    return append(
        store, scope, kind="review_noted", subject=f"notes:{day.isoformat()}", body=body, who=who, on_day=day,
        token=token,
    )  # fmt: skip


def refuse_closed(store: Store, scope: Scope, day: date) -> None:
    """Raise Problem where the day's review is closed: what it says is never rewritten."""
    closed = review(store, scope, day)
    if closed is not None:
        raise Problem(
            Message(
                N_("The review of {day} was closed by {who}; it is never rewritten."),
                {"day": str(day), "who": closed.closed.who},
            ),
            Message(N_("Choose a later as-of day and enter it in the next review.")),
        )


def _review(entry: Entry, packed: Entry | None) -> Review:
    body = {**entry.body, **({} if packed is None else {"pack": packed.body["pack"]})}

    def kept(name: str) -> KeptFile | None:
        found = body.get(name)
        return None if not found else KeptFile(str(found["path"]), str(found["sha256"]))

    return Review(
        day=date.fromisoformat(entry.subject.partition(":")[2]),
        closed=entry,
        chair=str(body.get("chair") or entry.who),
        attendees=str(body.get("attendees") or ""),
        agenda=Agenda.from_json(body["agenda"]) if body.get("agenda") else None,
        notes=tuple(Note(one["section"], str(one["text"]), str(one["who"])) for one in body.get("notes") or ()),
        decisions=tuple({str(k): str(v) for k, v in one.items()} for one in body.get("decisions") or ()),
        data_notes=tuple(str(one) for one in body.get("data_notes") or ()),
        minutes=kept("minutes"),
        pack=kept("pack"),
        language=str(body.get("language") or "zh_CN"),
        frozen=kept("frozen"),
    )
