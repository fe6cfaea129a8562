"""A class's year against its budget: days, weeks, the running week, the years with odd weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.allocation import split_by
from analytics.threshold import ThresholdYear, threshold_year


def a_year(year: int, as_of: str, budget: float = 80, every: int = 5) -> ThresholdYear:
    """A year with one not-agreed customer every `every` days and two customers a day, evenly split."""
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), budget, "even")
    counts = pd.DataFrame({"customers": 2.0, "not_agreed": (np.arange(len(days)) % every == 0) * 1.0}, index=days)
    return threshold_year(counts[:as_of], split, split, pd.Timestamp(as_of), near=0.8, over=1.0)


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027, 2028])
def test_weeks_run_monday_to_sunday_and_are_cut_at_the_years_ends(year: int) -> None:
    weeks = a_year(year, f"{year}-12-31").weeks
    assert weeks["week_start"].iloc[0] == pd.Timestamp(year, 1, 1)
    assert weeks["week_end"].iloc[-1] == pd.Timestamp(year, 12, 31)
    assert (weeks["week_start"].iloc[1:].dt.day_of_week == 0).all()
    assert (weeks["week_end"].iloc[:-1].dt.day_of_week == 6).all()
    assert (
        weeks["week_start"].iloc[1:].to_numpy() - weeks["week_end"].iloc[:-1].to_numpy() == np.timedelta64(1, "D")
    ).all()


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2028])
def test_r06_weekly_allocations_sum_to_the_budget_as_fractions_and_as_integers(year: int) -> None:
    result = a_year(year, f"{year}-06-30", budget=83)
    assert result.weeks["allocation"].sum() == pytest.approx(83, abs=1e-9)
    assert result.weeks["allocation_whole"].sum() == 83
    assert result.weeks["threshold_whole"].iloc[-1] == 83


def test_the_running_week_is_shown_as_running_and_later_weeks_as_to_come() -> None:
    result = a_year(2025, "2025-07-30")
    states = result.weeks.set_index("week_start")["state"]
    assert states["2025-07-21"] == "complete"
    assert states["2025-07-28"] == "running"
    assert states["2025-08-04"] == "to_come"
    later = result.weeks[result.weeks["state"] == "to_come"]
    assert later[["customers", "not_agreed", "cumulative_not_agreed", "position"]].isna().all(axis=None)


def test_the_position_is_the_actual_against_the_threshold_of_the_same_day() -> None:
    result = a_year(2025, "2025-07-30")
    days_so_far = 211
    assert result.actual == 43
    assert result.threshold_now == pytest.approx(80 * days_so_far / 365)
    assert result.position is not None
    assert result.position.level == "near"
    assert result.position.ratio == pytest.approx(43 / (80 * days_so_far / 365))


def test_cumulative_counts_of_weeks_and_days_agree() -> None:
    result = a_year(2026, "2026-12-31")
    at_week_ends = result.days.loc[result.weeks["week_end"], "cumulative_not_agreed"].to_numpy()
    np.testing.assert_array_equal(result.weeks["cumulative_not_agreed"], at_week_ends)
    np.testing.assert_array_equal(result.weeks["not_agreed"].cumsum(), at_week_ends)


def test_before_the_year_has_begun_there_is_a_threshold_and_no_position() -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), 80, "even")
    nothing = pd.DataFrame({"customers": [], "not_agreed": []}, index=pd.DatetimeIndex([]), dtype=float)
    result = threshold_year(nothing, split, split, pd.Timestamp("2024-12-30"), near=0.8, over=1.0)
    assert result.position is None
    assert result.as_of is None
    assert result.actual == 0
    assert result.weeks["threshold"].iloc[-1] == pytest.approx(80)


def test_a_day_without_a_count_is_zero_up_to_as_of_and_missing_after() -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), 80, "even")
    counts = pd.DataFrame({"customers": [1.0], "not_agreed": [1.0]}, index=[pd.Timestamp("2025-01-03")])
    result = threshold_year(counts, split, split, pd.Timestamp("2025-01-05"), near=0.8, over=1.0)
    assert result.days["not_agreed"].iloc[:5].tolist() == [0, 0, 1, 0, 0]
    assert result.days["not_agreed"].iloc[5:].isna().all()
