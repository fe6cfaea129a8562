"""Where an on-target year would stay, and where this year is heading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import poisson

from analytics.breach import NO_OPEN_CASES, OpenCases, known_now, plan_to_come, poisson_binomial
from analytics.calendar import plan_weeks
from analytics.regime import REGIME, Regime, convolved, moved, week_counts
from analytics.weeks import WeeksSoFar


@dataclass(frozen=True)
class Projection:
    """The projected rest of a year.

    weeks: DataFrame indexed by week_end, one row a plan week not yet over; `low`, `median`, `high`: cumulative
    customers not agreed at its end, whole numbers; the interval holds `chance` of the outcomes at least.
    total: chances of the year's totals so_far, so_far + 1, …, shape (n,); what is missing to 1 lies above.
    """

    so_far: int
    chance: float
    weeks: pd.DataFrame
    total: np.ndarray


def corridor(threshold: pd.Series, chance: float = 0.80) -> pd.DataFrame:
    """Give the band in which a process that runs exactly on plan is with a given chance, day by day.

    threshold: cumulative Series, customers. Result: the same index, `low` and `high`, whole customers, both inside: the
    (1 ∓ chance)/2 quantiles of a Poisson number with the threshold as mean. Pointwise: over a whole year most on-target
    processes leave it at some time.
    """
    mean = threshold.to_numpy(dtype=float).clip(min=0.0)
    tail = (1 - chance) / 2
    return pd.DataFrame({"low": poisson.ppf(tail, mean), "high": poisson.ppf(1 - tail, mean)}, index=threshold.index)


def chance_on_plan(actual: float, threshold: float) -> float:
    """Give the chance that a process exactly on plan is at or above the actual on that day (Poisson, pointwise)."""
    return 1.0 if actual <= 0 else float(poisson.sf(np.ceil(actual) - 1, max(threshold, 0.0)))


def projection(
    weeks: WeeksSoFar, chance: float = 0.80, open_cases: OpenCases = NO_OPEN_CASES, regime: Regime = REGIME
) -> Projection:
    """Project the rest of the year from what the regime filter knows; consistent with `breach.breach_path`.

    weeks: customers not agreed, and the plan's allocation as expectation. Open cases count with the first week to come.
    Its chance of a total above the budget is the breach probability.
    """
    so_far = int(weeks.total)
    if weeks.over:
        open_cases = NO_OPEN_CASES
    to_come = plan_to_come(weeks, open_cases)
    ends = list(plan_weeks(weeks.year)["week_end"].iloc[weeks.complete :])
    turning = poisson_binomial(open_cases.risks)
    expected = sum(plan for plan, _, _ in to_come) * np.exp(regime.grid) @ known_now(weeks, regime)
    width = int(4 * expected + 10 * np.sqrt(expected) + len(turning) + 20)
    joint = known_now(weeks, regime)[:, None] * np.pad(turning, (0, width - len(turning)))[None, :]
    rows = []
    for plan, days, moves in to_come:
        before = moved(joint, days, regime) if moves else joint
        joint = convolved(week_counts(plan, regime, at_most=width - 1), before)
        rows.append(_quantiles(joint.sum(axis=0), chance))
    table = pd.DataFrame(rows, columns=["low", "median", "high"], index=pd.DatetimeIndex(ends, name="week_end"))
    return Projection(so_far, chance, table + so_far, joint.sum(axis=0))


def _quantiles(chances: np.ndarray, chance: float) -> tuple[int, ...]:
    """Give the smallest whole numbers whose cumulative chance reaches the lower, middle and upper level."""
    cumulative = chances.cumsum()
    levels = ((1 - chance) / 2, 0.5, (1 + chance) / 2)
    return tuple(int(np.searchsorted(cumulative, level - 1e-12)) for level in levels)
