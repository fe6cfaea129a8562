"""Decide a plan: the allowance of one class and year, as its next version."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from answers.class_year import ClassYear
from data.plans import decide_plan
from texts import Problem
from ui.states import show_problem
from ui.view import View


def plan_form(view: View, answer: ClassYear) -> None:
    """Show the plan in force and a form for the next version; readers who may not decide see the plan only."""
    say = view.say
    if not view.scope.may_change:
        return
    label = say("Decide the allowance") if answer.is_trial else say("Change the allowance")
    with st.popover(label, icon=":material/tune:"), st.form("plan", border=False):
        st.markdown(
            say(
                "Customers who may end up not agreed in {year}. A change is a new version: "
                "it moves the threshold from today on and never rewrites the past.",
                year=answer.year,
            )
        )
        budget = st.number_input(
            say("Allowance (customers a year)"), min_value=0, max_value=1_000_000, value=answer.plan.budget, step=1
        )
        who = st.text_input(say("Decided by"), max_chars=40)
        note = st.text_input(say("Reason (optional)"), max_chars=200)
        if st.form_submit_button(say("Save"), type="primary"):
            if not who.strip():
                st.warning(say("Say who decided it."), icon=":material/person:")
                return
            try:
                decide_plan(
                    view.store,
                    view.scope,
                    answer.complaint_class,
                    answer.year,
                    budget=int(budget),
                    regime=answer.plan.regime,
                    reading=answer.plan.reading,
                    near=answer.plan.near,
                    over=answer.plan.over,
                    valid_from=view.as_of,
                    made_by=who.strip(),
                    made_at=datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None),
                    note=note.strip() or None,
                )
            except Problem as problem:
                show_problem(view, problem)
                return
            st.rerun()
