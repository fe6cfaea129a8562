"""What one run of a screen is seen through: the store, the reader, the selection, the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import streamlit as st

from data.scope import Scope
from data.store import Store
from texts import Language, Message, render, translate

KEY = "view"
PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class View:
    """One reader's view of the store.

    complaint_class: None where the store holds no tickets. year: calendar year. as_of: the day as known on which
    everything is shown. present: presentation mode. demo: whether the data are the demo bank's. dark: whether the
    reader's theme is dark. focus: what the reader has drilled down to, as the address says it: a branch, a ticket, a
    week (names of ui.selection.FOCUS); a screen ignores what it does not find.
    """

    store: Store
    scope: Scope
    language: Language
    complaint_class: str | None
    year: int
    as_of: date
    present: bool
    demo: bool
    dark: bool
    focus: Mapping[str, str] = field(default_factory=dict)

    def say(self, text_id: str, **params: Any) -> str:
        """Give a text in the reader's language; the id is the English sentence, marked here for the catalogues."""
        return translate(text_id, self.language).format_map(params)

    def tell(self, message: Message) -> str:
        """Give a message in the reader's language."""
        return render(message, self.language)


def set_view(view: View) -> None:
    """Set the view of this run; the frame does, once, before the page."""
    st.session_state[KEY] = view


def current_view() -> View:
    """Give the view that the frame set for this run."""
    if KEY not in st.session_state:
        _start_at_the_frame()
    return cast(View, st.session_state[KEY])


def _start_at_the_frame() -> None:
    """Run again from app.py: until some session has called st.navigation, Streamlit takes the folder pages/ for pages
    of its own and opens a link to one of them without its frame."""
    start = st.Page(lambda: None, title="…", url_path="start", default=True)
    st.navigation([start, *(st.Page(path) for path in sorted(PAGES.glob("*.py")))], position="hidden")
    st.rerun()
