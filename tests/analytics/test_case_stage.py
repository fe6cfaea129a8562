"""Where a case stands: its stage, whose move it is, until when; and that nothing takes these three away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.case_entry import STEP_PARTY, NextMove, assign_body, extension_body, step_body
from analytics.case_limits import CaseLimits
from analytics.case_stage import CaseState, case_state, extension_in_force, stages_reached, worst_first
from analytics.case_steps import (
    EVENT_KINDS,
    PARTIES,
    CaseEntry,
    entry_steps,
    event_steps,
    in_order,
    says_something,
    ticket_steps,
)
from texts import Message, Problem

LIMITS = CaseLimits()
RECEIVED = datetime(2025, 5, 12, 9, 42)  # a Monday


def ticket(**columns: Any) -> dict[str, Any]:
    """A ticket received on Monday 12 May 2025, with further columns."""
    return {"ticket_id": "T1", "received_at": RECEIVED, "department": "财富管理部", **columns}


def events(*rows: tuple[str, str]) -> pd.DataFrame:
    """Events by name and time."""
    return pd.DataFrame(
        [{"event": name, "happened_at": pd.Timestamp(at), "party": "总行消保", "detail": name} for name, at in rows],
        columns=["event", "happened_at", "party", "detail"],
    )


def state(
    columns: Mapping[str, Any],
    as_of: date,
    happened: pd.DataFrame | None = None,
    entries: tuple[CaseEntry, ...] = (),
    branch: str = "绍兴分行",
) -> CaseState:
    known = events() if happened is None else happened
    steps = in_order([*ticket_steps(columns), *event_steps(known.to_dict("records")), *entry_steps(entries)])
    return case_state(columns, steps, entries, LIMITS, as_of, branch=branch)


def entry(number: int, kind: str, on_day: date, **body: Any) -> CaseEntry:
    return CaseEntry(number, kind, on_day, datetime.combine(on_day, datetime.min.time()), "王敏", body)


@pytest.mark.parametrize(
    ("columns", "happened", "stage"),
    [
        ({}, [], "received"),
        ({"dispatched_at": datetime(2025, 5, 12, 10)}, [], "dispatched"),
        ({"dispatched_at": datetime(2025, 5, 12, 10)}, [("returned", "2025-05-12 15:00")], "received"),
        (
            {"dispatched_at": datetime(2025, 5, 12, 10)},
            [("returned", "2025-05-12 15:00"), ("redispatched", "2025-05-13 09:00")],
            "dispatched",
        ),
        ({"first_contact_at": datetime(2025, 5, 13, 9)}, [], "first_round"),
        ({"first_outcome": "agreed", "first_outcome_at": datetime(2025, 5, 16)}, [], "first_round"),
        ({"first_outcome": "not_agreed", "first_outcome_at": datetime(2025, 5, 16)}, [], "analysis"),
        ({}, [("快速会议", "2025-05-20")], "analysis"),
        ({}, [("meeting", "2025-05-20"), ("tailored_solution", "2025-05-21")], "solution"),
        ({}, [("tailored_solution", "2025-05-21"), ("mediation_requested", "2025-05-28")], "mediation"),
        ({}, [("escalation", "2025-05-21"), ("mediation_requested", "2025-05-28")], "mediation"),
        ({}, [("mediation_requested", "2025-05-21"), ("escalation", "2025-05-28")], "escalation"),
        ({"final_outcome": "agreed", "closed_at": datetime(2025, 6, 4)}, [("escalation", "2025-05-28")], "closed"),
    ],
)
def test_r10_the_stage_is_the_farthest_that_columns_and_events_show(
    columns: dict[str, Any], happened: list[tuple[str, str]], stage: str
) -> None:
    assert state(ticket(**columns), date(2025, 6, 10), events(*happened)).stage == stage


def test_r07_an_undispatched_case_is_head_office_s_move_and_overdue_after_one_workday() -> None:
    monday, wednesday = state(ticket(), date(2025, 5, 12)), state(ticket(), date(2025, 5, 14))
    assert monday.care is not None
    assert monday.care.due == date(2025, 5, 13)
    assert (monday.waits_for, monday.urgency) == ("head_office", "undecided")
    assert (wednesday.urgency, wednesday.days_late) == ("overdue", 1)
    # received on the eve of the Labour Day holiday (1–5 May 2025): the next workday is the 6th
    holiday = state(ticket(received_at=datetime(2025, 4, 30, 16)), date(2025, 5, 4))
    assert holiday.care is not None
    assert holiday.care.due == date(2025, 5, 6)


def test_the_closing_limit_is_15_days_from_receipt_30_when_extended_60_when_extended_again() -> None:
    case = ticket(dispatched_at=datetime(2025, 5, 12, 10))
    assert state(case, date(2025, 5, 27)).limit == date(2025, 5, 27)
    assert state(case, date(2025, 5, 27)).urgency == "overdue", "on the limit itself the limit is kept, the step is not"
    passed = state(case, date(2025, 5, 28))
    assert (passed.urgency, passed.days_late) == ("limit_passed", 1)
    first = entry(1, "case_extension", date(2025, 5, 20), limit_days=30)
    again = entry(2, "case_extension", date(2025, 6, 5), limit_days=60)
    assert state(case, date(2025, 5, 28), entries=(first,)).limit == date(2025, 6, 11)
    assert state(case, date(2025, 6, 20), entries=(first, again)).limit == date(2025, 7, 11)
    assert extension_in_force((entry(3, "case_extension", date(2025, 5, 20), limit_days=999),), LIMITS) is None


def test_what_people_entered_stands_until_a_later_step_of_the_bank_s_systems_answers_it() -> None:
    care = entry(
        7, "case_step", date(2025, 5, 19), step="note", text="…", owner="李军", next_step="开快速会议", due="2025-05-21"
    )
    case = ticket(first_outcome="not_agreed", first_outcome_at=datetime(2025, 5, 16, 16))
    before = state(case, date(2025, 5, 20), entries=(care,))
    assert before.care is not None
    assert (before.care.owner, before.care.next_step, before.care.due) == ("李军", "开快速会议", date(2025, 5, 21))
    assert (before.owner_proposed, before.next_proposed, before.newest_entry) == (False, False, 7)
    after = state(case, date(2025, 5, 22), events(("meeting", "2025-05-20 14:00")), entries=(care,))
    assert after.care is not None
    assert after.care.owner == "李军"
    assert after.next_proposed
    assert isinstance(after.care.next_step, Message)
    assert after.care.due == date(2025, 5, 23), "three workdays after the meeting of Tuesday the 20th"


def test_r16_it_is_said_who_waits_for_whom() -> None:
    failed = {"first_outcome": "not_agreed", "first_outcome_at": datetime(2025, 5, 16)}
    told = [
        (ticket(), [], "head_office"),
        (ticket(dispatched_at=RECEIVED), [], "branch"),
        (ticket(first_contact_at=RECEIVED), [], "branch"),
        (ticket(first_reply_at=RECEIVED), [], "customer"),
        (ticket(**failed), [], "head_office"),
        (ticket(**failed), [("meeting", "2025-05-20")], "department"),
        (ticket(**failed), [("tailored_solution", "2025-05-20")], "customer"),
        (ticket(**failed), [("mediation_requested", "2025-05-20")], "mediator"),
        (ticket(**failed), [("escalation", "2025-05-20")], "management"),
    ]
    for columns, happened, party in told:
        assert state(columns, date(2025, 5, 25), events(*happened)).waits_for == party
    closed = ticket(final_outcome="agreed", closed_at=datetime(2025, 5, 20))
    assert state(closed, date(2025, 5, 25)).waits_for is None


def test_late_cases_and_those_without_a_decided_next_step_come_first() -> None:
    day = date(2025, 5, 28)
    passed = state(ticket(ticket_id="past"), day)
    late = state(ticket(ticket_id="late", received_at=datetime(2025, 5, 20)), day)
    nobody = state(ticket(ticket_id="nobody", received_at=datetime(2025, 5, 28, 8)), day)
    later, sooner, stage_over = (
        state(
            ticket(ticket_id=name, received_at=received),
            day,
            entries=(entry(1, "case_assign", received.date(), owner="李军", next_step="派发", due=due),),
        )
        for name, due, received in (
            ("later", "2025-06-02", datetime(2025, 5, 28)),
            ("sooner", "2025-05-30", datetime(2025, 5, 28)),
            ("stage", "2025-05-30", datetime(2025, 5, 20)),  # its owner set a day past the stage's one workday
        )
    )
    order = worst_first([later, nobody, sooner, stage_over, late, passed])
    assert [s.ticket_id for s in order] == ["past", "late", "stage", "nobody", "sooner", "later"]
    assert [s.late for s in order] == [True, True, True, False, False, False]
    assert (stage_over.stage_due, stage_over.urgency, stage_over.days_late) == (date(2025, 5, 21), "stage_over", 7)


def test_a_case_closed_here_waits_to_be_closed_in_the_bank_s_system_too() -> None:
    closing = entry(4, "case_step", date(2025, 5, 20), step="closed", result="agreed", text="客户接受", on="2025-05-20")
    open_there = state(ticket(), date(2025, 5, 21), entries=(closing,))
    assert (open_there.stage, open_there.unconfirmed, open_there.urgency) == ("closed", True, "in_time")
    assert open_there.care is not None
    assert state(ticket(), date(2025, 5, 28), entries=(closing,)).urgency == "overdue"
    closed_there = ticket(final_outcome="agreed", closed_at=datetime(2025, 5, 21))
    assert state(closed_there, date(2025, 5, 28), entries=(closing,)).care is None
    again = entry(5, "case_step", date(2025, 5, 22), step="reopened", text="客户反悔", on="2025-05-22")
    assert state(ticket(), date(2025, 5, 23), entries=(closing, again)).stage == "received"


# --- the tests that try to leave a case without owner, next step or due date ---

DAYS = st.dates(date(2025, 5, 1), date(2025, 8, 31))
MOMENTS = st.none() | st.just(pd.NaT) | DAYS.map(lambda day: datetime.combine(day, datetime.min.time()))
TEXTS = st.sampled_from(
    ["", " ", "\t\n", "—", "李军", "<script>alert(1)</script>", "'; DROP TABLE", "\u200b"]
) | st.text(max_size=5)
TICKETS = st.fixed_dictionaries(
    {
        "ticket_id": st.just("T1"),
        "received_at": st.just(RECEIVED),
        "department": st.none() | TEXTS,
        "dispatched_at": MOMENTS,
        "first_contact_at": MOMENTS,
        "first_reply_at": MOMENTS,
        "first_outcome": st.sampled_from([None, "agreed", "not_agreed"]),
        "first_outcome_at": MOMENTS,
        "rounds": st.none() | st.integers(0, 9),
        "final_outcome": st.sampled_from([None, "agreed", "not_agreed"]),
        "closed_at": st.none() | MOMENTS,
    }
)
EVENTS = st.lists(
    st.tuples(st.sampled_from([*EVENT_KINDS, "round_outcome", "没见过的事件", ""]), DAYS.map(str)), max_size=6
)
JUNK = st.dictionaries(
    st.sampled_from(["owner", "next_step", "due", "step", "on", "limit_days", "result", "text"]),
    st.none() | TEXTS | st.integers(-3, 99) | st.lists(st.integers(), max_size=2) | DAYS.map(str),
)
ATTEMPTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("step"), st.sampled_from([*STEP_PARTY, "?"]), st.sampled_from([*PARTIES, "?"]), TEXTS, TEXTS, DAYS
        ),
        st.tuples(st.just("assign"), TEXTS, TEXTS, st.none() | DAYS),
        st.tuples(st.just("extend"), st.sampled_from([15, 30, 45, 60, 90]), TEXTS, DAYS),
        st.tuples(st.just("undo")),
        st.tuples(st.just("junk"), st.sampled_from(["case_step", "case_assign", "case_extension", "case_?"]), JUNK),
    ),
    max_size=9,
)


def tried(now: CaseState, attempt: tuple[Any, ...], today: date) -> tuple[str, dict[str, Any]] | None:
    """Try to enter something through the checks; None where it is refused."""
    kind, *given_ = attempt
    try:
        if kind == "step":
            step, party, text, words, due = given_
            details = {"mediator": text, "scheduled": due, "result": words, "asked_of": text, "granted": text}
            body = step_body(
                now, NextMove(text, words, due), today, step=step, on=today, party=party, text=text,
                received_on=RECEIVED.date(), details=details,
            )  # fmt: skip
            return "case_step", body
        if kind == "assign":
            owner, next_step, due = given_
            return "case_assign", assign_body(now, NextMove(owner, next_step, due), today)
        days, text, due = given_
        body = extension_body(
            now, NextMove(text, text, due), today, LIMITS, on=today, limit_days=days, reason=text, approved_by=text,
            customer_told=True,
        )  # fmt: skip
        return "case_extension", body
    except Problem:
        return None


@settings(max_examples=150)
@given(columns=TICKETS, happened=EVENTS, attempts=ATTEMPTS, start=st.integers(0, 40))
def test_r03_an_open_case_is_never_without_owner_next_step_and_due_date(
    columns: dict[str, Any], happened: list[tuple[str, str]], attempts: list[tuple[Any, ...]], start: int
) -> None:
    known = events(*happened)
    kept: list[CaseEntry] = []
    today = RECEIVED.date() + timedelta(days=start)
    for number, attempt in enumerate([("look",), *attempts]):
        now = state(columns, today, known, tuple(kept), branch="")
        closed_there = isinstance(columns["closed_at"], datetime) and columns["closed_at"] is not pd.NaT
        if now.care is None:
            assert closed_there
            assert now.stage == "closed"
        else:
            for words in (now.care.owner, now.care.next_step):
                assert isinstance(words, Message) or says_something(words)
            assert isinstance(now.care.due, date)
            assert not now.next_proposed or now.care.due >= RECEIVED.date()
        if attempt[0] == "undo" and kept:
            kept.pop()
        elif attempt[0] == "junk":
            kept.append(entry(number, attempt[1], today, **attempt[2]))
        elif attempt[0] in ("step", "assign", "extend"):
            made = tried(now, attempt, today)
            if made is not None:
                kept.append(entry(number, made[0], today, **made[1]))
                if made[1].get("step") != "closed":
                    then = state(columns, today, known, tuple(kept))
                    assert then.care is None or then.care.owner == made[1]["owner"]
        today += timedelta(days=1)


def test_stages_are_dated_by_the_step_that_brought_them() -> None:
    case = ticket(
        dispatched_at=datetime(2025, 5, 12, 10, 5),
        first_contact_at=datetime(2025, 5, 13, 9, 30),
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 5, 16, 16, 10),
    )
    steps = in_order(
        [*ticket_steps(case), *event_steps(events(("tailored_solution", "2025-05-21 10:20")).to_dict("records"))]
    )
    assert stages_reached(steps) == {
        "received": RECEIVED,
        "dispatched": datetime(2025, 5, 12, 10, 5),
        "first_round": datetime(2025, 5, 13, 9, 30),
        "analysis": datetime(2025, 5, 16, 16, 10),
        "solution": datetime(2025, 5, 21, 10, 20),
    }
