"""The line of figures that refreshes by itself while calls come in."""

from __future__ import annotations

import streamlit as st

from answers.lately import version
from answers.voice import Counts, voice, voice_counts, voice_key
from ui.view import View

LOOK_EVERY = 2.0  # seconds between two looks at whether something has come in
STATE = "voice_heard"


@st.fragment(run_every=LOOK_EVERY)
def live_figures(view: View, high: int, open_tickets: int) -> None:
    """Show calls of the day and week, angry ones, threats and tickets at risk; look again every LOOK_EVERY seconds.

    The whole page runs again when tickets have changed, or the analyses over weeks have been renewed.
    """
    voice(view.store, view.scope, view.as_of)  # renewed behind the scenes where calls have come in
    state = (view.store.changes, version(view.store, voice_key(view.scope, view.as_of)))
    if st.session_state.get(STATE, state) != state:
        st.session_state[STATE] = state
        st.rerun()
    st.session_state[STATE] = state
    figures(view, voice_counts(view.store, view.scope, view.as_of), high, open_tickets)


def figures(view: View, counts: Counts, high: int, open_tickets: int) -> None:
    """Show the four figures."""
    say = view.say
    calls, angry, threats, risk = st.columns(4)
    with calls:
        st.metric(say("Calls and chats today / this week"), f"{counts.today} / {counts.week}")
        last = "–" if counts.last_at is None else f"{counts.last_at:%m-%d %H:%M}"
        st.caption(say("last heard {moment}", moment=last))
    with angry:
        share = "–" if not counts.week else f"{counts.angry_week / counts.week:.0%}"
        st.metric(
            say("Angry this week"),
            f"{counts.angry_week} · {share}",
            help=say("Calls in which at least two of the customer's turns are angry with a chance of 85% or more."),
        )
        before = "–" if not counts.before else f"{counts.angry_before / counts.before:.0%}"
        st.caption(say("{share} in the four weeks before", share=before))
    with threats:
        st.metric(
            say("Threats this week"),
            f"{counts.threat_week}",
            help=say("Calls in which the customer threatens to go to the regulator, the media or court."),
        )
        usual = counts.threat_before / 4
        st.caption(say("{usual:.1f} a week in the four weeks before", usual=usual))
    with risk:
        st.metric(
            say("Open tickets at high risk"),
            f"{high} / {open_tickets}",
            help=say("Open tickets whose chance of ending not agreed is at least 1.5 times that of their class."),
        )
        waiting = say("{turns} turns being scored", turns=counts.unscored)
        st.caption(waiting if counts.unscored else say("all turns scored"))
