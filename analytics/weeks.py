"""One year's counts by plan week, as far as it has come: what the weekly evidence is computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.calendar import plan_weeks, year_days


@dataclass(frozen=True)
class WeeksSoFar:
    """The plan weeks of a year and the counts of those that have begun.

    as_of: the last day counted; before the year it is the day before 1 January. days, plan: length and expected count
    of every plan week, shape (weeks,). complete: number of weeks that are over. counts: counts of the weeks begun,
    shape (begun,), the last one as far as it has come; days_begun, plan_begun: length and expected count of the part
    that has passed of each week begun, shape (begun,).
    """

    year: int
    as_of: pd.Timestamp
    days: np.ndarray
    plan: np.ndarray
    complete: int
    counts: np.ndarray
    days_begun: np.ndarray
    plan_begun: np.ndarray

    @property
    def begun(self) -> int:
        """How many weeks have begun."""
        return len(self.counts)

    @property
    def over(self) -> bool:
        """Whether the year is over."""
        return self.complete == len(self.plan)

    @property
    def total(self) -> float:
        """The count so far."""
        return float(self.counts.sum())

    @property
    def plan_to_come(self) -> float:
        """What the plan expects after as_of; 0 when the year is over."""
        return 0.0 if self.over else max(float(self.plan.sum() - self.plan_begun.sum()), 0.0)


def weeks_so_far(counts: pd.Series, expected: pd.Series, as_of: pd.Timestamp) -> WeeksSoFar:
    """Sum daily counts and a daily expectation to plan weeks.

    counts: daily Series, days outside the year or after as_of are ignored, missing days count as 0. expected: daily
    Series ≥ 0 for every day of one calendar year. Raises ValueError for an expectation that does not cover the year,
    is negative or not finite.
    """
    days = pd.DatetimeIndex(expected.index)
    year = int(days[0].year)
    if not days.equals(year_days(year)):
        raise ValueError("the expectation must cover every day of one calendar year")
    by_day = expected.to_numpy(dtype=float)
    if not np.isfinite(by_day).all() or (by_day < -1e-9).any():
        raise ValueError("the expectation must be finite and not negative")
    by_day = np.clip(by_day, 0.0, None)
    table = plan_weeks(year)
    first = np.searchsorted(days, pd.DatetimeIndex(table["week_start"]))
    passed = int(np.searchsorted(days, as_of.normalize(), side="right"))
    counted = counts.reindex(days[:passed]).fillna(0.0).to_numpy(dtype=float)
    begun = first[first < passed]
    length = table["days"].to_numpy(dtype=float)
    so_far = length[: len(begun)].copy()
    if len(begun):
        so_far[-1] = passed - begun[-1]
    return WeeksSoFar(
        year=year,
        as_of=days[passed - 1] if passed else days[0] - pd.Timedelta(days=1),
        days=length,
        plan=np.add.reduceat(by_day, first),
        complete=int((first + length <= passed).sum()),
        counts=np.add.reduceat(counted, begun) if len(begun) else np.zeros(0),
        days_begun=so_far,
        plan_begun=np.add.reduceat(by_day[:passed], begun) if len(begun) else np.zeros(0),
    )
