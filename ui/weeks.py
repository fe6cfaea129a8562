"""The weekly table of a class's year, and the tickets behind a week."""

from __future__ import annotations

import streamlit as st

from answers.evidence import Standing
from charts.weekly_table import csv_table, screen_table
from texts import N_
from ui.exports import table_download
from ui.parts import choosable_rows, in_address
from ui.pickers import refocus
from ui.presentation import large_table
from ui.tickets import tickets_of_week
from ui.view import View

COLUMNS = {
    "week": N_("Week"),
    "days": N_("Days"),
    "customers": N_("Customers complaining"),
    "not_agreed": N_("Not agreed"),
    "cumulative": N_("Not agreed so far"),
    "allocation": N_("Allocation of the week"),
    "threshold": N_("Cumulative threshold"),
    "position": N_("Position"),
    "breach": N_("Breach probability"),
    "alarm": N_("Alarms"),
}
LAST_WEEKS = 12  # on a shared screen


def last_weeks(view: View, shown: Standing) -> None:
    """Show the last weeks for the back of the room, the newest first."""
    result = shown.answer.threshold
    table = screen_table(result, shown.evaluation, view.language)[(result.weeks["state"] != "to_come").to_numpy()]
    names = {column: view.say(label) for column, label in COLUMNS.items()}
    large_table(table[::-1].rename(columns=names), _alt(view, shown), LAST_WEEKS)


def weekly_table(view: View, shown: Standing) -> None:
    """Show the weeks of the year; choosing one shows its tickets, and the address keeps it."""
    say = view.say
    answer, result = shown.answer, shown.answer.threshold
    table = screen_table(result, shown.evaluation, view.language)
    chosen = chosen_week(shown)
    weeks = result.weeks["week_start"].dt.strftime("%Y-%m-%d").tolist()
    choosable_rows(
        table,
        weeks,
        weeks[chosen - 1],
        lambda week: refocus(week=week),
        height=430,
        key=f"weeks_{answer.complaint_class}_{answer.year}_{view.as_of}",
        column_config={column: say(label) for column, label in COLUMNS.items()},
        alt=_alt(view, shown),
    )
    st.caption(
        say(
            "Whole customers on screen; the weeks sum to the allowance of {budget}. The CSV has the exact fractions. "
            "Choose a week to see its tickets.",
            budget=answer.plan.budget,
        )
    )
    table_download(
        view,
        lambda: csv_table(result, shown.evaluation),
        [answer.complaint_class, say("weekly table"), str(answer.year)],
        key="weekly_csv",
    )
    row = result.weeks.iloc[chosen - 1]
    if row["state"] == "to_come":
        st.caption(say("Week {week} is still to come: it has no tickets.", week=chosen))
    else:
        tickets_of_week(view, answer, row["week_start"].date(), row["week_end"].date())


def chosen_week(shown: Standing) -> int:
    """Give the week whose first day the address names, else the newest with counts; another day is ignored."""
    weeks = shown.answer.threshold.weeks
    asked = in_address("week")
    named = weeks["week"][weeks["week_start"].dt.strftime("%Y-%m-%d") == asked]
    return int(named.iloc[0]) if len(named) else max(int((weeks["state"] != "to_come").sum()), 1)


def _alt(view: View, shown: Standing) -> str:
    return view.say("Weekly table of {name} {year}", name=shown.answer.complaint_class, year=shown.answer.year)
