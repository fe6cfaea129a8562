"""The threshold chart on the screen: the position at once, then with its evidence; and what it was made of."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from analytics.calendar import calendar_known
from answers.class_year import ClassYear
from answers.evidence import Standing
from answers.kept import kept
from answers.plan_forecast import checked_calendar
from charts.look import Mode
from charts.threshold import Caption, Outlook, threshold_figure
from charts.threshold_caption import Provenance, position_caption, threshold_caption, week_number
from charts.weekly_table import csv_table
from data.demo_store import holds_demo
from data.scope import Scope
from data.store import Store
from texts import Language
from ui.chart import chart_mode, show_chart, show_picture
from ui.view import View


def provenance_of(store: Store, scope: Scope, answer: ClassYear) -> Provenance:
    """Say where a class's numbers come from."""
    known = store.read("freshness", scope, answer.as_of).iloc[0]
    return Provenance(
        demo=holds_demo(store),
        plan_version=answer.plan.version,
        plan_from=answer.plan.valid_from,
        reading=answer.plan.reading,
        data_through=known["data_through"].date(),
    )


def first_picture(view: View, answer: ClassYear) -> Callable[[], None]:
    """Draw the position, to be shown before its evidence is known; give what shows it."""
    provenance = provenance_of(view.store, view.scope, answer)
    caption = position_caption(answer.complaint_class, answer.threshold, answer.fcr, provenance)
    figure = threshold_figure(answer.threshold, caption, view.language, chart_mode(view))
    return lambda: show_picture(view, figure, alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}")


def drawn(store: Store, scope: Scope, shown: Standing, language: Language, mode: Mode) -> tuple[Caption, go.Figure]:
    """Draw the position with its evidence, once for each look and state of the store; nobody may change the figure."""
    answer, evaluation = shown.answer, shown.evaluation

    def work() -> tuple[Caption, go.Figure]:
        caption = threshold_caption(
            answer.complaint_class, answer.threshold, evaluation, answer.fcr, provenance_of(store, scope, answer)
        )
        outlook = Outlook(shown.corridor, shown.projection and shown.projection.weeks, evaluation.limits.corridor)
        return caption, threshold_figure(answer.threshold, caption, language, mode, outlook)

    name = ("threshold_picture", scope, answer.complaint_class, answer.year, answer.as_of, language, mode)
    return kept(store, name, work)


def main_picture(view: View, shown: Standing) -> None:
    """Show the position with its evidence, PNG and CSV under it."""
    answer = shown.answer
    result = answer.threshold
    caption, figure = drawn(view.store, view.scope, shown, view.language, chart_mode(view))
    week = week_number(result, result.as_of) if result.as_of is not None else 1
    show_chart(
        view,
        figure,
        lambda: drawn(view.store, view.scope, shown, view.language, "print")[1],
        lambda: csv_table(result, shown.evaluation),
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
