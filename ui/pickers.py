"""The pickers that every screen shares: class, year, as-of day, language, presentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from answers.freshness import EVERYTHING
from answers.kept import kept
from data.plans import plans
from data.scope import Scope
from data.store import Store
from texts import Language, Message
from ui.freshness import current_offer, today
from ui.selection import (
    DEFAULT_LANGUAGE,
    Offer,
    Selection,
    address,
    followed,
    read_address,
    settled_class,
    settled_days,
    with_as_of,
    with_class,
    with_focus,
    with_year,
)
from ui.typed_days import take_typed_days
from ui.view import View

SELECTION, OFFER, NOTES = "selection", "offer", "notes"
LANGUAGE_NAMES: dict[Language, str] = {"zh_CN": "中文", "en": "English"}


def asked_language() -> Language:
    """Give the language before anything else is known: the session's, the address's, else Chinese."""
    selection = st.session_state.get(SELECTION)
    return selection.language if selection else read_address(st.query_params).language or DEFAULT_LANGUAGE


def settled_selection(store: Store, scope: Scope) -> Selection:
    """Settle the selection of this run: from the address when the page was opened or the reader went back or
    forward (an address without a selection is a page just turned to), else the session's own, taken along where the
    store has changed."""
    state = st.session_state
    offered = current_offer(store, scope)
    arrived = SELECTION not in state or (_came_by_history() and len(st.query_params) > 0)
    asked = read_address(st.query_params) if arrived else followed(state[SELECTION], state[OFFER], offered)
    as_of, year, day_notes = settled_days(asked, offered, today())
    names = tuple(class_sizes(store, scope, year))
    usual = None if asked.complaint_class in names else usual_class(store, scope, names, year, as_of)
    complaint_class, class_notes = settled_class(asked, names, usual)
    before = state.get(SELECTION)
    language = asked.language or (before.language if before else DEFAULT_LANGUAGE)
    selection = Selection(complaint_class, year, as_of, language, asked.present, asked.focus)
    if arrived:
        state[NOTES] = (*asked.faults, *day_notes, *class_notes)
    state[SELECTION], state[OFFER] = selection, offered
    return selection


def _came_by_history() -> bool:
    """Say whether this run was caused by the browser's back or forward button."""
    context = get_script_run_ctx()
    return bool(getattr(context, "is_history_navigation", False))


def class_sizes(store: Store, scope: Scope, year: int) -> dict[str, int]:
    """Give every class with its tickets of the year, most first."""

    def work() -> dict[str, int]:
        frame = store.read("classes", scope, EVERYTHING, year=year)
        return {str(name): int(count) for name, count in zip(frame["complaint_class"], frame["in_year"], strict=True)}

    return kept(store, ("class_sizes", scope, year), work)


def usual_class(store: Store, scope: Scope, names: tuple[str, ...], year: int, as_of: date) -> str | None:
    """Give the class to open on: the largest that has a plan for the year, else the largest."""
    for name in names:
        if plans(store, scope, name, year, as_of):
            return name
    return names[0] if names else None


def write_address(selection: Selection) -> None:
    """Bring the browser's address up to the selection; a change is a step of the browser's history."""
    wanted = address(selection)
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def show_pickers(view: View) -> None:
    """Show the pickers in the sidebar."""
    state = st.session_state
    selection: Selection = state[SELECTION]
    offered: Offer = state[OFFER]
    if offered.first_day is not None and offered.last_day is not None:
        sizes = class_sizes(view.store, view.scope, selection.year)
        state["class_picker"] = selection.complaint_class
        st.selectbox(
            view.say("Complaint class"),
            list(sizes),
            format_func=lambda name: f"{name} · {sizes.get(name, 0):,}",
            key="class_picker",
            help=view.say("The number is the class's tickets in the chosen year; most first."),
            on_change=_pick,
            args=("class_picker", with_class),
        )
        year_column, day_column = st.columns([5, 8], gap="small")
        state["year_picker"] = selection.year
        year_column.selectbox(
            view.say("Year"),
            list(dict.fromkeys((*offered.years, selection.year))),
            key="year_picker",
            on_change=_pick,
            args=("year_picker", lambda chosen, year: with_year(chosen, year, offered)),
        )
        state["as_of_picker"] = selection.as_of
        day_column.date_input(
            view.say("As of"),
            min_value=offered.first_day,
            max_value=offered.last_day,
            key="as_of_picker",
            format="YYYY-MM-DD",
            help=view.say("Everything is shown as it was known at the end of this day."),
            on_change=_pick,
            args=("as_of_picker", lambda chosen, day: with_as_of(chosen, day, offered)),
        )


def show_switches(view: View) -> None:
    """Show in the sidebar, below the pickers, what changes nothing in the numbers: the way back to the usual day,
    language, presentation. To be called once the page is made: its picture comes first."""
    state = st.session_state
    selection: Selection = state[SELECTION]
    offered: Offer = state[OFFER]
    if offered.first_day is not None and offered.last_day is not None:
        take_typed_days()
        if offered.home is not None and selection.as_of != offered.home:
            st.button(
                view.say("Back to {day}", day=str(offered.home)),
                key="home_button",
                type="tertiary",
                icon=":material/undo:",
                on_click=choose,
                args=(lambda chosen, day=offered.home: with_as_of(chosen, day, offered),),
            )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        state["language_picker"] = selection.language
        st.segmented_control(
            view.say("Language"),
            list(LANGUAGE_NAMES),
            format_func=lambda code: LANGUAGE_NAMES[code],
            key="language_picker",
            label_visibility="collapsed",
            on_change=_pick,
            args=("language_picker", lambda chosen, code: replace(chosen, language=code)),
            required=True,
        )
        st.button(
            view.say("Present"),
            key="present_button",
            icon=":material/present_to_all:",
            help=view.say("For the shared screen: one chart, large type, no sidebar."),
            on_click=choose,
            args=(lambda chosen: replace(chosen, present=True),),
        )


def open_class(name: str) -> None:
    """Choose a class for the screen that is opened next."""
    choose(lambda chosen: with_class(chosen, name))


def set_focus(**changes: str | None) -> None:
    """Drill down to a branch, a ticket and so on (names of ui.selection.FOCUS), or let go of what is None.

    To be called as a widget's callback, or before st.rerun or st.switch_page.
    """
    choose(lambda chosen: with_focus(chosen, changes))


def refocus(**changes: str | None) -> None:
    """Drill down inside a fragment, where no page is made anew: selection and address change at once."""
    set_focus(**changes)
    write_address(st.session_state[SELECTION])


def notes_of(view: View) -> list[str]:
    """Give what has to be said about the address that was opened."""
    notes: tuple[Message, ...] = st.session_state.get(NOTES, ())
    return [view.tell(note) for note in notes]


def _pick(key: str, change: Callable[[Selection, Any], Selection]) -> None:
    picked = st.session_state[key]
    if picked is not None:
        choose(lambda chosen: change(chosen, picked))


def choose(change: Callable[[Selection], Selection]) -> None:
    """Change the selection; to be called as a callback, or before st.rerun or st.switch_page."""
    st.session_state[SELECTION] = change(st.session_state[SELECTION])
    st.session_state[NOTES] = ()
