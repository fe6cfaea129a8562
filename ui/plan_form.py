"""Trying a change of the plan, and saving it as the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from math import isfinite
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.limits import SPECIFICATIONS, false_alarm_rate
from answers.class_year import ClassYear
from answers.plan_preview import budget_of_target, decide
from data.plans import Plan, Reading, Regime
from texts import Problem
from ui.heading import subheader
from ui.parts import choice_in_address, foldable, in_address
from ui.pickers import refocus, set_focus
from ui.plain import plain
from ui.plan_words import READINGS, REGIMES
from ui.selection import DRAFT
from ui.states import show_problem
from ui.view import View


def wanted_plan(view: View, answer: ClassYear) -> Plan:
    """Ask for the values of the next version; those that are not the plan's own stand in the address until they are
    saved, so that a draft outlives the session and can be sent around."""
    say = view.say
    plan = answer.plan
    subheader(say("Try a change"))
    st.caption(say("Nothing is stored before you save; the past is never rewritten."))
    place = st.container()
    how, value, regime, reading = st.columns(4)
    with how:
        ways = {"allowance": say("allowance"), "target": say("target")}
        by_target = choice_in_address(say("Set by"), ways, "set_by", "allowance") == "target"
    with value:
        if by_target:
            start = 80.0 if plan.target_fcr is None else round(plan.target_fcr * 100, 1)
            target = _number(say("Target (%)"), "target", start, 1.0, 99.9, 0.5)
            budget, target_fcr = budget_of_target(answer.forecast, target / 100), target / 100
            st.caption(
                say(
                    "{customers:.0f} forecast × (1 − target) = {budget}",
                    customers=answer.forecast.customers,
                    budget=budget,
                )
            )
        else:
            budget = int(_number(say("Allowance (customers a year)"), "allowance", plan.budget, 0, 1_000_000, 1))
            target_fcr = None
    with regime:
        regimes = {str(name): say(word) for name, word in REGIMES.items()}
        chosen_regime = choice_in_address(say("Regime"), regimes, "regime", plan.regime, listed=True)
    with reading:
        readings = {str(name): say(word) for name, word in READINGS.items()}
        chosen_reading = choice_in_address(say("What counts"), readings, "reading", plan.reading, listed=True)
    near, over = _bounds(view, plan)
    wanted = replace(
        plan,
        budget=budget,
        target_fcr=target_fcr if by_target or budget != plan.budget else plan.target_fcr,
        regime=cast(Regime, chosen_regime),
        reading=cast(Reading, chosen_reading),
        near=near,
        over=over,
    )
    with place:
        _draft_note(view, plan, wanted)
    return wanted


Number = TypeVar("Number", int, float)


def _bounds(view: View, plan: Plan) -> tuple[float, float]:
    """Ask for the bounds of the position; folded away they keep what the address says."""
    say = view.say
    with foldable(say("Bounds of the position"), "bounds") as bounds:
        if not bounds.open:
            return _asked("near", plan.near, 0.1, 1.5), _asked("over", plan.over, 0.5, 2.0)
        left, right = st.columns(2)
        with left:
            near = _number(say("Near from (× threshold)"), "near", plan.near, 0.1, 1.5, 0.05)
        with right:
            over = _number(say("Over above (× threshold)"), "over", plan.over, 0.5, 2.0, 0.05)
        st.caption(view.tell(SPECIFICATIONS["near"].meaning) + " " + view.tell(SPECIFICATIONS["over"].meaning))
        for name in ("amber", "red"):
            rate = false_alarm_rate(name, SPECIFICATIONS[name].default)
            st.caption(
                say(
                    "{meaning} {limit:.0%} is in use; {rate:.0%} of the years that end well see it at some week.",
                    meaning=view.tell(SPECIFICATIONS[name].meaning),
                    limit=SPECIFICATIONS[name].default,
                    rate=rate or 0.0,
                )
            )
    return near, over


def _asked(name: str, own: Number, least: Number, most: Number) -> Number:
    """Give the number that the address asks for, within its bounds; the plan's own where it asks for none."""
    try:
        found = type(own)(in_address(name))
    except ValueError:
        return own
    return min(max(found, least), most) if isfinite(found) else own


def _number(label: str, name: str, own: Number, least: Number, most: Number, step: Number) -> Number:
    key, state = f"draft_{name}", st.session_state
    state[key] = _asked(name, own, least, most)
    found: Number = st.number_input(
        label,
        least,
        most,
        step=step,
        key=key,
        on_change=lambda: refocus(**{name: None if state[key] == own else str(state[key])}),
    )
    return found


def _draft_note(view: View, plan: Plan, wanted: Plan) -> None:
    """Say what of the form is a draft; nothing where it says what the plan says."""
    say = view.say
    target, was = wanted.target_fcr or 0.0, plan.target_fcr
    changes = [
        (say("allowance {new} instead of {old}", new=wanted.budget, old=plan.budget), wanted.budget != plan.budget),
        (say("target {target:.1%}", target=target), wanted.target_fcr not in (None, was)),
        (say("regime {name}", name=say(REGIMES[wanted.regime])), wanted.regime != plan.regime),
        (say("counted {name}", name=say(READINGS[wanted.reading])), wanted.reading != plan.reading),
        (
            say("near from {near:g}, over above {over:g}", near=wanted.near, over=wanted.over),
            (wanted.near, wanted.over) != (plan.near, plan.over),
        ),
    ]
    told = [words for words, changed in changes if changed]
    if not told:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="plan_draft"):
        st.badge(say("Draft, not saved"), icon=":material/edit:", color="orange")
        st.markdown(plain(say(", ").join(told)), width="content")
        st.button(
            say("Throw the draft away"),
            key="drop_plan_draft",
            type="tertiary",
            icon=":material/undo:",
            on_click=set_focus,
            kwargs=dict.fromkeys(DRAFT),
        )


def save(view: View, wanted: Plan) -> None:
    """Store the next version."""
    say = view.say
    with st.form("save_plan", border=False, clear_on_submit=True):
        who, why, button = st.columns([3, 5, 3], vertical_alignment="bottom")
        name = who.text_input(say("Decided by"), max_chars=40)
        note = why.text_input(say("Reason (optional)"), max_chars=200)
        if button.form_submit_button(say("Save as a new version"), type="primary", width="stretch"):
            if not name.strip():
                st.warning(say("Say who decided it."), icon=":material/person:")
                return
            made_at = datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
            try:
                decide(
                    view.store,
                    view.scope,
                    replace(
                        wanted, valid_from=view.as_of, made_by=name.strip(), made_at=made_at, note=note.strip() or None
                    ),
                )
            except Problem as problem:
                show_problem(view, problem)
                return
            set_focus(**dict.fromkeys(DRAFT))
            st.rerun()
