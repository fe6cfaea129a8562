"""A register on the screen: its table with the CSV; choosing a row opens the thing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from ui.exports import table_download
from ui.parts import choosable_rows
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
    """Show a register, a row a thing; choosing one puts its key into the address; on a shared
    screen the texts stand in full, and nothing is chosen.

    keys: of the rows, in their order. focus: the name it has in the address (ui.selection.FOCUS). name: of the CSV's
    file, with the as-of day behind. title: for screen readers. columns: Streamlit's column configuration.
    not_presented: columns that a shared screen has no room for.
    """
    if view.present:
        labels = {name: column["label"] for name, column in columns.items() if name not in not_presented}
        large_table(table[list(labels)].rename(columns=labels), title)
        return
    choosable_rows(
        table,
        keys,
        view.focus.get(focus),
        lambda chosen: set_focus(**{focus: chosen}),
        key=f"{key}_table",
        alt=title,
        column_config=dict(columns),
    )
    table_download(view, table, [name, str(view.as_of)], key=f"{key}_csv")
