"""What every forecast method says of a year, and what it would have said of past ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.backtest import Backtest, backtest
from analytics.forecast import METHODS, Method
from analytics.forecast_alternatives import forecast_year_by
from answers.kept import kept
from answers.plan_forecast import MOST_YEARS, checked_calendar
from data.counts import daily_counts
from data.own_calendar import calendar_stamp
from data.scope import Scope
from data.store import Store
from texts import Message, Problem


@dataclass(frozen=True)
class MethodQuality:
    """One method: its forecast of the year's customers with 80% range, or why it refuses; its test on past years.

    customers: (expected, low, high), None where `refusal` says why. tested: the backtest, None where it refuses.
    """

    method: Method
    customers: tuple[float, float, float] | None
    refusal: Message | None
    tested: Backtest | None


def forecast_quality(
    store: Store, scope: Scope, complaint_class: str, year: int, known_on: date, reading: str
) -> tuple[MethodQuality, ...]:
    """Ask every method for one class and year, as known on a day; the product's own first."""

    def work() -> tuple[MethodQuality, ...]:
        counts = daily_counts(store, scope, complaint_class, year - MOST_YEARS, year, known_on, reading)
        own = checked_calendar(store)
        return tuple(_asked(method, counts["customers"], year, known_on, own) for method in METHODS)

    asked = ("forecast_quality", scope, complaint_class, year, known_on, reading, calendar_stamp(store))
    return kept(store, asked, work)


def _asked(method: Method, history: pd.Series, year: int, known_on: date, own: pd.DataFrame | None) -> MethodQuality:
    try:
        forecast = forecast_year_by(method, history, year, pd.Timestamp(known_on), own)
    except Problem as problem:
        return MethodQuality(method, None, problem.what, None)
    low, high = forecast.total_interval(0.8)
    past = history[history.index < pd.Timestamp(year, 1, 1)]
    tested = backtest(past, method, own_calendar=own) if len(past) else None
    return MethodQuality(method, (forecast.expected, low, high), None, tested)
