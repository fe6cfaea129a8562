"""Bring a store file to the schema of this version, in one transaction."""

from __future__ import annotations

from pathlib import Path

import duckdb

from texts import N_, Message, Problem

SCHEMA = Path(__file__).parent / "schema"
MACROS = (
    "tickets",
    "outcomes",
    "decided_customers",
    "branches",
    "branch_balances",
    "events",
    "handled_tickets",
    "handling_log",
    "interactions",
    "ledger",
    "imports",
    "plans",
    "plan_curves",
    "plan_forecasts",
    "cause_tickets",
    "set_aside",
    "settings",
)


def steps() -> list[tuple[int, str]]:
    """Give number and SQL of every migration, oldest first (files `schema/NNNN_*.sql`)."""
    return [(int(p.name[:4]), p.read_text(encoding="utf-8")) for p in sorted(SCHEMA.glob("[0-9]*_*.sql"))]


def migrate(connection: duckdb.DuckDBPyConnection) -> int:
    """Run the migrations a store lacks and lay the reading macros anew; give the version reached.

    Raises Problem where the file was written by a newer version of the product.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    reached = connection.execute("SELECT version FROM schema_version").fetchall()
    version = max((number for (number,) in reached), default=0)
    available = steps()
    newest = available[-1][0]
    if version > newest:
        raise Problem(
            Message(
                N_("The store has schema version {version}; this product knows versions up to {newest}."),
                {"version": version, "newest": newest},
            ),
            Message(N_("Start the newer version of the product that wrote the store.")),
        )
    connection.execute("BEGIN")
    try:
        for number, sql in available:
            if number > version:
                connection.execute(sql)
                connection.execute("INSERT INTO schema_version VALUES (?)", [number])
        connection.execute("CREATE SCHEMA IF NOT EXISTS seen")
        for name in MACROS:
            connection.execute((SCHEMA / "seen" / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return newest
