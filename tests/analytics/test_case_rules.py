"""Which cases go to mediation and to management: at the bound, below it, and once they are there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from analytics.case_limits import SPECIFICATIONS, CaseLimits, case_limits_with, workdays_after
from analytics.case_rules import Qualification, qualification
from analytics.case_steps import event_steps, in_order, ticket_steps
from texts import Problem

LIMITS = CaseLimits()
FAILED: dict[str, Any] = {"first_outcome": "not_agreed", "first_outcome_at": datetime(2025, 5, 16)}


def qualified(
    happened: tuple[str, ...] = (), limits: CaseLimits = LIMITS, days_open: int = 5, **columns: Any
) -> Qualification:
    ticket = {"ticket_id": "T1", "received_at": datetime(2025, 5, 12), "amount": 1_000.0, "rounds": 1, **columns}
    events = pd.DataFrame(
        [
            {"event": name, "happened_at": pd.Timestamp("2025-05-20"), "party": "客户", "detail": name}
            for name in happened
        ],
        columns=["event", "happened_at", "party", "detail"],
    )
    steps = in_order([*ticket_steps(ticket), *event_steps(events.to_dict("records"))])
    return qualification(ticket, steps, limits, days_open=days_open, limit_days=15)


@pytest.mark.parametrize(
    ("columns", "qualifies"),
    [
        ({"rounds": 2}, False),
        ({"rounds": 3}, True),
        ({"amount": 99_999.99}, False),
        ({"amount": 100_000.0}, True),
        ({"amount": None, "rounds": None}, False),
    ],
)
def test_r22_customers_go_to_mediation_from_the_third_round_or_a_large_amount_on(
    columns: dict[str, Any], qualifies: bool
) -> None:
    assert bool(qualified(**FAILED, **columns).mediation) is qualifies
    assert not qualified(**columns).mediation, "while the first round is still going on nobody goes to mediation"


def test_r22_the_list_holds_those_who_qualify_and_are_not_yet_there() -> None:
    assert qualified(**FAILED, rounds=3).mediation_missing
    assert not qualified(("mediation_requested",), **FAILED, rounds=3).mediation_missing
    assert qualified(("mediation_requested",), **FAILED, rounds=3).mediation
    closed: dict[str, Any] = {"closed_at": datetime(2025, 5, 30), "final_outcome": "not_agreed"}
    assert not qualified(**FAILED, **closed, rounds=5).mediation


@pytest.mark.parametrize(
    ("columns", "days_open", "reasons"),
    [
        ({}, 15, 0),
        ({}, 16, 1),
        ({**FAILED, "channel": "监管转办"}, 5, 1),
        ({"channel": "监管转办"}, 5, 0),
        ({"narrative": "再不解决就找电视台曝光"}, 5, 1),
        ({**FAILED, "rounds": 4, "amount": 200_000.0}, 5, 2),
        ({**FAILED, "rounds": 3, "amount": 199_999.0}, 5, 0),
    ],
)
def test_r12_complex_and_grave_cases_go_to_management(columns: dict[str, Any], days_open: int, reasons: int) -> None:
    assert len(qualified(days_open=days_open, **columns).escalation) == reasons


def test_r12_a_case_that_management_was_asked_about_is_not_asked_for_again() -> None:
    assert qualified(("escalation",), **FAILED, rounds=4).escalated
    assert not qualified(("escalation",), **FAILED, rounds=4).escalation_missing


def test_rounds_are_counted_from_the_steps_where_the_ticket_says_fewer() -> None:
    assert qualified(("round_outcome", "round_outcome"), **FAILED, rounds=1).mediation


def test_a_bank_s_own_bounds_hold_within_their_range() -> None:
    strict = case_limits_with({"mediation_rounds": 2})
    wrongs: list[dict[str, Any]] = [
        {"close_simple": 16}, {"close_complex": 31}, {"dispatch": 1.5}, {"dispatch": True}, {"?": 1},
        {"path_dispatch": 2.25}, {"path_dispatch": 0},
    ]  # fmt: skip
    assert qualified(limits=strict, **FAILED, rounds=2).mediation
    for wrong in wrongs:
        with pytest.raises(Problem):
            case_limits_with(wrong)
    assert case_limits_with({"path_outcome": 17.5}).path_outcome == 17.5


def test_every_limit_has_a_default_in_its_range_and_the_regulator_s_are_15_30_60() -> None:
    for limit in SPECIFICATIONS.values():
        assert limit.low <= limit.default <= limit.high
    assert (LIMITS.closing_days(None), LIMITS.extensions) == (15, (30, 60))
    assert [SPECIFICATIONS[f"close_{kind}"].high for kind in ("simple", "complex", "special")] == [15, 30, 60]


def test_workdays_skip_holidays_and_count_worked_weekends() -> None:
    def after(day: str, workdays: int) -> str:
        return str(workdays_after(pd.Timestamp(day).date(), workdays))

    assert after("2025-07-25", 1) == "2025-07-28"  # Friday → Monday
    assert after("2025-01-24", 1) == "2025-01-26"  # the Sunday before the Spring Festival of 2025 is worked
    assert after("2025-09-30", 1) == "2025-10-09"  # National Day and Mid-autumn, 1–8 October 2025
    assert after("2025-07-27", 0) == "2025-07-28"  # a Sunday: the next workday
    assert after("2040-07-02", 3) == "2040-07-05"  # a year nobody has published yet
