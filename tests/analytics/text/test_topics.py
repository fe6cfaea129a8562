"""Words, handling steps, topics, and what rises among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from analytics.text.rising import rising_labels, rising_topics
from analytics.text.segment import content_words, words
from analytics.text.steps import steps_of_turns
from analytics.text.topic import fit_topics, topics_of
from data.demo import DemoBank


def test_words_keep_the_text_and_topic_words_leave_out_what_says_nothing() -> None:
    assert "".join(words("客户来电,反映提前还款!")) == "客户来电,反映提前还款!"
    assert content_words("客户来电反映12345,提前还款的违约金,请问") == ["提前", "还款", "违约金"]


def test_r14_steps_follow_what_the_agent_does() -> None:
    turns = pd.DataFrame(
        [
            ("agent", "您好,请问有什么可以帮您?", "describe"),
            ("customer", "提前还款要违约金吗", "describe"),
            ("agent", "请报一下卡号后四位,我核对一下。", "verify"),
            ("customer", "尾号1234", "verify"),
            ("agent", "合同约定一年内提前还款收取1%。", "explain"),
            ("customer", "合同里没有写!", "explain"),
            ("agent", "我为您登记,三个工作日内有专人联系您。", "wait"),
            ("customer", "又要等?", "wait"),
            ("agent", "请问还有其他可以帮您的吗?", "close"),
        ],
        columns=["speaker", "text", "expected"],
    ).assign(interaction_id="I1")
    turns["turn"] = range(1, len(turns) + 1)
    mixed = turns.sample(frac=1, random_state=2)
    told = steps_of_turns(mixed)
    assert told.index.equals(mixed.index)
    assert told.tolist() == mixed["expected"].tolist()


def test_r14_steps_of_the_demo_bank_are_told(bank: DemoBank) -> None:
    turns = bank.interactions.merge(bank.truth.turns, on=["interaction_id", "turn"])
    turns = turns[turns["step"] != "greeting"]
    assert (steps_of_turns(turns) == turns["step"]).mean() >= 0.90


def test_r14_topics_are_learnt_from_tickets_and_told_of_calls(bank: DemoBank) -> None:
    tickets = bank.tickets.drop_duplicates("ticket_id").head(4_000)
    model = fit_topics(tickets["narrative"].tolist(), tickets["complaint_class"].tolist())
    assert model is not None
    calls = bank.interactions[bank.interactions["speaker"] == "customer"]
    said = calls.groupby("interaction_id")["text"].agg(" ".join)
    told = topics_of(said.tolist(), model)
    truth = bank.truth.interactions.set_index("interaction_id")["topic"].reindex(said.index)
    assert (told["topic"].to_numpy() == truth.to_numpy()).mean() >= 0.95
    assert told["probability"].between(0, 1).all()


def test_too_few_texts_teach_no_topic_and_a_text_without_known_words_has_none() -> None:
    assert fit_topics(["提前还款违约金"] * 5, ["a"] * 5) is None
    model = fit_topics(["提前还款违约金"] * 30 + ["登录失败人脸"] * 30, ["a"] * 30 + ["b"] * 30)
    assert model is not None
    told = topics_of(["违约金太高", "登录不了,人脸不行", "zzz"], model)
    assert told["topic"].tolist()[:2] == ["a", "b"]
    assert told["topic"].isna().tolist() == [False, False, True]


def test_r14_a_label_that_rises_is_told_with_its_interval() -> None:
    labels = ["a"] * 20 + ["b"] * 100 + ["a"] * 10 + ["b"] * 300
    recent = [True] * 120 + [False] * 310
    row = rising_labels(labels, recent).set_index("label").loc["a"]
    assert (row["recent"], row["before"], bool(row["rises"])) == (20, 10, True)
    assert row["ratio"] == pytest.approx((20 / 120) / (10 / 310))
    test = binomtest(20, 30, 120 / 430, alternative="greater")
    assert row["p"] == pytest.approx(test.pvalue)
    low, high = binomtest(20, 30).proportion_ci(0.95)
    assert row["low"] == pytest.approx(low / (1 - low) * 310 / 120)
    assert row["high"] == pytest.approx(high / (1 - high) * 310 / 120)


def test_r14_by_chance_hardly_anything_rises() -> None:
    rng = np.random.default_rng(3)
    worlds = 100
    false_alarms = 0
    for _ in range(worlds):
        labels = rng.choice(list("abcdefghij"), 600).tolist()
        false_alarms += bool(rising_labels(labels, (rng.random(600) < 0.2).tolist())["rises"].any())
    assert false_alarms / worlds <= 0.07


def test_r14_a_new_topic_comes_up_in_its_own_words() -> None:
    usual = ["提前还款违约金太高", "信用卡年费没有说明", "理财亏损本金"] * 40
    new = ["人脸识别失败无法登录"] * 12
    found = rising_topics(usual + usual[:30] + new, [False] * 120 + [True] * 42)
    assert len(found) == 1
    assert {"人脸识别", "登录"} <= set(found.loc[0, "terms"])
    assert found.loc[0, "texts"] == tuple(range(150, 162))


def test_nothing_recent_or_nothing_before_gives_an_empty_table() -> None:
    assert rising_labels(["a"] * 20, [True] * 20).empty
    assert rising_labels(["a"] * 20, [False] * 20).empty
    assert rising_topics([], []).empty
