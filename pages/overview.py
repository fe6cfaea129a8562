"""总览: which classes are on track, near, or over, and which will break the year? Worst first."""

import time
from collections.abc import Mapping, Sequence
from itertools import chain

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.warned import warned
from answers.evidence import Standing
from answers.overview import OverviewRow, overview, overview_ready, positions, rows_as_they_come
from answers.register import Register, registers
from charts.overview import MOST_BARS, overview_caption, overview_figure, overview_numbers
from charts.threshold_caption import data_line
from reports.snapshot import snapshot
from ui.chart import chart_mode, show_chart
from ui.exports import file_name, table_download
from ui.heading import screen_title, subheader
from ui.overview_table import (
    class_frame,
    class_headline,
    class_numbers,
    class_table,
    class_table_so_far,
    large_class_table,
    line_of,
)
from ui.plain import plain
from ui.presentation import show_steps
from ui.sources import named_sources, source_buttons
from ui.states import empty_state
from ui.ticket_risks import riskiest
from ui.view import current_view

QUIET = ("quiet", "small_ok")
SHOWN_EVERY = 0.5  # seconds between two paintings of evidence that has come in

view = current_view()
say = view.say


def picture(rows: Sequence[OverviewRow]) -> None:
    """Draw every class's used share of its allowance."""
    lines = [line_of(row) for row in rows]
    known = view.store.read("freshness", view.scope, view.as_of).iloc[0]
    caption = overview_caption(lines, str(view.as_of), data_line(view.demo, known["data_through"].date()))
    figure = overview_figure(lines, caption, view.language, chart_mode(view))
    if not view.present:
        figure.update_layout(height=190 + 34 * min(len(lines), MOST_BARS))
    show_chart(
        view,
        figure,
        lambda: overview_figure(lines, caption, view.language, "print"),
        lambda: overview_numbers(lines, view.language),
        name=[say("overview chart"), str(view.year), str(view.as_of)],
        key="overview_chart",
        alt=f"{view.tell(caption.finding)} {view.tell(caption.figures)}",
    )


def to_say(rows: Sequence[OverviewRow]) -> list[tuple[DeltaGenerator, Standing]]:
    """Show the one line to say in the meeting for every class with a warning, and the ways to where it comes from.

    Gives the places in which the branch and the cause that stand out are named, once they are worked out.
    """
    places: list[tuple[DeltaGenerator, Standing]] = []
    for row in [row for row in rows if warned(row.shown.evaluation) not in QUIET] or list(rows[:1]):
        line = line_of(row)
        st.markdown(f"**{plain(line.name)}** {plain(view.tell(line.sentence))}")
        if not view.present:
            source_buttons(view, line.name, row.shown.evaluation)
            places.append((st.empty(), row.shown))
    return places


def presented_lines(rows: Sequence[OverviewRow]) -> None:
    to_say(rows)


def files(rows: Sequence[OverviewRow], held: Mapping[str, Register]) -> None:
    """Give the table and the pack."""
    name = [say("overview"), str(view.year), str(view.as_of)]
    with st.container(horizontal=True):
        table_download(view, lambda: class_numbers(view, rows, held), name, key="overview_csv")
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


def arriving(place: DeltaGenerator) -> None:
    """Show all positions at once, then the evidence class by class as it is worked out, worst position first."""
    with st.spinner(say("Counting all classes…"), show_time=False):
        counted = positions(view.store, view.scope, view.year, view.as_of)
    rows: dict[str, OverviewRow] = {}
    shown_at = 0.0
    for row in chain([None], rows_as_they_come(view.store, view.scope, counted)):
        if row is not None:
            rows[row.shown.answer.complaint_class] = row
        if time.monotonic() - shown_at >= SHOWN_EVERY:
            with place.container():
                class_table_so_far(view, counted, rows)
            shown_at = time.monotonic()


def page(found: Sequence[OverviewRow]) -> None:
    """Show the answer, the table, the lines to say, the picture."""
    held = registers(view.store, view.scope, [row.shown for row in found])
    class_headline(view, found, held)
    class_table(view, found, class_frame(view, found, held))
    files(found, held)
    subheader(say("To say in the meeting"))
    places = to_say(found)
    subheader(say("How much of each allowance is used"))
    picture(found)
    riskiest(view, None, "overview_risks", say("Most likely to end not agreed"))
    for place, shown in places:
        with place.container():
            named_sources(view, shown)


def steps(found: Sequence[OverviewRow]) -> None:
    """Show one thing at a time on the shared screen."""
    held = registers(view.store, view.scope, [row.shown for row in found])
    show_steps(
        view,
        [
            (say("All classes"), lambda: picture(found)),
            (say("Since last week"), lambda: large_class_table(view, class_frame(view, found, held))),
            (say("To say in the meeting"), lambda: presented_lines(found)),
        ],
        whole_bank=True,
    )


if not view.present:
    screen_title(say("Which classes will hold the year?"))
place = st.empty()
if not view.present and not overview_ready(view.store, view.scope, view.year, view.as_of):
    arriving(place)
with st.spinner(say("Evaluating all classes…"), show_time=False):
    found = overview(view.store, view.scope, view.year, view.as_of)
with place.container():
    if not found:
        empty_state(
            view,
            say("There is no class with customers in this year yet."),
            say("Choose another year, or bring in a ticket export on the data screen."),
            None,
        )
    elif view.present:
        steps(found)
    else:
        page(found)
