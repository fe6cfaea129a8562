"""What changed since last week, in one line under a screen's title; the whole of it is one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.alarm import Kind
from answers.case_board import CaseBoard
from answers.changes import WeekNews, week_news
from answers.evidence import standing
from answers.overview import overview
from answers.voice import Voice
from charts.branch_words import given
from charts.change_words import change_sentence
from charts.warning_words import alarm_names
from ui.pickers import set_focus
from ui.plain import plain
from ui.view import View

MOST_NAMED = 3  # branches or causes in the line
DAYS = 7


def place_for_changes(view: View) -> DeltaGenerator:
    """Keep a line free under the title, filled when the screen has its answer; on a shared screen it stays empty."""
    if view.present:
        return st.container()
    place = st.empty()
    with place.container():
        st.caption(view.say("Comparing with last week…"))
    return place


def fill_changes(
    view: View,
    place: DeltaGenerator,
    *,
    by: str | None = None,
    names: Mapping[str, str] | None = None,
    more: Sequence[str] = (),
) -> None:
    """Say in the line what changed in the class since a week ago, each day as it was known.

    by: column of tickets (`branch_id`, `cause`) by which the new customers are named; names: its words. more: what the
    screen itself has to add. Nothing is shown on a shared screen, where it is a step of the threshold screen.
    """
    if view.present or view.complaint_class is None:
        return
    shown = standing(view.store, view.scope, view.complaint_class, view.year, view.as_of)
    if shown is None:
        place.empty()
        return
    news = week_news(view.store, view.scope, shown)
    parts = [_said(view, news)]
    if by is not None:
        parts += _by(view, news.tickets, by, names or {})
    moved = _moved(view, news)
    with place.container(horizontal=True, vertical_alignment="center", gap="small", key="since_last_week"):
        st.markdown(" ".join(part for part in (*parts, moved, *more) if part), width="content")
        if st.button(view.say("Details"), key="all_changes", type="tertiary", icon=":material/history:"):
            set_focus(part="changes")
            st.switch_page("pages/threshold.py")


def case_changes(view: View, board: CaseBoard) -> list[str]:
    """Say how many cases came and went since a week ago."""
    since = pd.Timestamp(view.as_of - timedelta(days=DAYS)) + pd.Timedelta(days=1)
    came = sum(pd.Timestamp(case.ticket["received_at"]) >= since for case in board.cases)
    went = int((pd.to_datetime(board.closed["closed_at"]) >= since).sum()) if len(board.closed) else 0
    return [view.say("Cases: {came} still open came in, {went} closed.", came=came, went=went)]


def show_voice_changes(view: View, heard: Voice) -> None:
    """Say how the calls of the last seven days compare with the seven days before."""
    end = pd.Timestamp(view.as_of) + pd.Timedelta(days=1)
    day = pd.to_datetime(heard.calls["started_at"])
    now = heard.calls[(day >= end - pd.Timedelta(days=DAYS)) & (day < end)]
    before = heard.calls[(day >= end - pd.Timedelta(days=2 * DAYS)) & (day < end - pd.Timedelta(days=DAYS))]
    st.markdown(
        view.say(
            "Since {day}: **{now} calls and chats** ({before} the week before), **{angry} of them angry** ({were}).",
            day=str(view.as_of - timedelta(days=DAYS)),
            now=len(now),
            before=len(before),
            angry=int(now["angry"].sum()),
            were=int(before["angry"].sum()),
        )
    )


def show_bank_changes(view: View) -> None:
    """Say over all classes what changed since a week ago: customers, corrections, alarms that appeared or went."""
    say = view.say
    told = [(row.shown.answer.complaint_class, row.changes) for row in overview(view.store, view.scope, view.year,
            view.as_of) if row.changes is not None]  # fmt: skip
    if not told:
        return
    new, corrected = sum(one.new for _, one in told), sum(one.corrected for _, one in told)
    parts = [say("**{new} new not agreed** in all classes", new=new)]
    if corrected:
        parts.append(say("{corrected:+d} by corrections", corrected=corrected))
    came = [(name, one.appeared) for name, one in told if one.appeared]
    went = [(name, one.gone) for name, one in told if one.gone]

    def named(alarms: Sequence[tuple[str, Sequence[Kind]]]) -> str:
        words = [say("{name} ({alarm})", name=plain(name), alarm=view.tell(alarm_names(of))) for name, of in alarms]
        return say(", ").join(words)

    parts += [say("new alarm: {alarms}", alarms=named(came))] if came else []
    parts += [say("gone: {alarms}", alarms=named(went))] if went else []
    st.markdown(say("Since {day}: {what}.", day=str(view.as_of - timedelta(days=DAYS)), what=say("; ").join(parts)))


def _said(view: View, news: WeekNews) -> str:
    if news.changes is None:
        return view.say("The year has just begun: there is no week before to compare with.")
    return view.say(
        "Since {day}, customers not agreed: **{sentence}**.",
        day=news.since,
        sentence=view.tell(change_sentence(news.changes)),
    )


def _by(view: View, tickets: pd.DataFrame, by: str, names: Mapping[str, str]) -> list[str]:
    if tickets.empty or by not in tickets:
        return []
    counted = tickets[tickets["reason"] != "withdrawn"][by].fillna("").value_counts()
    told = [
        f"{plain(names.get(str(key)) or view.tell(given(str(key))))} {number}"
        for key, number in counted.head(MOST_NAMED).items()
    ]
    rest = int(counted.iloc[MOST_NAMED:].sum())
    listed = view.say(", ").join([*told, *([view.say("others {number}", number=rest)] if rest else [])])
    return [view.say("New: {listed}.", listed=listed)] if listed else []


def _moved(view: View, news: WeekNews) -> str:
    """Say that the plan was changed in this week, and what it moved."""
    if len(news.moves) < 2 or pd.Timestamp(news.moves["valid_from"].iloc[-1]) <= pd.Timestamp(news.since):
        return ""
    newest = news.moves.iloc[-1]
    moved = newest["by_budget"] + newest["by_forecast"]
    return view.say("The plan's version {version} moved the threshold by {moved}.", version=int(newest["version"]),
                    moved=f"{moved:+.1f}")  # fmt: skip
