"""The hazard register (隐患清单) on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd
import streamlit as st

from analytics.course import HAZARD, STATE_WORDS
from analytics.letter_number import called
from answers.hazards import Hazard, Source, find_hazard
from answers.letters import letters
from answers.measures import measures
from reports.review_words import SOURCE_WORDS
from texts import Message
from ui.drafts import Draft
from ui.history import show_history
from ui.next_step import course_line, next_step
from ui.parts import foldable
from ui.pickers import set_focus
from ui.register_table import register_table
from ui.states import empty_state
from ui.tickets import ticket_table
from ui.view import View


def hazard_figures(view: View, found: list[Hazard]) -> None:
    """Show how many hazards stand, and for how long."""
    say = view.say
    standing = [one for one in found if one.is_open]
    opened, unlinked, oldest, closed = st.columns(4)
    opened.metric(say("Open hazards"), len(standing))
    unlinked.metric(
        say("Without letter or measure"), sum(not one.links for one in standing), help=say("Nothing has been done yet.")
    )
    oldest.metric(say("Oldest, days"), max((one.days_open(view.as_of) for one in standing), default=0))
    closed.metric(say("Hazards closed"), len(found) - len(standing))


def hazard_table(view: View, found: list[Hazard], names: Mapping[str, str]) -> None:
    """Show the register, open ones first; choosing one opens it."""
    say = view.say
    if not found:
        empty_state(
            view,
            say("No hazard is on the list yet."),
            say("Enter one below, or take a line of the review here."),
        )
        return
    order = sorted(found, key=lambda one: (not one.is_open, -one.days_open(view.as_of)))
    table = pd.DataFrame(
        [
            {
                "number": one.number,
                "state": view.tell(Message(STATE_WORDS[one.record.state])),
                "what": one.what,
                "class": one.about.get("class", ""),
                "branch": names.get(one.about.get("branch", ""), one.about.get("branch", "")),
                "source": view.tell(Message(SOURCE_WORDS[one.source])),
                "found": str(one.found_on),
                "days": one.days_open(view.as_of),
                "links": len(one.links),
            }
            for one in order
        ]
    )
    register_table(
        view,
        table,
        [one.number for one in order],
        "hazard",
        name=say("hazard register"),
        title=say("Hazard register"),
        key="hazards",
        not_presented=("source", "links"),
        columns={
            "number": st.column_config.TextColumn(say("No."), width=65),
            "state": st.column_config.TextColumn(say("State"), width=92),
            "what": st.column_config.TextColumn(say("What may go wrong"), width=273),
            "class": st.column_config.TextColumn(say("Complaint class"), width=122),
            "branch": st.column_config.TextColumn(say("Branch"), width=80),
            "source": st.column_config.TextColumn(say("Source"), width=90),
            "found": st.column_config.TextColumn(say("Found"), width=92),
            "days": st.column_config.NumberColumn(say("Days open"), width=82),
            "links": st.column_config.NumberColumn(say("Linked"), width=58),
        },
    )  # fmt: skip


def hazard_detail(view: View, hazard: Hazard, who: str | None) -> None:
    """Show one hazard: its course, what it is linked to, the next step."""
    say = view.say
    with st.container(border=True, key="hazard_detail"):
        st.markdown(f"#### {view.tell(called(hazard.record.subject))}")
        st.text(hazard.what)
        course_line(view, hazard.record)
        known = linkable(view)
        names = {f"{what}:{key}": words for what, key, words in known}
        for what, key in hazard.links:
            st.text("→ " + (names.get(f"{what}:{key}") or view.tell(called(f"{what}:{key}"))))
        if hazard.test:
            st.caption(say("Analysis: {test}", test=hazard.test))
        if hazard.tickets:
            _tickets(view, hazard)
        if who is not None and hazard.is_open and view.scope.may_change and not view.present:
            st.button(
                say("Write a letter about it"), key="hazard_letter", icon=":material/mail:", on_click=set_focus,
                kwargs={"step": "1"},
            )  # fmt: skip
        if hazard.told and not hazard.is_open:
            st.success(hazard.told, icon=":material/check_circle:")
        if who is not None and not view.present:
            next_step(view, HAZARD, hazard.record, who, lambda: known)
        show_history(view, hazard.record, who, f"hazard_{hazard.number}")


def _tickets(view: View, hazard: Hazard) -> None:
    """Show the tickets behind a hazard, each a click from its file; on the shared screen how many they are."""
    say, count = view.say, len(hazard.tickets)
    if view.present:
        st.caption(say("{count} tickets behind it", count=count))
        return
    opened = foldable(
        say("{count} tickets behind it", count=count), f"tickets-{hazard.number}", icon=":material/table:"
    )
    if opened.open:
        with opened:
            found = view.store.read("tickets_named", view.scope, view.as_of, tickets=list(hazard.tickets))
            ticket_table(view, found, [say("hazard"), hazard.number, say("tickets")], key="hazard_tickets")


def linkable(view: View) -> list[tuple[str, str, str]]:
    """Give what a hazard can be linked to: (letter | measure, key, words), newest first."""
    say = view.say
    sent = [
        ("letter", one.record.key, f"{one.number} {one.content.title}")
        for one in reversed(letters(view.store, view.scope, view.as_of))
    ]
    taken = [
        ("measure", one.number, say("measure {number} {title}", number=one.number, title=one.title))
        for one in reversed(measures(view.store, view.scope, view.as_of))
    ]
    return sent + taken


def hazard_form(view: View, who: str, names: Mapping[str, str]) -> None:
    """Show the form for a hazard entered by hand."""
    say = view.say
    form = Draft(view, "form-hazard", who)
    with st.container(border=True, key="hazard_form"):
        st.markdown(say("**A new hazard**"))
        what = form.area("what", say("What may go wrong"), height=80, max_chars=300)
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        with left:
            concerns = form.choice(
                "class", say("Class"), ["", *([view.complaint_class] if view.complaint_class else [])],
                lambda name: name or say("no particular one"), "",
            )  # fmt: skip
        with middle:
            branch = form.choice(
                "branch", say("Branch"), ["", *names], lambda one: names.get(one, say("whole bank")), ""
            )
        with right:
            tickets = form.text("tickets", say("Tickets (separated by commas)"), max_chars=400)
        fourth, fifth = st.columns(2)
        with fourth:
            source = form.choice(
                "source",
                say("Source"),
                ["hand", "test"],
                lambda s: view.tell(Message(SOURCE_WORDS[cast(Source, s)])),
                "hand",
            )
        with fifth:
            test = form.text("test", say("Which analysis"), max_chars=60, disabled=source != "test")
        about = {key: value for key, value in (("class", concerns), ("branch", branch)) if value}
        listed = [text.strip() for text in tickets.replace("，", ",").split(",") if text.strip()]
        if st.button(say("Put on the list"), key="enter_hazard", type="primary") and form.enter(
            lambda: find_hazard(
                view.store, view.scope, what=what, source=cast(Source, source), who=who, on_day=view.as_of, about=about,
                tickets=listed, test=test, token=form.token(),
            )
        ):  # fmt: skip
            st.rerun()
