"""The open cases of one class: where each stands, whose move it is, what is late, who should go further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics.case_limits import CaseLimits
from analytics.case_rules import Qualification, qualification
from analytics.case_stage import CaseState, case_state, worst_first
from analytics.case_steps import (
    CaseEntry,
    Step,
    as_day,
    entry_steps,
    event_steps,
    in_order,
    moment,
    ticket_steps,
)
from answers.case_limits import limits_in_force
from answers.kept import kept
from data.ledger import Entry, entries, standing
from data.scope import Scope
from data.store import Store

CASE_KINDS = ("case_step", "case_assign", "case_extension")
# Followed one by one of one class. The largest bank has some 5,000 open at a time; more than this many means that the
# files do not say when tickets are closed, and the screen says so.
MOST_CASES = 20_000
CLOSED_DAYS, MOST_CLOSED = 30, 2_000


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

    cases: worst first; all there are, of more than `MOST_CASES` the oldest. open_cases: all there are. closes: whether
    the data say when cases close. closed: DataFrame of the cases closed in the last `CLOSED_DAYS` days (query
    `closed_cases`); closed_cases: how many there are. limits: those in use.
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
    def left_out(self) -> int:
        """How many open cases are not followed one by one; 0 but for files that never say when tickets are closed."""
        return self.open_cases - len(self.cases)

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
    found = store.read("open_cases", scope, as_of, complaint_class=complaint_class, failed_only=False, most=MOST_CASES)
    closed = store.read(
        "closed_cases", scope, as_of, complaint_class=complaint_class, days=CLOSED_DAYS, most=MOST_CLOSED
    )
    limits = limits_in_force(store, scope, as_of, complaint_class)
    # A case about which nobody entered anything does not change when somebody enters something about another: of
    # thousands, only those written about are put together anew after an entry.
    untouched = kept(
        store,
        ("untouched_cases", scope, complaint_class, as_of, limits),
        lambda: _put_all(found, _events(store, scope, found, as_of), {}, as_of, limits),
    )
    written = _written(store, scope, found, as_of)
    touched = found[found["ticket_id"].map(lambda ticket_id: subject_of(str(ticket_id)) in written)]
    by_id = {case.state.ticket_id: case for case in untouched} | {
        case.state.ticket_id: case
        for case in _put_all(touched, _events(store, scope, touched, as_of), written, as_of, limits)
    }
    return CaseBoard(
        complaint_class=complaint_class,
        as_of=as_of,
        cases=tuple(by_id[state.ticket_id] for state in worst_first([case.state for case in by_id.values()])),
        open_cases=int(found["open_cases"].iloc[0]) if len(found) else 0,
        closes=bool(found["closes"].iloc[0]) if len(found) else True,
        closed=closed.drop(columns="closed_cases"),
        closed_cases=int(closed["closed_cases"].iloc[0]) if len(closed) else 0,
        limits=limits,
    )


def waiting_for_mediation(store: Store, scope: Scope, as_of: date) -> list[Case]:
    """Give the open cases of all classes that qualify for mediation, by their class's own bounds, and are not yet
    there: the longest open first."""
    return kept(
        store,
        ("waiting_for_mediation", scope, as_of, store.entries_made),
        lambda: _waiting_for_mediation(store, scope, as_of),
    )


def _waiting_for_mediation(store: Store, scope: Scope, as_of: date) -> list[Case]:
    failed = store.read("open_cases", scope, as_of, complaint_class=None, failed_only=True, most=MOST_CASES)
    waiting: list[Case] = []
    for name, part in failed.groupby("complaint_class", sort=False):
        limits = limits_in_force(store, scope, as_of, str(name))
        waiting += [
            case for case in put_cases(store, scope, part, as_of, limits) if case.qualification.mediation_missing
        ]
    return sorted(waiting, key=lambda case: (-case.state.days_open, case.state.ticket_id))


def in_extension(store: Store, scope: Scope, as_of: date) -> list[str]:
    """Give the tickets whose time for closing was extended and has not yet passed on a day."""
    found = []
    for entry in standing(entries(store, scope, as_of, kinds=("case_extension",))):
        days, until = entry.body.get("limit_days"), as_day(entry.body.get("until"))
        ticket_id = entry.subject.partition(":")[2]
        if until is None and isinstance(days, int):  # entered before the last day was kept with it
            ticket = store.read("case_ticket", scope, as_of, ticket_id=ticket_id)
            received = None if ticket.empty else moment(ticket["received_at"].iloc[0])
            until = None if received is None else received.date() + timedelta(days=days)
        if until is not None and until >= as_of:
            found.append(ticket_id)
    return sorted(set(found))


def put_cases(store: Store, scope: Scope, tickets: pd.DataFrame, as_of: date, limits: CaseLimits) -> list[Case]:
    """Put tickets, their events and what was entered about them together: a case a row, in the rows' order."""
    return _put_all(
        tickets, _events(store, scope, tickets, as_of), _written(store, scope, tickets, as_of), as_of, limits
    )


Events = Mapping[str, Sequence[Mapping[str, Any]]]
Written = Mapping[str, Sequence[Entry]]


def _events(store: Store, scope: Scope, tickets: pd.DataFrame, as_of: date) -> Events:
    """Give the events of tickets, by ticket number."""
    happened: dict[str, list[Mapping[str, Any]]] = {}
    if len(tickets):
        ids = [str(ticket_id) for ticket_id in tickets["ticket_id"]]
        for row in store.read("case_events", scope, as_of, tickets=ids).to_dict("records"):
            happened.setdefault(str(row["ticket_id"]), []).append({str(name): value for name, value in row.items()})
    return happened


def _written(store: Store, scope: Scope, tickets: pd.DataFrame, as_of: date) -> Written:
    """Give the entries about tickets, corrections included, by the ledger's subject."""
    written: dict[str, list[Entry]] = {}
    if len(tickets):
        subjects = [subject_of(str(ticket_id)) for ticket_id in tickets["ticket_id"]]
        for entry in entries(store, scope, as_of, kinds=CASE_KINDS, subjects=subjects):
            written.setdefault(entry.subject, []).append(entry)
    return written


def _put_all(tickets: pd.DataFrame, events: Events, written: Written, as_of: date, limits: CaseLimits) -> list[Case]:
    return [
        put_case(
            {str(name): value for name, value in row.items()},
            events.get(str(row["ticket_id"]), ()),
            written.get(subject_of(str(row["ticket_id"])), ()),
            as_of,
            limits,
        )
        for row in tickets.to_dict("records")
    ]


def put_case(
    ticket: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    written: Sequence[Entry],
    as_of: date,
    limits: CaseLimits,
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
