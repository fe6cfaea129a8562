"""What a pack shows of a class: one list, in the order of the screens."""

from __future__ import annotations

from dataclasses import replace

from answers.causes import Asked, mediation_rounds
from answers.class_year import ClassYear
from answers.evidence import Standing
from charts.threshold import Outlook, threshold_figure
from charts.threshold_caption import Provenance, threshold_caption, week_number
from charts.weekly_table import csv_table
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.cause_exhibits import cause_exhibits
from reports.exhibit import Exhibit
from reports.provenance import DataState
from texts import N_, Language, Message, render


def class_exhibits(
    shown: Standing, state: DataState, language: Language, store: Store | None = None, scope: Scope = HEAD_OFFICE
) -> list[Exhibit]:
    """Give everything that a pack shows of one class and year; without a store, its threshold alone."""
    found = [threshold_exhibit(shown, state, language)]
    if store is not None:
        answer = shown.answer
        asked = Asked(store, scope, answer.complaint_class, answer.year, answer.as_of)
        found += cause_exhibits(asked, state.demo, language, week_words(answer), mediation_rounds(asked))
    return found


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
