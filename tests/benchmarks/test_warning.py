"""The warning benchmark in small: the figures to hold, on a seed nothing was tuned on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.warning import Year, alarm_table, breach_table, limit_table, median_delay, plain_crossing, recall
from benchmarks.warning_worlds import BUDGET, EVEN, alarm_world, last_year_plans, seasonal_shares


@pytest.fixture(scope="module")
def chances() -> pd.DataFrame:
    return breach_table(4_000, seed=77)


def test_the_breach_probability_beats_the_documents_method_by_a_third(chances: pd.DataFrame) -> None:
    for week, document, hold in ((13, 0.228, 0.151), (26, 0.142, 0.098), (39, 0.081, 0.057)):
        row = chances.loc[f"Brier score, week {week}"]
        assert row["document"] == pytest.approx(document, abs=0.02)
        assert row["product"] <= hold + 0.006  # 4,000 years: two standard errors
        assert row["product"] <= row["Gamma–Poisson"]
        assert row["product ÷ knows"] < 1.02


def test_the_breach_probability_is_calibrated(chances: pd.DataFrame) -> None:
    for week in (13, 26, 39):
        assert chances.loc[f"calibration error, week {week}", "product"] <= 0.03


def test_most_broken_years_are_warned_in_time_at_ten_percent_false_alarms(chances: pd.DataFrame) -> None:
    assert chances.loc["recall before the budget is gone, at 10% false alarms", "product"] >= 0.95
    assert chances.loc["the same, at least 4 weeks ahead", "product"] >= 0.89


def test_the_alarm_table_has_every_rule_and_the_plain_crossing_cries_wolf() -> None:
    table = alarm_table(1_000, seed=78, shifts=[(3.0, 10), (1.5, 40)])
    quiet = table.loc["false alarms a year, on plan"]
    assert 0.88 <= quiet["crossing"] <= 0.93
    assert quiet["shift"] == pytest.approx(0.05, abs=0.021)
    assert table.loc["false alarms a year, on plan, volume noise .3", "count CUSUM"] > 0.1
    assert table.loc["median weeks to ×3 from week 10", "shift"] <= 3
    assert np.isinf(table.loc["median weeks to ×1.5 from week 40", "shift"])


def test_a_higher_limit_has_fewer_false_alarms_and_less_recall() -> None:
    table = limit_table(1_500, seed=79)
    assert table["good years that see it"].is_monotonic_decreasing
    assert table["broken years that see it in time"].is_monotonic_decreasing
    assert table.loc[0.85, "good years that see it"] == pytest.approx(0.075, abs=0.03)


def test_the_crossing_and_the_median_delay_are_what_they_say() -> None:
    year = Year(*alarm_world(500, np.random.default_rng(1)), BUDGET * EVEN)
    crossed = plain_crossing(year)
    by_hand = [any(sum(row[: w + 1]) > 80 / 52 * (w + 1) + 1e-9 for w in range(52)) for row in year.not_agreed]
    assert (crossed.any(axis=1) == by_hand).mean() > 0.99  # sums of fractions at equality
    alarms = np.zeros((4, 52), dtype=bool)
    alarms[0, 3] = alarms[1, 11] = alarms[2, 12] = True
    assert median_delay(alarms, 10) == 4  # years 1, 2, 3: weeks 12, 13, never


def test_recall_counts_only_alarms_before_the_budget_is_gone() -> None:
    counts = np.zeros((20, 52), dtype=int)
    counts[:2, 40] = 81
    rank = np.zeros((20, 52))
    rank[0, 39], rank[1, 41] = 1.0, 1.0
    assert recall(rank, counts, 0) == 0.5
    assert recall(rank, counts, 4) == 0.0


def test_plans_of_the_worlds_spread_the_whole_budget() -> None:
    shares = seasonal_shares()
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(last_year_plans(5, np.random.default_rng(2), shares).sum(axis=1), BUDGET)
