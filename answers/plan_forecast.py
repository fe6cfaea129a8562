"""What a plan is decided with: the forecast of the year as known on a day, and the corrected split it means."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.allocation import last_year_split
from analytics.calendar import day_type, year_days
from analytics.delay import LONGEST, Delay, expected_outcomes, measure_delay
from analytics.forecast import Forecast, forecast_year
from answers.kept import kept
from data.counts import daily_counts
from data.own_calendar import calendar_stamp, own_calendar
from data.plans import FrozenForecast
from data.scope import Scope
from data.store import Store
from texts import Problem

MOST_YEARS = 6  # of history that a forecast learns from
DELAY_DAYS = 365  # of receipts that the delay to an outcome is measured on


def forecast_as_known(
    store: Store, scope: Scope, complaint_class: str, year: int, known_on: date, reading: str
) -> FrozenForecast:
    """Forecast the complaining customers of a year as known on a day, and shift them to their outcomes.

    Where the history is too short for the regression, last year's weekly shares (or even days) take its place; the
    method says so. Raises Problem where the bank's own calendar cannot be used.
    """

    def work() -> FrozenForecast:
        counts = daily_counts(store, scope, complaint_class, year - MOST_YEARS, year, known_on, reading)
        history = counts["customers"]
        delay = _delay(store, scope, complaint_class, known_on, reading)
        own = checked_calendar(store)
        try:
            forecast = forecast_year(history, year, pd.Timestamp(known_on), own)
            return _by_regression(history, forecast, delay, year, known_on)
        except Problem:
            return _by_last_year(history, delay, year, known_on)

    return kept(store, ("forecast", scope, complaint_class, year, known_on, reading, calendar_stamp(store)), work)


def checked_calendar(store: Store) -> pd.DataFrame | None:
    """Give the bank's own calendar, None where there is none. Raises Problem for a day that cannot be used."""
    own = own_calendar(store)
    if own is not None:
        day_type(year_days(2000), own)
    return own


def _delay(store: Store, scope: Scope, complaint_class: str, known_on: date, reading: str) -> Delay:
    since = {"from": known_on - timedelta(days=DELAY_DAYS)}
    waits = store.read("outcome_waits", scope, known_on, complaint_class=complaint_class, reading=reading, **since)
    return measure_delay(waits)


def _by_regression(history: pd.Series, forecast: Forecast, delay: Delay, year: int, known_on: date) -> FrozenForecast:
    mean = forecast.mean.reindex(year_days(year)).fillna(float(forecast.mean.mean()))
    low, high = forecast.total_interval(0.8)
    return _frozen(
        forecast.method, history, mean, delay, year, known_on,
        customers=forecast.expected, low=low, high=high, dispersion=_weekly_dispersion(forecast),
    )  # fmt: skip


def _weekly_dispersion(forecast: Forecast) -> float:
    """Give variance ÷ mean of the weekly counts still to come around their forecast, median week, at least 1."""
    ahead = forecast.paths[:, ~forecast.days.isin(forecast.observed.index)]
    weeks = ahead.shape[1] // 7
    if not weeks:
        return 1.0
    sums = ahead[:, : 7 * weeks].reshape(len(ahead), weeks, 7).sum(axis=2)
    mean = sums.mean(axis=0)
    return max(float(np.median(sums.var(axis=0)[mean > 0] / mean[mean > 0])) if (mean > 0).any() else 1.0, 1.0)


def _by_last_year(history: pd.Series, delay: Delay, year: int, known_on: date) -> FrozenForecast:
    total = float(history.mean() * len(year_days(year))) if len(history) else 0.0
    split = last_year_split(history, year, total)
    spread = 1.2816 * total**0.5  # 80% of a Poisson number, the least there is
    return _frozen(
        split.basis, history, split.days["allocation"], delay, year, known_on,
        customers=total, low=max(total - spread, 0.0), high=total + spread, dispersion=1.0,
    )  # fmt: skip


def _frozen(
    method: str,
    history: pd.Series,
    customers_a_day: pd.Series,
    delay: Delay,
    year: int,
    known_on: date,
    *,
    customers: float,
    low: float,
    high: float,
    dispersion: float,
) -> FrozenForecast:
    """Shift expected complaints to their outcomes, last year's carry-over first, and put all together."""
    days = year_days(year)
    before = history[(history.index < days[0]) & (history.index >= days[0] - pd.Timedelta(days=LONGEST))]
    outcomes = expected_outcomes(_without_gap(before, customers_a_day), delay, year)
    share = outcomes / outcomes.sum() if outcomes.sum() > 0 else pd.Series(1 / len(days), index=days)
    return FrozenForecast(
        method=method,
        known_on=known_on,
        history=(history.index[0].date(), history.index[-1].date()) if len(history) else None,
        customers=customers,
        low=low,
        high=high,
        dispersion=dispersion,
        mean_delay=delay.mean,
        curve=pd.DataFrame({"share": share, "customers": customers_a_day}, index=days),
    )


def _without_gap(before: pd.Series, customers_a_day: pd.Series) -> pd.Series:
    """Join last year's tail and the year; days between them that nothing is known of take the tail's mean."""
    if before.empty:
        return customers_a_day
    whole = pd.date_range(before.index[0], customers_a_day.index[-1], freq="D")
    return pd.concat([before, customers_a_day]).reindex(whole).fillna(float(before.mean()))
