"""Bounds of mediation and management by class: a mortgage and a fee are not measured by one amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from analytics.case_limits import BY_CLASS, REGULATED, SPECIFICATIONS, workdays_after
from answers.branches import branch_answer
from answers.case_board import case_board, waiting_for_mediation
from answers.case_limits import limits_in_force, newest_setting, own_bounds, set_by, set_limits
from answers.handling import handled_tickets, handling_answer
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.agenda import agenda, late_tickets
from reports.letter_draft import letter_from_warning
from texts import Problem, render

PREPAYMENT, FEES = "住房贷款提前还款", "信用卡息费"
DAY = DEMO_AS_OF


@pytest.fixture(scope="module")
def demo(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    store = Store(demo_copy())
    yield store
    store.close()


def test_r22_a_class_s_own_amount_decides_who_qualifies_and_the_others_follow_the_bank(demo: Store) -> None:
    def by_amount(name: str) -> set[str]:
        cases = case_board(demo, HEAD_OFFICE, name, DAY).cases
        return {
            case.state.ticket_id
            for case in cases
            if any("yuan at stake" in reason.id for reason in case.qualification.mediation)
        }

    before = {name: by_amount(name) for name in (PREPAYMENT, FEES)}
    own = {"mediation_amount": 100_000, "escalation_amount": 300_000}  # the demo bank has set a million for it
    set_limits(demo, HEAD_OFFICE, own, who="王敏", on_day=DAY, complaint_class=PREPAYMENT)
    assert before[PREPAYMENT] == set() != by_amount(PREPAYMENT)
    assert by_amount(FEES) == before[FEES]
    assert own_bounds(demo, HEAD_OFFICE, DAY, PREPAYMENT) == own
    assert own_bounds(demo, HEAD_OFFICE, DAY, FEES) == {}
    # the bank's own amount does not reach a class that has its own
    set_limits(demo, HEAD_OFFICE, {"mediation_amount": 50_000, "dispatch": 0}, who="王敏", on_day=DAY)
    limits = limits_in_force(demo, HEAD_OFFICE, DAY, PREPAYMENT)
    assert (limits.mediation_amount, limits.escalation_amount, limits.dispatch) == (100_000, 300_000, 0)
    assert limits_in_force(demo, HEAD_OFFICE, DAY, FEES).mediation_amount == 50_000
    # the list of the review goes by the same bounds
    listed = {case.state.ticket_id for case in waiting_for_mediation(demo, HEAD_OFFICE, DAY)}
    boards = [
        case_board(demo, HEAD_OFFICE, str(name), DAY)
        for name in demo.read("classes", HEAD_OFFICE, DAY, year=2025)["complaint_class"]
    ]
    assert listed == {case.state.ticket_id for board in boards for case in board.to_mediation}
    # nothing of its own: it follows the bank again
    set_limits(demo, HEAD_OFFICE, {}, who="王敏", on_day=DAY, complaint_class=PREPAYMENT)
    assert limits_in_force(demo, HEAD_OFFICE, DAY, PREPAYMENT).mediation_amount == 50_000


def test_only_bounds_may_be_a_class_s_own_by_the_head_office_and_nobody_overwrites_another_s(demo: Store) -> None:
    with pytest.raises(Problem, match="whole bank"):
        set_limits(demo, HEAD_OFFICE, {"close_simple": 10}, who="王", on_day=DAY, complaint_class=FEES)
    with pytest.raises(Problem, match="cannot be"):
        set_limits(demo, HEAD_OFFICE, {"mediation_amount": -1}, who="王", on_day=DAY, complaint_class=FEES)
    with pytest.raises(Problem, match="role"):
        set_limits(demo, Scope("department"), {}, who="王", on_day=DAY, complaint_class=FEES)
    seen = newest_setting(demo, HEAD_OFFICE, DAY, FEES)
    set_limits(demo, HEAD_OFFICE, {"mediation_rounds": 4}, who="李", on_day=DAY, complaint_class=FEES, seen=seen)
    with pytest.raises(Problem, match="李"):
        set_limits(demo, HEAD_OFFICE, {"mediation_rounds": 5}, who="王", on_day=DAY, complaint_class=FEES, seen=seen)


def test_r03_the_bank_s_own_limit_for_closing_says_who_set_it_and_holds_in_the_review_too(demo: Store) -> None:
    """The regulation allows 15 days; a bank that allows itself 10 has the others late from the 11th day on."""
    set_limits(demo, HEAD_OFFICE, {}, who="王敏", on_day=DAY)
    before = late_tickets(demo, HEAD_OFFICE, DAY)
    set_limits(demo, HEAD_OFFICE, {"close_simple": 10}, who="王敏", on_day=DAY)
    setters = set_by(demo, HEAD_OFFICE, DAY, FEES)
    assert (setters["close_simple"].who, setters["close_simple"].on_day) == ("王敏", DAY)
    assert "dispatch" not in setters  # nobody's: the product's
    after = late_tickets(demo, HEAD_OFFICE, DAY)
    received = pd.to_datetime(after["received_at"]).dt.date
    assert set(before["ticket_id"]) < set(after["ticket_id"])
    assert {(DAY - day).days for day in received[~after["ticket_id"].isin(before["ticket_id"])]} <= set(range(10, 15))
    said = [render(item.text, "zh_CN") for item in agenda(demo, HEAD_OFFICE, DAY).section("cases").items]
    assert any("未延期时限为10天" in line for line in said)
    # the handling path holds the same tickets against the same limit, and says whose it is
    shown = branch_answer(demo, HEAD_OFFICE, PREPAYMENT, DAY.year, DAY)
    assert shown is not None
    handling = handling_answer(demo, HEAD_OFFICE, shown)
    assert handling is not None
    steps = handling.steps.set_index("step")
    assert steps.loc["closing", "limit"] == handling.limits["closing"].limit == 10
    assert "本行" in render(handling.limits["closing"].source, "zh_CN")
    assert "监管未作规定" in render(handling.limits["dispatch"].source, "zh_CN")
    tickets = handled_tickets(demo, HEAD_OFFICE, shown)
    days = (tickets["closed_at"].dt.normalize() - tickets["received_at"].dt.normalize()).dt.days
    closed_late = tickets["closing_late"].fillna(False).astype(bool) & tickets["closed_at"].notna()
    assert (closed_late == (days > 10)).all()
    set_limits(demo, HEAD_OFFICE, {}, who="王敏", on_day=DAY)
    assert set_by(demo, HEAD_OFFICE, DAY, FEES).get("close_simple") is None


def test_r07_r09_the_hours_of_the_handling_path_and_the_days_for_an_answer_are_the_bank_s_to_set(demo: Store) -> None:
    shown = branch_answer(demo, HEAD_OFFICE, PREPAYMENT, DAY.year, DAY)
    assert shown is not None
    before = handling_answer(demo, HEAD_OFFICE, shown)
    letter = letter_from_warning(demo, HEAD_OFFICE, "alert", PREPAYMENT, DAY, "zh_CN")
    assert letter.due == workdays_after(DAY, 3)
    set_limits(demo, HEAD_OFFICE, {"path_dispatch": 1.5, "answer_alert": 5}, who="王敏", on_day=DAY)
    after = handling_answer(demo, HEAD_OFFICE, shown)
    assert before is not None
    assert after is not None
    late = [answer.dispatch.units["not_agreed"].sum() for answer in (before, after)]
    assert late[0] < late[1]
    assert late[1] == int(handled_tickets(demo, HEAD_OFFICE, shown)["dispatch_late"].sum())
    assert letter_from_warning(demo, HEAD_OFFICE, "alert", PREPAYMENT, DAY, "zh_CN").due == workdays_after(DAY, 5)
    set_limits(demo, HEAD_OFFICE, {}, who="王敏", on_day=DAY)


def test_the_regulation_s_limits_are_marked_as_such_and_no_other() -> None:
    assert {name: SPECIFICATIONS[name].default for name in REGULATED} == {
        "close_simple": 15, "close_complex": 30, "close_special": 60,
    }  # fmt: skip
    for name, limit in SPECIFICATIONS.items():
        assert ("监管未作规定" in render(limit.source, "zh_CN")) == (name not in REGULATED)


def test_every_bound_of_a_class_has_unit_meaning_and_source() -> None:
    for name in BY_CLASS:
        limit = SPECIFICATIONS[name]
        assert all(render(text, "zh_CN").strip() for text in (limit.unit, limit.meaning, limit.source))
