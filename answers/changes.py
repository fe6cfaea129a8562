"""What changed since a week ago, each time as it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.allocation import Split, joined, split_by
from analytics.changes import Changes, changes
from answers.class_year import ClassYear
from answers.evidence import Standing, standing
from answers.kept import kept
from data.plans import frozen_forecasts
from data.scope import Scope
from data.store import Store

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekNews:
    """A class and year beside what was known of it seven days earlier.

    before: None where the year had not begun then. changes: None with it. tickets: DataFrame, a row a customer whose
    count changed: the columns of a ticket, and `reason`: `new` (determined in the last seven days), `late` (determined
    before, known only now) or `withdrawn` (counted a week ago, not any more). moves: see `plan_moves`.
    """

    since: date
    before: Standing | None
    changes: Changes | None
    tickets: pd.DataFrame
    moves: pd.DataFrame


def changes_since_last_week(store: Store, scope: Scope, now: Standing) -> Changes | None:
    """Compare with the same class and year as it was known seven days earlier; None where nothing was known then."""
    before = _a_week_ago(store, scope, now)
    return None if before is None else _compared(before, now)


def week_news(store: Store, scope: Scope, now: Standing) -> WeekNews:
    """Put together what changed in a class and year since it was known seven days earlier."""
    answer = now.answer

    def work() -> WeekNews:
        before = _a_week_ago(store, scope, now)
        return WeekNews(
            since=answer.as_of - WEEK,
            before=before,
            changes=None if before is None else _compared(before, now),
            tickets=_changed_tickets(store, scope, answer),
            moves=plan_moves(store, scope, answer),
        )

    return kept(store, ("week_news", scope, answer.complaint_class, answer.year, answer.as_of), work)


def plan_moves(store: Store, scope: Scope, answer: ClassYear) -> pd.DataFrame:
    """Say why the threshold moved: DataFrame, a row a plan version in force by as_of, oldest first.

    Columns: `version`, `valid_from`, `made_by`, `note`, `budget` and `customers` (of the forecast it was decided with),
    `threshold` (at as_of, customers), and what the version moved it by, split into `by_budget` (the new allowance in
    the old shape) and `by_forecast` (the new shape); both 0 for the first.
    """
    forecasts = frozen_forecasts(store, scope, answer.complaint_class, answer.year, answer.as_of)
    versions = [plan for plan in answer.versions if plan.version <= answer.plan.version and plan.version in forecasts]
    day = min(pd.Timestamp(answer.as_of), pd.Timestamp(answer.year, 12, 31))
    begun = day.year == answer.year
    rows = []
    dated: list[tuple[pd.Timestamp, Split]] = []
    stood = 0.0
    for plan in versions:
        starts = pd.Timestamp(plan.valid_from)
        split = split_by(forecasts[plan.version].curve["share"], plan.budget, "forecast")
        same_shape = split
        if dated:
            earlier = versions[len(dated) - 1]
            same_shape = split_by(forecasts[earlier.version].curve["share"], plan.budget, "forecast")
        resized = float(joined([*dated, (starts, same_shape)]).days.at[day, "threshold"]) if begun else 0.0
        dated.append((starts, split))
        threshold = float(joined(dated).days.at[day, "threshold"]) if begun else 0.0
        rows.append(
            {
                "version": plan.version,
                "valid_from": plan.valid_from,
                "made_by": plan.made_by,
                "note": plan.note or "",
                "budget": plan.budget,
                "customers": forecasts[plan.version].customers,
                "threshold": threshold,
                "by_budget": resized - stood if len(dated) > 1 else 0.0,
                "by_forecast": threshold - resized,
            }
        )
        stood = threshold
    return pd.DataFrame(rows)


def _a_week_ago(store: Store, scope: Scope, now: Standing) -> Standing | None:
    answer = now.answer
    day = answer.as_of - WEEK
    return standing(store, scope, answer.complaint_class, answer.year, day) if day.year == answer.year else None


def _compared(before: Standing, now: Standing) -> Changes | None:
    until_then = int(now.answer.counts["not_agreed"][: str(before.answer.as_of)].sum())
    trial = (before.answer.is_trial, now.answer.is_trial)
    return changes(before.evaluation, now.evaluation, until_then, trial)


def _changed_tickets(store: Store, scope: Scope, answer: ClassYear) -> pd.DataFrame:
    then, year_begins = answer.as_of - WEEK, date(answer.year, 1, 1)
    now = _counted(store, scope, answer, answer.as_of, year_begins)
    before = _counted(store, scope, answer, then, year_begins)
    measured = now["first_outcome_at" if answer.plan.reading == "first" else "closed_at"]
    is_new = measured >= pd.Timestamp(then) + pd.Timedelta(days=1)
    late = ~is_new & ~now["customer_id"].isin(before["customer_id"])
    gone = before[~before["customer_id"].isin(now["customer_id"])]
    return pd.concat(
        [now[is_new].assign(reason="new"), now[late].assign(reason="late"), gone.assign(reason="withdrawn")],
        ignore_index=True,
    ).drop(columns="counted")


def _counted(store: Store, scope: Scope, answer: ClassYear, as_of: date, begin: date) -> pd.DataFrame:
    """Give the ticket that each customer of the year was counted by, as known on a day."""
    end = min(as_of, date(answer.year, 12, 31))
    found = store.read(
        "tickets_counted",
        scope,
        as_of,
        complaint_class=answer.complaint_class,
        reading=answer.plan.reading,
        measure="not_agreed",
        **{"from": begin, "to": end},
    )
    return found[found["counted"]]
