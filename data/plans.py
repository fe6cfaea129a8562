"""Plans: the budget of one class and year, in versions that are never edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import pandas as pd

from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

Regime = Literal["weekly_threshold", "case_by_case"]
Reading = Literal["first", "final"]


@dataclass(frozen=True)
class Plan:
    """One version of the plan of one class and calendar year.

    budget: customers a year who may end not agreed. target_fcr: share of customers, 0–1, None where the budget was
    entered by hand. reading: which outcome counts. near, over: bounds of actual ÷ threshold. valid_from: first day of
    effect; version 1 holds for the whole year.
    """

    complaint_class: str
    year: int
    version: int
    regime: Regime
    target_fcr: float | None
    budget: int
    reading: Reading
    near: float
    over: float
    valid_from: date
    made_at: datetime
    made_by: str
    note: str | None


def plans(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> list[Plan]:
    """Give the versions made up to a day, oldest first."""
    frame = store.read("plans", scope, as_of, complaint_class=complaint_class, year=year)
    return [
        Plan(
            complaint_class=row.complaint_class,
            year=int(row.year),
            version=int(row.version),
            regime=row.regime,
            target_fcr=None if pd.isna(row.target_fcr) else float(row.target_fcr),
            budget=int(row.budget),
            reading=row.reading,
            near=float(row.near),
            over=float(row.over),
            valid_from=row.valid_from.date(),
            made_at=row.made_at.to_pydatetime(),
            made_by=row.made_by,
            note=None if pd.isna(row.note) else str(row.note),
        )
        for row in frame.itertuples()
    ]


def curves(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> dict[int, pd.Series]:
    """Give version → frozen curve: Series indexed by every day of the year, parts of the budget that sum to 1."""
    frame = store.read("plan_curves", scope, as_of, complaint_class=complaint_class, year=year)
    return {int(version): part.set_index("day")["share"].asfreq("D") for version, part in frame.groupby("version")}


def freeze_curve(store: Store, complaint_class: str, year: int, version: int, share: pd.Series) -> None:
    """Keep the curve of a plan version; a curve that is already kept stays as it is.

    share: Series indexed by every day of the year, parts of the budget that sum to 1.
    """
    rows = pd.DataFrame(
        {"complaint_class": complaint_class, "year": year, "version": version, "day": share.index, "share": share}
    )
    with store.writing() as cursor:
        cursor.register("frozen", rows)
        cursor.execute("INSERT INTO stored.plan_curves SELECT * FROM frozen ON CONFLICT DO NOTHING")
        cursor.unregister("frozen")


def decide_plan(
    store: Store,
    scope: Scope,
    complaint_class: str,
    year: int,
    *,
    budget: int,
    target_fcr: float | None = None,
    regime: Regime = "weekly_threshold",
    reading: Reading = "first",
    near: float = 0.8,
    over: float = 1.0,
    valid_from: date | None = None,
    made_by: str,
    made_at: datetime,
    note: str | None = None,
) -> int:
    """Store the next version of a plan and give its number.

    budget: whole customers ≥ 0; target_fcr in (0, 1); 0 < near ≤ over. A first version holds from 1 January.
    Raises Problem for values out of range, or a reader who may not decide plans.
    """
    if not scope.may_change:
        raise Problem(
            Message(N_("Your role may not decide plans.")),
            Message(N_("Ask the head office's consumer-protection team.")),
        )
    if budget < 0 or (target_fcr is not None and not 0 < target_fcr < 1) or not 0 < near <= over:
        raise Problem(
            Message(
                N_("The plan's values do not fit: allowance {budget}, bounds {near} and {over}."),
                {"budget": budget, "near": near, "over": over},
            ),
            Message(
                N_("Give an allowance of 0 or more, a target between 0 and 1, and a near bound up to the over bound.")
            ),
        )
    with store.writing() as cursor:
        row = cursor.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM stored.plans WHERE complaint_class = ? AND year = ?",
            [complaint_class, year],
        ).fetchone()
        version = int(row[0]) if row else 1
        starts = date(year, 1, 1) if version == 1 or valid_from is None else valid_from
        cursor.execute(
            "INSERT INTO stored.plans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
            [
                complaint_class,
                year,
                version,
                regime,
                target_fcr,
                budget,
                reading,
                near,
                over,
                starts,
                made_at,
                made_by,
                note,
            ],
        )
    return version
