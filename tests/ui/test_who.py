"""Who signs: asked once, kept for the session, changed on request."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from ui.who import tidy_name


def screen() -> None:
    from datetime import date
    from typing import Any, cast

    import streamlit as st

    from data.scope import HEAD_OFFICE
    from ui.view import View
    from ui.who import signer

    view = View(cast(Any, None), HEAD_OFFICE, "en", "x", 2025, date(2025, 7, 27), False, False, False)
    st.code(repr(signer(view)))


def test_a_name_is_asked_once_kept_and_changed_on_request() -> None:
    app = AppTest.from_function(screen).run()
    assert app.code[0].value == "None"
    app.text_input(key="signer_name").input("  王敏\n 消保 ")
    app.button[0].click().run()
    assert app.code[0].value == "'王敏 消保'"
    app.run()
    assert app.code[0].value == "'王敏 消保'"
    assert not app.text_input
    app.button(key="signer_change").click().run()
    assert app.code[0].value == "None"


def test_a_name_of_blanks_is_none() -> None:
    assert tidy_name(" \t\u200b\n ") is None
    assert tidy_name("a" * 99) == "a" * 40
