"""The models of risk that the store keeps: versions, each with the day beyond which it knew nothing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.demo_store import holds_demo
from data.scope import HEAD_OFFICE
from data.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Give the date in Shanghai."""
    return datetime.now(SHANGHAI).date()


def keep_model(store: Store, reading: str, known_on: date, decided: int, body: str) -> None:
    """Keep a model; an older one of the same day stays, the newest holds."""
    made_at = datetime.now(SHANGHAI).replace(tzinfo=None, microsecond=0)
    demo = holds_demo(store)
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.risk_models (reading, known_on, made_at, decided, body, demo) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [reading, known_on, made_at, decided, body, demo],
        )


def newest_model(store: Store, reading: str, as_of: date) -> tuple[date, int, str] | None:
    """Give day, decided tickets and body of the newest model that knew nothing later than as_of; None without one."""
    found = store.read("risk_models", HEAD_OFFICE, as_of, reading=reading)
    if found.empty:
        return None
    row = found.iloc[0]
    return row["known_on"].date(), int(row["decided"]), str(row["body"])
