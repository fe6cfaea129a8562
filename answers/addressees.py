"""The addressees of a letter: one number and one document, but each signs, answers and is verified for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.course import LETTER
from answers.registers import Record
from data.ledger import Entry, standing

BETWEEN = re.compile(r"[、,，;；\n]+")
MARK = "#"  # between a letter's subject and the place of an addressee: letter:alert-2025-7#2
FARTHEST = ("sent", "received", "answered", "verified", "withdrawn")


@dataclass(frozen=True)
class Addressee:
    """One addressee of one letter.

    number: its place, from 1. name: as it stands in the letter. branch_id: of a branch, None for another unit.
    record: the letter's sending with this addressee's own steps; its subject is the addressee's own, so that two
    addressees are written about at the same time. due: for its answer, after a return. told: what its last step said.
    """

    number: int
    name: str
    branch_id: str | None
    record: Record
    due: date
    told: str

    @property
    def state(self) -> str:
        """sent, received, answered, verified or withdrawn."""
        return self.record.state

    def waiting(self) -> bool:
        """Whether it has still to sign or to answer."""
        return self.state in ("sent", "received")

    def overdue(self, on: date) -> bool:
        """Whether no answer has come by the end of the day it was due; on the day itself there is still time."""
        return self.waiting() and self.due < on


def named(text: str) -> tuple[str, ...]:
    """Give the units that an addressee line names (绍兴分行、财富管理部), each once, in order."""
    return tuple(dict.fromkeys(name.strip() for name in BETWEEN.split(text) if name.strip()))


def listed(text: str, branches: Mapping[str, str]) -> list[dict[str, str | None]]:
    """Give the addressees as an entry keeps them: name, and the branch of that name.

    branches: branch id → name.
    """
    by_name = {name: branch_id for branch_id, name in branches.items()}
    return [
        {"name": name, "branch_id": by_name.get(name) or (name if name in branches else None)} for name in named(text)
    ]


def part_of(subject: str, number: int) -> str:
    """Give the ledger's subject of one addressee."""
    return f"{subject}{MARK}{number}"


def whole(subject: str) -> str:
    """Give the letter's subject, of its own or of one of its addressees'."""
    return subject.partition(MARK)[0]


def addressees(
    letter: Record, own: Mapping[str, Sequence[Entry]], text: str, due: date, branch_scope: str | None
) -> tuple[Addressee, ...]:
    """Give the addressees of a letter as they stand.

    letter: its record; steps entered for the whole letter hold for each. own: entries by subject, corrections included.
    text: the addressee line. due: for the answer. branch_scope: a branch sees itself alone.
    """
    kept = letter.begun.body.get("addressees") or [
        {"name": name, "branch_id": letter.begun.branch_id} for name in named(text)
    ]
    found = []
    for number, one in enumerate(kept, start=1):
        branch_id = one.get("branch_id")
        if branch_scope is None or branch_id in (None, branch_scope) or len(kept) == 1:
            subject = part_of(letter.subject, number)
            found.append(_addressee(number, str(one["name"]), branch_id, letter, subject, own.get(subject, ()), due))
    own_only = [one for one in found if branch_scope is not None and one.branch_id == branch_scope]
    return tuple(own_only or found)


def _addressee(
    number: int,
    name: str,
    branch_id: str | None,
    letter: Record,
    subject: str,
    own: Sequence[Entry],
    due: date,
) -> Addressee:
    history = tuple(sorted([*letter.history, *own], key=lambda entry: entry.entry_id))
    steps = tuple(sorted([*letter.steps, *standing(own)], key=lambda entry: entry.entry_id))
    state = LETTER.state(step.kind for step in steps) or LETTER.begins
    record = Record(subject, letter.begun, steps, history, state)
    returned = record.last("letter_returned")
    last = steps[-1]
    return Addressee(
        number=number,
        name=name,
        branch_id=branch_id,
        record=record,
        due=due if returned is None else date.fromisoformat(str(returned.body["due"])),
        told="" if last is letter.begun else str(last.body.get("text", "")),
    )


def least(found: Sequence[Addressee], usual: str) -> str:
    """Give the state of the addressee that is least far, `usual` without any."""
    return min((one.state for one in found), key=FARTHEST.index, default=usual)


def step_body(addressee: Addressee, body: Mapping[str, Any]) -> dict[str, Any]:
    """Give an addressee's step as the ledger keeps it: with its name, and the branch that may see it."""
    branches = {} if addressee.branch_id is None else {"branches": [addressee.branch_id]}
    return {**body, "addressee": addressee.name, **branches}
