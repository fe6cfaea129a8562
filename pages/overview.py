"""总览: which classes are on track, near, or over, and which will break the year? Worst first."""

import pandas as pd
import streamlit as st

from analytics.sentence import percent, sentence
from analytics.warned import warned
from answers.overview import OverviewRow, overview
from charts.change_words import change_sentence
from charts.threshold import LEVEL_WORDS
from charts.warning_words import WORDS
from reports.snapshot import snapshot
from texts import Message
from ui.exports import file_name, table_download
from ui.pickers import open_class
from ui.states import empty_state
from ui.ticket_risks import riskiest
from ui.view import current_view

SPARK_WEEKS = 12

view = current_view()
say = view.say


def line(row: OverviewRow) -> dict[str, object]:
    """Give one class's line of the table."""
    answer, evaluation = row.shown.answer, row.shown.evaluation
    weeks = answer.threshold.weeks
    past = weeks[weeks["state"] != "to_come"]["not_agreed"].tail(SPARK_WEEKS)
    chance = evaluation.breach_probability
    if evaluation.small is not None:
        chance = 1 - evaluation.small.p_ok
    return {
        "warning": view.tell(Message(WORDS[warned(evaluation)])),
        "class": answer.complaint_class,
        "used": f"{evaluation.actual} / {evaluation.budget}",
        "level": "" if evaluation.position is None else view.tell(Message(LEVEL_WORDS[evaluation.position.level])),
        "breach": "–" if chance is None else view.tell(percent(chance)),
        "weeks": [int(number) for number in past],
        "change": view.tell(change_sentence(row.changes)),
        "fcr": "–"
        if answer.fcr.rate is None
        else f"{answer.fcr.rate:.1%} ({answer.fcr.decided - answer.fcr.not_agreed}/{answer.fcr.decided})",
    }


def headline(rows: tuple[OverviewRow, ...]) -> None:
    """Show how many classes stand how, and the bank's first-contact resolution."""
    kinds = [warned(row.shown.evaluation) for row in rows]
    not_agreed = sum(row.shown.answer.fcr.not_agreed for row in rows)
    decided = sum(row.shown.answer.fcr.decided for row in rows)
    broken, red, amber, resolved = st.columns(4)
    broken.metric(say("Allowance exceeded"), kinds.count("exceeded"))
    red.metric(say("Red: will very likely break"), kinds.count("red"))
    amber.metric(say("Amber or likely to break"), kinds.count("amber") + kinds.count("small_bad"))
    resolved.metric(
        say("First-contact resolution"),
        "–" if not decided else f"{1 - not_agreed / decided:.1%}",
        help=say("{agreed} of {decided} decided customers agreed.", agreed=decided - not_agreed, decided=decided),
    )


def table(rows: tuple[OverviewRow, ...]) -> None:
    """Show one row a class; choosing one opens its threshold screen."""
    lines = pd.DataFrame([line(row) for row in rows])
    event = st.dataframe(
        lines,
        hide_index=True,
        height=min(44 + 36 * len(lines), 620),
        on_select="rerun",
        selection_mode="single-row",
        key=f"overview_{view.year}_{view.as_of}",
        column_config={
            "warning": st.column_config.TextColumn(say("Warning"), width=125),
            "class": st.column_config.TextColumn(say("Complaint class"), width=140),
            "used": st.column_config.TextColumn(say("Used"), width=75, help=say("Not agreed so far / allowed")),
            "level": st.column_config.TextColumn(say("Position"), width=95),
            "breach": st.column_config.TextColumn(say("Breach"), width=75, help=say("Breach probability")),
            "weeks": st.column_config.BarChartColumn(say("{weeks} weeks", weeks=SPARK_WEEKS), y_min=0, width=110),
            "change": st.column_config.TextColumn(say("Since last week"), width=200),
            "fcr": st.column_config.TextColumn(say("FCR"), width=135),
        },
        alt=say("All classes of {year}, worst first", year=view.year),
    )
    st.caption(say("Choose a row to open its threshold screen. A class near or over its curve is not yet an alarm."))
    if event.selection.rows:
        open_class(rows[event.selection.rows[0]].shown.answer.complaint_class)
        st.switch_page("pages/threshold.py")


def to_say(rows: tuple[OverviewRow, ...]) -> None:
    """Show the one line to say in the meeting for every class with a warning."""
    st.subheader(say("To say in the meeting"))
    quiet = ("quiet", "small_ok")
    loud = [row for row in rows if warned(row.shown.evaluation) not in quiet] or list(rows[:1])
    st.markdown(
        "\n".join(
            f"- **{row.shown.answer.complaint_class}** {view.tell(sentence(row.shown.evaluation))}" for row in loud
        )
    )


st.title(say("Which classes will hold the year?"))
with st.spinner(say("Evaluating all classes…"), show_time=False):
    found = overview(view.store, view.scope, view.year, view.as_of)
if not found:
    empty_state(
        view,
        say("There is no class with customers in this year yet."),
        say("Choose another year, or bring in a ticket export on the data screen."),
        None,
    )
else:
    headline(found)
    table(found)
    exact = pd.DataFrame([line(row) | {"sentence": view.tell(sentence(row.shown.evaluation))} for row in found])
    name = [say("overview"), str(view.year), str(view.as_of)]
    with st.container(horizontal=True):
        table_download(view, exact.drop(columns="weeks"), name, key="overview_csv")
        st.download_button(
            say("Snapshot pack"),
            data=lambda: snapshot(view.store, view.scope, view.as_of, language=view.language),
            file_name=file_name([say("snapshot"), str(view.as_of)], "zip"),
            mime="application/zip",
            key="snapshot",
            on_click="ignore",
            icon=":material/folder_zip:",
            help=say("Every class's picture and table as of this day, in one ZIP; takes some ten seconds."),
        )
    to_say(found)
    riskiest(view, None, "overview_risks", say("Most likely to end not agreed"))
