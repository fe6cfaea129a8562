"""One press of Back leads one step back, wherever the step was made: in the sidebar, at a button, in a chart."""

from __future__ import annotations

import streamlit as st

# Streamlit turns to another screen in up to three steps of the browser's history: the old screen's address is emptied,
# the new screen's empty address is opened, the selection is written into it. An address without a selection is on its
# way to one and nothing to come back to, so what follows takes its place.
_one_step = st.components.v2.component(
    "one_step_back",
    html="<span></span>",
    js="""
export default function () {
  const { history, location } = window;
  if (Object.hasOwn(history, "pushState")) return;
  const push = history.pushState.bind(history);
  history.pushState = (...step) => (location.search ? push(...step) : history.replaceState(...step));
}
""",
)


def step_back_at_once() -> None:
    """Let the browser's history hold one step for each screen that is turned to."""
    _one_step(key="one_step_back", width="content", height=1)
