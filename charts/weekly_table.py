"""The weekly table of one class's year: as it stands on screen, and exactly as its CSV says it."""

from __future__ import annotations

import pandas as pd

from analytics.alarm_weeks import alarms_by_week
from analytics.evaluation import Evaluation
from analytics.sentence import percent
from analytics.threshold import ThresholdYear
from charts.threshold import LEVEL_WORDS
from charts.warning_words import ALARM_WORDS
from texts import N_, Language, Message, render

CSV_COLUMNS = [
    "week_start",
    "week_end",
    "customers",
    "not_agreed",
    "cumulative_not_agreed",
    "allocation_last_year",
    "threshold_last_year",
    "allocation",
    "threshold",
    "position",
    "breach_probability",
    "alarm",
]
RUNNING = N_("{level} (week running)")
TO_COME = N_("to come")


def csv_table(result: ThresholdYear, evaluation: Evaluation) -> pd.DataFrame:
    """Give the chart's numbers week by week, unrounded: one row a plan week, columns CSV_COLUMNS.

    Dates as YYYY-MM-DD; counts are whole customers; allocations and thresholds are fractions of customers; position
    is on_track, near or over; breach_probability is 0–1, empty where it cannot be said (a small base); alarm names what
    stood at the week's end, joined by "+". All of these are empty in weeks to come.
    """
    weeks = result.weeks
    breach = evaluation.amber.by_week.reindex(weeks["week"]).to_numpy()
    alarms = alarms_by_week(evaluation).map("+".join).reindex(weeks["week"]).to_numpy()
    return pd.DataFrame(
        {
            **{name: weeks[name].dt.strftime("%Y-%m-%d") for name in ("week_start", "week_end")},
            **{name: weeks[name].astype("Int64") for name in ("customers", "not_agreed", "cumulative_not_agreed")},
            **{name: weeks[name] for name in CSV_COLUMNS[5:9]},
            "position": weeks["position"],
            "breach_probability": breach,
            "alarm": alarms,
        }
    )


def screen_table(result: ThresholdYear, evaluation: Evaluation, language: Language) -> pd.DataFrame:
    """Give the table for the screen: whole customers whose allocations sum to the budget, levels in words.

    Columns: `week`, `days` (text), `customers`, `not_agreed`, `cumulative`, `allocation`, `threshold`, `position`,
    `breach` (text, whole percent), `alarm` (text).
    """
    weeks = result.weeks
    separator = render(Message(N_(", ")), language)
    position = [
        render(Message(TO_COME), language)
        if row.state == "to_come"
        else render(Message(RUNNING, {"level": Message(LEVEL_WORDS[row.position])}), language)
        if row.state == "running"
        else render(Message(LEVEL_WORDS[row.position]), language)
        for row in weeks.itertuples()
    ]
    return pd.DataFrame(
        {
            "week": weeks["week"],
            "days": weeks["week_start"].dt.strftime("%m-%d") + " – " + weeks["week_end"].dt.strftime("%m-%d"),
            "customers": weeks["customers"].astype("Int64"),
            "not_agreed": weeks["not_agreed"].astype("Int64"),
            "cumulative": weeks["cumulative_not_agreed"].astype("Int64"),
            "allocation": weeks["allocation_whole"],
            "threshold": weeks["threshold_whole"],
            "position": position,
            "breach": [
                "" if pd.isna(chance) else render(percent(float(chance)), language)
                for chance in evaluation.amber.by_week.reindex(weeks["week"])
            ],
            "alarm": [
                ""
                if not isinstance(kinds, tuple)
                else separator.join(render(Message(ALARM_WORDS[kind]), language) for kind in kinds)
                for kinds in alarms_by_week(evaluation).reindex(weeks["week"])
            ],
        }
    )
