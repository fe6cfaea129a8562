"""All classes of a year, worst first, each with what changed since a week ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.changes import Changes
from analytics.warned import RANK, warned
from answers.changes import changes_since_last_week
from answers.evidence import Standing, standing
from answers.kept import kept
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True)
class OverviewRow:
    """One class: how it stands, and what changed since a week ago (None in the first week of the year)."""

    shown: Standing
    changes: Changes | None


def overview(store: Store, scope: Scope, year: int, as_of: date) -> tuple[OverviewRow, ...]:
    """Give every class with customers in the year or a plan for it, worst first.

    The order: the warning, then the breach probability (for small bases the chance that the year breaks), then
    actual ÷ threshold.
    """

    def work() -> tuple[OverviewRow, ...]:
        names = store.read("classes", scope, as_of, year=year)["complaint_class"]
        rows = []
        for name in names:
            shown = standing(store, scope, str(name), year, as_of)
            if shown is not None and (shown.answer.received or shown.answer.versions):
                rows.append(OverviewRow(shown, changes_since_last_week(store, scope, shown)))
        return tuple(sorted(rows, key=_badness))

    return kept(store, ("overview", scope, year, as_of), work)


def _badness(row: OverviewRow) -> tuple[float, float, float, str]:
    evaluation = row.shown.evaluation
    small = evaluation.small
    breach = (evaluation.breach_probability or 0.0) if small is None else 1 - small.p_ok
    ratio = evaluation.position.ratio if evaluation.position else 0.0
    return RANK[warned(evaluation)], -breach, -ratio, row.shown.answer.complaint_class
