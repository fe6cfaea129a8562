"""The sentence to say in the meeting, in both languages, word by word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation import Evaluation, evaluate
from analytics.position import position
from analytics.sentence import percent, sentence, why
from analytics.small_base import small_base
from texts import Language, render

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")


@pytest.fixture(scope="module")
def quiet() -> Evaluation:
    """Week 23 of a class that runs at three quarters of its plan."""
    counts = pd.DataFrame({"customers": 1.0, "decided": 1.0, "not_agreed": 0.0}, index=DAYS[:159])
    counts.loc[counts.index[::6], "not_agreed"] = 1.0
    even = pd.Series(np.full(365, 1.0), index=DAYS)
    return evaluate(counts, (even * 80 / 365).cumsum(), even, 80, pd.Timestamp("2025-06-08"))


def over(quiet: Evaluation) -> Evaluation:
    """The design's own example: 45 against 38.2, the shift signal since week 21, 81% for the year."""
    return replace(
        quiet,
        actual=45,
        threshold=38.2,
        position=position(45, 38.2, near=0.8, over=1.0),
        chance_on_plan=0.154,
        breach_probability=0.812,
        shift=replace(quiet.shift, since=21),
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh_CN",
            "第23周超出：实际45，管控值38.2，按计划运行也有约15%的可能达到45；结果变差信号自第21周成立；"
            "全年超限概率81%（黄色预警，自第22周）",
        ),
        (
            "en",
            "Week 23, over: 45 against a threshold of 38.2; a process on plan would reach 45 with a chance of about "
            "15% all the same; the signal of worse outcomes has stood since week 21; "
            "breach probability for the year 81%, amber since week 22",
        ),
    ],
)
def test_the_designs_example_reads_as_written(quiet: Evaluation, language: Language, said: str) -> None:
    evaluation = over(quiet)
    evaluation = replace(evaluation, amber=replace(evaluation.amber, since=22))
    assert render(sentence(evaluation), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_CN", "第23周正常：实际27，管控值34.8；未触发预警：全年超限概率<1%，70%起为黄色预警"),
        (
            "en",
            "Week 23, on track: 27 against a threshold of 34.8; no alarm: breach probability for the year <1%, "
            "amber from 70%",
        ),
    ],
)
def test_a_quiet_class_says_why_there_is_no_alarm(quiet: Evaluation, language: Language, said: str) -> None:
    evaluation = replace(quiet, position=position(27, 34.8, near=0.8, over=1.0), breach_probability=0.004)
    assert render(sentence(evaluation), language) == said


def test_over_the_curve_without_evidence_says_that_there_is_no_alarm(quiet: Evaluation) -> None:
    text = render(sentence(over(quiet)), "en")
    assert text.endswith("breach probability for the year 81%, amber from 70%")
    evaluation = replace(over(quiet), shift=quiet.shift, breach_probability=0.34)
    assert render(sentence(evaluation), "zh_CN").endswith("未触发预警：全年超限概率34%，70%起为黄色预警")


def test_what_a_process_on_plan_hardly_reaches_is_said_with_only(quiet: Evaluation) -> None:
    evaluation = replace(over(quiet), chance_on_plan=0.004)
    assert "仅有不到1%的可能达到45" in render(sentence(evaluation), "zh_CN")
    assert "only with a chance of less than 1%" in render(sentence(evaluation), "en")


def test_more_complaints_and_red_are_said_with_their_weeks(quiet: Evaluation) -> None:
    evaluation = replace(
        over(quiet),
        breach_probability=0.997,
        volume=replace(quiet.volume, since=18),
        red=replace(quiet.red, since=20),
    )
    text = render(sentence(evaluation), "zh_CN")
    assert "投诉量上升信号自第18周成立" in text
    assert text.endswith("全年超限概率>99%（红色预警，自第20周）")


def test_an_exceeded_allowance_is_said_in_customers(quiet: Evaluation) -> None:
    evaluation = replace(over(quiet), actual=83)
    assert render(sentence(evaluation), "zh_CN").endswith("全年允许80位，已超3位")
    assert render(sentence(evaluation), "en").endswith("the year's allowance of 80 is exceeded by 3")


@pytest.mark.parametrize(
    ("actual", "zh"),
    [(80, "年度结束：未达成一致80位，全年允许80位，未超限"), (81, "年度结束：未达成一致81位，全年允许80位，超限")],
)
def test_a_finished_year_is_said_as_a_fact(quiet: Evaluation, actual: int, zh: str) -> None:
    assert render(sentence(replace(quiet, year_over=True, actual=actual)), "zh_CN") == zh


def test_a_year_that_has_not_begun_is_said_so(quiet: Evaluation) -> None:
    assert render(sentence(replace(quiet, week=None)), "zh_CN") == "年度尚未开始，全年允许80位"


def test_r03_a_small_base_says_what_is_left_and_how_likely_it_lasts(quiet: Evaluation) -> None:
    small = small_base(4, 1, [0.3, 0.2], forecast=20, arrived=8, elapsed=0.43, risk=0.1)
    evaluation = replace(quiet, actual=1, threshold=1.7, position=position(1, 1.7, near=0.8, over=1.0), small=small)
    expected = f"{small.p_ok * 100:.0f}%"
    text = render(sentence(evaluation), "zh_CN")
    assert (
        text == "第23周正常：实际1，管控值1.7；允许4位，剩余3位，未结2件，预计还有约11位投诉客户；"
        f"有约{expected}的可能全年不超限"
    )
    exceeded = small_base(4, 6, [], forecast=20, arrived=8, elapsed=0.43, risk=0.1)
    assert render(sentence(replace(evaluation, small=exceeded)), "zh_CN").endswith("全年允许4位，已超2位")


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "0%"), (0.004, "<1%"), (0.01, "1%"), (0.345, "35%"), (0.99, "99%"), (0.9951, ">99%"), (1.0, "100%")],
)
def test_a_chance_carries_no_more_digits_than_it_deserves(chance: float, said: str) -> None:
    assert render(percent(chance), "en") == said
    assert render(percent(chance), "zh_CN") == said


def test_every_alarm_can_say_why_it_does_not_stand(quiet: Evaluation) -> None:
    evaluation = replace(quiet, actual=38, threshold=41.2, amber=replace(quiet.amber, by_week=pd.Series([0.34])))
    assert render(why(evaluation, "position"), "en") == "38 against 41.2; over from above 100% of the threshold"
    assert render(why(evaluation, "breach_amber"), "en") == "breach probability 34%, amber from 70%"
    assert render(why(evaluation, "breach_amber"), "zh_CN") == "超限概率34%，70%起为黄色预警"
    assert render(why(evaluation, "breach_red"), "en").endswith("red from 85%")
    assert render(why(evaluation, "shift"), "en").startswith("sum of worse outcomes ")
    assert render(why(evaluation, "volume"), "zh_CN").startswith("投诉增多的信号值")


@pytest.mark.parametrize(
    ("absent", "said"),
    [
        ("not_begun", "the year has not begun"),
        ("small_base", "small base: watched case by case, no alarm on rates"),
        ("no_plan", "the plan allows nobody, so there is no rate to measure against"),
        ("no_forecast", "no usable forecast of customers for this class"),
    ],
)
def test_an_absent_evidence_says_why_it_is_absent(quiet: Evaluation, absent: str, said: str) -> None:
    nothing = replace(quiet.shift, by_week=pd.Series(dtype=float), absent=absent)  # type: ignore[arg-type]
    assert render(why(replace(quiet, shift=nothing), "shift"), "en") == said
