"""The threshold chart on the screen: the position at once, then with its evidence; and what it was made of."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.calendar import calendar_known
from answers.class_year import ClassYear
from answers.evidence import Standing
from answers.plan_forecast import checked_calendar
from charts.threshold import Outlook, threshold_figure
from charts.threshold_caption import Provenance, position_caption, threshold_caption, week_number
from charts.weekly_table import csv_table
from ui.chart import chart_mode, show_chart, show_picture
from ui.view import View


def provenance_of(view: View, answer: ClassYear) -> Provenance:
    """Say where a class's numbers come from."""
    known = view.store.read("freshness", view.scope, view.as_of).iloc[0]
    return Provenance(
        demo=view.demo,
        plan_version=answer.plan.version,
        plan_from=answer.plan.valid_from,
        reading=answer.plan.reading,
        data_through=known["data_through"].date(),
    )


def first_picture(view: View, answer: ClassYear) -> Callable[[], None]:
    """Draw the position, to be shown before its evidence is known; give what shows it."""
    caption = position_caption(answer.complaint_class, answer.threshold, answer.fcr, provenance_of(view, answer))
    figure = threshold_figure(answer.threshold, caption, view.language, chart_mode(view))
    return lambda: show_picture(view, figure, alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}")


def main_picture(view: View, shown: Standing) -> None:
    """Draw the position with its evidence, PNG and CSV under it."""
    answer, evaluation = shown.answer, shown.evaluation
    result = answer.threshold
    caption = threshold_caption(answer.complaint_class, result, evaluation, answer.fcr, provenance_of(view, answer))
    outlook = Outlook(shown.corridor, shown.projection and shown.projection.weeks, evaluation.limits.corridor)
    week = week_number(result, result.as_of) if result.as_of is not None else 1
    show_chart(
        view,
        threshold_figure(result, caption, view.language, chart_mode(view), outlook),
        lambda: threshold_figure(result, caption, view.language, "print", outlook),
        lambda: csv_table(result, evaluation),
        name=[answer.complaint_class, view.say("threshold curve"), f"{answer.year}W{week:02d}"],
        key="threshold_chart",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


def basis_note(view: View, shown: Standing) -> None:
    """Say under the picture what its threshold was made of."""
    say = view.say
    answer = shown.answer
    forecast = answer.forecast
    st.caption(
        say(
            "Threshold: the allowance of {budget} spread by the forecast of {customers:.0f} complaining customers "
            "({low:.0f}–{high:.0f} with 80%), shifted by {delay:.0f} days to the outcome; dotted: last year's weeks. "
            "{received} tickets received, {merged} repeats merged.",
            budget=answer.plan.budget,
            customers=forecast.customers,
            low=forecast.low,
            high=forecast.high,
            delay=forecast.mean_delay,
            received=answer.received,
            merged=answer.merged,
        )
    )
    if len(answer.versions) > 1:
        st.caption(
            say(
                "The plan was changed during the year: {versions}. Each version moves only the days from its date on.",
                versions="; ".join(f"v{p.version} {p.valid_from}: {p.budget}" for p in answer.versions),
            )
        )
    if not calendar_known(answer.year, checked_calendar(view.store)):
        unpublished = say(
            "Holidays of {year} are not published yet; fixed and lunar holidays are shown.", year=answer.year
        )
        st.caption(unpublished)
