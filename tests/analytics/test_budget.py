"""What a budget means, against published figures and simulation."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.budget import budget_from_target, highest_share, holds_at, mean_for, outlook


def test_r17_budget_is_forecast_times_what_the_target_leaves() -> None:
    assert budget_from_target(402, 0.80) == 80
    assert budget_from_target(412.5, 0.80) == 83
    assert budget_from_target(0, 0.80) == 0


def test_a_process_that_runs_exactly_at_its_budget_breaks_it_nearly_every_second_year() -> None:
    assert 1 - holds_at(80, 80) == pytest.approx(0.47, abs=0.005)
    assert 1 - holds_at(4, 4) == pytest.approx(0.37, abs=0.005)


def test_for_a_safe_year_the_mean_must_be_well_below_the_budget() -> None:
    assert mean_for(80, 0.90) == pytest.approx(69.7, abs=0.05)
    assert mean_for(4, 0.90) == pytest.approx(2.43, abs=0.005)
    assert holds_at(80, mean_for(80, 0.90)) == pytest.approx(0.90)


def test_the_outlook_carries_the_forecasts_uncertainty() -> None:
    random = np.random.default_rng(1)
    customers = random.normal(400, 40, 20_000)
    simulated = (random.poisson(customers * 0.18) <= 80).mean()
    sure = outlook(80, np.full(10, 400.0), 0.18)
    unsure = outlook(80, customers, 0.18)
    assert unsure.holds == pytest.approx(simulated, abs=0.01)
    assert unsure.holds < sure.holds
    assert unsure.expected == pytest.approx(72, abs=0.2)


def test_the_highest_share_is_where_the_year_holds_with_the_wanted_safety() -> None:
    customers = np.full(5, 400.0)
    assert highest_share(80, customers, 0.9) * 400 == pytest.approx(69.7, abs=0.05)
    assert highest_share(1000, customers) == 1.0
