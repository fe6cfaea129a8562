"""An alarm's memory: raised, acknowledged, recovered, armed again; no flutter; equality decided; a full register."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.alarm import Alarm, Entry, Reading, acknowledged, evaluated, stood_since
from texts import Message, Problem

WHY = Message("test")
START = date(2025, 1, 5)


def run(
    values: list[float | None], *, limit: float = 0.7, margin: float = 0.1, ack: set[int] | None = None
) -> list[str]:
    """States after each weekly value; weeks in `ack` are acknowledged right after their evaluation."""
    alarm = Alarm("breach_amber")
    states: list[str] = []
    for week, value in enumerate(values):
        alarm = evaluated(alarm, Reading(START + timedelta(weeks=week), value, limit, margin), WHY).after
        if ack and week in ack:
            alarm = acknowledged(alarm, START + timedelta(weeks=week, days=1), "王经理", "下发操作标准")
        states.append(alarm.state)
    return states


def test_an_alarm_goes_from_armed_to_raised_acknowledged_recovered_and_armed() -> None:
    states = run([0.3, 0.75, 0.8, 0.65, 0.55, 0.5, 0.9], ack={2})
    assert states == ["armed", "raised", "acknowledged", "acknowledged", "recovered", "armed", "raised"]


def test_a_value_around_the_limit_does_not_flutter() -> None:
    states = run([0.71, 0.69, 0.72, 0.65, 0.71, 0.61, 0.75], ack={0})
    assert states == ["acknowledged"] * 7


@pytest.mark.parametrize(
    ("value", "at_limit", "state"),
    [(0.7, True, "raised"), (0.7 - 1e-6, True, "armed"), (0.7, False, "armed"), (0.7 + 1e-6, False, "raised")],
)
def test_equality_at_the_limit_is_decided(value: float, at_limit: bool, state: str) -> None:
    reading = Reading(START, value, 0.7, 0.1, at_limit)
    assert evaluated(Alarm("position"), reading, WHY).after.state == state


def test_equality_at_the_clear_mark_recovers() -> None:
    assert run([0.8, 0.6], ack={0}) == ["acknowledged", "recovered"]
    assert run([0.8, 0.6001], ack={0}) == ["acknowledged", "acknowledged"]


def test_without_a_margin_a_value_at_a_strict_limit_recovers_and_one_at_an_inclusive_limit_does_not() -> None:
    assert Reading(START, 1.0, 1.0, 0.0, at_limit=False).clear
    assert not Reading(START, 1.0, 1.0, 0.0, at_limit=True).clear


def test_a_raised_alarm_stays_until_somebody_acknowledges_it() -> None:
    assert run([0.9, 0.1, 0.1, 0.1]) == ["raised"] * 4
    assert run([0.9, 0.1, 0.1, 0.1], ack={2}) == ["raised", "raised", "acknowledged", "recovered"]


def test_a_recovered_alarm_can_be_raised_again_at_once_as_a_new_episode() -> None:
    assert run([0.9, 0.1, 0.9], ack={0}) == ["acknowledged", "recovered", "raised"]
    alarm = Alarm("shift", "recovered", episodes=1)
    again = evaluated(alarm, Reading(START, 5.0, 4.4, 2.2), WHY).after
    assert (again.episodes, again.raised_on, again.who, again.decision) == (2, START, None, None)


def test_a_missing_value_changes_nothing() -> None:
    assert run([0.9, None, None], ack={0}) == ["acknowledged"] * 3
    assert run([None, 0.2, None]) == ["armed"] * 3
    recovered = Alarm("shift", "recovered")
    assert evaluated(recovered, Reading(START, None, 4.4, 2.2), WHY).after == recovered


def test_an_acknowledgement_keeps_who_decided_what_and_when() -> None:
    raised = evaluated(Alarm("shift"), Reading(START, 5.0, 4.4, 2.2), WHY).after
    taken = acknowledged(raised, date(2025, 1, 7), " 李总 ", " 召开专题会 ")
    assert (taken.who, taken.decision, taken.acknowledged_on) == ("李总", "召开专题会", date(2025, 1, 7))
    assert taken.raised_on == START


@pytest.mark.parametrize("state", ["armed", "acknowledged", "recovered"])
def test_only_a_raised_alarm_can_be_acknowledged(state: str) -> None:
    with pytest.raises(Problem):
        acknowledged(Alarm("shift", state), START, "王经理", "x")  # type: ignore[arg-type]


@pytest.mark.parametrize(("who", "decision"), [("", "x"), ("王经理", "  ")])
def test_an_acknowledgement_needs_a_name_and_a_decision(who: str, decision: str) -> None:
    with pytest.raises(Problem):
        acknowledged(Alarm("shift", "raised"), START, who, decision)


def test_every_evaluation_is_kept_with_its_inputs_also_those_that_raised_nothing() -> None:
    why = Message("breach probability {chance}", {"chance": Message("{percent}%", {"percent": 34})})
    alarm = Alarm("breach_red", "acknowledged", START, START, None, "王经理", "复盘", 1)
    entry = evaluated(alarm, Reading(date(2025, 6, 8), 0.34, 0.85, 0.1), why)
    kept = json.loads(json.dumps(entry.to_json(), ensure_ascii=False))
    assert Entry.from_json(kept) == entry
    assert kept["reading"]["value"] == 0.34


def test_the_week_in_which_a_warning_first_stood_survives_small_dips() -> None:
    def since(values: list[float | None]) -> int | None:
        return stood_since([Reading(START, value, 0.7, 0.1) for value in values])

    assert since([0.2, 0.72, 0.65, None, 0.71]) == 1
    assert since([0.72, 0.5, 0.75]) == 2
    assert since([0.72, 0.6]) is None
    assert since([]) is None


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=40), st.integers(0, 39))
def test_no_path_of_values_skips_a_state(values: list[float | None], ack_at: int) -> None:
    allowed = {
        "armed": {"armed", "raised"},
        "raised": {"raised"},
        "acknowledged": {"acknowledged", "recovered"},
        "recovered": {"recovered", "armed", "raised"},
    }
    alarm = Alarm("breach_amber")
    for week, value in enumerate(values):
        after = evaluated(alarm, Reading(START, value, 0.7, 0.1), WHY).after
        assert after.state in allowed[alarm.state]
        alarm = acknowledged(after, START, "a", "b") if week == ack_at and after.state == "raised" else after
