"""Parts of a screen to turn to, fold open or choose; whatever is not as usual stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.pickers import SELECTION, refocus
from ui.selection import in_list, of_list, with_entry, with_toggled
from ui.table import show_table


def in_address(name: str) -> str:
    """Give what the address says for a name of FOCUS, "" for nothing; also inside a fragment, whose view is the one
    of the last whole run."""
    return str(st.session_state[SELECTION].focus.get(name, ""))


def part_in_focus() -> str:
    """Give the part that the address names."""
    return in_address("part")


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


def choice_in_address(
    label: str, options: Mapping[str, str], focus: str, usual: str, *, listed: bool = False, **arguments: Any
) -> str:
    """Show a row of buttons, or a list to unroll, of which one is chosen, and give its name; the choice stands in the
    address.

    options: name in the address → label. focus: name of ui.selection.FOCUS. Works inside a fragment too.
    """
    asked = in_address(focus)
    key = f"choice_{focus}"
    state = st.session_state
    state[key] = asked if asked in options else usual

    def chosen() -> None:
        # what a list shows at first may be another thing tomorrow, or after an entry; a choice from it stays
        refocus(**{focus: None if state[key] == usual and not listed else str(state[key])})

    look: dict[str, Any] = {"format_func": options.__getitem__, "key": key, "on_change": chosen, **arguments}
    if listed:
        return str(st.selectbox(label, list(options), **look))
    return str(st.segmented_control(label, list(options), required=True, **look))


def choices_in_address(label: str, options: Mapping[str, str], focus: str, nothing: str) -> list[str]:
    """Show a list of which several can be chosen, and give their names; the choice stands in the address.

    options: name → label. nothing: what the list says where none is chosen.
    """
    key, state = f"choices_{focus}", st.session_state
    state[key] = [name for name in of_list(in_address(focus)) if name in options]
    found = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=nothing,
        on_change=lambda: refocus(**{focus: in_list(state[key])}),
    )
    return list(found)


def foldable(label: str, name: str, *, unfolded: bool = False, icon: str | None = None) -> Any:
    """Show a part that folds; the address names those that stand otherwise than the screen shows them at first.

    name: in the address, without "|", one on a screen. unfolded: whether it is at first. Give what to draw in, with
    `.open`: what is folded need not be drawn.
    """
    key, state = f"fold_{name}", st.session_state
    state[key] = (name in of_list(in_address("open"))) != unfolded
    return st.expander(
        label, icon=icon, key=key, on_change=lambda: refocus(open=with_toggled(in_address("open"), name))
    )


def choosable_rows(
    table: Any,
    keys: Sequence[str],
    chosen: str | None,
    choose: Callable[[str | None], None],
    *,
    key: str,
    alt: str,
    **look: Any,
) -> int | None:
    """Show a table of which one row can be chosen, and give the place of the one that is, None without one.

    keys: of the rows, in their order. chosen: the key that the address names. choose: brings another one, or None, into
    the address. alt: for screen readers. look: goes to Streamlit.
    """
    state = st.session_state
    rows = [keys.index(chosen)] if chosen is not None and chosen in keys else []
    shown = list(state[key]["selection"]["rows"]) if key in state else []
    if rows != shown:
        state[key] = {"selection": {"rows": rows, "columns": []}}

    def picked() -> None:
        places = list(state[key]["selection"]["rows"])
        if places != rows:  # the browser also tells, with the next click anywhere, what it was given to show
            choose(keys[places[0]] if places and places[0] < len(keys) else None)

    show_table(table, on_select=picked, selection_mode="single-row", key=key, alt=alt, **look)
    return rows[0] if rows else None


def row_in_address(table: Any, keys: Sequence[str], name: str, *, key: str, alt: str, **look: Any) -> int | None:
    """Show a table of which one row can be chosen, to see what is behind it; the address names the table and the row.

    keys: of the rows, in their order. name: of the table in the address, without "|" and ":". Works inside a fragment.
    """
    return choosable_rows(
        table,
        [one[:LONGEST_KEY] for one in keys],
        dict(one.split(":", 1) for one in of_list(in_address("row")) if ":" in one).get(name),
        lambda chosen: refocus(row=with_entry(in_address("row"), name, chosen)),
        key=key,
        alt=alt,
        **look,
    )


LONGEST_KEY = 40  # characters of a row's key that stand in the address; a sentence's beginning will do
