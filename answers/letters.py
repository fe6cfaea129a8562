"""Letters (消保提示书, 消保建议书): what they say, where they stand, and whether an answer is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from analytics.course import LETTER
from analytics.letter_number import LetterKind, read, written
from answers.registers import Record, records
from data.scope import Scope
from data.store import Store
from texts import N_, Language, Message, Problem

MOST_ROWS = 40  # of the table in a letter


@dataclass(frozen=True)
class LetterTable:
    """The table in a letter: a title, column headings, and rows of texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LetterContent:
    """What a letter says, in the words it was sent with.

    bank: the name in the red heading. title: on what. addressee, copies: units, as they stand in the letter. facts,
    requirements: a paragraph each. problem: one paragraph. due: last day for the answer. sender: the unit that signs;
    day: the date it bears. notes: what the reader must know of the data (as-of day, demo, not up to date). about:
    class, branch, ticket, hazard or review it was written for.
    """

    kind: LetterKind
    language: Language
    bank: str
    title: str
    addressee: str
    copies: str
    facts: tuple[str, ...]
    table: LetterTable | None
    problem: str
    requirements: tuple[str, ...]
    due: date
    sender: str
    day: date
    notes: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give plain JSON values."""
        return {**asdict(self), "due": self.due.isoformat(), "day": self.day.isoformat(), "about": dict(self.about)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> LetterContent:
        """Read what `to_json` wrote; names it does not know are left aside."""
        table = value.get("table")
        read_table = table and LetterTable(
            str(table["title"]),
            tuple(str(name) for name in table["columns"]),
            tuple(tuple(str(cell) for cell in row) for row in table["rows"]),
        )

        def text(name: str) -> str:
            return str(value.get(name) or "")

        def texts(name: str) -> tuple[str, ...]:
            return tuple(str(one) for one in value.get(name) or ())

        return cls(
            kind="advice" if value["kind"] == "advice" else "alert",
            language="en" if value.get("language") == "en" else "zh_CN",
            bank=text("bank"),
            title=text("title"),
            addressee=text("addressee"),
            copies=text("copies"),
            facts=texts("facts"),
            table=read_table or None,
            problem=text("problem"),
            requirements=texts("requirements"),
            due=date.fromisoformat(value["due"]),
            sender=text("sender"),
            day=date.fromisoformat(value["day"]),
            notes=texts("notes"),
            attachments=texts("attachments"),
            about={str(key): str(one) for key, one in dict(value.get("about") or {}).items()},
        )

    def checked(self) -> LetterContent:
        """Give the letter without needless blanks; raises Problem where something that a letter needs is missing."""
        whole = replace(
            self,
            bank=self.bank.strip(),
            title=self.title.strip(),
            addressee=self.addressee.strip(),
            copies=self.copies.strip(),
            facts=_paragraphs(self.facts),
            problem=self.problem.strip(),
            requirements=_paragraphs(self.requirements),
            sender=self.sender.strip(),
            notes=_paragraphs(self.notes),
            attachments=_paragraphs(self.attachments),
        )
        missing = [
            word
            for word, value in (
                (N_("the bank's name"), whole.bank),
                (N_("the subject"), whole.title),
                (N_("the addressee"), whole.addressee),
                (N_("the facts"), whole.facts),
                (N_("the problem"), whole.problem),
                (N_("the requirements"), whole.requirements),
                (N_("the sender"), whole.sender),
            )
            if not value
        ]
        if missing:
            raise Problem(
                Message(N_("The letter lacks {part}."), {"part": Message(missing[0])}),
                Message(N_("Fill it in; nothing has been sent yet.")),
            )
        if whole.due < whole.day:
            raise Problem(
                Message(
                    N_("The answer would be due on {due}, before the letter's own date {day}."),
                    {"due": str(whole.due), "day": str(whole.day)},
                ),
                Message(N_("Choose a later day for the answer.")),
            )
        return whole


def _paragraphs(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())


@dataclass(frozen=True)
class Letter:
    """One letter sent.

    content: as sent; due: for the answer, after a return. file, sha256: the .docx kept beside the store, empty for a
    letter without one. told: what the last step said.
    """

    record: Record
    content: LetterContent
    due: date
    file: str
    sha256: str
    told: str

    @property
    def number(self) -> str:
        """The number it bears, e.g. 消保提示〔2025〕7号."""
        return written(*read(self.record.key))

    @property
    def state(self) -> str:
        """sent, received, answered, verified or withdrawn."""
        return self.record.state

    def waiting(self) -> bool:
        """Whether the addressee has still to sign or to answer."""
        return self.state in ("sent", "received")

    def overdue(self, on: date) -> bool:
        """Whether no answer has come by the end of the day it was due; on the day itself there is still time."""
        return self.waiting() and self.due < on


def letters(store: Store, scope: Scope, as_of: date) -> list[Letter]:
    """Give every letter as it stood on a day, in the order sent; withdrawn ones keep their number and stay listed."""
    return [_letter(found) for found in records(store, scope, as_of, LETTER)]


def letter(store: Store, scope: Scope, as_of: date, key: str) -> Letter | None:
    """Give one letter by its key, e.g. alert-2025-7; None where there is none."""
    return next((one for one in letters(store, scope, as_of) if one.record.key == key), None)


def _letter(found: Record) -> Letter:
    body = found.begun.body
    content = LetterContent.from_json(body["content"])
    returned = found.last("letter_returned")
    due = date.fromisoformat(str(returned.body["due"])) if returned is not None else content.due
    last = found.steps[-1]
    return Letter(
        record=found,
        content=content,
        due=due,
        file=str(body.get("file") or ""),
        sha256=str(body.get("sha256") or ""),
        told="" if last is found.begun else str(last.body.get("text", "")),
    )
