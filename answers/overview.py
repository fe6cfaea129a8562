"""All classes of a year, worst first, each with what changed since a week ago."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date

from analytics.changes import Changes
from analytics.position import Position
from analytics.warned import RANK, warned
from answers.changes import changes_since_last_week
from answers.class_year import ClassYear, class_year
from answers.evidence import Standing, standing
from answers.kept import is_kept, kept
from data.scope import Scope
from data.store import Store

AT_ONCE = 2  # classes evaluated side by side; most of their time is spent outside the interpreter's lock


@dataclass(frozen=True)
class OverviewRow:
    """One class: how it stands, and what changed since a week ago (None in the first week of the year)."""

    shown: Standing
    changes: Changes | None


def positions(store: Store, scope: Scope, year: int, as_of: date) -> tuple[ClassYear, ...]:
    """Give the counts and thresholds of every class with customers in the year or a plan for it, without the evidence,
    the largest actual ÷ threshold first: what can be shown of a day that nobody has looked at before."""

    def work() -> tuple[ClassYear, ...]:
        names = store.read("classes", scope, as_of, year=year)["complaint_class"]
        found = (class_year(store, scope, str(name), year, as_of) for name in names)
        shown = [answer for answer in found if answer is not None and (answer.received or answer.versions)]
        return tuple(sorted(shown, key=lambda answer: (-_ratio(answer.threshold.position), answer.complaint_class)))

    return kept(store, ("positions", scope, year, as_of), work)


def overview_row(store: Store, scope: Scope, name: str, year: int, as_of: date) -> OverviewRow | None:
    """Give one class as the overview shows it; None as in `answers.class_year.class_year`."""

    def work() -> OverviewRow | None:
        shown = standing(store, scope, name, year, as_of)
        return None if shown is None else OverviewRow(shown, changes_since_last_week(store, scope, shown))

    return kept(store, ("overview_row", scope, name, year, as_of), work)


def rows_as_they_come(store: Store, scope: Scope, found: Sequence[ClassYear]) -> Iterator[OverviewRow]:
    """Give each class's row as soon as its evidence is worked out, AT_ONCE classes at a time, in the order given."""
    workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="overview")
    try:
        waited_for = [
            workers.submit(overview_row, store, scope, one.complaint_class, one.year, one.as_of) for one in found
        ]
        for done in as_completed(waited_for):
            row = done.result()
            if row is not None:
                yield row
    finally:
        workers.shutdown(wait=False, cancel_futures=True)


def overview(store: Store, scope: Scope, year: int, as_of: date) -> tuple[OverviewRow, ...]:
    """Give every class with customers in the year or a plan for it, worst first.

    The order: the warning, then the breach probability (for small bases the chance that the year breaks), then
    actual ÷ threshold.
    """

    def work() -> tuple[OverviewRow, ...]:
        found = positions(store, scope, year, as_of)
        rows = (overview_row(store, scope, answer.complaint_class, year, as_of) for answer in found)
        return tuple(sorted((row for row in rows if row is not None), key=_badness))

    return kept(store, _name(scope, year, as_of), work)


def overview_ready(store: Store, scope: Scope, year: int, as_of: date) -> bool:
    """Say whether `overview` answers at once."""
    return is_kept(store, _name(scope, year, as_of))


def _name(scope: Scope, year: int, as_of: date) -> Hashable:
    return ("overview", scope, year, as_of)


def _ratio(position: Position | None) -> float:
    return position.ratio if position else 0.0


def _badness(row: OverviewRow) -> tuple[float, float, float, str]:
    evaluation = row.shown.evaluation
    small = evaluation.small
    breach = (evaluation.breach_probability or 0.0) if small is None else 1 - small.p_ok
    return RANK[warned(evaluation)], -breach, -_ratio(evaluation.position), row.shown.answer.complaint_class
