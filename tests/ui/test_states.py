"""States of a screen that has nothing to show."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def screen() -> None:
    from datetime import date
    from typing import Any, cast

    from data.scope import HEAD_OFFICE
    from ui.states import empty_state
    from ui.view import View

    view = View(cast(Any, None), HEAD_OFFICE, "en", "x", 2025, date(2025, 7, 27), False, False, False)
    empty_state(view, "No calls have come in.", "Put transcripts into the inbox.")
    empty_state(view, "No ticket is open.", "They appear with the next export.")


def test_two_parts_of_a_screen_can_be_empty_at_once() -> None:
    app = AppTest.from_function(screen).run()
    assert not app.exception
    assert [one.value for one in app.markdown if one.value.startswith("###")] == [
        "### :material/inbox: No calls have come in.",
        "### :material/inbox: No ticket is open.",
    ]
