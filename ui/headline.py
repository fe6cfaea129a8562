"""The four figures above a class's threshold: used, threshold today, the year's end, first-contact resolution."""

from __future__ import annotations

import streamlit as st

from analytics.evaluation import Evaluation
from analytics.sentence import percent
from answers.class_year import ClassYear
from charts.threshold import LEVEL_WORDS
from texts import Message
from ui.view import View


def headline(view: View, answer: ClassYear, evaluation: Evaluation | None) -> None:
    """Show the four figures; the third waits for the evidence."""
    say = view.say
    result, fcr = answer.threshold, answer.fcr
    used, now, year_end, resolved = st.columns(4)
    with used:
        st.metric(
            say("Not agreed so far / allowed"),
            f"{result.actual} / {answer.plan.budget}",
            help=say("Customers whose first round ended not agreed this year, each counted once."),
        )
        st.caption(say("{open} tickets still open", open=answer.open_tickets))
    with now:
        ratio = "–" if result.position is None else f"{result.position.ratio:.0%}"
        level = "" if result.position is None else view.tell(Message(LEVEL_WORDS[result.position.level]))
        st.metric(
            say("Threshold today"),
            f"{result.threshold_now:.1f}",
            help=say(
                "Cumulative threshold on {day}; near from {near:.0%}, over above {over:.0%}.",
                day=view.as_of,
                near=answer.plan.near,
                over=answer.plan.over,
            ),
        )
        st.caption(say("{ratio} used · {level}", ratio=ratio, level=level))
    with year_end:
        if evaluation is None:
            st.metric(say("Breach probability"), "…")
            st.caption(say("being worked out"))
        elif evaluation.small is not None:
            st.metric(
                say("Chance that the year holds"),
                view.tell(percent(evaluation.small.p_ok)),
                help=say("From the open cases and the customers still expected; a small base has no alarm on rates."),
            )
            st.caption(say("{left} left, {open} open", left=evaluation.small.left, open=evaluation.open_cases))
        else:
            chance = evaluation.breach_probability
            st.metric(
                say("Breach probability"),
                "–" if chance is None else view.tell(percent(chance)),
                help=say("The chance that the year's total exceeds the allowance, given the data so far."),
            )
            limits = evaluation.limits
            st.caption(say("amber from {amber:.0%}, red from {red:.0%}", amber=limits.amber, red=limits.red))
    with resolved:
        st.metric(
            say("First-contact resolution"),
            "–" if fcr.rate is None else f"{fcr.rate:.1%}",
            help=say("Agreed among customers whose outcome is recorded; open cases are in neither number."),
        )
        st.caption(say("{agreed} of {decided} decided", agreed=fcr.decided - fcr.not_agreed, decided=fcr.decided))
