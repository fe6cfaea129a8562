"""A name that one text of a conversation or ticket introduces is masked in all of its texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.masking_conversations import counted
from data.masking import mask_columns, mask_text, mask_together
from data.scope import HEAD_OFFICE, Scope
from data.store import Store

INTRODUCED = {
    # whole, wherever it stands
    ("我叫周晓彤", "那张单子上周晓彤没写"): "那张单子上〔姓名〕没写",
    ("经办人【段和平】", "等通知"): "等通知",
    # the surname before a title
    ("姓名:和晓东", "和先生,请稍等"): "〔姓名〕先生,请稍等",
    ("姓名:时晓东", "时先生,请稍等"): "〔姓名〕先生,请稍等",
    ("姓名:时晓东", "到时经理会来,当时主任不在"): "到时经理会来,当时主任不在",
    ("我叫金美兰", "基金经理说的,资金主管也知道"): "基金经理说的,资金主管也知道",
    # the given name alone, where it is two characters
    ("我叫周晓彤", "已告知晓彤"): "已告知〔姓名〕",
    ("我叫张志明", "转告志明,标志明显的地方"): "转告〔姓名〕,标志明显的地方",
    ("我叫张志明", "志明路支行在哪"): "志明路支行在哪",
    ("我叫马芳", "芳草地网点关了"): "芳草地网点关了",
    # a given name that is a word: only where a person is meant
    ("客户李建国来电", "建国路支行和建国门都去过"): "建国路支行和建国门都去过",
    ("客户李建国来电", "建国先生又来了"): "〔姓名〕先生又来了",
    ("客户刘平安来电", "祝您平安,平安保险的扣款没有退"): "祝您平安,平安保险的扣款没有退",
    ("客户赵成功来电", "转账没有成功"): "转账没有成功",
    # other scripts and several parts
    ("我叫阿卜杜拉·买买提", "阿卜杜拉·买买提的卡"): "〔姓名〕的卡",
    ("客戶經理韓雲瑩承諾保本", "問了雲瑩沒用"): "問了〔姓名〕沒用",
    # what nothing introduces as a name is not looked for
    ("马上给我处理", "马上到期了"): "马上到期了",
}


@pytest.mark.parametrize(("texts", "masked"), INTRODUCED.items())
def test_a_name_introduced_in_one_text_goes_in_the_others(texts: tuple[str, str], masked: str) -> None:
    introduction, other = texts
    assert mask_together([introduction, other])[1] == masked
    assert mask_together([other], [introduction]) == [masked], "also where the one that introduces is not shown"
    assert mask_text(f"{introduction}。{other}").endswith(f"。{masked}"), "also within one text"


def test_recall_in_written_conversations_is_what_the_documentation_says() -> None:
    found = counted(mask_together)
    assert found["whole again"][0] >= 0.9 * found["whole again"][1]
    assert found["given name again"][0] >= 0.9 * found["given name again"][1]
    assert found["surname again"][0] == found["surname again"][1]
    assert found["word"][0] <= 8
    assert found["text with more masked"][0] <= 9


PIECES = ["我叫", "周晓彤", "晓彤", "周", "先生", "客户", "标志明显", "张志明", "志明", "路", ",", "说", "13812345678"]
TURNS = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=5)


@settings(max_examples=200)
@given(TURNS)
def test_together_at_least_as_much_is_masked_and_masked_again_nothing_changes(texts: list[str]) -> None:
    masked = mask_together(texts)
    assert mask_together(masked) == masked
    for text, alone, one in zip(texts, map(mask_text, texts), masked, strict=True):
        assert len(one.replace("〔姓名〕", "")) <= len(alone.replace("〔姓名〕", "")) <= len(text)


@given(TURNS)
def test_a_conversation_without_a_name_in_it_is_masked_text_by_text(texts: list[str]) -> None:
    plain = [text for text in texts if "〔姓名〕" not in mask_text(text)]
    assert mask_together(plain) == [mask_text(text) for text in plain]


def test_columns_are_masked_by_ticket_else_by_call_and_never_across() -> None:
    calls = pd.DataFrame(
        {
            "interaction_id": ["I1", "I1", "I2", "I3", "I4"],
            "ticket_id": [None, None, None, "T1", "T1"],
            "text": ["我叫周晓彤", "晓彤来过", "晓彤来过", "客户王海燕来电", "王海燕没接"],
        }
    )
    by_ticket_or_call = ["我叫〔姓名〕", "〔姓名〕来过", "晓彤来过", "客户〔姓名〕来电", "〔姓名〕没接"]
    assert mask_columns(calls)["text"].tolist() == by_ticket_or_call
    tickets = pd.DataFrame(
        {"ticket_id": ["T1", "T2"], "narrative": ["客户周晓彤来电", None], "reply_text": ["晓彤认可", "晓彤认可"]}
    )
    assert mask_columns(tickets)["reply_text"].tolist() == ["〔姓名〕认可", "晓彤认可"]
    others = pd.DataFrame({"ticket_id": ["T2", "T2"], "text": ["我叫周晓彤", None]})
    assert mask_columns(tickets, others)["reply_text"].tolist() == ["〔姓名〕认可", "〔姓名〕认可"]


TICKET = (
    "INSERT INTO stored.ticket_versions (ticket_id, customer_id, received_at, complaint_class, branch_id, narrative,"
    " reply_text, import_id, recorded_on, status_at, status_columns, content_hash, known_on)"
    " VALUES (?, 'C1', TIMESTAMP '2025-03-05 09:00', '提前还款', 'B01', ?, '晓彤认可', 1, DATE '2025-03-06',"
    " TIMESTAMP '2025-03-06 00:00', 0, 'x', DATE '2025-03-06')"
)
STEP = (
    "INSERT INTO stored.events (ticket_id, event, happened_at, party, detail, import_id, recorded_on, content_hash)"
    " VALUES (?, 'contact', TIMESTAMP '2025-03-05 10:00', 'bank', '已告知晓彤', 1, DATE '2025-03-06', 'x')"
)
TURN = (
    "INSERT INTO stored.interactions (interaction_id, turn, happened_at, medium, speaker, text, branch_id, ticket_id,"
    " import_id, recorded_on, content_hash)"
    " VALUES (?, ?, TIMESTAMP '2025-03-05 11:00', 'call', 'customer', ?, 'B01', ?, 1, DATE '2025-03-06', 'x')"
)
DAY = date(2025, 3, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    with opened.writing() as cursor:
        cursor.execute(TICKET, ["T1", "客户周晓彤来电"])
        cursor.execute(TICKET, ["T2", "客户来电"])
        for ticket in ("T1", "T2"):
            cursor.execute(STEP, [ticket])
        cursor.execute(TURN, ["I1", 1, "晓彤是我,海燕接待的我", "T1"])
        cursor.execute(TURN, ["I2", 1, "晓彤是我", None])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "column", "asked"),
    [
        ("case_events", "detail", {"tickets": ["T1"]}),
        ("case_events", "detail", {"tickets": ["T1", "T3"]}),
        ("letter_steps", "detail", {"ticket_id": "T1"}),
        ("case_ticket", "reply_text", {"ticket_id": "T1"}),
        ("case_conversations", "text", {"ticket_id": "T1"}),
        ("call_turns", "text", {"interaction_id": "I1"}),
    ],
)
def test_r14_what_a_ticket_introduces_is_masked_in_its_steps_its_reply_and_its_calls(
    store: Store, name: str, column: str, asked: dict[str, object]
) -> None:
    found = store.read(name, HEAD_OFFICE, DAY, **asked)[column]
    assert len(found)
    assert "〔姓名〕" in found.iloc[0]
    assert "晓彤" not in found.iloc[0]


def test_what_one_ticket_introduces_says_nothing_of_another(store: Store) -> None:
    both = store.read("case_events", HEAD_OFFICE, DAY, tickets=["T1", "T2"]).set_index("ticket_id")["detail"]
    assert both.to_dict() == {"T1": "已告知〔姓名〕", "T2": "已告知晓彤"}
    assert store.read("call_turns", HEAD_OFFICE, DAY, interaction_id="I2")["text"].iloc[0] == "晓彤是我"


def test_a_name_that_a_later_call_introduces_goes_from_what_was_read_before(store: Store) -> None:
    before = store.read("case_ticket", HEAD_OFFICE, DAY, ticket_id="T2")
    assert before["reply_text"].iloc[0] == "晓彤认可"
    with store.writing() as cursor:
        cursor.execute(TURN, ["I3", 1, "我叫周晓彤", "T2"])
        store.only_turns()
    after = store.read("case_ticket", HEAD_OFFICE, DAY, ticket_id="T2")
    assert after["reply_text"].iloc[0] == "〔姓名〕认可"


def test_who_may_not_see_the_ticket_reads_its_call_as_it_stands_alone(store: Store) -> None:
    assert store.read("call_turns", Scope("branch", "B02"), DAY, interaction_id="I1").empty
