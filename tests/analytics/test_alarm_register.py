"""An alarm's course over the weeks: raised once, acknowledged by somebody, recovered with a margin, raised anew."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.alarm import Reading
from analytics.alarm_register import Acknowledgement, Evaluated, course
from texts import Message

LIMIT, MARGIN = 0.7, 0.1
SUNDAY = date(2025, 1, 5)


def week(number: int, value: float | None) -> Evaluated:
    on = SUNDAY + timedelta(weeks=number - 1)
    return Evaluated(number, Reading(on, value, LIMIT, MARGIN), Message("why"))


def taken(days_after_first_sunday: int, value: float) -> Acknowledgement:
    on = SUNDAY + timedelta(days=days_after_first_sunday)
    return Acknowledgement(on, "王敏", "发提示书", Reading(on, value, LIMIT, MARGIN))


def said(evaluations: list[Evaluated], acknowledgements: list[Acknowledgement]) -> list[str]:
    return [turn.what for turn in course("breach_amber", evaluations, acknowledgements)]


def test_equality_with_the_limit_raises_and_a_hair_below_it_does_not() -> None:
    assert said([week(1, 0.7)], []) == ["raised"]
    assert said([week(1, 0.6999)], []) == ["evaluated"]


def test_a_quiet_year_keeps_every_evaluation() -> None:
    turns = course("shift", [week(n, 0.1) for n in range(1, 53)], [])
    assert [turn.what for turn in turns] == ["evaluated"] * 52
    assert turns[-1].alarm.state == "armed"


def test_it_stays_raised_until_somebody_acknowledges_even_when_the_value_comes_back() -> None:
    turns = course("breach_amber", [week(1, 0.8), week(2, 0.2), week(3, 0.2)], [])
    assert [turn.alarm.state for turn in turns] == ["raised"] * 3
    assert turns[-1].alarm.raised_on == SUNDAY


def test_acknowledged_it_recovers_only_below_the_limit_by_the_margin_equality_included() -> None:
    after = [taken(1, 0.8)]
    assert said([week(1, 0.8), week(2, 0.65), week(3, 0.601)], after) == [
        "raised",
        "acknowledged",
        "evaluated",
        "evaluated",
    ]
    assert said([week(1, 0.8), week(2, 0.6)], after) == ["raised", "acknowledged", "recovered"]


def test_it_does_not_flutter_around_the_limit() -> None:
    values = [0.71, 0.69, 0.71, 0.69, 0.71]
    turns = course("breach_amber", [week(n + 1, v) for n, v in enumerate(values)], [taken(1, 0.71)])
    assert turns[-1].alarm.episodes == 1


def test_after_it_recovered_it_is_armed_and_can_be_raised_again_as_a_new_episode() -> None:
    turns = course("breach_amber", [week(1, 0.8), week(2, 0.3), week(3, 0.3), week(4, 0.9)], [taken(1, 0.8)])
    assert [turn.what for turn in turns] == ["raised", "acknowledged", "recovered", "armed", "raised"]
    assert turns[-1].alarm.episodes == 2
    assert turns[-1].alarm.who is None


def test_an_alarm_acknowledged_before_its_week_was_over_was_raised_on_that_day() -> None:
    turns = course("breach_amber", [week(1, 0.3), week(2, 0.8)], [taken(3, 0.75)])
    assert [turn.what for turn in turns] == ["evaluated", "acknowledged", "evaluated"]
    assert turns[-1].alarm.raised_on == SUNDAY + timedelta(days=3)
    assert (turns[-1].alarm.who, turns[-1].alarm.decision) == ("王敏", "发提示书")


def test_an_acknowledgement_of_what_was_never_raised_is_left_out() -> None:
    assert said([week(1, 0.3)], [taken(1, 0.3)]) == ["evaluated"]


def test_a_missing_value_changes_nothing() -> None:
    assert said([week(1, 0.8), week(2, None)], [taken(1, 0.8)]) == ["raised", "acknowledged", "evaluated"]
