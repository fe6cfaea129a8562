"""The Chinese calendar as complaints see it: day types, the Spring Festival, plan weeks of a calendar year."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

DAY_TYPES = ("workday", "adjusted_workday", "weekend", "holiday")

SPRING_FESTIVALS = tuple(
    pd.Timestamp(day)
    for day in (
        "2010-02-14", "2011-02-03", "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28",
        "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29",
        "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11", "2033-01-31",
        "2034-02-19", "2035-02-08",
    )
)  # first day of the lunar year, Purple Mountain Observatory's tables
NAMES = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "tomb_sweeping",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
    "Anti-Fascist 70th Day": "anti_fascist",
}
FIXED = {(1, 1): "new_year", (5, 1): "labour_day", **{(10, day): "national_day" for day in range(1, 4)}}


@cache
def _year_table(year: int) -> pd.DataFrame:
    """Day type and holiday name of every day of a year."""
    days = year_days(year)
    types, names = [], []
    known = calendar_known(year)
    for day in days:
        kind, name = _published(day) if known else _fallback(day)
        types.append(kind)
        names.append(name)
    return pd.DataFrame({"day_type": types, "name": names}, index=days)


def _published(day: pd.Timestamp) -> tuple[str, str | None]:
    import chinese_calendar

    off, name = chinese_calendar.get_holiday_detail(day.date())
    if off:
        return ("holiday", NAMES.get(name, "other")) if name else ("weekend", None)
    return ("adjusted_workday", None) if day.day_of_week >= 5 else ("workday", None)


def _fallback(day: pd.Timestamp) -> tuple[str, str | None]:
    fixed = FIXED.get((day.month, day.day))
    if fixed:
        return "holiday", fixed
    if any(-1 <= (day - festival).days <= 6 for festival in SPRING_FESTIVALS):
        return "holiday", "spring_festival"
    return ("weekend" if day.day_of_week >= 5 else "workday"), None


@cache
def calendar_known(year: int) -> bool:
    """Say whether the published holidays and adjusted workdays of a year are known; else a fallback is in use."""
    import chinese_calendar

    try:
        chinese_calendar.get_holiday_detail(pd.Timestamp(year, 10, 1).date())
    except NotImplementedError:
        return False
    return True


def day_type(days: pd.DatetimeIndex) -> pd.Series:
    """Give each day's type: workday, adjusted_workday (a worked weekend), weekend or holiday."""
    tables = pd.concat([_year_table(year)["day_type"] for year in sorted(set(days.year))])
    return tables.reindex(days)


def festival_offset(days: pd.DatetimeIndex) -> pd.Series:
    """Give days since the nearest Spring Festival (negative before it), missing further than 60 days away."""
    festivals = np.array(SPRING_FESTIVALS, dtype="datetime64[D]")
    distance = (days.to_numpy().astype("datetime64[D]")[:, None] - festivals[None, :]).astype(int)
    nearest = distance[np.arange(len(days)), np.abs(distance).argmin(axis=1)].astype(float)
    return pd.Series(np.where(np.abs(nearest) <= 60, nearest, np.nan), index=days)


@cache
def year_days(year: int) -> pd.DatetimeIndex:
    """Give every day of a calendar year."""
    return pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")


@cache
def plan_weeks(year: int) -> pd.DataFrame:
    """Give the plan weeks of a calendar year: Monday to Sunday, cut at 1 January and 31 December.

    Columns: `week` (1, 2, …), `week_start`, `week_end` (Timestamps, both included), `days` (1–7).
    """
    days = year_days(year)
    starts = days[(days.day_of_week == 0) | (days == days[0])]
    ends = [*(starts[1:] - pd.Timedelta(days=1)), days[-1]]
    table = pd.DataFrame({"week": range(1, len(starts) + 1), "week_start": starts, "week_end": pd.DatetimeIndex(ends)})
    return table.assign(days=(table["week_end"] - table["week_start"]).dt.days + 1)


@cache
def holiday_spans(year: int) -> pd.DataFrame:
    """Give the public holidays of a year as spans of consecutive days: `name`, `start`, `end` (both included)."""
    table = _year_table(year)
    holidays = table[table["name"].notna()]
    group = (holidays["name"] != holidays["name"].shift()) | (holidays.index.to_series().diff().dt.days > 3)
    rows = [
        {"name": part["name"].iloc[0], "start": part.index[0], "end": part.index[-1]}
        for _, part in holidays.groupby(group.cumsum())
    ]
    return pd.DataFrame(rows, columns=["name", "start", "end"])
