"""The screen of cases run without a browser: every class and reader, hostile texts, no cases, other people's data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ui.sign_in
import ui.start
from data.demo import CASE_ONE
from data.demo_store import DEMO_AS_OF
from data.drafts import read_draft, save_draft
from data.intake import import_frame
from data.ledger import append, entries, undo
from data.scope import HEAD_OFFICE, Scope
from data.store import STORE_VARIABLE, Store
from ui.who import SIGNER

ROOT = Path(__file__).resolve().parents[2]
INSURANCE, NEW = "保险争议", "T20250725-A01"
HOSTILE = "<script>alert(1)</script> $x$ :red[a] **b** ![](http://x) '\"\\ `c`"
Run = Callable[..., AppTest]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The place of the store that the screen will open."""
    where = tmp_path / "store.duckdb"
    monkeypatch.setenv(STORE_VARIABLE, str(where))
    for started in ("watch", "keep_warm", "keep_listening", "answer"):
        monkeypatch.setattr(ui.start, started, lambda store: None)
    ui.start.opened_store.clear()
    yield where
    ui.start.opened_store().close()
    ui.start.opened_store.clear()


def screen(session: dict[str, str] | None = None, **params: str) -> AppTest:
    """Run the screen of cases."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.query_params.update({"lang": "en"} | {key.rstrip("_"): value for key, value in params.items()})
    for key, value in (session or {}).items():
        test.session_state[key] = value
    return test.switch_page("pages/cases.py").run()


def said(app: AppTest) -> str:
    return " ".join(str(element.value) for element in (*app.markdown, *app.caption, *app.info, *app.warning))


@pytest.fixture
def demo(demo_file: Path, path: Path) -> Path:
    shutil.copy(demo_file, path)
    return path


def test_r03_the_board_shows_the_countdown_and_a_card_a_case(demo: Path) -> None:
    app = screen(class_=INSURANCE)
    assert not app.exception
    assert [metric.value for metric in app.metric][:3:2] == ["1 / 4", "4"]
    assert {button.key for button in app.button} >= {f"open_{NEW}", "open_T20250709-A01"}


def test_a_class_without_open_cases_says_so_and_shows_the_closed_ones(demo: Path) -> None:
    app = screen(class_=INSURANCE, as_of="2025-04-01")
    assert not app.exception
    assert "No case of 保险争议 is open on 2025-04-01." in said(app).replace("\\", "")


def test_a_ticket_that_does_not_exist_is_said_calmly(demo: Path) -> None:
    app = screen(class_=INSURANCE, ticket="T-nowhere")
    assert not app.exception
    assert not app.error
    assert "There is no ticket" in said(app)
    assert f"open_{NEW}" in {button.key for button in app.button}


@pytest.mark.parametrize("step", ["1", "4", "99"])
def test_r24_the_meeting_steps_through_the_cases(demo: Path, step: str) -> None:
    app = screen(class_=INSURANCE, present="1", step=step)
    assert not app.exception
    assert not app.error


def test_what_somebody_typed_is_restored_and_entered_once(demo: Path) -> None:
    app = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=NEW)
    field = f"case_{NEW}_"
    app.text_area(key=f"{field}text").input(HOSTILE).run()
    app.text_input(key=f"{field}next_step").input("派发").run()
    store = ui.start.opened_store()
    kept = read_draft(store, f"case:{NEW}", "王敏")
    assert kept is not None
    assert kept.body == {"text": HOSTILE, "next_step": "派发"}, "only what was touched is kept"

    again = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=NEW)  # the connection was lost: a new session
    assert again.text_area(key=f"{field}text").value == HOSTILE
    assert again.text_input(key=f"{field}next_step").value == "派发"
    again.button(key=f"enter_{NEW}").click().run()
    assert not again.exception
    assert not again.error
    written = entries(store, HEAD_OFFICE, DEMO_AS_OF, subject=f"ticket:{NEW}")
    assert [(entry.who, entry.body["text"], entry.body["step"]) for entry in written] == [("王敏", HOSTILE, "contact")]
    assert read_draft(store, f"case:{NEW}", "王敏") is None
    assert "<script>" not in said(again)


def test_nothing_is_entered_without_a_next_step_and_the_text_stays(demo: Path) -> None:
    app = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=NEW)
    app.text_area(key=f"case_{NEW}_text").input("电话联系").run()
    app.button(key=f"enter_{NEW}").click().run()
    assert "the next step" in str(app.error[0].proto)
    assert app.text_area(key=f"case_{NEW}_text").value == "电话联系"
    assert entries(ui.start.opened_store(), HEAD_OFFICE, DEMO_AS_OF, subject=f"ticket:{NEW}") == []


def test_two_people_at_one_case_see_each_other_and_do_not_overwrite(demo: Path) -> None:
    mine = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=NEW)
    mine.text_area(key=f"case_{NEW}_text").input("我的记录").run()
    mine.text_input(key=f"case_{NEW}_next_step").input("回访").run()
    store = ui.start.opened_store()
    other = {"step": "note", "text": "已派发宜昌分行", "owner": "李军", "next_step": "联系客户", "due": "2025-07-29"}
    append(store, HEAD_OFFICE, kind="case_step", subject=f"ticket:{NEW}", body=other, who="李军", on_day=DEMO_AS_OF,
           branch_id="B24")  # fmt: skip
    mine.button(key=f"enter_{NEW}").click().run()
    assert "已派发宜昌分行" in said(mine), "what the other entered is shown"
    written = entries(store, HEAD_OFFICE, DEMO_AS_OF, subject=f"ticket:{NEW}")
    assert [entry.who for entry in written] == ["李军"]
    mine.button(key=f"case_{NEW}_read_it").click().run()
    mine.button(key=f"enter_{NEW}").click().run()
    written = entries(store, HEAD_OFFICE, DEMO_AS_OF, subject=f"ticket:{NEW}")
    assert [entry.who for entry in written] == ["李军", "王敏"]
    undo(store, HEAD_OFFICE, f"ticket:{NEW}", who="李军", on_day=DEMO_AS_OF)
    mine.run()
    assert f"takes entry {written[1].entry_id} back" in said(mine)


def test_the_last_entry_is_taken_back_and_stays_in_the_history(demo: Path) -> None:
    app = screen({SIGNER: "赵立新"}, class_=INSURANCE, ticket="T20250721-A01")
    app.button(key="undo_case").click().run()
    assert not app.exception
    assert "taken back by 赵立新" in said(app).replace("\\", "")
    assert "调取录像" in said(app)
    assert "case_T20250721-A01_read_it" not in {button.key for button in app.button}, "one's own entry is no news"


@pytest.mark.parametrize("scope", [Scope("viewer"), Scope("branch", "B24"), Scope("department")])
def test_each_role_sees_what_it_may(demo: Path, monkeypatch: pytest.MonkeyPatch, scope: Scope) -> None:
    monkeypatch.setattr(ui.sign_in, "reader", lambda: scope)
    app = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=NEW)
    assert not app.exception
    may = scope.role != "viewer"
    assert (f"enter_{NEW}" in {button.key for button in app.button}) is may
    foreign = screen({SIGNER: "王敏"}, class_=INSURANCE, ticket=CASE_ONE)
    assert not foreign.exception
    assert ("There is no ticket" in said(foreign)) is (scope.role == "branch")


def test_a_bank_of_one_week_without_events_balances_calls_or_branches_and_with_hostile_names(path: Path) -> None:
    store = Store(path)
    rows = pd.DataFrame(
        {
            "ticket_id": ["T<b>1", "T2", "T3"],
            "customer_id": ["C1", "C2", "C3"],
            "received_at": [datetime(2025, 3, 3, 9), datetime(2025, 3, 4, 9), datetime(2025, 3, 5, 9)],
            "complaint_class": [HOSTILE] * 3,
            "branch_id": [HOSTILE, "B'2", 'B"3'],
            "cause": [HOSTILE, None, None],
            "narrative": [HOSTILE, None, ""],
            "first_outcome": [None, "not_agreed", "agreed"],
            "first_outcome_at": [None, datetime(2025, 3, 6), datetime(2025, 3, 6)],
            "closed_at": [None, None, datetime(2025, 3, 7)],
        }
    )
    with store.writing() as cursor:
        import_frame(cursor, "tickets", rows, name="week", recorded_on=date(2025, 3, 9))
    store.close()
    board = screen()
    assert not board.exception
    assert not board.error
    for ticket in rows["ticket_id"]:
        file = screen({SIGNER: "王敏"}, ticket=ticket)
        assert not file.exception
        assert not file.error


def test_data_that_never_close_count_as_open_until_their_first_outcome(path: Path) -> None:
    store = Store(path)
    rows = pd.DataFrame(
        {
            "ticket_id": [f"T{n}" for n in range(40)],
            "customer_id": [f"C{n}" for n in range(40)],
            "received_at": [datetime(2025, 3, 3, 9)] * 40,
            "complaint_class": ["Mortgage"] * 40,
            "branch_id": ["Bank"] * 40,
            "first_outcome": [None, *["agreed"] * 39],
            "first_outcome_at": [None, *[datetime(2025, 3, 4)] * 39],
        }
    )
    with store.writing() as cursor:
        import_frame(cursor, "tickets", rows, name="cfpb", recorded_on=date(2025, 3, 9))
    store.close()
    app = screen()
    assert not app.exception
    assert "do not say when tickets are closed" in said(app)
    assert {b.key for b in app.button if str(b.key).startswith("open_T")} == {"open_T0"}
    assert save_draft(ui.start.opened_store(), "x", "y", {})
