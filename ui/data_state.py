"""The state of the data: how far they reach by class, and which checks they fail."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from answers.freshness import EVERYTHING, as_date, staleness
from ui import words
from ui.exports import table_download
from ui.freshness import current_offer, today
from ui.heading import subheader
from ui.presentation import large_table
from ui.table import show_table
from ui.view import View


def headline(view: View) -> None:
    """Show in four figures how far the data reach."""
    fresh = view.store.read("freshness", view.scope, EVERYTHING).iloc[0]
    imports = view.store.read("imports", view.scope, EVERYTHING)
    figures = {
        view.say("Data through"): _day(as_date(fresh["data_through"])),
        view.say("Last import"): _day(as_date(fresh["last_import"])),
        view.say("Tickets"): f"{int(fresh['tickets']):,}",
        view.say("Rows set aside"): f"{int(imports['set_aside'].sum()):,}",
    }
    for place, (label, value) in zip(st.columns(4), figures.items(), strict=True):
        place.metric(label, value, border=True)


def by_class(view: View) -> None:
    """Show for every class its last day with a ticket, its rhythm, and whether an import is overdue."""
    say = view.say
    frame = view.store.read("class_freshness", view.scope, EVERYTHING)
    last_import = as_date(view.store.read("freshness", view.scope, EVERYTHING).iloc[0]["last_import"])
    overdue = [
        not view.demo and staleness(last_import, None if pd.isna(gap) else float(gap), today()) is not None
        for gap in frame["rhythm_days"]
    ]
    table = pd.DataFrame(
        {
            say("Complaint class"): frame["complaint_class"],
            say("Last ticket"): [_day(as_date(day)) for day in frame["last_day"]],
            say("Tickets come"): [
                "–" if pd.isna(gap) else say("every {days:.0f} days at most", days=max(1, round(gap)))
                for gap in frame["rhythm_days"]
            ],
            say("State"): [say("▲ import overdue") if late else say("● up to date") for late in overdue],
        }
    )
    if view.present:
        large_table(table, say("Freshness by class"))
        return
    subheader(say("By class"))
    hint = say("The gap between days with tickets that 95 of 100 gaps of the last year do not exceed.")
    show_table(
        table,
        height=min(38 + 35 * len(frame), 458),
        column_config={say("Tickets come"): st.column_config.TextColumn(help=hint)},
        alt=say("Freshness by class"),
    )
    table_download(view, table, [say("Freshness by class"), str(today())], key="freshness_csv")


def quality(view: View) -> None:
    """Show every check with the rows that fail it and the rows it applies to."""
    say = view.say
    last_day = current_offer(view.store, view.scope).last_day or today()
    frame = view.store.read("quality", view.scope, last_day)
    table = pd.DataFrame(
        {
            say("Check"): [view.tell(words.word(words.CHECKS, name)) for name in frame["check_name"]],
            say("Rows"): frame["violated"],
            say("of"): frame["applicable"],
            say("Share"): [
                share_text(view, int(violated), int(applicable))
                for violated, applicable in zip(frame["violated"], frame["applicable"], strict=True)
            ],
        }
    )
    if view.present:
        large_table(table, say("Quality checks"))
        return
    subheader(say("Quality"))
    localized = st.column_config.NumberColumn(format="localized")
    show_table(
        table,
        column_config={say("Rows"): localized, say("of"): localized},
        alt=say("Quality checks"),
    )
    st.caption(say("Branches and causes that are missing are missing from every analysis by branch and cause."))
    table_download(view, table, [say("Quality checks"), str(last_day)], key="quality_csv")


def share_text(view: View, violated: int, applicable: int) -> str:
    """Give a share in words; a check that applies to no row has none."""
    if applicable == 0:
        return view.say("not applicable")
    if violated == 0:
        return "0%"
    share = violated / applicable
    return "<0.1%" if share < 0.001 else f"{share:.1%}"


def _day(day: date | None) -> str:
    return "–" if day is None else day.isoformat()
