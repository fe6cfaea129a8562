"""What the reader's window keeps by itself: who signs, and that what is typed is handed over while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_desk = st.components.v2.component(
    "desk", html="<span></span>", js=(Path(__file__).parent / "desk.js").read_text(encoding="utf-8")
)


def keep_at_desk(who: str, key: str) -> None:
    """Let the window remember who signs, over a reload, and hand over what is typed after a pause of some seconds.

    who: "" for a reader who has signed in: there is nothing to remember.
    """
    _desk(key=key, width="content", height=1, data={"who": who, "forget": not who})


def ask_desk(key: str, *, forget: bool, found: Callable[[str], None]) -> None:
    """Ask the window who signed last; `found` is called with the name, before the page runs again.

    forget: whether it shall forget instead.
    """

    def known() -> None:
        name = getattr(st.session_state.get(key), "known", None)
        if name:
            found(str(name))

    _desk(key=key, width="content", height=1, data={"who": "", "forget": forget}, on_known_change=known)
