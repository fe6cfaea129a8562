"""The branch and the causes screen for every role and store: a branch sees its own, nothing of the others leaks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ui.sign_in
import ui.start
from answers.branches import branch_answer
from data.demo.truth import PREPAYMENT
from data.intake import import_file, import_frame
from data.scope import HEAD_OFFICE, Scope
from data.store import STORE_VARIABLE, Store

ROOT = Path(__file__).resolve().parents[2]
CFPB = ROOT.parent / "shared" / "data" / "cfpb_2013_2016.csv"
Run = Callable[..., AppTest]
OWN, OTHERS = "B03", tuple(f"B{number:02d}" for number in range(1, 37) if number != 3)


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Run]]:
    """Run one page as a role on a store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ui.start, "watch", lambda store: None)
        patch.setattr(ui.start, "keep_warm", lambda store: None)
        opened: list[Path] = []

        def store_at(path: Path) -> Run:
            if opened[-1:] != [path]:
                if opened:
                    ui.start.opened_store().close()
                patch.setenv(STORE_VARIABLE, str(path))
                ui.start.opened_store.clear()
                opened.append(path)

            def page(name: str, scope: Scope, **params: str) -> AppTest:
                patch.setattr(ui.sign_in, "reader", lambda: scope)
                app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
                app.query_params.update(params)
                app.run()
                app.switch_page(f"pages/{name}.py")
                return app.run()

            return page

        yield store_at
        if opened:
            ui.start.opened_store().close()
        ui.start.opened_store.clear()


@pytest.fixture(scope="module")
def demo(demo_copy: Callable[[], Path]) -> Path:
    return demo_copy()


def everything(app: AppTest) -> str:
    """All that the browser is sent: texts, pictures, tables, options."""
    sent = [str(element) for element in app.main]
    for element in app.main:
        proto = getattr(element, "proto", None)
        spec = getattr(proto, "spec", "")
        if isinstance(spec, str) and spec:
            sent.append(json.dumps(json.loads(spec), ensure_ascii=False))
    sent += [frame.value.to_csv() for frame in app.dataframe]
    return "\n".join(sent)


@pytest.mark.parametrize(
    ("name", "step"), [("branches", "1"), ("causes", "2"), ("causes", "3"), ("causes", "4"), ("causes", "5")]
)
def test_a_branch_reader_sees_its_own_branch_and_nothing_of_the_others(
    on: Callable[[Path], Run], demo: Path, name: str, step: str
) -> None:
    params = {"class": PREPAYMENT, "as_of": "2025-12-31", "step": step}
    app = on(demo)(name, Scope("branch", OWN), **params)
    assert not app.exception
    assert not app.error
    shown = everything(app)
    assert ("苏州分行" in shown) == (name == "branches"), "the branch screen shows the reader's own branch"
    assert not [branch for branch in OTHERS if branch in shown]
    assert "杭州分行" not in shown
    assert "宁波分行" not in shown
    for frame in app.dataframe:
        for column in ("branch_id", "left_branch_id", "right_branch_id"):
            if column in frame.value:
                assert set(frame.value[column].dropna()) <= {OWN, "苏州分行"}, "the name, where a table shows it"


@pytest.mark.parametrize("name", ["branches", "causes"])
def test_a_branch_reader_who_asks_for_another_branch_by_link_gets_nothing_of_it(
    on: Callable[[Path], Run], demo: Path, name: str
) -> None:
    params = {"class": PREPAYMENT, "as_of": "2025-12-31", "branch": "B01", "cause": "预约排队时间长", "step": "2"}
    app = on(demo)(name, Scope("branch", OWN), **params, mark="flow|received|dispatched")
    assert not app.exception
    shown = everything(app)
    assert "杭州分行" not in shown
    assert not any("B01" in frame.value.to_csv() for frame in app.dataframe)


@pytest.mark.parametrize(
    "mark", ["flow|received|", "flow|<script>|x", "round|unreasonable|2", "position|不收", "year", "🙂"]
)
@pytest.mark.parametrize("name", ["branches", "causes"])
def test_any_mark_in_the_address_is_shown_or_passed_over_calmly(
    on: Callable[[Path], Run], demo: Path, name: str, mark: str
) -> None:
    for more in ({"branch": OWN}, {"step": "5"} if name == "causes" else {"channel": "–", "branch": OWN}):
        app = on(demo)(name, HEAD_OFFICE, **{"class": PREPAYMENT, "mark": mark, **more})
        assert not app.exception
        assert not app.error


@pytest.mark.skipif(not CFPB.exists(), reason="the real complaints are not on this machine")
def test_r19_real_complaints_are_counted_as_by_hand_and_the_screens_open(
    on: Callable[[Path], Run], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("real") / "store.duckdb"
    store = Store(path)
    with store.writing() as cursor:
        import_file(cursor, CFPB, mapping="cfpb", recorded_on=date(2016, 12, 31))
    table = pd.read_csv(CFPB, index_col=False)
    disputed, sent = table["Consumer disputed?"], pd.to_datetime(table["Date sent to company"], format="mixed").dt.year
    names = sorted(table["Product"].unique())
    for name in names:
        for year in (2013, 2016):
            own = table[(table["Product"] == name) & disputed.isin(["Yes", "No"]) & (sent == year)]
            shown = branch_answer(store, HEAD_OFFICE, name, year, date(2016, 12, 31))
            if own.empty:
                continue
            assert shown is not None
            assert shown.findings is not None
            now = shown.findings.cells[shown.findings.cells["year"] == year]
            for column, key in (("Company", "branch_id"), ("Issue", "cause")):
                counted = now.groupby(key)[["decided", "not_agreed"]].sum()
                by_hand = own.groupby(column)["Consumer disputed?"].agg(
                    ["size", lambda said: int((said == "Yes").sum())]
                )
                assert sorted(map(tuple, counted.to_numpy())) == sorted(map(tuple, by_hand.to_numpy()))
            marked = shown.findings.branches.marked
            assert marked.empty, "no company stands apart by these few complaints"
    store.close()
    run = on(path)
    for name in names[::3]:
        for page in ("branches", "causes"):
            app = run(page, HEAD_OFFICE, **{"class": name, "year": "2016", "as_of": "2016-12-31"})
            assert not app.exception, (name, page)
            assert not app.error


def bare(rows: int, days: int) -> pd.DataFrame:
    """Tickets with nothing but what a ticket must have, of a class that says nothing else."""
    received = pd.date_range("2025-03-03 09:00", periods=rows, freq=f"{max(days * 24 * 60 // rows, 1)}min")
    return pd.DataFrame(
        {
            "ticket_id": [f"T{number}" for number in range(rows)],
            "customer_id": [f"C{number}" for number in range(rows)],
            "received_at": received,
            "complaint_class": "只有工单'<script>",
            "branch_id": [['B"1', "B<b>2", "B3"][number % 3] for number in range(rows)],
            "first_outcome": ["agreed", "agreed", "agreed", "not_agreed"] * (rows // 4) + ["agreed"] * (rows % 4),
            "first_outcome_at": received + pd.Timedelta(hours=5),
        }
    )


@pytest.mark.parametrize(
    ("rows", "days", "language"),
    [(3, 1, "zh"), (24, 5, "en"), (400, 300, "zh"), (400, 300, "en")],
    ids=["three", "one week", "a year", "a year in English"],
)
def test_a_class_without_replies_balances_and_events_is_told_in_words(
    on: Callable[[Path], Run], tmp_path_factory: pytest.TempPathFactory, rows: int, days: int, language: str
) -> None:
    path = tmp_path_factory.mktemp("bare") / "store.duckdb"
    store = Store(path)
    with store.writing() as cursor:
        import_frame(cursor, "tickets", bare(rows, days), name="bare", recorded_on=date(2026, 1, 5))
    store.close()
    run = on(path)
    for name in ("branches", "causes"):
        for step in ("2", "3", "4", "5") if name == "causes" else ("2",):
            for present in ("", "1"):
                app = run(name, HEAD_OFFICE, lang=language, step=step, **({"present": present} if present else {}))
                assert not app.exception, (name, step)
                assert not app.error
                assert "<script>" not in "".join(text.value for text in app.markdown if text.allow_html)
