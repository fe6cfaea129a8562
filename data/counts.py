"""The counts every screen starts from: customers, decided and not agreed, by day."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from data.scope import Scope
from data.store import Store

QUIET_START = timedelta(days=14)  # a first ticket this soon after New Year: the days before it were quiet, not unknown


def daily_counts(
    store: Store,
    scope: Scope,
    complaint_class: str,
    first_year: int,
    last_year: int,
    as_of: date,
    reading: str = "first",
) -> pd.DataFrame:
    """Count one class by day as known on a day.

    Result: DataFrame indexed by every day (Timestamp) from the first day that the store knows tickets of (of any
    class; from 1 January of first_year where the first ticket came earlier, or at most QUIET_START later) to the
    earlier of as_of and 31 December of last_year. Columns `customers` (by day of the first complaint in the calendar
    year), `decided`, `not_agreed` (by day of the outcome),
    customers a day, zeros included. Empty where nothing is known.
    """
    known = store.read("freshness", scope, as_of).iloc[0]
    end = min(as_of, date(last_year, 12, 31))
    counted = store.read(
        "daily_counts",
        scope,
        as_of,
        complaint_class=complaint_class,
        first_year=first_year,
        last_year=last_year,
        reading=reading,
    ).set_index("day")
    begin = date(first_year, 1, 1)
    if pd.notna(known["data_from"]):
        data_from = pd.Timestamp(known["data_from"]).date()
        if data_from - begin > QUIET_START:
            begin = data_from
    days = pd.date_range(begin, end, freq="D")
    return counted.reindex(days, fill_value=0.0)
