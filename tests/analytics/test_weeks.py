"""Plan weeks so far: whole weeks, the running week, the odd ends of a year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.weeks import weeks_so_far


def days_of(year: int) -> pd.DatetimeIndex:
    return pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")


def test_a_running_week_counts_as_far_as_it_has_come() -> None:
    ones = pd.Series(1.0, index=days_of(2025))
    weeks = weeks_so_far(ones, ones * 2, pd.Timestamp("2025-01-08"))  # Wednesday; 1 January is a Wednesday
    assert (weeks.complete, weeks.begun) == (1, 2)
    assert weeks.counts.tolist() == [5, 3]
    assert weeks.days_begun.tolist() == [5, 3]
    assert weeks.plan_begun.tolist() == [10, 6]
    assert weeks.plan[:2].tolist() == [10, 14]
    assert weeks.plan_to_come == pytest.approx(2 * (365 - 8))


@pytest.mark.parametrize("year", [2018, 2024, 2026, 2028])
def test_all_days_are_in_exactly_one_week(year: int) -> None:
    random = np.random.default_rng(year)
    counts = pd.Series(random.poisson(1.0, len(days_of(year))).astype(float), index=days_of(year))
    weeks = weeks_so_far(counts, counts, pd.Timestamp(f"{year}-12-31"))
    assert weeks.over
    assert weeks.days.sum() == len(counts)
    assert weeks.counts.sum() == weeks.plan.sum() == counts.sum()
    assert weeks.plan_to_come == 0


def test_before_the_year_nothing_has_begun_and_after_it_all_is_over() -> None:
    ones = pd.Series(1.0, index=days_of(2025))
    before = weeks_so_far(ones, ones, pd.Timestamp("2024-11-03"))
    assert (before.begun, before.total, before.as_of) == (0, 0, pd.Timestamp("2024-12-31"))
    after = weeks_so_far(ones, ones, pd.Timestamp("2026-05-05"))
    assert after.over
    assert after.as_of == pd.Timestamp("2025-12-31")


def test_missing_days_are_zero_and_days_of_other_years_are_ignored() -> None:
    counts = pd.Series([4.0, 2.0], index=pd.DatetimeIndex(["2024-12-31", "2025-01-02"]))
    weeks = weeks_so_far(counts, pd.Series(1.0, index=days_of(2025)), pd.Timestamp("2025-01-05"))
    assert weeks.counts.tolist() == [2]


@pytest.mark.parametrize("bad", [np.nan, -1.0, np.inf])
def test_an_expectation_must_be_finite_and_not_negative(bad: float) -> None:
    expected = pd.Series(1.0, index=days_of(2025))
    expected.iloc[3] = bad
    with pytest.raises(ValueError, match="finite"):
        weeks_so_far(expected, expected, pd.Timestamp("2025-02-01"))


def test_an_expectation_must_cover_the_year() -> None:
    half = pd.Series(1.0, index=days_of(2025)[:180])
    with pytest.raises(ValueError, match="every day"):
        weeks_so_far(half, half, pd.Timestamp("2025-02-01"))
