"""What a plan is decided with: the forecast of the year as known on a day, and the corrected split it means."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from analytics.allocation import last_year_split
from analytics.calendar import year_days
from analytics.delay import LONGEST, expected_outcomes, measure_delay
from answers.kept import kept
from data.counts import daily_counts
from data.plans import FrozenForecast
from data.scope import Scope
from data.store import Store

MOST_YEARS = 6  # of history that a forecast learns from


def forecast_as_known(
    store: Store, scope: Scope, complaint_class: str, year: int, known_on: date, reading: str
) -> FrozenForecast:
    """Forecast the complaining customers of a year as known on a day, and shift them to their outcomes."""

    def work() -> FrozenForecast:
        return _made(store, scope, complaint_class, year, known_on, reading)

    return kept(store, ("forecast", scope, complaint_class, year, known_on, reading), work)


def _made(store: Store, scope: Scope, complaint_class: str, year: int, known_on: date, reading: str) -> FrozenForecast:
    counts = daily_counts(store, scope, complaint_class, year - MOST_YEARS, year, known_on, reading)
    history = counts["customers"]
    days = year_days(year)
    expected = last_year_split(history, year, float(history.mean() * len(days)) if len(history) else 0.0)
    customers = expected.days["allocation"]
    spread = 1.2816 * float(customers.sum()) ** 0.5
    waits = store.read(
        "outcome_waits",
        scope,
        known_on,
        complaint_class=complaint_class,
        reading=reading,
        **{"from": known_on - timedelta(days=365)},
    )
    delay = measure_delay(waits)
    carry_over = history[history.index >= days[0] - pd.Timedelta(days=LONGEST)]
    outcomes = expected_outcomes(pd.concat([carry_over[carry_over.index < days[0]], customers]), delay, year)
    share = outcomes / outcomes.sum() if outcomes.sum() > 0 else pd.Series(1 / len(days), index=days)
    total = float(customers.sum())
    return FrozenForecast(
        method=expected.basis,
        known_on=known_on,
        history=(history.index[0].date(), history.index[-1].date()) if len(history) else None,
        customers=total,
        low=max(total - spread, 0.0),
        high=total + spread,
        dispersion=1.0,
        mean_delay=delay.mean,
        curve=pd.DataFrame({"share": share, "customers": customers}),
    )
