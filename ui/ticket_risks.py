"""The risk of open tickets as other screens show it: the riskiest of a class or of all, or one ticket's in a line."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from answers.risk import open_risks, risk_basis
from charts.risk_bars import risk_rows
from charts.voice_captions import HIGH
from ui.exports import table_download
from ui.heading import subheader
from ui.plain import plain
from ui.table import show_table
from ui.view import View

SHOWN = 5


def riskiest(view: View, complaint_class: str | None, key: str, heading: str) -> None:
    """Show the open tickets most likely to end not agreed, with the reasons; nothing where no model stands."""
    say = view.say
    if risk_basis(view.store, view.as_of).refusal is not None:
        return
    risks = open_risks(view.store, view.scope, complaint_class, view.year, view.as_of)
    if risks.empty:
        return
    subheader(heading)
    rows = risk_rows(risks, view.language)
    top = rows.head(SHOWN)
    shown = pd.DataFrame(
        {
            say("Ticket"): top["ticket_id"],
            **({} if complaint_class else {say("Complaint class"): top["complaint_class"]}),
            say("Risk (%)"): (100 * top["risk"]).round(),
            say("Class rate (%)"): (100 * top["class_rate"]).round(),
            say("Why"): top["reasons"],
        }
    )
    show_table(shown, key=key, alt=heading)
    high = int((risks["risk"] >= HIGH * risks["class_rate"]).sum())
    st.caption(
        say(
            "{high} of {open} open tickets are at least 1.5 times as likely to end not agreed as their class; all of "
            "them are on the voice screen.",
            high=high,
            open=len(risks),
        )
    )
    table_download(view, rows, [complaint_class or "", say("open tickets by risk"), str(view.as_of)], key=f"{key}_csv")


def risk_line(view: View, ticket_id: str, complaint_class: str) -> None:
    """Say how likely one ticket is to end not agreed, and why; nothing once its outcome is recorded."""
    say = view.say
    basis = risk_basis(view.store, view.as_of)
    risks = open_risks(view.store, view.scope, complaint_class, view.year, view.as_of)
    own = risks[risks["ticket_id"] == ticket_id]
    if own.empty:
        return
    row = own.iloc[0]
    if basis.refusal is not None:
        st.caption(say("Risk of ending not agreed: {rate:.0%}, the rate of its class.", rate=row["class_rate"]))
        return
    why = say("; ").join(view.tell(reason) for reason in row["reasons"]) or say("nothing stands out")
    text = say(
        "Risk of ending not agreed: {risk:.0%}, its class {rate:.0%}. {why}",
        risk=row["risk"],
        rate=row["class_rate"],
        why=why,
    )
    if row["risk"] >= HIGH * row["class_rate"]:
        st.warning(plain(text), icon=":material/priority_high:")
    else:
        st.caption(plain(text))
