"""Every screen for every role: it opens, offers nothing the role may not do, and shows a branch no other branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.sign_in
import ui.start
from data.scope import HEAD_OFFICE, Scope
from data.store import STORE_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["threshold", "overview", "branches", "causes", "cases", "voice", "review", "letters", "plan", "data"]
OWN = "B03"
Run = Callable[..., AppTest]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run one page as a role, on one demo bank that no test changes."""
    path = tmp_path_factory.mktemp("demo") / "store.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(path))
        for thread in ("watch", "keep_warm", "keep_listening"):
            patch.setattr(ui.start, thread, lambda store: None)

        def page(name: str, scope: Scope) -> AppTest:
            patch.setattr(ui.sign_in, "reader", lambda: scope)
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
            app.switch_page(f"pages/{name}.py")
            return app.run()

        ui.start.opened_store.clear()
        yield page
        ui.start.opened_store().close()
        ui.start.opened_store.clear()


@pytest.fixture(scope="module")
def foreign(run: Run) -> set[str]:
    """Names and codes of every branch but the own one."""
    run("threshold", HEAD_OFFICE)
    names = ui.start.opened_store().read("branch_names", HEAD_OFFICE, date(2025, 7, 27))
    others = names[names["branch_id"] != OWN]
    return {str(text) for column in ("branch_id", "branch_name") for text in others[column].dropna()}


def shown(app: AppTest) -> str:
    """Everything the page sends to the browser, tables and pictures too."""
    return " ".join(str(element.proto) for part in (app.main, app.sidebar) for element in part)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scope", [Scope("viewer"), Scope("department"), Scope("branch", OWN)], ids=lambda s: s.role)
def test_every_screen_opens_for_every_role(run: Run, name: str, scope: Scope) -> None:
    app = run(name, scope)
    assert not app.exception
    assert not [error for error in app.error if "Something went wrong" in str(error.proto)]
    keys = {str(button.key) for button in app.button}
    assert not keys & {"remove_demo", "load_demo", "close_review", "send_letter", "decide_plan"}


@pytest.mark.parametrize("name", PAGES)
def test_a_branch_is_shown_no_other_branch(run: Run, foreign: set[str], name: str) -> None:
    assert len(foreign) > 60
    text = shown(run(name, Scope("branch", OWN)))
    assert len(text) > 400
    assert sorted(other for other in foreign if other in text) == []


def test_the_head_office_is_shown_many_branches(run: Run, foreign: set[str]) -> None:
    text = shown(run("branches", HEAD_OFFICE))
    assert sum(other in text for other in foreign) > 30
