"""The meeting's screens run without a browser: from a warning to its source, what changed, what is being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.start
from answers.changes import week_news
from answers.evidence import standing
from answers.origin import origin
from answers.overview import overview, positions, rows_as_they_come
from answers.register import register
from answers.turn_scores import score_all
from charts.change_words import change_sentence
from data.demo_store import DEMO_AS_OF, load_demo
from data.drafts import read_draft
from data.scope import HEAD_OFFICE
from data.store import STORE_VARIABLE, Store
from texts import render
from ui.pickers import SELECTION

ROOT = Path(__file__).resolve().parents[2]
PREPAYMENT, COLLECTION, CARDS = "住房贷款提前还款", "债务催收", "信用卡息费"
Run = Callable[..., AppTest]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run a screen on the demo bank; what is worked out once stays for the tests that follow."""
    path = tmp_path_factory.mktemp("store") / "store.duckdb"
    store = Store(path)
    load_demo(store)
    store.close()
    patched = pytest.MonkeyPatch()
    patched.setenv(STORE_VARIABLE, str(path))
    for started in ("watch", "keep_warm", "keep_listening", "answer"):
        patched.setattr(ui.start, started, lambda store: None)
    ui.start.opened_store.clear()

    def app(page: str, session: dict[str, str] | None = None, **params: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        test.query_params.update({"lang": "en"} | {key.rstrip("_"): value for key, value in params.items()})
        for key, value in (session or {}).items():
            test.session_state[key] = value
        found = test.switch_page(f"pages/{page}.py").run()
        assert not found.exception
        return found

    yield app
    ui.start.opened_store().close()
    ui.start.opened_store.clear()
    patched.undo()


def written(app: AppTest) -> list[str]:
    """Give the page's paragraphs as they are read, without the marks that keep a text from being formatted."""
    return [str(text.value).replace("\\", "") for text in app.markdown]


def focus(app: AppTest) -> dict[str, str]:
    return dict(app.session_state[SELECTION].focus)


def test_r19_a_warning_leads_to_branches_steps_causes_and_cases_with_the_week_since_which_it_stands(run: Run) -> None:
    for label, part in (("Which branches", None), ("Which steps", "path"), ("Which causes", None)):
        app = run("threshold", class_=COLLECTION)
        app.button(key=f"to_{label}").click().run()
        assert not app.exception
        assert focus(app).get("part") == part
        week = focus(app)["week"]
    store = ui.start.opened_store()
    shown = standing(store, HEAD_OFFICE, COLLECTION, 2025, DEMO_AS_OF)
    assert shown is not None
    seen = shown.evaluation
    since = next(e.since for e in (seen.red, seen.amber, seen.shift, seen.volume, seen.over) if e.since is not None)
    weeks = shown.answer.threshold.weeks
    assert week == f"{weeks['week_start'][weeks['week'] == since].iloc[0]:%Y-%m-%d}"


def test_r19_the_week_that_the_reader_has_chosen_goes_along_instead(run: Run) -> None:
    app = run("threshold", class_=COLLECTION, week="2025-05-05")
    app.button(key="to_Which branches").click().run()
    assert focus(app)["week"] == "2025-05-05"


def test_r19_the_branch_that_stands_out_is_named_beside_the_warning_and_opened_by_one_click(run: Run) -> None:
    app = run("threshold", class_=PREPAYMENT)
    store = ui.start.opened_store()
    shown = standing(store, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert shown is not None
    named = origin(store, HEAD_OFFICE, shown)
    assert named.branch == "B01", "the branch with another reply position is planted"
    button = app.button(key=f"branch_of_{PREPAYMENT}")
    assert named.branch_name in button.label
    button.click().run()
    assert not app.exception
    assert focus(app) == {"branch": "B01"}


def test_r19_from_the_overview_s_lines_too(run: Run) -> None:
    app = run("overview")
    app.button(key=f"branch_of_{PREPAYMENT}").click().run()
    assert app.session_state[SELECTION].complaint_class == PREPAYMENT
    assert focus(app) == {"branch": "B01"}


@pytest.mark.parametrize("page", ["branches", "causes", "cases", "plan"])
def test_r08_what_changed_since_last_week_stands_under_the_title_of_every_class_s_screen(run: Run, page: str) -> None:
    app = run(page, class_=COLLECTION)
    store = ui.start.opened_store()
    shown = standing(store, HEAD_OFFICE, COLLECTION, 2025, DEMO_AS_OF)
    assert shown is not None
    news = week_news(store, HEAD_OFFICE, shown)
    assert news.changes is not None
    sentence = render(change_sentence(news.changes), "en")
    line = next(text.value for text in app.markdown if text.value.startswith("Since 2025-07-20"))
    assert sentence in line
    if page == "branches":
        first = news.tickets["branch_id"].value_counts()
        assert str(first.iloc[0]) in line
    app.button(key="all_changes").click().run()
    assert not app.exception
    assert focus(app)["part"] == "changes"


def test_r08_the_review_says_what_changed_in_all_classes_and_the_voice_screen_what_was_heard(run: Run) -> None:
    app = run("review")
    store = ui.start.opened_store()
    rows = overview(store, HEAD_OFFICE, 2025, DEMO_AS_OF)
    new = sum(row.changes.new for row in rows if row.changes is not None)
    assert any(f"**{new} new not agreed**" in text.value for text in app.markdown)
    score_all(store)
    app = run("voice")
    assert any("calls and chats**" in text.value for text in app.markdown)


def test_the_first_week_of_a_year_has_nothing_to_compare_with_and_says_so(run: Run) -> None:
    app = run("plan", class_=COLLECTION, as_of="2025-01-03")
    assert any("nothing" in t.value or "just begun" in t.value for t in app.markdown)


def test_the_part_that_is_open_is_read_from_the_address_and_unknown_ones_are_ignored(run: Run) -> None:
    app = run("threshold", part="register")
    assert app.session_state["behind"] == "Alarm register"
    app = run("threshold", part="<script>")
    assert app.session_state["behind"] == "Why this warning, and why no other"
    assert run("data", part="imports").session_state["data_tabs"] == "Imports and rows set aside"


def test_the_row_that_narrows_the_tickets_or_names_the_branch_is_the_one_of_the_address(run: Run) -> None:
    app = run("branches", class_=PREPAYMENT, branch="B01", channel="电话")
    assert app.session_state["branch_channels_B01"]["selection"]["rows"] != []
    assert app.session_state["branch_causes_B01"]["selection"]["rows"] == []
    quotas = run("causes", class_=PREPAYMENT, step="4", branch="B01")
    assert quotas.session_state["cause_quotas_customers"]["selection"]["rows"] != []


def test_r24_the_presented_register_lacks_no_week_and_the_overview_says_where_one_does(run: Run) -> None:
    unfinished = run("overview")
    waiting = next(one for one in unfinished.metric if one.label == "Alarms to acknowledge")
    assert waiting.value.startswith("≥")
    app = run("threshold", class_=CARDS, present="1", step="5")
    store = ui.start.opened_store()
    shown = standing(store, HEAD_OFFICE, CARDS, 2025, DEMO_AS_OF)
    assert shown is not None
    assert register(store, HEAD_OFFICE, shown).missing == 0
    assert any("breach probability" in str(cell) for cell in app.table[0].value.to_numpy().ravel())


def test_what_was_typed_into_an_acknowledgement_is_there_again_in_another_session(run: Run) -> None:
    app = run("threshold", {"signer": "Wang Min"}, class_=COLLECTION, part="register")
    form = f"acknowledge_{COLLECTION}_2025"
    app.text_input(key=f"{form}_decision").set_value("an alert letter goes out").run()
    kept = read_draft(ui.start.opened_store(), form, "Wang Min")
    assert kept is not None
    assert kept.body["decision"] == "an alert letter goes out"
    again = run("threshold", {"signer": "Wang Min"}, class_=COLLECTION, part="register")
    assert again.text_input(key=f"{form}_decision").value == "an alert letter goes out"
    again.button(key="acknowledge").click().run()
    assert not again.exception
    assert read_draft(ui.start.opened_store(), form, "Wang Min") is None


def test_a_new_day_s_positions_come_before_its_evidence_and_both_say_the_same(run: Run) -> None:
    run("data")
    store, day = ui.start.opened_store(), DEMO_AS_OF.replace(month=5, day=14)
    counted = positions(store, HEAD_OFFICE, 2025, day)
    ratios = [answer.threshold.position.ratio for answer in counted if answer.threshold.position]
    assert ratios == sorted(ratios, reverse=True)
    came = {row.shown.answer.complaint_class: row for row in rows_as_they_come(store, HEAD_OFFICE, counted)}
    rows = overview(store, HEAD_OFFICE, 2025, day)
    assert [came[row.shown.answer.complaint_class] for row in rows] == list(rows)
    assert {answer.complaint_class for answer in counted} == set(came)
    for answer in counted:
        assert came[answer.complaint_class].shown.evaluation.actual == answer.threshold.actual


def test_a_new_day_ends_with_the_whole_overview_and_nothing_left_open(run: Run) -> None:
    app = run("overview", as_of="2025-04-23")
    table = app.dataframe[0].value
    assert "…" not in set(table["warning"]) | set(table["change"]) | set(table["breach"])
    assert len(table) == len(overview(ui.start.opened_store(), HEAD_OFFICE, 2025, DEMO_AS_OF.replace(month=4, day=23)))


def test_r24_a_plan_that_is_tried_stands_in_the_address_and_says_that_it_is_a_draft(run: Run) -> None:
    plain = run("plan", class_=COLLECTION)
    assert not [text for text in written(plain) if "Draft, not saved" in text]
    budget = int(plain.number_input(key="draft_allowance").value or 0)

    tried = plain.number_input(key="draft_allowance").set_value(budget + 5).run()
    tried = tried.selectbox(key="choice_reading").set_value("final").run()
    assert focus(tried) == {"allowance": str(budget + 5), "reading": "final"}
    sentence = f"allowance {budget + 5} instead of {budget}, counted at closing (milder)"
    assert sentence in written(tried)

    sent = run("plan", class_=COLLECTION, **focus(tried), open="bounds", near="0.7")
    assert sent.number_input(key="draft_allowance").value == budget + 5
    assert sent.number_input(key="draft_near").value == 0.7
    assert [text for text in written(sent) if text.startswith(f"{sentence}, near from 0.7")]

    dropped = sent.button(key="drop_plan_draft").click().run()
    assert focus(dropped) == {"open": "bounds"}
    assert dropped.number_input(key="draft_allowance").value == budget
    wrong = run("plan", class_=COLLECTION, allowance="many", near="nan", target="-3", set_by="target")
    assert wrong.number_input(key="draft_target").value == 1.0, "the nearest that is possible"
