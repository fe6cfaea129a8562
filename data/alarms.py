"""The register of weekly evaluations: kept with their inputs, also those that raised nothing; never overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.scope import Scope
from data.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class WeekEvaluation:
    """One evaluation of one class and year at the end of one plan week.

    evaluated_on: the week's last day; everything in it is as it was known then. plan_version: 0 for a trial plan.
    import_id: the newest import when it was made, made_at: the clock in Shanghai. body: plain JSON values.
    """

    complaint_class: str
    year: int
    week: int
    evaluated_on: date
    plan_version: int
    import_id: int
    made_at: datetime
    body: Mapping[str, Any]


def evaluations(
    store: Store, scope: Scope, as_of: date, year: int, complaint_class: str | None
) -> list[WeekEvaluation]:
    """Give the newest evaluation of every week of a year up to a day, oldest first; of all classes where none is named.

    A branch reader gets none: they are of the whole bank.
    """
    frame = store.read("evaluations", scope, as_of, year=year, complaint_class=complaint_class)
    return [
        WeekEvaluation(
            row.complaint_class,
            int(row.year),
            int(row.week),
            row.evaluated_on.date(),
            int(row.plan_version),
            int(row.import_id),
            row.made_at.to_pydatetime(),
            json.loads(row.body),
        )
        for row in frame.itertuples()
    ]


def due_since(store: Store, scope: Scope, year: int, as_of: date) -> dict[str, date]:
    """Give class → the day from which on its evaluations of a year are due again, because rows that were known by then
    came in with a later import. Classes that nothing came of are left out."""
    frame = store.read("evaluations_due", scope, as_of, year=year)
    return {str(row.complaint_class): pd.Timestamp(row.since).date() for row in frame.itertuples()}


def newest_import(store: Store, scope: Scope) -> int:
    """Give the number of the newest import; 0 where there is none."""
    frame = store.read("imports", scope, date.max)
    return int(frame["import_id"].max()) if len(frame) else 0


def keep_evaluations(store: Store, made: Sequence[WeekEvaluation]) -> None:
    """Write evaluations into the register, all or none; when this returns, they are on disk."""
    if not made:
        return
    rows = [
        [
            one.complaint_class,
            one.year,
            one.week,
            one.evaluated_on,
            one.plan_version,
            one.import_id,
            one.made_at,
            json.dumps(one.body, ensure_ascii=False, sort_keys=True, allow_nan=False),
        ]
        for one in made
    ]
    with store.entering() as cursor:
        cursor.executemany(
            "INSERT INTO stored.evaluations (complaint_class, year, week, evaluated_on, plan_version, import_id, "
            "made_at, body, demo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, EXISTS (SELECT 1 FROM stored.imports WHERE demo))",
            rows,
        )


def now() -> datetime:
    """Give the clock in Shanghai."""
    return datetime.now(SHANGHAI).replace(tzinfo=None)
