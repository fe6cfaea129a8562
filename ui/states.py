"""The states of a screen other than its content: a problem, nothing there, loading, not allowed, a fault of ours."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from texts import N_, Language, Message, Problem, render
from ui.view import View

log = logging.getLogger("resolution_watch")
FAULT = N_("Something went wrong on this screen.")
FAULT_ADVICE = N_(
    "Nothing was lost. Reload the page; if it happens again, give the number {number} to whoever runs the product: "
    "it leads to the details in the log."
)


def show_problem(view: View, problem: Problem) -> None:
    """Show what went wrong, where, and what to do, in the reader's language."""
    problem_box(problem, view.language)


def problem_box(problem: Problem, language: Language) -> None:
    """Show a problem where there is no view yet."""
    what, *rest = (render(part, language) for part in problem.parts())
    st.error(" ".join(rest), title=what, icon=":material/error:")


def empty_state(view: View, title: str, text: str, action: Callable[[], None] | None = None) -> None:
    """Show that there is nothing here yet: a title, one sentence on how to change that, and what to press
    (not on a shared screen)."""
    with st.container(border=True, horizontal_alignment="center"):
        st.space("medium")
        st.markdown(f"### :material/inbox: {title}", text_alignment="center")
        st.markdown(text, text_alignment="center")
        if action is not None and not view.present:
            action()
        st.space("medium")


@contextmanager
def loading(place: DeltaGenerator, title: str, text: str) -> Iterator[None]:
    """Show in an empty place what is being waited for, while the block runs."""
    with place.container(horizontal_alignment="center", key="loading_state"):
        st.space("large")
        st.markdown(f"### {title}", text_alignment="center")
        st.markdown(text, text_alignment="center")
        with st.spinner(" ", show_time=True):
            yield
    place.empty()


@contextmanager
def calmly(language: Language) -> Iterator[None]:
    """Show a Problem as such; any other exception as one calm sentence with a number that stands in the log too."""
    try:
        yield
    except Problem as problem:
        problem_box(problem, language)
    except Exception:
        number = uuid.uuid4().hex[:8]
        log.exception("fault %s", number)
        st.error(
            render(Message(FAULT_ADVICE, {"number": number}), language),
            title=render(Message(FAULT), language),
            icon=":material/error:",
        )
