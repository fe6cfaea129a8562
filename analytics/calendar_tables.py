"""Dates that the calendar falls back on for years whose days off nobody has published yet.

Lunar dates: Purple Mountain Observatory's calendar. They agree with an independent reckoning of the new moons (Meeus
1998, Astronomical Algorithms, chapter 49) and with every notice of the State Council from 2010 to 2026.
"""

from __future__ import annotations

import pandas as pd


def _dates(text: str) -> tuple[pd.Timestamp, ...]:
    return tuple(pd.Timestamp(day) for day in text.split())


# First day of the lunar year.
SPRING_FESTIVALS = _dates(
    "2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 "
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 "
    "2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08"
)
# Fifth day of the fifth lunar month.
DRAGON_BOATS = _dates(
    "2010-06-16 2011-06-06 2012-06-23 2013-06-12 2014-06-02 2015-06-20 2016-06-09 2017-05-30 2018-06-18 2019-06-07 "
    "2020-06-25 2021-06-14 2022-06-03 2023-06-22 2024-06-10 2025-05-31 2026-06-19 2027-06-09 2028-05-28 2029-06-16 "
    "2030-06-05 2031-06-24 2032-06-12 2033-06-01 2034-06-20 2035-06-10"
)
# Fifteenth day of the eighth lunar month.
MID_AUTUMNS = _dates(
    "2010-09-22 2011-09-12 2012-09-30 2013-09-19 2014-09-08 2015-09-27 2016-09-15 2017-10-04 2018-09-24 2019-09-13 "
    "2020-10-01 2021-09-21 2022-09-10 2023-09-29 2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 "
    "2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27 2035-09-16"
)


def usual_holidays(year: int) -> dict[pd.Timestamp, str]:
    """Give the days off a year will most likely have, day → name, before its notice is published.

    Spans as every notice since 2024 had them: New Year 1 day, the eve to the 7th day of the Spring Festival, Qingming
    1, Labour Day 5, Dragon Boat 1, Mid-Autumn 1, National Day 7. The worked weekends that pay for them cannot be
    known. Lunar holidays are missing outside 2010–2035.
    """
    holidays: dict[pd.Timestamp, str] = {}

    def add(first: pd.Timestamp, days: int, name: str) -> None:
        for day in pd.date_range(first, periods=days):
            holidays.setdefault(day, name)

    add(pd.Timestamp(year, 1, 1), 1, "new_year")
    add(pd.Timestamp(year, 4, _qingming(year)), 1, "tomb_sweeping")
    add(pd.Timestamp(year, 5, 1), 5, "labour_day")
    add(pd.Timestamp(year, 10, 1), 7, "national_day")
    for festival in SPRING_FESTIVALS:
        if festival.year == year:
            add(festival - pd.Timedelta(days=1), 8, "spring_festival")
    for lunar, name in ((DRAGON_BOATS, "dragon_boat"), (MID_AUTUMNS, "mid_autumn")):
        for day in lunar:
            if day.year == year:
                add(day, 1, name)
    return holidays


def _qingming(year: int) -> int:
    """Give the day of April of Qingming, 2000–2099: ⌊4.81 + 0.2422 y⌋ − ⌊y ÷ 4⌋, y the year of the century."""
    of_century = year % 100
    return int(4.81 + 0.2422 * of_century) - of_century // 4
