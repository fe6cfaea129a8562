"""From a finding to the hazard register (隐患清单): one button, wherever an analysis says that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from answers.hazards import Hazard, find_hazard, hazards
from texts import Problem
from ui.pickers import set_focus
from ui.plain import plain
from ui.states import show_problem
from ui.view import View
from ui.who import signer

MOST_TICKETS = 200  # tickets linked to one hazard, the newest
LETTERS = "pages/letters.py"


@dataclass(frozen=True)
class Finding:
    """What an analysis found.

    sentence: in the reader's language, as the screen says it. test: the analysis. about: class, branch, cause, as far
    as it names them. tickets: gives the numbers of the tickets behind it; called when it is put on the list.
    """

    sentence: str
    test: str
    about: Mapping[str, str]
    tickets: Callable[[], Sequence[str]]


def put_on_list(view: View, finding: Finding, key: str) -> None:
    """Show how to put a finding on the hazard list, or under which number it stands there already.

    Nothing in presentation mode, and for readers whose role may not enter it.
    """
    if view.present or not view.scope.may_enter(finding.about.get("branch")):
        return
    say = view.say
    known = standing_hazard(hazards(view.store, view.scope, view.as_of), finding)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key=f"on_list_{key}"):
        if known is not None:
            st.caption(say(":material/check: On the hazard list as No. {number}", number=plain(known.number)),
                       width="content")  # fmt: skip
            if st.button(say("Open the hazard"), key=f"open_{key}", type="tertiary", icon=":material/arrow_outward:"):
                set_focus(hazard=known.number, letter=None, measure=None, step="2")
                st.switch_page(LETTERS)
            return
        opened = st.popover(
            say("Put on the hazard list"), type="tertiary", icon=":material/playlist_add:", key=f"offer_{key}",
            on_change="rerun",
        )  # fmt: skip
        if opened.open:
            with opened:
                _form(view, finding, key)


def standing_hazard(found: Sequence[Hazard], finding: Finding) -> Hazard | None:
    """Give the open hazard that the same analysis found about the same class, branch and cause; None without one."""
    about = {name: value for name, value in finding.about.items() if value}
    return next((one for one in found if one.is_open and one.test == finding.test and dict(one.about) == about), None)


def _form(view: View, finding: Finding, key: str) -> None:
    say = view.say
    who = signer(view, f"signer_{key}")
    if who is None:
        return
    what = st.text_area(
        say("What may go wrong"), finding.sentence[:300], key=f"what_{key}", max_chars=300, height=120, width=440
    )
    st.caption(
        say(
            "Found by “{test}”. Class, branch, cause and the tickets behind it (at most {most}) are linked.",
            test=plain(finding.test),
            most=MOST_TICKETS,
        )
    )
    if not st.button(say("Put on the list"), key=f"enter_{key}", type="primary"):
        return
    try:
        find_hazard(
            view.store,
            view.scope,
            what=what,
            source="test",
            test=finding.test,
            who=who,
            on_day=view.as_of,
            about={name: value for name, value in finding.about.items() if value},
            tickets=list(finding.tickets())[:MOST_TICKETS],
        )
    except Problem as problem:
        show_problem(view, problem)
        return
    st.rerun()
