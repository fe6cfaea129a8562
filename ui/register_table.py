"""A register on the screen: its table with the CSV; choosing a row opens the thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui.exports import table_download
from ui.pickers import set_focus
from ui.presentation import large_table
from ui.view import View


def register_table(
    view: View,
    table: pd.DataFrame,
    keys: Sequence[str],
    focus: str,
    *,
    name: str,
    title: str,
    key: str,
    columns: Mapping[str, Any],
    not_presented: Collection[str] = (),
) -> None:
    """Show a register, a row a thing; choosing one puts its key into the address and runs again; on a shared
    screen the texts stand in full, and nothing is chosen.

    keys: of the rows, in their order. focus: the name it has in the address (ui.selection.FOCUS). name: of the CSV's
    file, with the as-of day behind. title: for screen readers. columns: Streamlit's column configuration.
    not_presented: columns that a shared screen has no room for.
    """
    if view.present:
        labels = {name: column["label"] for name, column in columns.items() if name not in not_presented}
        large_table(table[list(labels)].rename(columns=labels), title)
        return
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"{key}_table",
        alt=title,
        column_config=dict(columns),
    )
    table_download(view, table, [name, str(view.as_of)], key=f"{key}_csv")
    rows = event.selection.rows
    if rows and rows[0] < len(keys) and keys[rows[0]] != view.focus.get(focus):
        set_focus(**{focus: keys[rows[0]]})
        st.rerun()
