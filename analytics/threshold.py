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
    number = np.searchsorted(pd.DatetimeIndex(weeks["week_start"]), by_day.index, side="right") - 1
    sums = by_day[["customers", "not_agreed"]].groupby(number).sum(min_count=1).set_axis(weeks.index)
    ends = by_day.loc[pd.DatetimeIndex(weeks["week_end"])].set_axis(weeks.index)
    through = by_day.reindex(pd.DatetimeIndex(weeks["week_end"]).map(lambda end: min(end, last))).set_axis(weeks.index)
    to_come = weeks["week_start"] > last
    state = np.where(to_come, "to_come", np.where(weeks["week_end"] <= last, "complete", "running"))
    levels: list[Level | None] = [
        None if later else position(float(row.cumulative_not_agreed), float(row.threshold), near=near, over=over).level
        for later, row in zip(to_come, through.itertuples(), strict=True)
    ]
    table = weeks.assign(
        customers=sums["customers"],
        not_agreed=sums["not_agreed"],
        cumulative_not_agreed=through["cumulative_not_agreed"].where(~to_come),
        allocation_last_year=ends["threshold_last_year"].diff().fillna(ends["threshold_last_year"]),
        threshold_last_year=ends["threshold_last_year"],
        allocation=ends["threshold"].diff().fillna(ends["threshold"]),
        threshold=ends["threshold"],
        threshold_whole=whole_customers(ends["threshold"]),
        position=pd.Series(levels, index=weeks.index, dtype=object),
        state=state,
    )
    whole = table["threshold_whole"]
    return table.assign(allocation_whole=whole.diff().fillna(whole).astype(int))
