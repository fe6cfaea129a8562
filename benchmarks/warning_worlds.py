"""The worlds of the warning benchmark: weekly years of one class whose true law is known.

52 weeks, a budget of 80 not-agreed customers, 400 expected customers. The alarm world's plan is even. The breach
world's first half-year is the busier one, and the document's method splits by last year's counts: its definition
leaves both open, and so the document's method scores what it is known to score there (Brier .228/.142/.081).
"""

from __future__ import annotations

import numpy as np

WEEKS = 52
BUDGET = 80
CUSTOMERS = 400
AUTOCORRELATION = 0.6
SEASON = 0.25  # half the log range of the breach world's plan: a log-sd of .18
EVEN = np.full(WEEKS, 1 / WEEKS)


def seasonal_shares(season: float = SEASON) -> np.ndarray:
    """Give each week's share of the year's plan, one harmonic with its peak in spring, shape (52,), sums to 1."""
    weights = np.exp(season * np.sin(2 * np.pi * (np.arange(WEEKS) + 0.5) / WEEKS))
    return np.asarray(weights / weights.sum())


def last_year_plans(years: int, rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """Draw plans split by last year's weekly counts of about 400 customers, shape (years, 52), rows sum to 80."""
    counts = rng.poisson(CUSTOMERS * shares, (years, WEEKS))
    return np.asarray(BUDGET * counts / counts.sum(axis=1, keepdims=True))


def log_noise(years: int, sd: float, rng: np.random.Generator) -> np.ndarray:
    """Draw weekly AR(.6) noise of marginal sd `sd`, shape (years, 52)."""
    draws = rng.normal(size=(years, WEEKS))
    noise = draws.copy()
    for week in range(1, WEEKS):
        noise[:, week] = AUTOCORRELATION * noise[:, week - 1] + np.sqrt(1 - AUTOCORRELATION**2) * draws[:, week]
    return sd * noise


def alarm_world(
    years: int,
    rng: np.random.Generator,
    *,
    noise: float = 0.0,
    level: float = 1.0,
    ratio: float = 1.0,
    week: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw years of customers and not-agreed customers, each of shape (years, 52).

    noise: sd of the log volume around its mean; level: true ÷ forecast volume; ratio: from `week` (1–52) on the chance
    of not agreed is this many times the planned 20%.
    """
    volume = CUSTOMERS * level * EVEN * np.exp(log_noise(years, noise, rng) - noise**2 / 2)
    customers = rng.poisson(volume)
    chance = np.full(WEEKS, BUDGET / CUSTOMERS)
    chance[week - 1 :] *= ratio
    return customers, rng.binomial(customers, chance)


def breach_world(years: int, rng: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """Draw years of not-agreed customers, shape (years, 52).

    Log-rate relative to plan N(ln .9 − .02, .22²); with chance .35 one shift at the end of week U{1..50} of size
    U(ln 1.25, ln 2), 70% upwards; AR noise .12; the plan's shape is wrong by two harmonics of sd .06 ÷ k.
    """
    angle = 2 * np.pi * (np.arange(WEEKS) + 0.5) / WEEKS
    start = rng.normal(np.log(0.9) - 0.02, 0.22, (years, 1))
    shifts = rng.random((years, 1)) < 0.35
    last_before = rng.integers(1, 51, (years, 1))
    size = rng.uniform(np.log(1.25), np.log(2), (years, 1)) * np.where(rng.random((years, 1)) < 0.7, 1, -1)
    level = start + np.where(shifts & (np.arange(WEEKS) >= last_before), size, 0.0)
    error = np.zeros((years, WEEKS))
    for k in (1, 2):
        sine, cosine = rng.normal(0, 0.06 / k, (2, years, 1))
        error += sine * np.sin(k * angle) + cosine * np.cos(k * angle)
    true_shares = shares * np.exp(error)
    true_shares /= true_shares.sum(axis=1, keepdims=True)
    return np.asarray(rng.poisson(BUDGET * true_shares * np.exp(level + log_noise(years, 0.12, rng))))
