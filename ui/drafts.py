"""Forms whose text outlives the session: every field is kept in the store when the reader leaves it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from data.drafts import drop_draft, read_draft, save_draft
from texts import Problem
from ui.states import show_problem
from ui.view import View


class Draft:
    """One form of one person.

    Fields are made by `text`, `area`, `day` and `choice`; `enter` writes them, once, and empties the form.
    """

    def __init__(self, view: View, form: str, who: str) -> None:
        self.view, self.form, self.who = view, form, who
        self._names: list[str] = []
        loaded = f"{form}_loaded"
        if st.session_state.get(loaded) != who:
            st.session_state[loaded] = who
            kept = read_draft(view.store, form, who)
            st.session_state[f"{form}_kept"] = {} if kept is None else {k: str(v) for k, v in kept.body.items()}

    def key(self, name: str) -> str:
        """Give a field's key in the session."""
        return f"{self.form}_{name}"

    def value(self, name: str) -> str:
        """Give what is in a field, as text."""
        found = st.session_state.get(self.key(name), "")
        return found.isoformat() if isinstance(found, date) else str(found or "")

    def text(self, name: str, label: str, default: str = "", **arguments: Any) -> str:
        """Show a line of text."""
        self._begin(name, default)
        return str(st.text_input(label, key=self.key(name), on_change=self._keep, **arguments) or "")

    def area(self, name: str, label: str, default: str = "", **arguments: Any) -> str:
        """Show a field for several lines."""
        self._begin(name, default)
        return str(st.text_area(label, key=self.key(name), on_change=self._keep, **arguments) or "")

    def day(self, name: str, label: str, default: date, **arguments: Any) -> date:
        """Show a day."""
        self._begin(name, default.isoformat())
        state = st.session_state
        if isinstance(state[self.key(name)], str):
            state[self.key(name)] = _day(state[self.key(name)], default)
        least = arguments.get("min_value")
        if least is not None and state[self.key(name)] is not None:
            state[self.key(name)] = max(state[self.key(name)], least)
        found = st.date_input(label, key=self.key(name), on_change=self._keep, format="YYYY-MM-DD", **arguments)
        return found if isinstance(found, date) else default

    def choice(self, name: str, label: str, options: list[str], words: Callable[[str], str], default: str) -> str:
        """Show a choice of one."""
        self._begin(name, default)
        if st.session_state[self.key(name)] not in options:
            st.session_state[self.key(name)] = default if default in options else options[0]
        return str(
            st.selectbox(label, options, format_func=words, key=self.key(name), on_change=self._keep) or options[0]
        )

    def kept(self, name: str) -> str:
        """Give what was kept with the form under a name that no field shows; "" for nothing."""
        return str(st.session_state.get(f"{self.form}_kept", {}).get(name, ""))

    def fill(self, **values: str) -> None:
        """Put values into fields, before they are shown: as a callback, or before st.rerun."""
        kept = {**st.session_state.get(f"{self.form}_kept", {}), **values}
        st.session_state[f"{self.form}_kept"] = kept
        for name in values:
            st.session_state.pop(self.key(name), None)
        save_draft(self.view.store, self.form, self.who, kept)

    def token(self) -> str:
        """Give the mark of this wish: the same until it has been entered, so that pressing twice enters once."""
        return str(st.session_state.setdefault(f"{self.form}_token", uuid.uuid4().hex))

    def enter(self, write: Callable[[], object]) -> bool:
        """Write; where that succeeds the form is emptied, else the problem is shown and the text stays."""
        try:
            write()
        except Problem as problem:
            show_problem(self.view, problem)
            return False
        self.empty()
        return True

    def empty(self) -> None:
        """Empty the form and forget its draft."""
        drop_draft(self.view.store, self.form, self.who)
        for key in [key for key in st.session_state if str(key).startswith(f"{self.form}_")]:
            del st.session_state[key]

    def _begin(self, name: str, default: str) -> None:
        self._names.append(name)
        kept = st.session_state.get(f"{self.form}_kept", {})
        if self.key(name) not in st.session_state:
            st.session_state[self.key(name)] = kept.get(name, default)

    def _keep(self) -> None:
        state = st.session_state
        content = {**state.get(f"{self.form}_kept", {}), **{name: self.value(name) for name in self._names}}
        state[f"{self.form}_kept"] = content
        save_draft(self.view.store, self.form, self.who, content)


def _day(text: str, default: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default
