"""Fit the penalised Poisson regression of daily complaining customers.

Penalised quasi-likelihood: ℓ(β) ÷ φ − ½ (β − m)ᵀ diag(1 ÷ s²) (β − m), m and s the priors of `forecast_design`. The
season's freedom (τ and the number of harmonics) is weighed by Laplace evidence at one common φ. Sources: Breslow and
Clayton 1993, JASA 88:9 (penalised quasi-likelihood); MacKay 1992, Neural Computation 4:415 (evidence); McCullagh and
Nelder 1989, chapter 9 (dispersion).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from analytics.forecast_design import HARMONICS, SEASON_SDS, Design, design
from analytics.forecast_noise import Noise, estimate_noise, usual_noise
from texts import N_, Message, Problem

FloatArray = np.ndarray

FEWEST_DAYS = 28
MOST_YEARS = 6  # older years no longer say anything about level or season
PILOT_TAU = 0.15


@dataclass(frozen=True)
class ForecastModel:
    """What the history says of the law of a class.

    first, last: first and last day learned from. customers: number of customers among them.
    terms: names of the coefficients. coefficients: shape (terms,), log scale. covariance: shape (terms, terms).
    harmonics, tau: the season with the most evidence. evidence: DataFrame of all seasons tried, `harmonics`, `tau`,
    `log_evidence`, `weight` (sums to 1); coefficients and covariance are the mixture of all. noise: scatter of weeks.
    own_calendar: the bank's calendar used, if any.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    customers: float
    terms: tuple[str, ...]
    coefficients: FloatArray
    covariance: FloatArray
    harmonics: int
    tau: float
    evidence: pd.DataFrame
    noise: Noise
    own_calendar: pd.DataFrame | None

    @property
    def days_known(self) -> int:
        """Number of days learned from."""
        return int((self.last - self.first).days) + 1

    @property
    def phi(self) -> float:
        """Dispersion of four-week block sums."""
        return self.noise.phi

    def factors(self) -> pd.DataFrame:
        """Give what each term does to a day: `factor` (1: nothing), `low` and `high` (95%), indexed by term."""
        sd = np.sqrt(np.diag(self.covariance))
        bounds = {"factor": 0.0, "low": -1.96, "high": 1.96}
        return pd.DataFrame(
            {name: np.exp(self.coefficients + z * sd) for name, z in bounds.items()}, index=list(self.terms)
        )


def fit(history: pd.Series, own_calendar: pd.DataFrame | None = None) -> ForecastModel:
    """Learn the law of a class from its daily history, a part of a year to many years.

    history: complaining customers a day, Series indexed by consecutive days, zeros included; only the last six years
    are used. own_calendar: the bank's own day types. Raises Problem for less than four weeks.
    """
    days = pd.DatetimeIndex(history.index)
    if len(history) < FEWEST_DAYS:
        raise Problem(
            Message(
                N_("A forecast needs at least {needed} days of history; there are {days}."),
                {"needed": FEWEST_DAYS, "days": len(history)},
            ),
            Message(N_("Load older tickets, or enter the expected number of customers by hand.")),
        )
    counts = history.to_numpy(dtype=float)
    if (days[-1] - days[0]).days + 1 != len(days) or not days.is_monotonic_increasing:
        raise ValueError("the history must hold every day once, in order")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("customers a day must be finite and not negative")
    recent = days > days[-1] - pd.DateOffset(years=MOST_YEARS)
    days, counts = days[recent], counts[recent]
    with blas_threads().limit(limits=1, user_api="blas"):
        return _fit(counts, design(days, int(days[0].year), own_calendar), own_calendar)


@cache
def blas_threads() -> ThreadpoolController:
    """Hold the threads of numpy's linear algebra: on matrices this small, more than one only wait for each other."""
    return ThreadpoolController()


def _fit(counts: FloatArray, regression: Design, own_calendar: pd.DataFrame | None) -> ForecastModel:
    matrix, prior = regression.matrix, regression.prior_mean.copy()
    total = max(float(counts.sum()), 0.5)
    prior[0] = np.log(total / np.exp(matrix[:, 1:] @ prior[1:]).sum())
    noise = usual_noise(total / (len(counts) / 7))
    coefficients = prior
    pilot = 1 / regression.prior_variance(max(HARMONICS), PILOT_TAU)
    for _ in range(2):
        coefficients, curvature = penalised_poisson(matrix, counts, prior, noise.phi * pilot, coefficients)
        noise = estimate_noise(counts, np.exp(matrix @ coefficients), matrix, curvature)
    seasons, means, covariances = [], [], []
    for harmonics in HARMONICS:
        for tau in SEASON_SDS:
            precision = 1 / regression.prior_variance(harmonics, tau)
            coefficients, curvature = penalised_poisson(matrix, counts, prior, noise.phi * precision, coefficients)
            fitted = np.exp(matrix @ coefficients)
            likelihood = float(counts @ np.log(fitted) - fitted.sum()) / noise.phi
            penalty = 0.5 * float(precision @ (coefficients - prior) ** 2)
            volume = 0.5 * float(np.log(noise.phi * precision).sum() - np.linalg.slogdet(curvature)[1])
            seasons.append((harmonics, tau, likelihood - penalty + volume))
            means.append(coefficients)
            information = curvature - np.diag(noise.phi * precision)
            covariances.append(np.linalg.inv(information / noise.long_run_phi + np.diag(precision)))
    evidence = pd.DataFrame(seasons, columns=["harmonics", "tau", "log_evidence"])
    weight = np.exp(evidence["log_evidence"] - evidence["log_evidence"].max())
    evidence["weight"] = weight / weight.sum()
    best = evidence.loc[evidence["weight"].idxmax()]
    mean, covariance = _mixture(evidence["weight"].to_numpy(), np.array(means), np.array(covariances))
    return ForecastModel(
        first=regression.days[0],
        last=regression.days[-1],
        customers=float(counts.sum()),
        terms=tuple(term.name for term in regression.terms),
        coefficients=mean,
        covariance=covariance,
        harmonics=int(best["harmonics"]),
        tau=float(best["tau"]),
        evidence=evidence,
        noise=noise,
        own_calendar=own_calendar,
    )


def _mixture(weights: FloatArray, means: FloatArray, covariances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance of a mixture of normals; shapes (n,), (n, terms), (n, terms, terms)."""
    mean = weights @ means
    apart = means - mean
    return mean, np.einsum("n,nij->ij", weights, covariances) + (apart.T * weights) @ apart


def penalised_poisson(
    matrix: FloatArray, counts: FloatArray, prior_mean: FloatArray, penalty: FloatArray, start: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Maximise Σ(y log μ − μ) − ½ Σ λ (β − m)², log μ = Xβ, by Newton steps.

    matrix X: shape (days, terms). counts y: (days,). prior_mean m, penalty λ > 0, start: (terms,).
    Result: β and the curvature XᵀWX + diag(λ), W = diag(μ). The estimate is that of statsmodels'
    `GLM.fit_regularized(L1_wt=0, alpha=λ ÷ days)` with offset Xm, which gives no curvature and takes far longer.
    """
    coefficients = start
    for _ in range(60):
        fitted = np.exp(matrix @ coefficients)
        curvature = (matrix * fitted[:, None]).T @ matrix
        curvature[np.diag_indices_from(curvature)] += penalty
        gradient = matrix.T @ (counts - fitted) - penalty * (coefficients - prior_mean)
        step = np.linalg.solve(curvature, gradient)
        largest = float(np.abs(matrix @ step).max())
        coefficients = coefficients + step * min(1.0, 3.0 / max(largest, 1e-12))
        if largest < 1e-8:
            break
    return coefficients, curvature
