"""From a warning, one click to where it comes from: branches, handling path, causes, single cases, with the week, the
branch and the cause that the warning knows."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.evaluation import Evaluation
from answers.evidence import Standing, standing
from answers.origin import origin, stands_since
from charts.branch_words import given
from texts import N_
from ui.heading import screen_title
from ui.pickers import open_class, set_focus
from ui.plain import plain
from ui.view import View


@dataclass(frozen=True)
class Source:
    """A screen that a warning can be followed to; part: of the screen, None for its beginning."""

    page: str
    label: str
    icon: str
    part: str | None = None


CHOSEN = "source_chosen"
PATH = "path"  # the handling path on the branch screen
BRANCHES = Source("pages/branches.py", N_("Which branches"), ":material/account_tree:")
STEPS = Source("pages/branches.py", N_("Which steps"), ":material/route:", PATH)
CAUSES = Source("pages/causes.py", N_("Which causes"), ":material/troubleshoot:")
CASES = Source("pages/cases.py", N_("Which open cases"), ":material/folder_open:")
CURVE = Source("pages/threshold.py", N_("Its curve"), ":material/show_chart:")


def sources_of(evaluation: Evaluation) -> tuple[Source, ...]:
    """Give where a class's warning can be followed to, what tells most first."""
    ways = (BRANCHES, STEPS, CAUSES)
    return (CASES, *ways) if evaluation.small is not None else (*ways, CASES)


def title_with_sources(view: View, title: str) -> DeltaGenerator:
    """Show a class's title; give the place beside it for the ways to where its warning comes from.

    Follows at once the way that the reader has just chosen there.
    """
    chosen: Source | None = st.session_state.pop(CHOSEN, None)
    if chosen is not None:
        name = view.complaint_class or ""
        shown = standing(view.store, view.scope, name, view.year, view.as_of)
        _follow(view, chosen, name, None if shown is None else shown.evaluation)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="warning_sources"):
        screen_title(title, width="content")
        st.space("stretch")
        return st.container(horizontal=True, gap="small", vertical_alignment="center", width="content")


def show_sources(view: View) -> None:
    """Show the ways to where a class's warning comes from; to be called after the picture, which comes first."""
    for source in (BRANCHES, STEPS, CAUSES, CASES):
        st.button(
            view.say(source.label),
            key=f"to_{source.label}",
            type="tertiary",
            icon=source.icon,
            on_click=_choose,
            args=(source,),
        )


def source_buttons(view: View, complaint_class: str, evaluation: Evaluation) -> None:
    """Lead from a list of classes to one class's screens."""
    with st.container(horizontal=True, gap="small", key=f"sources_{complaint_class}"):
        for source in (CURVE, *sources_of(evaluation)):
            key = f"to_{source.label}_{complaint_class}"
            if st.button(view.say(source.label), key=key, type="tertiary", icon=source.icon):
                _follow(view, source, complaint_class, evaluation)


def named_sources(view: View, shown: Standing) -> None:
    """Name the branch and the cause that stand out beyond chance, each one click away; say so where none does."""
    say = view.say
    found = origin(view.store, view.scope, shown)
    name = shown.answer.complaint_class
    week = None if found.week is None else str(found.week)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"named_{name}"):
        st.markdown(":gray[" + say("Stands out beyond chance:") + "]", width="content")
        if found.branch is not None:
            label = say("branch {name}", name=plain(found.branch_name))
            if st.button(label, key=f"branch_of_{name}", type="tertiary", icon=":material/account_tree:"):
                open_class(name)
                set_focus(branch=found.branch, cause=None, week=None, part=None)
                st.switch_page("pages/branches.py")
        if found.cause is not None:
            label = say("cause {name}", name=plain(view.tell(given(found.cause))))
            if st.button(label, key=f"cause_of_{name}", type="tertiary", icon=":material/troubleshoot:"):
                open_class(name)
                set_focus(branch=None, cause=found.cause, week=None, part=None)
                st.switch_page("pages/branches.py")
        if week is not None:
            label = say("tickets of the week from {day}", day=week)
            if st.button(label, key=f"week_of_{name}", type="tertiary", icon=":material/calendar_view_week:"):
                open_class(name)
                set_focus(branch=None, cause=None, week=week, part=None)
                st.switch_page("pages/threshold.py")
        if found.branch is None and found.cause is None:
            st.markdown(":gray[" + say("no branch and no cause; it is everywhere alike") + "]", width="content")


def _choose(source: Source) -> None:
    st.session_state[CHOSEN] = source


def _follow(view: View, source: Source, complaint_class: str, evaluation: Evaluation | None) -> None:
    """Go to a source. The week is the one the reader has chosen, else the one since which the warning stands."""
    chosen = view.focus.get("week") if complaint_class == view.complaint_class else None
    since = None if evaluation is None else stands_since(evaluation)
    open_class(complaint_class)
    set_focus(week=chosen or (None if since is None else str(since)), part=source.part)
    st.switch_page(source.page)
