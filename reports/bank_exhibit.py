"""What a pack shows of all classes together: how much of each allowance is used, and the overview's table."""

from __future__ import annotations

from collections.abc import Sequence

from answers.overview import OverviewRow
from charts.overview import class_line, overview_caption, overview_figure, overview_numbers
from charts.threshold_caption import data_line
from reports.exhibit import Exhibit
from reports.provenance import DataState
from texts import N_, Language, Message, render


def bank_exhibit(rows: Sequence[OverviewRow], state: DataState, year: int, language: Language) -> Exhibit:
    """Give the overview of all classes, worst first, as one picture and one table."""
    lines = [
        class_line(
            row.shown.answer.complaint_class,
            row.shown.answer.threshold,
            row.shown.evaluation,
            row.shown.answer.fcr,
            row.changes,
        )
        for row in rows
    ]
    caption = overview_caption(lines, str(state.as_of), data_line(state.demo, state.data_through))
    return Exhibit(
        name=(render(Message(N_("overview")), language), str(year), str(state.as_of)),
        title=render(caption.finding, language),
        figure=lambda: overview_figure(lines, caption, language, "print"),
        table=lambda: overview_numbers(lines, language),
    )
