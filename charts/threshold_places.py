"""Where the names of the lines stand in the main picture, so that none runs into another line or name."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analytics.threshold import ThresholdYear

NAME_DAYS, NAME_SHARE = 45, 0.085  # what a name takes of the picture: days of its width, share of the axis's height


def beside_actual(result: ThresholdYear, at: pd.Timestamp, height: float, top: float) -> bool:
    """Say whether a name written below a place (height: share of the axis) would run into the actual's own name."""
    if result.as_of is None or not at - pd.Timedelta(days=75) < result.as_of < at + pd.Timedelta(days=100):
        return False
    return abs(result.actual / top - 0.04 - height) < 0.06


def threshold_place(
    result: ThresholdYear, projected: pd.Series | None, top: float
) -> tuple[pd.Timestamp, Literal["above", "below"]]:
    """Give the day at which the threshold's name stands, and on which side of its line: below it to the right, or,
    where another line runs there and none does above it, above it to the left.

    projected: the middle of the projected rest of the year by day, None where there is none. top: of the axis.
    """
    at = _place_below(result)
    lines = [result.days["threshold_last_year"], result.days["cumulative_not_agreed"].dropna()]
    lines += [] if projected is None else [projected]
    level, height = float(result.days.at[at, "threshold"]), NAME_SHARE * top
    width = pd.Timedelta(days=NAME_DAYS)
    crossed_below = _crossed(lines, at, at + width, level - height, level - height / 4)
    crossed_above = _crossed(lines, at - width, at, level + height / 4, level + height)
    return at, "above" if crossed_below and not crossed_above else "below"


def _crossed(lines: list[pd.Series], start: pd.Timestamp, end: pd.Timestamp, low: float, high: float) -> bool:
    return any(line[start:end].between(low, high, inclusive="neither").any() for line in lines)


def _place_below(result: ThresholdYear) -> pd.Timestamp:
    """Give a day at which the actual does not run below the line."""
    days = result.days.index
    if result.as_of is None or result.as_of < days[int(len(days) * 0.72)]:
        return days[int(len(days) * 0.78)]
    gap = (result.days["cumulative_not_agreed"] - result.days["threshold"]).iloc[30:300]
    return gap.idxmax() if gap.max() > 0 else days[int(len(days) * 0.4)]
