"""The limits that cases are measured by: shown with unit, meaning and source, and set for the bank."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from analytics.case_limits import SPECIFICATIONS, CaseLimits, case_limits_with
from answers.case_board import LIMITS_KIND, LIMITS_SUBJECT
from data.ledger import append
from texts import N_, Message, Problem
from ui.states import show_problem
from ui.view import View
from ui.who import signer

NAMES = {
    "close_simple": N_("Closing, simple case"),
    "close_complex": N_("Closing, complex case"),
    "close_special": N_("Closing, special case"),
    "dispatch": N_("Dispatch"),
    "first_contact": N_("First contact"),
    "first_outcome": N_("First round"),
    "analysis": N_("Quick meeting"),
    "solution": N_("Tailored solution"),
    "answer": N_("Customer's answer"),
    "mediation_request": N_("Mediation requested"),
    "mediation": N_("Mediation held"),
    "escalation": N_("Management's decision"),
    "close_agreed": N_("Closing after agreement"),
    "mediation_rounds": N_("Mediation from round"),
    "mediation_amount": N_("Mediation from amount"),
    "escalation_rounds": N_("Management from round"),
    "escalation_amount": N_("Management from amount"),
}


def limits_table(view: View, limits: CaseLimits) -> pd.DataFrame:
    """Give a row a limit: its value, unit, meaning and source."""
    say, values = view.say, asdict(limits)
    return pd.DataFrame(
        [
            {
                say("Limit"): view.tell(Message(name)),
                say("Value"): f"{values[key]:,.0f}",
                say("Unit"): view.tell(SPECIFICATIONS[key].unit),
                say("Meaning"): view.tell(SPECIFICATIONS[key].meaning),
                say("Source"): view.tell(SPECIFICATIONS[key].source),
            }
            for key, name in NAMES.items()
        ]
    )


def show_limits(view: View, limits: CaseLimits) -> None:
    """Show the limits, and to the head office the form to set them."""
    say = view.say
    opened = st.expander(say("Limits in use"), icon=":material/rule:", key="case_limits", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.dataframe(limits_table(view, limits), hide_index=True, alt=say("Limits in use"))
        if view.scope.may_change and not view.present:
            _form(view, limits)


@st.fragment
def _form(view: View, limits: CaseLimits) -> None:
    say = view.say
    who = signer(view, "limits_signer")
    if who is None:
        return
    with st.form("limits_form", border=True):
        st.markdown(say("Set the bank's own limits; they hold from the as-of day on, and the history is kept."))
        columns = st.columns(3)
        values = {}
        for number, (key, name) in enumerate(NAMES.items()):
            limit = SPECIFICATIONS[key]
            unit = view.tell(limit.unit)
            values[key] = columns[number % 3].number_input(
                f"{view.tell(Message(name))} ({unit})",
                min_value=int(limit.low),
                max_value=int(limit.high),
                value=int(asdict(limits)[key]),
                step=1,
                help=view.tell(limit.meaning),
                key=f"limit_{key}",
            )
        if st.form_submit_button(say("Set the limits"), icon=":material/check:"):
            changed = {key: value for key, value in values.items() if value != SPECIFICATIONS[key].default}
            try:
                case_limits_with(changed)
                append(view.store, view.scope, kind=LIMITS_KIND, subject=LIMITS_SUBJECT, body=changed, who=who,
                       on_day=view.as_of)  # fmt: skip
            except Problem as problem:
                show_problem(view, problem)
                return
            st.rerun()
