"""A letter as a .docx: what stands in it is what was sent, whatever the data say later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analytics.letter_number import LetterKind, written
from answers.addressees import named
from answers.letters import LetterContent
from reports.docx_file import Table, filled, template
from reports.file_names import file_stems
from texts import N_, Language, Message, render

TEMPLATES: dict[LetterKind, str] = {"alert": "alert_letter", "advice": "advice_letter"}
HEADINGS: dict[LetterKind, str] = {
    "alert": N_("Consumer protection alert letter"),
    "advice": N_("Consumer protection advice letter"),
}
RECEIPT_ROW = 14.0  # mm


def letter_docx(store: Path, content: LetterContent, number: int | None, year: int) -> bytes:
    """Write a letter; without a number it is a draft and says so.

    store: the store's path, beside which a bank's own templates lie. Raises Problem as `filled`.
    """
    body, _own = template(store, TEMPLATES[content.kind])
    return filled(body, _context(content, number, year), _tables(content, number, year), content.day)


def letter_name(content: LetterContent, number: int | None, year: int) -> str:
    """Give the file's name: the number, or for a draft what it is about."""
    if number is not None:
        return f"{file_stems([[written(content.kind, year, number)]])[0]}.docx"
    heading = render(Message(HEADINGS[content.kind]), content.language)
    draft = render(Message(N_("draft")), content.language)
    return f"{file_stems([[heading, draft, content.day.isoformat()]])[0]}.docx"


def day_words(day: date, language: Language) -> str:
    """Write a date as letters bear it: 2025年7月28日."""
    if language == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def _context(content: LetterContent, number: int | None, year: int) -> dict[str, Any]:
    language = content.language

    def say(text_id: str, **params: Any) -> str:
        return render(Message(text_id, params), language)

    due = day_words(content.due, language)
    return {
        "bank": content.bank,
        "number": say("(draft, without a number)") if number is None else written(content.kind, year, number),
        "title": content.title,
        "addressee": content.addressee,
        "facts": list(content.facts),
        "notes": list(content.notes),
        "problem": content.problem,
        "requirements": [
            say("({number}) {text}", number=_counted(place, language), text=text)
            for place, text in enumerate(content.requirements, start=1)
        ],
        "attachments": _attachments(content.attachments, language),
        "copies": content.copies,
        "sender": content.sender,
        "date": day_words(content.day, language),
        "words": {
            "heading": say(HEADINGS[content.kind]),
            "colon": say(":"),
            "opening": say(
                "In its daily monitoring of complaints this office found what follows; it asks you to take note and to "
                "act on it."
            )
            if content.kind == "alert"
            else say(
                "From its analysis of complaints this office gives the following advice; it asks you to examine it and "
                "to act on it."
            ),
            "facts": say("1. Facts"),
            "problem": say("2. The problem"),
            "requirements": say("3. What is required") if content.kind == "alert" else say("3. What is advised"),
            "deadline": say(
                "Please answer in writing by {due}, saying what was done and who is responsible, and return the signed "
                "receipt on the day you get this letter.",
                due=due,
            ),
            "copies": say("Copies: "),
            "receipt": say("Receipt slip"),
            "receipt_hint": say("(to be returned to the sender on the day of receipt)"),
        },
    }


def _attachments(texts: Sequence[str], language: Language) -> list[str]:
    """List what is attached as GB/T 9704 does: a single one without a number, several one below the other."""
    if len(texts) == 1:
        return [render(Message(N_("Attachment: {text}"), {"text": texts[0]}), language)]
    first, next_one = N_("Attachments: {number}. {text}"), N_("Next attachment: {number}. {text}")
    return [
        render(Message(first if place == 1 else next_one, {"number": place, "text": text}), language)
        for place, text in enumerate(texts, start=1)
    ]


def _tables(content: LetterContent, number: int | None, year: int) -> dict[str, Table | None]:
    language = content.language
    facts = content.table and Table(content.table.columns, content.table.rows, content.table.title)

    def say(text_id: str) -> str:
        return render(Message(text_id), language)

    reference = say("(draft, without a number)") if number is None else written(content.kind, year, number)
    receipt = [
        (say("Letter"), f"{reference} {content.title}"),
        (say("Received by (unit)"), content.addressee if len(named(content.addressee)) == 1 else ""),
        (say("Signed for by"), ""),
        (say("Received on"), ""),
        (say("Answer due"), day_words(content.due, language)),
        (say("Main points of the answer"), "\n\n"),
        (say("Responsible (signature, seal)"), ""),
    ]
    return {
        "table": facts or None,
        "receipt": Table((), receipt, widths=(4.0, 8.0), row_height=RECEIPT_ROW),
    }


def _counted(place: int, language: Language) -> str:
    """Number a requirement: 一, 二 … 十, then figures."""
    return "一二三四五六七八九十"[place - 1] if language == "zh_CN" and place <= 10 else str(place)
