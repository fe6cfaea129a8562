"""What a pack shows of a class: one list, in the order of the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from answers.class_year import ClassYear
from answers.evidence import Standing
from charts.threshold import Outlook, threshold_figure
from charts.threshold_caption import Provenance, threshold_caption, week_number
from charts.weekly_table import csv_table
from reports.provenance import DataState
from texts import N_, Language, Message, render


@dataclass(frozen=True)
class Exhibit:
    """One chart or table with its files.

    name: the parts of the files' name, e.g. 提前还款, 管控曲线, 2025W30. title: the finding in one sentence. figure:
    draws the picture (print look), None for a table alone; table: the exact numbers, None for a picture alone. Both
    are called once, when the pack is made.
    """

    name: tuple[str, ...]
    title: str
    figure: Callable[[], go.Figure] | None
    table: Callable[[], pd.DataFrame] | None


def class_exhibits(shown: Standing, state: DataState, language: Language) -> list[Exhibit]:
    """Give everything that a pack shows of one class and year."""
    return [threshold_exhibit(shown, state, language)]


def threshold_exhibit(shown: Standing, state: DataState, language: Language) -> Exhibit:
    """Give the actual against the cumulative threshold; the source line says where the data are stale."""
    answer, evaluation = shown.answer, shown.evaluation
    result = answer.threshold
    outlook = Outlook(shown.corridor, shown.projection and shown.projection.weeks, evaluation.limits.corridor)
    provenance = Provenance(
        demo=state.demo,
        plan_version=answer.plan.version,
        plan_from=answer.plan.valid_from,
        reading=answer.plan.reading,
        data_through=state.data_through,
    )
    caption = threshold_caption(answer.complaint_class, result, evaluation, answer.fcr, provenance)
    if state.is_stale(answer.complaint_class):
        caption = replace(caption, source=stale_source(caption.source, state))
    return Exhibit(
        name=(answer.complaint_class, render(Message(N_("threshold curve")), language), week_words(answer)),
        title=render(caption.finding, language),
        figure=lambda: threshold_figure(result, caption, language, "print", outlook),
        table=lambda: csv_table(result, evaluation),
    )


def stale_source(source: Message, state: DataState) -> Message:
    """Say in a source line how old the data are."""
    return Message(
        N_("{source} · not up to date: data end on {day}, {days} days before {as_of}"),
        {"source": source, "day": str(state.reaches), "days": state.days_old, "as_of": str(state.as_of)},
    )


def week_words(answer: ClassYear) -> str:
    """Give the plan week of the as-of day as it stands in file names, e.g. 2025W30; the year before it begins."""
    result = answer.threshold
    return f"{answer.year}" if result.as_of is None else f"{answer.year}W{week_number(result, result.as_of):02d}"
