"""The letters sent: what waits for an answer first, and one letter with its course."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.course import LETTER, STATE_WORDS
from answers.letters import Letter
from reports.letter_file import letter_name
from reports.letters import letter_bytes
from texts import Message, Problem
from ui.history import show_history
from ui.letter_form import due_words
from ui.next_step import course_line, next_step
from ui.register_table import register_table
from ui.review_close import DOCX
from ui.states import show_problem
from ui.view import View


def letter_figures(view: View, found: list[Letter]) -> None:
    """Show how many letters stand how."""
    say = view.say
    waiting, overdue, answered, verified = st.columns(4)
    waiting.metric(say("Waiting for an answer"), sum(one.waiting() for one in found))
    overdue.metric(say("Answers overdue"), sum(one.overdue(view.as_of) for one in found))
    answered.metric(say("Answered, to be verified"), sum(one.state == "answered" for one in found))
    verified.metric(say("Verified"), sum(one.state == "verified" for one in found))


def letter_table(view: View, found: list[Letter]) -> None:
    """Show the letters, the overdue first; choosing one opens it."""
    say = view.say
    order = sorted(found, key=lambda one: (not one.overdue(view.as_of), not one.waiting(), -one.record.begun.entry_id))
    table = pd.DataFrame(
        [
            {
                "number": one.number,
                "state": say("▲ answer overdue")
                if one.overdue(view.as_of)
                else view.tell(Message(STATE_WORDS[one.state])),
                "title": one.content.title,
                "addressee": one.content.addressee,
                "due": due_words(one.due, one.overdue(view.as_of), view),
                "sent": str(one.content.day),
            }
            for one in order
        ]
    )
    register_table(
        view,
        table,
        [one.record.key for one in order],
        "letter",
        name=say("letters"),
        title=say("Letters"),
        key="letters",
        columns={
            "number": st.column_config.TextColumn(say("Number"), width=150),
            "state": st.column_config.TextColumn(say("State"), width=130),
            "title": st.column_config.TextColumn(say("Subject"), width=310),
            "addressee": st.column_config.TextColumn(say("Addressee"), width=140),
            "due": st.column_config.TextColumn(say("Answer by"), width=110),
            "sent": st.column_config.TextColumn(say("Sent"), width=95),
        },
    )


def letter_detail(view: View, letter: Letter, who: str | None) -> None:
    """Show one letter: its words, its course, the file, the next step."""
    say, content = view.say, letter.content
    with st.container(border=True, key="letter_detail"):
        st.markdown(f"#### {letter.number}")
        st.text(content.title)
        course_line(view, letter.record)
        if letter.overdue(view.as_of):
            st.error(say("The answer was due on {due}.", due=str(letter.due)), icon=":material/schedule:")
        st.caption(say("To {addressee}; answer by {due}.", addressee=content.addressee, due=str(letter.due)))
        for text in content.facts:
            st.text(text)
        if content.table is not None:
            st.caption(content.table.title)
            st.table(
                [dict(zip(content.table.columns, row, strict=True)) for row in content.table.rows], hide_index=True
            )
        st.text(content.problem)
        for place, text in enumerate(content.requirements, start=1):
            st.text(f"{place}. {text}")
        if letter.told:
            st.info(letter.told, icon=":material/chat:")
        _file(view, letter)
        if who is not None and not view.present:
            next_step(view, LETTER, letter.record, who)
        show_history(view, letter.record, who, f"letter_{letter.record.key}", may_correct_first=False)


def _file(view: View, letter: Letter) -> None:
    if view.present:
        return
    say = view.say
    try:
        made = letter_bytes(view.store, letter)
    except Problem as problem:
        show_problem(view, problem)
        return
    _, year, number = letter.record.key.split("-")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("The letter (.docx)"), made, letter_name(letter.content, int(number), int(year)), DOCX,
            key="letter_file", on_click="ignore", icon=":material/description:",
        )  # fmt: skip
        if letter.sha256:
            st.caption(say("SHA-256 of the file: {digest}…", digest=letter.sha256[:16]))
