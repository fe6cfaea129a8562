"""The demo bank's calls and chats have courses, steps and tendencies that their truth describes."""

from __future__ import annotations

import pandas as pd
import pytest

from data.demo import EXPORT_END, DemoBank, demo_bank
from data.demo.material import conversation_phrases


@pytest.fixture(scope="module")
def bank() -> DemoBank:
    return demo_bank()


@pytest.fixture(scope="module")
def turns(bank: DemoBank) -> pd.DataFrame:
    return bank.interactions.merge(bank.truth.turns, on=["interaction_id", "turn"], validate="one_to_one")


def test_there_are_about_3000_conversations_of_several_turns_each(turns: pd.DataFrame) -> None:
    length = turns.groupby("interaction_id").size()
    assert 2_700 <= len(length) <= 3_200
    assert length.between(3, 12).all()
    numbered = turns.groupby("interaction_id")["turn"].agg(["min", "max", "size"])
    assert (numbered["min"] == 1).all()
    assert (numbered["max"] == numbered["size"]).all()


def test_the_required_columns_are_filled_and_times_run_forward(turns: pd.DataFrame) -> None:
    required = ["interaction_id", "turn", "at", "medium", "speaker", "text", "customer_id", "branch_id", "product"]
    assert turns[required].notna().all(axis=None)
    assert set(turns["medium"]) == {"call", "chat"}
    assert set(turns["speaker"]) == {"agent", "customer"}
    waits = turns.sort_values(["interaction_id", "turn"]).groupby("interaction_id")["at"].diff().dropna()
    assert (waits > pd.Timedelta(0)).all()
    assert turns["at"].max() <= EXPORT_END


def test_only_customers_have_an_emotion(turns: pd.DataFrame) -> None:
    assert (turns["emotion"].notna() == turns["speaker"].eq("customer")).all()


def test_r13_emotion_follows_the_course(bank: DemoBank, turns: pd.DataFrame) -> None:
    spoken = turns.dropna(subset=["emotion"]).groupby("interaction_id")["emotion"]
    table = bank.truth.interactions.set_index("interaction_id").join(
        pd.DataFrame({"start": spoken.first(), "worst": spoken.max(), "end": spoken.last()})
    )
    by_course = table.groupby("course")
    assert (by_course["worst"].max()["calm"], by_course["start"].min()["angry"]) == (0, 2)
    assert (by_course["end"].min()["worsening"], by_course["end"].max()["appeased"]) == (2, 1)
    worsening = table[table["course"] == "worsening"]
    assert (worsening["start"] < 2).all()
    assert table["course"].value_counts(normalize=True).min() > 0.05


def test_r13_tendencies_are_spoken_in_words(bank: DemoBank, turns: pd.DataFrame) -> None:
    phrases = conversation_phrases()["tendency"]
    text = turns[turns["speaker"] == "customer"].groupby("interaction_id")["text"].agg("".join)
    found = 0
    for interaction_id, tendencies in bank.truth.interactions[["interaction_id", "tendencies"]].to_numpy():
        for tendency in filter(None, tendencies.split(",")):
            found += 1
            assert any(phrase in text[interaction_id] for phrase in phrases[tendency])
    assert found > 300


def test_conversations_of_a_ticket_name_its_customer_and_branch(bank: DemoBank) -> None:
    linked = bank.interactions.dropna(subset=["ticket_id"]).drop_duplicates("interaction_id")
    tickets = bank.tickets.drop_duplicates("ticket_id")[["ticket_id", "customer_id", "branch_id"]]
    both = linked.merge(tickets, on="ticket_id", suffixes=("", "_of_ticket"))
    assert len(both) == len(linked) > 800
    assert (both["customer_id"] == both["customer_id_of_ticket"]).all()
    assert (both["branch_id"] == both["branch_id_of_ticket"]).all()


def test_texts_are_varied_and_leave_no_slot_open(turns: pd.DataFrame) -> None:
    assert not turns["text"].str.contains(r"[{}]").any()
    described = turns[(turns["step"] == "describe") & (turns["speaker"] == "customer")]["text"]
    assert described.nunique() / len(described) > 0.6
