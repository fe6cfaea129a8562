"""The tickets behind the marks of the branch screen: exactly the customers counted there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from answers.branches import BranchAnswer, tickets_decided
from charts.branch_words import given
from charts.contributions import folded
from data.scope import Scope
from data.store import Store
from ui.branch_frame import THIS_YEAR, TOGETHER
from ui.heading import subheader
from ui.pickers import set_focus
from ui.plain import plain
from ui.tickets import ticket_table
from ui.view import View


@dataclass(frozen=True)
class Narrowed:
    """What the marks in the address narrow the tickets to; "" is a cause or channel that the tickets do not give."""

    branch: str | None = None
    cause: str | None = None
    channel: str | None = None
    week: date | None = None
    mark: str = ""

    @property
    def this_year(self) -> bool:
        """Whether the mark counts the chosen year alone, not all years compared."""
        return self.week is not None or self.mark == THIS_YEAR or self.together is not None

    @property
    def together(self) -> str | None:
        """Of which kind ('branch', 'cause') the units drawn together are; None where no such mark was clicked."""
        kind = self.mark.removeprefix(f"{TOGETHER}|")
        return kind if kind != self.mark and kind in ("branch", "cause") else None

    @property
    def inside(self) -> bool:
        """Whether it is less than all of a branch, or of the class."""
        return self.cause is not None or self.channel is not None or self.week is not None or self.together is not None


def narrowed_tickets(view: View, shown: BranchAnswer, narrowed: Narrowed) -> None:
    """Show the tickets behind the marks chosen, with the numbers that the marks have."""
    say = view.say
    found = tickets_behind(view.store, view.scope, shown, narrowed)
    chosen = _named(view, shown, narrowed)
    with st.container(horizontal=True, vertical_alignment="center"):
        subheader(say("Tickets: {chosen}", chosen=plain(" · ".join(chosen))), width="content")
        if narrowed.inside:
            st.button(
                say("All of the branch") if narrowed.branch else say("All causes"),
                key="widen",
                type="tertiary",
                icon=":material/filter_alt_off:",
                on_click=set_focus,
                kwargs={"cause": None, "channel": None, "week": None, "mark": None},
            )
        if narrowed.week is None and narrowed.together is None and shown.findings is not None:
            _period(view, shown, narrowed)
    if found.empty:
        st.caption(say("No decided customers here."))
        return
    outcome = "first_outcome" if shown.answer.plan.reading == "first" else "final_outcome"
    st.caption(
        say(
            "{bad} of {decided} decided customers not agreed, each at the ticket that decided.",
            bad=int((found[outcome] == "not_agreed").sum()),
            decided=len(found),
        )
    )
    ticket_table(view, found, [shown.answer.complaint_class, *chosen], key="branch_tickets")


def _period(view: View, shown: BranchAnswer, narrowed: Narrowed) -> None:
    """Let the reader choose between all years compared and the chosen one: pictures count one or the other."""
    found = shown.findings
    if found is None or found.years[0] == found.years[1]:
        return
    words = {"": found.period, THIS_YEAR: str(shown.answer.year)}
    st.session_state["tickets_period"] = THIS_YEAR if narrowed.this_year else ""
    st.segmented_control(
        view.say("Period"),
        list(words),
        format_func=lambda key: words[key],
        key="tickets_period",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: set_focus(mark=st.session_state["tickets_period"] or None),
    )


def tickets_behind(store: Store, scope: Scope, shown: BranchAnswer, narrowed: Narrowed) -> pd.DataFrame:
    """Give the tickets behind a mark, one a decided customer (`answers.branches.tickets_decided`)."""
    found = tickets_decided(
        store,
        scope,
        shown,
        branch=narrowed.branch,
        cause=narrowed.cause,
        channel=narrowed.channel,
        week=narrowed.week,
        this_year=narrowed.this_year,
    )
    if narrowed.together is None:
        return found
    rows, unit = (shown.by_cause, "cause") if narrowed.together == "cause" else (shown.by_branch, "branch_id")
    return found[~found[unit].fillna("").isin(folded(rows, unit)[unit])].reset_index(drop=True)


def _named(view: View, shown: BranchAnswer, narrowed: Narrowed) -> list[str]:
    say = view.say
    parts = [
        *([shown.branch(narrowed.branch)] if narrowed.branch else []),
        *([view.tell(given(name)) for name in (narrowed.cause, narrowed.channel) if name is not None]),
        *([say("week from {day}", day=narrowed.week)] if narrowed.week else []),
    ]
    if narrowed.together is not None:
        parts.append(say("other branches") if narrowed.together == "branch" else say("other causes"))
    return parts or [shown.answer.complaint_class]
