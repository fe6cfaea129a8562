"""Typed days: Enter takes over what is typed into a box for a day, as it does in every other box."""

from __future__ import annotations

import streamlit as st

# Streamlit takes a typed day over when the calendar closes, and Enter does not close it: Escape does.
_typed_days = st.components.v2.component(
    "typed_days",
    html="<span></span>",
    js="""
export default function () {
  const onKey = (event) => {
    const part = event.target;
    if (event.key !== "Enter" || !part.matches?.('[data-testid="stDateInput"] [role="spinbutton"]')) return;
    event.preventDefault();
    event.stopPropagation();
    for (const kind of ["keydown", "keyup"]) {
      part.dispatchEvent(new KeyboardEvent(kind, { key: "Escape", code: "Escape", bubbles: true, cancelable: true }));
    }
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
""",
)


def take_typed_days() -> None:
    """Let Enter take over a typed day in every box for days of the page."""
    _typed_days(key="typed_days", width="content", height=1)
