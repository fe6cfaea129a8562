"""The checks: text rows in, typed rows and set-aside rows out, by SQL on an engine of their own in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.intake.batch import RawBatch
from data.intake.faults import FAULT, NOTE, note, reason
from data.intake.kinds import ColumnType, kind_named
from data.intake.mapping import ColumnMapping, Source
from data.intake.queries import sql
from data.intake.report import SetAsideRow
from data.intake.tidy import tidy
from data.intake.words import DEFAULT_WORDS
from texts import Message

DATED_BY_FALLBACK = ("first_outcome_at", "closed_at")
# strptime wants at least one format; this one reads what the general reading would read as well.
PLAIN_FORMAT = "%Y-%m-%d %H:%M:%S"
DAYS_AHEAD = 1
OUTPUT_ROWS = 16_384
# The checks run beside the app's readers and beside the reading of the file itself.
ENGINE_THREADS = 2


@dataclass(frozen=True)
class Checked:
    """What a stretch of rows came to: `good` typed rows under canonical names, with row_number and place (their place
    among the rows that could be taken apart), and the rows set aside. `share`: how much of the file has been read."""

    good: pa.Table
    set_aside: list[SetAsideRow]
    share: float | None = None


@dataclass
class _Waiting:
    """A batch whose rows are being checked: kept until all are, because a failing row is shown as it stood.

    `left` counts the rows that have not come back; the engine gives rows back in any order.
    """

    first_place: int
    rows: pa.Table
    canonical: pa.Table
    left: int

    def places_in(self, places: np.ndarray) -> np.ndarray:
        """Give those of the places that are rows of this batch."""
        here: np.ndarray = places[(places >= self.first_place) & (places < self.first_place + self.rows.num_rows)]
        return here


@dataclass
class Checker:
    """Checks the rows of one file under one mapping. `recorded_on`: the day on which the file says what it says."""

    mapping: ColumnMapping
    recorded_on: date
    notes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._kind = kind_named(self.mapping.kind)
        self._waiting: list[_Waiting] = []
        self._broken: list[SetAsideRow] = []
        self._share: float | None = None
        self._error: BaseException | None = None
        self._digester: duckdb.DuckDBPyConnection | None = None

    def checked(self, batches: Iterable[RawBatch]) -> Iterator[Checked]:
        """Check batches as one stream; every row of them is either good or set aside with all its reasons.

        At least one Checked comes, empty for a file without rows, so that the typed columns are known.
        """
        engine = self._engine()
        engine.execute(sql("any_order"))
        engine.execute(sql("wide_buffer"))
        schema = pa.schema(
            [("row_number", pa.int64()), ("place", pa.int64()), *((name, pa.string()) for name in self._kind.names)]
        )
        stream = pa.RecordBatchReader.from_batches(schema, self._stream(batches, schema))
        engine.register("raw", stream)
        try:
            reader = engine.sql(sql(f"check_{self._kind.name}")).to_arrow_reader(OUTPUT_ROWS)
            yield self._judged(reader.schema.empty_table())
            for batch in reader:
                yield self._judged(pa.Table.from_batches([batch]))
        except duckdb.Error:
            if self._error is not None:
                raise self._error from None
            raise
        finally:
            engine.close()
        if self._waiting:
            raise RuntimeError("the engine has not given every row back")
        yield self._judged(reader.schema.empty_table())

    def note_messages(self) -> list[Message]:
        """Say what has been assumed about the rows so far."""
        return [note(what, count, self.mapping) for what, count in sorted(self.notes.items()) if count]

    def _engine(self, threads: int = ENGINE_THREADS) -> duckdb.DuckDBPyConnection:
        engine = duckdb.connect(config={"threads": threads, "enable_external_access": "false"})
        engine.execute(sql("values"))
        words: dict[str, Any] = {name: list(entries) for name, entries in self.mapping.words.items()}
        scales = {f"{c.name}_scale": 1.0 for c in self._kind.columns if c.type == "amount"}
        scales.update({f"{name}_scale": factor for name, factor in self.mapping.scale.items()})
        formats = list(self.mapping.date_formats) or [PLAIN_FORMAT]
        fallbacks = {f"{name}_fallback": list(self.mapping.fallback.get(name, ())) for name in DATED_BY_FALLBACK}
        variables = {**words, **fallbacks, **scales, "date_formats": formats, "recorded_on": self.recorded_on}
        for name, value in variables.items():
            cast = "::VARCHAR[]" if isinstance(value, list) else ""
            engine.execute(f'SET VARIABLE "{name}" = $1{cast}', [value])
        return engine

    def _stream(self, batches: Iterable[RawBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """Give the batches under canonical names. Runs in the engine's threads, so an error is kept for `checked`."""
        place = 0
        try:
            for batch in batches:
                self._broken += batch.broken
                self._share = batch.share
                if batch.rows.num_rows:
                    canonical = self._canonical(batch, place).cast(schema)
                    self._waiting.append(_Waiting(place, batch.rows, canonical, batch.rows.num_rows))
                    place += batch.rows.num_rows
                    yield from canonical.to_batches()
        except BaseException as error:
            self._error = error
            raise

    def _judged(self, checked: pa.Table) -> Checked:
        """Part the rows that fit from those that fail."""
        broken, self._broken = self._broken, []
        fails = checked.column("fails")
        fits = pc.invert(fails)
        faults = [name for name in checked.column_names if name.startswith(FAULT)]
        notes = [name for name in checked.column_names if name.startswith(NOTE)]
        for name in notes:
            self.notes[name.removeprefix(NOTE)] += pc.sum(pc.and_(checked.column(name), fits)).as_py() or 0
        good = checked.drop_columns([*faults, *notes, "fails"])
        set_aside = broken
        if pc.any(fails).as_py():
            set_aside = [*broken, *self._explained(checked.filter(fails), faults)]
            good = good.filter(fits)
        places = checked.column("place").to_numpy()
        for waiting in list(self._waiting):
            waiting.left -= len(waiting.places_in(places))
            if not waiting.left:
                self._waiting.remove(waiting)
        return Checked(good, sorted(set_aside, key=lambda row: row.row_number), self._share)

    def _explained(self, failing: pa.Table, faults: list[str]) -> list[SetAsideRow]:
        """Give the failing rows as they stood in the file, with every reason."""
        latest = self.recorded_on + timedelta(days=DAYS_AHEAD)
        places = failing.column("place").to_numpy()
        found = dict(zip(places.tolist(), failing.select(faults).to_pylist(), strict=True))
        explained = []
        for waiting in list(self._waiting):
            here = waiting.places_in(places)
            if not len(here):
                continue
            chosen = pa.array(here - waiting.first_place)
            rows, canonical = waiting.rows.take(chosen).to_pylist(), waiting.canonical.take(chosen).to_pylist()
            for source, values in zip(rows, canonical, strict=True):
                texts = {name: values[name] or "" for name in self._kind.names}
                reasons = [
                    reason(fault, self._kind, texts, self.mapping, latest)
                    for fault, holds in found.pop(values["place"]).items()
                    if holds
                ]
                cells = {header: text or "" for header, text in source.items()}
                explained.append(SetAsideRow(values["row_number"], cells, tuple(reasons)))
        if found:
            raise RuntimeError("a failing row is not among those being checked")
        return explained

    def _run(self, query: str, name: str, table: pa.Table) -> pa.Table:
        # Digests are made while the checks run, so they need an engine of their own; one thread keeps their order.
        self._digester = self._digester or self._engine(threads=1)
        self._digester.register(name, table)
        try:
            return self._digester.sql(query).to_arrow_table()
        finally:
            self._digester.unregister(name)

    def _canonical(self, batch: RawBatch, first_place: int) -> pa.Table:
        """Lay the file's columns under the canonical names, all as tidy text; columns the file lacks are empty."""
        count = batch.rows.num_rows
        columns: dict[str, Any] = {
            "row_number": pa.array(batch.row_numbers, pa.int64()),
            "place": pa.array(np.arange(first_place, first_place + count)),
        }
        empty = pa.nulls(count, pa.string())
        for column in self._kind.columns:
            source = self.mapping.columns.get(column.name)
            if source is None or source.how == "same_as":
                columns[column.name] = empty
            else:
                columns[column.name] = tidy(self._source(source, batch.rows), column.type)
        for name, source in self.mapping.columns.items():
            if source.how == "same_as":
                columns[name] = columns[source.columns[0]]
        return pa.table(columns)

    def _source(self, source: Source, rows: pa.Table) -> Any:
        if source.how == "constant":
            return pa.repeat(source.columns[0], rows.num_rows)
        if source.how == "any_of":
            return rows.column(source.columns[0])
        parts = [tidy(rows.column(name), "text") for name in source.columns]
        if source.how == "join":
            return pc.binary_join_element_wise(*parts, " ", null_handling="skip")
        written = [self._run(sql("digest_part"), "parts", pa.table({"part": part})).column("part") for part in parts]
        joined = pc.binary_join_element_wise(*written, "\x1f")
        return self._run(sql("digest"), "joined", pa.table({"joined": joined})).column("digest")


READERS: dict[ColumnType, str] = {
    "moment": "moment",
    "month": "month_of",
    "amount": "number",
    "integer": "whole_number",
    "outcome": "outcome",
    "yes_no": "yes_no",
    "medium": "medium",
    "speaker": "speaker",
}


class ValueReader:
    """Tells how well texts read as a column type, with the default words and the usual date formats."""

    def __init__(self) -> None:
        self._engine = duckdb.connect(config={"threads": 1, "enable_external_access": "false"})
        self._engine.execute(sql("values"))
        self._engine.execute('SET VARIABLE "date_formats" = $1', [[PLAIN_FORMAT, "%m/%d/%Y", "%d/%m/%Y"]])
        for name, words in DEFAULT_WORDS.items():
            self._engine.execute(f'SET VARIABLE "{name}" = $1', [list(words)])

    def share(self, type_: ColumnType, texts: Sequence[str]) -> float | None:
        """Give the share of the filled texts that read as the type; None for plain text, or where none is filled."""
        if type_ not in READERS:
            return None
        query = sql("readable").replace("reader(", f"{READERS[type_]}(")
        ((share,),) = self._engine.execute(
            query, {"texts": tidy(pa.array(texts, pa.string()), "text").to_pylist()}
        ).fetchall()
        return None if share is None else float(share)
