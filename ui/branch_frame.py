"""What every part of the branch screen needs: the look, the source line, and what a click means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from answers.branches import BranchAnswer
from charts.look import Mode
from charts.threshold_caption import Provenance, source_line
from texts import Message
from ui.pickers import set_focus
from ui.view import View

THIS_YEAR = "year"  # the mark that means: the tickets of the chosen year alone
TOGETHER = "others"  # the mark that means: those of the chosen year that a picture draws together
NOT_TOLD = "–"  # stands in the address for a cause or channel that the tickets do not give


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


def clicked(key: str, names: Mapping[str, int], **fixed: str | None) -> Callable[[], None]:
    """Give the callback of a chart: the clicked mark's customdata become the focus of these names, by place.

    key: the chart's, as given to ui.chart.show_chart. fixed: what else is set, or let go of, by a click.
    """

    def choose() -> None:
        state = st.session_state.get(f"{key}_chart")
        points = state.selection.points if state else []
        data = points[0].get("customdata") if points else None
        if data:
            values = list(data.values()) if isinstance(data, dict) else list(data)
            set_focus(**fixed, **{name: _in_address(name, str(values[place])) for name, place in names.items()})

    return choose


def _in_address(name: str, value: str) -> str | None:
    return value or (NOT_TOLD if name in ("cause", "channel") else None)


def from_address(asked: str | None, known: Collection[str]) -> str | None:
    """Give the cause or channel that the address names, as the data write it; None where there is no such one."""
    if asked is None or asked in known:
        return asked
    return "" if asked == NOT_TOLD and "" in known else None
