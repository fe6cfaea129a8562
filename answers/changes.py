"""What changed since a week ago, each time as it was known."""

from __future__ import annotations

from datetime import timedelta

from analytics.changes import Changes, changes
from answers.evidence import Standing, standing
from data.scope import Scope
from data.store import Store

WEEK = timedelta(days=7)


def changes_since_last_week(store: Store, scope: Scope, now: Standing) -> Changes | None:
    """Compare with the same class and year as it was known seven days earlier; None where nothing was known then."""
    answer = now.answer
    day = answer.as_of - WEEK
    before = standing(store, scope, answer.complaint_class, answer.year, day) if day.year == answer.year else None
    if before is None:
        return None
    until_then = int(answer.counts["not_agreed"][: str(day)].sum())
    return changes(before.evaluation, now.evaluation, until_then)
