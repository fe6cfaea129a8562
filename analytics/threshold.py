"""The actual against the cumulative threshold: one class, one calendar year, as known on one day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.allocation import Split, whole_customers
from analytics.calendar import plan_weeks
from analytics.position import Level, Position, position


@dataclass(frozen=True)
class ThresholdYear:
    """One class and calendar year against its budget, as known at the end of the day `as_of`.

    year, budget (customers a year), as_of (within the year, or its last day once the year is over; None before the
    year has begun).
    days: DataFrame indexed by every day of the year; `customers`, `not_agreed` (customers a day) and
    `cumulative_not_agreed`, missing after as_of; `threshold_last_year` and `threshold` (cumulative customers,
    fractions).
    weeks: DataFrame, one row a plan week: `week`, `week_start`, `week_end`, `customers`, `not_agreed`,
    `cumulative_not_agreed` (so far in the running week, missing in weeks to come), `allocation_last_year`,
    `threshold_last_year`, `allocation`, `threshold` (at the week's end, fractions), `allocation_whole`,
    `threshold_whole` (integers for the screen, which sum to the budget), `position` (a level; missing in weeks to
    come), `state` ('complete', 'running', 'to_come').
    position: the position at as_of; None before the year has begun.
    """

    year: int
    budget: float
    as_of: pd.Timestamp | None
    last_year_split: Split
    split: Split
    days: pd.DataFrame
    weeks: pd.DataFrame
    position: Position | None

    @property
    def actual(self) -> int:
        """Customers not agreed up to as_of."""
        return int(self.days["not_agreed"].sum())

    @property
    def threshold_now(self) -> float:
        """The cumulative threshold on the day as_of, customers; 0 before the year has begun."""
        return 0.0 if self.as_of is None else float(self.days.at[self.as_of, "threshold"])


def threshold_year(
    counts: pd.DataFrame,
    last_year_split: Split,
    split: Split,
    as_of: pd.Timestamp,
    *,
    near: float,
    over: float,
) -> ThresholdYear:
    """Hold the counts of a year against its split.

    counts: DataFrame indexed by day with `customers` and `not_agreed`, customers a day; days outside the year or
    after as_of are ignored, days of the year it lacks count as zero up to as_of. split: the split in force;
    last_year_split: last year's shares of the same budget, for comparison. near, over: bounds of the position.
    """
    days = split.days.index
    last = min(as_of.normalize(), days[-1])
    begun = last >= days[0]
    reached = np.asarray(days <= last)
    counted = counts[["customers", "not_agreed"]].reindex(days).to_numpy(dtype=float)
    counted = np.where(reached[:, None], np.nan_to_num(counted, nan=0.0), np.nan)
    by_day = pd.DataFrame(
        {
            "customers": counted[:, 0],
            "not_agreed": counted[:, 1],
            "cumulative_not_agreed": counted[:, 1].cumsum(),
            "threshold_last_year": last_year_split.days["threshold"].to_numpy(),
            "threshold": split.days["threshold"].to_numpy(),
        },
        index=days,
    )
    now = (
        position(float(np.nansum(counted[:, 1])), float(by_day.at[last, "threshold"]), near=near, over=over)
        if begun
        else None
    )
    weeks = _weeks(by_day, int(reached.sum()), near, over)
    return ThresholdYear(split.year, split.budget, last if begun else None, last_year_split, split, by_day, weeks, now)


def _weeks(by_day: pd.DataFrame, reached: int, near: float, over: float) -> pd.DataFrame:
    """Sum days to plan weeks; the first `reached` days are counted."""
    weeks = plan_weeks(int(by_day.index[0].year))
    ends = weeks["days"].to_numpy().cumsum()  # days of the year up to and including the week
    starts = ends - weeks["days"].to_numpy()
    to_come, whole = starts >= reached, ends <= reached
    day = {name: by_day[name].to_numpy() for name in by_day}
    through = np.minimum(ends, max(reached, 1)) - 1  # the last counted day of the week

    def sums(values: np.ndarray) -> np.ndarray:
        return np.where(to_come, np.nan, np.add.reduceat(np.nan_to_num(values, nan=0.0), starts))

    levels: list[Level | None] = [
        None if later else position(float(actual), float(threshold), near=near, over=over).level
        for later, actual, threshold in zip(
            to_come, day["cumulative_not_agreed"][through], day["threshold"][through], strict=True
        )
    ]
    threshold, last_year = day["threshold"][ends - 1], day["threshold_last_year"][ends - 1]
    threshold_whole = whole_customers(threshold)
    return pd.DataFrame(
        {
            "week": weeks["week"],
            "week_start": weeks["week_start"],
            "week_end": weeks["week_end"],
            "customers": sums(day["customers"]),
            "not_agreed": sums(day["not_agreed"]),
            "cumulative_not_agreed": np.where(to_come, np.nan, day["cumulative_not_agreed"][through]),
            "allocation_last_year": np.diff(last_year, prepend=0.0),
            "threshold_last_year": last_year,
            "allocation": np.diff(threshold, prepend=0.0),
            "threshold": threshold,
            "threshold_whole": threshold_whole,
            "position": pd.Series(levels, index=weeks.index, dtype=object),
            "state": np.where(to_come, "to_come", np.where(whole, "complete", "running")),
            "allocation_whole": np.diff(threshold_whole, prepend=0),
        },
        index=weeks.index,
    )
