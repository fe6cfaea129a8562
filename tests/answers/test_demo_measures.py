"""Of the demo bank's measures one works and one changes nothing: the screen says just that, and nothing sooner."""

from __future__ import annotations

from datetime import date

import pytest

from answers.measures import Measure, effect, measures
from data.demo.truth import MEASURE_WITHOUT_EFFECT, MEASURE_WORKS, PlantedEffect
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE
from data.store import Store
from reports.review_words import effect_sentence
from texts import render

YEAR_END = date(2025, 12, 31)


def measure_of(store: Store, planted: PlantedEffect) -> Measure:
    (found,) = [
        one
        for one in measures(store, HEAD_OFFICE, YEAR_END)
        if (one.complaint_class, one.branches, one.starts)
        == (planted.complaint_class, planted.branches, planted.starts)
    ]
    return found


def test_r23_the_measure_that_works_is_found_with_an_interval_that_holds_what_was_planted(heard_demo: Store) -> None:
    found = effect(heard_demo, HEAD_OFFICE, measure_of(heard_demo, MEASURE_WORKS), YEAR_END)
    assert found.verdict == "better"
    assert found.compared
    assert found.low is not None
    assert found.high is not None
    assert found.low < MEASURE_WORKS.size < found.high < 1
    assert "✔ 见效" in render(effect_sentence(found, "not_agreed"), "zh_CN")


def test_r23_on_the_day_the_demo_opens_it_is_too_early_to_tell(heard_demo: Store) -> None:
    found = effect(heard_demo, HEAD_OFFICE, measure_of(heard_demo, MEASURE_WORKS), DEMO_AS_OF)
    assert found.verdict == "too_early"
    assert found.ratio is None


@pytest.mark.parametrize("month", range(7, 13))
def test_r23_the_measure_without_effect_is_never_said_to_have_worked_or_harmed(heard_demo: Store, month: int) -> None:
    day = YEAR_END if month == 12 else date(2025, month, 28)
    found = effect(heard_demo, HEAD_OFFICE, measure_of(heard_demo, MEASURE_WITHOUT_EFFECT), day)
    assert found.verdict in ("too_early", "too_few", "no_difference")
    if found.low is not None and found.high is not None:
        assert found.low < MEASURE_WITHOUT_EFFECT.size < found.high
