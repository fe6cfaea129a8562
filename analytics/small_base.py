"""Small bases (a budget below about 20): no alarm on rates, but the chance that the year still ends within it.

P(ok) = Σ_{j ≤ allowance − used} [Poisson-binomial of the open cases ∗ negative binomial of those to come](j).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom

from analytics.breach import poisson_binomial

# A year's customers are Gamma(8, 8 ÷ forecast) before the year: the forecast of a small class is ±35% (1 sd).
ARRIVAL_SHAPE = 8.0
# The class's own risk counts as much as this many decided customers against what was decided this year.
RISK_WEIGHT = 10.0
# A plan that allows next to nobody does not by itself make it so.
LOWEST_PLANNED_RISK = 0.05


@dataclass(frozen=True)
class SmallBase:
    """What is left of a small allowance.

    p_ok: chance that the year ends within the allowance, 0–1. left: customers that may still end not agreed (0 or
    more). used, open_cases: customers. open_expected: how many of the open cases will end not agreed, on average;
    customers_to_come: further complaining customers expected this year; to_come_expected: how many of them will end
    not agreed, on average.
    """

    p_ok: float
    allowance: int
    used: int
    open_cases: int
    open_expected: float
    customers_to_come: float
    to_come_expected: float

    @property
    def left(self) -> int:
        """Customers that may still end not agreed."""
        return max(self.allowance - self.used, 0)


def small_base(
    allowance: int,
    used: int,
    open_risks: Sequence[float],
    *,
    forecast: float,
    arrived: int,
    elapsed: float,
    risk: float,
) -> SmallBase:
    """Work out the chance that the year ends with at most `allowance` customers not agreed.

    used: not agreed so far. open_risks: each open case's chance of ending so. forecast: customers expected a year
    before it began; arrived: customers so far; elapsed: share of the forecast year that has passed, 0–1. risk: chance
    that a customer to come ends not agreed.

    Arrivals: yearly rate Λ ~ Gamma(8, 8 ÷ forecast), after the year so far Gamma(8 + arrived, 8 ÷ forecast + elapsed);
    those to come who end not agreed are negative binomial. Raises ValueError for numbers outside of their range.
    """
    shares = (elapsed, risk, *open_risks)
    if min(allowance, used, arrived, forecast) < 0 or not all(0 <= share <= 1 for share in shares):
        raise ValueError("counts must not be negative, shares and risks must lie in 0–1")
    open_counts = poisson_binomial(open_risks)
    customers, to_come = 0.0, np.ones(1)
    reach = max(allowance - used, 0)
    if forecast > 0 and elapsed < 1:
        shape, rate = ARRIVAL_SHAPE + arrived, ARRIVAL_SHAPE / forecast + elapsed
        customers = shape / rate * (1 - elapsed)
        thinned = (1 - elapsed) * risk
        to_come = np.asarray(nbinom.pmf(np.arange(reach + 1), shape, rate / (rate + thinned)))
    total: np.ndarray = np.convolve(open_counts, to_come)
    p_ok = 0.0 if used > allowance else float(min(total[: reach + 1].sum(), 1.0))
    return SmallBase(
        p_ok=p_ok,
        allowance=allowance,
        used=used,
        open_cases=len(open_risks),
        open_expected=float(sum(open_risks)),
        customers_to_come=customers,
        to_come_expected=customers * risk,
    )


def risk_to_come(not_agreed: int, decided: int, planned_risk: float) -> float:
    """Give the chance that a customer to come ends not agreed: this year's own, drawn to the plan's.

    planned_risk: allowance ÷ forecast customers, taken as at least 5%; it counts as much as ten decided customers.
    """
    planned = min(max(planned_risk, LOWEST_PLANNED_RISK), 1.0)
    return min((not_agreed + RISK_WEIGHT * planned) / (decided + RISK_WEIGHT), 1.0)
