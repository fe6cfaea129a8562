"""Which rows are news, and what was known when: the store's versions, decided in SQL (rule in docs/data.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from data.intake.kinds import Kind
from data.intake.mapping import ColumnMapping
from data.intake.queries import run, run_one
from texts import Message, N_


@dataclass(frozen=True)
class VersionCounts:
    """How many good rows said nothing new, and what was decided where the file left it open."""

    unchanged: int
    notes: tuple[Message, ...]


def store_tickets(
    connection: duckdb.DuckDBPyConnection,
    kind: Kind,
    mapping: ColumnMapping,
    import_id: int,
    recorded_on: date,
    demo: bool,
) -> VersionCounts:
    """Store what is new of the rows in intake_rows (whose keys are in intake_keys) as ticket versions."""
    notes = []
    run(connection, "incoming")
    run(connection, "renamed", separate=_alike_stay_apart(mapping))
    (renamed,) = run_one(connection, "renamed_count")
    if renamed:
        run(connection, "rename")
        notes.append(
            Message(
                N_("{count} rows are like an earlier one in every column of the ticket's id; each is a ticket of its own."),
                {"count": renamed},
            )
        )
    before, start = run_one(connection, "watch_start", recorded_on=recorded_on, demo=demo)
    days = {"watch_start": start or recorded_on, "watched_before": before or recorded_on}
    values = {"import_id": import_id, "recorded_on": recorded_on, "demo": demo, **days}
    for step in ("known_tickets", "contended", "fresh_tickets", "chain", "dropped_tickets"):
        run(connection, step, **values)
    (conflicts,) = run_one(connection, "conflicts")
    if conflicts:
        notes.append(
            Message(
                N_(
                    "{count} tickets stand in the file more than once with the same status but different contents; one of"
                    " them holds. Give the file a column with the time of the last change to decide which."
                ),
                {"count": conflicts},
            )
        )
    run(connection, "insert_tickets", **values)
    run(connection, "supersede", **values)
    return VersionCounts(_dropped(connection), tuple(notes))


def store_others(
    connection: duckdb.DuckDBPyConnection,
    kind: Kind,
    mapping: ColumnMapping,
    import_id: int,
    recorded_on: date,
    demo: bool,
) -> VersionCounts:
    """Store what is new of the rows in intake_rows in the table of their kind."""
    values = {"import_id": import_id, "recorded_on": recorded_on}
    for step in ("incoming", f"known_{kind.name}", "dropped_others", f"insert_{kind.name}"):
        run(connection, step, **values)
    return VersionCounts(_dropped(connection), ())


def _dropped(connection: duckdb.DuckDBPyConnection) -> int:
    return int(run_one(connection, "dropped_count")[0])


def _alike_stay_apart(mapping: ColumnMapping) -> bool:
    source = mapping.columns["ticket_id"]
    return source.how == "digest" and source.repeats == "each"
