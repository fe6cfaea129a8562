"""Calls: where they turn, at which step, which weak points and topics are beyond chance."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from analytics.voice.calls import by_week, turnings
from analytics.voice.rising import FALSE_LOOKS, LONGER_DAYS, RECENT_DAYS, rising_topics
from analytics.voice.steps import steps_of
from analytics.voice.topics import learn_causes
from analytics.voice.weak_points import reached_steps, weak_points
from benchmarks.rising import named, world
from ui.voice_calls import said_before


def call(name: str, scores: list[float | None]) -> pd.DataFrame:
    """A call; a number is a customer's turn with that chance of anger, None an agent's turn."""
    return pd.DataFrame(
        {
            "interaction_id": name,
            "turn": range(1, len(scores) + 1),
            "speaker": ["agent" if score is None else "customer" for score in scores],
            "text": "…",
            "p_negative": scores,
        }
    ).astype({"p_negative": float})


def test_r13_a_call_turns_where_what_follows_is_angrier_than_what_went_before() -> None:
    told = pd.concat(
        [
            call("turned", [None, 0.3, None, 0.4, None, 0.92, None, 0.95]),
            call("calm", [None, 0.3, None, 0.4, None, 0.2]),
            call("angry", [None, 0.97, None, 0.96, None, 0.95]),
            call("appeased", [None, 0.9, None, 0.5, None, 0.1]),
            call("angrier", [None, 0.97, None, 0.93, None, 0.99, None, 0.99]),  # it was angry already
            call("once", [None, 0.3, None, 0.9, None, 0.3, None, 0.2]),
        ]
    )
    found = turnings(told).set_index("interaction_id")
    assert found["shape"].to_dict() == {
        "angrier": "angry",
        "angry": "angry",
        "appeased": "appeased",
        "calm": "calm",
        "once": "calm",  # one bad sentence alone tells the matter
        "turned": "turned",
    }
    assert found.at["turned", "turned_at"] == 6
    assert found["turned_at"].notna().sum() == 1
    assert found.at["turned", "angry_turns"] == 2


def test_r13_what_was_said_just_before_a_turning_is_the_agents_last_turn() -> None:
    told = call("turned", [None, 0.3, None, 0.92]).assign(text=["a", "b", "c", "d"])
    assert said_before(told, 4) == "c"
    assert said_before(told, None) is None
    assert said_before(told.iloc[1:2], 2) is None


def test_a_call_without_scores_has_no_course() -> None:
    assert turnings(call("quiet", [None, None])).empty
    assert "shape" in turnings(call("x", [None]))


def test_calls_are_counted_by_the_week_from_monday() -> None:
    calls = pd.DataFrame(
        {"started_at": pd.to_datetime(["2025-07-27 23:00", "2025-07-28 08:00"]), "shape": ["calm", "turned"]}
    )
    weeks = by_week(calls)
    assert [f"{week:%Y-%m-%d}" for week in weeks["week"]] == ["2025-07-21", "2025-07-28"]
    assert weeks["turned"].tolist() == [0, 1]


def test_the_step_of_a_turn_is_what_the_agent_just_did() -> None:
    lines = [
        ("agent", "您好,客服中心,请说。", "describe"),
        ("customer", "贷款还不上", "describe"),
        ("agent", "请您提供一下姓名和证件后四位,我核对一下。", "verify"),
        ("customer", "好的", "verify"),
        ("agent", "合同第八条约定提前还款收取百分之一违约金。", "explain"),
        ("customer", "不接受", "explain"),
        ("agent", "我帮您转接主管,请稍等。", "wait"),
        ("customer", "好", "wait"),
        ("agent", "感谢您的来电,祝您生活愉快。", "close"),
        ("customer", "再见", "close"),
    ]
    turns = pd.DataFrame(lines, columns=["speaker", "text", "step"])
    turns = turns.assign(interaction_id="I1", turn=range(1, len(lines) + 1))
    assert steps_of(turns).tolist() == turns["step"].tolist()


def cells(rng: np.random.Generator, *, planted: float | None) -> pd.DataFrame:
    """Calls of 6 topics × 4 steps × 12 branches that turn angry at 10%; one cell at `planted`."""
    every = [(t, s, b) for t in range(6) for s in ("verify", "explain", "wait", "close") for b in range(12)]
    rate = np.array([planted if planted and cell == (0, "explain", 3) else 0.10 for cell in every])
    worsened = (rng.random((len(every), 15)) < rate[:, None]).ravel()
    names = [(f"T{topic}", step, f"B{branch:02d}") for topic, step, branch in every for _ in range(15)]
    return pd.DataFrame(names, columns=["topic", "step", "branch_id"]).assign(worsened=worsened)


def test_r14_a_planted_weak_point_is_found_and_nothing_else() -> None:
    found = [weak_points(cells(np.random.default_rng(seed), planted=0.75)).found for seed in range(10)]
    named = [set(zip(one["topic"], one["step"], one["branch_id"], strict=True)) for one in found]
    assert sum(("T0", "explain", "B03") in one for one in named) >= 9
    assert sum(len(one - {("T0", "explain", "B03")}) for one in named) <= 1


def test_r14_equal_branches_have_no_weak_point() -> None:
    false = [len(weak_points(cells(np.random.default_rng(seed), planted=None)).found) > 0 for seed in range(40)]
    assert sum(false) <= 4  # at most 5% are expected; with 40 worlds more than 4 have a chance of 5%


def test_r14_a_few_calls_are_not_judged() -> None:
    few = pd.DataFrame({"topic": "A", "step": "wait", "branch_id": "B1", "worsened": [True] * 7})
    result = weak_points(few)
    assert (result.judged, result.too_small, len(result.found)) == (0, 1, 0)
    assert result.grid["worsened"].tolist() == [7]


def test_a_step_after_the_turning_does_not_count() -> None:
    turns = call("I1", [None, 0.3, None, 0.95, None, 0.95]).assign(
        step=["describe", "describe", "explain", "explain", "wait", "wait"], topic="A", branch_id="B1"
    )
    rows = reached_steps(turns, turnings(turns))
    assert list(zip(rows["step"], rows["worsened"], strict=True)) == [("explain", True)]


def heard(rng: np.random.Generator, rate: float, days: int = 40) -> tuple[dict[str, tuple[str, str]], pd.Series]:
    """Eight calls a day for 240 days about one of 30 causes; in the last `days` the first is `rate` times as common."""
    at = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.arange(0, 240, 0.12), unit="D")
    late = at >= pd.Timestamp("2025-01-01") + pd.Timedelta(days=240 - days)
    causes, names = {}, []
    for number, recent in enumerate(late):
        weights = np.ones(30)
        weights[0] = rate if recent else 1.0
        cause = int(rng.choice(30, p=weights / weights.sum()))
        name = f"I{number:05d}"
        names.append(name)
        causes[name] = (f"class {cause % 6}", f"cause {cause}")
    return causes, pd.Series(at, index=names)


def test_r14_a_topic_that_rises_is_found() -> None:
    found = 0
    for seed in range(5):
        causes, day = heard(np.random.default_rng(seed), 4.0)
        rising = rising_topics(causes, {}, day, date(2025, 8, 28))
        found += ("class 0", "cause 0") in rising.topics["name"].tolist()
        assert len(rising.topics) <= 2
        assert rising.recent == pytest.approx(RECENT_DAYS / 0.12, abs=2)
    assert found == 5


def test_r14_steady_topics_raise_nothing() -> None:
    false = 0
    for seed in range(100, 120):
        causes, day = heard(np.random.default_rng(seed), 1.0)
        false += len(rising_topics(causes, {}, day, date(2025, 8, 28)).topics) > 0
    assert false <= 1


def test_r14_a_rise_that_has_lasted_is_still_named() -> None:
    causes, day = heard(np.random.default_rng(3), 4.0, days=84)
    rising = rising_topics(causes, {}, day, date(2025, 8, 28))
    assert rising.topics["name"].tolist() == [("class 0", "cause 0")]
    assert rising.topics["days"].tolist() == [LONGER_DAYS]


def test_r14_worlds_in_which_nothing_rises_name_as_little_as_the_screen_says() -> None:
    looks = [bool(named(world(seed, 0.0), weeks)) for seed in range(12) for weeks in (30, 38, 46)]
    # 36 looks at a rate of FALSE_LOOKS[0] give more than this in 2% of cases.
    assert sum(looks) <= binom.ppf(0.98, len(looks), FALSE_LOOKS[0])


def test_nothing_is_called_new_without_a_past() -> None:
    day = pd.Series(pd.to_datetime(["2025-07-01"] * 20), index=[f"I{n}" for n in range(20)])
    rising = rising_topics(dict.fromkeys(day.index, ("A", "x")), {}, day, date(2025, 7, 2))
    assert not rising.enough
    assert rising.topics.empty


def test_new_words_are_a_topic_where_no_cause_names_them() -> None:
    causes, day = heard(np.random.default_rng(7), 1.0)
    late = list(day.index[day >= pd.Timestamp("2025-08-10")])[:40]
    words = {name: frozenset({"数字", "人民币"}) for name in late}
    rising = rising_topics(causes, words, day, date(2025, 8, 28))
    assert rising.topics["kind"].tolist() == ["words"]
    assert set(rising.topics["name"].iloc[0]) == {"数字", "人民币"}
    assert set(rising.calls["interaction_id"]) == set(late)


def test_a_call_is_about_the_cause_whose_complaints_are_worded_alike() -> None:
    tickets = pd.DataFrame(
        {
            "complaint_class": ["贷款", "贷款", "卡"] * 5,
            "cause": ["排队", "违约金", "年费"] * 5,
            "product": ["房贷"] * 15,
        }
    )
    words = [frozenset({"排队", "预约"}), frozenset({"违约金", "合同"}), frozenset({"年费", "扣款"})] * 5
    causes = learn_causes(tickets, words)
    assert causes.topic_of_product("房贷") == "贷款"
    assert causes.cause_of(frozenset({"预约", "排队"}), None) == ("贷款", "排队")
    assert causes.cause_of(frozenset({"年费"}), "卡") == ("卡", "年费")
    assert causes.cause_of(frozenset({"天气"}), None) is None
