"""Light or dark: charts are drawn by Python, so a change of the theme in the browser has to draw them again."""

from __future__ import annotations

import streamlit as st

from ui.view import View

# Streamlit calls this whenever its theme changes; it asks for a run where the page was drawn for the other one.
_theme_watcher = st.components.v2.component(
    "theme_watcher",
    html="<span></span>",
    js="""
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const host = parentElement.host ?? parentElement;
  const probe = parentElement.querySelector("span");
  probe.style.color = getComputedStyle(host).getPropertyValue("--st-background-color");
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
  const dark = 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  if (dark !== data.dark && probe.dataset.asked !== String(dark)) {
    probe.dataset.asked = String(dark);
    setTriggerValue("changed", dark);
  } else if (dark === data.dark) {
    delete probe.dataset.asked;
  }
}
""",
)


def watch_theme(view: View) -> None:
    """Run the page again when the reader changes between light and dark."""
    _theme_watcher(
        key="theme_watcher", data={"dark": view.dark}, width="content", height=1, on_changed_change=lambda: None
    )
