"""Breach probability: the regime filter against simulated particles, its edges, open cases, the simpler reference."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from analytics.breach import OpenCases, breach_path, breach_paths, discounted_gamma_poisson, poisson_binomial
from analytics.regime import REGIME, Regime, filtered, week_counts
from analytics.weeks import WeeksSoFar, weeks_so_far

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")


def so_far(counts: list[int], as_of: str, budget: float = 80.0) -> WeeksSoFar:
    """A year with an even plan; counts fall on the days from 1 January on."""
    daily = pd.Series(np.array(counts, dtype=float), index=DAYS[: len(counts)])
    return weeks_so_far(daily, pd.Series(budget / 365, index=DAYS), pd.Timestamp(as_of))


def by_particles(counts: np.ndarray, plan: np.ndarray, budget: int, particles: int, seed: int) -> float:
    """The same model by simulation: particles weighted by the likelihood of the counts, then run to the year's end."""
    random = np.random.default_rng(seed)
    level = random.normal(np.log(0.95), 0.25, particles)
    log_weight = np.zeros(particles)
    future = np.zeros(particles)
    for week, expected in enumerate(plan):
        if week > 0:
            jump = random.uniform(np.log(1.25), np.log(2), particles) * random.choice([-1, 1], particles)
            level = level + np.where(random.random(particles) < 0.01, jump, 0)
        mean, size = expected * np.exp(level), 1 / 0.15**2
        if week < len(counts):
            log_weight += nbinom.logpmf(counts[week], size, size / (size + mean))
        else:
            future += random.poisson(mean * random.gamma(size, 1 / size, particles))
    weight = np.exp(log_weight - log_weight.max())
    return float((weight * (counts.sum() + future > budget)).sum() / weight.sum())


@pytest.mark.parametrize(
    "counts", [np.array([2, 3, 1, 4, 2, 3]), np.array([0, 1, 0, 1, 1, 0]), np.array([1] * 8 + [4] * 6)]
)
def test_the_filter_agrees_with_a_simulation_by_particles(counts: np.ndarray) -> None:
    plan = np.full(20, 1.6) * np.linspace(0.7, 1.3, 20)
    exact = breach_paths(counts[None, :], plan, np.full(20, 7.0), 36)[0, -1]
    assert exact == pytest.approx(by_particles(counts, plan, 36, 150_000, 3), abs=0.012)


def test_the_prior_alone_gives_the_chance_before_the_year() -> None:
    plan = np.full(52, 80 / 52)
    before = breach_paths(np.zeros((1, 0)), plan, np.full(52, 7.0), 80)[0]
    assert before.shape == (1,)
    assert before[0] == pytest.approx(by_particles(np.zeros(0), plan, 80, 60_000, 4), abs=0.012)


def test_without_change_and_noise_the_filter_is_a_mixture_of_poisson_tails() -> None:
    still = Regime(hazard=0.0, noise=0.0)
    plan = np.full(10, 2.0)
    counts = np.array([[3, 1, 4]])
    weights = still.prior * np.exp(8 * still.grid - 6 * np.exp(still.grid))
    expected = weights @ poisson.sf(20 - 8, 14 * np.exp(still.grid)) / weights.sum()
    assert breach_paths(counts, plan, np.full(10, 7.0), 20, still)[0, -1] == pytest.approx(expected, abs=1e-9)


def test_the_rates_and_the_moves_are_probabilities() -> None:
    known = filtered(np.array([[0, 3, 9, 1]]), np.full(4, 1.5), np.full(4, 7.0))
    np.testing.assert_allclose(known.sum(axis=2), 1)
    np.testing.assert_allclose(REGIME.transition(7).sum(axis=1), 1)
    np.testing.assert_allclose(REGIME.transition(3) @ REGIME.transition(4), REGIME.transition(7), atol=2e-4)
    np.testing.assert_allclose(week_counts(1.5, at_most=200).sum(axis=1), 1, atol=1e-9)


def test_two_level_doublings_apart_the_jump_sizes_are_uniform_between_a_quarter_more_and_double() -> None:
    moves = REGIME.transition(7)[30]
    jumped = moves.copy()
    jumped[30] = 0
    sizes = np.abs(REGIME.grid[jumped > 0])
    assert jumped.sum() == pytest.approx(0.01)
    assert sizes.min() >= np.log(1.25) - 0.025
    assert sizes.max() <= np.log(2) + 0.025
    assert jumped[31:].sum() == pytest.approx(jumped[:30].sum())


def test_once_the_budget_is_exceeded_the_chance_is_exactly_one() -> None:
    path = breach_path(so_far([1] * 81, "2025-03-22"), 80)
    assert path is not None
    assert path[-1] == 1.0
    assert path[-3] < 1.0


@pytest.mark.parametrize(("customers", "chance"), [(80, 0.0), (81, 1.0), (0, 0.0)])
def test_at_the_years_end_the_chance_is_exactly_zero_or_one(customers: int, chance: float) -> None:
    counts = [0] * (365 - customers) + [1] * customers
    path = breach_path(so_far(counts, "2025-12-31"), 80)
    assert path is not None
    assert len(path) == 54
    assert path[-1] == chance


def test_where_the_plan_expects_nobody_more_the_chance_is_exactly_zero() -> None:
    allocation = pd.Series(np.where(DAYS < "2025-07-01", 80 / 181, 0.0), index=DAYS)
    counts = pd.Series(1.0, index=DAYS[:50])
    path = breach_path(weeks_so_far(counts, allocation, pd.Timestamp("2025-07-06")), 80)
    assert path is not None
    assert path[-1] == 0.0


def test_a_count_where_the_plan_expects_nobody_does_not_break_the_filter() -> None:
    allocation = pd.Series(np.where(DAYS < "2025-07-01", 0.0, 80 / 184), index=DAYS)
    counts = pd.Series(1.0, index=DAYS[:3])
    path = breach_path(weeks_so_far(counts, allocation, pd.Timestamp("2025-02-02")), 80)
    assert path is not None
    assert np.isfinite(path).all()


def test_a_budget_of_nobody_has_no_rate_to_measure_against_until_somebody_is_counted() -> None:
    assert breach_path(so_far([0] * 20, "2025-01-20", budget=0.0), 0) is None
    path = breach_path(so_far([0] * 19 + [1], "2025-01-20", budget=0.0), 0)
    assert path is not None
    assert path[-1] == 1.0


def test_the_chance_of_a_past_week_does_not_depend_on_the_day_it_is_looked_at() -> None:
    counts = [int(n) for n in np.random.default_rng(1).poisson(0.25, 140)]
    sunday = breach_path(so_far(counts, "2025-05-11"), 80)
    wednesday = breach_path(so_far(counts, "2025-05-14"), 80)
    assert sunday is not None
    assert wednesday is not None
    np.testing.assert_array_equal(sunday, wednesday[: len(sunday)])
    assert len(wednesday) == len(sunday) + 1


def test_a_running_week_moves_smoothly_into_the_finished_one() -> None:
    counts = [0] * 120
    saturday, sunday = (breach_path(so_far(counts, day), 80) for day in ("2025-04-26", "2025-04-27"))
    assert saturday is not None
    assert sunday is not None
    assert saturday[-1] == pytest.approx(sunday[-1], abs=0.01)
    assert saturday[-1] > sunday[-1]


def test_open_cases_of_the_plans_own_risk_hardly_change_the_chance() -> None:
    weeks = so_far([1, 0, 0, 0] * 40, "2025-06-08")
    plain = breach_path(weeks, 80)
    same = breach_path(weeks, 80, OpenCases((0.2,) * 10, 2.0))
    assert plain is not None
    assert same is not None
    assert same[-1] == pytest.approx(plain[-1], abs=0.02)
    np.testing.assert_array_equal(same[:-1], plain[:-1])


def test_open_cases_likely_to_fail_raise_the_chance_and_certain_ones_count() -> None:
    weeks = so_far([1, 0, 0, 0] * 40, "2025-06-08")
    chances = [breach_path(weeks, 80, OpenCases((risk,) * 10, 2.0)) for risk in (0.0, 0.2, 0.6, 1.0)]
    last = [float(path[-1]) for path in chances if path is not None]
    assert last == sorted(last)
    full = breach_path(so_far([1] * 75, "2025-03-16"), 80, OpenCases((1.0,) * 6, 1.2))
    assert full is not None
    assert full[-1] == 1.0


def test_open_cases_are_convolved_with_those_to_come() -> None:
    still = Regime(hazard=0.0, noise=0.0, prior_sd=1e-3, prior_mean=0.0)
    weeks = so_far([0] * 161, "2025-06-08")
    path = breach_path(weeks, 50, OpenCases((0.5, 0.3), 1.0), still)
    rest = 80 * (365 - 159) / 365 - 1.0
    turning = {0: 0.35, 1: 0.5, 2: 0.15}
    assert path is not None
    assert path[-1] == pytest.approx(sum(p * poisson.sf(50 - k, rest) for k, p in turning.items()), abs=1e-6)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(20, 120))
def test_a_larger_budget_never_raises_the_chance(counts: list[int], budget: int) -> None:
    plan, days, years = np.full(52, 1.5), np.full(52, 7.0), np.array([counts])
    tight = breach_paths(years, plan, days, budget)
    loose = breach_paths(years, plan, days, budget + 5)
    assert (loose <= tight + 1e-12).all()
    assert ((tight >= 0) & (tight <= 1)).all()


@pytest.mark.parametrize("budget", [20, 2000])
def test_small_and_large_budgets_are_exact_as_well(budget: int) -> None:
    plan = np.full(52, budget / 52)
    counts = np.full((1, 20), round(budget / 52))
    path = breach_paths(counts, plan, np.full(52, 7.0), budget)[0]
    assert path[-1] == pytest.approx(by_particles(counts[0], plan, budget, 60_000, 5), abs=0.03)


def test_results_are_the_same_bit_for_bit() -> None:
    weeks = so_far([1, 0, 2, 0] * 40, "2025-06-08")
    first, second = breach_path(weeks, 80), breach_path(weeks, 80)
    assert first is not None
    assert second is not None
    assert first.tobytes() == second.tobytes()


def test_poisson_binomial_equals_enumeration() -> None:
    risks = [0.1, 0.5, 0.9, 0.3]
    by_hand = np.zeros(5)
    for outcome in range(16):
        bits = [(outcome >> i) & 1 for i in range(4)]
        by_hand[sum(bits)] += np.prod([r if b else 1 - r for r, b in zip(risks, bits, strict=True)])
    np.testing.assert_allclose(poisson_binomial(risks), by_hand)


def test_the_discounted_gamma_poisson_is_the_formula_in_a_plain_loop() -> None:
    counts, plan = [3, 0, 2, 5], [1.5] * 12
    a, b = 12.0, 12 / 0.95
    for x, expected in zip(counts, plan, strict=False):
        a, b = 0.94 * a + 0.06 * 12 + x, 0.94 * b + 0.06 * 12 / 0.95 + expected
    remaining = 1.5 * 8
    expected_chance = nbinom.sf(18 - 10, a, b / (b + remaining))
    result = discounted_gamma_poisson(np.array([counts]), np.array(plan), 18)[0]
    assert result[-1] == pytest.approx(expected_chance, abs=1e-12)
    assert len(result) == 5


def test_the_reference_and_the_filter_mean_the_same_thing() -> None:
    random = np.random.default_rng(6)
    plan = np.full(52, 80 / 52)
    counts = random.poisson(plan * 1.1, (50, 52))[:, :26]
    ours = breach_paths(counts, plan, np.full(52, 7.0), 80)[:, -1]
    reference = discounted_gamma_poisson(counts, plan, 80)[:, -1]
    assert np.corrcoef(ours, reference)[0, 1] > 0.97
