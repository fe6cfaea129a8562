"""One weekly evaluation of one class: its position, and the evidence beside it, with everything that went in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analytics.alarm import Kind, Reading, stood_since
from analytics.breach import NO_OPEN_CASES, OpenCases, breach_path
from analytics.corridor import chance_on_plan
from analytics.limits import Limits
from analytics.position import Position, position
from analytics.shift import daily_case_scores, daily_scores, shift_limit, shift_path
from analytics.small_base import SmallBase, risk_to_come, small_base
from analytics.volume import volume_limit, volume_path
from analytics.weeks import WeeksSoFar, weeks_so_far

Absent = Literal["not_begun", "small_base", "no_plan", "no_forecast"]
YearWarning = Literal["red", "amber", "none"]

# A position can be infinite (somebody counted where the threshold is 0); the register keeps a number.
HIGHEST_RATIO = 999.0


@dataclass(frozen=True)
class Evidence:
    """One answer beside the position.

    kind: what it watches. by_week: Series indexed by plan week, the value at the end of every week begun (the running
    one as far as it has come); empty where it is absent. limit: where it stands from; margin: how far it must fall
    below it before it no longer stands. since: the week in which the present stand began, None where it does not
    stand. absent: why there is no value, None where there is one.
    """

    kind: Kind
    by_week: pd.Series
    limit: float
    margin: float
    since: int | None
    absent: Absent | None = None

    @property
    def value(self) -> float | None:
        """The latest value."""
        return None if self.by_week.empty else float(self.by_week.iloc[-1])

    @property
    def stands(self) -> bool:
        """Whether it stands now."""
        return self.since is not None


@dataclass(frozen=True)
class Evaluation:
    """What is known of one class and calendar year at the end of the day as_of.

    week: plan week of as_of, None before the year. week_over: whether as_of is the week's last day; year_over: the
    year's. actual: customers not agreed so far; threshold: what the plan allows up to as_of; customers, decided:
    so far. over: the position at every week's end as evidence on the ratio. chance_on_plan: chance that a process
    exactly on plan is at or above the actual by now. breach_probability: None where it cannot be said (small base, or
    no plan to measure against). small: set for a small base only.
    """

    year: int
    as_of: pd.Timestamp
    week: int | None
    week_over: bool
    year_over: bool
    budget: int
    actual: int
    threshold: float
    customers: int
    decided: int
    open_cases: int
    position: Position | None
    chance_on_plan: float | None
    breach_probability: float | None
    over: Evidence
    amber: Evidence
    red: Evidence
    shift: Evidence
    volume: Evidence
    small: SmallBase | None
    limits: Limits

    @property
    def warning(self) -> YearWarning:
        """The warning on the year's end that stands."""
        return "red" if self.red.stands else "amber" if self.amber.stands else "none"

    @property
    def quiet(self) -> bool:
        """Whether nothing stands but perhaps the position."""
        return not (self.amber.stands or self.red.stands or self.shift.stands or self.volume.stands)

    def readings(self) -> Mapping[Kind, Reading]:
        """Give today's reading of every alarm, for the register."""
        day = self.as_of.date()
        return {
            evidence.kind: Reading(day, evidence.value, evidence.limit, evidence.margin, evidence.kind != "position")
            for evidence in (self.over, self.amber, self.red, self.shift, self.volume)
        }

    def to_json(self) -> dict[str, Any]:
        """Give what went in and what came out as plain JSON values, for the register."""
        evidence = (self.over, self.amber, self.red, self.shift, self.volume)
        return {
            "year": self.year,
            "as_of": self.as_of.date().isoformat(),
            "week": self.week,
            "budget": self.budget,
            "actual": self.actual,
            "threshold": self.threshold,
            "customers": self.customers,
            "decided": self.decided,
            "open_cases": self.open_cases,
            "level": None if self.position is None else self.position.level,
            "chance_on_plan": self.chance_on_plan,
            "breach_probability": self.breach_probability,
            "p_ok": None if self.small is None else self.small.p_ok,
            "evidence": {
                e.kind: {"value": e.value, "limit": e.limit, "margin": e.margin, "since": e.since, "absent": e.absent}
                for e in evidence
            },
            "limits": asdict(self.limits),
        }


def evaluate(
    counts: pd.DataFrame,
    threshold: pd.Series,
    forecast: pd.Series,
    budget: int,
    as_of: pd.Timestamp,
    *,
    allocation: pd.Series | None = None,
    open_risks: Sequence[float] = (),
    cases: pd.DataFrame | None = None,
    dispersion: float = 1.0,
    limits: Limits | None = None,
    case_by_case: bool = False,
) -> Evaluation:
    """Evaluate one class.

    counts: DataFrame by day with `not_agreed`, `customers`, `decided` (customers a day; missing days are 0, days after
    as_of are ignored). threshold: cumulative customers allowed, for every day of the year. forecast: expected
    complaining customers a day, every day of the year. budget: customers not agreed allowed in the year, in force.
    allocation: what an on-target process would do day by day; by default the threshold's steps, and after a change of
    plan in mid-year the newest split over the whole year, so that the change itself does not read as a change of the
    process. open_risks: for every customer not yet counted whose first round is open, the chance of not agreed.
    cases: decided customers with their own risks (see `shift.daily_case_scores`), instead of one risk for all.
    dispersion: of weekly counts around the forecast, ≥ 1. case_by_case: watch as a small base whatever the budget.
    """
    limits = limits or Limits()
    steps = threshold.diff().fillna(threshold.iloc[0]).clip(lower=0.0) if allocation is None else allocation
    bad = weeks_so_far(counts["not_agreed"], steps, as_of)
    complaints = weeks_so_far(counts["customers"], forecast, as_of)
    small = case_by_case or budget < limits.small_base
    expected = float(complaints.plan.sum())
    risk = budget / expected if expected > 0 else 1.0
    open_cases = OpenCases(tuple(open_risks), len(open_risks) * min(risk, 1.0)) if open_risks else NO_OPEN_CASES
    allowed = _at_week_ends(threshold, bad)
    actual = int(bad.total)
    now = position(actual, allowed[-1], near=limits.near, over=limits.over) if bad.begun else None
    path = None if small else breach_path(bad, budget, open_cases)
    decided = weeks_so_far(counts["decided"], forecast, as_of)
    return Evaluation(
        year=bad.year,
        as_of=bad.as_of,
        week=bad.begun or None,
        week_over=bad.begun == bad.complete,
        year_over=bad.over,
        budget=budget,
        actual=actual,
        threshold=float(allowed[-1]) if bad.begun else 0.0,
        customers=int(complaints.total),
        decided=int(decided.total),
        open_cases=len(open_risks),
        position=now,
        chance_on_plan=chance_on_plan(actual, float(allowed[-1])) if bad.begun else None,
        breach_probability=None if path is None else float(path[-1]),
        over=_over(bad, allowed, limits),
        amber=_breach("breach_amber", bad, path, limits.amber, limits.breach_margin, small),
        red=_breach("breach_red", bad, path, limits.red, limits.breach_margin, small),
        shift=_shift(counts, cases, bad, budget, risk, limits, small),
        volume=_volume(complaints, dispersion, limits),
        small=_small(bad, complaints, decided, budget, risk, open_risks) if small else None,
        limits=limits,
    )


def _at_week_ends(threshold: pd.Series, weeks: WeeksSoFar) -> np.ndarray:
    """Give the cumulative threshold at the end of every week begun (the running one: at as_of)."""
    ends = (weeks.days[: weeks.begun].cumsum() - 1).astype(int)
    if weeks.begun > weeks.complete:
        ends[-1] += int(weeks.days_begun[-1] - weeks.days[weeks.complete])
    return np.asarray(threshold.to_numpy(dtype=float)[ends])


def _evidence(
    kind: Kind, weeks: WeeksSoFar, values: np.ndarray, limit: float, margin: float, absent: Absent | None = None
) -> Evidence:
    if absent is None and not weeks.begun:
        absent = "not_begun"
    if absent is not None:
        return Evidence(kind, pd.Series(dtype=float), limit, margin, None, absent)
    day = weeks.as_of.date()
    since = stood_since([Reading(day, float(value), limit, margin, kind != "position") for value in values])
    by_week = pd.Series(values, index=pd.RangeIndex(1, weeks.begun + 1, name="week"))
    return Evidence(kind, by_week, limit, margin, None if since is None else since + 1)


def _over(weeks: WeeksSoFar, allowed: np.ndarray, limits: Limits) -> Evidence:
    actual = weeks.counts.cumsum()
    ratios = np.array(
        [
            min(position(at, of, near=limits.near, over=limits.over).ratio, HIGHEST_RATIO)
            for at, of in zip(actual, allowed, strict=True)
        ]
    )
    return _evidence("position", weeks, ratios, limits.over, 0.0)


def _breach(
    kind: Kind, weeks: WeeksSoFar, path: np.ndarray | None, limit: float, margin: float, small: bool
) -> Evidence:
    absent: Absent | None = "small_base" if small else "no_plan" if path is None else None
    return _evidence(kind, weeks, np.zeros(0) if path is None else path[1:], limit, min(margin, limit), absent)


def _shift(
    counts: pd.DataFrame,
    cases: pd.DataFrame | None,
    weeks: WeeksSoFar,
    budget: int,
    risk: float,
    limits: Limits,
    small: bool,
) -> Evidence:
    if small or not 0 < risk < 1:
        return _evidence("shift", weeks, np.zeros(0), 0.0, 0.0, "small_base" if small else "no_forecast")
    limit = shift_limit(
        budget,
        risk,
        ratio=limits.shift_ratio,
        false_alarms=limits.shift_false_alarms,
        head_start=limits.shift_head_start,
    )
    passed = counts[(counts.index.year == weeks.year) & (counts.index <= weeks.as_of)]
    if cases is None:
        scores = daily_scores(passed["not_agreed"], passed["decided"], risk, limits.shift_ratio)
    else:
        scores = daily_case_scores(cases, pd.DatetimeIndex(passed.index), limits.shift_ratio)
    even = pd.Series(1.0, index=pd.date_range(f"{weeks.year}-01-01", f"{weeks.year}-12-31", freq="D"))
    path = shift_path(weeks_so_far(scores, even, weeks.as_of).counts, limits.shift_head_start)
    return _evidence("shift", weeks, path, limit, limits.signal_margin * limit)


def _volume(weeks: WeeksSoFar, dispersion: float, limits: Limits) -> Evidence:
    expected = float(weeks.plan.sum())
    if expected <= 0:
        return _evidence("volume", weeks, np.zeros(0), 0.0, 0.0, "no_forecast")
    limit = volume_limit(
        expected, ratio=limits.volume_ratio, dispersion=dispersion, false_alarms=limits.volume_false_alarms
    )
    path = volume_path(weeks.counts, weeks.plan_begun, ratio=limits.volume_ratio, dispersion=dispersion)
    return _evidence("volume", weeks, path, limit, limits.signal_margin * limit)


def _small(
    bad: WeeksSoFar,
    complaints: WeeksSoFar,
    decided: WeeksSoFar,
    budget: int,
    risk: float,
    open_risks: Sequence[float],
) -> SmallBase:
    expected = float(complaints.plan.sum())
    elapsed = 1.0 if bad.over or expected <= 0 else min(float(complaints.plan_begun.sum()) / expected, 1.0)
    return small_base(
        budget,
        int(bad.total),
        () if bad.over else open_risks,
        forecast=expected,
        arrived=int(complaints.total),
        elapsed=elapsed,
        risk=risk_to_come(int(bad.total), int(decided.total), risk),
    )
