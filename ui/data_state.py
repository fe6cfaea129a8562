"""The state of the data: how far they reach by class, and which checks they fail."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ui import words
from ui.freshness import EVERYTHING, as_date, current_offer, staleness, today
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
    st.subheader(view.say("By class"))
    frame = view.store.read("class_freshness", view.scope, EVERYTHING)
    fresh = view.store.read("freshness", view.scope, EVERYTHING).iloc[0]
    last_import = as_date(fresh["last_import"])
    overdue = [
        not view.demo and staleness(last_import, None if pd.isna(gap) else float(gap), today()) is not None
        for gap in frame["rhythm_days"]
    ]
    st.dataframe(
        pd.DataFrame(
            {
                "class": frame["complaint_class"],
                "last_day": [_day(as_date(day)) for day in frame["last_day"]],
                "rhythm": [
                    "–" if pd.isna(gap) else view.say("every {days:.0f} days at most", days=max(1, round(gap)))
                    for gap in frame["rhythm_days"]
                ],
                "state": [view.say("▲ import overdue") if late else view.say("● up to date") for late in overdue],
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(frame), 458),
        column_config={
            "class": view.say("Complaint class"),
            "last_day": view.say("Last ticket"),
            "rhythm": st.column_config.TextColumn(
                view.say("Tickets come"),
                help=view.say("The gap between days with tickets that 95 of 100 gaps of the last year do not exceed."),
            ),
            "state": view.say("State"),
        },
        alt=view.say("Freshness by class"),
    )


def quality(view: View) -> None:
    """Show every check with the rows that fail it and the rows it applies to."""
    st.subheader(view.say("Quality"))
    last_day = current_offer(view.store, view.scope).last_day or today()
    frame = view.store.read("quality", view.scope, last_day)
    st.dataframe(
        pd.DataFrame(
            {
                "check": [view.tell(words.word(words.CHECKS, name)) for name in frame["check_name"]],
                "violated": frame["violated"],
                "applicable": frame["applicable"],
                "share": [
                    share_text(view, int(violated), int(applicable))
                    for violated, applicable in zip(frame["violated"], frame["applicable"], strict=True)
                ],
            }
        ),
        hide_index=True,
        column_config={
            "check": view.say("Check"),
            "violated": st.column_config.NumberColumn(view.say("Rows"), format="localized"),
            "applicable": st.column_config.NumberColumn(view.say("of"), format="localized"),
            "share": view.say("Share"),
        },
        alt=view.say("Quality checks"),
    )
    st.caption(view.say("Branches and causes that are missing are missing from every analysis by branch and cause."))


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
