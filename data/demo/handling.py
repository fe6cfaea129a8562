"""When things happen to a ticket: every step moves on in working time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analytics.calendar import day_type, year_days
from data.demo.truth import DISPATCH, USUAL_DISPATCH_HOURS
from data.demo.volume import YEARS

OPENING_MINUTE = 9 * 60
WORKING_MINUTES = 510  # 9:00 to 17:30
HOUR = 60 / WORKING_MINUTES  # a working hour as a part of a working day


@cache
def working_days() -> np.ndarray:
    """Give the working days (adjusted ones too) of the demo years and the year after, as datetime64[D]."""
    days = pd.DatetimeIndex(np.concatenate([year_days(year) for year in (*YEARS, YEARS[-1] + 1)]))
    working = day_type(days).isin(["workday", "adjusted_workday"]).to_numpy()
    dates: np.ndarray = days[working].to_numpy().astype("datetime64[D]")
    return dates


def to_working_time(moments: np.ndarray) -> np.ndarray:
    """Give moments (datetime64) as working days since the first one; nights and holidays count as the next morning."""
    days = moments.astype("datetime64[D]")
    calendar = working_days()
    place = np.searchsorted(calendar, days)
    minute = (moments - days).astype("timedelta64[m]").astype(float) - OPENING_MINUTE
    within = np.clip(minute / WORKING_MINUTES, 0, 1)
    on_working_day = calendar[np.minimum(place, len(calendar) - 1)] == days
    position: np.ndarray = place + np.where(on_working_day, within, 0.0)
    return position


def from_working_time(position: np.ndarray) -> np.ndarray:
    """Give the moment (datetime64[us], whole minutes) of a position in working time."""
    calendar = working_days()
    day = np.minimum(np.floor(position).astype(int), len(calendar) - 1)
    minute = OPENING_MINUTE + np.floor((position - np.floor(position)) * WORKING_MINUTES)
    moment: np.ndarray = calendar[day].astype("datetime64[us]") + minute.astype("timedelta64[m]")
    return moment


def later(moments: np.ndarray, working_days_on: np.ndarray) -> np.ndarray:
    """Give the moment so many working days after each moment, never before it."""
    moment: np.ndarray = np.maximum(from_working_time(to_working_time(moments) + working_days_on), moments)
    return moment


def draw_steps(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add dispatched_at, first_contact_at, first_reply_at and first_outcome_at, in this order of time.

    The median dispatch takes under a working hour, at the planted branch much longer; the first round is decided
    2 to 15 days after receipt for most.
    """
    count = len(tickets)
    slow = tickets["branch_id"].isin(DISPATCH.branches).to_numpy()
    hours = np.where(slow, DISPATCH.size, USUAL_DISPATCH_HOURS) * np.exp(rng.normal(0, 0.8, count))
    dispatched = later(tickets["received_at"].to_numpy(), np.maximum(hours * HOUR, 0.01))
    contact = later(dispatched, 0.02 + rng.gamma(1.6, 0.5, count))
    reply = later(contact, 0.02 + rng.gamma(1.5, 0.9, count))
    outcome = later(reply, 0.05 + rng.gamma(1.8, 1.0, count))
    return tickets.assign(
        dispatched_at=dispatched, first_contact_at=contact, first_reply_at=reply, first_outcome_at=outcome
    )
