"""Parts of a screen to turn to, like the tabs of a folder; the one that is open stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.pickers import SELECTION, refocus


def part_in_focus() -> str:
    """Give the part that the address names, also inside a fragment, whose view is the one of the last whole run."""
    return str(st.session_state[SELECTION].focus.get("part", ""))


def part_tabs(parts: Mapping[str, str], key: str, usual: str) -> dict[str, Any]:
    """Show tabs, and give each by its name in the address; the open one's `.open` is true.

    parts: name in the address → label. usual: the one to open where the address names none of them.
    """
    asked = part_in_focus()
    opened = asked if asked in parts else usual
    state = st.session_state
    state[key] = parts[opened]

    def turned() -> None:
        chosen = next((name for name, label in parts.items() if label == state.get(key)), usual)
        refocus(part=None if chosen == usual else chosen)

    tabs = st.tabs(list(parts.values()), key=key, on_change=turned)
    return dict(zip(parts, tabs, strict=True))


def choice_in_address(label: str, options: Mapping[str, str], focus: str, usual: str, **arguments: Any) -> str:
    """Show a row of buttons of which one is chosen, and give its name; the choice stands in the address.

    options: name in the address → label. focus: name of ui.selection.FOCUS. Works inside a fragment too.
    """
    asked = str(st.session_state[SELECTION].focus.get(focus, ""))
    key = f"choice_{focus}"
    state = st.session_state
    state[key] = asked if asked in options else usual

    def chosen() -> None:
        refocus(**{focus: None if state[key] == usual else str(state[key])})

    found = st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=True, on_change=chosen, **arguments
    )
    return str(found)
