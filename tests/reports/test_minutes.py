"""The weekly review: an agenda from the store, minutes and pack frozen at closing, never rewritten."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from docx import Document

from analytics.agenda import Agenda, Item, Section
from analytics.course import DECISION
from answers.decisions import decide, decisions
from answers.hazards import find_hazard
from answers.measures import take_measure
from answers.registers import take_step
from answers.reviews import note, review, reviews, since_last
from data.ledger import Entry
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.agenda import agenda
from reports.letter_draft import letter_from_warning
from reports.letters import send_letter
from reports.minutes import close_review, kept_minutes
from tests.reports.conftest import Row
from tests.reports.test_letters import texts_of
from texts import Message, Problem, render

DAY = date(2025, 7, 28)
NEXT = DAY + timedelta(days=7)

pytestmark = pytest.mark.usefixtures("no_browser")


def told(found: Agenda, name: str) -> list[str]:
    return [f"{item.level} {render(item.text, 'zh_CN')}" for item in found.section(name).items]  # type: ignore[arg-type]


def decided(store: Store, what: str, due: date, on: date = DAY) -> Entry:
    return decide(store, HEAD_OFFICE, what=what, owner="个人信贷部", due=due, who="王敏", on_day=on, review=on)


def close(store: Store, day: date = DAY, who: str = "王敏") -> None:
    close_review(store, HEAD_OFFICE, day, who=who, chair="李总", attendees="消保、个贷", language="zh_CN")


def test_r08_the_agenda_has_every_section_in_the_order_of_the_meeting_also_where_there_is_nothing(store: Store) -> None:
    found = agenda(store, HEAD_OFFICE, DAY)
    names = [
        "decisions",
        "classes",
        "not_agreed",
        "branches",
        "cases",
        "mediation",
        "hazards",
        "letters",
        "measures",
        "data",
    ]
    assert [section.name for section in found.sections] == names
    assert all(not section.items for section in found.sections)
    assert (found.first, found.since) == (True, DAY - timedelta(days=7))
    assert render(found.section("decisions").nothing, "zh_CN") == "此前没有决定，也没有到期事项。"


def test_r08_the_agenda_says_what_was_decided_and_what_became_of_it(store: Store) -> None:
    late, done, new = decided(store, "甲事", DAY), decided(store, "乙事", NEXT), decided(store, "丙事", NEXT)
    close(store)
    take_step(store, HEAD_OFFICE, DECISION, done.subject, "decision_done", {"text": "已印发"}, who="李", on_day=NEXT)
    assert told(agenda(store, HEAD_OFFICE, NEXT), "decisions") == [
        "bad [2025-1] 甲事——个人信贷部，2025-07-28前：▲ 超期7天",
        "watch [2025-3] 丙事——个人信贷部，2025-08-04前：● 未办",
        "calm [2025-2] 乙事——个人信贷部，2025-08-04前：✔ 已办。已印发",
    ]
    # there are no tickets yet: the review is closed all the same, and the minutes say that there is no pack
    closed = review(store, HEAD_OFFICE, DAY)
    assert closed is not None
    assert closed.pack is None
    assert any("没有快照包" in text for text in closed.data_notes)
    # one review later the one that was done is not shown again
    close(store, NEXT)
    later = NEXT + timedelta(days=7)
    assert [line.partition("——")[0] for line in told(agenda(store, HEAD_OFFICE, later), "decisions")] == [
        "bad [2025-1] 甲事",
        "bad [2025-3] 丙事",
    ]
    assert late.subject != new.subject


def test_r08_new_tickets_not_agreed_and_late_ones_are_named(store: Store, fill: Callable[[list[Row]], None]) -> None:
    def row(number: int, received: str, outcome: str | None, at: str | None) -> Row:
        return {
            "ticket_id": f"T{number}",
            "customer_id": f"C{number}",
            "received_at": datetime.fromisoformat(received),
            "complaint_class": "提前还款",
            "branch_id": "B01",
            "cause": "排队",
            "demand": "加急",
            "dispatched_at": datetime.fromisoformat(received),
            "first_outcome": outcome,
            "first_outcome_at": None if at is None else datetime.fromisoformat(at),
        }

    fill(
        [
            row(1, "2025-07-10T09:00", "not_agreed", "2025-07-21T23:59"),  # on the day of the review before: told there
            row(2, "2025-07-20T09:00", "not_agreed", "2025-07-22T00:00"),
            row(3, "2025-07-20T09:00", "agreed", "2025-07-25T09:00"),
            row(4, "2025-07-14T23:00", None, None),  # 14 days
            row(5, "2025-07-13T00:00", None, None),  # 15 days
            row(6, "2025-06-27T09:00", None, None),  # 31 days
            row(7, "2025-06-01T09:00", "agreed", "2025-06-10T09:00") | {"closed_at": datetime(2025, 6, 11)},
        ]
    )
    found = agenda(store, HEAD_OFFICE, DAY)
    assert told(found, "not_agreed") == ["watch T2 · 提前还款 · B01 · 排队 · 加急：未结"]
    assert told(found, "cases") == [
        "bad T6 · 提前还款 · B01：受理已31天，未延期时限为15天",
        "watch T1 · 提前还款 · B01：受理已18天，未延期时限为15天",
        "watch T5 · 提前还款 · B01：受理已15天，未延期时限为15天",
    ]


def test_nothing_is_called_late_where_the_data_do_not_say_when_tickets_close(filled: Store) -> None:
    assert told(agenda(filled, HEAD_OFFICE, DAY), "cases") == ["calm 数据未记录办结时间，无法判断是否超期。"]


def test_r09_an_overdue_answer_a_hazard_and_a_measure_stand_on_the_agenda(filled: Store) -> None:
    made = letter_from_warning(filled, HEAD_OFFICE, "alert", "提前还款", DAY, "zh_CN")
    send_letter(
        filled, HEAD_OFFICE, replace(made, bank="某行", title="提示", addressee="杭州分行"), who="王敏", on_day=DAY
    )
    find_hazard(filled, HEAD_OFFICE, what="口径不一致", source="test", who="王敏", on_day=DAY, about={"branch": "B01"})
    take_measure(
        filled,
        HEAD_OFFICE,
        kind="sop",
        title="标准流程",
        complaint_class="提前还款",
        starts=DAY,
        who="王敏",
        on_day=DAY,
    )
    found = agenda(filled, HEAD_OFFICE, NEXT)
    assert told(found, "letters") == ["bad 消保提示〔2025〕1号 提示 → 杭州分行，2025-07-31前回复：▲ 回复超期4天"]
    assert told(found, "hazards") == ["calm [2025-1] 口径不一致（B01）：已挂7天"]
    assert told(found, "measures") == ["calm 标准流程（业务操作标准流程，2025-07-28起）：● 尚早，不能下结论（实施8天）"]


def test_old_data_and_rows_set_aside_stand_on_the_agenda(filled: Store) -> None:
    with filled.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.imports (import_id, kind, file_name, sha256, started_at, finished_at, recorded_on,"
            " rows_read, accepted, unchanged, set_aside) VALUES (2, 'tickets', '七月工单.xlsx', 'x', '2026-02-01',"
            " '2026-02-01', '2026-02-01', 100, 97, 0, 3)"
        )
    (line,) = [text for text in told(agenda(filled, HEAD_OFFICE, date(2026, 2, 2)), "data") if "七月" in text]
    assert line == "watch 七月工单.xlsx：100行中有3行被搁置，未计入任何数字；请更正后重新报送。"
    assert any(
        text.startswith("bad 数据不及时") for text in told(agenda(filled, HEAD_OFFICE, date(2026, 6, 1)), "data")
    )


def test_r08_closing_freezes_minutes_and_the_pack_s_list_and_records_their_digests(filled: Store) -> None:
    decided(filled, "下发标准流程", NEXT)
    note(filled, HEAD_OFFICE, DAY, "classes", "请个贷部说明", who="周")
    close(filled)
    closed = review(filled, HEAD_OFFICE, DAY)
    assert closed is not None
    assert closed.minutes is not None
    assert closed.frozen is not None
    folder = filled.path.parent
    assert closed.minutes.path == "reviews/2025-07-28/周复盘纪要_2025-07-28.docx"
    assert hashlib.sha256((folder / closed.minutes.path).read_bytes()).hexdigest() == closed.minutes.sha256
    said = texts_of((folder / closed.minutes.path).read_bytes())
    assert said[:2] == ["消费者投诉周复盘纪要", "2025年7月28日"]
    for part in (
        "主持人：李总",
        "参加人员：消保、个贷",
        "下发标准流程",
        "2025-08-04",
        "备注：请个贷部说明（周）",
        "记录：王敏",
    ):
        assert part in said
    digest = closed.frozen.sha256[:16]
    assert f"快照包：快照_2025-07-28.zip（清单closing.json的SHA-256 {digest}…）" in said


def test_r08_a_closed_review_is_never_rewritten(filled: Store) -> None:
    decided(filled, "甲", NEXT)
    close(filled)
    frozen = review(filled, HEAD_OFFICE, DAY)
    for attempt in (
        lambda: close(filled),
        lambda: decided(filled, "乙", NEXT),
        lambda: note(filled, HEAD_OFFICE, DAY, "data", "x", who="王"),
    ):
        with pytest.raises(Problem, match="never rewritten"):
            attempt()
    # what comes later changes nothing of it
    find_hazard(filled, HEAD_OFFICE, what="后来的隐患", source="hand", who="王", on_day=DAY)
    assert review(filled, HEAD_OFFICE, DAY) == frozen
    assert len(decisions(filled, HEAD_OFFICE, DAY)) == 1
    assert since_last(filled, HEAD_OFFICE, NEXT) == (DAY, False)


def test_two_people_closing_at_once_close_it_once(filled: Store) -> None:
    refused: list[str] = []

    def attempt(who: str) -> None:
        try:
            close(filled, who=who)
        except Problem as problem:
            refused.append(str(problem))

    threads = [threading.Thread(target=attempt, args=(who,)) for who in ("王敏", "李娜")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    (closed,) = reviews(filled, HEAD_OFFICE, DAY)
    assert closed.minutes is not None
    kept = (filled.path.parent / closed.minutes.path).read_bytes()
    assert f"记录：{closed.closed.who}" in texts_of(kept)
    assert hashlib.sha256(kept).hexdigest() == closed.minutes.sha256


def test_minutes_are_made_again_of_the_entry_alone_and_a_changed_file_is_refused(filled: Store) -> None:
    close(filled)
    closed = review(filled, HEAD_OFFICE, DAY)
    assert closed is not None
    assert closed.minutes is not None
    path = filled.path.parent / closed.minutes.path
    content = path.read_bytes()
    path.write_bytes(content + b"x")
    with pytest.raises(Problem, match="changed"):
        kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN")
    path.unlink()
    assert kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN") == (path.name, content)


def test_minutes_of_a_review_that_is_not_closed_are_a_draft_and_say_so(filled: Store) -> None:
    name, content = kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN")
    assert name == "周复盘纪要_2025-07-28_草稿.docx"
    assert "（草稿，复盘尚未结束）" in texts_of(content)
    assert kept_minutes(filled, HEAD_OFFICE, DAY, "zh_CN")[1] == content
    english = texts_of(kept_minutes(filled, HEAD_OFFICE, DAY, "en")[1])
    assert english[0] == "Minutes of the weekly complaint review"
    assert Document(io.BytesIO(content)).core_properties.modified.date() == DAY


def test_only_the_head_office_closes_and_a_folder_that_cannot_be_written_records_nothing(filled: Store) -> None:
    with pytest.raises(Problem, match="role"):
        close_review(filled, Scope("department"), DAY, who="李", chair="", attendees="", language="zh_CN")
    (filled.path.parent / "reviews").write_text("a file where the folder should be")
    with pytest.raises(Problem, match="cannot be written"):
        close(filled)
    assert reviews(filled, HEAD_OFFICE, DAY) == []


def test_an_agenda_survives_json_without_a_language() -> None:
    inner = Message("● open")
    item = Item(
        Message("{ticket}: {n} {state}", {"ticket": "<b>'", "n": np.int64(3), "state": inner}), "bad", {"ticket": "T"}
    )
    found = Agenda(DAY, DAY - timedelta(days=7), True, (Section("cases", (item,), 4),))
    again = Agenda.from_json(json.loads(json.dumps(found.to_json())))
    assert again == found
    odd = found.to_json()
    odd["sections"].append({"name": "of a later version", "more": 0, "items": []})
    assert Agenda.from_json(odd) == found
