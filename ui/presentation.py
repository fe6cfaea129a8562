"""Presentation mode: one thing at a time on the shared screen, stepped through by keyboard, as large as the window."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ui.pickers import choose, set_focus
from ui.plain import plain
from ui.view import View

Step = tuple[str, Callable[[], None]]
SLOT, SUBJECT = "presentation_slot", "presentation_subject"
WINDOW, KEY = "presentation_window", "presentation_keys"
SMALL = (1366, 768)  # px; the window that is assumed until the browser has told its size
ROOT_SIZE = (0.0155, 0.0275)  # of the window's width and height: the root's font size, see ui/style.py
SMALLEST, LARGEST = 15.0, 46.0  # px
ABOVE = 4.6  # root sizes: the line above the picture, and the page's margins
MOST_ROWS = 12  # of a table that is read from the back of a room
UNBROKEN, UNBROKEN_HEAD = 13, 9  # characters; a text of a table that is no longer than this stays on one line
BREAKS = re.compile(r"(?<=[^\x01-\x7f]|-)(?=.)|(?<=.)(?=[^\x01-\x7f])")  # where a browser may break a line
HERE = Path(__file__).parent

_keys = st.components.v2.component(
    "presentation_keys", html="<span></span>", js=(HERE / "presentation.js").read_text(encoding="utf-8")
)


def presentation_line(view: View, badge: Callable[[], None]) -> None:
    """Show the line above everything: class, year, as-of day; `badge` marks demo data. The steps' place is in it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presentation_line"):
        st.session_state[SUBJECT] = st.empty()
        _show_subject(view, view.complaint_class)
        if view.demo:
            badge()
        st.space("stretch")
        st.session_state[SLOT] = st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content", key="presentation_steps"
        )
        st.button(
            view.say("Leave presentation"),
            key="leave_button",
            type="tertiary",
            icon=":material/close_fullscreen:",
            on_click=_leave,
        )


def show_steps(view: View, steps: Sequence[Step], *, whole_bank: bool = False, known_to: date | None = None) -> None:
    """Draw the one step that the address names (focus `step`, from 1); its title, its number and the way to the
    others stand in the line above. Keys: ← → PageUp PageDown Home End step, F fills the screen, Esc leaves.

    steps: title in the reader's language and what draws it, in the order of the meeting; at least one. A step that
    does not exist becomes the nearest one. whole_bank: the screen is about all classes, and the line names none.
    known_to: the last day of a screen that shows everything there is, whatever the as-of day.
    """
    if whole_bank:
        _show_subject(view, None, known_to)
    asked = view.focus.get("step", "1")
    number = min(max(int(asked), 1), len(steps)) if asked.isascii() and asked.isdigit() else 1
    title, draw = steps[number - 1]
    with st.session_state.get(SLOT) or st.container(horizontal=True):
        st.markdown(f"**{title}**", width="content")
        if len(steps) > 1:
            forward = view.say("Next (→); F fills the screen, Esc leaves")
            _step_button(view.say("Back (←)"), "step_back", ":material/arrow_back:", number - 1, number > 1)
            st.markdown(f"{number} / {len(steps)}", width="content")
            _step_button(forward, "step_next", ":material/arrow_forward:", number + 1, number < len(steps))
        size = "x".join(str(pixels) for pixels in st.session_state.get(WINDOW, ()))
        _keys(
            key=KEY,
            width="content",
            height=1,
            data={"number": number, "count": len(steps), "window": size},
            on_step_change=_stepped,
            on_leave_change=_leave,
            on_window_change=_measured,
        )
    draw()


def measured() -> bool:
    """Say whether the browser has told its window's size: a picture drawn before is not shown (ui/style.py)."""
    return WINDOW in st.session_state


def root_size() -> float:
    """Give the root's font size on the reader's window in presentation mode, px; everything is measured by it."""
    width, height = _window()
    return min(max(min(ROOT_SIZE[0] * width, ROOT_SIZE[1] * height), SMALLEST), LARGEST)


def enlargement() -> float:
    """Give how much larger the reader's window is than the small one that pictures are drawn for."""
    return root_size() / min(ROOT_SIZE[0] * SMALL[0], ROOT_SIZE[1] * SMALL[1])


def stage_height(below: float = 0.0) -> int:
    """Give the height, px, that a picture has to itself under the line above it, `below` root sizes kept free."""
    _, height = _window()
    return max(int(height - (ABOVE + below) * root_size()), 240)


def _show_subject(view: View, name: str | None, known_to: date | None = None) -> None:
    with st.session_state.get(SUBJECT) or st.empty():
        if name:
            named = view.say(
                "**{name}** · {year} · as of **{as_of}**", name=plain(name), year=view.year, as_of=view.as_of
            )
        elif known_to is not None:
            named = view.say("**Whole bank** · all data up to **{day}**", day=known_to)
        else:
            named = view.say("**Whole bank** · {year} · as of **{as_of}**", year=view.year, as_of=view.as_of)
        st.markdown(named, width="content")


def _step_button(label: str, key: str, icon: str, number: int, there: bool) -> None:
    st.button(
        "",
        key=key,
        type="tertiary",
        icon=icon,
        help=label,
        disabled=not there,
        on_click=set_focus,
        kwargs={"step": str(number)},
    )


def _stepped() -> None:
    if step := _said("step"):
        set_focus(step=str(step))


def _measured() -> None:
    width, _, height = str(_said("window") or "").partition("x")
    if width.isdigit() and height.isdigit():
        st.session_state[WINDOW] = (int(width), int(height))


def _leave() -> None:
    set_focus(step=None)
    choose(lambda chosen: replace(chosen, present=False))


def _window() -> tuple[int, int]:
    measured: tuple[int, int] = st.session_state.get(WINDOW, SMALL)
    return measured


def _said(name: str) -> Any:
    return getattr(st.session_state.get(KEY), name, None)


def large_table(frame: pd.DataFrame, alt: str, rows: int = MOST_ROWS) -> None:
    """Show a table to be read from the back of a room: the first `rows` rows, texts as they are, no tools."""
    shown = frame.head(rows).astype(object).where(frame.head(rows).notna(), "")
    st.table(
        shown.rename(columns=lambda name: plain(unbroken(name, UNBROKEN_HEAD))).map(
            lambda value: plain(unbroken(value)) if isinstance(value, str) else value
        ),
        border="horizontal",
        hide_index=True,
        alt=alt,
    )


def unbroken(text: str, longest: int = UNBROKEN) -> str:
    """Give a text that a narrow column does not break, where it is short: a state, a date, a branch, a number."""
    return text if len(text) > longest else BREAKS.sub("\u2060", text.replace(" ", "\u00a0"))
