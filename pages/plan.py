"""管控方案: what is allowed this year, by which regime, and what would a change do?"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analytics.limits import SPECIFICATIONS, false_alarm_rate
from analytics.sentence import percent
from answers.class_year import ClassYear, class_year
from answers.plan_preview import PlanPreview, budget_of_target, decide, preview
from charts.look import Mode
from charts.plan_change import plan_change_figure
from charts.threshold_caption import Provenance, source_line
from data.plans import Plan, Reading, Regime
from texts import Problem
from ui.chart import show_chart
from ui.exports import table_download
from ui.forecast_quality import forecast_section
from ui.states import empty_state, show_problem
from ui.view import current_view

view = current_view()
say = view.say
REGIMES: dict[Regime, str] = {
    "weekly_threshold": say("by week"),
    "case_by_case": say("case by case"),
}
READINGS: dict[Reading, str] = {"first": say("first round"), "final": say("at closing (milder)")}


def in_force(answer: ClassYear) -> None:
    """Show the plan in force and all its versions."""
    plan = answer.plan
    allowed, target, regime, reading = st.columns(4)
    allowed.metric(say("Allowed in {year}", year=answer.year), plan.budget)
    target.metric(say("Target"), "–" if plan.target_fcr is None else f"{plan.target_fcr:.1%}")
    regime.metric(say("Regime"), REGIMES[plan.regime])
    reading.metric(say("What counts"), READINGS[plan.reading])
    if answer.is_trial:
        st.info(
            say("No plan is decided yet; these values are a trial by last year's share."), icon=":material/science:"
        )
        return
    versions = pd.DataFrame(
        [
            {
                say("Version"): f"v{p.version}",
                say("From"): str(p.valid_from),
                say("Allowed"): p.budget,
                say("Target"): "–" if p.target_fcr is None else f"{p.target_fcr:.1%}",
                say("Regime"): REGIMES[p.regime],
                say("Decided by"): p.made_by,
                say("Decided on"): f"{p.made_at:%Y-%m-%d}",
                say("Reason"): p.note or "",
            }
            for p in reversed(answer.versions)
        ]
    )
    st.dataframe(versions, hide_index=True, alt=say("Versions of the plan"))
    table_download(view, versions, [answer.complaint_class, say("plan versions"), str(answer.year)], key="versions_csv")


def wanted_plan(answer: ClassYear) -> Plan:
    """Ask for the values of the next version."""
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
        format_func=lambda name: REGIMES[name],
        key=f"regime_{answer.complaint_class}_{answer.year}",
    )
    chosen_reading = reading.selectbox(
        say("What counts"),
        list(READINGS),
        index=list(READINGS).index(plan.reading),
        format_func=lambda name: READINGS[name],
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


def show_outlook(found: PlanPreview, wanted: Plan) -> None:
    """Say what the allowance means: how likely the year holds, and how the process must run to be safe."""
    st.markdown(
        say(
            "**Forecast** {customers:.0f} complaining customers (80%: {low:.0f}–{high:.0f}). **Regime** {proposal}",
            customers=found.forecast.customers,
            low=found.forecast.low,
            high=found.forecast.high,
            proposal=view.tell(found.proposal.reason),
        )
    )
    if found.outlook is not None and found.last_share is not None:
        st.markdown(
            say(
                "At last year's share of {share:.1%} not agreed, about {expected:.0f} are expected, and an allowance "
                "of {budget} holds with a probability of {holds}. To hold with {safety:.0%}, the process must run at "
                "{safe:.1f} or fewer. A process that runs exactly at its allowance breaks it nearly every second year.",
                share=found.last_share,
                expected=found.outlook.expected,
                budget=wanted.budget,
                holds=view.tell(percent(found.outlook.holds)),
                safety=found.outlook.safety,
                safe=found.outlook.safe_mean,
            )
        )
    if found.proposal.regime != wanted.regime:
        st.warning(
            say("The base suggests another regime: {regime}.", regime=REGIMES[found.proposal.regime]),
            icon=":material/balance:",
        )


def show_change(answer: ClassYear, found: PlanPreview) -> None:
    """Draw the threshold before and after."""
    days = pd.DataFrame(
        {
            "now": found.now.days["threshold"],
            "then": found.then.days["threshold"],
            "actual": answer.threshold.days["cumulative_not_agreed"],
        }
    )
    plan = answer.plan
    source = source_line(Provenance(view.demo, plan.version, plan.valid_from, plan.reading, view.as_of))
    start = pd.Timestamp(view.as_of) if answer.versions else days.index[0]
    mode: Mode = "dark" if view.dark else "light"
    show_chart(
        view,
        plan_change_figure(days, answer.complaint_class, start, source, view.language, mode),
        lambda: plan_change_figure(days, answer.complaint_class, start, source, view.language, "print"),
        lambda: days.rename_axis("day").reset_index(),
        name=[answer.complaint_class, say("plan change"), str(view.as_of)],
        key="plan_change",
        alt=say("The threshold before and after the change"),
    )


def save(wanted: Plan) -> None:
    """Store the next version."""
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


answer = (
    class_year(view.store, view.scope, view.complaint_class, view.year, view.as_of) if view.complaint_class else None
)
st.title(say("What is allowed, and is that realistic?"))
if answer is None:
    empty_state(
        view,
        say("There are no customers of this class in this year or the one before."),
        say("Choose another class or year, or bring in a ticket export on the data screen."),
        None,
    )
else:
    in_force(answer)
    if view.scope.may_change:
        wanted = wanted_plan(answer)
        found = preview(view.store, view.scope, answer, wanted.budget, wanted.target_fcr, view.as_of)
        show_outlook(found, wanted)
        show_change(answer, found)
        save(wanted)
    forecast_section(view, answer, min(view.as_of, date(answer.year - 1, 12, 31)))
