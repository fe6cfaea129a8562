"""What the excess over the threshold is made of: volume, the class as a whole, and each branch or cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.case_mix import expected
from analytics.proportion import exact_interval

SPREAD_DRAWS = 1e-6
ROUNDING = 9  # digits: likely contributions that differ beyond them differ by rounding alone


@dataclass(frozen=True)
class Excess:
    """One class and year up to a day, in customers not agreed.

    total = actual − threshold = volume + everywhere, exactly. volume: what more (or fewer) decided customers than
    planned mean at the plan's rate. everywhere: what the rate of all of them means beyond the plan's rate, with its
    exact 95% interval (low, high). plan_rate, class_rate: not agreed ÷ decided. planned: decided customers planned.
    """

    actual: int
    decided: int
    threshold: float
    planned: float
    plan_rate: float
    volume: float
    everywhere: float
    low: float
    high: float

    @property
    def total(self) -> float:
        """The excess over the threshold; negative where there is room left."""
        return self.actual - self.threshold

    @property
    def class_rate(self) -> float:
        """Share 0–1 of decided customers not agreed; 0 where nobody is decided."""
        return self.actual / self.decided if self.decided else 0.0

    @property
    def beyond_chance(self) -> bool:
        """Whether the class as a whole runs beyond its plan's rate (or below it) by more than chance."""
        return self.low > 0 or self.high < 0


def excess(actual: int, decided: int, threshold: float, plan_rate: float) -> Excess:
    """Take the excess over the threshold apart.

    threshold: cumulative, today. plan_rate: share 0–1 of decided customers who may end not agreed as planned.
    """
    planned = threshold / plan_rate if plan_rate > 0 else float(decided)
    low, high = exact_interval(actual, decided)
    return Excess(
        actual=actual,
        decided=decided,
        threshold=threshold,
        planned=planned,
        plan_rate=plan_rate,
        volume=plan_rate * (decided - planned) if plan_rate > 0 else -threshold,
        everywhere=actual - plan_rate * decided,
        low=decided * (float(low) - plan_rate) if decided else 0.0,
        high=decided * (float(high) - plan_rate) if decided else 0.0,
    )


def contributions(cells: pd.DataFrame, by: Sequence[str], mix: Sequence[str], plan_rate: float) -> pd.DataFrame:
    """Give what each unit adds to the excess beyond the plan's rate, case mix taken into account.

    cells: counts of one class and year with `decided`, `not_agreed`, the columns `by` (what a unit is) and `mix`.
    Result: DataFrame a unit: `by`, `decided`, `not_agreed`, `on_plan` (customers not agreed that its customers and
    their
    mix mean at the plan's rate), `excess` = not_agreed − on_plan, `low`, `high` (exact 95% interval), `likely`: the
    excess drawn to what its size alone explains, as far as units cannot be told apart (gamma–Poisson empirical
    Bayes; Clayton and Kaldor 1987, Biometrics 43:671). Sorted by `likely`, largest first: where nothing but chance
    separates units the order is by size and mix, never by luck; where the class is on its plan, by size. Both `excess`
    and `likely` sum to the class's.
    """
    table = cells.assign(expected=expected(cells, mix))
    units = table.groupby(list(by), sort=False)[["decided", "not_agreed", "expected"]].sum().reset_index()
    total = float(units["not_agreed"].sum())
    plan_total = plan_rate * float(units["decided"].sum())
    ratio = plan_total / total if total else 0.0
    on_plan = units["expected"] * ratio if total else units["decided"] * plan_rate
    low, high = exact_interval(units["not_agreed"], units["decided"])
    weight = _own_weight(units["not_agreed"].to_numpy(dtype=float), units["expected"].to_numpy(dtype=float))
    drawn = units["expected"] + weight * (units["not_agreed"] - units["expected"])
    drawn = drawn * (total / drawn.sum()) if drawn.sum() else drawn
    found = units.assign(
        on_plan=on_plan,
        excess=units["not_agreed"] - on_plan,
        low=units["decided"] * low - on_plan,
        high=units["decided"] * high - on_plan,
        likely=drawn - on_plan,
    ).drop(columns="expected")
    order = found.assign(likely=found["likely"].round(ROUNDING)).sort_values(
        ["likely", "decided"], ascending=False, kind="stable"
    )
    return found.loc[order.index].reset_index(drop=True)


def _own_weight(actual: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Give how far each unit's own count is believed: usual × variance ÷ (1 + usual × variance) of true ratios."""
    known = usual > SPREAD_DRAWS
    if known.sum() < 2:
        return np.zeros(len(usual))
    squares = ((actual[known] - usual[known]) ** 2 - actual[known]).sum() / (usual[known] ** 2).sum()
    variance = max(0.0, float(squares))
    weight: np.ndarray = usual * variance / (1 + usual * variance)
    return weight
