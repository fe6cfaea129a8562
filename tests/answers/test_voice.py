"""The demo bank's calls through the whole product: what is planted is found, nothing is lost, nothing leaks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd

from analytics.voice.steps import steps_of
from answers.turn_scores import score_all, score_arrived
from answers.voice import voice, voice_counts
from data.arrival import bring_in
from data.demo import demo_bank
from data.demo.truth import RISING_TOPIC, WEAK_POINT
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE, Scope
from data.store import Store


def test_r14_the_planted_weak_point_is_found_and_nothing_else(heard_demo: Store) -> None:
    for day in (DEMO_AS_OF, date(2025, 12, 31)):
        found = voice(heard_demo, HEAD_OFFICE, day).weak.found
        assert list(zip(found["topic"], found["step"], found["branch_id"], strict=True)) == [
            (WEAK_POINT.complaint_class, WEAK_POINT.subject, WEAK_POINT.branches[0])
        ]
        assert found["low"].iloc[0] > found["elsewhere"].iloc[0]


def test_r14_the_planted_topic_rises_in_autumn_stays_and_nothing_else_is_named(heard_demo: Store) -> None:
    planted = (RISING_TOPIC.complaint_class, RISING_TOPIC.cause)
    assert voice(heard_demo, HEAD_OFFICE, DEMO_AS_OF).rising.topics.empty
    for day in (date(2025, 11, 15), date(2025, 12, 31)):
        assert voice(heard_demo, HEAD_OFFICE, day).rising.topics["name"].tolist() == [planted]


def test_r13_courses_and_steps_are_near_the_planted_ones(heard_demo: Store) -> None:
    truth = demo_bank().truth
    calls = voice(heard_demo, HEAD_OFFICE, DEMO_AS_OF).calls.merge(
        truth.interactions, on="interaction_id", suffixes=("", "_")
    )
    turned = calls["shape"].eq("turned")
    worsened = calls["course"].eq("worsening")
    assert turned[worsened].mean() > 0.85
    assert calls.loc[calls["course"].eq("calm"), "shape"].eq("turned").mean() < 0.03
    assert calls["topic"].eq(calls["topic_"]).mean() > 0.99
    assert calls["cause"].eq(calls["cause_"]).mean() > 0.95
    turns = demo_bank().interactions.merge(truth.turns, on=["interaction_id", "turn"])
    said = turns["speaker"].eq("customer")
    assert steps_of(turns)[said].eq(turns["step"][said]).mean() > 0.95


def test_r13_the_counts_are_those_of_the_raw_turns(heard_demo: Store) -> None:
    counts = voice_counts(heard_demo, HEAD_OFFICE, DEMO_AS_OF)
    turns = demo_bank().interactions
    starts = turns.groupby("interaction_id")["at"].min()
    assert counts.week == starts.between("2025-07-21", "2025-07-28").sum()
    assert counts.before == starts.between("2025-06-23", "2025-07-21").sum()
    assert counts.unscored == 0


def test_a_branch_reader_hears_only_its_own_calls(heard_demo: Store) -> None:
    own = voice(heard_demo, Scope("branch", "B03"), DEMO_AS_OF)
    assert set(own.calls["branch_id"]) == {"B03"}


def test_nothing_later_than_the_day_is_heard(heard_demo: Store) -> None:
    early = voice(heard_demo, HEAD_OFFICE, date(2025, 3, 31)).calls
    assert early["started_at"].max() < pd.Timestamp("2025-04-01")


def conversation(number: int, text: str) -> str:
    turns = [
        {"at": f"2025-07-27 10:{number % 60:02d}:00", "speaker": "agent", "text": "您好,请讲。"},
        {"at": f"2025-07-27 10:{number % 60:02d}:09", "speaker": "customer", "text": text},
    ]
    head = {"interaction_id": f"I{number}", "medium": "call", "branch_id": "B01", "turns": turns}
    return json.dumps(head, ensure_ascii=False)


def test_r13_what_comes_in_is_scored_once_and_nothing_is_lost(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    for part in range(3):
        path = tmp_path / f"{part}.jsonl"
        texts = ["你们太欺负人了!我要打12378投诉!", "谢谢,问题解决了。"]
        lines = [conversation(1000 * part + n, texts[n % 2]) for n in range(50)]
        path.write_text("\n".join(lines), encoding="utf-8")
        bring_in(store, path, recorded_on=date(2025, 7, 27))
        if part != 1:  # one file is left to the next look
            score_arrived(store)
    assert score_arrived(store) == 0
    turns = store.read("voice_turns", HEAD_OFFICE, date(2025, 7, 27), since=date(2025, 7, 1), most=1000)
    said = turns[turns["speaker"] == "customer"]
    assert len(said) == 150
    assert said["p_negative"].notna().all()
    assert said["tendencies"].str.contains("regulator").sum() == 75
    assert said.groupby("text")["p_negative"].nunique().eq(1).all()
    store.close()


def test_scoring_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(conversation(n, f"第{n}次投诉") for n in range(30)), encoding="utf-8")
    bring_in(store, path, recorded_on=date(2025, 7, 27))
    assert score_arrived(store, 20) == 20
    heard = voice(store, HEAD_OFFICE, date(2025, 7, 27))
    assert (len(heard.calls), heard.waiting) == (20, 10), "what is not scored is not called calm"
    store.close()
    again = Store(tmp_path / "store.duckdb")
    assert score_all(again) == 10
    assert score_all(again) == 0
    again.close()


def test_calls_that_come_in_do_not_throw_away_what_is_said_of_tickets(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    path = tmp_path / "a.jsonl"
    path.write_text(conversation(1, "你好"), encoding="utf-8")
    changes, heard = store.changes, store.turns_heard
    bring_in(store, path, recorded_on=date(2025, 7, 27))
    score_arrived(store)
    assert store.changes == changes
    assert store.turns_heard > heard
    assert len(store.read("imports", HEAD_OFFICE, date.max)) == 1
    store.close()


def test_what_was_read_of_calls_before_is_not_kept_when_more_come_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    path, day = tmp_path / "a.jsonl", date(2025, 7, 27)
    kept = set()
    for number in range(4):
        path.write_text(conversation(number, "你好"), encoding="utf-8")
        bring_in(store, path, recorded_on=day)
        store.read("classes", HEAD_OFFICE, day, year=2025)
        assert voice_counts(store, HEAD_OFFICE, day).week == number + 1
        kept.add(len(store._results))
    assert len(kept) == 1
    store.close()


def test_a_store_without_calls_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    heard = voice(store, HEAD_OFFICE, date(2025, 7, 27))
    assert heard.calls.empty
    assert heard.weak.judged == 0
    assert not heard.rising.enough
    assert voice_counts(store, HEAD_OFFICE, date(2025, 7, 27)).week == 0
    store.close()
