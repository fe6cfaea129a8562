"""The forecast of a year: what it holds, how sure it is, and that it is as sure as it may be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.calendar import plan_weeks, year_days
from analytics.forecast import Forecast, forecast, forecast_year
from analytics.forecast_fit import fit
from benchmarks.forecast import Task, run
from tests.analytics.planted_history import planted

THREE_YEARS = planted(pd.date_range("2022-01-01", "2025-12-31"), 1.4, seed=11, noise=0.1)


def width(made: Forecast) -> float:
    """Width of the 80% range of the total, relative to what is expected."""
    low, high = made.total_interval(0.8)
    return (high - low) / made.expected


def test_the_same_inputs_give_the_same_numbers() -> None:
    first, second = (forecast_year(THREE_YEARS, 2026) for _ in range(2))
    pd.testing.assert_series_equal(first.mean, second.mean)
    assert np.array_equal(first.paths, second.paths)
    assert not np.array_equal(first.paths, forecast_year(THREE_YEARS, 2026, seed=1).paths)


@pytest.mark.parametrize("year", [2026, 2028, 2023])
def test_weeks_sum_to_the_year_whatever_its_length(year: int) -> None:
    made = forecast_year(planted(pd.date_range(f"{year - 2}-01-01", f"{year - 1}-12-31"), 1.4), year)
    weeks = made.weeks()
    assert weeks["week"].tolist() == plan_weeks(year)["week"].tolist()
    assert made.days.equals(year_days(year))
    assert weeks["mean"].sum() == pytest.approx(made.mean.sum())
    assert made.cumulative()["mean"].iloc[-1] == pytest.approx(made.expected)
    assert (weeks["low95"] <= weeks["low80"]).all()
    assert (weeks["low80"] <= weeks["high80"]).all()
    assert (weeks["high80"] <= weeks["high95"]).all()
    assert weeks["customers"].isna().all()


def test_days_already_counted_are_kept_and_the_rest_is_projected() -> None:
    as_of = pd.Timestamp("2025-06-30")
    made = forecast_year(THREE_YEARS, 2025, as_of)
    counted = THREE_YEARS["2025-01-01":"2025-06-30"]
    past = made.days <= as_of
    assert (made.paths[:, past] == counted.to_numpy()).all()
    assert made.expected == pytest.approx(counted.sum() + made.mean[~past].sum())
    by_day = made.by_day()
    assert by_day.loc[past, "customers"].tolist() == counted.tolist()
    assert by_day.loc[~past, "customers"].isna().all()
    assert made.cumulative()["mean"][as_of] == counted.sum()
    assert (made.totals >= counted.sum()).all()


def test_what_happens_after_the_day_asked_about_changes_nothing() -> None:
    as_of = pd.Timestamp("2025-06-30")
    cut = forecast_year(THREE_YEARS[:as_of], 2025, as_of)
    assert np.array_equal(cut.paths, forecast_year(THREE_YEARS, 2025, as_of).paths)


def test_a_year_becomes_surer_as_it_passes() -> None:
    widths = [
        width(forecast_year(THREE_YEARS, 2025, pd.Timestamp(day))) for day in ("2025-01-31", "2025-06-30", "2025-10-31")
    ]
    assert widths[0] > 1.2 * widths[1] > 1.4 * widths[2]


def test_a_year_with_more_customers_than_expected_raises_the_rest_of_the_year() -> None:
    plain = forecast_year(THREE_YEARS, 2025, pd.Timestamp("2025-06-30"))
    doubled = THREE_YEARS.copy()
    doubled["2025-01-01":] *= 2
    raised = forecast_year(doubled, 2025, pd.Timestamp("2025-06-30"))
    rest = plain.days > pd.Timestamp("2025-06-30")
    assert 1.4 < raised.mean[rest].sum() / plain.mean[rest].sum() < 2.0


def test_one_year_of_history_is_enough_and_is_said_to_be_less_sure() -> None:
    one = forecast_year(THREE_YEARS["2025-01-01":], 2026)
    more = forecast_year(THREE_YEARS, 2026)
    assert one.notes[0].id.startswith("Learned from one year")
    assert more.notes == ()
    assert one.expected == pytest.approx(THREE_YEARS["2025-01-01":].sum(), rel=0.1)
    shape = one.mean / one.mean.sum() - more.mean / more.mean.sum()
    assert shape.cumsum().abs().max() < 0.06


def test_a_part_of_a_year_is_enough_and_says_that_the_season_is_assumed() -> None:
    made = forecast_year(THREE_YEARS["2025-09-01":], 2026)
    assert made.notes[0].id.startswith("Learned from {days} days only")
    assert made.notes[0].params == {"days": 122}
    assert width(made) > width(forecast_year(THREE_YEARS, 2026))


def test_a_year_without_published_days_off_is_forecast_and_says_so() -> None:
    notes = forecast_year(THREE_YEARS, 2027).notes
    assert [(note.id.split(" {")[0], note.params) for note in notes] == [("The days off of", {"year": 2027})]


def test_a_class_without_a_single_customer_is_forecast_near_zero() -> None:
    made = forecast_year(THREE_YEARS["2024-01-01":] * 0, 2026)
    assert made.expected < 3
    assert made.total_interval(0.8)[0] == 0
    assert np.isfinite(made.paths).all()


def test_a_class_of_a_hundred_thousand_customers_is_forecast() -> None:
    large = planted(pd.date_range("2023-01-01", "2025-12-31"), 400.0, noise=0.1)
    made = forecast_year(large, 2026)
    assert made.expected == pytest.approx(float(large["2025-01-01":].sum()), rel=0.15)


def test_days_before_the_data_begin_are_projected_like_those_to_come() -> None:
    made = forecast_year(THREE_YEARS["2025-03-01":], 2025, pd.Timestamp("2025-08-31"))
    assert made.days.equals(year_days(2025))
    assert made.observed.index[0] == pd.Timestamp("2025-03-01")
    assert made.paths[:, :59].std(axis=0).min() > 0


def test_a_model_forecasts_any_days_it_was_not_fitted_on() -> None:
    days = pd.date_range("2026-12-25", "2027-01-10")
    made = forecast(fit(THREE_YEARS), days)
    assert made.mean.index.equals(days)
    assert made.weeks()[["year", "week"]].to_numpy().tolist() == [[2026, 52], [2026, 53], [2027, 1], [2027, 2]]


def test_rates_are_the_law_without_chance() -> None:
    made = forecast_year(THREE_YEARS, 2026, draws=4000)
    assert made.total_rates.mean() == pytest.approx(made.totals.mean(), rel=0.02)
    assert made.totals.var() - made.total_rates.var() == pytest.approx(made.expected, rel=0.6)
    assert made.total_rates.mean() == pytest.approx(made.expected, rel=0.02)


def test_intervals_and_shares_hold_in_a_small_version_of_the_benchmark() -> None:
    """Nine series each of worlds B and D; the full version is benchmarks/forecast.py."""
    rows = pd.DataFrame(
        [row for world in "BD" for n in range(9) for row in run(Task(world, 3, n, 7, ("regression", "document")))]
    )
    product, document = (rows[rows["method"] == name] for name in ("regression", "document"))
    assert product["share_error"].mean() < 0.7 * document["share_error"].mean()
    assert product["festival_error"].mean() < 0.5 * document["festival_error"].mean()
    assert product["crps"].sum() < 1.2 * product["oracle_crps"].sum()
    assert 0.76 < product["inside80"].mean() < 0.9
    assert 0.92 < product["inside95"].mean() < 0.99
    assert product[[f"year{week}" for week in (0, 13, 26, 39)]].to_numpy().mean() > 0.7
