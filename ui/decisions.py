"""Decisions on the screen: taken live in a review, and followed until they are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from analytics.course import DECISION, STATE_WORDS
from analytics.letter_number import called
from answers.decisions import Decision, decide
from answers.hazards import find_hazard
from texts import Message
from ui.drafts import Draft
from ui.exports import table_download
from ui.history import show_history
from ui.next_step import course_line, next_step
from ui.parts import row_in_address
from ui.view import View

FORM = "form-decision"
ABOUT = "decision_about"
USUAL_DAYS = 7


def start_decision(about: Mapping[str, str], text: str) -> None:
    """Take a line of the agenda into the form: as a callback."""
    st.session_state[ABOUT] = (dict(about), text)


def taken_up() -> bool:
    """Say whether a line of the agenda waits in the form to be decided on."""
    return ABOUT in st.session_state


def decision_form(view: View, who: str, review: date | None) -> None:
    """Show the form for a decision: what, who, by when; typed text outlives the session."""
    say = view.say
    about, text = st.session_state.get(ABOUT, ({}, ""))
    form = Draft(view, FORM, who)
    with st.container(border=True, key="decision_form"):
        st.markdown(say("**A decision**: what, who, by when"))
        if text:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(say("On: {text}", text=text), width="stretch")
                st.button(
                    say("Let go"), key="decision_let_go", type="tertiary", on_click=lambda: st.session_state.pop(ABOUT)
                )
        what = form.area("what", say("What is to be done"), height=80, max_chars=500)
        left, middle, right = st.columns([4, 3, 2], vertical_alignment="bottom")
        with left:
            owner = form.text("owner", say("Who does it"), max_chars=60)
        with middle:
            due = form.day("due", say("By when"), view.as_of + timedelta(days=USUAL_DAYS), min_value=view.as_of)
        with right:
            pressed = st.button(say("Decide"), key="decide", type="primary", width="stretch")
        hazard = st.button(
            say("Put it on the hazard list"),
            key="to_hazard",
            type="tertiary",
            icon=":material/warning:",
            help=say("What is written above becomes a hazard found in the review; it needs no owner and no day."),
        )
        if hazard and form.enter(
            lambda: find_hazard(
                view.store,
                view.scope,
                what=what,
                source="review",
                who=who,
                on_day=view.as_of,
                about={**about, **({} if review is None else {"review": review.isoformat()})},
                tickets=(about["ticket"],) if "ticket" in about else (),
                token=form.token(),
            )
        ):
            st.session_state.pop(ABOUT, None)
            st.rerun()
        if pressed and form.enter(
            lambda: decide(
                view.store, view.scope, what=what, owner=owner, due=due, who=who, on_day=view.as_of, review=review,
                about=about, token=form.token(),
            )
        ):  # fmt: skip
            st.session_state.pop(ABOUT, None)
            st.rerun()


def decision_frame(view: View, found: Sequence[Decision]) -> pd.DataFrame:
    """Give a row a decision in the reader's words."""
    return pd.DataFrame(
        [
            {
                "number": one.number,
                "what": one.what,
                "owner": one.owner,
                "due": one.due.isoformat(),
                "state": view.say("▲ overdue")
                if one.overdue(view.as_of)
                else view.tell(Message(STATE_WORDS[one.state])),
                "told": one.told,
            }
            for one in found
        ]
    )


def decision_table(view: View, found: Sequence[Decision], key: str, name: Sequence[str]) -> Decision | None:
    """Show decisions; give the one that was chosen."""
    say = view.say
    table = decision_frame(view, found)
    place = row_in_address(
        table,
        [one.number for one in found],  # not by place: the order changes when something is entered
        key,
        key=key,
        alt=say("Decisions"),
        column_config={
            "number": st.column_config.TextColumn(say("No."), width=75),
            "what": st.column_config.TextColumn(say("Matter"), width="large"),
            "owner": say("Owner"),
            "due": st.column_config.TextColumn(say("Due"), width=95),
            "state": st.column_config.TextColumn(say("State"), width=90),
            "told": st.column_config.TextColumn(say("What became of it"), width="medium"),
        },
    )
    if not view.present:
        table_download(view, table, name, key=f"{key}_csv")
    return None if place is None else found[place]


def decision_detail(view: View, decision: Decision, who: str | None) -> None:
    """Show one decision: its course, the next step, its history."""
    with st.container(border=True):
        st.markdown(f"**{view.tell(called(decision.record.subject))}**")
        st.text(decision.what)
        course_line(view, decision.record)
        if who is not None and not view.present:
            next_step(view, DECISION, decision.record, who)
        show_history(view, decision.record, who, f"decision_{decision.number}")
