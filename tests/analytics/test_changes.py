"""What changed, and which alarms stood week by week."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.alarm_weeks import alarms_by_week
from analytics.changes import changes, stands
from analytics.evaluation import Evaluation, evaluate
from charts.change_table import change_table
from charts.change_words import change_sentence
from texts import render

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")


def evaluation(as_of: str, bad: pd.Series, budget: int = 80) -> Evaluation:
    counts = pd.DataFrame({"customers": 400 / 365, "not_agreed": bad, "decided": 400 / 365}, index=DAYS)[:as_of]
    counts["decided"] = np.maximum(counts["decided"], counts["not_agreed"])
    threshold = pd.Series(budget / 365, index=DAYS).cumsum()
    return evaluate(counts, threshold, pd.Series(400 / 365, index=DAYS), budget, pd.Timestamp(as_of))


def every(days: int, start: str = "2025-01-01") -> pd.Series:
    """One customer every so many days from a day on."""
    number = np.arange(len(DAYS))
    return pd.Series(((number % days == 0) & (start <= DAYS)).astype(float), index=DAYS)


def test_the_difference_is_what_is_new_and_what_was_corrected() -> None:
    known_then = every(5)
    known_now = known_then.copy()
    known_now["2025-03-05"] += 2  # recorded late
    before, now = evaluation("2025-06-22", known_then), evaluation("2025-06-29", known_now)
    found = changes(before, now, int(known_now[:"2025-06-22"].sum()))
    assert found is not None
    assert found.corrected == 2
    assert found.new == int(known_now["2025-06-23":"2025-06-29"].sum())
    assert now.actual == before.actual + found.corrected + found.new
    assert found.threshold == pytest.approx(7 * 80 / 365)
    assert found.budget is None


def test_an_alarm_that_appears_and_a_new_budget_are_named() -> None:
    bad = every(5) + every(1, "2025-06-23")
    before, now = evaluation("2025-06-22", bad), evaluation("2025-07-20", bad, budget=70)
    found = changes(before, now, int(bad[:"2025-06-22"].sum()))
    assert found is not None
    assert "breach_red" in found.appeared
    assert "breach_amber" not in found.appeared, "red takes amber's place"
    assert found.budget == (80, 70)
    assert found.level is not None
    assert found.level[1] == "over"


@pytest.mark.parametrize(
    ("trial", "said"),
    [
        ((False, False), "allowance 80 → 70"),
        ((True, True), "trial allowance worked out anew, 80 → 70, nobody has decided one"),
        ((True, False), "allowance decided: 70 (trial value before: 80)"),
    ],
)
def test_a_trial_allowance_that_moves_is_not_told_as_a_decision(trial: tuple[bool, bool], said: str) -> None:
    before, now = evaluation("2025-06-22", every(5)), evaluation("2025-06-29", every(5), budget=70)
    found = changes(before, now, before.actual, trial)
    assert found is not None
    assert said in render(change_sentence(found), "en")
    why = change_table(before, now, found, "en").set_index("what").loc["Threshold today", "why"]
    assert str(why).endswith(said)


def test_before_the_year_there_is_nothing_to_compare() -> None:
    assert changes(evaluation("2024-12-30", every(5)), evaluation("2025-01-05", every(5)), 0) is None


def test_alarms_by_week_end_with_what_stands_now_and_are_empty_before() -> None:
    now = evaluation("2025-07-20", every(5) + every(1, "2025-06-23"))
    weeks = alarms_by_week(now)
    assert weeks.index.tolist() == list(range(1, 30))
    assert weeks.iloc[-1] == stands(now)
    assert now.red.since is not None
    assert "breach_red" in weeks[now.red.since]
    assert "breach_red" not in weeks[now.red.since - 1]
    assert weeks.iloc[5] == ()
