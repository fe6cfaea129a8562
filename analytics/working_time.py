"""Waits as a bank counts them: working hours, nights, weekends and holidays left out."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analytics.calendar import day_type

OPENS, CLOSES = 9 * 60, 17 * 60 + 30  # minutes of the day, 9:00 to 17:30
HOURS_A_DAY = (CLOSES - OPENS) / 60
MINUTE = np.timedelta64(1, "m")


def working_hours(start: pd.Series, end: pd.Series) -> pd.Series:
    """Give the working hours from one moment to another, elementwise.

    start, end: moments (datetime64, Shanghai time). Result: hours, 0 at least; missing where either moment is. A
    working day (adjusted ones too) has HOURS_A_DAY hours from 9:00 to 17:30; what lies outside of them takes no time.
    """
    known = (start.notna() & end.notna()).to_numpy()
    hours = np.full(len(start), np.nan)
    if known.any():
        begun = start.to_numpy()[known].astype("datetime64[m]")
        ended = end.to_numpy()[known].astype("datetime64[m]")
        first, last = min(begun.min(), ended.min()), max(begun.max(), ended.max())
        years = int(str(first.astype("datetime64[Y]"))), int(str(last.astype("datetime64[Y]")))
        calendar = _calendar(*years)
        hours[known] = np.maximum(_worked(ended, *calendar) - _worked(begun, *calendar), 0.0)
    return pd.Series(hours, index=start.index)


def _worked(moments: np.ndarray, first_day: np.datetime64, is_worked: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Give the working hours from the calendar's first day to each moment."""
    days = moments.astype("datetime64[D]")
    place = (days - first_day).astype(int)
    minute = ((moments - days) // MINUTE).astype(float)
    today = (np.clip(minute, OPENS, CLOSES) - OPENS) / 60
    worked: np.ndarray = before[place] * HOURS_A_DAY + is_worked[place] * today
    return worked


@cache
def _calendar(first_year: int, last_year: int) -> tuple[np.datetime64, np.ndarray, np.ndarray]:
    """Give the first day, whether each day is worked, and the working days before it."""
    days = pd.date_range(f"{first_year}-01-01", f"{last_year}-12-31", freq="D")
    worked = day_type(days).isin(["workday", "adjusted_workday"]).to_numpy(dtype=float)
    return days[0].to_numpy().astype("datetime64[D]"), worked, np.cumsum(worked) - worked
