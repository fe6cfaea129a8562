"""The forecast beside its alternatives, each with its test on past years: for the manager's trust."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.forecast import METHODS
from answers.class_year import ClassYear
from answers.forecast_quality import MethodQuality, forecast_quality
from ui.exports import table_download
from ui.parts import foldable
from ui.presentation import large_table
from ui.table import show_table
from ui.view import View


def forecast_section(view: View, answer: ClassYear, known_on: date) -> None:
    """Show the methods when asked to: fitting all of them takes some seconds."""
    say = view.say
    with foldable(say("How good is this forecast?"), "forecast") as section:
        if not section.open:
            return
        forecast_table(view, answer, known_on)


def forecast_table(view: View, answer: ClassYear, known_on: date) -> None:
    """Show every method's forecast of the year, and its test on past years."""
    say = view.say
    with st.spinner(say("Asking every method, and testing it on past years…"), show_time=False):
        asked = forecast_quality(
            view.store, view.scope, answer.complaint_class, answer.year, known_on, answer.plan.reading
        )
    table = pd.DataFrame([_row(view, quality) for quality in asked])
    if view.present:
        large_table(table, say("Forecast methods"))
    else:
        show_table(table, alt=say("Forecast methods"))
    st.caption(
        say(
            "In use: {method}, as known on {day}. The curve's error is the largest difference between the forecast "
            "and the actual cumulative share of past years, in points of the year; a range of 80% should hold "
            "about 80% of the weeks.",
            method=view.tell(METHODS[asked[0].method]),
            day=known_on,
        )
    )
    table_download(view, table, [answer.complaint_class, say("forecast methods"), str(answer.year)], key="methods_csv")


def _row(view: View, quality: MethodQuality) -> dict[str, str]:
    say = view.say
    tested = quality.tested if quality.tested is not None and len(quality.tested.years) else None
    if quality.customers is None:
        said = view.tell(quality.refusal) if quality.refusal is not None else "–"
    else:
        expected, low, high = quality.customers
        said = f"{expected:.0f} ({low:.0f}–{high:.0f})"
    return {
        say("Method"): view.tell(METHODS[quality.method]),
        say("Customers in the year (80%)"): said,
        say("Years tested"): "–" if tested is None else ", ".join(str(year) for year in tested.years["year"]),
        say("Curve's error (points)"): "–" if tested is None else f"{tested.years['share_error'].mean():.1f}",
        say("Weeks inside their 80%"): "–" if tested is None else f"{tested.coverage80:.0%}",
    }
