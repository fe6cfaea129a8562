"""What may be entered about a case, and what is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from analytics.case_entry import NEEDS, NextMove, assign_body, corrected_body, extension_body, step_body
from analytics.case_limits import CaseLimits
from analytics.case_stage import CaseState, case_state
from analytics.case_steps import ticket_steps
from texts import Problem

LIMITS = CaseLimits()
TODAY = date(2025, 5, 20)
MOVE = NextMove("李军", "开快速会议", date(2025, 5, 22))
TICKET = {"ticket_id": "T1", "received_at": datetime(2025, 5, 12, 9), "department": "财富管理部"}
STATE = case_state(TICKET, ticket_steps(TICKET), (), LIMITS, TODAY, branch="绍兴分行")
CLOSED = replace(STATE, stage="closed")


def step(state: CaseState = STATE, move: NextMove = MOVE, **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"step": "contact", "on": TODAY, "party": "branch", "text": "电话联系", "details": None}
    return step_body(state, move, TODAY, received_on=date(2025, 5, 12), **(told | changes))


def test_a_step_carries_owner_next_step_and_due_date() -> None:
    assert step() == {
        "step": "contact",
        "on": "2025-05-20",
        "party": "branch",
        "text": "电话联系",
        "owner": "李军",
        "next_step": "开快速会议",
        "due": "2025-05-22",
    }


@pytest.mark.parametrize(
    "move",
    [
        NextMove(" \t", "x", TODAY),
        NextMove("李军", "\u200b", TODAY),
        NextMove("—", "x", TODAY),
        NextMove("\u3164", "x", TODAY),  # a letter that shows nothing
        NextMove("李军", "\u2800", TODAY),
        NextMove("李军", "……。", TODAY),
        NextMove("李军", "x", None),
        NextMove("李军", "x", date(2025, 5, 19)),
        NextMove("李军", "x", date(2025, 5, 28)),  # the limit for closing is the 27th
        NextMove("名" * 61, "x", TODAY),
    ],
)
def test_r03_a_step_that_would_leave_the_case_without_owner_next_step_or_due_date_is_refused(move: NextMove) -> None:
    with pytest.raises(Problem):
        step(move=move)
    with pytest.raises(Problem):
        assign_body(STATE, move, TODAY)


def test_a_due_date_may_lie_on_the_limit_and_beyond_it_only_once_the_limit_has_passed() -> None:
    assert assign_body(STATE, replace(MOVE, due=date(2025, 5, 27)), TODAY)["due"] == "2025-05-27"
    late = date(2025, 6, 2)
    assert assign_body(STATE, replace(MOVE, due=date(2025, 6, 9)), late)["due"] == "2025-06-09"
    with pytest.raises(Problem):
        assign_body(STATE, replace(MOVE, due=date(2025, 8, 2)), late)


@pytest.mark.parametrize("on", [date(2025, 5, 11), date(2025, 5, 21)])
def test_a_step_lies_between_receipt_and_the_as_of_day(on: date) -> None:
    with pytest.raises(Problem):
        step(on=on)


@pytest.mark.parametrize("kind", sorted(NEEDS))
def test_r11_r12_mediation_and_escalation_need_what_belongs_to_them(kind: str) -> None:
    details = {
        "mediator": "金融消费纠纷调解中心",
        "scheduled": date(2025, 5, 26),
        "result": "agreed",
        "asked_of": "分管行领导:特批全额退保",
        "granted": "同意全额退保",
    }
    body = step(step=kind, details=details)
    for name in NEEDS[kind]:
        assert body[name] == ("2025-05-26" if name == "scheduled" else details[name])
        for nothing in (None, "", "  "):
            with pytest.raises(Problem):
                step(step=kind, details=details | {name: nothing})


def test_a_closing_needs_a_result_and_no_next_step_and_only_a_closed_case_is_opened_again() -> None:
    body = step(step="closed", move=NextMove("", "", None), details={"result": "agreed"})
    assert "owner" not in body
    with pytest.raises(Problem):
        step(step="reopened")
    with pytest.raises(Problem):
        step(state=CLOSED)
    assert step(state=CLOSED, step="reopened")["owner"] == "李军"


def test_the_time_is_extended_once_as_complex_and_once_more_with_approval_and_the_customer_told() -> None:
    def extend(state: CaseState, days: int, on: date = TODAY, told: bool = True, **changes: Any) -> dict[str, Any]:
        words = {"reason": "保险公司审批", "approved_by": "赵立新"} | changes
        return extension_body(state, MOVE, on, LIMITS, on=on, limit_days=days, customer_told=told, **words)

    assert extend(STATE, 30, told=False)["limit_days"] == 30
    complex_case = replace(STATE, extended_to=30, limit_days=30, limit=date(2025, 6, 11))
    assert extend(complex_case, 60)["limit_days"] == 60
    special = replace(STATE, extended_to=60, limit_days=60, limit=date(2025, 7, 11))
    refusals: list[Callable[[], object]] = [
        lambda: extend(STATE, 60),
        lambda: extend(STATE, 45),
        lambda: extend(complex_case, 30),
        lambda: extend(complex_case, 60, told=False),
        lambda: extend(special, 60),
        lambda: extend(STATE, 30, reason=" "),
        lambda: extend(STATE, 30, approved_by=""),
        lambda: extension_body(
            STATE, MOVE, date(2025, 5, 30), LIMITS, on=date(2025, 5, 28), limit_days=30, reason="x", approved_by="y",
            customer_told=True,
        ),
    ]  # fmt: skip
    for refused in refusals:
        with pytest.raises(Problem):
            refused()


def test_an_extension_moves_the_latest_due_date_with_it() -> None:
    later = replace(MOVE, due=date(2025, 6, 11))
    body = extension_body(
        STATE, later, TODAY, LIMITS, on=TODAY, limit_days=30, reason="x", approved_by="y", customer_told=False
    )
    assert body["due"] == "2025-06-11"


def test_a_correction_keeps_the_kind_and_may_not_empty_what_the_entry_had() -> None:
    body = step()
    other = corrected_body(STATE, body, TODAY, text="当面联系", move=replace(MOVE, owner="周婷"))
    assert (other["step"], other["on"], other["text"], other["owner"]) == (
        "contact",
        "2025-05-20",
        "当面联系",
        "周婷",
    )
    for text, move in ((" ", MOVE), ("x", None), ("x", replace(MOVE, next_step=""))):
        with pytest.raises(Problem):
            corrected_body(STATE, body, TODAY, text=text, move=move)
    # weeks later the wording is corrected and the due date, by then past, stays
    assert corrected_body(STATE, body, date(2025, 6, 20), text="更正", move=MOVE)["due"] == "2025-05-22"
    closing = step(step="closed", details={"result": "agreed"})
    assert "owner" not in corrected_body(STATE, closing, TODAY, text="客户满意", move=None)


def test_characters_that_cannot_be_shown_do_not_get_in() -> None:
    assert step(text="电话\x00联系\x1b[31m")["text"] == "电话 联系 [31m"
