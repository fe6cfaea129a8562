"""What a budget means: how likely a process stays within it, and how it must run to be safe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats


@dataclass(frozen=True)
class BudgetOutlook:
    """A budget beside what is expected.

    expected: mean customers a year who end not agreed. holds: probability that the year ends within the budget.
    safe_mean: the mean at which the year holds with probability `safety`.
    """

    budget: int
    expected: float
    holds: float
    safety: float
    safe_mean: float


def holds_at(budget: int, mean: float) -> float:
    """Give P(N ≤ budget) for N ~ Poisson(mean): the probability that a year holds; budget and mean in customers."""
    return float(stats.poisson.cdf(budget, mean))


def mean_for(budget: int, safety: float) -> float:
    """Give the mean at which a year holds with the given probability (0–1): P(Poisson(mean) ≤ budget) = safety.

    By the gamma–Poisson identity this is the (1 − safety) quantile of Gamma(budget + 1, 1).
    """
    return float(stats.gamma.ppf(1 - safety, budget + 1))


def outlook(budget: int, customers: np.ndarray, not_agreed_share: float, safety: float = 0.9) -> BudgetOutlook:
    """Hold a budget against a forecast.

    customers: draws of the year's complaining customers (a forecast's, with all its uncertainty).
    not_agreed_share: probability 0–1 that a customer ends not agreed. The year's number is Poisson around each draw.
    """
    means = np.asarray(customers, dtype=float) * not_agreed_share
    return BudgetOutlook(
        budget=budget,
        expected=float(means.mean()),
        holds=float(stats.poisson.cdf(budget, means).mean()),
        safety=safety,
        safe_mean=mean_for(budget, safety),
    )


def budget_from_target(expected_customers: float, target_fcr: float) -> int:
    """Give the budget of a target: forecast customers × (1 − target FCR), rounded half up (R17)."""
    return int(np.floor(expected_customers * (1 - target_fcr) + 0.5 + 1e-9))


def highest_share(budget: int, customers: np.ndarray, safety: float = 0.9) -> float:
    """Give the largest not-agreed share (0–1) at which the year holds with the given probability.

    customers: draws of the year's complaining customers. 1 where even that holds; 0 where nothing does.
    """

    def excess(share: float) -> float:
        return outlook(budget, customers, share).holds - safety

    if excess(1.0) >= 0:
        return 1.0
    if excess(0.0) < 0:
        return 0.0
    return float(optimize.brentq(excess, 0.0, 1.0, xtol=1e-6))
