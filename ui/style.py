"""The little that the theme cannot say: type for the shared screen, and the file box in the reader's language."""

from __future__ import annotations

import streamlit as st

from ui.view import View

# Streamlit sizes everything by the root's font size: one number makes the whole page legible from the back of a room.
PRESENTATION = """
html { font-size: 21px; }
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] {
  display: none;
}
"""
NUMBERS = """
[data-testid="stMetricValue"], [data-testid="stTable"], .st-key-figures { font-variant-numeric: tabular-nums; }
"""


def show_style(view: View) -> None:
    """Lay the product's few style rules over the page."""
    rules = NUMBERS + (PRESENTATION if view.present else "") + _file_box(view)
    st.html(f"<style>{rules}</style>")


def _file_box(view: View) -> str:
    """Give rules that replace the file box's two English texts, which Streamlit does not translate."""
    return ""
