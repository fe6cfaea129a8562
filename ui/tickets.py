"""The tickets behind a mark: always one click away, and always the ones that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from answers.class_year import ClassYear
from charts.threshold import OUTCOME_WORDS
from reports.agenda import branch_names
from texts import Message
from ui.exports import table_download
from ui.parts import choice_in_address
from ui.pickers import set_focus
from ui.table import show_table
from ui.view import View


def tickets_of_week(view: View, answer: ClassYear, first: date, last: date) -> None:
    """Show the tickets counted as not agreed, decided or received between two days (both included)."""
    say = view.say
    measures = {
        "not_agreed": say("not agreed"),
        "decided": say("decided"),
        "customers": say("received"),
    }
    measure = choice_in_address(
        say("Tickets of {first} to {last}", first=first, last=last), measures, "counted", "not_agreed"
    )
    found = view.store.read(
        "tickets_counted",
        view.scope,
        view.as_of,
        complaint_class=answer.complaint_class,
        reading=answer.plan.reading,
        measure=measure,
        **{"from": first, "to": min(last, view.as_of)},
    )
    if found.empty:
        st.caption(say("No tickets in this week."))
        return
    ticket_table(
        view,
        found,
        [answer.complaint_class, measures[measure], f"{first:%Y%m%d}"],
        key="week_tickets",
        alt=say("Tickets of {first} to {last}", first=first, last=last),
    )


def ticket_table(
    view: View,
    found: pd.DataFrame,
    name: Sequence[str],
    key: str,
    alt: str = "",
    more: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show tickets in a table with their CSV; the one look that tickets have on every screen. Choosing a ticket opens
    its file on the cases screen.

    found: a row a ticket, any of the columns of `labels` below; others are shown under their own names. `counted`
    (bool), where it is there, says whether the ticket is the one that its customer was counted by. name: the parts of
    the file's name. more: what further columns are called.
    """
    say = view.say
    outcomes = [column for column in ("first_outcome", "final_outcome") if column in found]
    shown = found.assign(
        **{
            name: found[name].map(lambda word: view.tell(Message(OUTCOME_WORDS[word])) if isinstance(word, str) else "")
            for name in outcomes
        }
    )
    if "branch_id" in shown:
        names = branch_names(view.store, view.scope, view.as_of)
        shown = shown.assign(branch_id=shown["branch_id"].map(lambda branch: names.get(str(branch), branch)))
    labels = {
        "ticket_id": say("Ticket"),
        "customer_id": say("Customer"),
        "received_at": say("Received"),
        "branch_id": say("Branch"),
        "product": say("Product"),
        "channel": say("Channel"),
        "cause": say("Cause"),
        "demand": say("Demand"),
        "amount": say("Amount (yuan)"),
        "rounds": say("Rounds"),
        "first_outcome": say("First outcome"),
        "first_outcome_at": say("First outcome on"),
        "final_outcome": say("Final outcome"),
        "closed_at": say("Closed"),
        "counted": say("Counted"),
    }
    days = [name for name in ("received_at", "first_outcome_at", "closed_at") if name in shown]
    shown = shown.assign(**{name: pd.to_datetime(shown[name]).dt.strftime("%Y-%m-%d").fillna("") for name in days})
    event: Any = show_table(
        shown,
        on_select="rerun",
        selection_mode="single-row",
        key=f"{key}_rows",
        column_config={
            **labels,
            **more,
            "counted": st.column_config.CheckboxColumn(
                labels["counted"], help=say("A repeat of a customer already counted in this year is not counted again.")
            ),
        },
        alt=alt or " ".join(name),
    )
    if "ticket_id" in found and event.selection.rows:
        set_focus(ticket=str(found["ticket_id"].iloc[event.selection.rows[0]]))
        st.switch_page("pages/cases.py")
    if "counted" in found:
        counted = int(found["counted"].sum())
        st.caption(
            say("{tickets} tickets, {counted} of them counted as customers.", tickets=len(found), counted=counted)
        )
    table_download(view, found, name, key=key)
