"""Letters (消保提示书, 消保建议书): what they say, where they stand, and whether an answer is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from analytics.course import LETTER
from analytics.letter_number import LetterKind, number_of
from answers.addressees import Addressee, addressees, least, step_body
from answers.registers import Record, by_subject, gone, records, step_on
from data.ledger import Entry
from data.scope import Scope
from data.store import Store
from texts import N_, Language, Message, Problem

MOST_ROWS = 40  # of the table in a letter
HEAD_OFFICE_ONLY = ("letter_verified", "letter_returned", "letter_withdrawn")


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

    content: as sent. addressees: each with its own receipt, answer and verification. file, sha256: the .docx kept
    beside the store, empty for a letter without one.
    """

    record: Record
    content: LetterContent
    addressees: tuple[Addressee, ...]
    file: str
    sha256: str

    @property
    def number(self) -> str:
        """The number it bears, e.g. 消保提示〔2025〕7号."""
        return number_of(self.record.key)

    @property
    def state(self) -> str:
        """sent, received, answered, verified or withdrawn: of the addressee that is least far."""
        return "withdrawn" if self.record.state == "withdrawn" else least(self.addressees, self.record.state)

    @property
    def due(self) -> date:
        """The day by which the first of those who still wait has to answer; else the letter's own."""
        return min((one.due for one in self.addressees if one.waiting()), default=self.content.due)

    def waiting(self) -> tuple[Addressee, ...]:
        """Give the addressees that have still to sign or to answer."""
        return tuple(one for one in self.addressees if one.waiting())

    def overdue(self, on: date) -> tuple[Addressee, ...]:
        """Give the addressees whose answer has not come by the end of the day it was due."""
        return tuple(one for one in self.addressees if one.overdue(on))

    def addressee(self, number: int) -> Addressee | None:
        """Give one addressee by its place; None where there is none, or it is not the reader's to see."""
        return next((one for one in self.addressees if one.number == number), None)


def letters(store: Store, scope: Scope, as_of: date) -> list[Letter]:
    """Give every letter as it stood on a day, in the order sent; withdrawn ones keep their number and stay listed."""
    own = by_subject(store, scope, as_of, LETTER)
    return [_letter(found, own, scope) for found in records(store, scope, as_of, LETTER)]


def letter(store: Store, scope: Scope, as_of: date, key: str) -> Letter | None:
    """Give one letter by its key, e.g. alert-2025-7; None where there is none."""
    return next((one for one in letters(store, scope, as_of) if one.record.key == key), None)


def letter_step(
    store: Store,
    scope: Scope,
    key: str,
    number: int | None,
    step: str,
    body: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    seen: int | None = None,
    token: str | None = None,
) -> Entry:
    """Enter what one addressee did (it signed, it answered) or the head office did with its answer.

    number: the addressee's place; None for the whole letter, which can only be withdrawn. seen: the newest entry about
    the addressee that the writer had on screen. Raises Problem where there is no such letter or addressee, the step may
    not come now, the reader may not enter it, or as `take_step`.
    """
    found = letter(store, scope, on_day, key)
    one = None if found is None or number is None else found.addressee(number)
    if found is None or (number is not None and one is None):
        raise gone(f"letter:{key}", on_day)
    if step in HEAD_OFFICE_ONLY and not scope.may_change:
        raise Problem(
            Message(N_("Your role may not verify, return or withdraw.")),
            Message(N_("Ask the head office's consumer-protection team.")),
        )
    if one is None:
        LETTER.after(found.state, step)
        if step != "letter_withdrawn":
            raise Problem(
                Message(N_("Each addressee signs and answers for itself.")), Message(N_("Choose the addressee first."))
            )
        branches = [other.branch_id for other in found.addressees if other.branch_id]
        return step_on(
            store, scope, LETTER, found.record, step, {**body, "branches": branches}, who=who, on_day=on_day,
            branch_id=found.record.begun.branch_id, seen=seen, token=token,
        )  # fmt: skip
    return step_on(
        store, scope, LETTER, one.record, step, step_body(one, body), who=who, on_day=on_day, branch_id=one.branch_id,
        seen=seen, token=token,
    )  # fmt: skip


def _letter(found: Record, own: Mapping[str, Sequence[Entry]], scope: Scope) -> Letter:
    body = found.begun.body
    content = LetterContent.from_json(body["content"])
    return Letter(
        record=found,
        content=content,
        addressees=addressees(found, own, content.addressee, content.due, scope.branch_scope),
        file=str(body.get("file") or ""),
        sha256=str(body.get("sha256") or ""),
    )
