"""The little that the theme cannot say: the product's name, type for the shared screen, the file box's language."""

from __future__ import annotations

import json

import streamlit as st

from ui.view import View

FRAME = """
[data-testid="stMainBlockContainer"] { padding-left: 2.5rem; padding-right: 2.5rem; }
[data-testid="stSidebarHeader"]::before { content: %s; font-size: 1.15rem; font-weight: 700; align-self: center; }
[data-testid="stMetricValue"], [data-testid="stTable"] { font-variant-numeric: tabular-nums; }
"""
# Streamlit sizes everything by the root's font size: one number makes the whole page legible from the back of a room.
PRESENTATION = """
html { font-size: 21px; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
"""
# Streamlit does not translate the file box: its own texts are hidden and ours stand in their place.
FILE_BOX = """
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after { content: %s; font-size: 1rem; }
[data-testid="stFileUploaderDropzoneInstructions"] { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] * { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"]::after { content: %s; font-size: 0.9rem; }
"""


def show_style(view: View) -> None:
    """Lay the product's few style rules over the page."""
    rules = FRAME % _css_text(view.say("Resolution Watch"))
    rules += FILE_BOX % (
        _css_text(view.say("Choose files")),
        _css_text(view.say("or drop them here: CSV, XLSX, XLS, Parquet")),
    )
    st.html(f"<style>{rules}{PRESENTATION if view.present else ''}</style>")


def _css_text(text: str) -> str:
    """Give a text as a CSS string; JSON's quoting is CSS's too, without the characters that could end a style."""
    return json.dumps(text, ensure_ascii=False).replace("<", "")
