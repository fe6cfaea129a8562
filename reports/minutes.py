"""Closing a review: its minutes are kept and its snapshot pack is settled, and both are recorded with their SHA-256."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from answers.decisions import Decision, decisions
from answers.registers import one_at_a_time
from answers.reviews import KeptFile, Review, notes, refuse_closed, review, subject
from data.ledger import Entry, append
from data.scope import Scope
from data.store import Store
from reports.agenda import agenda
from reports.file_names import file_stems
from reports.frozen import FrozenPack
from reports.kept import checked, keep
from reports.letter_parts import data_notes
from reports.minutes_file import minutes_docx
from reports.packing import frozen_path
from reports.pictures import unseen
from reports.snapshot import Progress, frozen_pack
from texts import N_, Language, Message, Problem, render

FOLDER = "reviews"  # beside the store


def draft(
    store: Store, scope: Scope, day: date, language: Language, *, chair: str = "", attendees: str = "", who: str = ""
) -> Review:
    """Give a day's review as it would be closed now; nothing is stored."""
    found = agenda(store, scope, day)
    return Review(
        day=day,
        closed=Entry(0, _midnight(day), day, who, "review_closed", subject(day), None, {}),
        chair=chair or who,
        attendees=attendees,
        agenda=found,
        notes=tuple(notes(store, scope, day)),
        decisions=tuple(
            _plain(one) for one in decisions(store, scope, day) if one.review == day and one.state != "dropped"
        ),
        data_notes=tuple(render(note, language) for note in data_notes(store, scope, day)),
        minutes=None,
        pack=None,
        language=language,
    )


def close_review(
    store: Store,
    scope: Scope,
    day: date,
    *,
    who: str,
    chair: str,
    attendees: str,
    language: Language,
    progress: Callable[[Progress], None] = unseen,
) -> Review:
    """Close a day's review for good: freeze what was seen and decided, keep the minutes, settle the pack, record both.

    The files are on disk before the entry is made; the entry holds their SHA-256 and everything the minutes say, so
    that they can be made again of it alone. Of the pack every number and figure is settled and listed, and the list's
    SHA-256 stands in the minutes; its pictures are drawn afterwards (`reports.packing`). Raises Problem where the
    review is closed already, the reader may not close it, the files cannot be kept, or as `append`.
    """
    if not scope.may_change:
        raise Problem(
            Message(N_("Your role may not close a review.")),
            Message(N_("Ask the head office's consumer-protection team.")),
        )
    refuse_closed(store, scope, day)
    settled, no_pack = _frozen(store, scope, day, language, progress)
    with one_at_a_time:
        refuse_closed(store, scope, day)
        made = draft(store, scope, day, language, chair=chair, attendees=attendees, who=who)
        frozen = None
        if settled is not None:
            path = frozen_path(f"{FOLDER}/{day.isoformat()}/{_pack_name(day, language)}")
            frozen = KeptFile(keep(store, path, settled.zip_bytes()).path, settled.sha256())
        made = replace(made, data_notes=(*made.data_notes, *no_pack))
        found = made.agenda or agenda(store, scope, day)
        made = replace(made, frozen=frozen, agenda=found)
        written = minutes_docx(store.path, made, language)
        minutes_file = keep(store, f"{FOLDER}/{day.isoformat()}/{minutes_name(day, language)}", written)
        body: dict[str, Any] = {
            "chair": made.chair,
            "attendees": made.attendees,
            "agenda": found.to_json(),
            "notes": [{"section": one.section, "text": one.text, "who": one.who} for one in made.notes],
            "decisions": list(made.decisions),
            "data_notes": list(made.data_notes),
            "language": language,
            "minutes": {"path": minutes_file.path, "sha256": minutes_file.sha256},
            "frozen": None if frozen is None else {"path": frozen.path, "sha256": frozen.sha256},
            "pack": None,
        }
        entry = append(store, scope, kind="review_closed", subject=subject(day), body=body, who=who, on_day=day, seen=0)
    return replace(made, closed=entry, minutes=minutes_file)


def _frozen(
    store: Store, scope: Scope, day: date, language: Language, progress: Callable[[Progress], None]
) -> tuple[FrozenPack | None, tuple[str, ...]]:
    """Settle the snapshot pack, or say why there is none: nothing is known of the year yet."""
    try:
        return frozen_pack(store, scope, day, (), language, progress, year=day.year), ()
    except Problem as problem:
        return None, (render(Message(N_("No snapshot pack: {reason}"), {"reason": problem.what}), language),)


def kept_minutes(store: Store, scope: Scope, day: date, language: Language) -> tuple[str, bytes]:
    """Give name and content of a day's minutes: of a closed review the file kept (in its own language), or one made
    again of the entry where there is none; of one that is not closed a draft that says so.

    Raises Problem where the kept file was changed.
    """
    closed = review(store, scope, day)
    if closed is None:
        made = draft(store, scope, day, language)
        return minutes_name(day, language, draft=True), minutes_docx(store.path, made, language, is_draft=True)
    if closed.minutes is not None and closed.language == language:
        kept = store.path.parent / closed.minutes.path
        if kept.is_file():
            return kept.name, checked(kept.read_bytes(), closed.minutes)
    whole = closed if closed.agenda else replace(closed, agenda=agenda(store, scope, day))
    return minutes_name(day, language), minutes_docx(store.path, whole, language)


def kept_pack(store: Store, closed: Review) -> tuple[str, bytes] | None:
    """Give name and content of the pack kept with a closed review; None where there is none any more.

    Raises Problem where the file was changed.
    """
    if closed.pack is None:
        return None
    path = store.path.parent / closed.pack.path
    return (path.name, checked(path.read_bytes(), closed.pack)) if path.is_file() else None


def minutes_name(day: date, language: Language, *, draft: bool = False) -> str:
    """Give the file's name, e.g. 周复盘纪要_2025-07-28.docx."""
    parts = [render(Message(N_("review minutes")), language), day.isoformat()]
    if draft:
        parts.append(render(Message(N_("draft")), language))
    return f"{file_stems([parts])[0]}.docx"


def _pack_name(day: date, language: Language) -> str:
    return f"{file_stems([[render(Message(N_('snapshot')), language), day.isoformat()]])[0]}.zip"


def _plain(decision: Decision) -> dict[str, str]:
    return {
        "number": decision.number,
        "what": decision.what,
        "owner": decision.owner,
        "due": decision.due.isoformat(),
    }


def _midnight(day: date) -> Any:
    from datetime import datetime

    return datetime.combine(day, datetime.min.time())
