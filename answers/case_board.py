"""The open cases of one class: where each stands, whose move it is, what is late, who should go further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.case_limits import CaseLimits, case_limits_with
from analytics.case_rules import Qualification, qualification
from analytics.case_stage import CaseState, case_state, worst_first
from analytics.case_steps import CaseEntry, Step, entry_steps, event_steps, in_order, ticket_steps
from answers.kept import kept
from data.ledger import Entry, entries, read_entries, standing
from data.scope import Scope
from data.store import Store
from texts import Problem

CASE_KINDS = ("case_step", "case_assign", "case_extension")
LIMITS_KIND = LIMITS_SUBJECT = "case_limits"
MOST_CASES = 300  # shown of one class, the oldest; a class watched case by case has far fewer
CLOSED_DAYS, MOST_CLOSED = 30, 50


@dataclass(frozen=True)
class Case:
    """One case: its ticket's columns, all its steps in order, how it stands, for what it qualifies."""

    ticket: Mapping[str, Any]
    steps: tuple[Step, ...]
    state: CaseState
    qualification: Qualification
    branch: str


@dataclass(frozen=True)
class CaseBoard:
    """The open cases of a class on a day.

    cases: worst first, at most `MOST_CASES`, the oldest. open_cases: all there are. closes: whether the data say when
    cases close. closed: DataFrame of the cases closed in the last `CLOSED_DAYS` days (query `closed_cases`);
    closed_cases: how many there are. limits: those in use.
    """

    complaint_class: str
    as_of: date
    cases: tuple[Case, ...]
    open_cases: int
    closes: bool
    closed: pd.DataFrame
    closed_cases: int
    limits: CaseLimits

    @property
    def to_mediation(self) -> tuple[Case, ...]:
        """Cases that qualify for mediation and are not yet there."""
        return tuple(case for case in self.cases if case.qualification.mediation_missing)

    @property
    def to_management(self) -> tuple[Case, ...]:
        """Cases that qualify for management and are not yet there."""
        return tuple(case for case in self.cases if case.qualification.escalation_missing)


def subject_of(ticket_id: str) -> str:
    """Give the ledger's subject of a case."""
    return f"ticket:{ticket_id}"


def case_board(store: Store, scope: Scope, complaint_class: str, as_of: date) -> CaseBoard:
    """Put the open cases of a class together, once for each state of the store and the ledger."""
    return kept(
        store,
        ("case_board", scope, complaint_class, as_of, store.entries_made),
        lambda: _put_together(store, scope, complaint_class, as_of),
    )


def _put_together(store: Store, scope: Scope, complaint_class: str, as_of: date) -> CaseBoard:
    found = store.read("open_cases", scope, as_of, complaint_class=complaint_class, most=MOST_CASES)
    closed = store.read(
        "closed_cases", scope, as_of, complaint_class=complaint_class, days=CLOSED_DAYS, most=MOST_CLOSED
    )
    limits = limits_in_force(store, scope, as_of)
    cases = put_cases(store, scope, found, as_of, limits)
    by_id = {case.state.ticket_id: case for case in cases}
    return CaseBoard(
        complaint_class=complaint_class,
        as_of=as_of,
        cases=tuple(by_id[state.ticket_id] for state in worst_first([case.state for case in cases])),
        open_cases=int(found["open_cases"].iloc[0]) if len(found) else 0,
        closes=bool(found["closes"].iloc[0]) if len(found) else True,
        closed=closed.drop(columns="closed_cases"),
        closed_cases=int(closed["closed_cases"].iloc[0]) if len(closed) else 0,
        limits=limits,
    )


def put_cases(store: Store, scope: Scope, tickets: pd.DataFrame, as_of: date, limits: CaseLimits) -> list[Case]:
    """Put tickets, their events and what was entered about them together: a case a row, in the rows' order."""
    ids = [str(ticket_id) for ticket_id in tickets["ticket_id"]]
    if not ids:
        return []
    happened = store.read("case_events", scope, as_of, tickets=ids)
    events = {str(ticket_id): part for ticket_id, part in happened.groupby("ticket_id")}
    written: dict[str, list[Entry]] = {}
    for entry in entries(store, scope, as_of, kinds=CASE_KINDS, subjects=[subject_of(i) for i in ids]):
        written.setdefault(entry.subject, []).append(entry)
    return [
        put_case(
            {str(name): value for name, value in row.items()},
            events.get(ticket_id, happened.head(0)),
            written.get(subject_of(ticket_id), []),
            as_of,
            limits,
        )
        for ticket_id, row in zip(ids, tickets.to_dict("records"), strict=True)
    ]


def put_case(
    ticket: Mapping[str, Any], events: pd.DataFrame, written: Sequence[Entry], as_of: date, limits: CaseLimits
) -> Case:
    """Put one case together from its ticket (with `branch_name`), its events and all its entries."""
    held = [case_entry(entry) for entry in standing(written)]
    steps = tuple(in_order([*ticket_steps(ticket), *event_steps(events), *entry_steps(held)]))
    branch = str(ticket["branch_name"])
    state = case_state(ticket, steps, held, limits, as_of, branch=branch)
    qualified = qualification(ticket, steps, limits, days_open=state.days_open, limit_days=state.limit_days)
    return Case(ticket, steps, state, qualified, branch)


def case_entry(entry: Entry) -> CaseEntry:
    """Give a ledger entry as the analyses of cases read it."""
    return CaseEntry(entry.entry_id, entry.kind, entry.on_day, entry.entered_at, entry.who, entry.body)


def newest_entry(written: Sequence[Entry]) -> int:
    """Give the number of a subject's newest entry, corrections included, 0 for none: what a writer has seen."""
    return max((entry.entry_id for entry in written), default=0)


def limits_in_force(store: Store, scope: Scope, as_of: date) -> CaseLimits:
    """Give the limits of the bank as last set on or before a day; the product's own where none were set."""
    set_by = standing(read_entries(store.read("case_limits", scope, as_of)))
    if not set_by:
        return CaseLimits()
    try:
        return case_limits_with(set_by[-1].body)
    except Problem:  # set under other rules than today's: the product's own hold until they are set anew
        return CaseLimits()
