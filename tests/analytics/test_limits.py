"""Limits: one validated place, each with unit, range, meaning and source."""

from __future__ import annotations

from dataclasses import fields

import pytest

from analytics.limits import SPECIFICATIONS, Limits, false_alarm_rate, false_alarms_a_year, limits_with
from texts import Problem, missing_texts, render


def test_every_limit_has_a_specification_and_its_default_lies_in_its_range() -> None:
    assert {field.name for field in fields(Limits)} == set(SPECIFICATIONS)
    for name, specification in SPECIFICATIONS.items():
        assert specification.low <= specification.default <= specification.high
        assert getattr(Limits(), name) == specification.default


def test_the_defaults_are_the_designs() -> None:
    limits = Limits()
    assert (limits.near, limits.over) == (0.80, 1.00)
    assert (limits.amber, limits.red) == (0.70, 0.85)
    assert (limits.shift_ratio, limits.shift_false_alarms) == (1.5, 0.05)
    assert limits.small_base == 20


def test_unit_meaning_and_source_are_said_in_both_languages() -> None:
    ids = {m.id for s in SPECIFICATIONS.values() for m in (s.unit, s.meaning, s.source)}
    assert missing_texts(ids, "en") == []
    assert missing_texts(ids, "zh_CN") == []


def test_a_class_may_override_a_limit_and_keeps_the_others() -> None:
    limits = limits_with({"near": 0.9, "red": 0.9})
    assert (limits.near, limits.red, limits.amber) == (0.9, 0.9, 0.7)


@pytest.mark.parametrize("value", [0.05, 1.6, float("nan"), float("inf"), "0.9", None, True])
def test_a_value_out_of_range_or_no_number_is_refused_in_words(value: object) -> None:
    with pytest.raises(Problem) as refused:
        limits_with({"near": value})
    assert refused.value.what.params["name"] == "near"
    assert refused.value.what_to_do.params["low"] == 0.1


def test_an_unknown_limit_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(Problem) as refused:
        limits_with({"nearly": 0.9})
    assert "shift_ratio" in refused.value.what_to_do.params["names"]


@pytest.mark.parametrize("overrides", [{"amber": 0.9}, {"near": 1.2}, {"red": 0.5}])
def test_bounds_in_the_wrong_order_are_refused(overrides: dict[str, float]) -> None:
    with pytest.raises(Problem):
        limits_with(overrides)


def test_equal_bounds_are_allowed() -> None:
    assert limits_with({"amber": 0.85}).amber == limits_with({"amber": 0.85}).red


def test_a_probability_limit_carries_its_measured_false_alarms() -> None:
    rates = [false_alarm_rate("red", value) for value in (0.7, 0.75, 0.8, 0.85, 0.9)]
    assert all(rate is not None for rate in rates)
    assert rates == sorted(rates, key=lambda rate: -(rate or 0))
    assert false_alarm_rate("red", 0.75) == pytest.approx(((rates[0] or 0) + (rates[2] or 0)) / 2)
    assert false_alarm_rate("red", 0.3) is None
    assert false_alarm_rate("near", 0.8) is None


def test_twenty_classes_at_five_percent_mean_one_false_alarm_a_year() -> None:
    said = false_alarms_a_year([Limits()] * 20)
    assert said.params["shift"] == pytest.approx(1.0)
    assert "1.0 false shift signals" in render(said, "en")
    assert "误报的结果变差信号约1.0次" in render(said, "zh_CN")
