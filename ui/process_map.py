"""The way of the tickets on the screen: the map of steps, every stream and step a way to its tickets."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from answers.branches import BranchAnswer
from answers.handling import HandlingAnswer, tickets_of_transition
from charts.branch_captions import process_map_caption
from charts.process_map import FEWEST_TICKETS, flow_mark, process_map_csv, process_map_figure
from charts.process_words import step_name
from ui.branch_frame import clicked, mode, source
from ui.chart import show_chart
from ui.parts import row_in_address
from ui.pickers import set_focus
from ui.plain import plain
from ui.tickets import ticket_table
from ui.view import View

MARK = 5  # place of the mark in the customdata of the map


def process_map(view: View, shown: BranchAnswer, handling: HandlingAnswer, branch: str | None = None) -> None:
    """Show the way of the tickets from step to step; a click on a stream or a step shows its tickets below."""
    transitions, passed = handling.transitions_of(branch), handling.passed_of(branch)
    if transitions.empty:
        st.info(view.say("The tickets do not say when their steps were taken."), icon=":material/info:")
        return
    if passed["tickets"].max() < FEWEST_TICKETS:
        st.caption(
            view.say(
                "Fewer than {fewest} tickets: too few to draw their way; their steps are listed below.",
                fewest=FEWEST_TICKETS,
            )
        )
        return
    title = (
        shown.answer.complaint_class if branch is None else f"{shown.answer.complaint_class} · {shown.branch(branch)}"
    )
    caption = process_map_caption(title, transitions, view.as_of, source(view, shown))
    show_chart(
        view,
        process_map_figure(transitions, passed, caption, view.language, mode(view)),
        lambda: process_map_figure(transitions, passed, caption, view.language, "print"),
        lambda: process_map_csv(transitions, passed, view.language),
        name=[shown.answer.complaint_class, view.say("handling path"), *([branch] if branch else []), str(view.as_of)],
        key="process_map",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
        on_select=None if view.present else clicked("process_map", {"mark": MARK}),
    )
    if not view.present:
        _tickets_of_mark(view, shown, transitions, passed, branch)


def _tickets_of_mark(
    view: View, shown: BranchAnswer, transitions: pd.DataFrame, passed: pd.DataFrame, branch: str | None
) -> None:
    """Show the tickets of the stream or step in the address, with the numbers that its mark has."""
    say, asked = view.say, view.focus.get("mark", "")
    flows = {flow_mark(row.step, row.next_step): row for row in transitions.itertuples()}
    steps = {flow_mark(row.step): row for row in passed.itertuples()}
    if asked in flows:
        row = flows[asked]
        step, following = str(row.step), str(row.next_step)
        title = f"{view.tell(step_name(step))} → {view.tell(step_name(following))}"
        times, tickets = int(str(row.transitions)), int(str(row.tickets))
    elif asked in steps:
        row = steps[asked]
        step, following = str(row.step), None
        title = view.tell(step_name(step))
        times, tickets = int(str(row.times)), int(str(row.tickets))
    else:
        st.caption(say("Click a stream or a step to see its tickets; streams too rare to draw are in the table below."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**" + say("Tickets: {chosen}", chosen=plain(title)) + "**", width="content")
        st.button(
            say("Close"),
            key="flow_close",
            type="tertiary",
            icon=":material/close:",
            on_click=set_focus,
            kwargs={"mark": None},
        )
    st.caption(say("{times} times in {tickets} tickets.", times=f"{times:,}", tickets=f"{tickets:,}"))
    found = tickets_of_transition(view.store, view.scope, shown, step, following, branch)
    ticket_table(view, found, [shown.answer.complaint_class, title], key="flow_tickets")


@st.fragment
def transitions_table(view: View, shown: BranchAnswer, handling: HandlingAnswer, branch: str | None = None) -> None:
    """Show every transition, rare ones and loops too, with the tickets of a chosen one."""
    say = view.say
    transitions = handling.transitions_of(branch)
    place = row_in_address(
        pd.DataFrame(
            {
                "step": [view.tell(step_name(step)) for step in transitions["step"]],
                "next_step": [
                    view.tell(step_name(row.next_step)) + (" ↻" if row.step == row.next_step else "")
                    for row in transitions.itertuples()
                ],
                "transitions": transitions["transitions"],
                "tickets": transitions["tickets"],
                "median_hours": transitions["median_hours"].round(1),
            }
        ),
        [f"{row.step}>{row.next_step}" for row in transitions.itertuples()],
        "transitions",
        height=min(38 + 35 * len(transitions), 250),
        key=f"transitions_{branch}",
        column_config={
            "step": say("From step"),
            "next_step": say("To step"),
            "transitions": say("Times"),
            "tickets": say("Tickets"),
            "median_hours": say("Half within (hours of the clock)"),
        },
        alt=say("Transitions between steps"),
    )
    if place is not None:
        row = transitions.iloc[place]
        found = tickets_of_transition(view.store, view.scope, shown, str(row["step"]), str(row["next_step"]), branch)
        ticket_table(
            view,
            found,
            [shown.answer.complaint_class, view.tell(step_name(row["step"])), view.tell(step_name(row["next_step"]))],
            key="transition_tickets",
        )
