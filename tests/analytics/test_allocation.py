"""Last year's split, whole customers and plan versions, against calculations written out in plain loops."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.allocation import Split, joined, last_year_split, split_by, whole_customers


def monday_weeks(year: int) -> list[list[date]]:
    """Plan weeks of a year as lists of days, by stepping through the days."""
    weeks: list[list[date]] = [[]]
    day = date(year, 1, 1)
    while day.year == year:
        if day.weekday() == 0 and weeks[-1]:
            weeks.append([])
        weeks[-1].append(day)
        day += timedelta(days=1)
    return weeks


def threshold_by_hand(counts: dict[date, int], year: int, budget: float) -> dict[date, float]:
    """Last year's weekly shares, evenly over each week's days, by calendar day, cumulated."""
    value: dict[tuple[int, int], float] = {}
    for week in monday_weeks(year - 1):
        customers = sum(counts.get(day, 0) for day in week)
        for day in week:
            value[(day.month, day.day)] = customers / len(week)
    value.setdefault((2, 29), (value[(2, 28)] + value[(3, 1)]) / 2)
    days = [day for week in monday_weeks(year) for day in week]
    total = sum(value[(day.month, day.day)] for day in days)
    threshold, sum_so_far = {}, 0.0
    for day in days:
        sum_so_far += value[(day.month, day.day)]
        threshold[day] = budget * sum_so_far / total
    return threshold


def daily(counts: dict[date, int], year: int) -> pd.Series:
    index = pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")
    return pd.Series([float(counts.get(day.date(), 0)) for day in index], index=index)


@pytest.mark.parametrize(
    "year",
    [2025, 2024, 2026, 2027, 2028, 2018],
    ids=[
        "after a leap year",
        "leap year",
        "touches 53 weeks",
        "starts on Friday",
        "starts on Saturday",
        "from Monday",
    ],
)
def test_r18_last_years_weekly_shares_split_the_budget_by_day(year: int) -> None:
    random = np.random.default_rng(year)
    counts = {
        date(year - 1, 1, 1) + timedelta(days=int(d)): int(c)
        for d, c in enumerate(random.poisson(1.1, (date(year, 1, 1) - date(year - 1, 1, 1)).days))
    }
    split = last_year_split(daily(counts, year - 1), year, 80)
    expected = threshold_by_hand(counts, year, 80)
    assert [day.date() for day in split.days.index] == list(expected)
    np.testing.assert_allclose(split.days["threshold"], list(expected.values()), rtol=0, atol=1e-9)
    assert split.days["threshold"].iloc[-1] == 80
    assert split.basis == "last_year"


def test_r18_a_partial_week_that_last_year_lacked_is_not_zero() -> None:
    last_year = pd.Series(1.0, index=pd.date_range("2025-01-01", "2025-12-31", freq="D"))
    split = last_year_split(last_year, 2026, 365)
    np.testing.assert_allclose(split.days["allocation"], 1.0)


def test_without_any_history_the_budget_is_spread_evenly_and_says_so() -> None:
    split = last_year_split(pd.Series(dtype=float, index=pd.DatetimeIndex([])), 2025, 73)
    assert split.basis == "even"
    np.testing.assert_allclose(split.days["allocation"], 0.2)


def test_days_before_the_data_begin_are_unknown_not_zero() -> None:
    known = pd.Series(2.0, index=pd.date_range("2024-07-01", "2024-12-31", freq="D"))
    split = last_year_split(known, 2025, 365)
    assert split.basis == "part_of_last_year"
    np.testing.assert_allclose(split.days["allocation"], 1.0)


@given(
    st.lists(st.floats(0, 50), min_size=60, max_size=60),
    st.integers(0, 3000),
)
def test_whole_customers_sum_to_the_budget_and_stay_within_half_a_customer(values: list[float], budget: int) -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    weights = pd.Series(np.resize(np.array(values), len(days)), index=days)
    split = split_by(weights, budget, "last_year")
    whole = whole_customers(split.days["threshold"].to_numpy())
    assert whole[-1] == budget
    assert (abs(whole - split.days["threshold"]) <= 0.5 + 1e-6).all()
    assert (np.diff(whole) >= 0).all()


def test_rounding_each_week_by_itself_would_miss_the_budget() -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), 80, "even")
    weekly = split.days["allocation"].resample("W-SUN").sum()
    assert int(np.floor(weekly + 0.5).sum()) != 80
    assert whole_customers(split.days["threshold"].to_numpy())[-1] == 80


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_weights_must_be_finite_and_not_negative(bad: float) -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    weights = pd.Series(1.0, index=days)
    weights.iloc[5] = bad
    with pytest.raises(ValueError, match="finite and not negative"):
        split_by(weights, 80, "even")


def even(budget: float) -> Split:
    return split_by(pd.Series(1.0, index=pd.date_range("2025-01-01", "2025-12-31", freq="D")), budget, "even")


def test_a_new_version_changes_only_the_future_and_ends_at_the_new_budget() -> None:
    changed_on = pd.Timestamp("2025-04-07")
    versions = joined([(pd.Timestamp("2025-01-01"), even(80)), (changed_on, even(60))])
    before = versions.days.index < changed_on
    np.testing.assert_allclose(versions.days["threshold"][before], even(80).days["threshold"][before])
    assert versions.days["threshold"].iloc[-1] == pytest.approx(60)
    stood = 80 * 96 / 365  # 96 days up to 6 April
    assert versions.days["threshold"][changed_on] == pytest.approx(stood + (60 - stood) / 269)


def test_a_new_budget_below_what_the_threshold_already_allowed_leaves_it_where_it_stood() -> None:
    changed_on = pd.Timestamp("2025-12-01")
    versions = joined([(pd.Timestamp("2025-01-01"), even(80)), (changed_on, even(10))])
    after = versions.days["threshold"][changed_on:]
    np.testing.assert_allclose(after, 80 * 334 / 365)


def test_the_first_version_holds_from_new_year_whatever_its_date() -> None:
    versions = joined([(pd.Timestamp("2025-05-01"), even(80))])
    pd.testing.assert_frame_equal(versions.days, even(80).days, check_freq=False)
