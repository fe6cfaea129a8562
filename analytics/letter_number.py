"""Numbers of letters as banks write them, 消保提示〔2025〕7号, and how anything else followed up is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from texts import N_, Message, Problem

LetterKind = Literal["alert", "advice"]
SERIES: dict[LetterKind, str] = {"alert": "消保提示", "advice": "消保建议"}
WRITTEN = re.compile(r"\s*(消保提示|消保建议)\s*[〔\[(（【]\s*(\d{4})\s*[〕\])）】]\s*(\d{1,5})\s*号?\s*")
KEY = re.compile(r"(alert|advice)-(\d{4})-(\d{1,5})")
CALLED = {
    "ticket": N_("ticket {number}"),
    "hazard": N_("hazard {number}"),
    "decision": N_("decision {number}"),
    "measure": N_("measure {number}"),
    "review": N_("review of {number}"),
}


def written(kind: LetterKind, year: int, number: int) -> str:
    """Write a number: series, year in hexagonal brackets, running number (GB/T 9704-2012, 7.2.5: no leading zero)."""
    return f"{SERIES[kind]}〔{year}〕{number}号"


def key(kind: LetterKind, year: int, number: int) -> str:
    """Give the number as it stands in addresses and subjects: alert-2025-7."""
    return f"{kind}-{year}-{number}"


def read(text: str) -> tuple[LetterKind, int, int]:
    """Read a number however it was typed: with 〔〕, [], （） or 【】, or as its key alert-2025-7.

    Raises Problem for anything else.
    """
    if found := KEY.fullmatch(text.strip()):
        kind: LetterKind = "alert" if found[1] == "alert" else "advice"
        return kind, int(found[2]), int(found[3])
    if (found := WRITTEN.fullmatch(text)) is None:
        raise Problem(
            Message(N_("“{text}” is not the number of a letter."), {"text": text}),
            Message(
                N_("Write it as {example} or as {key}."), {"example": written("alert", 2025, 7), "key": "alert-2025-7"}
            ),
        )
    return ("alert" if found[1] == SERIES["alert"] else "advice"), int(found[2]), int(found[3])


def number_of(letter: str) -> str:
    """Give the number that a letter bears, of its key (alert-2025-7); what is no key, as it stands."""
    return written(*read(letter)) if KEY.fullmatch(letter) else letter


def called(subject: str) -> Message:
    """Name the subject of an entry as people know it: a letter (or an addressee's part of it) by the number it bears,
    anything else by its kind and number. What is not known is named as it stands."""
    kind, _, number = subject.partition(":")
    letter = number.partition("#")[0]
    if kind == "letter" and KEY.fullmatch(letter):
        return Message("{number}", {"number": number_of(letter)})
    return Message(CALLED[kind], {"number": number}) if kind in CALLED else Message("{number}", {"number": subject})


def next_number(taken: Iterable[int]) -> int:
    """Give the next number of a series: one more than the highest, 1 for the first."""
    return max(taken, default=0) + 1
