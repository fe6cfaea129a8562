"""What every part of the branch screen needs: the look, the source line, and what a click means."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from answers.branches import BranchAnswer
from charts.look import Mode
from charts.threshold_caption import Provenance, source_line
from texts import Message
from ui.pickers import set_focus
from ui.view import View


def mode(view: View) -> Mode:
    """Give the look of the reader's screen."""
    if view.present:
        return "present_dark" if view.dark else "present"
    return "dark" if view.dark else "light"


def source(view: View, shown: BranchAnswer) -> Message:
    """Give the line that says where the numbers come from."""
    known = view.store.read("freshness", view.scope, view.as_of).iloc[0]
    plan = shown.answer.plan
    return source_line(
        Provenance(
            demo=view.demo,
            plan_version=plan.version,
            plan_from=plan.valid_from,
            reading=plan.reading,
            data_through=known["data_through"].date(),
        )
    )


def clicked(key: str, names: Mapping[str, int]) -> Callable[[], None]:
    """Give the callback of a chart: the clicked mark's customdata become the focus of these names, by place.

    key: the chart's, as given to ui.chart.show_chart.
    """

    def choose() -> None:
        state = st.session_state.get(f"{key}_chart")
        points = state.selection.points if state else []
        data = points[0].get("customdata") if points else None
        if data:
            values = list(data.values()) if isinstance(data, dict) else list(data)
            set_focus(**{name: str(values[place]) or None for name, place in names.items()})

    return choose
