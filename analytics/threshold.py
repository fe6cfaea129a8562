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
    counted = counts.reindex(days)[["customers", "not_agreed"]]
    counted[days <= last] = counted[days <= last].fillna(0.0)
    counted[days > last] = np.nan
    by_day = counted.assign(
        cumulative_not_agreed=counted["not_agreed"].cumsum(),
        threshold_last_year=last_year_split.days["threshold"],
        threshold=split.days["threshold"],
    )
    now = (
        position(float(counted["not_agreed"].sum()), float(by_day.at[last, "threshold"]), near=near, over=over)
        if begun
        else None
    )
    weeks = _weeks(by_day, last, near, over)
    return ThresholdYear(split.year, split.budget, last if begun else None, last_year_split, split, by_day, weeks, now)


def _weeks(by_day: pd.DataFrame, last: pd.Timestamp, near: float, over: float) -> pd.DataFrame:
    """Sum days to plan weeks."""
    weeks = plan_weeks(int(by_day.index[0].year))[["week", "week_start", "week_end"]]
    days = by_day.index
    first = np.searchsorted(days, pd.DatetimeIndex(weeks["week_start"]))
    end = np.searchsorted(days, pd.DatetimeIndex(weeks["week_end"]))
    through = np.minimum(end, days.get_loc(last) if last in days else 0)  # the running week as far as it has come
    to_come = (weeks["week_start"] > last).to_numpy()
    values = {name: column.to_numpy(dtype=float) for name, column in by_day.items()}
    counted = {name: np.add.reduceat(np.nan_to_num(values[name]), first) for name in ("customers", "not_agreed")}
    so_far, allowed = values["cumulative_not_agreed"][through], values["threshold"][through]
    levels: list[Level | None] = [
        None if later else position(float(actual), float(of), near=near, over=over).level
        for later, actual, of in zip(to_come, so_far, allowed, strict=True)
    ]
    threshold_last_year, threshold = (
        pd.Series(values[name][end], index=weeks.index) for name in ("threshold_last_year", "threshold")
    )
    table = weeks.assign(
        **{name: np.where(to_come, np.nan, sums) for name, sums in counted.items()},
        cumulative_not_agreed=np.where(to_come, np.nan, so_far),
        allocation_last_year=threshold_last_year.diff().fillna(threshold_last_year),
        threshold_last_year=threshold_last_year,
        allocation=threshold.diff().fillna(threshold),
        threshold=threshold,
        threshold_whole=whole_customers(threshold),
        position=pd.Series(levels, index=weeks.index, dtype=object),
        state=np.where(to_come, "to_come", np.where(weeks["week_end"] <= last, "complete", "running")),
    )
    whole = table["threshold_whole"]
    return table.assign(allocation_whole=whole.diff().fillna(whole).astype(int))
