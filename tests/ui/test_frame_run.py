"""The frame run without a browser: what each reader gets to see, and what happens when something goes wrong."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.sign_in
import ui.start
from data.demo_store import remove_demo
from data.scope import Scope
from data.store import STORE_VARIABLE
from texts import N_, Message, Problem, translate

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., AppTest]


@pytest.fixture
def run(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run app.py on a copy of the demo bank."""
    path = tmp_path / "store.duckdb"
    shutil.copy(demo_file, path)
    monkeypatch.setenv(STORE_VARIABLE, str(path))
    monkeypatch.setattr(ui.start, "watch", lambda store: None)
    monkeypatch.setattr(ui.start, "keep_listening", lambda store: None)
    ui.start.opened_store.clear()

    def app(**params: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        test.query_params.update({key.rstrip("_"): value for key, value in params.items()})
        return test.run()

    yield app
    ui.start.opened_store().close()
    ui.start.opened_store.clear()


@pytest.mark.parametrize(("code", "title"), [("zh", "数据"), ("en", "Data")])
def test_the_frame_stands_in_both_languages(run: Run, code: str, title: str) -> None:
    app = run(lang=code)
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="class_picker").value == "住房贷款提前还款"
    assert translate("Data", "zh_CN" if code == "zh" else "en") == title


def test_a_branch_sees_its_own_tickets_only_and_may_not_remove_the_demo(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = run()
    monkeypatch.setattr(ui.sign_in, "reader", lambda: Scope("branch", "B01"))
    own = run()
    assert not own.exception

    def tickets(app: AppTest) -> int:
        return sum(int(label.rsplit("·", 1)[1].replace(",", "")) for label in app.selectbox(key="class_picker").options)

    assert 0 < tickets(own) < tickets(everything)
    assert "remove_demo" in {button.key for button in everything.button}
    assert "remove_demo" not in {button.key for button in own.button}


def test_who_may_not_come_in_is_told_so_and_sees_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Scope:
        raise Problem(Message(N_("This address is not served without sign-in.")), Message("x"))

    monkeypatch.setattr(ui.sign_in, "reader", refuse)
    app = run(lang="en")
    assert "This address is not served without sign-in." in str(app.error[0].proto)
    assert len(app.main) == 1
    assert not app.selectbox


def test_a_fault_of_ours_is_one_calm_sentence_on_screen_and_a_traceback_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("ui.banners.show_banners", broken)
    with caplog.at_level(logging.ERROR, "resolution_watch"):
        app = run(lang="en")
    assert not app.exception
    shown = str(app.error[0].proto)
    assert "Something went wrong on this screen." in shown
    assert "secret of the house" not in shown
    record = caplog.records[-1]
    assert record.exc_info is not None
    assert str(record.args[0]) in shown if isinstance(record.args, tuple) else False


def test_an_empty_store_says_how_to_fill_it(run: Run) -> None:
    run()
    remove_demo(ui.start.opened_store())
    app = run(lang="en")
    assert not app.exception
    assert "There are no tickets yet." in " ".join(text.value for text in app.markdown)
    assert "load_demo" in {button.key for button in app.button}
    assert not app.selectbox


def test_a_viewer_of_an_empty_store_is_offered_nothing_to_press(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    remove_demo(ui.start.opened_store())
    monkeypatch.setattr(ui.sign_in, "reader", lambda: Scope("viewer"))
    app = run(lang="en")
    assert "load_demo" not in {button.key for button in app.button}
