"""The alarm register in the store: every week kept with its inputs, acknowledgements with who and why, as-of honest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.alarm_weeks import ORDER
from answers.evidence import Standing, standing
from answers.register import acknowledge, evaluate_weeks, register, registers, take_back, weeks_over
from data.alarms import due_since, evaluations
from data.demo_store import load_demo, remove_demo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import Problem

LOUD, QUIET = "住房贷款提前还款", "手机银行"
DAY = date(2025, 7, 27)


@pytest.fixture(scope="module")
def store(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    opened = Store(demo_copy())
    for name in (LOUD, QUIET):
        list(evaluate_weeks(opened, name, 2025, DAY))
    yield opened
    opened.close()


def shown(store: Store, name: str = LOUD, day: date = DAY) -> Standing:
    found = standing(store, HEAD_OFFICE, name, 2025, day)
    assert found is not None
    return found


def test_every_week_that_is_over_is_kept_with_its_inputs_also_where_nothing_was_raised(store: Store) -> None:
    kept = evaluations(store, HEAD_OFFICE, DAY, 2025, QUIET)
    assert [(one.week, one.evaluated_on) for one in kept] == weeks_over(2025, DAY)
    assert len(kept) == 30
    last = kept[-1].body
    today = shown(store, QUIET).evaluation
    assert (last["actual"], last["budget"], last["threshold"]) == (
        today.actual,
        today.budget,
        pytest.approx(today.threshold),
    )
    assert last["limits"]["amber"] == 0.7
    assert set(last["why"]) == set(ORDER)
    assert register(store, HEAD_OFFICE, shown(store, QUIET)).waiting == ()


def test_a_kept_week_says_what_was_known_then(store: Store) -> None:
    week = evaluations(store, HEAD_OFFICE, DAY, 2025, LOUD)[19]
    then = shown(store, LOUD, week.evaluated_on).evaluation
    assert week.body["actual"] == then.actual
    assert week.body["breach_probability"] == pytest.approx(then.breach_probability)


def test_nothing_is_evaluated_twice(store: Store) -> None:
    assert list(evaluate_weeks(store, LOUD, 2025, DAY)) == []
    assert due_since(store, HEAD_OFFICE, 2025, DAY) == {}


def test_an_alarm_is_acknowledged_by_somebody_with_a_decision_and_that_can_be_taken_back(store: Store) -> None:
    held = register(store, HEAD_OFFICE, shown(store))
    assert held.missing == 0
    kind = held.waiting[0]
    changes = store.changes
    acknowledge(
        store, HEAD_OFFICE, shown(store), kind, who="王敏", decision=" 发出 消保提示书 ", seen=held.newest[kind]
    )
    assert store.changes == changes, "the analyses of the data stay as they are"
    after = register(store, HEAD_OFFICE, shown(store))
    assert kind not in after.waiting
    assert (after.alarm(kind).who, after.alarm(kind).decision) == ("王敏", "发出 消保提示书")
    assert registers(store, HEAD_OFFICE, [shown(store)])[LOUD].waiting == after.waiting
    a_week_before = register(store, HEAD_OFFICE, shown(store, LOUD, date(2025, 7, 20)))
    assert a_week_before.alarm(kind).who is None, "what was known on a past day is never changed"
    with pytest.raises(Problem):
        acknowledge(store, HEAD_OFFICE, shown(store), kind, who="李雷", decision="同上", seen=None)
    take_back(store, HEAD_OFFICE, shown(store), kind, who="王敏")
    assert kind in register(store, HEAD_OFFICE, shown(store)).waiting


def test_two_people_cannot_acknowledge_over_each_other(store: Store) -> None:
    held = register(store, HEAD_OFFICE, shown(store))
    kind = held.waiting[0]
    stale = held.newest[kind] - 1
    with pytest.raises(Problem, match="has made an entry here"):
        acknowledge(store, HEAD_OFFICE, shown(store), kind, who="李雷", decision="x", seen=stale)


def test_an_acknowledgement_without_a_decision_or_by_a_viewer_is_refused(store: Store) -> None:
    kind = register(store, HEAD_OFFICE, shown(store)).waiting[0]
    with pytest.raises(Problem):
        acknowledge(store, HEAD_OFFICE, shown(store), kind, who="王敏", decision="  ", seen=None)
    with pytest.raises(Problem):
        acknowledge(store, Scope("viewer"), shown(store), kind, who="王敏", decision="x", seen=None)


def test_a_branch_sees_no_evaluations_of_the_whole_bank(store: Store) -> None:
    assert evaluations(store, Scope("branch", "B01"), DAY, 2025, LOUD) == []


def test_weeks_that_a_later_import_changed_are_evaluated_again_and_the_first_evaluation_stays(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    load_demo(store)
    list(evaluate_weeks(store, QUIET, 2025, date(2025, 3, 2)))
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.imports BY NAME SELECT * REPLACE (900 AS import_id) FROM stored.imports LIMIT 1"
        )
        cursor.execute(
            "INSERT INTO stored.ticket_versions BY NAME SELECT * REPLACE ("
            "'T-late' AS ticket_id, 'C-late' AS customer_id, 900 AS import_id, DATE '2025-02-20' AS known_on, "
            "TIMESTAMP '2025-02-18' AS received_at, TIMESTAMP '2025-02-19' AS first_outcome_at, "
            "'not_agreed' AS first_outcome) FROM stored.ticket_versions WHERE complaint_class = ? "
            "AND superseded_on IS NULL ORDER BY ticket_id LIMIT 1",
            [QUIET],
        )
    due = due_since(store, HEAD_OFFICE, 2025, date(2025, 3, 2))
    assert due == {QUIET: date(2025, 2, 20)}
    before = {one.week: one.body["actual"] for one in evaluations(store, HEAD_OFFICE, DAY, 2025, QUIET)}
    again = list(evaluate_weeks(store, QUIET, 2025, date(2025, 3, 2), due[QUIET]))
    after = {one.week: one.body["actual"] for one in evaluations(store, HEAD_OFFICE, DAY, 2025, QUIET)}
    assert again == [8, 9]
    assert {week: after[week] - before[week] for week in after if after[week] != before[week]} == {8: 1, 9: 1}
    (rows,) = store.cursor().execute("SELECT count(*) FROM stored.evaluations").fetchall()[0]
    assert rows == len(before) + 2
    remove_demo(store)
    assert store.cursor().execute("SELECT count(*) FROM stored.evaluations").fetchall() == [(0,)]
    store.close()
