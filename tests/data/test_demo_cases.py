"""The document's case 1 can be walked through in the demo bank, with everybody's steps."""

from __future__ import annotations

import pandas as pd
import pytest

from data.demo import CASE_ONE, DemoBank, demo_bank


@pytest.fixture(scope="module")
def bank() -> DemoBank:
    return demo_bank()


@pytest.fixture(scope="module")
def case(bank: DemoBank) -> pd.DataFrame:
    return bank.tickets[bank.tickets["ticket_id"] == CASE_ONE]


def test_r15_the_case_goes_from_a_refused_recording_to_agreement(case: pd.DataFrame) -> None:
    first, last = case.iloc[0], case.iloc[-1]
    assert "录音录像" in first["narrative"]
    assert pd.isna(first["first_outcome"])
    assert (last["complaint_class"], last["cause"]) == ("保险争议", "存款变保险")
    assert (last["first_outcome"], last["final_outcome"], last["rounds"]) == ("not_agreed", "agreed", 2)
    assert last["reply_position"] == "不对外提供"


def test_r15_the_timeline_shows_review_letter_viewing_surrender_and_agreement_in_this_order(bank: DemoBank) -> None:
    steps = bank.events[bank.events["ticket_id"] == CASE_ONE].set_index("event")["at"]
    story = [
        "customer_contact",
        "customer_demand",
        "reply",
        "review",
        "alert_letter",
        "letter_received",
        "meeting",
        "tailored_solution",
        "viewing_offered",
        "viewing_held",
        "surrender_requested",
        "round_outcome",
        "policy_surrendered",
        "refund_paid",
    ]
    assert steps[story].is_monotonic_increasing
    assert steps.index.is_unique


def test_r16_every_party_has_steps_in_the_case(bank: DemoBank) -> None:
    events = bank.events[bank.events["ticket_id"] == CASE_ONE]
    assert set(events["party"]) == {"分行", "总行消保", "总行业务主管部门", "客户"}
    assert events["detail"].str.len().min() > 10


def test_r15_the_weekly_review_of_the_monday_knows_the_case_as_not_agreed(case: pd.DataFrame) -> None:
    seen = case[case["updated_at"] < "2025-05-19"].iloc[-1]
    assert seen["first_outcome"] == "not_agreed"
    assert pd.isna(seen["closed_at"])
    assert pd.Timestamp("2025-05-19").day_name() == "Monday"


def test_r15_the_calls_turn_from_anger_to_satisfaction(bank: DemoBank) -> None:
    calls = bank.interactions[bank.interactions["ticket_id"] == CASE_ONE]
    emotion = bank.truth.turns.merge(calls[["interaction_id", "turn", "at"]], on=["interaction_id", "turn"])
    course = emotion.dropna(subset=["emotion"]).sort_values("at").groupby("interaction_id", sort=False)["emotion"]
    told = course.agg(["first", "last"]).loc[["I20250512-A01", "I20250516-A01", "I20250521-A01", "I20250604-A01"]]
    assert told.to_numpy().tolist() == [[0, 2], [2, 2], [2, 0], [-1, -1]]


def test_r15_similar_earlier_cases_exist_at_other_branches(bank: DemoBank, case: pd.DataFrame) -> None:
    last = bank.tickets.groupby("ticket_id").tail(1)
    similar = last[
        (last["cause"] == "存款变保险")
        & last["narrative"].str.contains("录音录像", regex=False)
        & (last["received_at"] < case["received_at"].iloc[0])
        & last["closed_at"].notna()
    ]
    assert len(similar) >= 3
    assert set(similar["branch_id"]) - {case["branch_id"].iloc[0]}
    assert set(similar["final_outcome"]) == {"agreed", "not_agreed"}
