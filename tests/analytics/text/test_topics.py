"""Words, handling steps and topics."""

from __future__ import annotations

import pandas as pd

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
