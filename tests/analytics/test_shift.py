"""The shift signal: Steiner's CUSUM by week, its calibrated limits, its blindness to volume."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics.shift import (
    BUDGETS,
    LIMITS,
    RISKS,
    calibrate_limit,
    daily_case_scores,
    daily_scores,
    shift_limit,
    shift_path,
    worse_risk,
)
from texts import Problem


def weekly_years(
    years: int, seed: int, *, noise: float = 0.0, ratio: float = 1.0, week: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Customers and not agreed by week: 400 and 80 a year; `ratio` times as many not agreed from `week` (from 0) on."""
    random = np.random.default_rng(seed)
    log_volume = np.zeros((years, 52))
    for t in range(52):
        before = log_volume[:, t - 1] if t else random.normal(0, noise, years)
        log_volume[:, t] = 0.6 * before + 0.8 * random.normal(0, noise, years)
    customers = random.poisson(400 / 52 * np.exp(log_volume - noise**2 / 2))
    chance = np.where(np.arange(52) >= week, 0.2 * ratio, 0.2)
    return customers, random.binomial(customers, chance)


def signals(customers: np.ndarray, not_agreed: np.ndarray) -> np.ndarray:
    scores = daily_scores(pd.DataFrame(not_agreed), pd.DataFrame(customers), 0.2).to_numpy()
    return shift_path(scores) >= shift_limit(80, 0.2)


def test_the_running_sum_is_the_formula_in_a_plain_loop() -> None:
    days = pd.date_range("2025-01-01", periods=40, freq="D")
    random = np.random.default_rng(1)
    decided = pd.Series(random.poisson(3, 40).astype(float), index=days)
    bad = pd.Series(random.binomial(decided.astype(int), 0.4).astype(float), index=days)
    c, by_hand = 0.5, []
    for y, n in zip(bad, decided, strict=True):
        c = max(0.0, c + y * math.log(1.5) + (n - y) * math.log(0.7 / 0.8))
        by_hand.append(c)
    np.testing.assert_allclose(shift_path(daily_scores(bad, decided, 0.2).to_numpy(), 0.5), by_hand)


def test_cases_of_one_risk_score_as_their_counts_and_cases_of_their_own_risk_as_their_odds() -> None:
    days = pd.date_range("2025-03-01", periods=3, freq="D")
    cases = pd.DataFrame(
        {
            "day": pd.to_datetime(["2025-03-01 09:30", "2025-03-01 17:00", "2025-03-03 08:00"]),
            "not_agreed": [True, False, True],
            "risk": [0.2, 0.2, 0.2],
        }
    )
    bad, decided = pd.Series([1.0, 0, 1], index=days), pd.Series([2.0, 0, 1], index=days)
    np.testing.assert_allclose(daily_case_scores(cases, days), daily_scores(bad, decided, 0.2))
    own = daily_case_scores(cases.assign(risk=[0.1, 0.3, 0.2]), days)
    assert own.iloc[0] == pytest.approx(math.log(1.5) + math.log((1 - 0.45) / 0.7))


def test_a_customer_agreed_first_and_not_agreed_later_counts_as_not_agreed_in_the_sum() -> None:
    days = pd.date_range("2025-03-01", periods=2, freq="D")
    twice = daily_scores(pd.Series([0.0, 1.0], index=days), pd.Series([1.0, 0.0], index=days), 0.2)
    assert twice.sum() == pytest.approx(math.log(1.5))


@pytest.mark.parametrize("risk", [0.02, 0.2, 0.4, 0.6, 0.95])
def test_the_worse_risk_is_worse_and_never_certain(risk: float) -> None:
    assert risk < worse_risk(risk) < 1
    if risk <= 0.4:
        assert worse_risk(risk) == pytest.approx(1.5 * risk)


@pytest.mark.parametrize(("budget", "limit"), [(20, 3.17), (40, 3.82), (80, 4.38), (160, 4.81), (400, 5.19)])
def test_without_a_head_start_the_calibration_gives_the_designs_limits(budget: int, limit: float) -> None:
    assert calibrate_limit(budget, 0.2, head_start=0.0) == pytest.approx(limit, abs=0.08)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 3), (3, 2), (3, 6), (4, 4)])
def test_the_table_agrees_with_a_new_simulation(row: int, column: int) -> None:
    simulated = calibrate_limit(BUDGETS[column], RISKS[row], years=15_000, seed=7)
    assert LIMITS[row][column] == pytest.approx(simulated, abs=0.11)
    assert shift_limit(BUDGETS[column], RISKS[row]) == pytest.approx(LIMITS[row][column])


def test_between_the_tables_sizes_the_limit_lies_between() -> None:
    assert shift_limit(80, 0.2) < shift_limit(110, 0.2) < shift_limit(160, 0.2)
    assert shift_limit(80, 0.005) == shift_limit(80, 0.02)


def test_other_settings_are_calibrated_on_the_spot() -> None:
    assert shift_limit(80, 0.2, false_alarms=0.02) > shift_limit(80, 0.2) > shift_limit(80, 0.2, false_alarms=0.1)
    assert shift_limit(80, 0.45) == calibrate_limit(80, 0.45)


@pytest.mark.parametrize(("budget", "risk"), [(0, 0.2), (80, 0), (80, 1.0)])
def test_a_plan_without_a_possible_risk_is_refused_in_words(budget: float, risk: float) -> None:
    with pytest.raises(Problem):
        calibrate_limit(budget, risk)


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_false_alarms_stay_at_five_percent_a_year_also_when_volume_is_noisy(noise: float) -> None:
    share = signals(*weekly_years(30_000, 11, noise=noise)).any(axis=1).mean()
    assert 0.045 <= share <= 0.055


@pytest.mark.parametrize(
    ("ratio", "week", "weeks"), [(1.5, 0, 16), (1.5, 9, 15), (1.5, 25, 17), (2.0, 9, 7), (3.0, 9, 3)]
)
def test_a_worsening_is_found_in_time(ratio: float, week: int, weeks: int) -> None:
    alarms = signals(*weekly_years(8_000, 12, ratio=ratio, week=week))
    after = alarms[~alarms[:, :week].any(axis=1), week:]
    delay = np.where(after.any(axis=1), after.argmax(axis=1) + 1, 999)
    assert np.median(delay) <= weeks


def test_volume_alone_does_not_raise_the_signal() -> None:
    customers = np.full((1, 52), 8 * 3)
    assert not signals(customers, customers // 5).any()
