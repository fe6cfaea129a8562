"""First-contact resolution by branch, cause, channel or week, with its counts and the tickets behind each (R01)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analytics.funnel import FINE_FROM, JUDGED_FROM
from analytics.proportion import exact_interval
from answers.branches import BranchAnswer, tickets_decided
from charts.branch_words import VERDICTS, given
from texts import Message
from ui.exports import table_download
from ui.parts import choice_in_address, row_in_address
from ui.tickets import ticket_table
from ui.view import View


@st.fragment
def resolution_table(view: View, shown: BranchAnswer) -> None:
    """Show first-contact resolution by branch, cause, channel or week, with numerator and denominator (R01)."""
    say, found = view.say, shown.findings
    if found is None:
        return
    kinds = {
        "branch_id": say("by branch"),
        "cause": say("by cause"),
        "channel": say("by channel"),
        "week": say("by week of the outcome"),
    }
    kind = choice_in_address(say("First-contact resolution"), kinds, "fcr_by", "branch_id")
    table = resolution_rows(view, shown, str(kind))
    labels: dict[str, Any] = {
        "unit": {
            "branch_id": say("Branch"),
            "cause": say("Cause"),
            "channel": say("Channel"),
            "week": say("Week from"),
        }[kind],
        "fcr": st.column_config.NumberColumn(say("FCR"), format="percent"),
        "agreed": say("Agreed"),
        "decided": say("Decided"),
        "low": st.column_config.NumberColumn(say("95% from"), format="percent"),
        "high": st.column_config.NumberColumn(say("95% to"), format="percent"),
        "verdict": st.column_config.TextColumn(say("Beyond chance?"), width="large"),
    }
    keys = resolution_keys(shown, str(kind))
    row = row_in_address(
        table,
        [str(key) for key in keys],
        f"fcr_{kind}",
        key=f"resolution_{kind}",
        height=min(38 + 35 * len(table), 420),
        column_config=labels,
        alt=say("First-contact resolution {kind}", kind=kinds[kind]),
    )
    period = (
        say("{year} up to {day}", year=shown.answer.year, day=view.as_of)
        if kind == "week"
        else say("{period} up to {day}", period=found.period, day=view.as_of)
    )
    st.caption(
        say(
            "{period}: agreed ÷ decided customers, with exact 95% intervals. Below {fewest} customers a rate is not "
            "judged, "
            "below {fine} only extremes. Open cases are in neither number. Choose a row to see its tickets.",
            period=period,
            fewest=JUDGED_FROM,
            fine=FINE_FROM,
        )
    )
    name = [shown.answer.complaint_class, say("first-contact resolution"), kinds[str(kind)]]
    table_download(view, table, name, key="fcr_csv")
    if row is not None:
        key = keys[row]
        chosen: dict[str, Any] = {str(kind): key}
        if kind == "branch_id":
            chosen = {"branch": key}
        elif kind == "week":
            chosen |= {"this_year": True}
        tickets = tickets_decided(view.store, view.scope, shown, **chosen)
        ticket_table(view, tickets, [shown.answer.complaint_class, str(table["unit"].iloc[row])], key="fcr_tickets")


def resolution_keys(shown: BranchAnswer, kind: str) -> list[Any]:
    """Give what each row of the table stands for: a branch id, a cause, a channel or a week's first day."""
    found = shown.findings
    if found is None:
        return []
    if kind == "week":
        return [pd.Timestamp(day).date() for day in sorted(shown.weeks["week_start"].unique())]
    return list({"branch_id": found.branches, "cause": found.causes, "channel": found.channels}[kind].units[kind])


def resolution_rows(view: View, shown: BranchAnswer, kind: str) -> pd.DataFrame:
    """Give `unit`, `fcr`, `agreed`, `decided`, `low`, `high`, and, but for weeks, `verdict` in words."""
    found = shown.findings
    if found is None:
        return pd.DataFrame()
    if kind == "week":
        units = shown.weeks.groupby("week_start")[["decided", "not_agreed"]].sum().reset_index()
        unit = units["week_start"].dt.strftime("%Y-%m-%d").tolist()
    else:
        units = {"branch_id": found.branches, "cause": found.causes, "channel": found.channels}[kind].units
        unit = [shown.branch(str(key)) if kind == "branch_id" else view.tell(given(str(key))) for key in units[kind]]
    low, high = exact_interval(units["decided"] - units["not_agreed"], units["decided"])
    table = pd.DataFrame(
        {
            "unit": unit,
            "fcr": 1 - units["not_agreed"] / units["decided"],
            "agreed": units["decided"] - units["not_agreed"],
            "decided": units["decided"],
            "low": low,
            "high": high,
        }
    )
    if "verdict" in units:
        table["verdict"] = [view.tell(Message(VERDICTS[verdict])) for verdict in units["verdict"]]
    return table
