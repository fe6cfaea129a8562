"""A table on the screen, as the house shows it."""

from __future__ import annotations

from typing import Any

import streamlit as st


def show_table(table: Any, *, alt: str, **look: Any) -> Any:
    """Show a table without row numbers, whose empty cells are empty (Streamlit writes “None” into them).

    alt: for screen readers. look: goes to Streamlit. Gives what was chosen in it, where rows can be chosen.
    """
    return st.dataframe(table, hide_index=True, placeholder="", alt=alt, **look)
