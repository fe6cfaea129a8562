"""The plan in force and its versions; what an allowance means; the threshold before and after a change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.sentence import percent
from answers.class_year import ClassYear
from answers.plan_preview import PlanPreview
from charts.plan_change import plan_change_figure
from charts.threshold_caption import source_line
from data.plans import Plan
from ui.chart import chart_mode, show_chart
from ui.exports import table_download
from ui.plan_words import READINGS, REGIMES
from ui.presentation import large_table
from ui.table import show_table
from ui.threshold_chart import provenance_of
from ui.view import View


def in_force(view: View, answer: ClassYear) -> None:
    """Show the plan in force and all its versions."""
    say = view.say
    plan = answer.plan
    allowed, target, regime, reading = st.columns(4)
    allowed.metric(say("Allowed in {year}", year=answer.year), plan.budget)
    target.metric(say("Target"), "–" if plan.target_fcr is None else f"{plan.target_fcr:.1%}")
    regime.metric(say("Regime"), say(REGIMES[plan.regime]))
    reading.metric(say("What counts"), say(READINGS[plan.reading]))
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
                say("Regime"): say(REGIMES[p.regime]),
                say("Decided by"): p.made_by,
                say("Decided on"): f"{p.made_at:%Y-%m-%d}",
                say("Reason"): p.note or "",
            }
            for p in reversed(answer.versions)
        ]
    )
    if view.present:
        large_table(versions.drop(columns=say("Decided on")), say("Versions of the plan"))
    else:
        show_table(versions, alt=say("Versions of the plan"))
    table_download(view, versions, [answer.complaint_class, say("plan versions"), str(answer.year)], key="versions_csv")


def show_outlook(view: View, found: PlanPreview, wanted: Plan) -> None:
    """Say what the allowance means: how likely the year holds, and how the process must run to be safe."""
    say = view.say
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
            say("The base suggests another regime: {regime}.", regime=say(REGIMES[found.proposal.regime])),
            icon=":material/balance:",
        )


def show_change(view: View, answer: ClassYear, found: PlanPreview) -> None:
    """Draw the threshold before and after."""
    say = view.say
    days = pd.DataFrame(
        {
            "now": found.now.days["threshold"],
            "then": found.then.days["threshold"],
            "actual": answer.threshold.days["cumulative_not_agreed"],
        }
    )
    source = source_line(provenance_of(view.store, view.scope, answer))
    start = pd.Timestamp(view.as_of) if answer.versions else days.index[0]
    show_chart(
        view,
        plan_change_figure(days, answer.complaint_class, start, source, view.language, chart_mode(view)),
        lambda: plan_change_figure(days, answer.complaint_class, start, source, view.language, "print"),
        lambda: days.rename_axis("day").reset_index(),
        name=[answer.complaint_class, say("plan change"), str(view.as_of)],
        key="plan_change",
        alt=say("The threshold before and after the change"),
    )
