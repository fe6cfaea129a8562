"""How much complaints scatter around their law beyond pure chance, and for how long that lasts.

Weekly counts are Poisson around μ·e^z, z a log noise with variance σ² and correlation .6 from week to week. The
four-week block sums then have the dispersion φ = 1 + μ σ² × 2.37, and long sums 1 + μ σ² × 4, μ customers a week. A
φ that stops at four weeks makes the year's total look too sure: its 80% interval then covers only 70% in mid-year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FloatArray = np.ndarray

PERSISTENCE = 0.6  # correlation of the noise of one week with the next, assumed: a year or three cannot tell it
BLOCK_WEEKS = 4
# Sum of the correlations within a block, per week, and in the long run.
BLOCK_FACTOR = 1 + 2 * sum((1 - lag / BLOCK_WEEKS) * PERSISTENCE**lag for lag in range(1, BLOCK_WEEKS))
LONG_FACTOR = (1 + PERSISTENCE) / (1 - PERSISTENCE)
# What is assumed of σ before the data, and how many blocks that counts.
USUAL_SD = 0.12
USUAL_WEIGHT = 6.0


@dataclass(frozen=True)
class Noise:
    """The scatter of weekly counts.

    variance: σ² of the weekly log noise. certainty: degrees of freedom behind it. weekly_mean: customers a week.
    """

    variance: float
    certainty: float
    weekly_mean: float

    @property
    def phi(self) -> float:
        """Dispersion of four-week block sums (1: pure chance)."""
        return 1 + self.weekly_mean * self.variance * BLOCK_FACTOR

    @property
    def long_run_phi(self) -> float:
        """Dispersion of long sums, which decides how sure level and season are."""
        return 1 + self.weekly_mean * self.variance * LONG_FACTOR


def usual_noise(weekly_mean: float) -> Noise:
    """Give what is assumed before looking at residuals."""
    return Noise(USUAL_SD**2, USUAL_WEIGHT, weekly_mean)


def estimate_noise(counts: FloatArray, fitted: FloatArray, matrix: FloatArray, curvature: FloatArray) -> Noise:
    """Estimate the noise from Pearson residuals of four-week block sums by the method of moments.

    counts, fitted: customers a day, shape (days,). matrix: the regression, shape (days, terms). curvature: XᵀWX + Λ.
    The sum of squared block residuals is set equal to its expectation under the noise, which allows for what the
    regression itself has swallowed: residual = (I − A) error, A = X_b (XᵀWX+Λ)⁻¹ X_bᵀ diag(1 ÷ fitted). The usual
    noise enters as `USUAL_WEIGHT` further blocks. Days before the first whole block from the end are left out.
    """
    length = 7 * BLOCK_WEEKS
    blocks = len(counts) // length
    weekly_mean = max(float(counts.sum()), 0.5) / (len(counts) / 7)
    first = len(counts) - blocks * length
    mean = np.maximum(fitted[first:].reshape(blocks, length).sum(axis=1), 1e-9)
    weekly = fitted[first:].reshape(-1, 7).sum(axis=1)
    residual = counts[first:].reshape(blocks, length).sum(axis=1) - mean
    by_block = (matrix[first:] * fitted[first:, None]).reshape(blocks, length, -1).sum(axis=1)
    swallowed = np.eye(blocks) - by_block @ np.linalg.solve(curvature, by_block.T) / mean
    lag = np.abs(np.subtract.outer(np.arange(len(weekly)), np.arange(len(weekly))))
    together = np.outer(weekly, weekly) * PERSISTENCE**lag
    together = together.reshape(blocks, BLOCK_WEEKS, blocks, BLOCK_WEEKS).sum(axis=(1, 3))
    by_chance = float(((swallowed**2 @ mean) / mean).sum())
    by_noise = float((np.einsum("ij,jk,ik->i", swallowed, together, swallowed) / mean).sum())
    usual = USUAL_WEIGHT * weekly_mean * BLOCK_FACTOR
    excess = float((residual**2 / mean).sum()) - by_chance
    variance = max((excess + usual * USUAL_SD**2) / (by_noise + usual), 0.0)
    return Noise(variance, by_chance + USUAL_WEIGHT, weekly_mean)


def noise_factors(noise: Noise, weeks: int, draws: int, random: np.random.Generator) -> FloatArray:
    """Draw factors e^z of mean 1 for consecutive weeks, shape (draws, weeks), the dispersion itself uncertain."""
    phi = noise.phi * noise.certainty / random.chisquare(noise.certainty, draws)
    variance = np.maximum(phi - 1, 0) / (noise.weekly_mean * BLOCK_FACTOR)
    log_variance = np.log1p(variance)[:, None]
    shocks = random.normal(size=(draws, weeks))
    shocks[:, 1:] *= np.sqrt(1 - PERSISTENCE**2)
    for week in range(1, weeks):
        shocks[:, week] += PERSISTENCE * shocks[:, week - 1]
    return np.exp(shocks * np.sqrt(log_variance) - log_variance / 2)
