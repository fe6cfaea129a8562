"""The volume signal: a Poisson CUSUM by week and its calibrated limit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.volume import LIMITS, SIZES, calibrate_volume_limit, volume_limit, volume_path
from texts import Problem


def test_the_running_sum_is_the_formula_in_a_plain_loop() -> None:
    counts, forecast = [9, 4, 14, 7, 12, 3], [8.0, 7.5, 8, 8, 6, 9]
    c, by_hand = 0.0, []
    for x, mu in zip(counts, forecast, strict=True):
        c = max(0.0, c + (x * math.log(1.3) - 0.3 * mu) / 1.7)
        by_hand.append(c)
    np.testing.assert_allclose(volume_path(np.array(counts), np.array(forecast), dispersion=1.7), by_hand)


@pytest.mark.parametrize("index", [0, 3, 5, 7])
def test_the_table_agrees_with_a_new_simulation(index: int) -> None:
    simulated = calibrate_volume_limit(SIZES[index], years=12_000, seed=3)
    assert LIMITS[index] == pytest.approx(simulated, abs=0.2)
    assert volume_limit(SIZES[index]) == pytest.approx(LIMITS[index])


def test_false_alarms_stay_at_five_percent_a_year_on_forecast_volume() -> None:
    counts = np.random.default_rng(4).poisson(400 / 52, (30_000, 52))
    share = (volume_path(counts, np.full(52, 400 / 52)) >= volume_limit(400)).any(axis=1).mean()
    assert 0.04 <= share <= 0.06


def test_dispersed_volume_with_its_dispersion_keeps_to_about_five_percent() -> None:
    random = np.random.default_rng(5)
    mean = 400 / 52
    counts = random.negative_binomial(mean, 0.5, (20_000, 52))  # variance = 2 × mean
    share = (volume_path(counts, np.full(52, mean), dispersion=2.0) >= volume_limit(400, dispersion=2.0)).any(axis=1)
    assert 0.035 <= share.mean() <= 0.075
    plain = (volume_path(counts, np.full(52, mean)) >= volume_limit(400)).any(axis=1)
    assert plain.mean() > 0.2


def test_a_rise_by_half_is_found_within_a_quarter() -> None:
    counts = np.random.default_rng(6).poisson(1.5 * 400 / 52, (3_000, 52))
    alarms = volume_path(counts, np.full(52, 400 / 52)) >= volume_limit(400)
    assert np.median(alarms.argmax(axis=1) + 1) <= 10


def test_other_settings_are_calibrated_on_the_spot_and_nobody_is_refused() -> None:
    assert volume_limit(400, false_alarms=0.01) > volume_limit(400)
    with pytest.raises(Problem):
        volume_limit(0)
