"""From a warning, one click to where it comes from: the branches, the causes, the single cases behind it."""

from __future__ import annotations

import streamlit as st

from analytics.evaluation import Evaluation
from texts import N_
from ui.pickers import open_class
from ui.view import View

Source = tuple[str, str, str]  # page, label, icon
BRANCHES: Source = ("pages/branches.py", N_("Which branches and steps"), ":material/account_tree:")
CAUSES: Source = ("pages/causes.py", N_("Which causes"), ":material/troubleshoot:")
CASES: Source = ("pages/cases.py", N_("Which open cases"), ":material/folder_open:")
CURVE: Source = ("pages/threshold.py", N_("Its curve"), ":material/show_chart:")


def sources_of(evaluation: Evaluation) -> tuple[Source, ...]:
    """Give where a class's warning can be followed to, what tells most first."""
    return (CASES, BRANCHES, CAUSES) if evaluation.small is not None else (BRANCHES, CAUSES, CASES)


def title_with_sources(view: View, title: str) -> None:
    """Show a class's title, and beside it the ways to where its warning comes from."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="warning_sources"):
        st.title(title, width="content")
        st.space("stretch")
        for page, label, icon in (BRANCHES, CAUSES, CASES):
            st.page_link(page, label=view.say(label), icon=icon)


def source_buttons(view: View, complaint_class: str, evaluation: Evaluation) -> None:
    """Lead from a list of classes to one class's screens."""
    with st.container(horizontal=True, gap="small", key=f"sources_{complaint_class}"):
        for page, label, icon in (CURVE, *sources_of(evaluation)):
            if st.button(view.say(label), key=f"{page}_{complaint_class}", type="tertiary", icon=icon):
                open_class(complaint_class)
                st.switch_page(page)
