"""Where outcomes have worsened since the shift signal began to rise: everywhere, or at one cause or branch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.proportion import difference_interval

EVERYTHING = ""  # the row of all units together


def change_week(signal: pd.Series, since: int, start: float = 0.0) -> int:
    """Give the week from which a running sum rose for good: the one after it last stood at or below its start.

    signal: value at the end of every plan week, indexed by week. since: the week in which it reached its limit. This is
    the usual estimate of a CUSUM's point of change (Page 1954, Biometrika 41:100).
    """
    before = signal[signal.index < since]
    low = before[before <= start + 1e-9]
    return int(low.index[-1]) + 1 if len(low) else int(signal.index[0])


def worsening(weeks: pd.DataFrame, unit: str, start: pd.Timestamp) -> pd.DataFrame:
    """Compare the share not agreed before a day and from it on, for all and for every unit.

    weeks: DataFrame `unit`'s column, `week_start`, `decided`, `not_agreed` of one year. Result: a row for all together
    (unit EVERYTHING) and one a unit, most customers first: `before_decided`, `before_not_agreed`, `after_decided`,
    `after_not_agreed`, `difference` of the shares with its 95% interval `low`–`high` (Newcombe; missing without
    customers on either side).
    """
    after = weeks["week_start"] >= start
    columns = ["decided", "not_agreed"]
    units = weeks[unit].drop_duplicates()
    old = weeks[~after].groupby(unit)[columns].sum().reindex(units, fill_value=0)
    new = weeks[after].groupby(unit)[columns].sum().reindex(units, fill_value=0)
    table = pd.concat([old.add_prefix("before_"), new.add_prefix("after_")], axis=1)
    size = table["before_decided"] + table["after_decided"]
    table = table.loc[size.sort_values(ascending=False, kind="stable").index]
    both = pd.concat([table.sum().to_frame(EVERYTHING).T, table]).astype(int)
    both.index.name = unit
    intervals = [_difference(*(int(value) for value in row)) for row in both.itertuples(index=False)]
    return both.assign(**dict(zip(("difference", "low", "high"), np.array(intervals).T, strict=True))).reset_index()


def _difference(
    before_decided: int, before_not_agreed: int, after_decided: int, after_not_agreed: int
) -> tuple[float, float, float]:
    if not before_decided or not after_decided:
        return (np.nan,) * 3
    difference = after_not_agreed / after_decided - before_not_agreed / before_decided
    return (difference, *difference_interval(after_not_agreed, after_decided, before_not_agreed, before_decided))
