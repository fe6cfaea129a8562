"""The letters sent: what waits for an answer first, and one letter with its course."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.course import LETTER, STATE_WORDS
from answers.addressees import Addressee
from answers.letters import HEAD_OFFICE_ONLY, Letter, letter_step
from reports.letter_file import letter_name
from reports.letters import letter_bytes
from texts import Message, Problem
from ui.exports import table_download
from ui.history import show_history
from ui.letter_form import due_words
from ui.next_step import course_line, next_step
from ui.parts import choice_in_address, foldable
from ui.pickers import open_class, set_focus
from ui.plain import plain
from ui.register_table import register_table
from ui.review_close import DOCX
from ui.states import show_problem
from ui.table import show_table
from ui.view import View


def letter_figures(view: View, found: list[Letter]) -> None:
    """Show how many addressees stand how, over all letters that were not withdrawn."""
    say = view.say
    to = [one for letter in found if letter.state != "withdrawn" for one in letter.addressees]
    waiting, overdue, answered, verified = st.columns(4)
    waiting.metric(
        say("Waiting for an answer"),
        sum(one.waiting() for one in to),
        help=say("Addressees, over all letters: each signs and answers for itself."),
    )
    overdue.metric(say("Answers overdue"), sum(one.overdue(view.as_of) for one in to))
    answered.metric(say("Answered, to be verified"), sum(one.state == "answered" for one in to))
    verified.metric(say("Verified"), sum(one.state == "verified" for one in to))


def letter_table(view: View, found: list[Letter]) -> None:
    """Show the letters, the overdue first; choosing one opens it."""
    say = view.say
    order = sorted(found, key=lambda one: (not one.overdue(view.as_of), not one.waiting(), -one.record.begun.entry_id))
    table = pd.DataFrame(
        [
            {
                "number": one.number,
                "state": _state(view, one),
                "title": one.content.title,
                "addressee": one.content.addressee,
                "due": due_words(one.due, bool(one.overdue(view.as_of)), view),
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
            "number": st.column_config.TextColumn(say("Number"), width=147),
            "state": st.column_config.TextColumn(say("State"), width=128),
            "title": st.column_config.TextColumn(say("Subject"), width=300),
            "addressee": st.column_config.TextColumn(say("Addressee"), width=160),
            "due": st.column_config.TextColumn(say("Answer by"), width=108),
            "sent": st.column_config.TextColumn(say("Sent"), width=92),
        },
    )


def _state(view: View, letter: Letter) -> str:
    """Say how a letter stands; of several addressees how many are how far."""
    late, waiting, count = letter.overdue(view.as_of), letter.waiting(), len(letter.addressees)
    if count == 1 or letter.state == "withdrawn":
        return view.say("▲ answer overdue") if late else view.tell(Message(STATE_WORDS[letter.state]))
    if late:
        return view.say("▲ {late} of {count} overdue", late=len(late), count=count)
    if waiting:
        return view.say("● {waiting} of {count} to answer", waiting=len(waiting), count=count)
    return view.tell(Message(STATE_WORDS[letter.state]))


def letter_detail(view: View, letter: Letter, who: str | None) -> None:
    """Show one letter: its words, how each addressee stands, the file, the next step."""
    say, content = view.say, letter.content
    with st.container(border=True, key="letter_detail"):
        st.markdown(f"#### {letter.number}")
        st.text(content.title)
        overdue = letter.overdue(view.as_of)
        if overdue:
            st.error(
                say(
                    "No answer yet: {names}.",
                    names=plain("、".join(f"{one.name} ({one.due})" for one in overdue)),
                ),
                icon=":material/schedule:",
            )
        st.caption(say("To {addressee}; answer by {due}.", addressee=content.addressee, due=str(content.due)))
        _ways(view, letter)
        chosen = _addressee(view, letter)
        for text in content.facts:
            st.text(text)
        if content.table is not None:
            st.caption(content.table.title)
            st.table(
                [dict(zip(content.table.columns, row, strict=True)) for row in content.table.rows], hide_index=True
            )
        st.markdown(f"**{say('The problem')}**")
        st.text(content.problem)
        st.markdown(f"**{say('Requirements')}**")
        for place, text in enumerate(content.requirements, start=1):
            st.text(f"{place}. {text}")
        _file(view, letter)
        if who is not None and not view.present:
            _steps(view, letter, chosen, who)
        show_history(view, chosen.record, who, f"letter_{chosen.record.key}", may_correct_first=False)


def _ways(view: View, letter: Letter) -> None:
    """Offer the way back to the ticket and the hazard that the letter was drawn from."""
    ticket, hazard = letter.content.about.get("ticket"), letter.content.about.get("hazard")
    if view.present or not (ticket or hazard):
        return
    with st.container(horizontal=True, gap="small", key="letter_ways"):
        if ticket and st.button(
            view.say("Open the case {ticket}", ticket=plain(ticket)), key="letter_case", icon=":material/folder_open:"
        ):
            if name := letter.content.about.get("class"):
                open_class(name)
            set_focus(letter=None, ticket=ticket)
            st.switch_page("pages/cases.py")
        if hazard:
            st.button(
                view.say("Open hazard {number}", number=plain(hazard)),
                key="letter_hazard_way",
                icon=":material/arrow_outward:",
                on_click=set_focus,
                kwargs={"letter": None, "hazard": hazard, "step": None},
            )


def _addressee(view: View, letter: Letter) -> Addressee:
    """Show how every addressee stands, and give the one that is looked at: chosen, else the first that waits."""
    say, found = view.say, letter.addressees
    late_first = sorted(found, key=lambda one: (not one.overdue(view.as_of), not one.waiting(), one.number))
    if len(found) > 1:
        table = pd.DataFrame(
            [
                {
                    say("Addressee"): one.name,
                    say("State"): say("▲ answer overdue")
                    if one.overdue(view.as_of)
                    else view.tell(Message(STATE_WORDS[one.state])),
                    say("Answer by"): str(one.due),
                    say("Signed"): _day_of(one, "letter_received"),
                    say("Answered"): _day_of(one, "letter_answered"),
                    say("Verified"): _day_of(one, "letter_verified"),
                    say("Last said"): one.told,
                }
                for one in late_first
            ]
        )
        show_table(table, alt=say("Addressees of {number}", number=letter.number))
        table_download(view, table, [letter.number, say("addressees")], key="addressees_csv")
    chosen = late_first[0]
    if len(found) > 1 and not view.present:
        by_name = {f"{letter.record.key}-{one.number}": one for one in late_first}
        names = {name: one.name for name, one in by_name.items()}
        chosen = by_name[choice_in_address(say("Addressee"), names, "addressee", next(iter(names)), listed=True)]
    course_line(view, chosen.record)
    if chosen.told and len(found) == 1:
        st.info(chosen.told, icon=":material/chat:")
    return chosen


def _day_of(one: Addressee, step: str) -> str:
    entry = one.record.last(step)
    return "" if entry is None else str(entry.on_day)


def _all_signed(view: View, letter: Letter, who: str) -> None:
    """Offer to enter at once that every addressee has signed that had not: a letter to all branches is signed for in a
    day."""
    unsigned = [one for one in letter.addressees if one.state == "sent" and view.scope.may_enter(one.branch_id)]
    if len(unsigned) < 2 or not view.scope.may_change:
        return
    pressed = st.button(
        view.say("The other {count} have signed too", count=len(unsigned))
        if len(unsigned) < len(letter.addressees)
        else view.say("All {count} have signed", count=len(unsigned)),
        key=f"all_signed_{letter.record.key}",
        icon=":material/done_all:",
    )
    if not pressed:
        return
    for one in unsigned:
        try:
            letter_step(view.store, view.scope, letter.record.key, one.number, "letter_received", {}, who=who,
                        on_day=view.as_of, seen=one.record.newest)  # fmt: skip
        except Problem as problem:
            show_problem(view, problem)
            return
    st.rerun()


def _steps(view: View, letter: Letter, chosen: Addressee, who: str) -> None:
    """Show the next step of the addressee chosen, and for the head office how to withdraw the letter."""
    say, key = view.say, letter.record.key

    def enter(step: str, body: dict[str, Any], seen: int, token: str) -> None:
        letter_step(view.store, view.scope, key, chosen.number, step, body, who=who, on_day=view.as_of, seen=seen,
                    token=token)  # fmt: skip

    def withdraw(step: str, body: dict[str, Any], seen: int, token: str) -> None:
        letter_step(view.store, view.scope, key, None, step, body, who=who, on_day=view.as_of, seen=seen, token=token)

    _all_signed(view, letter, who)
    own = [step for step in LETTER.possible(chosen.state) if step != "letter_withdrawn"]
    if not view.scope.may_change:
        own = [step for step in own if step not in HEAD_OFFICE_ONLY]
    title = say("**Next step of {name}**", name=plain(chosen.name)) if len(letter.addressees) > 1 else ""
    next_step(view, LETTER, chosen.record, who, steps=own, branch_id=chosen.branch_id, enter=enter, title=title)
    if view.scope.may_change and "letter_withdrawn" in LETTER.possible(letter.state):
        opened = foldable(say("Withdraw the letter"), "withdraw")
        if opened.open:
            with opened:
                next_step(view, LETTER, letter.record, who, steps=["letter_withdrawn"], enter=withdraw)


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
