"""The line of figures that refreshes by itself while calls come in; the more screens look, the less often each does."""

from __future__ import annotations

import threading
import time
import uuid

import streamlit as st

from answers.lately import version
from answers.voice import Counts, voice, voice_counts, voice_key
from ui.view import View

LOOK_EVERY = 2.0  # seconds between two looks at whether something has come in, where few screens look
LOOKS_A_SECOND = 2.0  # of all screens together
WHOLE_EVERY = 1.5  # seconds, times the screens that look: the whole page is not drawn anew more often
GONE_AFTER = 30.0  # seconds without a look
STATE, NAME = "voice_heard", "voice_looker"


class Lookers:
    """The screens that look, each by a name of its own, and when each did last."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def seen(self, name: str, now: float) -> int:
        """Note a screen's look; give how many screens look. now: seconds of a steady clock."""
        with self._lock:
            self._seen[name] = now
            self._seen = {one: at for one, at in self._seen.items() if now - at < GONE_AFTER}
            return len(self._seen)


lookers = Lookers()


def look_every(screens: int) -> float:
    """Give the seconds between two looks of one screen."""
    return max(LOOK_EVERY, screens / LOOKS_A_SECOND)


def live_figures(view: View, high: int, open_tickets: int) -> None:
    """Show calls of the day and week, angry ones, threats and tickets at risk, and look again by itself.

    The whole page runs again when tickets have changed; when the analyses over weeks have been renewed, too, but not
    within WHOLE_EVERY seconds times the screens that look.
    """
    now = time.monotonic()
    st.session_state[STATE] = _state(view), now
    screens = lookers.seen(st.session_state.setdefault(NAME, uuid.uuid4().hex), now)
    st.fragment(_look, run_every=look_every(screens))(view, high, open_tickets)


def _look(view: View, high: int, open_tickets: int) -> None:
    now = time.monotonic()
    screens = lookers.seen(st.session_state[NAME], now)
    voice(view.store, view.scope, view.as_of)  # renewed behind the scenes where calls have come in
    state = _state(view)
    shown, since = st.session_state[STATE]
    if state[0] != shown[0] or (state != shown and now - since >= WHOLE_EVERY * screens):
        st.rerun()
    figures(view, voice_counts(view.store, view.scope, view.as_of), high, open_tickets)


def _state(view: View) -> tuple[int, int]:
    """Give the state of the tickets and of the analyses over weeks."""
    return view.store.changes, version(view.store, voice_key(view.scope, view.as_of))


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
