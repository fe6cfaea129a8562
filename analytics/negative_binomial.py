"""Negative-binomial regression on one variable, many fits at once (replicates, or every branch left out in turn)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STEPS = 25  # Newton steps a fit; they converge in under ten
ROUNDS = 12  # of dispersion and coefficients in turn
HALVINGS = 40
MOST_DISPERSION = 20.0
MOST_LOG = 40.0  # |log mean| at most, against overflow on the way


@dataclass(frozen=True)
class NegativeBinomialFits:
    """Fits of counts with mean exp(level + slope·x) and variance μ + dispersion·μ²; arrays of shape (fits,).

    level_variance, slope_variance, covariance: of the coefficients. means: shape (fits, units), also of units with
    weight 0.
    """

    level: np.ndarray
    slope: np.ndarray
    dispersion: np.ndarray
    level_variance: np.ndarray
    slope_variance: np.ndarray
    covariance: np.ndarray
    means: np.ndarray

    def log_variance(self, x: np.ndarray) -> np.ndarray:
        """Give the variance of level + slope·x; x of shape (fits, places) or (places,)."""
        first, cross, second = self.level_variance, self.covariance, self.slope_variance
        result: np.ndarray = first[:, None] + 2 * cross[:, None] * x + second[:, None] * x**2
        return result


def fit_negative_binomial(
    counts: np.ndarray, x: np.ndarray, weights: np.ndarray | None = None, *, fixed_slope: float | None = None
) -> NegativeBinomialFits:
    """Fit every row of counts (fits, units) on x (units,).

    weights: 1 for a unit that counts and 0 for one left out, shape (fits, units). fixed_slope: a slope to hold.
    Coefficients by iteratively reweighted least squares; dispersion where the Pearson sum of squares equals its
    degrees of freedom, 0 where the counts scatter less than Poisson (Breslow 1984, Appl Stat 33:38).
    """
    counts = np.asarray(counts, dtype=float)
    kept = np.ones_like(counts) if weights is None else np.asarray(weights, dtype=float)
    freedom = kept.sum(axis=1) - (2 if fixed_slope is None else 1)
    total, size = (kept * counts).sum(axis=1), kept.sum(axis=1)
    slope = np.full(len(counts), 1.0 if fixed_slope is None else fixed_slope)
    level = np.log(np.maximum(total, 0.5) / size) - np.log((kept * np.exp(np.outer(slope, x))).sum(axis=1) / size)
    dispersion = np.zeros(len(counts))
    for _ in range(ROUNDS):
        level, slope, means = _coefficients(counts, x, kept, level, slope, dispersion, fixed_slope is None)
        before, dispersion = dispersion, _dispersion(counts, kept, means, freedom)
        if np.max(np.abs(dispersion - before)) < 1e-7:
            break
    weight = kept * means / (1 + dispersion[:, None] * means)
    s0, s1, s2 = weight.sum(axis=1), weight @ x, weight @ x**2
    determinant = np.maximum(s0 * s2 - s1**2, 1e-12)
    return NegativeBinomialFits(level, slope, dispersion, s2 / determinant, s0 / determinant, -s1 / determinant, means)


def _coefficients(
    counts: np.ndarray,
    x: np.ndarray,
    kept: np.ndarray,
    level: np.ndarray,
    slope: np.ndarray,
    dispersion: np.ndarray,
    free: bool,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    for _ in range(STEPS):
        means = np.exp(np.clip(level[:, None] + slope[:, None] * x, -MOST_LOG, MOST_LOG))
        weight = kept * means / (1 + dispersion[:, None] * means)
        score = weight * (counts - means) / np.maximum(means, 1e-300)
        s0, s1, s2 = weight.sum(axis=1), weight @ x, weight @ x**2
        u0, u1 = score.sum(axis=1), score @ x
        if free:
            determinant = np.maximum(s0 * s2 - s1**2, 1e-12)
            step0, step1 = (s2 * u0 - s1 * u1) / determinant, (s0 * u1 - s1 * u0) / determinant
        else:
            step0, step1 = u0 / np.maximum(s0, 1e-12), np.zeros_like(u1)
        level = level + np.clip(step0, -2, 2)
        slope = slope + np.clip(step1, -2, 2)
        if max(np.max(np.abs(step0)), np.max(np.abs(step1))) < 1e-9:
            break
    return level, slope, np.exp(np.clip(level[:, None] + slope[:, None] * x, -MOST_LOG, MOST_LOG))


def _dispersion(counts: np.ndarray, kept: np.ndarray, means: np.ndarray, freedom: np.ndarray) -> np.ndarray:
    squares = kept * (counts - means) ** 2
    low, high = np.zeros(len(counts)), np.full(len(counts), MOST_DISPERSION)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = (squares / (means + middle[:, None] * means**2)).sum(axis=1) > freedom
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    poisson = (squares / means).sum(axis=1) <= freedom
    return np.where(poisson, 0.0, (low + high) / 2)
