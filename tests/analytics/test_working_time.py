"""Working hours, counted minute by minute."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.calendar import day_type
from analytics.working_time import HOURS_A_DAY, working_hours


def hours(start: str, end: str) -> float:
    return float(working_hours(pd.Series([pd.Timestamp(start)]), pd.Series([pd.Timestamp(end)])).iloc[0])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-07-14 10:00", "2025-07-14 12:30", 2.5),
        ("2025-07-14 16:30", "2025-07-15 10:00", 2.0),  # the night takes no time
        ("2025-07-11 17:00", "2025-07-14 09:30", 1.0),  # nor does the weekend
        ("2025-07-12 10:00", "2025-07-14 10:00", 1.0),  # received on a Saturday
        ("2025-01-27 09:00", "2025-02-05 09:00", HOURS_A_DAY),  # the Spring Festival: only the 27th was worked
        ("2025-01-26 09:00", "2025-01-27 09:00", HOURS_A_DAY),  # Sunday, an adjusted workday
        ("2025-07-14 12:00", "2025-07-14 11:00", 0.0),
        ("2024-12-31 16:30", "2025-01-02 09:30", 1.5),  # over New Year
    ],
)
def test_nights_weekends_and_holidays_take_no_time(start: str, end: str, expected: float) -> None:
    assert hours(start, end) == pytest.approx(expected)


def test_it_is_the_number_of_working_minutes() -> None:
    draw = np.random.default_rng(1)
    first = pd.Timestamp("2025-04-20")
    starts = pd.Series(first + pd.to_timedelta(draw.integers(0, 30 * 1440, 40), unit="m"))
    ends = starts + pd.to_timedelta(draw.integers(0, 20 * 1440, 40), unit="m")
    minutes = pd.date_range(first, first + pd.Timedelta(days=60), freq="min", inclusive="left")
    worked = day_type(minutes.normalize().unique()).isin(["workday", "adjusted_workday"])
    inside = (minutes.hour * 60 + minutes.minute >= 540) & (minutes.hour * 60 + minutes.minute < 1050)
    running = np.concatenate([[0], np.cumsum(inside & np.repeat(worked.to_numpy(), 1440))])
    place = [(moment - first) // pd.Timedelta(minutes=1) for moment in (*starts, *ends)]
    by_hand = (running[place[40:]] - running[place[:40]]) / 60
    np.testing.assert_allclose(working_hours(starts, ends), by_hand, atol=1e-9)


def test_what_has_no_moment_has_no_wait() -> None:
    start = pd.Series([pd.NaT, pd.Timestamp("2025-07-14 10:00")])
    assert working_hours(start, start.shift()).isna().all()
    assert working_hours(start.iloc[:0], start.iloc[:0]).empty
