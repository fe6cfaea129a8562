"""The review and the letters for every role and store: nobody sees or enters more than the role may, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.sign_in
import ui.start
from data.scope import Scope
from data.store import STORE_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., AppTest]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run one page as a role, on one demo bank that no test changes."""
    path = tmp_path_factory.mktemp("demo") / "store.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(path))
        patch.setattr(ui.start, "watch", lambda store: None)
        patch.setattr(ui.start, "keep_warm", lambda store: None)

        def page(name: str, scope: Scope, **params: str) -> AppTest:
            patch.setattr(ui.sign_in, "reader", lambda: scope)
            app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
            app.query_params.update(params)
            app.run()
            app.switch_page(f"pages/{name}.py")
            return app.run()

        ui.start.opened_store.clear()
        yield page
        ui.start.opened_store().close()
        ui.start.opened_store.clear()


def words(app: AppTest) -> str:
    return " ".join([*(text.value for text in app.text), *(text.value for text in app.markdown)])


@pytest.mark.parametrize("name", ["review", "letters"])
@pytest.mark.parametrize(
    "scope", [Scope("viewer"), Scope("branch", "B03"), Scope("department")], ids=["viewer", "branch", "department"]
)
def test_every_role_opens_the_page_and_only_the_head_office_may_close_or_send(
    run: Run, name: str, scope: Scope
) -> None:
    app = run(name, scope)
    assert not app.exception
    assert not app.error
    keys = {button.key for button in app.button}
    assert not keys & {"close_review", "draft_letter", "send_letter"}


def test_a_branch_sees_its_own_letters_and_hazards_only(run: Run) -> None:
    app = run("letters", Scope("branch", "B03"), step="2", hazard="2025-2")
    assert "苏州分行对违约金的答复与全行口径不一致" in words(app)
    app = run("letters", Scope("branch", "B03"), step="2", hazard="2025-3")
    assert "宁波" not in words(app)


def test_a_store_without_entries_says_so_calmly(run: Run) -> None:
    app = run("review", Scope("head_office"), as_of="2024-03-01")
    assert not app.exception
    assert not app.error
    app = run("letters", Scope("head_office"), as_of="2024-03-01", lang="en")
    assert not app.exception
    assert "No letter has been sent yet." in words(app)


def test_a_review_that_does_not_exist_is_said_and_the_days_own_is_shown(run: Run) -> None:
    app = run("review", Scope("head_office"), review="2025-07-15", lang="en")
    assert any("There is no review of 2025-07-15" in info.value for info in app.info)
    app = run("review", Scope("head_office"), review="<script>", lang="en")
    assert not app.exception
    assert date(2025, 7, 27).isoformat() in " ".join(caption.value for caption in app.caption)
