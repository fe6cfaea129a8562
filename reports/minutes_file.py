"""Minutes of a review as a .docx: what was frozen when it was closed, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analytics.agenda import MARKS, Section
from answers.reviews import Review
from reports.docx_file import Table, filled, template
from reports.frozen import LIST
from reports.letter_file import day_words
from reports.packing import pack_path
from texts import N_, Language, Message, render

NUMERALS = (*"一二三四五六七八九十", "十一", "十二")


def minutes_docx(store: Path, review: Review, language: Language, *, is_draft: bool = False) -> bytes:
    """Write the minutes of a review; the same review gives the same bytes.

    store: the store's path, beside which a bank's own template lies. Raises Problem as `filled`.
    """
    body, _own = template(store, "minutes")
    agenda = review.agenda
    if agenda is None:
        raise ValueError("the minutes need the agenda")

    def say(text_id: str, **params: Any) -> str:
        return render(Message(text_id, params), language)

    head = [
        say("Held on the data as of {day}", day=day_words(review.day, language)),
        say("Review before: {day}", day=say("none") if agenda.first else day_words(agenda.since, language)),
        say("Chair: {chair}", chair=review.chair or "–"),
        say("Attendees: {attendees}", attendees=review.attendees or "–"),
    ]
    if review.frozen is not None:
        head.append(
            say(
                "Snapshot pack: {name} (its list {list}: SHA-256 {digest}…)",
                name=Path(pack_path(review.frozen.path)).name,
                list=LIST,
                digest=review.frozen.sha256[:16],
            )
        )
    elif review.pack is not None:
        head.append(
            say(
                "Snapshot pack: {name} (SHA-256 {digest}…)",
                name=Path(review.pack.path).name,
                digest=review.pack.sha256[:16],
            )
        )
    context = {
        "title": say("Minutes of the weekly complaint review"),
        "subtitle": say("(draft: the review is not closed)") if is_draft else day_words(review.day, language),
        "head": head,
        "sections": [
            {"title": _numbered(place, section, language), "lines": _lines(review, section, language)}
            for place, section in enumerate(agenda.sections, start=2)
        ],
        "words": {"decisions": _count(1, language) + say("Decisions of this review")},
        "notes": list(review.data_notes),
        "signed": say("Recorded by: {who}", who=review.closed.who or "–"),
        "date": day_words(review.day, language),
    }
    rows = [
        (one.get("number", ""), one.get("what", ""), one.get("owner", ""), one.get("due", ""))
        for one in review.decisions
    ] or [("–", say("No decision was taken."), "–", "–")]
    columns = (say("No."), say("Matter"), say("Owner"), say("Due"))
    table = Table(columns, rows, widths=(2.2, 7.4, 3.0, 3.0))
    return filled(body, context, {"decisions": table}, review.day)


def _lines(review: Review, section: Section, language: Language) -> list[str]:
    lines = [f"{MARKS[item.level]} {render(item.text, language)}" for item in section.items]
    if not lines:
        lines = [render(section.nothing, language)]
    if section.more:
        lines.append(render(Message(N_("… and {more} more"), {"more": section.more}), language))
    noted = [one for one in review.notes if one.section == section.name]
    said = N_("Noted: {text} ({who})")
    return lines + [render(Message(said, {"text": one.text, "who": one.who}), language) for one in noted]


def _numbered(place: int, section: Section, language: Language) -> str:
    return _count(place, language) + render(section.title, language)


def _count(place: int, language: Language) -> str:
    """Number a heading: 一、 二、 … in Chinese, 1. 2. … in English."""
    return f"{NUMERALS[place - 1]}、" if language == "zh_CN" and place <= len(NUMERALS) else f"{place}. "
