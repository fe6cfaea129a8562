"""One press of Back leads one step back, wherever the step was made: in the sidebar, at a button, in a chart."""

from __future__ import annotations

import streamlit as st

# Streamlit turns to another screen in up to three steps of the browser's history, in an order of chance: the address
# is emptied, the screen's path is put in it, the selection is written into it. What the reader has not touched the page
# for is no step of his: it takes the place of the one before.
_one_step = st.components.v2.component(
    "one_step_back",
    html="<span></span>",
    js="""
export default function () {
  const { history } = window;
  if (Object.hasOwn(history, "pushState")) return;
  let touched = false;
  const touch = () => { touched = true; };
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, touch, { capture: true, passive: true });
  const push = history.pushState.bind(history);
  history.pushState = (...step) => {
    (touched ? push : history.replaceState.bind(history))(...step);
    touched = false;
  };
}
""",
)


def step_back_at_once() -> None:
    """Let the browser's history hold one step for each thing the reader did."""
    _one_step(key="one_step_back", width="content", height=1)
