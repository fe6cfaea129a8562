"""Spread a year's budget over its days: last year's split, the corrected split, and versions of a plan.

Everything is by day and only then summed to weeks, so that partial weeks, 53-week years and leap days need no
special case. Thresholds stay fractions inside; `whole_customers` gives the integers for the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.calendar import plan_weeks, year_days

LEAP_DAY = 59  # the place of 29 February among the days of a leap year
Basis = Literal["last_year", "part_of_last_year", "even", "forecast", "versions"]


@dataclass(frozen=True)
class Split:
    """A budget spread over the days of one calendar year.

    year: the calendar year. budget: customers a year.
    basis: what the shares come from; 'part_of_last_year' where last year is known only in part, 'even' where
    nothing is known of it.
    days: DataFrame indexed by every day of the year; `allocation` customers a day (sums to the budget),
    `threshold` cumulative customers up to and including the day.
    """

    year: int
    budget: float
    basis: Basis
    days: pd.DataFrame


def split_by(weights: pd.Series, budget: float, basis: Basis) -> Split:
    """Spread a budget in proportion to daily weights.

    weights: Series ≥ 0 indexed by every day of one calendar year; all zero counts as even.
    budget: customers a year, ≥ 0. Threshold on day t = budget × Σ_{d≤t} weight ÷ Σ_year weight.
    Raises ValueError for days missing, or weights that are negative or not finite.
    """
    year = int(weights.index[0].year)
    if not weights.index.equals(year_days(year)):
        raise ValueError("weights must cover every day of one calendar year")
    values = weights.to_numpy(dtype=float)
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("weights must be finite and not negative")
    if values.sum() == 0:
        values, basis = np.ones_like(values), "even"
    cumulative = np.cumsum(values)
    threshold = budget * cumulative / cumulative[-1]
    days = pd.DataFrame({"allocation": budget * values / cumulative[-1], "threshold": threshold}, index=weights.index)
    return Split(year, float(budget), basis, days)


def last_year_split(last_year: pd.Series, year: int, budget: float) -> Split:
    """Spread a budget by last year's weekly shares (the document's first step).

    last_year: daily Series of customers whose first complaint fell on the day, indexed by the known days of year − 1
    (zeros included; days before the data begin are absent, not zero). budget: customers a year.

    Each week of last year (Monday to Sunday, cut at the year's ends) gives its customers evenly to its days; a day of
    this year takes the value of the same month and day, 29 February the mean of its neighbours when last year had
    none. So a week 53 or a partial week that last year lacked is not zero. Unknown days take the mean of known ones.
    Source: the document, case 2, step 1 (按照上一年度客户每周分配占比).
    """
    days = year_days(year)
    known = last_year[last_year.index.year == year - 1] if len(last_year) else last_year
    if len(known) == 0 or float(known.sum()) == 0:
        return split_by(pd.Series(1.0, index=days), budget, "even")
    intensity = _weekly_intensity(known, year - 1)
    unknown = np.isnan(intensity)
    basis: Basis = "part_of_last_year" if unknown.any() else "last_year"
    intensity[unknown] = float(known.mean())
    had_leap_day, has_leap_day = len(intensity) == 366, len(days) == 366
    if had_leap_day and not has_leap_day:
        intensity = np.delete(intensity, LEAP_DAY)
    elif has_leap_day and not had_leap_day:
        intensity = np.insert(intensity, LEAP_DAY, intensity[LEAP_DAY - 1 : LEAP_DAY + 1].mean())
    return split_by(pd.Series(intensity, index=days), budget, basis)


def _weekly_intensity(known: pd.Series, year: int) -> np.ndarray:
    """Give customers a day, even within each week of the year; NaN where no day of the week is known."""
    days = year_days(year)
    weeks = week_of(days) - 1
    values = known.reindex(days).to_numpy(dtype=float)
    there = ~np.isnan(values)
    known_days = np.bincount(weeks, there)
    with np.errstate(invalid="ignore"):
        means = np.bincount(weeks, np.where(there, values, 0.0)) / known_days
    return np.asarray(means[weeks])


def week_of(days: pd.DatetimeIndex) -> np.ndarray:
    """Give the plan week (1, 2, …) of each day of one calendar year: Monday to Sunday, cut at the year's ends."""
    weeks = plan_weeks(int(days[0].year))
    place = np.searchsorted(pd.DatetimeIndex(weeks["week_start"]), days, side="right") - 1
    return np.asarray(weeks["week"].to_numpy()[place])


def whole_customers(threshold: np.ndarray) -> np.ndarray:
    """Round a cumulative threshold to whole customers: ⌊threshold + ½⌋.

    Differences of the result sum to the rounded total exactly and stay within ½ customer of the fractions, where
    rounding each week by itself would drift.
    """
    return np.floor(threshold + 0.5 + 1e-9).astype(int)


def joined(versions: Sequence[tuple[pd.Timestamp, Split]]) -> Split:
    """Join the dated versions of a plan: each changes only the days from its first day on.

    versions: (valid_from, split) oldest first, splits of the same year; the first holds from 1 January whatever its
    date. From valid_from on, the threshold runs from where the earlier version stood to the new budget in the shape
    of the new split: T(t) = T₁(v−1) + (B₂ − T₁(v−1)) × (F₂(t) − F₂(v−1)) ÷ (1 − F₂(v−1)). Where a new budget is
    already used up by the earlier threshold, the threshold stays where it stood.
    """
    _, first = versions[0]
    threshold = first.days["threshold"].copy()
    for valid_from, split in versions[1:]:
        future = threshold.index >= valid_from
        if not future.any():
            continue
        stood = float(threshold[~future].iloc[-1]) if (~future).any() else 0.0
        share = split.days["threshold"] / split.budget if split.budget else split.days["threshold"] * 0.0
        passed = float(share[~future].iloc[-1]) if (~future).any() else 0.0
        left = max(split.budget - stood, 0.0)
        rest = (share[future] - passed) / (1 - passed) if passed < 1 else share[future] * 0.0
        threshold[future] = stood + left * rest
    last = versions[-1][1]
    days = pd.DataFrame(
        {"allocation": threshold.diff().fillna(threshold.iloc[0]), "threshold": threshold},
        index=threshold.index,
    )
    return Split(last.year, last.budget, last.basis if len(versions) == 1 else "versions", days)
