"""Will the year break? The chance that the year's total exceeds the budget, given the data so far.

`breach_path` is the regime filter (see `analytics.regime`); `discounted_gamma_poisson` is the simpler reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom

from analytics.regime import REGIME, Regime, filtered, one_period_more
from analytics.weeks import WeeksSoFar
from analytics.year_to_come import chances_to_stay, staying_kept

# Further digits of a sum of many products depend on how a processor adds; the same store and day give the same file.
DIGITS = 12


@dataclass(frozen=True)
class OpenCases:
    """Customers whose first round is still open and who are not yet counted.

    risks: each one's chance of ending not agreed within the year, 0–1. planned: how many of them the plan expects to
    end so; the plan's remaining expectation is about outcomes to come and therefore holds them already.
    """

    risks: tuple[float, ...]
    planned: float

    def __post_init__(self) -> None:
        if not all(0 <= risk <= 1 for risk in self.risks) or not self.planned >= 0:
            raise ValueError("risks must lie in 0–1 and planned must not be negative")


NO_OPEN_CASES = OpenCases((), 0.0)


def poisson_binomial(risks: Sequence[float]) -> np.ndarray:
    """Give the chances of 0, 1, …, n events among independent cases of their own risks, shape (n + 1,)."""
    chances = np.ones(1)
    for risk in risks:
        chances = np.append(chances * (1 - risk), 0.0) + np.append(0.0, chances * risk)
    return chances


def breach_paths(
    counts: np.ndarray, plan: np.ndarray, days: np.ndarray, budget: int, regime: Regime = REGIME
) -> np.ndarray:
    """Give P(year total > budget) after every complete week, for many years of one plan at once.

    counts: customers not agreed by week, shape (years, complete weeks). plan: customers by plan in every week of the
    year, shape (weeks,); days: their lengths. Result: shape (years, complete weeks + 1), column 0 before the year.
    """
    complete = counts.shape[1]
    known = filtered(counts, plan[:complete], days[:complete], regime)
    left = np.column_stack([np.full(len(counts), budget), budget - counts.cumsum(axis=1)]).astype(int)
    breach = np.ones(left.shape)
    for week, chances in staying_kept(plan, days, budget, regime):
        if week > complete:
            continue
        room = left[:, week]
        within = room >= 0
        breach[within, week] = 1 - (known[within, week] * chances[:, room[within]].T).sum(axis=1)
        if week == len(plan):
            breach[within, week] = 0.0
    return np.clip(breach, 0.0, 1.0)


def breach_path(
    weeks: WeeksSoFar, budget: int, open_cases: OpenCases = NO_OPEN_CASES, regime: Regime = REGIME
) -> np.ndarray | None:
    """Give P(year total > budget) before the year and after every week begun, shape (begun + 1,).

    weeks: customers not agreed, and the plan's allocation as expectation. The last value is as of the last day counted
    and holds the open cases: total = so far + Poisson-binomial(open cases) + those still to come; earlier values do
    without, so they do not change later. Once the budget is exceeded the chance is exactly 1; at the year's end it is
    exactly 0 or 1. None where the plan expects nobody (a budget of 0) and nobody is counted: there is no rate to
    measure against.
    """
    if budget < 0:
        raise ValueError("a budget is not negative")
    if weeks.plan.sum() <= 0 and weeks.total <= budget and not weeks.over:
        return None
    whole = breach_paths(weeks.counts[None, : weeks.complete], weeks.plan, weeks.days, budget, regime)[0]
    if weeks.over or (weeks.begun == weeks.complete and not open_cases.risks):
        return np.asarray(np.round(whole, DIGITS))
    now = _breach_now(weeks, budget, open_cases, regime)
    path = np.append(whole, now) if weeks.begun > weeks.complete else np.append(whole[:-1], now)
    return np.asarray(np.round(path, DIGITS))


def _breach_now(weeks: WeeksSoFar, budget: int, open_cases: OpenCases, regime: Regime) -> float:
    """Give the last value: a running week is cut at the last day counted, open cases are put in front."""
    room = int(budget - weeks.total)
    if room < 0:
        return 1.0
    known = known_now(weeks, regime)
    to_come = plan_to_come(weeks, open_cases)
    chances = np.ones((regime.points, room + 1))
    changed = len(to_come)
    table = chances_to_stay(weeks.plan, weeks.days, budget, regime)
    if table is not None:  # of the weeks that the plan has whole; those in front are put before them
        changed = _changed(weeks, to_come)
        chances = table[len(weeks.plan) - len(to_come) + changed][:, : room + 1]
    for plan, days, moves in reversed(to_come[:changed]):
        chances = one_period_more(chances, plan, days, regime, first=not moves)
    within = known @ chances
    turning = poisson_binomial(open_cases.risks)[: room + 1]
    return float(np.clip(1 - turning @ within[::-1][: len(turning)], 0.0, 1.0))


def _changed(weeks: WeeksSoFar, to_come: list[tuple[float, float, bool]]) -> int:
    """Count the periods in front that are not whole weeks of the plan: cut, or without the open cases' part."""
    whole = list(zip(weeks.plan[-len(to_come) :], weeks.days[-len(to_come) :], strict=True)) if to_come else []
    differ = [place for place, (plan, days, _) in enumerate(to_come) if (plan, days) != whole[place]]
    return differ[-1] + 1 if differ else 0


def known_now(weeks: WeeksSoFar, regime: Regime = REGIME) -> np.ndarray:
    """Give the chance of each log-rate as of the last day counted, shape (points,)."""
    return np.asarray(filtered(weeks.counts[None, :], weeks.plan_begun, weeks.days_begun, regime)[0, -1])


def plan_to_come(weeks: WeeksSoFar, open_cases: OpenCases = NO_OPEN_CASES) -> list[tuple[float, float, bool]]:
    """Give (plan, days, whether the level may change before it) of the periods after the last day counted.

    The rest of a running week comes first. What the plan expects of the open cases is taken from the front.
    """
    periods = []
    taken = open_cases.planned
    if weeks.begun > weeks.complete:
        rest = float(weeks.plan[weeks.complete] - weeks.plan_begun[-1])
        periods.append((max(rest, 0.0), float(weeks.days[weeks.complete] - weeks.days_begun[-1]), True))
    for week in range(weeks.begun, len(weeks.plan)):
        periods.append((float(weeks.plan[week]), float(weeks.days[week]), week > 0))
    shortened = []
    for plan, days, moves in periods:
        less = min(taken, plan)
        taken -= less
        shortened.append((plan - less, days, moves))
    return shortened


def discounted_gamma_poisson(
    counts: np.ndarray,
    plan: np.ndarray,
    budget: int,
    *,
    discount: float = 0.94,
    prior_shape: float = 12.0,
    prior_mean: float = 0.95,
) -> np.ndarray:
    """Give P(year total > budget) after every complete week by a discounted Gamma–Poisson model.

    counts: shape (years, complete weeks); plan: shape (weeks,). The rate relative to plan is Gamma(a, b), forgotten
    towards its prior: a ← δa + (1−δ)a₀ + x, b ← δb + (1−δ)a₀/m + plan of the week; the rest of the year is negative
    binomial. Result: shape (years, complete weeks + 1). Source: West and Harrison 1997, Bayesian Forecasting, ch. 6.
    """
    years, complete = counts.shape
    shape, rate = np.full(years, prior_shape), prior_shape / prior_mean
    left = np.full(years, float(budget))
    remaining = float(plan.sum())
    breach = np.empty((years, complete + 1))
    for week in range(complete + 1):
        ended = week == len(plan) or remaining <= 0
        breach[:, week] = (left < 0) if ended else nbinom.sf(left, shape, rate / (rate + remaining))
        if week < complete:
            shape = discount * shape + (1 - discount) * prior_shape + counts[:, week]
            rate = discount * rate + (1 - discount) * prior_shape / prior_mean + plan[week]
            left = left - counts[:, week]
            remaining -= float(plan[week])
    return breach
