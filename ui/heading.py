"""Headings of a page.

A heading without an anchor of its own has the browser make one of its text, letter by letter, each time anything on
the page changes: on a page with ten headings a tenth of a second of every click.
"""

from __future__ import annotations

from typing import Literal
from zlib import crc32

import streamlit as st


def screen_title(text: str, *, width: Literal["stretch", "content"] = "stretch", centred: bool = False) -> None:
    """Show the title of a screen."""
    st.title(text, anchor=_anchor(text), width=width, text_alignment="center" if centred else "left")


def subheader(text: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show the heading of a part of a screen."""
    st.subheader(text, anchor=_anchor(text), width=width)


def _anchor(text: str) -> str:
    return f"h{crc32(text.encode()):08x}"
