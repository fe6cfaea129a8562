"""How fresh the data are: whether nothing has come in for longer than a class's own rhythm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from answers.kept import kept
from data.scope import Scope
from data.store import Store

EVERYTHING = date.max  # the as-of day that asks for all the store holds


@dataclass(frozen=True)
class Staleness:
    """Data that are overdue: the last day anything is known of, days since then, and the rhythm in days they were held
    against."""

    last_import: date
    days: int
    rhythm: int


def staleness(last_import: date | None, rhythm_days: float | None, on: date) -> Staleness | None:
    """Say whether the last import lies further back than the class's rhythm (its usual longest gap, at least a day);
    equality is still fresh. Nothing is said of a class without a rhythm, nor before the first import."""
    if last_import is None or rhythm_days is None or math.isnan(rhythm_days):
        return None
    rhythm = max(1, math.ceil(rhythm_days))
    days = (on - last_import).days
    return Staleness(last_import, days, rhythm) if days > rhythm else None


def rhythms(store: Store, scope: Scope, as_of: date) -> dict[str, float]:
    """Give class → its usual longest gap between days with tickets, in days, as known on a day; classes with too few
    days to have one are left out."""

    def work() -> dict[str, float]:
        frame = store.read("class_freshness", scope, as_of).set_index("complaint_class")
        return {str(name): float(days) for name, days in frame["rhythm_days"].dropna().items()}

    return kept(store, ("rhythms", scope, as_of), work)


def class_staleness(store: Store, scope: Scope, complaint_class: str, on: date) -> Staleness | None:
    """Say whether the class's data are stale on a day, by all that the store holds."""
    fresh = store.read("freshness", scope, EVERYTHING).iloc[0]
    return staleness(as_date(fresh["last_import"]), rhythms(store, scope, EVERYTHING).get(complaint_class), on)


def as_date(value: Any) -> date | None:
    """Give a day of a query's result as a date; None where it is missing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()
