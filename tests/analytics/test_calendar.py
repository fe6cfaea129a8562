"""The calendar against the State Council's notices and against itself."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.calendar import calendar_known, day_type, festival_offset, holiday_spans, plan_weeks, year_days
from analytics.calendar_tables import DRAGON_BOATS, MID_AUTUMNS, SPRING_FESTIVALS, usual_holidays
from texts import Problem

# Days off and worked weekends, typed from the notices for 2025 and 2026.
OFF_2025 = "01-01..01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08"
WORKED_2025 = "01-26 02-08 04-27 09-28 10-11"
OFF_2026 = "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07"
WORKED_2026 = "01-04 02-14 02-28 05-09 09-20 10-10"


@pytest.mark.parametrize(("year", "off", "worked"), [(2025, OFF_2025, WORKED_2025), (2026, OFF_2026, WORKED_2026)])
def test_day_types_are_those_of_the_notices(year: int, off: str, worked: str) -> None:
    expected = pd.Series("workday", index=year_days(year))
    expected[expected.index.day_of_week >= 5] = "weekend"
    for span in off.split():
        first, last = span.split("..")
        expected[pd.date_range(f"{year}-{first}", f"{year}-{last}")] = "holiday"
    expected[pd.DatetimeIndex([f"{year}-{day}" for day in worked.split()])] = "adjusted_workday"
    assert day_type(year_days(year)).tolist() == expected.tolist()
    assert calendar_known(year)


def test_day_types_keep_the_order_and_the_gaps_of_the_days_asked_for() -> None:
    days = pd.DatetimeIndex(["2026-10-01", "2024-02-09", "2025-01-26"])
    assert day_type(days).tolist() == ["holiday", "workday", "adjusted_workday"]
    assert day_type(days).index.equals(days)
    assert day_type(days[:0]).empty


def test_the_festival_offset_counts_days_from_the_first_day_of_the_lunar_year() -> None:
    days = pd.DatetimeIndex(["2022-02-01", "2023-01-21", "2024-02-24", "2025-03-30", "2025-03-31", "2026-07-01"])
    assert festival_offset(days).fillna(-99).tolist() == [0, -1, 14, 60, -99, -99]


def test_plan_weeks_cut_monday_weeks_at_the_ends_of_the_calendar_year() -> None:
    weeks = plan_weeks(2026)
    assert weeks["week"].tolist() == list(range(1, 54))
    assert (weeks["week_start"].iloc[0], weeks["week_end"].iloc[0]) == (
        pd.Timestamp("2026-01-01"),
        pd.Timestamp("2026-01-04"),
    )
    assert weeks["days"].tolist() == [4, *[7] * 51, 4]


def test_29_december_2025_is_in_the_last_week_of_2025_though_iso_counts_it_to_2026() -> None:
    day = pd.Timestamp("2025-12-29")
    assert tuple(day.isocalendar())[:2] == (2026, 1)
    weeks = plan_weeks(2025)
    last = weeks[(weeks["week_start"] <= day) & (weeks["week_end"] >= day)].iloc[0]
    assert (last["week"], last["days"], last["week_end"]) == (53, 3, pd.Timestamp("2025-12-31"))


@pytest.mark.parametrize(("year", "number", "first"), [(2012, 54, 1), (2018, 53, 7), (2023, 53, 1), (2024, 53, 7)])
def test_years_have_52_to_54_plan_weeks_with_partial_ends(year: int, number: int, first: int) -> None:
    weeks = plan_weeks(year)
    assert (len(weeks), weeks["days"].iloc[0]) == (number, first)


def test_plan_weeks_hold_every_day_of_a_year_once() -> None:
    for year in range(2010, 2036):
        weeks = plan_weeks(year)
        every = [day for start, end in zip(weeks["week_start"], weeks["week_end"], strict=True)
                 for day in pd.date_range(start, end)]  # fmt: skip
        assert pd.DatetimeIndex(every).equals(year_days(year))
        assert (weeks["week_start"].iloc[1:].dt.day_of_week == 0).all()


def test_a_year_without_a_notice_falls_back_on_fixed_and_lunar_holidays_and_says_so() -> None:
    assert not calendar_known(2027)
    spans = {row.name: (row.start, row.end) for row in holiday_spans(2027).itertuples(index=False)}
    assert spans == {
        name: (pd.Timestamp(f"2027-{start}"), pd.Timestamp(f"2027-{end}"))
        for name, start, end in (
            ("new_year", "01-01", "01-01"),
            ("spring_festival", "02-05", "02-12"),
            ("tomb_sweeping", "04-05", "04-05"),
            ("labour_day", "05-01", "05-05"),
            ("dragon_boat", "06-09", "06-09"),
            ("mid_autumn", "09-15", "09-15"),
            ("national_day", "10-01", "10-07"),
        )
    }
    assert "adjusted_workday" not in set(day_type(year_days(2027)))


def test_the_lunar_tables_agree_with_every_notice() -> None:
    for year in range(2010, 2027):
        lunar = [day for table in (SPRING_FESTIVALS, DRAGON_BOATS, MID_AUTUMNS) for day in table if day.year == year]
        assert len(lunar) == 3
        assert (day_type(pd.DatetimeIndex(lunar)).isin(["holiday", "weekend"])).all()
        qingming = [day for day, name in usual_holidays(year).items() if name == "tomb_sweeping"]
        assert day_type(pd.DatetimeIndex(qingming)).isin(["holiday", "weekend"]).all()


def test_the_lunar_tables_keep_whole_moons_between_the_festivals() -> None:
    for spring, dragon, autumn in zip(SPRING_FESTIVALS, DRAGON_BOATS, MID_AUTUMNS, strict=True):
        for festival, day_of_month in ((dragon, 5), (autumn, 15)):
            moons = ((festival - spring).days - (day_of_month - 1)) / 29.530588
            assert abs(moons - round(moons)) < 0.05


def test_a_bank_calendar_goes_before_the_public_one() -> None:
    own = pd.DataFrame({"date": ["2025-02-05", "2025-02-08"], "day_type": ["holiday", "weekend"]})
    types = day_type(year_days(2025), own)
    public = day_type(year_days(2025))
    assert types[types != public].to_dict() == {
        pd.Timestamp("2025-02-05"): "holiday",
        pd.Timestamp("2025-02-08"): "weekend",
    }


def test_a_bank_calendar_replaces_the_fallback_of_a_year_without_a_notice() -> None:
    own = pd.DataFrame({"date": ["2027-02-05", "2027-02-20"], "day_type": ["holiday", "adjusted_workday"]})
    types = day_type(year_days(2027), own)
    assert calendar_known(2027, own)
    assert types.value_counts().to_dict() == {"workday": 260, "weekend": 103, "holiday": 1, "adjusted_workday": 1}
    assert not calendar_known(2028, own)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"date": ["2027-02-05", "soon"], "day_type": ["holiday", "holiday"]}, "Row 2"),
        ({"date": ["2027-02-05", "2027-02-05"], "day_type": ["holiday", "weekend"]}, "Row 2"),
        ({"date": ["2027-02-05"], "day_type": ["day off"]}, "day off"),
        ({"day": ["2027-02-05"], "day_type": ["holiday"]}, "columns date and day_type"),
    ],
)
def test_a_bank_calendar_that_cannot_be_read_is_refused_in_plain_words(rows: dict[str, list[str]], said: str) -> None:
    with pytest.raises(Problem, match=said):
        day_type(year_days(2027), pd.DataFrame(rows))


def test_changing_what_the_calendar_gave_does_not_change_the_calendar() -> None:
    for give in (plan_weeks, holiday_spans):
        given = give(2025)
        given[given.columns[0]] = 0
        assert give(2025).iloc[0, 0] != 0
    types = day_type(year_days(2025))
    types[:] = "holiday"
    assert day_type(year_days(2025)).nunique() == 4
