"""Put the demo bank into a store and take it out again."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from data.demo import DemoBank, demo_bank
from data.demo.entries import demo_entries
from data.intake import import_frame
from data.scope import HEAD_OFFICE
from data.store import Store

if TYPE_CHECKING:
    import duckdb

DEMO_RECORDED_ON = date(2026, 1, 1)  # the demo's history was loaded the day after it ends
DEMO_AS_OF = date(2025, 7, 27)  # the Sunday on which the demo opens: mid-year, after the planted shift
DEMO_TABLES = ("ticket_versions", "events", "branches", "branch_balances", "interactions", "set_aside", "turn_scores")


def is_empty(store: Store) -> bool:
    """Say whether nothing was ever imported, or the demo was removed and nothing came since."""
    return not store.cursor().execute("SELECT import_id FROM stored.imports LIMIT 1").fetchall()


def holds_demo(store: Store) -> bool:
    """Say whether the store's data is the demo bank's."""
    return bool(store.read("imports", HEAD_OFFICE, date.max)["demo"].any())


def wants_demo(store: Store) -> bool:
    """Say whether this is a first start: nothing imported, and the demo never removed."""
    removed = store.cursor().execute("SELECT value FROM stored.settings WHERE name = 'demo_removed'").fetchall()
    return is_empty(store) and not removed


def load_demo(store: Store, bank: DemoBank | None = None) -> None:
    """Write the demo bank into an empty store, through the same intake as any file, in one transaction.

    bank: a bank of another seed, for measuring. Does nothing where the store holds anything already.
    """
    bank = bank or demo_bank()
    with store.writing() as cursor:
        if cursor.execute("SELECT import_id FROM stored.imports LIMIT 1").fetchall():
            return
        for kind in ("branches", "balances", "tickets", "events", "interactions"):
            import_frame(
                cursor,
                kind,
                getattr(bank, kind),
                name=f"demo_{kind}",
                recorded_on=DEMO_RECORDED_ON,
                demo=True,
            )
        plans = bank.plans
        cursor.register("demo_plans", plans)
        cursor.execute("INSERT INTO stored.plans BY NAME SELECT *, true AS demo FROM demo_plans")
        cursor.unregister("demo_plans")
        _enter(cursor)
        cursor.execute("DELETE FROM stored.settings WHERE name IN ('demo_removed', 'demo_as_of')")
        cursor.execute("INSERT INTO stored.settings VALUES ('demo_as_of', ?)", [DEMO_AS_OF.isoformat()])


def _enter(cursor: duckdb.DuckDBPyConnection) -> None:
    """Put what the demo bank's people entered into the ledger, after whatever stands there."""
    (last,) = cursor.execute("SELECT coalesce(max(entry_id), 0) FROM stored.ledger").fetchall()[0]
    cursor.executemany(
        "INSERT INTO stored.ledger (entry_id, entered_at, on_day, who, kind, subject, branch_id, body, demo) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, true)",
        [
            [last + number, *(row[name] for name in ("entered_at", "on_day", "who", "kind", "subject", "branch_id")),
             json.dumps(row["body"], ensure_ascii=False, sort_keys=True)]
            for number, row in enumerate(demo_entries(), start=1)
        ],
    )  # fmt: skip


def remove_demo(store: Store) -> None:
    """Take the demo bank out of the store for good; what else the store holds stays."""
    with store.writing() as cursor:
        delete_demo(cursor)


def delete_demo(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Delete the demo bank's rows inside the caller's transaction; say whether there were any."""
    if not cursor.execute("SELECT import_id FROM stored.imports WHERE demo LIMIT 1").fetchall():
        return False
    for table in DEMO_TABLES:
        cursor.execute(
            f"DELETE FROM stored.{table} WHERE import_id IN (SELECT import_id FROM stored.imports WHERE demo)"
        )
    for table in ("plan_curves", "plan_forecasts"):
        cursor.execute(
            f"DELETE FROM stored.{table} AS frozen USING stored.plans AS plan WHERE plan.demo AND "
            "(frozen.complaint_class, frozen.year, frozen.version) = (plan.complaint_class, plan.year, plan.version)"
        )
    for table in ("imports", "plans", "ledger", "risk_models", "evaluations"):
        cursor.execute(f"DELETE FROM stored.{table} WHERE demo")
    cursor.execute("DELETE FROM stored.settings WHERE name = 'demo_as_of'")
    cursor.execute("INSERT INTO stored.settings VALUES ('demo_removed', 'yes') ON CONFLICT DO NOTHING")
    return True
