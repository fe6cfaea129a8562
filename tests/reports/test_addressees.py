"""A letter to several units: one number and one document, and each signs, answers and is verified for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from answers.addressees import named
from answers.letters import Letter, letter, letter_step, letters
from data.ledger import undo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.agenda import agenda
from reports.letters import letter_bytes, send_letter
from tests.reports.test_letters import CONTENT, texts_of
from texts import Problem, render

DAY = date(2025, 7, 27)
LATE = CONTENT.due + timedelta(days=2)
THREE = replace(CONTENT, addressee="杭州分行、宁波分行；个人信贷部", about={})


@pytest.fixture
def sent(store: Store) -> str:
    """A letter to two branches and a department; its key."""
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.imports (import_id, kind, file_name, sha256, started_at, finished_at, recorded_on,"
            " rows_read, accepted, unchanged, set_aside) VALUES (1, 'branches', 'b.csv', 'ab', '2025-01-01',"
            " '2025-01-01', '2025-01-01', 2, 2, 0, 0)"
        )
        cursor.execute(
            "INSERT INTO stored.branches BY NAME SELECT * FROM (VALUES ('B01', '杭州分行', 1, DATE '2025-01-01', 'a'),"
            " ('B05', '宁波分行', 1, DATE '2025-01-01', 'b'))"
            " AS b(branch_id, branch_name, import_id, recorded_on, content_hash)"
        )
    return send_letter(store, HEAD_OFFICE, THREE, who="王敏", on_day=DAY).subject.partition(":")[2]


def step(store: Store, key: str, number: int | None, kind: str, scope: Scope = HEAD_OFFICE, **body: str) -> None:
    letter_step(store, scope, key, number, kind, {"text": "已办", **body}, who="周", on_day=DAY)


def found(store: Store, key: str, day: date = DAY, scope: Scope = HEAD_OFFICE) -> Letter:
    one = letter(store, scope, day, key)
    assert one is not None
    return one


def test_the_units_of_an_addressee_line_are_told_apart_and_each_counts_once() -> None:
    assert named("杭州分行、宁波分行；个人信贷部，杭州分行") == ("杭州分行", "宁波分行", "个人信贷部")
    assert named("各分行") == ("各分行",)
    assert named(" 、 ") == ()


def test_r09_each_addressee_has_its_own_receipt_answer_and_verification(store: Store, sent: str) -> None:
    step(store, sent, 1, "letter_received")
    step(store, sent, 1, "letter_answered")
    step(store, sent, 2, "letter_received")
    assert [(one.name, one.branch_id, one.state) for one in found(store, sent).addressees] == [
        ("杭州分行", "B01", "answered"), ("宁波分行", "B05", "received"), ("个人信贷部", None, "sent"),
    ]  # fmt: skip
    assert found(store, sent).state == "sent", "a letter is as far as the addressee that is least far"
    step(store, sent, 1, "letter_verified")
    with pytest.raises(Problem, match="not possible now"):
        step(store, sent, 3, "letter_answered")
    # one number, one document; the receipt is left for each unit to fill in
    assert [one.number for one in letters(store, HEAD_OFFICE, DAY)] == ["消保提示〔2025〕1号"]
    said = texts_of(letter_bytes(store, found(store, sent)))
    assert "杭州分行、宁波分行；个人信贷部：" in said


def test_r09_each_addressee_is_overdue_for_itself_and_the_review_names_who_has_not_answered(
    store: Store, sent: str
) -> None:
    for kind in ("letter_received", "letter_answered"):
        step(store, sent, 1, kind)
    step(store, sent, 1, "letter_returned", due=(LATE + timedelta(days=5)).isoformat())
    late = found(store, sent, LATE)
    assert [one.name for one in late.overdue(LATE)] == ["宁波分行", "个人信贷部"]
    assert [one.due for one in late.addressees] == [LATE + timedelta(days=5), CONTENT.due, CONTENT.due]
    (line,) = agenda(store, HEAD_OFFICE, LATE).section("letters").items
    assert line.level == "bad"
    assert "▲ 3家中2家逾期未答复：宁波分行（2天），个人信贷部（2天）" in render(line.text, "zh_CN")


def test_two_addressees_are_written_about_at_the_same_time_and_one_only_by_one_person(store: Store, sent: str) -> None:
    seen = found(store, sent).addressees[0].record.newest
    letter_step(store, HEAD_OFFICE, sent, 1, "letter_received", {}, who="王", on_day=DAY, seen=seen)
    letter_step(store, HEAD_OFFICE, sent, 2, "letter_received", {}, who="李", on_day=DAY, seen=seen)
    with pytest.raises(Problem, match="since you opened"):
        letter_step(store, HEAD_OFFICE, sent, 1, "letter_answered", {"text": "x"}, who="李", on_day=DAY, seen=seen)
    undo(store, HEAD_OFFICE, f"letter:{sent}#2", who="李", on_day=DAY)
    assert [one.state for one in found(store, sent).addressees] == ["received", "sent", "sent"]


def test_a_branch_sees_the_letter_signs_and_answers_for_itself_alone(store: Store, sent: str) -> None:
    own = Scope("branch", "B05")
    step(store, sent, 1, "letter_received")
    (mine,) = found(store, sent, scope=own).addressees
    assert (mine.number, mine.name, mine.state) == (2, "宁波分行", "sent")
    step(store, sent, 2, "letter_received", scope=own)
    step(store, sent, 2, "letter_answered", scope=own)
    assert found(store, sent).addressees[1].state == "answered"
    with pytest.raises(Problem, match="role"):
        step(store, sent, 2, "letter_verified", scope=own)
    with pytest.raises(Problem):
        step(store, sent, 1, "letter_answered", scope=own)
    assert letter(store, Scope("branch", "B09"), DAY, sent) is None


def test_a_letter_is_withdrawn_as_a_whole_while_somebody_still_waits(store: Store, sent: str) -> None:
    with pytest.raises(Problem, match="Each addressee"):
        step(store, sent, None, "letter_received")
    step(store, sent, None, "letter_withdrawn")
    withdrawn = found(store, sent)
    assert withdrawn.state == "withdrawn"
    assert {one.state for one in withdrawn.addressees} == {"withdrawn"}
    assert found(store, sent, scope=Scope("branch", "B01")).state == "withdrawn"
    assert withdrawn.overdue(LATE) == ()
