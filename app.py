"""The frame: who is reading, which store, which selection, and the screens to go to."""

from __future__ import annotations

import streamlit as st

from data.demo_store import holds_demo
from data.scope import Scope
from texts import N_, Language, Message, Problem, render
from ui.appearance import watch_theme
from ui.back import step_back_at_once
from ui.banners import show_banners
from ui.empty_store import show_empty_store
from ui.pickers import asked_language, settled_selection, show_pickers, show_switches, write_address
from ui.sign_in import came_for, reader, show_signed_in
from ui.start import store_with_data
from ui.states import calmly, problem_box
from ui.style import show_style
from ui.turns import pages
from ui.view import View, set_view

DATA = "data"
PRODUCT = N_("Resolution Watch")
ABOUT = N_("Early warning for first-contact resolution of complaints. Runs on this machine; no data leave it.")


def screens(scope: Scope, language: Language) -> list[st.Page]:
    """Give the screens a role may open, the one to open on first."""

    def say(text_id: str) -> str:
        return render(Message(text_id), language)

    return [
        st.Page(
            "pages/threshold.py",
            title=say("Threshold"),
            icon=":material/show_chart:",
            url_path="home",
            default=True,
            help=say("The actual against the cumulative threshold of one class, with the weekly table."),
        ),
        st.Page(
            "pages/overview.py",
            title=say("Overview"),
            icon=":material/list_alt:",
            url_path="overview",
            help=say("All classes, worst first, and what changed since last week."),
        ),
        st.Page(
            "pages/branches.py",
            title=say("Branch drill-down"),
            icon=":material/account_tree:",
            url_path="branches",
            help=say("Where a class is lost: branches, causes and the handling path, down to the tickets."),
        ),
        st.Page(
            "pages/causes.py",
            title=say("Causes"),
            icon=":material/troubleshoot:",
            url_path="causes",
            help=say("Replies, approvals, loan balances, demands and rounds: what differs beyond chance."),
        ),
        st.Page(
            "pages/cases.py",
            title=say("Cases"),
            icon=":material/folder_open:",
            url_path="cases",
            help=say("Open cases one by one: stage, owner, next step, due date; one case's whole story."),
        ),
        st.Page(
            "pages/voice.py",
            title=say("Voice"),
            icon=":material/record_voice_over:",
            url_path="voice",
            help=say("Calls and chats: emotion, threats, weak points, and the open tickets most likely to escalate."),
        ),
        st.Page(
            "pages/review.py",
            title=say("Review"),
            icon=":material/groups:",
            url_path="review",
            help=say("The weekly review: what was decided, what is near or late, new decisions, minutes."),
        ),
        st.Page(
            "pages/letters.py",
            title=say("Letters and measures"),
            icon=":material/campaign:",
            url_path="letters",
            help=say("Alert and advice letters with their answers, hazards, measures and what they did."),
        ),
        st.Page(
            "pages/plan.py",
            title=say("Plan"),
            icon=":material/tune:",
            url_path="plan",
            help=say("Allowance, target and regime of one class; what a change would do."),
        ),
        st.Page(
            "pages/data.py",
            title=say("Data"),
            icon=":material/database:",
            url_path=DATA,
            help=say("What came in, what was set aside, how fresh it is; bring in files.")
            if scope.may_change
            else say("What came in and how fresh it is."),
        ),
        # The first screen lives at the bare address; by its name, as all others, it is found too.
        st.Page("pages/threshold.py", title=say("Threshold"), url_path="threshold", visibility="hidden"),
    ]


def run() -> None:
    """Show one screen."""
    language = asked_language()
    st.set_page_config(
        page_title=render(Message(PRODUCT), language),
        page_icon="static/icon.svg",
        layout="wide",
        menu_items={"About": render(Message(ABOUT), language)},
    )
    try:
        scope = reader()
        store = store_with_data(language)
    except Problem as problem:
        problem_box(problem, language)
        st.stop()
    wanted = came_for()
    if wanted is not None and not st.query_params:
        st.query_params.from_dict(wanted[1])
    selection = settled_selection(store, scope)
    view = View(
        store=store,
        scope=scope,
        language=selection.language,
        complaint_class=selection.complaint_class,
        year=selection.year,
        as_of=selection.as_of,
        present=selection.present,
        demo=holds_demo(store),
        dark=st.context.theme.type == "dark",
        focus=selection.focus,
    )
    set_view(view)
    offered = screens(scope, view.language)
    page = st.navigation(offered, position="hidden" if view.present else "sidebar")
    if wanted is not None and wanted[0] != page.url_path:
        for other in offered:
            if other.url_path == wanted[0]:
                st.switch_page(other, query_params=wanted[1])
    show_style(view)
    if not view.present:
        with st.sidebar:
            show_pickers(view)
    with calmly(view.language):
        show_banners(view)
        if view.complaint_class is None and page.url_path != DATA:
            show_empty_store(view, uploads_below=False)
        else:
            page.run()
    if not view.present:
        with st.sidebar:
            show_switches(view)
            show_signed_in(view)
    write_address(selection)
    watch_theme(view)
    step_back_at_once()


with pages.making():
    run()
