"""Presentation mode: one thing at a time on the shared screen, and a way to step through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui.pickers import set_focus
from ui.view import View

Step = tuple[str, Callable[[], None]]


def show_steps(view: View, steps: Sequence[Step]) -> None:
    """Draw the one step that the address names (focus `step`, from 1), with its title and the way to the others.

    steps: title in the reader's language and what draws it, in the order of the meeting; at least one.
    """
    asked = view.focus.get("step", "1")
    number = min(max(int(asked), 1), len(steps)) if asked.isascii() and asked.isdigit() else 1
    title, draw = steps[number - 1]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        st.markdown(f"#### {title}", width="content")
        st.space("stretch")
        if len(steps) > 1:
            st.button(
                view.say("Back"),
                key="step_back",
                icon=":material/arrow_back:",
                disabled=number == 1,
                on_click=set_focus,
                kwargs={"step": str(number - 1)},
            )
            st.markdown(f"{number} / {len(steps)}", width="content")
            st.button(
                view.say("Next"),
                key="step_next",
                icon=":material/arrow_forward:",
                disabled=number == len(steps),
                on_click=set_focus,
                kwargs={"step": str(number + 1)},
            )
    draw()
