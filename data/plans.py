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
    return read_plans(_of_class(store.read("plans", scope, as_of, year=year), complaint_class))


def _of_class(frame: pd.DataFrame, complaint_class: str) -> pd.DataFrame:
    """Give one class's rows: the plans of a year are few and read in one pass, not class by class."""
    return frame[frame["complaint_class"] == complaint_class]


def read_plans(frame: pd.DataFrame) -> list[Plan]:
    """Give the plans of a query's rows."""
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


@dataclass(frozen=True)
class FrozenForecast:
    """The forecast that a plan version was decided with.

    method: its name. known_on: the day whose knowledge it was made from. history: first and last day it learnt from,
    None where it had none. customers, low, high: mean and 80% interval of the year's complaining customers.
    dispersion: of weekly counts, 1 = Poisson. mean_delay: days from complaint to outcome.
    curve: DataFrame indexed by every day of the year; `share` (parts of the budget, sum to 1), `customers` (a day).
    """

    method: str
    known_on: date
    history: tuple[date, date] | None
    customers: float
    low: float
    high: float
    dispersion: float
    mean_delay: float
    curve: pd.DataFrame


def frozen_forecasts(
    store: Store, scope: Scope, complaint_class: str, year: int, as_of: date
) -> dict[int, FrozenForecast]:
    """Give version → frozen forecast of the versions made up to a day; versions without one are left out."""
    heads = _of_class(store.read("plan_forecasts", scope, as_of, year=year), complaint_class)
    if heads.empty:
        return {}
    days = _of_class(store.read("plan_curves", scope, as_of, year=year), complaint_class)
    curves = {int(version): part for version, part in days.groupby("version")}
    return {
        int(row.version): FrozenForecast(
            method=row.method,
            known_on=row.known_on.date(),
            history=None if pd.isna(row.history_from) else (row.history_from.date(), row.history_through.date()),
            customers=float(row.customers),
            low=float(row.customers_low),
            high=float(row.customers_high),
            dispersion=float(row.dispersion),
            mean_delay=float(row.mean_delay),
            curve=curves[int(row.version)].set_index("day")[["share", "customers"]].asfreq("D"),
        )
        for row in heads.itertuples()
    }


def freeze_forecast(store: Store, complaint_class: str, year: int, version: int, frozen: FrozenForecast) -> None:
    """Keep the forecast of a plan version; one that is already kept stays as it is."""
    key = {"complaint_class": complaint_class, "year": year, "version": version}
    begin, end = frozen.history or (None, None)
    head = pd.DataFrame(
        {
            **{name: [value] for name, value in key.items()},
            "method": [frozen.method],
            "known_on": [frozen.known_on],
            "history_from": pd.Series([begin], dtype="datetime64[us]"),
            "history_through": pd.Series([end], dtype="datetime64[us]"),
            "customers": [frozen.customers],
            "customers_low": [frozen.low],
            "customers_high": [frozen.high],
            "dispersion": [frozen.dispersion],
            "mean_delay": [frozen.mean_delay],
        }
    )
    days = frozen.curve.rename_axis("day").reset_index().assign(**key)
    with store.writing() as cursor:
        kept = cursor.execute(
            "SELECT version FROM stored.plan_forecasts WHERE complaint_class = ? AND year = ? AND version = ?",
            list(key.values()),
        ).fetchall()
        if kept:
            return
        for table, frame in (("plan_forecasts", head), ("plan_curves", days)):
            cursor.register("frozen", frame)
            cursor.execute(f"INSERT INTO stored.{table} BY NAME SELECT * FROM frozen")
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
        made = cursor.execute(
            "SELECT version FROM stored.plans WHERE complaint_class = ? AND year = ?", [complaint_class, year]
        ).fetchall()
        version = 1 + max((number for (number,) in made), default=0)
        starts = date(year, 1, 1) if version == 1 or valid_from is None else valid_from
        cursor.execute(
            "INSERT INTO stored.plans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
            "EXISTS (SELECT 1 FROM stored.imports WHERE demo))",
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
