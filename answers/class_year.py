"""One class in one calendar year as known on a day: its plan, its counts, its threshold."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from analytics.allocation import Split, joined, last_year_split, split_by
from analytics.delay import LONGEST
from analytics.fcr import Fcr
from analytics.threshold import ThresholdYear, threshold_year
from answers.kept import kept
from answers.plan_forecast import forecast_as_known
from data.counts import daily_counts
from data.plans import FrozenForecast, Plan, frozen_forecasts, plans
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True)
class ClassYear:
    """What the screens say of one class and year.

    plan: the version in force on as_of; where nobody has decided one, a trial plan of version 0 whose budget keeps
    last year's share of not-agreed customers (trial_of_itself: this year's own share so far, as there is no year
    before). versions: all versions made up to as_of, empty for a trial plan.
    forecast: what the plan in force was decided with. newest_split: the corrected split of the plan in force over the
    whole year, as if it had held from the start. counts: DataFrame by day of this year (`customers`, `decided`,
    `not_agreed`). open_tickets: tickets received in the year without an outcome; merged: repeats of a customer already
    counted; received: all tickets of the year; open_customers: open and not yet counted as not agreed.
    """

    complaint_class: str
    year: int
    as_of: date
    plan: Plan
    versions: tuple[Plan, ...]
    threshold: ThresholdYear
    forecast: FrozenForecast
    newest_split: Split
    counts: pd.DataFrame
    fcr: Fcr
    received: int
    open_tickets: int
    merged: int
    open_customers: int
    trial_of_itself: bool

    @property
    def is_trial(self) -> bool:
        """Whether nobody has decided a plan yet."""
        return self.plan.version == 0


def class_year(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> ClassYear | None:
    """Put one class and year together, once for each state of the store.

    None where neither this year nor the one before has a single customer and nobody has decided a plan.
    """
    return kept(
        store,
        ("class_year", scope, complaint_class, year, as_of),
        lambda: put_together(store, scope, complaint_class, year, as_of),
    )


def put_together(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> ClassYear | None:
    """Do what `class_year` does without keeping it: for days that nobody looks at."""
    versions = tuple(plans(store, scope, complaint_class, year, as_of))
    reading = versions[-1].reading if versions else "first"
    both = daily_counts(store, scope, complaint_class, year - 1, year, as_of, reading)
    before, counts = both[both.index.year == year - 1], both[both.index.year == year]
    if not versions and both["customers"].sum() == 0:
        return None
    in_force = _in_force(versions, as_of) or _trial(complaint_class, year, before, counts, as_of)
    forecasts = frozen_forecasts(store, scope, complaint_class, year, as_of) if versions else {}
    for plan in versions or (in_force,):
        if plan.version not in forecasts:
            forecasts[plan.version] = forecast_as_known(store, scope, complaint_class, year, known_on(plan), reading)
    splits = {
        plan.version: split_by(forecasts[plan.version].curve["share"], plan.budget, "forecast")
        for plan in versions or (in_force,)
    }
    effective = [plan for plan in versions or (in_force,) if plan.version <= in_force.version]
    result = threshold_year(
        counts,
        last_year_split(before["customers"], year, in_force.budget),
        joined([(pd.Timestamp(plan.valid_from), splits[plan.version]) for plan in effective]),
        pd.Timestamp(as_of),
        near=in_force.near,
        over=in_force.over,
    )
    stand = store.read(
        "open_tickets",
        scope,
        as_of,
        complaint_class=complaint_class,
        year=year,
        reading=in_force.reading,
        longest=LONGEST,
    ).iloc[0]
    return ClassYear(
        complaint_class=complaint_class,
        year=year,
        as_of=as_of,
        plan=in_force,
        versions=versions,
        threshold=result,
        forecast=forecasts[in_force.version],
        newest_split=splits[in_force.version],
        counts=counts,
        fcr=Fcr(int(counts["not_agreed"].sum()), int(counts["decided"].sum())),
        received=int(stand["received"]),
        open_tickets=int(stand["open"]),
        merged=int(stand["merged"]),
        open_customers=int(stand["open_customers"]),
        trial_of_itself=not versions and not before["decided"].sum(),
    )


def known_on(plan: Plan) -> date:
    """Give the day whose knowledge a plan's forecast is made from: for a first version the last day before its year
    (or when it was made, if earlier), so that a plan entered late does not know how the year went; for a later one
    the day it took effect, or was made, if earlier."""
    begins = date(plan.year - 1, 12, 31) if plan.version <= 1 else plan.valid_from
    return min(plan.made_at.date(), begins)


def _in_force(versions: tuple[Plan, ...], as_of: date) -> Plan | None:
    """Give the newest version that has taken effect; the first where none has yet."""
    effective = [plan for plan in versions if plan.valid_from <= as_of]
    return effective[-1] if effective else (versions[0] if versions else None)


def _trial(complaint_class: str, year: int, before: pd.DataFrame, counts: pd.DataFrame, as_of: date) -> Plan:
    """Give a trial plan: as many not-agreed customers as last year's share of last year's volume means.

    Days of last year that the data do not reach are filled at the mean of the known ones; without any last year the
    year so far takes its place.
    """
    known = before if before["decided"].sum() > 0 else counts
    days_in_year = 366 if pd.Timestamp(year, 1, 1).is_leap_year else 365
    a_day = float(known["customers"].mean()) if len(known) else 0.0
    share = float(known["not_agreed"].sum() / known["decided"].sum()) if known["decided"].sum() else 0.0
    budget = max(math.floor(a_day * days_in_year * share + 0.5), 1)
    first = Plan(
        complaint_class=complaint_class,
        year=year,
        version=0,
        regime="weekly_threshold",
        target_fcr=1 - share,
        budget=budget,
        reading="first",
        near=0.8,
        over=1.0,
        valid_from=date(year, 1, 1),
        made_at=datetime.combine(as_of, datetime.min.time()),
        made_by="",
        note=None,
    )
    return first if budget >= 5 else replace(first, regime="case_by_case")
