"""Entering what was done about a case, who has it, what comes next and until when.

What is typed is kept as a draft at every change: a lost connection loses nothing, and the form opens as it was left.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.case_entry import NEEDS, RESULTS, STEP_PARTY, EntryKind, NextMove, assign_body, extension_body, step_body
from analytics.case_limits import CaseLimits, workdays_after
from analytics.case_steps import PARTIES
from answers.case_board import subject_of
from answers.case_file import CaseFile
from charts.case_words import PARTY_WORDS, RESULT_WORDS, STEP_WORDS
from data.ledger import append
from texts import Problem
from ui.case_fields import Fields
from ui.case_words import in_words
from ui.states import show_problem
from ui.view import View
from ui.who import signer

ASSIGN, EXTENSION = "assigned", "extension"
SAVED = "case_saved"
DAYS_AHEAD = 3  # workdays that a due date is proposed ahead


def entry_form(view: View, file: CaseFile, limits: CaseLimits) -> None:
    """Show the form where the reader may enter something about this case, once it is known who signs."""
    if not view.scope.may_enter(str(file.case.ticket["branch_id"])):
        st.caption(view.say("Your role may read this case, not enter anything."))
        return
    if st.session_state.pop(SAVED, None) == file.case.state.ticket_id:
        st.toast(view.say("Entered."), icon=":material/check:")
    who = signer(view, "case_signer")
    if who is not None:
        _form(view, file, limits, who)


@st.fragment
def _form(view: View, file: CaseFile, limits: CaseLimits, who: str) -> None:
    say, state = view.say, file.case.state
    fields = Fields(view, file, who)
    with st.container(border=True, key="case_form"):
        with st.container():  # always there: what appears above a field must not move it while somebody types in it
            fields.notice()
        what, on, party = st.columns([3.4, 2.8, 2.8])
        closed = state.stage == "closed"
        kinds = ["reopened"] if closed else [*(kind for kind in STEP_PARTY if kind != "reopened"), ASSIGN]
        if not closed and state.limit_days < limits.extensions[1]:
            kinds.append(EXTENSION)
        with what:
            kind = fields.choice("what", say("What was done"), kinds, {k: STEP_WORDS[k] for k in kinds}, kinds[0])
        with on:
            day = fields.day("on", say("On"), view.as_of)
        with party:
            usual = STEP_PARTY.get(kind, "head_office")
            if kind in (ASSIGN, EXTENSION):
                st.empty()
                by = "head_office"
            else:
                by = fields.choice("party", say("By"), list(PARTIES), dict(PARTY_WORDS), usual, follows=kind)
        with st.container():
            details = _details(view, fields, kind, limits, file)
        label = say("Reason") if kind == EXTENSION else say("In words")
        text = fields.text("text", label, long=True)
        move = None if kind == "closed" else _move(view, fields, file)
        enter, throw, kept = st.columns([2, 2, 5], vertical_alignment="center")
        wanted = enter.button(say("Enter"), key=f"enter_{state.ticket_id}", type="primary", icon=":material/check:")
        throw.button(say("Clear the form"), key=f"clear_{state.ticket_id}", type="tertiary", on_click=fields.forget)
        kept.caption(fields.kept_note())
        if wanted:
            try:
                _enter(view, file, limits, who, fields, kind=kind, on=day, party=by, text=text, move=move,
                       details=details)  # fmt: skip
            except Problem as problem:
                show_problem(view, problem)
                return
            fields.forget()
            st.session_state[SAVED] = state.ticket_id
            st.rerun()


def _details(view: View, fields: Fields, kind: str, limits: CaseLimits, file: CaseFile) -> dict[str, Any]:
    """Show the further fields that a kind of entry needs, and give what they hold."""
    say = view.say
    given: dict[str, Any] = {}
    labels = {
        "mediator": say("Mediator"),
        "asked_of": say("Who in management, and what was asked"),
        "granted": say("What was granted"),
    }
    for name in NEEDS.get(kind, ()):
        if name == "result":
            given[name] = fields.choice(name, say("Result"), ["", *RESULTS], dict(RESULT_WORDS), "")
        elif name == "scheduled":
            given[name] = fields.day(name, say("Date of the mediation"), None)
        else:
            given[name] = fields.text(name, labels[name])
    if kind == EXTENSION:
        complex_days, special_days = limits.extensions
        wanted = complex_days if file.case.state.extended_to is None else special_days
        approved, told = st.columns([3, 3], vertical_alignment="bottom")
        with approved:
            given["approved_by"] = fields.text("approved_by", say("Approved by"))
        with told:
            given["customer_told"] = fields.tick("customer_told", say("The customer has been told"))
        given["limit_days"] = wanted
        st.caption(say("From {now} to {days} days from receipt.", now=file.case.state.limit_days, days=wanted))
    return given


def _move(view: View, fields: Fields, file: CaseFile) -> NextMove:
    say, state = view.say, file.case.state
    owner, step, due = st.columns([3, 3.6, 2.8])
    care = state.care
    with owner:
        named = fields.text("owner", say("Owner"), "" if care is None else in_words(view, care.owner))
    with step:
        proposal = in_words(view, care.next_step) if care is not None and state.next_proposed else ""
        next_step = fields.text("next_step", say("Next step"), placeholder=proposal)
    with due:
        ahead = workdays_after(view.as_of, DAYS_AHEAD)
        day = fields.day("due", say("Due"), min(ahead, state.limit) if view.as_of <= state.limit else ahead)
    return NextMove(named, next_step, day)


def _enter(
    view: View,
    file: CaseFile,
    limits: CaseLimits,
    who: str,
    fields: Fields,
    *,
    kind: str,
    on: date | None,
    party: str,
    text: str,
    move: NextMove | None,
    details: dict[str, Any],
) -> None:
    """Check the entry and write it; raises Problem where it cannot be."""
    state, ticket = file.case.state, file.case.ticket
    day, asked = on or view.as_of, move or NextMove("", "", None)
    entry_kind: EntryKind = "case_step"
    if kind == ASSIGN:
        entry_kind, body = "case_assign", assign_body(state, asked, view.as_of, text)
    elif kind == EXTENSION:
        entry_kind = "case_extension"
        body = extension_body(
            state,
            asked,
            view.as_of,
            limits,
            on=day,
            limit_days=details["limit_days"],
            reason=text,
            approved_by=details["approved_by"],
            customer_told=details["customer_told"],
        )
    else:
        received = pd.Timestamp(ticket["received_at"]).date()
        body = step_body(
            state, asked, view.as_of, step=kind, on=day, party=party, text=text, received_on=received, details=details
        )
    append(
        view.store,
        view.scope,
        kind=entry_kind,
        subject=subject_of(state.ticket_id),
        body=body,
        who=who,
        on_day=view.as_of,
        branch_id=str(ticket["branch_id"]),
        seen=fields.seen,
        token=fields.token,
    )
