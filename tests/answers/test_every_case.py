"""No open case is missing, however many there are, and none is ever without owner, next step and due date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from analytics.case_entry import STEP_PARTY, NextMove, assign_body, corrected_body, extension_body, step_body
from analytics.case_limits import CaseLimits
from answers.case_board import Case, case_board, in_extension, subject_of, waiting_for_mediation
from answers.case_file import case_file
from data.ledger import append, correct, entries, standing, undo
from data.scope import HEAD_OFFICE
from data.store import Store
from reports.agenda import late_tickets
from texts import Message, Problem
from ui.open_cases import case_kinds

DAY = date(2025, 7, 27)
NAME = "提前还款"
MANY = 2_500


def put(store: Store, rows: list[dict[str, Any]]) -> None:
    """Store tickets as one import that loaded history."""
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.imports (import_id, kind, file_name, sha256, started_at, finished_at, recorded_on,"
            " rows_read, accepted, unchanged, set_aside) VALUES (1, 'tickets', '工单.csv', 'ab', '2025-01-01',"
            " '2025-01-01', '2025-01-01', 1, 1, 0, 0)"
        )
        cursor.register("brought", pd.DataFrame(rows))
        cursor.execute(
            "INSERT INTO stored.ticket_versions BY NAME SELECT *, 1 AS import_id, DATE '2025-01-01' AS recorded_on,"
            " received_at AS status_at, 0 AS status_columns, ticket_id AS content_hash,"
            " received_at::DATE AS known_on FROM brought"
        )
        cursor.unregister("brought")


def ticket(number: int, days_ago: int, **more: Any) -> dict[str, Any]:
    received = datetime.combine(DAY, datetime.min.time()) - timedelta(days=days_ago) + timedelta(hours=9)
    return {
        "ticket_id": f"T{number:05d}", "customer_id": f"C{number:05d}", "received_at": received,
        "complaint_class": NAME, "branch_id": f"B{number % 36:02d}", "dispatched_at": None, "first_outcome": None,
        "first_outcome_at": None, "rounds": None, "closed_at": None, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A class with 2,500 open cases, every tenth of them with a failed third round, and some closed."""
    store = Store(tmp_path_factory.mktemp("large") / "store.duckdb")
    at = datetime.combine(DAY, datetime.min.time())
    rows = [
        ticket(
            n, n % 40, **({"first_outcome": "not_agreed", "first_outcome_at": at, "rounds": 3} if n % 10 == 0 else {})
        )
        for n in range(MANY)
    ]
    rows += [ticket(MANY + n, 50, closed_at=at - timedelta(days=20)) for n in range(200)]
    put(store, rows)
    yield store
    store.close()


def test_r03_all_open_cases_of_a_class_with_thousands_are_on_the_board_late_ones_first(large: Store) -> None:
    board = case_board(large, HEAD_OFFICE, NAME, DAY)
    assert (len(board.cases), board.open_cases, board.left_out) == (MANY, MANY, 0)
    assert len({case.state.ticket_id for case in board.cases}) == MANY
    kinds = case_kinds(board)
    # 15 days from receipt: those received 16 to 39 days ago are past it, counted by hand
    assert sum(case.state.urgency == "limit_passed" for case in board.cases) == sum(n % 40 > 15 for n in range(MANY))
    assert len(kinds["late"]) >= sum(n % 40 > 15 for n in range(MANY))
    stages = [cases for name, cases in kinds.items() if name.startswith("stage_")]
    assert sum(len(cases) for cases in stages) == MANY
    assert len(kinds["undecided"]) == MANY


def test_r22_everybody_with_three_failed_rounds_waits_for_mediation_and_every_late_ticket_is_listed(
    large: Store,
) -> None:
    assert len(waiting_for_mediation(large, HEAD_OFFICE, DAY)) == MANY // 10
    late = late_tickets(large, HEAD_OFFICE, DAY)
    assert len(late) == sum(n % 40 >= 15 for n in range(MANY))
    assert late["received_at"].is_monotonic_increasing


def test_an_entry_about_one_case_of_thousands_shows_at_once_and_an_extension_is_not_late(large: Store) -> None:
    def case(ticket_id: str) -> Case:
        return next(c for c in case_board(large, HEAD_OFFICE, NAME, DAY).cases if c.state.ticket_id == ticket_id)

    state = case("T00015").state
    body = extension_body(
        state, NextMove("陈", "等待审批", DAY + timedelta(days=5)), DAY, CaseLimits(), on=DAY, limit_days=30,
        reason="复杂", approved_by="赵", customer_told=True,
    )  # fmt: skip
    append(large, HEAD_OFFICE, kind="case_extension", subject=subject_of("T00015"), body=body, who="王", on_day=DAY)
    assert case("T00015").state.limit_days == 30
    assert case("T00016").state.owner_proposed
    assert in_extension(large, HEAD_OFFICE, DAY) == ["T00015"]
    assert "T00015" not in set(late_tickets(large, HEAD_OFFICE, DAY)["ticket_id"])
    assert "T00015" in set(late_tickets(large, HEAD_OFFICE, DAY + timedelta(days=16))["ticket_id"])


class Entering(RuleBasedStateMachine):
    """People enter whatever they like about three cases, in any order, on any day: right, wrong, taken back."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp(prefix="cases-"))
        self.store = Store(self.folder / "store.duckdb")
        at = datetime.combine(DAY, datetime.min.time())
        put(
            self.store,
            [
                ticket(0, 1),
                ticket(1, 9, dispatched_at=at - timedelta(days=8), first_outcome="not_agreed",
                       first_outcome_at=at - timedelta(days=3), rounds=4),
                ticket(2, 20),
                ticket(3, 30, closed_at=at - timedelta(days=5)),  # the files do say when tickets are closed
            ],
        )  # fmt: skip
        self.day = DAY

    def state(self, number: int) -> Any:
        found = case_file(self.store, HEAD_OFFICE, f"T{number:05d}", self.day)
        assert found is not None
        return found.case.state

    def write(self, number: int, kind: str, body: dict[str, Any]) -> None:
        append(
            self.store, HEAD_OFFICE, kind=kind, subject=subject_of(f"T{number:05d}"), body=body, who="王",
            on_day=self.day,
        )  # fmt: skip

    moves = st.builds(
        NextMove,
        st.sampled_from(["", "  ", "陈建国", "\u200b", "x" * 61]),
        st.sampled_from(["", "\n", "联系客户", "y" * 3000]),
        st.one_of(st.none(), st.integers(-5, 80).map(lambda ahead: DAY + timedelta(days=ahead))),
    )

    @rule(
        number=st.integers(0, 2),
        step=st.sampled_from([*STEP_PARTY, "nonsense"]),
        move=moves,
        ahead=st.integers(-3, 3),
        text=st.sampled_from(["", "已办"]),
        result=st.sampled_from(["", "agreed", "not_agreed"]),
    )
    def step(self, number: int, step: str, move: NextMove, ahead: int, text: str, result: str) -> None:
        details = {
            "mediator": "调解中心",
            "scheduled": self.day,
            "result": result,
            "asked_of": "行长",
            "granted": "同意",
        }
        on = self.day + timedelta(days=ahead)
        try:
            body = step_body(self.state(number), move, self.day, step=step, on=on, party="branch", text=text,
                             received_on=DAY - timedelta(days=20), details=details)  # fmt: skip
        except Problem:
            return
        self.write(number, "case_step", body)

    @rule(number=st.integers(0, 2), move=moves)
    def assign(self, number: int, move: NextMove) -> None:
        try:
            body = assign_body(self.state(number), move, self.day)
        except Problem:
            return
        self.write(number, "case_assign", body)

    @rule(number=st.integers(0, 2), move=moves, days=st.sampled_from([30, 60, 90]), told=st.booleans())
    def extend(self, number: int, move: NextMove, days: int, told: bool) -> None:
        try:
            body = extension_body(self.state(number), move, self.day, CaseLimits(), on=self.day, limit_days=days,
                                  reason="复杂", approved_by="赵", customer_told=told)  # fmt: skip
        except Problem:
            return
        self.write(number, "case_extension", body)

    @rule(number=st.integers(0, 2), move=st.one_of(st.none(), moves), text=st.sampled_from(["", "更正"]))
    def correct_last(self, number: int, move: NextMove | None, text: str) -> None:
        held = standing(entries(self.store, HEAD_OFFICE, self.day, subject=subject_of(f"T{number:05d}")))
        if not held:
            return
        try:
            body = corrected_body(self.state(number), held[-1].body, self.day, text=text, move=move)
        except Problem:
            return
        correct(self.store, HEAD_OFFICE, held[-1], body, who="李", on_day=self.day)

    @rule(number=st.integers(0, 2))
    def take_back(self, number: int) -> None:
        undo(self.store, HEAD_OFFICE, subject_of(f"T{number:05d}"), who="李", on_day=self.day)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def nobody_is_left_alone(self) -> None:
        board = case_board(self.store, HEAD_OFFICE, NAME, self.day)
        assert board.open_cases == 3, "the bank's own system closes tickets, nothing entered here does"
        for case in board.cases:
            care = case.state.care
            assert care is not None, "not closed in the bank's system: somebody still has to do something"
            assert isinstance(care.due, date)
            assert all(isinstance(words, Message) or words.strip() for words in (care.owner, care.next_step))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)


Entering.TestCase.settings = settings(max_examples=12, stateful_step_count=20, suppress_health_check=list(HealthCheck))
test_r03_a_case_is_never_without_owner_next_step_and_due_date_whatever_is_entered = Entering.TestCase
