"""The Chinese calendar as complaints see it: day types, the Spring Festival, plan weeks of a calendar year.

Days off and worked weekends come from the notices of the State Council (the package chinesecalendar). A year without
a notice falls back on its fixed and lunar holidays, and `calendar_known` says so. A bank's own calendar goes first.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analytics.calendar_tables import SPRING_FESTIVALS, usual_holidays
from texts import N_, Message, Problem

DAY_TYPES = ("workday", "adjusted_workday", "weekend", "holiday")
# The names of holidays in chinesecalendar and here.
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
FARTHEST = 60  # days from the Spring Festival beyond which nothing is said of it


def day_type(days: pd.DatetimeIndex, own: pd.DataFrame | None = None) -> pd.Series:
    """Give each day's type: workday, adjusted_workday (a worked weekend), weekend or holiday.

    days: normalized days. own: the bank's own calendar, a DataFrame with `date` and `day_type`, one row a day that is
    listed; its days go before the public calendar. A year without a public notice of which `own` lists a holiday is
    taken from `own` alone, other days of it being plain workdays and weekends. Raises Problem for an own calendar
    that cannot be read.
    """
    if len(days) == 0:
        return pd.Series([], index=days, dtype=object)
    years = range(int(days.year.min()), int(days.year.max()) + 1)
    listed = _own_days(own) if own is not None else pd.Series([], index=pd.DatetimeIndex([]), dtype=object)
    holidays = pd.DatetimeIndex(listed[listed == "holiday"].index)
    tables = [
        _plain_week(year) if not calendar_known(year) and (holidays.year == year).any() else _year(year)["day_type"]
        for year in years
    ]
    types = pd.concat(tables) if len(tables) > 1 else tables[0].copy()
    types.loc[listed.index.intersection(types.index)] = listed
    return types.reindex(days)


def calendar_known(year: int, own: pd.DataFrame | None = None) -> bool:
    """Say whether a year's days off are known, by public notice or the bank's own calendar; else a fallback is used."""
    if year in _noticed_years():
        return True
    if own is None:
        return False
    listed = _own_days(own)
    return bool((pd.DatetimeIndex(listed[listed == "holiday"].index).year == year).any())


def festival_offset(days: pd.DatetimeIndex) -> pd.Series:
    """Give days since the nearest Spring Festival (negative before it), missing further than 60 days away."""
    festivals = np.array(SPRING_FESTIVALS, dtype="datetime64[D]")
    distance = (days.to_numpy().astype("datetime64[D]")[:, None] - festivals[None, :]).astype(int)
    nearest = distance[np.arange(len(days)), np.abs(distance).argmin(axis=1)].astype(float)
    return pd.Series(np.where(np.abs(nearest) <= FARTHEST, nearest, np.nan), index=days)


@cache
def year_days(year: int) -> pd.DatetimeIndex:
    """Give every day of a calendar year."""
    return pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")


def plan_weeks(year: int) -> pd.DataFrame:
    """Give the plan weeks of a calendar year: Monday to Sunday, cut at 1 January and 31 December.

    Columns: `week` (1, 2, …), `week_start`, `week_end` (Timestamps, both included), `days` (1–7).
    """
    return _plan_weeks(year).copy()


def holiday_spans(year: int) -> pd.DataFrame:
    """Give the public holidays of a year as spans of consecutive days: `name`, `start`, `end` (both included)."""
    return _holiday_spans(year).copy()


@cache
def _plan_weeks(year: int) -> pd.DataFrame:
    days = year_days(year)
    starts = days[(days.day_of_week == 0) | (days == days[0])]
    ends = [*(starts[1:] - pd.Timedelta(days=1)), days[-1]]
    table = pd.DataFrame({"week": range(1, len(starts) + 1), "week_start": starts, "week_end": pd.DatetimeIndex(ends)})
    return table.assign(days=(table["week_end"] - table["week_start"]).dt.days + 1)


@cache
def _holiday_spans(year: int) -> pd.DataFrame:
    named = _year(year)["name"].dropna()
    starts = (named != named.shift()) | (named.index.to_series().diff().dt.days > 3)
    rows = [
        {"name": part.iloc[0], "start": part.index[0], "end": part.index[-1]}
        for _, part in named.groupby(starts.cumsum())
    ]
    return pd.DataFrame(rows, columns=["name", "start", "end"])


@cache
def _noticed_years() -> frozenset[int]:
    """Years of which chinesecalendar has the State Council's notice."""
    import chinese_calendar

    return frozenset(day.year for day, name in chinese_calendar.holidays.items() if name == "National Day")


@cache
def _plain_week(year: int) -> pd.Series:
    """Workdays and weekends of a year as if it had no holidays."""
    days = year_days(year)
    return pd.Series(np.where(days.day_of_week >= 5, "weekend", "workday"), index=days, dtype=object)


@cache
def _year(year: int) -> pd.DataFrame:
    """Day type and holiday name (missing on other days) of every day of a year."""
    types = _plain_week(year).copy()
    names = pd.Series([None] * len(types), index=types.index, dtype=object)
    if year in _noticed_years():
        import chinese_calendar

        holidays = {
            pd.Timestamp(d): NAMES.get(n, "other") for d, n in chinese_calendar.holidays.items() if d.year == year
        }
        worked = pd.DatetimeIndex([d for d in chinese_calendar.workdays if d.year == year])
        types[worked[worked.day_of_week >= 5]] = "adjusted_workday"
    else:
        holidays = usual_holidays(year)
    types[list(holidays)] = "holiday"
    names[list(holidays)] = list(holidays.values())
    return pd.DataFrame({"day_type": types, "name": names})


def _own_days(own: pd.DataFrame) -> pd.Series:
    """Check a bank's calendar and give its day types by day."""
    where = Message(N_("The bank's own calendar"))
    if not {"date", "day_type"} <= set(own.columns):
        raise Problem(
            Message(N_("A calendar needs the columns date and day_type.")),
            Message(N_("Name the columns so in the first row and load the table again.")),
            where,
        )
    days = pd.DatetimeIndex(pd.to_datetime(own["date"], errors="coerce")).normalize()
    types = pd.Series(own["day_type"].to_numpy(), index=days, dtype=object)
    bad = days.isna() | ~types.isin(DAY_TYPES).to_numpy() | days.duplicated()
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise Problem(
            Message(
                N_("Row {row} cannot be used: date “{date}”, day type “{day_type}”."),
                {"row": row + 1, "date": str(own["date"].iloc[row]), "day_type": str(own["day_type"].iloc[row])},
            ),
            Message(
                N_("Give every day once, as 2027-01-01, with one of the day types {day_types}."),
                {"day_types": ", ".join(DAY_TYPES)},
            ),
            where,
        )
    return types
