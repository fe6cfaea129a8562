"""What changed since last week on a class's screen: figures side by side, the customers behind them, moved plans."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from answers.changes import WeekNews, week_news
from answers.evidence import Standing
from charts.change_table import COLUMNS, change_table
from charts.change_words import change_sentence
from texts import N_
from ui.exports import table_download
from ui.presentation import large_table
from ui.table import show_table
from ui.tickets import ticket_table
from ui.view import View

REASONS = {
    "new": N_("new this week"),
    "late": N_("known late"),
    "withdrawn": N_("withdrawn"),
}


def changes_section(view: View, shown: Standing) -> None:
    """Show what changed since a week ago, and the customers behind the change."""
    news = week_news(view.store, view.scope, shown)
    if not _figures(view, shown, news):
        return
    _plan_moves(view, news, shown.answer.complaint_class)
    if news.tickets.empty:
        st.caption(view.say("No customer became not agreed since {day}, and none was corrected.", day=news.since))
        return
    reasons = {name: view.say(label) for name, label in REASONS.items()}
    ticket_table(
        view,
        news.tickets.assign(reason=news.tickets["reason"].map(reasons)).rename(
            columns={"reason": view.say("Why here")}
        ),
        [shown.answer.complaint_class, view.say("changed since"), str(news.since)],
        key="changed_tickets",
        alt=view.say("Customers whose count changed since {day}", day=news.since),
    )


def changes_step(view: View, shown: Standing) -> None:
    """Show what changed for the back of the room."""
    news = week_news(view.store, view.scope, shown)
    if _figures(view, shown, news):
        _plan_moves(view, news, shown.answer.complaint_class)


def _figures(view: View, shown: Standing, news: WeekNews) -> bool:
    """Show the figures side by side; False where there is nothing to compare with."""
    say = view.say
    if news.before is None or news.changes is None:
        st.info(say("The year has just begun: there is no week before to compare with."), icon=":material/history:")
        return False
    st.markdown(
        say("Since {day}: **{sentence}**.", day=news.since, sentence=view.tell(change_sentence(news.changes))),
    )
    table = change_table(news.before.evaluation, shown.evaluation, news.changes, view.language)
    labels = {column: say(label) for column, label in COLUMNS.items()}
    alt = say("What changed since {day}", day=news.since)
    if view.present:
        large_table(table.rename(columns=labels), alt)
    else:
        show_table(table, column_config=labels, alt=alt)
    name = [shown.answer.complaint_class, say("changes since"), str(news.since)]
    table_download(view, table.rename(columns=labels), name, key="changes_csv")
    return True


def _plan_moves(view: View, news: WeekNews, complaint_class: str) -> None:
    """Say why the threshold moved, where there was more than one version of the plan."""
    if len(news.moves) < 2:
        return
    say = view.say
    st.markdown("**" + say("Why the threshold moved") + "**")
    table = pd.DataFrame(
        [
            {
                say("Version"): f"v{row.version}",
                say("From"): str(row.valid_from),
                say("Allowed"): row.budget,
                say("Forecast customers"): round(row.customers),
                say("Threshold today"): f"{row.threshold:.1f}",
                say("Moved it by"): "–" if place == 0 else f"{row.by_budget + row.by_forecast:+.1f}",
                say("of that by the allowance"): "–" if place == 0 else f"{row.by_budget:+.1f}",
                say("by the forecast"): "–" if place == 0 else f"{row.by_forecast:+.1f}",
                say("Decided by"): row.made_by,
                say("Reason"): row.note,
            }
            for place, row in enumerate(news.moves.itertuples())
        ]
    )
    alt = say("Why the threshold moved")
    if view.present:
        large_table(table, alt)
    else:
        show_table(table, alt=alt)
    table_download(view, table, [complaint_class, alt, str(view.as_of)], key="moves_csv")
