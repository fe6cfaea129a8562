"""When outcomes worsened, and where: shown where the shift signal stands."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.worsening import EVERYTHING
from answers.branches import BranchAnswer, tickets_decided
from answers.worsening import Worsening, worsened
from charts.branch_words import given
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import choice_in_address, row_in_address
from ui.tickets import ticket_table
from ui.view import View


def show_worsening(view: View, shown: BranchAnswer) -> None:
    """Show the shares before and since the worsening, where there is one."""
    found = worsened(view.store, view.scope, shown)
    if found is None:
        return
    subheader(view.say("Since when, and where, have outcomes worsened?"))
    _sentence(view, found)
    _table(view, shown, found)


def _sentence(view: View, found: Worsening) -> None:
    everything = found.by_cause.iloc[0]
    st.markdown(
        view.say(
            "The signal of worse outcomes has stood since week {since}; it has been rising since week {week} "
            "({day}). From "
            "then on {after} of {after_decided} decided customers were not agreed, before {before} of "
            "{before_decided}: "
            "{difference:+.1%} (95%: {low:+.1%} to {high:+.1%}).",
            since=found.since,
            week=found.week,
            day=f"{found.starts:%Y-%m-%d}",
            after=everything["after_not_agreed"],
            after_decided=everything["after_decided"],
            before=everything["before_not_agreed"],
            before_decided=everything["before_decided"],
            difference=everything["difference"],
            low=everything["low"],
            high=everything["high"],
        )
    )


@st.fragment
def _table(view: View, shown: BranchAnswer, found: Worsening) -> None:
    say = view.say
    kinds = {"cause": say("by cause"), "branch_id": say("by branch")}
    kind = choice_in_address(say("Before and since"), kinds, "worse_by", "cause")
    rows = found.by_cause if kind == "cause" else found.by_branch

    def unit(value: str, place: int) -> str:
        if place == 0 and value == EVERYTHING:
            return say("all together")
        return view.tell(given(value)) if kind == "cause" else shown.branch(value)

    table = rows.assign(**{str(kind): [unit(str(value), place) for place, value in enumerate(rows[str(kind)])]})
    row = row_in_address(
        pd.DataFrame(
            {
                "unit": table[str(kind)],
                "before": [f"{row.before_not_agreed}/{row.before_decided}" for row in table.itertuples()],
                "after": [f"{row.after_not_agreed}/{row.after_decided}" for row in table.itertuples()],
                "difference": [
                    "–" if pd.isna(row.difference) else f"{row.difference:+.0%} ({row.low:+.0%} … {row.high:+.0%})"
                    for row in table.itertuples()
                ],
            }
        ),
        rows[str(kind)].astype(str).tolist(),
        f"worse_{kind}",
        key=f"worsening_{kind}",
        height=min(38 + 35 * len(table), 320),
        column_config={
            "unit": say("Cause") if kind == "cause" else say("Branch"),
            "before": say("Not agreed / decided before"),
            "after": say("Not agreed / decided since"),
            "difference": say("Difference (95%)"),
        },
        alt=say("Shares before and since the worsening"),
    )
    st.caption(
        say(
            "A cause or branch whose interval includes the difference of all together has not shown to have "
            "worsened more "
            "or less than the others: the numbers are small."
        )
    )
    table_download(view, table, [shown.answer.complaint_class, say("worsening"), kinds[str(kind)]], key="worsening_csv")
    if row is not None and row > 0:  # the first row is everybody
        key = str(rows[str(kind)].iloc[row])
        cause, branch = (key, None) if kind == "cause" else (None, key)
        tickets = tickets_decided(view.store, view.scope, shown, branch=branch, cause=cause, this_year=True)
        name = [shown.answer.complaint_class, str(table[str(kind)].iloc[row]), str(shown.answer.year)]
        ticket_table(view, tickets, name, key="worsening_tickets")
