"""What a pack shows of a class's branches: the excess taken apart, who stands out, and the way of the tickets."""

from __future__ import annotations

from functools import partial

from answers.branches import BranchAnswer, branch_answer
from answers.class_year import ClassYear
from answers.handling import HandlingAnswer, handling_answer
from charts.branch_captions import (
    contributions_caption,
    dispatch_caption,
    funnel_caption,
    heat_map_caption,
    process_map_caption,
)
from charts.branch_words import LATE, RATE, SIZE, TICKETS
from charts.contributions import contributions_csv, contributions_figure, marked_branches
from charts.funnel import funnel_csv, funnel_figure, late_csv
from charts.heat_map import heat_map_csv, heat_map_figure
from charts.process_map import process_map_csv, process_map_figure
from charts.threshold import Caption
from data.scope import Scope
from data.store import Store
from reports.exhibit import Exhibit
from texts import N_, Language, Message, render


def branch_exhibits(
    store: Store, scope: Scope, answer: ClassYear, source: Message, language: Language, week: str
) -> list[Exhibit]:
    """Give the exhibits of one class's branches; none where nobody is decided.

    source: the line that says where the numbers come from. week: as it stands in file names. The funnel is there
    where any branch can be judged, the heat map where any branch has customers enough of one cause, late dispatch
    where a branch stands out by it.
    """
    shown = branch_answer(store, scope, answer.complaint_class, answer.year, answer.as_of)
    if shown is None or shown.findings is None:
        return []
    found = [_contributions(shown, source, language, week)]
    if shown.findings.may_compare and shown.findings.branches.judged:
        found.append(_funnel(shown, source, language, week))
    if shown.findings.may_compare and shown.findings.branch_causes.judged:
        found.append(_heat_map(shown, source, language, week))
    handling = handling_answer(store, scope, shown)
    if handling is not None:
        found += _handling(shown, handling, source, language, week)
    return found


def _named(shown: BranchAnswer, what: str, language: Language, week: str) -> tuple[str, ...]:
    return shown.answer.complaint_class, render(Message(what), language), week


def _contributions(shown: BranchAnswer, source: Message, language: Language, week: str) -> Exhibit:
    answer = shown.answer
    caption = contributions_caption(
        answer.complaint_class, shown.excess, answer.year, answer.as_of, source, causes=False
    )
    marked = marked_branches(shown.findings)
    return Exhibit(
        name=_named(shown, N_("branches in the excess"), language, week),
        title=render(caption.finding, language),
        figure=partial(
            contributions_figure, shown.by_branch, "branch_id", shown.branch, marked, caption, language, "print"
        ),
        table=partial(contributions_csv, shown.by_branch, "branch_id", shown.branch),
    )


def _funnel(shown: BranchAnswer, source: Message, language: Language, week: str) -> Exhibit:
    assert shown.findings is not None
    compared = shown.findings.branches
    caption = funnel_caption(shown.answer.complaint_class, shown.findings, shown.branch, shown.answer.as_of, source)
    return Exhibit(
        name=_named(shown, N_("funnel of branches"), language, week),
        title=render(caption.finding, language),
        figure=partial(funnel_figure, compared, shown.branch, caption, language, "print", rate=RATE, size=SIZE),
        table=partial(funnel_csv, compared, shown.branch, language),
    )


def _heat_map(shown: BranchAnswer, source: Message, language: Language, week: str) -> Exhibit:
    assert shown.findings is not None
    cells = shown.findings.branch_causes
    caption = heat_map_caption(shown.answer.complaint_class, shown.findings, shown.branch, shown.answer.as_of, source)
    return Exhibit(
        name=_named(shown, N_("branches by causes"), language, week),
        title=render(caption.finding, language),
        figure=partial(heat_map_figure, cells, shown.branch, caption, language, "print"),
        table=partial(heat_map_csv, cells, shown.branch, language),
    )


def _handling(
    shown: BranchAnswer, handling: HandlingAnswer, source: Message, language: Language, week: str
) -> list[Exhibit]:
    answer, found = shown.answer, []
    compared = handling.dispatch
    if not compared.marked.empty:
        caption = dispatch_caption(
            answer.complaint_class, compared, shown.branch, handling.limits["dispatch"].limit, answer.as_of, source
        )
        found.append(
            Exhibit(
                name=_named(shown, N_("late dispatch"), language, week),
                title=render(caption.finding, language),
                figure=partial(
                    funnel_figure, compared, shown.branch, caption, language, "print", rate=LATE, size=TICKETS
                ),
                table=partial(late_csv, compared, shown.branch, language),
            )
        )
    transitions = handling.transitions_of(None)
    if len(transitions):
        way: Caption = process_map_caption(answer.complaint_class, transitions, answer.as_of, source)
        found.append(
            Exhibit(
                name=_named(shown, N_("handling path"), language, week),
                title=render(way.finding, language),
                figure=partial(process_map_figure, transitions, handling.passed_of(None), way, language, "print"),
                table=partial(process_map_csv, transitions, handling.passed_of(None), language),
            )
        )
    return found
