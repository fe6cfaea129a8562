"""The board and the file of cases on the demo bank: what is open, what people entered, who may see it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from answers.case_board import Case, CaseBoard, case_board, newest_entry, subject_of
from answers.case_file import case_file
from answers.case_limits import limits_in_force
from answers.case_register import case_register
from data.demo import CASE_ONE
from data.demo_store import DEMO_AS_OF, remove_demo
from data.ledger import append, entries, undo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import Message, Problem

INSURANCE, PREPAYMENT = "保险争议", "住房贷款提前还款"
LATE, WAITING, NEW, FINE = "T20250709-A01", "T20250628-A01", "T20250725-A01", "T20250721-A01"


@pytest.fixture(scope="module")
def demo(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    """The demo bank, which no test changes."""
    store = Store(demo_copy())
    yield store
    store.close()


def found(board: CaseBoard) -> dict[str, Case]:
    return {case.state.ticket_id: case for case in board.cases}


def test_r03_the_board_puts_late_cases_first_then_those_without_a_decided_next_step(demo: Store) -> None:
    board = case_board(demo, HEAD_OFFICE, INSURANCE, DEMO_AS_OF)
    assert [case.state.ticket_id for case in board.cases] == [LATE, WAITING, NEW, FINE]
    assert [case.state.urgency for case in board.cases] == ["limit_passed", "overdue", "undecided", "in_time"]
    assert [case.state.stage for case in board.cases] == ["first_round", "solution", "received", "solution"]
    assert (board.open_cases, board.closed_cases) == (4, 1)


def test_r03_every_open_case_of_every_class_has_owner_next_step_and_due_date(demo: Store) -> None:
    names = demo.read("classes", HEAD_OFFICE, DEMO_AS_OF, year=2025)["complaint_class"]
    for name in names:
        for day in (date(2025, 2, 14), DEMO_AS_OF, date(2025, 12, 31)):
            for case in case_board(demo, HEAD_OFFICE, str(name), day).cases:
                care = case.state.care
                assert care is not None
                assert care.due
                assert all(isinstance(words, Message) or words.strip() for words in (care.owner, care.next_step))


def test_r22_the_multi_round_customer_is_on_the_list_for_mediation_until_it_is_requested(demo: Store) -> None:
    now = case_board(demo, HEAD_OFFICE, INSURANCE, DEMO_AS_OF)
    assert [case.state.ticket_id for case in now.to_mediation] == [WAITING]
    requested = case_board(demo, HEAD_OFFICE, INSURANCE, date(2025, 7, 30))
    assert requested.to_mediation == ()
    assert found(requested)[WAITING].state.stage == "mediation"


def test_r12_the_case_that_speaks_of_going_public_is_on_the_list_for_management(demo: Store) -> None:
    assert LATE in [case.state.ticket_id for case in case_board(demo, HEAD_OFFICE, INSURANCE, DEMO_AS_OF).to_management]


def test_r07_an_undispatched_case_stands_out_as_head_office_s_move(demo: Store) -> None:
    new = found(case_board(demo, HEAD_OFFICE, INSURANCE, DEMO_AS_OF))[NEW].state
    assert (new.stage, new.waits_for, new.next_proposed) == ("received", "head_office", True)
    assert new.care is not None
    assert new.care.due == date(2025, 7, 28)


def test_r15_case_1_is_walked_from_the_first_call_to_the_surrender_as_each_day_knew_it(demo: Store) -> None:
    stages, seen = [], 0
    for day in ("2025-05-12", "2025-05-13", "2025-05-16", "2025-05-21", "2025-06-04"):
        file = case_file(demo, HEAD_OFFICE, CASE_ONE, date.fromisoformat(day))
        assert file is not None
        stages.append(file.case.state.stage)
        assert len(file.story) > seen
        seen = len(file.story)
        assert all(str(step.at.date()) <= day for step in file.story)
    assert stages == ["dispatched", "first_round", "analysis", "solution", "closed"]
    assert file is not None
    kinds = [step.kind for step in file.story]
    order = [
        "customer_contact", "call", "received", "dispatched", "first_outcome", "review", "alert_letter", "meeting",
        "solution", "viewing_held", "surrender_requested", "policy_surrendered", "refund_paid", "closed",
    ]  # fmt: skip
    assert [kind for kind in dict.fromkeys(kinds) if kind in order] == order
    assert len(file.written) == 10


def test_r16_every_party_is_in_the_story_of_case_1(demo: Store) -> None:
    file = case_file(demo, HEAD_OFFICE, CASE_ONE, date(2025, 6, 4))
    assert file is not None
    assert {step.party for step in file.story} == {"customer", "branch", "department", "head_office"}
    assert {step.source for step in file.story} >= {"ticket", "event", "entry", "conversation"}


def test_r15_the_earlier_cases_told_like_case_1_are_found_with_how_they_ended(demo: Store) -> None:
    file = case_file(demo, HEAD_OFFICE, CASE_ONE, date(2025, 6, 4))
    assert file is not None
    similar = file.similar.cases.set_index("ticket_id")
    assert {"T20241104-A01", "T20240611-A01", "T20230918-A01"} <= set(similar.index)
    assert similar.loc["T20240611-A01", "final_outcome"] == "not_agreed"
    assert (similar["received_at"] < file.case.ticket["received_at"]).all()
    assert (file.similar.decided, file.similar.agreed) == (5, 4)


def test_a_branch_sees_its_own_cases_and_entries_only(demo: Store) -> None:
    own = Scope("branch", "B19")
    assert [case.state.ticket_id for case in case_board(demo, own, INSURANCE, DEMO_AS_OF).cases] == [WAITING]
    assert case_file(demo, own, LATE, DEMO_AS_OF) is None
    file = case_file(demo, own, WAITING, DEMO_AS_OF)
    assert file is not None
    assert len(file.written) == 5
    with pytest.raises(Problem):
        append(demo, own, kind="case_step", subject=subject_of(LATE), body={}, who="x", on_day=DEMO_AS_OF,
               branch_id="B03")  # fmt: skip


def test_a_ticket_that_is_not_known_yet_has_no_file(demo: Store) -> None:
    assert case_file(demo, HEAD_OFFICE, CASE_ONE, date(2025, 5, 11)) is None
    assert case_file(demo, HEAD_OFFICE, "'; DROP TABLE stored.ledger; --", DEMO_AS_OF) is None


def test_r11_the_year_s_mediations_are_listed_with_request_date_and_what_came_of_them(demo: Store) -> None:
    table = case_register(demo, HEAD_OFFICE, INSURANCE, 2025, date(2025, 8, 10), "mediation")
    row = table.set_index("ticket_id").loc[WAITING]
    assert (row["asked_on"], row["held_on"]) == (date(2025, 7, 29), date(2025, 8, 5))
    assert "调解达成协议" in row["told"]
    assert case_register(demo, HEAD_OFFICE, INSURANCE, 2025, DEMO_AS_OF, "mediation").empty
    prepayment = case_register(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF, "mediation")
    events = (
        demo.cursor()
        .execute(
            "SELECT count(DISTINCT e.ticket_id) FROM stored.events e JOIN stored.ticket_versions t USING (ticket_id) "
            "WHERE t.complaint_class = ? AND starts_with(e.event, 'mediation') AND e.happened_at >= DATE '2025-01-01' "
            "AND e.happened_at < DATE '2025-07-28'",
            [PREPAYMENT],
        )
        .fetchall()[0][0]
    )
    assert len(prepayment) == prepayment["ticket_id"].nunique() == events > 5
    asked = prepayment["asked_on"].dropna()
    assert list(asked) == sorted(asked, reverse=True)


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo bank, which the test may change."""
    store = Store(Path(shutil.copy(demo_file, tmp_path / "store.duckdb")))
    yield store
    store.close()


def test_r12_entries_show_at_once_can_be_taken_back_are_registered_and_go_with_the_demo(own_demo: Store) -> None:
    def enter(kind: str, subject: str, **body: Any) -> int:
        return append(
            own_demo, HEAD_OFFICE, kind=kind, subject=subject, body=body, who="王敏", on_day=DEMO_AS_OF
        ).entry_id

    def case() -> Case:
        return found(case_board(own_demo, HEAD_OFFICE, INSURANCE, DEMO_AS_OF))[NEW]

    subject = subject_of(NEW)
    assert case().state.owner_proposed
    number = enter("case_assign", subject, owner="李军", next_step="派发宜昌分行", due="2025-07-28", text="")
    care = case().state.care
    assert care is not None
    assert (care.owner, case().state.urgency, case().state.newest_entry) == ("李军", "in_time", number)
    written = entries(own_demo, HEAD_OFFICE, DEMO_AS_OF, subject=subject)
    undo(own_demo, HEAD_OFFICE, subject, who="王敏", on_day=DEMO_AS_OF, seen=newest_entry(written))
    assert case().state.owner_proposed, "without the entry the proposal holds again, never nothing"

    enter("case_limits", "case_limits", dispatch=0, mediation_rounds=2)
    assert limits_in_force(own_demo, Scope("branch", "B19"), DEMO_AS_OF).mediation_rounds == 2
    assert limits_in_force(own_demo, HEAD_OFFICE, date(2025, 7, 26)).mediation_rounds == 3
    enter("case_limits", "case_limits", dispatch=99)
    assert limits_in_force(own_demo, HEAD_OFFICE, DEMO_AS_OF).dispatch == 1, "values out of range are not used"

    def step(kind: str, **details: Any) -> None:
        enter("case_step", subject, step=kind, on="2025-07-27", party="branch", text="…", **details)

    step("mediation_requested", mediator="金融消费纠纷调解中心")
    step("mediation_date", scheduled="2025-08-04")
    (mediation,) = case_register(own_demo, HEAD_OFFICE, INSURANCE, 2025, DEMO_AS_OF, "mediation").to_dict("records")
    assert (mediation["asked_of"], mediation["held_on"]) == ("金融消费纠纷调解中心", date(2025, 8, 4))
    step("escalation", asked_of="分管行领导:特批全额退保")
    step("escalation_granted", granted="同意全额退保,由分行垫付")
    (granted,) = case_register(own_demo, HEAD_OFFICE, INSURANCE, 2025, DEMO_AS_OF, "escalation").to_dict("records")
    assert (granted["ticket_id"], granted["asked_of"], granted["told"]) == (
        NEW, "分管行领导:特批全额退保", "同意全额退保,由分行垫付",
    )  # fmt: skip
    assert case().state.stage == "escalation"
    assert case().qualification.mediation_begun

    enter("letter_sent", "letter:2025-7", title="关于双录调阅的提示", about={"ticket": NEW})
    file = case_file(own_demo, HEAD_OFFICE, NEW, DEMO_AS_OF)
    assert file is not None
    assert [step.text for step in file.story if step.source == "letter"] == ["关于双录调阅的提示"]
    remove_demo(own_demo)
    assert own_demo.cursor().execute("SELECT count(*) FROM stored.ledger").fetchall() == [(0,)]
