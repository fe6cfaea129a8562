"""The fit against statsmodels, and against laws that were planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.forecast_design import design
from analytics.forecast_fit import fit, penalised_poisson
from analytics.forecast_noise import BLOCK_FACTOR, LONG_FACTOR, PERSISTENCE, Noise, noise_factors
from tests.analytics.planted_history import planted
from texts import Problem

DAYS = pd.date_range("2023-01-01", "2025-12-31")


def test_the_estimate_is_that_of_the_ridge_glm_of_statsmodels() -> None:
    import statsmodels.api as sm

    counts = planted(DAYS, 1.5).to_numpy()
    regression = design(DAYS, 2023)
    penalty = 1.3 / regression.prior_variance(2, 0.15)
    prior = regression.prior_mean
    ours, _ = penalised_poisson(regression.matrix, counts, prior, penalty, prior)
    glm = sm.GLM(counts, regression.matrix, family=sm.families.Poisson(), offset=regression.matrix @ prior)
    theirs = glm.fit_regularized(
        alpha=penalty / len(counts), L1_wt=0.0, maxiter=2000, start_params=ours - prior + 0.01, cnvrg_tol=1e-12
    )
    assert np.allclose(ours, prior + theirs.params, atol=2e-4)


def test_the_curvature_is_the_second_derivative_of_the_penalised_likelihood() -> None:
    counts = planted(DAYS[:200], 2.0).to_numpy()
    matrix = design(DAYS[:200], 2023).matrix
    penalty, prior = 1 / design(DAYS[:200], 2023).prior_variance(2, 0.3), np.zeros(matrix.shape[1])
    at, curvature = penalised_poisson(matrix, counts, prior, penalty, prior)

    def slope(beta: np.ndarray) -> np.ndarray:
        return np.asarray(matrix.T @ (counts - np.exp(matrix @ beta)) - penalty * (beta - prior))

    assert np.abs(slope(at)).max() < 1e-6
    step = 1e-5
    numerical = np.column_stack([(slope(at - step * e) - slope(at + step * e)) / (2 * step) for e in np.eye(len(at))])
    assert np.allclose(numerical, curvature, rtol=1e-4, atol=1e-2)


def test_what_was_planted_is_found_again_with_plenty_of_customers() -> None:
    factors = fit(planted(DAYS, 60.0)).factors()
    for term, truth in {"adjusted_workday": 0.8, "weekend": 0.4, "holiday": 0.1, "festival+7+20": 1.3}.items():
        assert factors.loc[term, "low"] < truth < factors.loc[term, "high"]
        assert factors.loc[term, "factor"] == pytest.approx(truth, rel=0.12)
    assert factors.loc["sin1", "factor"] == pytest.approx(np.exp(0.2), rel=0.04)


def test_the_evidence_prefers_a_calm_season_where_there_is_none() -> None:
    random = np.random.default_rng(8)
    flat = pd.Series(random.poisson(40.0, len(DAYS)).astype(float), index=DAYS)
    assert fit(flat).tau == 0.03
    waving = fit(planted(DAYS, 60.0))
    assert waving.tau >= 0.08  # four coefficients of which one is 0.2: their sd is 0.1
    assert waving.evidence["weight"].sum() == pytest.approx(1.0)


@pytest.mark.parametrize(("sd", "low", "high"), [(0.0, 0.0, 0.07), (0.2, 0.15, 0.25)])
def test_the_scatter_of_weeks_is_found_again(sd: float, low: float, high: float) -> None:
    found = [fit(planted(DAYS, 20.0, seed, sd)).noise.variance for seed in range(6)]
    assert low <= np.sqrt(np.mean(found)) <= high


def test_noise_lasts_over_weeks_as_the_dispersion_says() -> None:
    noise = Noise(0.04, 1e9, 100.0)
    factors = noise_factors(noise, 40, 20000, np.random.default_rng(5))
    assert factors.mean() == pytest.approx(1.0, abs=0.01)
    assert np.corrcoef(np.log(factors[:, 20]), np.log(factors[:, 21]))[0, 1] == pytest.approx(PERSISTENCE, abs=0.02)
    block = factors[:, :4].sum(axis=1) * noise.weekly_mean
    assert block.var() / block.mean() + 1 == pytest.approx(noise.phi, rel=0.05)
    assert pytest.approx(2.368) == BLOCK_FACTOR
    assert pytest.approx(4.0) == LONG_FACTOR


def test_less_than_four_weeks_of_history_are_refused_in_plain_words() -> None:
    with pytest.raises(Problem, match="at least 28 days of history; there are 27"):
        fit(planted(DAYS[:27], 2.0))
    assert np.isfinite(fit(planted(DAYS[:28], 2.0)).coefficients).all()


def test_a_history_with_holes_is_a_bug_not_a_guess() -> None:
    history = planted(DAYS[:100], 2.0)
    with pytest.raises(ValueError, match="every day once"):
        fit(history.drop(history.index[50]))
    with pytest.raises(ValueError, match="not negative"):
        fit(history - 10)


def test_only_the_last_six_years_are_learned_from() -> None:
    model = fit(planted(pd.date_range("2012-01-01", "2025-12-31"), 1.0))
    assert (model.first, model.last) == (pd.Timestamp("2020-01-01"), pd.Timestamp("2025-12-31"))
