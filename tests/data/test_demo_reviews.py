"""What the demo bank's reviews left behind: a past that could have been, told in the product's own entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from data.demo import CASE_ONE, demo_bank
from data.demo.bank import BRANCHES
from data.demo.review_entries import review_entries
from data.demo.truth import APPROVAL, BRANCH_CAUSE, DISPATCH, PREPAYMENT, REPLY_PENALTY

Row = dict[str, Any]
TODAY = date(2025, 7, 27)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return review_entries()


def by_subject(rows: list[Row], kind: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["subject"].startswith(f"{kind}:"):
            found[row["subject"]].append(row)
    return found


def test_rows_come_in_the_order_they_were_entered_and_none_of_tomorrow(rows: list[Row]) -> None:
    assert [row["entered_at"] for row in rows] == sorted(row["entered_at"] for row in rows)
    assert len({row["entered_at"] for row in rows}) == len(rows)
    assert all(row["on_day"] == row["entered_at"].date() <= TODAY for row in rows)
    assert all(row["who"].strip() for row in rows)


def test_a_review_was_held_every_week_and_what_it_decided_is_what_was_entered_that_day(rows: list[Row]) -> None:
    held = {row["on_day"]: row for row in rows if row["kind"] == "review_closed"}
    days = sorted(held)
    assert (days[0], days[-1], len(days)) == (date(2025, 5, 19), date(2025, 7, 21), 10)
    assert all(5 <= (later - earlier).days <= 9 for earlier, later in pairwise(days))
    made = [row for row in rows if row["kind"] == "decision_made"]
    assert sum(len(row["body"]["decisions"]) for row in held.values()) == len(made)
    for row in made:
        assert row["on_day"] in held
        # closed last on its day: what was decided was entered before
        assert row["entered_at"] < held[row["on_day"]]["entered_at"]


def test_r15_case_1_has_its_hazard_its_letter_and_what_became_of_them(rows: list[Row]) -> None:
    letter = by_subject(rows, "letter")["letter:alert-2025-1"]
    assert letter[0]["body"]["content"]["about"]["ticket"] == CASE_ONE
    assert [row["kind"] for row in letter] == ["letter_sent", "letter_received", "letter_answered", "letter_verified"]
    hazard = by_subject(rows, "hazard")["hazard:2025-1"]
    assert hazard[0]["body"]["tickets"] == [CASE_ONE]
    assert [row["kind"] for row in hazard] == ["hazard_found", "hazard_linked", "hazard_closed"]
    # the same days as in the ticket's own steps
    steps = demo_bank().events
    told = steps[steps["ticket_id"] == CASE_ONE].set_index("event")["at"]
    assert letter[0]["on_day"] == told["alert_letter"].date()
    assert letter[2]["on_day"] == told["letter_answered"].date()


def test_hazards_name_the_branches_where_something_is_planted(rows: list[Row]) -> None:
    named = {row["body"]["about"].get("branch") for row in rows if row["kind"] == "hazard_found"}
    planted = {effect.branches[0] for effect in (REPLY_PENALTY, APPROVAL, BRANCH_CAUSE, DISPATCH)}
    assert planted <= named
    assert named <= {f"B{number:02d}" for number in range(1, len(BRANCHES) + 1)}


def test_r21_the_documents_four_measures_for_prepayment_are_there(rows: list[Row]) -> None:
    measures = [row["body"] for row in rows if row["kind"] == "measure_taken" and row["body"]["class"] == PREPAYMENT]
    assert {body["kind"] for body in measures} == {"sop", "quota", "script", "mediation"}
    assert all(date.fromisoformat(body["starts"]) <= TODAY for body in measures)


def test_numbers_have_no_gaps(rows: list[Row]) -> None:
    for kind in ("decision", "hazard", "measure"):
        numbers = [int(subject.rpartition("-")[2]) for subject in by_subject(rows, kind)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    alerts = [subject for subject in by_subject(rows, "letter") if "alert" in subject and "#" not in subject]
    assert sorted(alerts) == [f"letter:alert-2025-{number}" for number in range(1, len(alerts) + 1)]
