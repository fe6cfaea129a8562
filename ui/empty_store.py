"""A store without tickets: how to bring some in, and the demo bank to look around with."""

from __future__ import annotations

import streamlit as st

from data.demo_store import load_demo
from ui.states import empty_state
from ui.view import View


def show_empty_store(view: View, *, uploads_below: bool) -> None:
    """Say that there are no tickets yet and offer what the reader may do; uploads_below: on the data screen."""

    def actions() -> None:
        with st.container(horizontal=True, horizontal_alignment="center"):
            if not uploads_below:
                st.page_link("pages/data.py", label=view.say("Bring in files"), icon=":material/upload_file:")
            if st.button(view.say("Load the demo bank"), key="load_demo", icon=":material/science:"):
                with st.spinner(view.say("Loading the demo bank…")):
                    load_demo(view.store)
                st.rerun()

    empty_state(
        view,
        view.say("There are no tickets yet."),
        view.say("Bring in a ticket export, or look around with the demo bank."),
        actions if view.scope.may_change else None,
    )
