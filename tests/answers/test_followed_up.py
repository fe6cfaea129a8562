"""Decisions, hazards, letters and measures in the ledger: numbered, in their course, by one person at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.course import DECISION, HAZARD, LETTER, MEASURE
from answers.decisions import decide, decisions
from answers.hazards import find_hazard, hazards
from answers.measures import measures, take_measure
from answers.registers import take_step
from answers.reviews import note, notes
from data.ledger import correct, undo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import Problem

DAY = date(2025, 7, 28)
BRANCH = Scope("branch", "B03")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def decided(store: Store, what: str = "下发标准流程") -> str:
    entry = decide(
        store,
        HEAD_OFFICE,
        what=what,
        owner="个人信贷部",
        due=DAY + timedelta(days=7),
        who="王敏",
        on_day=DAY,
        review=DAY,
        about={"class": "住房贷款提前还款"},
    )
    return entry.subject


def test_r08_a_decision_says_what_who_and_by_when(store: Store) -> None:
    decided(store)
    (found,) = decisions(store, HEAD_OFFICE, DAY)
    assert (found.number, found.what, found.owner, found.due) == (
        "2025-1",
        "下发标准流程",
        "个人信贷部",
        DAY + timedelta(days=7),
    )
    assert found.about == {"class": "住房贷款提前还款"}
    for what, owner in ((" ", "x"), ("x", "")):
        with pytest.raises(Problem):
            decide(store, HEAD_OFFICE, what=what, owner=owner, due=DAY, who="王敏", on_day=DAY)
    with pytest.raises(Problem, match="lies before"):
        decide(store, HEAD_OFFICE, what="x", owner="y", due=DAY - timedelta(days=1), who="王敏", on_day=DAY)


def test_a_decision_is_overdue_the_day_after_its_date_and_not_when_done_or_moved(store: Store) -> None:
    subject = decided(store)
    due = DAY + timedelta(days=7)
    assert not decisions(store, HEAD_OFFICE, due)[0].overdue(due)
    assert decisions(store, HEAD_OFFICE, due + timedelta(days=1))[0].overdue(due + timedelta(days=1))
    later = due + timedelta(days=14)
    take_step(
        store,
        HEAD_OFFICE,
        DECISION,
        subject,
        "decision_moved",
        {"due": later.isoformat(), "text": "排期"},
        who="李",
        on_day=due,
    )
    moved = decisions(store, HEAD_OFFICE, later)[0]
    assert (moved.due, moved.moved, moved.overdue(later), moved.told) == (later, 1, False, "排期")
    take_step(store, HEAD_OFFICE, DECISION, subject, "decision_done", {"text": "已印发"}, who="李", on_day=later)
    done = decisions(store, HEAD_OFFICE, later + timedelta(days=30))[0]
    assert (done.state, done.ended_on, done.overdue(later + timedelta(days=30))) == ("done", later, False)
    # and as it was known before
    assert decisions(store, HEAD_OFFICE, due)[0].state == "pending"


def test_steps_that_need_a_reason_are_refused_without_one(store: Store) -> None:
    entry = find_hazard(store, HEAD_OFFICE, what="双录调阅不清楚", source="review", who="王敏", on_day=DAY)
    with pytest.raises(Problem, match="needs a reason"):
        take_step(store, HEAD_OFFICE, HAZARD, entry.subject, "hazard_closed", {"text": "  "}, who="王敏", on_day=DAY)
    take_step(
        store, HEAD_OFFICE, HAZARD, entry.subject, "hazard_closed", {"text": "流程已明确"}, who="王敏", on_day=DAY
    )
    (found,) = hazards(store, HEAD_OFFICE, DAY)
    assert (found.is_open, found.told) == (False, "流程已明确")


def test_a_step_that_may_not_come_now_is_refused_and_nothing_is_written(store: Store) -> None:
    subject = decided(store)
    before = store.entries_made
    with pytest.raises(Problem):
        take_step(store, HEAD_OFFICE, DECISION, subject, "decision_reopened", {"text": "x"}, who="王敏", on_day=DAY)
    with pytest.raises(Problem, match="There is no"):
        take_step(
            store, HEAD_OFFICE, DECISION, "decision:2025-99", "decision_done", {"text": "x"}, who="王", on_day=DAY
        )
    with pytest.raises(Problem):
        take_step(store, HEAD_OFFICE, LETTER, subject, "letter_received", {}, who="王敏", on_day=DAY)
    assert store.entries_made == before


def test_two_people_at_one_decision_cannot_overwrite_each_other(store: Store) -> None:
    subject = decided(store)
    (seen,) = [one.record.newest for one in decisions(store, HEAD_OFFICE, DAY)]
    take_step(store, HEAD_OFFICE, DECISION, subject, "decision_done", {"text": "已办"}, who="李", on_day=DAY, seen=seen)
    with pytest.raises(Problem):
        take_step(
            store, HEAD_OFFICE, DECISION, subject, "decision_dropped", {"text": "不办"}, who="王", on_day=DAY, seen=seen
        )
    assert decisions(store, HEAD_OFFICE, DAY)[0].told == "已办"


def test_the_same_wish_twice_is_entered_once(store: Store) -> None:
    for _ in range(2):
        find_hazard(store, HEAD_OFFICE, what="隐患", source="hand", who="王敏", on_day=DAY, token="one-wish")
    assert len(hazards(store, HEAD_OFFICE, DAY)) == 1


def test_numbers_are_unique_and_without_gaps_with_many_at_once(store: Store) -> None:
    threads = [threading.Thread(target=decided, args=(store, f"第{number}项")) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = decisions(store, HEAD_OFFICE, DAY)
    assert sorted(int(one.number.split("-")[1]) for one in found) == list(range(1, 13))
    assert len({one.what for one in found}) == 12


def test_a_correction_and_an_undo_change_what_holds_and_stay_visible(store: Store) -> None:
    subject = decided(store, "下发流程")
    (found,) = decisions(store, HEAD_OFFICE, DAY)
    correct(
        store,
        HEAD_OFFICE,
        found.record.begun,
        {**found.record.begun.body, "what": "下发标准流程"},
        who="王敏",
        on_day=DAY,
    )
    assert decisions(store, HEAD_OFFICE, DAY)[0].what == "下发标准流程"
    undo(store, HEAD_OFFICE, subject, who="王敏", on_day=DAY)
    (again,) = decisions(store, HEAD_OFFICE, DAY)
    assert again.what == "下发流程"
    assert [entry.body.get("what") for entry in again.record.history] == ["下发流程", "下发标准流程", "下发流程"]
    undo(store, HEAD_OFFICE, subject, who="王敏", on_day=DAY)
    assert decisions(store, HEAD_OFFICE, DAY) == []
    # what was taken back keeps its number
    assert decided(store).endswith("2025-2")


def test_a_branch_sees_and_enters_its_own_only(store: Store) -> None:
    find_hazard(store, HEAD_OFFICE, what="苏州口径", source="test", who="王", on_day=DAY, about={"branch": "B03"})
    find_hazard(store, HEAD_OFFICE, what="宁波审批", source="test", who="王", on_day=DAY, about={"branch": "B04"})
    assert [one.what for one in hazards(store, BRANCH, DAY)] == ["苏州口径"]
    entry = find_hazard(store, BRANCH, what="自查发现", source="hand", who="周", on_day=DAY, about={"branch": "B03"})
    assert entry.subject == "hazard:2025-3"  # numbered among all, though it does not see them
    with pytest.raises(Problem):
        find_hazard(store, BRANCH, what="x", source="hand", who="周", on_day=DAY, about={"branch": "B04"})
    with pytest.raises(Problem):
        find_hazard(store, Scope("viewer"), what="x", source="hand", who="周", on_day=DAY)


def test_r21_a_measure_says_where_and_from_when_and_what_it_is_to_lower(store: Store) -> None:
    take_measure(
        store,
        HEAD_OFFICE,
        kind="mediation",
        title="三方调解",
        complaint_class="提前还款",
        starts=DAY,
        who="王",
        on_day=DAY,
    )
    (found,) = measures(store, HEAD_OFFICE, DAY)
    assert (found.aim, found.branches, found.ends) == ("final", (), None)
    # R23: what worked is kept, with the reason
    body = {"text": "多轮客户办结达成一致明显增多"}
    take_step(store, HEAD_OFFICE, MEASURE, found.record.subject, "measure_kept", body, who="王", on_day=DAY)
    (kept,) = measures(store, HEAD_OFFICE, DAY)
    assert (kept.record.state, kept.told) == ("kept", "多轮客户办结达成一致明显增多")
    with pytest.raises(Problem):
        take_measure(store, HEAD_OFFICE, kind="sop", title=" ", complaint_class="x", starts=DAY, who="王", on_day=DAY)


def test_a_hostile_name_is_a_text_like_any_other(store: Store) -> None:
    hostile = "<script>alert('x')</script>\"'; DROP TABLE stored.ledger;--"
    find_hazard(store, HEAD_OFFICE, what=hostile, source="hand", who="王敏", on_day=DAY, about={"class": hostile})
    assert hazards(store, HEAD_OFFICE, DAY)[0].what == hostile
    note(store, HEAD_OFFICE, DAY, "classes", hostile, who="王敏")
    assert notes(store, HEAD_OFFICE, DAY)[0].text == hostile
