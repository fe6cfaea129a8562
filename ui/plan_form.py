"""Trying a change of the plan, and saving it as the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.limits import SPECIFICATIONS, false_alarm_rate
from answers.class_year import ClassYear
from answers.plan_preview import budget_of_target, decide
from data.plans import Plan
from texts import Problem
from ui.plan_words import READINGS, REGIMES
from ui.states import show_problem
from ui.view import View


def wanted_plan(view: View, answer: ClassYear) -> Plan:
    """Ask for the values of the next version."""
    say = view.say
    plan = answer.plan
    st.subheader(say("Try a change"))
    st.caption(say("Nothing is stored before you save; the past is never rewritten."))
    how, value, regime, reading = st.columns(4)
    by_target = how.segmented_control(
        say("Set by"),
        [False, True],
        format_func=lambda target: say("target") if target else say("allowance"),
        default=False,
        required=True,
        key=f"by_target_{answer.complaint_class}_{answer.year}",
    )
    if by_target:
        start = 80.0 if plan.target_fcr is None else round(plan.target_fcr * 100, 1)
        target = value.number_input(say("Target (%)"), 1.0, 99.9, start, 0.5, key=f"target_{answer.complaint_class}")
        budget, target_fcr = budget_of_target(answer.forecast, target / 100), target / 100
        value.caption(
            say(
                "{customers:.0f} forecast × (1 − target) = {budget}", customers=answer.forecast.customers, budget=budget
            )
        )
    else:
        budget = int(
            value.number_input(
                say("Allowance (customers a year)"),
                0,
                1_000_000,
                plan.budget,
                1,
                key=f"budget_{answer.complaint_class}_{answer.year}",
            )
        )
        target_fcr = None
    chosen_regime = regime.selectbox(
        say("Regime"),
        list(REGIMES),
        index=list(REGIMES).index(plan.regime),
        format_func=lambda name: say(REGIMES[name]),
        key=f"regime_{answer.complaint_class}_{answer.year}",
    )
    chosen_reading = reading.selectbox(
        say("What counts"),
        list(READINGS),
        index=list(READINGS).index(plan.reading),
        format_func=lambda name: say(READINGS[name]),
        key=f"reading_{answer.complaint_class}_{answer.year}",
    )
    with st.expander(say("Bounds of the position"), on_change="rerun") as bounds:
        near, over = plan.near, plan.over
        if bounds.open:
            left, right = st.columns(2)
            near = left.number_input(say("Near from (× threshold)"), 0.1, 1.5, plan.near, 0.05, key="near_bound")
            over = right.number_input(say("Over above (× threshold)"), 0.5, 2.0, plan.over, 0.05, key="over_bound")
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
    return replace(
        plan, budget=budget, target_fcr=target_fcr, regime=chosen_regime, reading=chosen_reading, near=near, over=over
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
            st.rerun()
