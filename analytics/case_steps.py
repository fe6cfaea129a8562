"""The steps of one case, whoever took them: ticket columns, events, ledger entries, all in one order of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Literal, get_args

import pandas as pd

Party = Literal["customer", "branch", "department", "head_office", "mediator", "management"]
Source = Literal["ticket", "event", "entry", "letter", "conversation"]
Stage = Literal[
    "received", "dispatched", "first_round", "analysis", "solution", "mediation", "escalation", "closed"
]  # fmt: skip
STAGES: tuple[Stage, ...] = get_args(Stage)
PARTIES: tuple[Party, ...] = ("customer", "branch", "department", "head_office", "management", "mediator")

# What banks and the demo call the parties; anything else stays as it is said and belongs to no lane.
PARTY_NAMES: Mapping[str, Party] = MappingProxyType(
    {
        "客户": "customer",
        "customer": "customer",
        "分行": "branch",
        "支行": "branch",
        "机构": "branch",
        "网点": "branch",
        "branch": "branch",
        "总行业务主管部门": "department",
        "业务主管部门": "department",
        "department": "department",
        "总行消保": "head_office",
        "消保": "head_office",
        "head_office": "head_office",
        "管理层": "management",
        "management": "management",
        "调解组织": "mediator",
        "调解员": "mediator",
        "mediator": "mediator",
    }
)
# Names of events in files, in the product's words.
EVENT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "dispatched": "dispatched",
        "派发": "dispatched",
        "redispatched": "dispatched",
        "重新派发": "dispatched",
        "returned": "returned",
        "退回": "returned",
        "first_contact": "contact",
        "首次联系": "contact",
        "contact": "contact",
        "联系客户": "contact",
        "meeting": "meeting",
        "快速会议": "meeting",
        "analysis": "analysis",
        "个案分析": "analysis",
        "tailored_solution": "solution",
        "个性化方案": "solution",
        "mediation_requested": "mediation_requested",
        "申请调解": "mediation_requested",
        "mediation_held": "mediation_held",
        "三方调解": "mediation_held",
        "escalation": "escalation",
        "管理层介入": "escalation",
        "escalation_granted": "escalation_granted",
        "管理层批复": "escalation_granted",
        "closed": "closed",
        "办结": "closed",
    }
)


# Which step brings a case into which stage.
BRINGS: Mapping[str, Stage] = MappingProxyType(
    {
        "dispatched": "dispatched",
        "contact": "first_round",
        "reply": "first_round",
        "first_outcome": "first_round",
        "meeting": "analysis",
        "analysis": "analysis",
        "round_outcome": "analysis",
        "solution": "solution",
        "mediation_requested": "mediation",
        "mediation_date": "mediation",
        "mediation_held": "mediation",
        "escalation": "escalation",
        "escalation_granted": "escalation",
        "closed": "closed",
    }
)


@dataclass(frozen=True)
class Step:
    """One step of a case.

    at: when; of a ledger entry the end of its business day order is kept by `entry_id`. kind: the product's word
    (contact, meeting, …) or the file's own. party: the lane it belongs to, None where nobody can tell. said_party: the
    party as the file said it. text: what was done. result: agreed or not_agreed where the step has one. who: who signed
    a ledger entry; entry_id: its number.
    """

    at: datetime
    kind: str
    party: Party | None
    said_party: str
    text: str
    source: Source
    result: str | None = None
    who: str | None = None
    entry_id: int | None = None


@dataclass(frozen=True)
class CaseEntry:
    """A ledger entry about a case: its number, kind (case_step, …), business day, clock time, signer and body."""

    entry_id: int
    kind: str
    on_day: date
    entered_at: datetime
    who: str
    body: Mapping[str, Any]


def party_of(said: str | None) -> Party | None:
    """Give the lane of a party's name; None for a name that is not known."""
    return PARTY_NAMES.get(said.strip()) if said else None


def ticket_steps(ticket: Mapping[str, Any]) -> list[Step]:
    """Give the steps that stand in a ticket's columns (docs/data.md), known ones only."""
    found: list[Step] = []

    def add(column: str, kind: str, party: Party, text: str = "", result: str | None = None) -> None:
        at = moment(ticket.get(column))
        if at is not None:
            found.append(Step(at, kind, party, "", text, "ticket", result))

    add("received_at", "received", "customer", said(ticket.get("demand")))
    add("dispatched_at", "dispatched", "head_office")
    add("first_contact_at", "contact", "branch")
    add("first_reply_at", "reply", "branch", said(ticket.get("reply_text")))
    first = said(ticket.get("first_outcome"))
    if first:
        add("first_outcome_at", "first_outcome", "customer", result=first)
    add("closed_at", "closed", "branch", result=said(ticket.get("final_outcome")) or None)
    return found


def event_steps(events: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Give the steps of events, in the product's words where known.

    events: a mapping an event: `event`, `happened_at`, `party`, `detail`, and `result` where the file gives one.
    """
    steps = []
    for row in events:
        at = moment(row["happened_at"])
        name = said(row["event"])
        if at is not None and name:
            party = said(row["party"])
            kind = EVENT_KINDS.get(name, name)
            result = said(row.get("result")) or None
            steps.append(Step(at, kind, party_of(party), party, said(row["detail"]), "event", result))
    return steps


def entry_steps(entries: Iterable[CaseEntry]) -> list[Step]:
    """Give the steps of ledger entries that stand (corrections already applied), at the day they say."""
    steps = []
    for entry in entries:
        body = entry.body
        decided = {"case_extension": "extension", "case_assign": "assigned"}.get(entry.kind)
        kind = decided or said(body.get("step")) or "note"
        day = as_day(body.get("on")) or entry.on_day
        party = "head_office" if decided else said(body.get("party"))
        # Entries of a day come after what the systems say of it, in the order in which they were made.
        at = datetime.combine(day, time(23, 59, 59))
        result = said(body.get("result")) or None
        steps.append(
            Step(at, kind, party_of(party), party, said(body.get("text")), "entry", result, entry.who,
                 entry.entry_id)
        )  # fmt: skip
    return steps


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Put steps into the order of time; entries of one day in the order in which they were made."""
    return sorted(steps, key=lambda step: (step.at, step.entry_id or 0))


def said(value: Any) -> str:
    """Give a text, "" for anything that is none."""
    return value.strip() if isinstance(value, str) else ""


# Signs that show nothing and yet count as letters (fillers of Hangul) or as signs (the empty cell of Braille).
BLANK = "\u115f\u1160\u3164\uffa0\u2800"


def says_something(text: str) -> bool:
    """Say whether a text has a letter or a digit: a dash or a full stop alone names nobody and nothing."""
    return any(character.isalnum() and character not in BLANK for character in text)


def moment(value: Any) -> datetime | None:
    """Give a time, None for anything that is none (missing values of pandas included)."""
    if value is None or value is pd.NaT or not isinstance(value, date):
        return None
    if isinstance(value, pd.Timestamp):
        whole: datetime = value.to_pydatetime()
        return whole
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def as_day(value: Any) -> date | None:
    """Give the day that a body's text says (2025-05-20), None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
