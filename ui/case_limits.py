"""The limits that cases are measured by: shown with unit, meaning and source, and set for the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import pandas as pd
import streamlit as st

from analytics.case_limits import BY_CLASS, REGULATED, SPECIFICATIONS, CaseLimits, step_of
from answers.case_limits import limits_in_force, limits_subject, newest_setting, own_bounds, set_by, set_limits
from data.ledger import Entry
from texts import N_, Message, Problem
from ui.parts import foldable
from ui.plain import plain
from ui.states import show_problem
from ui.table import show_table
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
    "path_dispatch": N_("Path: dispatch"),
    "path_contact": N_("Path: first contact"),
    "path_reply": N_("Path: first reply"),
    "path_outcome": N_("Path: first round decided"),
    "answer_alert": N_("Answer to an alert letter"),
    "answer_advice": N_("Answer to an advice letter"),
}


def limits_table(view: View, limits: CaseLimits, setters: Mapping[str, Entry], name: str) -> pd.DataFrame:
    """Give a row a limit: its value and unit, who set it and for whom, its meaning and source.

    limits: in force for the class `name`. setters: limit name → the entry that set it, where somebody did.
    """
    say, values = view.say, asdict(limits)

    def setter(key: str) -> str:
        entry = setters.get(key)
        if entry is not None:
            return say("the bank: {who}, {day}", who=entry.who, day=str(entry.on_day))
        return say("the regulation") if key in REGULATED else say("this product, not yet set by the bank")

    return pd.DataFrame(
        [
            {
                say("Limit"): view.tell(Message(word)),
                say("Value"): f"{values[key]:,.1f}".removesuffix(".0"),
                say("Unit"): view.tell(SPECIFICATIONS[key].unit),
                say("Set by"): setter(key),
                say("Holds for"): name
                if key in setters and setters[key].subject == limits_subject(name)
                else say("whole bank"),
                say("Meaning"): view.tell(SPECIFICATIONS[key].meaning),
                say("Source"): view.tell(SPECIFICATIONS[key].source),
            }
            for key, word in NAMES.items()
        ]
    )


def show_limits(view: View, limits: CaseLimits, name: str) -> None:
    """Show the limits in force for a class, and to the head office the forms to set the bank's and the class's own."""
    say = view.say
    opened = foldable(say("Limits in use"), "limits", icon=":material/rule:")
    if not opened.open:
        return
    with opened:
        setters = set_by(view.store, view.scope, view.as_of, name)
        st.caption(
            say(
                "The regulation limits only how long a case may take to be closed: 15 days from receipt, 30 when "
                "complex, 60 in special cases. The limits of the stages and the bounds for mediation and management "
                "are this product's choice until the bank sets its own."
            )
        )
        show_table(limits_table(view, limits, setters, name), alt=say("Limits in use"))
        if view.scope.may_change and not view.present:
            _forms(view, name)


@st.fragment
def _forms(view: View, name: str) -> None:
    say = view.say
    who = signer(view, "limits_signer")
    if who is None:
        return
    bank = limits_in_force(view.store, view.scope, view.as_of)
    own = own_bounds(view.store, view.scope, view.as_of, name)
    of_class, of_bank = _seen(view, name), _seen(view, None)
    st.markdown(say("Limits hold from the as-of day on, and the history is kept."))
    with st.form("limits_class_form", border=True):
        st.markdown(say("**Bounds of “{name}”**: when a case goes to mediation or to management", name=plain(name)))
        values = _fields(view, BY_CLASS, asdict(bank) | dict(own), f"limit_{name}_{of_class}")
        changed = {key: value for key, value in values.items() if value != asdict(bank)[key]}
        if st.form_submit_button(say("Set for this class"), icon=":material/check:"):
            _set(view, changed, who, name)
        st.caption(say("A value like the bank's own follows the bank."))
    with st.form("limits_form", border=True):
        st.markdown(say("**Limits of the whole bank**"))
        st.caption(say("Set by the regulation: the bank may set fewer days, never more."))
        values = _fields(view, REGULATED, asdict(bank), f"limit_{of_bank}")
        st.caption(say("The bank's own: the regulation sets none; what is not changed is this product's choice."))
        values |= _fields(view, [key for key in NAMES if key not in REGULATED], asdict(bank), f"limit_{of_bank}")
        changed = {key: value for key, value in values.items() if value != SPECIFICATIONS[key].default}
        if st.form_submit_button(say("Set the limits"), icon=":material/check:"):
            _set(view, changed, who, None)


def _fields(view: View, keys: Iterable[str], values: Mapping[str, float], prefix: str) -> dict[str, float]:
    columns = st.columns(4)
    given: dict[str, float] = {}
    for place, key in enumerate(keys):
        limit, step = SPECIFICATIONS[key], step_of(key)
        kind: type[int] | type[float] = int if step == 1 else float
        given[key] = columns[place % 4].number_input(
            f"{view.tell(Message(NAMES[key]))} ({view.tell(limit.unit)})",
            min_value=kind(limit.low),
            max_value=kind(limit.high),
            value=kind(values[key]),
            step=kind(step),
            format="%d" if step == 1 else "%g",
            help=f"{view.tell(limit.meaning)} {view.tell(limit.source)}",
            key=f"{prefix}_{key}",
        )
    return given


def _seen(view: View, name: str | None) -> int:
    """Give the newest setting that this reader had on screen when the form was first shown."""
    newest = newest_setting(view.store, view.scope, view.as_of, name)
    return int(st.session_state.setdefault(f"limits_seen_{name}_{view.as_of}", newest))


def _set(view: View, changed: Mapping[str, float], who: str, name: str | None) -> None:
    """Set limits; refused where somebody else has set them since this form was shown: the form then shows theirs."""
    shown = f"limits_seen_{name}_{view.as_of}"
    seen = st.session_state.pop(shown)
    try:
        set_limits(
            view.store, view.scope, changed, who=who, on_day=view.as_of, complaint_class=name, seen=seen
        )  # fmt: skip
    except Problem as problem:
        show_problem(view, problem)
        return
    st.rerun()
