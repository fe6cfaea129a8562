"""Small bases: P(ok) against enumeration and simulation, and the design's own figures."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import poisson

from analytics.small_base import risk_to_come, small_base


def test_r03_the_chance_to_stay_within_the_allowance_equals_brute_force_enumeration() -> None:
    risks = [0.3, 0.7, 0.15]
    result = small_base(4, 1, risks, forecast=20, arrived=9, elapsed=0.4, risk=0.2)
    rate, shape = 8 / 20 + 0.4, 8 + 9
    p_ok = 0.0
    for outcome in itertools.product([0, 1], repeat=3):
        chance = np.prod([r if bad else 1 - r for r, bad in zip(risks, outcome, strict=True)])
        for to_come in range(4 - 1 - sum(outcome) + 1):
            # negative binomial as a Gamma mixture of Poisson numbers, by a fine sum
            grid = np.linspace(0.005, 80, 16_000)
            density = grid ** (shape - 1) * np.exp(-rate * grid)
            p_ok += chance * (poisson.pmf(to_come, grid * 0.6 * 0.2) * density).sum() / density.sum()
    assert result.p_ok == pytest.approx(p_ok, abs=1e-4)


def test_the_chance_agrees_with_a_simulation() -> None:
    random = np.random.default_rng(2)
    yearly = random.gamma(8 + 3, 1 / (8 / 20 + 0.25), 200_000)
    bad = random.binomial(random.poisson(yearly * 0.75), 0.2) + random.binomial(2, 0.25, 200_000)
    result = small_base(4, 1, [0.25, 0.25], forecast=20, arrived=3, elapsed=0.25, risk=0.2)
    assert result.p_ok == pytest.approx((bad <= 3).mean(), abs=0.004)


def test_expected_cases_are_open_ones_and_those_to_come() -> None:
    result = small_base(4, 1, [0.5, 0.25], forecast=20, arrived=0, elapsed=0.0, risk=0.2)
    assert result.open_expected == 0.75
    assert result.customers_to_come == pytest.approx(20)
    assert result.to_come_expected == pytest.approx(4)
    assert (result.left, result.open_cases) == (3, 2)


def test_with_a_mean_of_four_an_allowance_of_four_breaks_in_37_percent_of_years() -> None:
    assert poisson.sf(4, 4.0) == pytest.approx(0.37, abs=0.005)
    assert poisson.sf(4, 2.43) == pytest.approx(0.10, abs=0.005)
    mixed = small_base(4, 0, [], forecast=20, arrived=0, elapsed=0.0, risk=0.2)
    assert 1 - mixed.p_ok == pytest.approx(0.37, abs=0.03)


def test_an_exceeded_allowance_is_certain_and_a_finished_year_too() -> None:
    assert small_base(4, 5, [], forecast=20, arrived=9, elapsed=0.5, risk=0.2).p_ok == 0.0
    assert small_base(4, 4, [], forecast=20, arrived=20, elapsed=1.0, risk=0.2).p_ok == 1.0
    assert small_base(4, 4, [0.2], forecast=20, arrived=20, elapsed=1.0, risk=0.2).p_ok == pytest.approx(0.8)


def test_an_allowance_of_nobody_is_allowed() -> None:
    result = small_base(0, 0, [0.1], forecast=10, arrived=2, elapsed=0.2, risk=0.05)
    assert 0 < result.p_ok < 0.9


def test_without_a_forecast_only_the_open_cases_count() -> None:
    assert small_base(1, 0, [0.5, 0.5], forecast=0, arrived=0, elapsed=0.3, risk=0.2).p_ok == pytest.approx(0.75)


@pytest.mark.parametrize(
    "wrong", [{"elapsed": 1.2}, {"risk": -0.1}, {"arrived": -1}, {"forecast": -5.0}, {"elapsed": float("nan")}]
)
def test_numbers_outside_of_their_range_are_refused(wrong: dict[str, float]) -> None:
    values = {"forecast": 20.0, "arrived": 3, "elapsed": 0.5, "risk": 0.2} | wrong
    with pytest.raises(ValueError, match="must"):
        small_base(4, 0, [], **values)  # type: ignore[arg-type]


def test_the_risk_to_come_moves_from_the_plans_to_the_years_own() -> None:
    assert risk_to_come(0, 0, 0.2) == pytest.approx(0.2)
    assert risk_to_come(10, 10, 0.2) == pytest.approx(0.6)
    assert risk_to_come(0, 990, 0.2) < 0.003
    assert risk_to_come(0, 0, 0.0) == pytest.approx(0.05)  # a plan that allows nobody does not make it so
    assert risk_to_come(0, 0, 7.0) == 1.0
