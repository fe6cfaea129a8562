"""From a file or a frame to versions in the store: one transaction, every row accounted for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from data.intake.batch import RawBatch
from data.intake.check import Checker
from data.intake.choose import Choice, choose_mapping
from data.intake.columnar import ZONE, frame_batches
from data.intake.kinds import Kind, kind_named
from data.intake.labels import column_labels
from data.intake.mapping import ColumnMapping, Resolution, from_pairs, known_mappings, resolve
from data.intake.propose import Proposal, missing_columns
from data.intake.queries import registered, run, run_one
from data.intake.report import ImportReport, Progress, SetAsideRow
from data.intake.source import open_source
from data.intake.spool import Spool
from data.intake.versions import Incoming, store_others, store_tickets
from texts import N_, Message

EXAMPLES = 50
NUL = re.compile(r"(?P<before>(?<!\\)(?:\\\\)*)\\u0000")  # in JSON; behind one more backslash it is plain text
SET_ASIDE = pa.schema([("row_number", pa.int64()), ("raw", pa.string()), ("reasons", pa.string())])

Telling = Callable[[Progress], None]


@dataclass(frozen=True)
class _Origin:
    """Where rows come from, for the store's books."""

    name: str
    mapping: ColumnMapping
    encoding: str | None
    recorded_on: date
    demo: bool
    total: int | None
    sha256: Callable[[], str]


def today() -> date:
    """Give the date in Shanghai."""
    return datetime.now(ZoneInfo(ZONE)).date()


def import_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    mapping: Choice | None = None,
    kind: str | None = None,
    recorded_on: date | None = None,
    name: str | None = None,
    demo: bool = False,
    progress: Telling | None = None,
    mapping_folders: Iterable[Path] = (),
) -> ImportReport:
    """Read a file into the store.

    `connection` is a cursor inside a transaction (`Store.writing`), or one without, and then the import is a
    transaction of its own. `mapping` is a mapping's name, a ColumnMapping, or canonical column → source column(s);
    without it the known mapping that fits the headers is used. `recorded_on` is the day on which the file says what
    it says (today in Shanghai). `name` is the file's own, where it lies under another. Rows that fail are set aside
    with their reasons.

    Raises Problem for a file that cannot be read as a whole, or lacks required columns; nothing is stored then.
    """
    started = _now()
    path = Path(path)
    known = known_mappings(mapping_folders)
    name = name or path.name
    source = open_source(path, known.values(), name)
    resolution = choose_mapping(source, mapping, kind, known)
    origin = _Origin(
        name,
        resolution.mapping,
        source.encoding,
        recorded_on or today(),
        demo,
        source.total,
        lambda: source.digest.sha256,
    )
    notes = [*source.notes, *_mapping_notes(resolution)]
    return _import(connection, source.batches(), origin, notes, started, progress)


def import_frame(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    frame: pa.Table | pd.DataFrame,
    *,
    name: str,
    recorded_on: date,
    demo: bool = False,
    progress: Telling | None = None,
) -> ImportReport:
    """Read a frame with canonical column names into the store, with the same checks and rules as a file.

    Raises Problem for an unknown kind or a frame without the required columns.
    """
    started = _now()
    table = pa.Table.from_pandas(frame, preserve_index=False) if isinstance(frame, pd.DataFrame) else frame
    headers = list(table.column_names)
    resolution = resolve(from_pairs(kind, {c: c for c in headers if c in kind_named(kind).names}), headers)
    if resolution.missing:
        raise missing_columns(Proposal(resolution, frozenset()), headers)

    def sha256() -> str:
        digest = hashlib.sha256()
        for batch in table.to_batches():
            digest.update(batch.serialize())
        return digest.hexdigest()

    origin = _Origin(name, resolution.mapping, None, recorded_on, demo, table.num_rows, sha256)
    return _import(connection, frame_batches(table), origin, _mapping_notes(resolution), started, progress)


def _import(
    connection: duckdb.DuckDBPyConnection,
    batches: Iterator[RawBatch],
    origin: _Origin,
    notes: list[Message],
    started: datetime,
    progress: Telling | None,
) -> ImportReport:
    tell = progress or (lambda _: None)
    kind = kind_named(origin.mapping.kind)
    clock = monotonic()
    rows, refused = Spool(), Spool()
    keys: list[pa.Table] = []
    try:
        checker = Checker(origin.mapping, origin.recorded_on)
        examples = _read(batches, checker, kind, rows, refused, keys, origin, tell)
        notes += checker.note_messages()
        tell(Progress(Message(N_("Storing the rows")), rows.rows + refused.rows, rows.rows + refused.rows, 1.0))
        own = not _in_transaction(connection)
        if own:
            connection.execute("BEGIN")
        try:
            report = _store(connection, kind, origin, rows, refused, keys, notes, examples, started, clock)
            if own:
                connection.execute("COMMIT")
        except BaseException:
            if own:
                connection.execute("ROLLBACK")
            raise
        return report
    finally:
        rows.close()
        refused.close()


def _read(
    batches: Iterator[RawBatch],
    checker: Checker,
    kind: Kind,
    rows: Spool,
    refused: Spool,
    keys: list[pa.Table],
    origin: _Origin,
    tell: Telling,
) -> list[SetAsideRow]:
    """Check every batch into the spools; give the first rows set aside."""
    examples: list[SetAsideRow] = []
    for checked in checker.checked(batches):
        rows.add(checked.good)
        keys.append(_keys(kind, checked.good))
        refused.add(_set_aside_table(checked.set_aside))
        examples += checked.set_aside[: EXAMPLES - len(examples)]
        done = rows.rows + refused.rows
        tell(Progress(Message(N_("Reading and checking the rows")), done, origin.total, checked.share))
    return examples


def _store(
    connection: duckdb.DuckDBPyConnection,
    kind: Kind,
    origin: _Origin,
    rows: Spool,
    refused: Spool,
    keys: list[pa.Table],
    notes: list[Message],
    examples: list[SetAsideRow],
    started: datetime,
    clock: float,
) -> ImportReport:
    (import_id,) = run_one(connection, "next_import")
    incoming = Incoming(import_id, origin.recorded_on, origin.demo, rows, pa.concat_tables(keys))
    if kind.name == "tickets":
        counts = store_tickets(connection, origin.mapping, incoming)
    else:
        counts = store_others(connection, kind, incoming)
    with registered(connection, intake_set_aside=refused.reader()):
        run(connection, "insert_set_aside", import_id=import_id)
    notes = [*notes, *counts.notes]
    if not rows.rows and not refused.rows:
        notes.append(Message(N_("The file has a header but no rows.")))
    accepted = rows.rows - counts.unchanged
    run(
        connection,
        "insert_import",
        import_id=import_id,
        kind=kind.name,
        file_name=origin.name,
        sha256=origin.sha256(),
        mapping=origin.mapping.name,
        encoding=origin.encoding,
        started_at=started,
        finished_at=_now(),
        recorded_on=origin.recorded_on,
        rows_read=rows.rows + refused.rows,
        accepted=accepted,
        unchanged=counts.unchanged,
        set_aside=refused.rows,
        demo=origin.demo,
        notes=json.dumps([note.to_json() for note in notes], ensure_ascii=False),
    )
    return ImportReport(
        import_id=import_id,
        kind=kind.name,
        file_name=origin.name,
        mapping=origin.mapping.name,
        encoding=origin.encoding,
        recorded_on=origin.recorded_on,
        rows_read=rows.rows + refused.rows,
        accepted=accepted,
        unchanged=counts.unchanged,
        set_aside=refused.rows,
        seconds=monotonic() - clock,
        demo=origin.demo,
        notes=tuple(notes),
        examples=tuple(sorted(examples, key=lambda row: row.row_number)),
    )


def _keys(kind: Kind, good: pa.Table) -> pa.Table:
    """Give place and identity of rows, copied: what an engine gives holds all its columns as long as one is held."""
    return good.select(["place", "ticket_id" if kind.name == "tickets" else "subject"]).take(np.arange(good.num_rows))


def _set_aside_table(rows: Sequence[SetAsideRow]) -> pa.Table:
    return pa.table(
        [
            pa.array([row.row_number for row in rows], pa.int64()),
            pa.array([_json(dict(row.raw)) for row in rows], pa.string()),
            pa.array([_json([reason.to_json() for reason in row.reasons]) for row in rows], pa.string()),
        ],
        schema=SET_ASIDE,
    )


def _json(value: object) -> str:
    """Give a value as JSON without NUL characters, which the store cannot keep; a text that spells one out stays."""
    return NUL.sub(lambda found: found["before"], json.dumps(value, ensure_ascii=False))


def _mapping_notes(resolution: Resolution) -> list[Message]:
    notes = []
    kind = kind_named(resolution.mapping.kind)
    absent = [c.name for c in kind.columns if not c.required and c.name not in resolution.mapping.columns]
    if absent:
        notes.append(Message(N_("The file has no column for: {columns}."), {"columns": column_labels(absent)}))
    if resolution.unmapped:
        notes.append(
            Message(
                N_("Columns of the file that were not used: {columns}."), {"columns": ", ".join(resolution.unmapped)}
            )
        )
    return notes


def _in_transaction(connection: duckdb.DuckDBPyConnection) -> bool:
    return run_one(connection, "in_transaction") == run_one(connection, "in_transaction")


def _now() -> datetime:
    return datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None)
