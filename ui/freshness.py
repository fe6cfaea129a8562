"""How fresh the data are: whether imports have stopped for longer than a class's own rhythm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.scope import Scope
from data.store import Store
from ui.selection import Offer, offer

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVERYTHING = date.max  # the as-of day that asks for all the store holds


@dataclass(frozen=True)
class Staleness:
    """An import that is overdue: days since the last one, and the rhythm in days it was held against."""

    last_import: date
    days: int
    rhythm: int


def today() -> date:
    """Give today's date in Shanghai."""
    return datetime.now(SHANGHAI).date()


def staleness(last_import: date | None, rhythm_days: float | None, on: date) -> Staleness | None:
    """Say whether the last import lies further back than the class's rhythm (its usual longest gap, at least a day);
    equality is still fresh. Nothing is said of a class without a rhythm, nor before the first import."""
    if last_import is None or rhythm_days is None or math.isnan(rhythm_days):
        return None
    rhythm = max(1, math.ceil(rhythm_days))
    days = (on - last_import).days
    return Staleness(last_import, days, rhythm) if days > rhythm else None


def current_offer(store: Store, scope: Scope) -> Offer:
    """Say what the store has to choose from, as the reader may see it."""
    fresh = store.read("freshness", scope, EVERYTHING).iloc[0]
    settings = store.read("settings", scope, EVERYTHING).set_index("name")["value"]
    data_through = as_date(fresh["data_through"])
    all_known = True
    if data_through is not None:
        known = store.read("freshness", scope, data_through).iloc[0]
        all_known = int(known["tickets"]) == int(fresh["tickets"])
    demo_as_of = settings.get("demo_as_of")
    return offer(
        data_from=as_date(fresh["data_from"]),
        data_through=data_through,
        last_import=as_date(fresh["last_import"]),
        all_known=all_known,
        demo_as_of=None if demo_as_of is None else date.fromisoformat(demo_as_of),
    )


def class_staleness(store: Store, scope: Scope, complaint_class: str, on: date) -> Staleness | None:
    """Say whether the class's data are stale on a day."""
    fresh = store.read("freshness", scope, EVERYTHING).iloc[0]
    classes = store.read("class_freshness", scope, EVERYTHING).set_index("complaint_class")
    if complaint_class not in classes.index:
        return None
    rhythm = classes.at[complaint_class, "rhythm_days"]
    return staleness(as_date(fresh["last_import"]), None if pd.isna(rhythm) else float(rhythm), on)


def as_date(value: Any) -> date | None:
    """Give a day of a query's result as a date; None where it is missing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()
