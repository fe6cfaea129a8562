"""Backtest and alternatives: the same questions asked of every method, refusals in plain words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics.backtest import KOLMOGOROV_MEAN, backtest
from analytics.forecast import METHODS, Method, forecast_year
from analytics.forecast_alternatives import alternative, forecast_year_by
from tests.analytics.planted_history import planted
from texts import Problem, render

HISTORY = planted(pd.date_range("2022-01-01", "2025-12-31"), 1.4, seed=21)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_a_year_near_what_was_planted(method: Method) -> None:
    made = forecast_year_by(method, HISTORY[:"2024-12-31"], 2025)
    assert made.method == method
    assert made.expected == pytest.approx(HISTORY["2025-01-01":].sum(), rel=0.15)
    low, high = made.total_interval(0.8)
    assert low < made.expected < high
    assert (made.paths >= 0).all()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_keeps_the_days_already_counted(method: Method) -> None:
    made = forecast_year_by(method, HISTORY, 2025, pd.Timestamp("2025-07-02"))
    counted = HISTORY["2025-01-01":"2025-07-02"]
    assert (made.paths[:, : len(counted)] == counted.to_numpy()).all()
    assert made.totals.min() >= counted.sum()


@pytest.mark.parametrize("method", ["stl_ets", "holt_winters", "unobserved_components"])
def test_seasonal_models_refuse_less_than_two_cycles_in_plain_words(method: Method) -> None:
    with pytest.raises(Problem) as refused:
        forecast_year_by(method, HISTORY["2024-06-01":], 2026)
    assert "needs 104 weeks of history; there are 82." in render(refused.value.what, "en")


def test_last_years_shares_refuse_less_than_a_year() -> None:
    with pytest.raises(Problem, match="whole year of history; there are 184 days"):
        forecast_year_by("last_year", HISTORY["2025-07-01":], 2026)


def test_last_years_shares_are_the_weeks_of_a_year_before_also_in_a_53rd_week() -> None:
    days = pd.date_range("2020-12-28", periods=53 * 7)
    weeks = np.repeat(np.arange(1.0, 53.0), 7)
    history = pd.Series(weeks, index=pd.date_range("2019-12-30", periods=52 * 7))
    before = pd.Series(0.0, index=pd.date_range("2019-12-01", "2019-12-29"))
    made = alternative("last_year", pd.concat([before, history]), days)
    assert made.mean.to_numpy()[::7].tolist() == [*np.arange(1.0, 53.0), 1.0]


def test_the_regression_by_name_is_the_regression() -> None:
    assert np.array_equal(forecast_year_by("regression", HISTORY, 2026).paths, forecast_year(HISTORY, 2026).paths)


def test_a_backtest_says_what_would_have_been_said_before_each_whole_year() -> None:
    result = backtest(HISTORY, after_weeks=(0, 26))
    assert result.years[["year", "after_week"]].to_numpy().tolist() == [
        [y, w] for y in (2023, 2024, 2025) for w in (0, 26)
    ]
    row = result.years.iloc[4]
    made = forecast_year(HISTORY[:"2024-12-31"], 2025)
    assert (row["history_days"], row["expected"]) == (1096, pytest.approx(made.expected))
    assert row["customers"] == HISTORY["2025-01-01":].sum()
    assert row["total_error"] == pytest.approx(made.expected / row["customers"] - 1)
    weeks = made.weeks()
    came = [float(HISTORY[w.week_start : w.week_end].sum()) for w in weeks.itertuples()]
    forecast_share = weeks["mean"].cumsum() / weeks["mean"].sum()
    assert row["share_error"] == pytest.approx(100 * (forecast_share - np.cumsum(came) / np.sum(came)).abs().max())
    assert row["share_error_by_chance"] == pytest.approx(86.87 / math.sqrt(sum(came)))
    inside = [low <= n <= high for low, n, high in zip(weeks["low80"], came, weeks["high80"], strict=True)]
    assert row["inside80"] == pytest.approx(np.mean(inside))


def test_a_backtest_sees_nothing_of_the_future() -> None:
    changed = HISTORY.copy()
    changed["2025-01-01":] = 0.0
    columns = ["year", "expected", "low80", "high80"]
    before, after = (backtest(h).years.query("year < 2025")[columns] for h in (HISTORY, changed))
    pd.testing.assert_frame_equal(before, after)


def test_a_backtest_leaves_out_years_that_a_method_refuses() -> None:
    result = backtest(HISTORY, "holt_winters")
    assert result.left_out == (2023,)
    assert result.years["year"].tolist() == [2024, 2025]
    assert 0 <= result.coverage80 <= result.coverage95 <= 1
    assert math.isnan(backtest(HISTORY["2025-01-01":]).coverage80)


def test_the_mean_of_the_kolmogorov_law_is_what_chance_alone_gives() -> None:
    random = np.random.default_rng(4)
    shares = np.sort(random.uniform(size=(4000, 400)), axis=1)
    steps = np.arange(1, 401) / 400
    largest = np.maximum(np.abs(shares - steps), np.abs(shares - steps + 1 / 400)).max(axis=1)
    assert largest.mean() * math.sqrt(400) == pytest.approx(KOLMOGOROV_MEAN, rel=0.03)
