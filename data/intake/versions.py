"""Which rows are news, and what was known when: the store's versions, decided in SQL (rule in docs/data.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.intake.kinds import Kind
from data.intake.mapping import ColumnMapping
from data.intake.queries import registered, run, run_one
from data.intake.spool import Spool
from texts import N_, Message

# Four row groups of the engine (122,880 rows each). A million rows inserted by one statement hold 0.9 GB, in parts of
# this size 0.5 GB; smaller parts leave half-filled row groups that are written a second time when the store is closed.
PART_ROWS = 4 * 122_880


@dataclass(frozen=True)
class Incoming:
    """The good rows of one import: all of them in `rows`, and in `keys` only place and what identifies them."""

    import_id: int
    recorded_on: date
    demo: bool
    rows: Spool
    keys: pa.Table

    @property
    def places(self) -> int:
        """Number of places in the file, those of rows set aside included."""
        return int(pc.max(self.keys.column("place")).as_py() or 0) + 1


@dataclass(frozen=True)
class VersionCounts:
    """How many good rows said nothing new, and what was decided where the file left it open."""

    unchanged: int
    notes: tuple[Message, ...]


def store_tickets(connection: duckdb.DuckDBPyConnection, mapping: ColumnMapping, incoming: Incoming) -> VersionCounts:
    """Store what is new of the rows as ticket versions.

    Most rows name a ticket that nothing else names. Only the others (contended: stored already, or more than one row
    in the file) are looked at closely, so that a large file needs little memory.
    """
    notes = []
    before, start = run_one(connection, "watch_start", recorded_on=incoming.recorded_on, demo=incoming.demo)
    values = {
        "import_id": incoming.import_id,
        "recorded_on": incoming.recorded_on,
        "demo": incoming.demo,
        "watch_start": start or incoming.recorded_on,
        "watched_before": before or incoming.recorded_on,
        "separate": _alike_stay_apart(mapping),
    }
    with registered(connection, intake_keys=incoming.keys):
        run(connection, "contended", **values)
    (contended,) = run_one(connection, "contended_count")
    with registered(connection, intake_rows=incoming.rows.reader() if contended else incoming.rows.no_rows()):
        run(connection, "incoming_tickets")
    run(connection, "renamed", **values)
    (renamed,) = run_one(connection, "renamed_count")
    if renamed:
        run(connection, "rename")
        notes.append(
            Message(
                N_(
                    "{count} rows are like an earlier one in every column of the ticket's id;"
                    " each is a ticket of its own."
                ),
                {"count": renamed},
            )
        )
    for step in ("known_tickets", "fresh_tickets", "chain", "dropped_tickets"):
        run(connection, step, **values)
    (conflicts,) = run_one(connection, "conflicts")
    if conflicts:
        notes.append(
            Message(
                N_(
                    "{count} tickets stand in the file more than once with the same status but different contents;"
                    " one of them holds. Give the file a column with the time of the last change to decide which."
                ),
                {"count": conflicts},
            )
        )
    with _any_order(connection):
        for part in _parts(_decided(incoming.rows.reader(), _verdicts(connection, incoming))):
            with registered(connection, intake_rows=part):
                run(connection, "insert_tickets", **values)
    run(connection, "supersede", **values)
    return VersionCounts(_dropped(connection), tuple(notes))


def store_others(connection: duckdb.DuckDBPyConnection, kind: Kind, incoming: Incoming) -> VersionCounts:
    """Store what is new of the rows in the table of their kind."""
    values = {"import_id": incoming.import_id, "recorded_on": incoming.recorded_on}
    with registered(connection, intake_rows=incoming.rows.reader()):
        run(connection, "incoming_others")
    for step in (f"known_{kind.name}", "dropped_others"):
        run(connection, step, **values)
    rows = incoming.rows.reader()
    kept = pa.RecordBatchReader.from_batches(rows.schema, _kept(rows, _dropped_rows(connection, incoming)))
    for part in _parts(kept):
        with registered(connection, intake_rows=part):
            run(connection, f"insert_{kind.name}", **values)
    return VersionCounts(_dropped(connection), ())


@dataclass(frozen=True)
class _Verdicts:
    """What was decided about ticket rows, by their place: the days of a version, and an id of its own.

    Rows about which nothing was decided have NaT and None. A million rows take 17 MB, and the rows themselves stream
    past: a join would hold them in memory.
    """

    dropped: np.ndarray
    known_on: np.ndarray
    superseded_on: np.ndarray
    own_id: dict[int, str]


def _verdicts(connection: duckdb.DuckDBPyConnection, incoming: Incoming) -> _Verdicts:
    dropped = _dropped_rows(connection, incoming)
    chain = run(connection, "chain_of_rows").fetchnumpy()
    days = {}
    for name in ("known_on", "superseded_on"):
        days[name] = np.full(len(dropped), np.datetime64("NaT", "D"), "datetime64[D]")
        days[name][chain["place"]] = np.ma.filled(chain[name], np.datetime64("NaT", "us")).astype("datetime64[D]")
    return _Verdicts(dropped, days["known_on"], days["superseded_on"], dict(run(connection, "renamed_rows").fetchall()))


def _dropped_rows(connection: duckdb.DuckDBPyConnection, incoming: Incoming) -> np.ndarray:
    """Give for every place whether its row says nothing new."""
    dropped = np.zeros(incoming.places, bool)
    dropped[run(connection, "dropped_rows").fetchnumpy()["place"]] = True
    return dropped


def _kept(rows: pa.RecordBatchReader, dropped: np.ndarray) -> Iterator[pa.RecordBatch]:
    for batch in rows:
        drop = dropped[batch.column("place").to_numpy()]
        yield batch.filter(pa.array(~drop)) if drop.any() else batch


def _decided(rows: pa.RecordBatchReader, verdicts: _Verdicts) -> pa.RecordBatchReader:
    """Give the rows that say something new, with known_on, superseded_on and own_id where they were decided."""
    added = [pa.field("known_on", pa.date32()), pa.field("superseded_on", pa.date32()), pa.field("own_id", pa.string())]
    schema = pa.schema([*rows.schema, *added])

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in _kept(rows, verdicts.dropped):
            places = batch.column("place").to_numpy()
            days = [pa.array(days[places], pa.date32()) for days in (verdicts.known_on, verdicts.superseded_on)]
            own = [verdicts.own_id.get(place) for place in places.tolist()] if verdicts.own_id else [None] * len(places)
            yield pa.RecordBatch.from_arrays([*batch.columns, *days, pa.array(own, pa.string())], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _parts(rows: pa.RecordBatchReader) -> Iterator[pa.RecordBatchReader]:
    """Cut a stream into streams of PART_ROWS rows: the engine holds what one statement inserts."""
    batches = iter(rows)

    def part(first: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        count = first.num_rows
        yield first
        while count < PART_ROWS and (batch := next(batches, None)) is not None:
            count += batch.num_rows
            yield batch

    while (first := next(batches, None)) is not None:
        yield pa.RecordBatchReader.from_batches(rows.schema, part(first))


@contextmanager
def _any_order(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Insert on all processors; where the engine's settings are locked, on one."""
    (locked,) = run_one(connection, "configuration_locked")
    if locked:
        yield
        return
    run(connection, "any_order")
    yield
    run(connection, "given_order")


def _dropped(connection: duckdb.DuckDBPyConnection) -> int:
    return int(run_one(connection, "dropped_count")[0])


def _alike_stay_apart(mapping: ColumnMapping) -> bool:
    source = mapping.columns["ticket_id"]
    return source.how == "digest" and source.repeats == "each"
