"""The checks: text rows in, typed rows and set-aside rows out, by SQL on an engine of their own in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from data.intake.batch import RawBatch
from data.intake.faults import FAULT, NOTE, note, reason
from data.intake.kinds import ColumnType, kind_named
from data.intake.mapping import DEFAULT_WORDS, ColumnMapping, Source
from data.intake.queries import sql
from data.intake.report import SetAsideRow
from data.intake.tidy import tidy
from texts import Message

DATED_BY_FALLBACK = ("first_outcome_at", "closed_at")
# strptime wants at least one format; this one reads what the general reading would read as well.
PLAIN_FORMAT = "%Y-%m-%d %H:%M:%S"
DAYS_AHEAD = 1


@dataclass(frozen=True)
class Checked:
    """What one batch came to: `good` typed rows under canonical names (with row_number), and the rows set aside."""

    good: pa.Table
    set_aside: list[SetAsideRow]

    @property
    def rows(self) -> int:
        """Rows of the file in this batch."""
        return int(self.good.num_rows) + len(self.set_aside)


@dataclass
class Checker:
    """Checks the rows of one file under one mapping. `recorded_on`: the day on which the file says what it says."""

    mapping: ColumnMapping
    recorded_on: date
    notes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._kind = kind_named(self.mapping.kind)
        self._engine = duckdb.connect()
        self._engine.execute(sql("values"))
        words: dict[str, Any] = {name: list(entries) for name, entries in self.mapping.words.items()}
        scales = {f"{c.name}_scale": 1.0 for c in self._kind.columns if c.type == "amount"}
        scales.update({f"{name}_scale": factor for name, factor in self.mapping.scale.items()})
        formats = list(self.mapping.date_formats) or [PLAIN_FORMAT]
        fallbacks = {f"{name}_fallback": list(self.mapping.fallback.get(name, ())) for name in DATED_BY_FALLBACK}
        variables = {**words, **fallbacks, **scales, "date_formats": formats, "recorded_on": self.recorded_on}
        for name, value in variables.items():
            self._engine.execute(f'SET VARIABLE "{name}" = $1{"::VARCHAR[]" if isinstance(value, list) else ""}', [value])
        self._query = sql(f"check_{self._kind.name}")

    def check(self, batch: RawBatch) -> Checked:
        """Check one batch; every row of it is either good or set aside with all its reasons."""
        raw = self._canonical(batch)
        checked = self._run(self._query, "raw", raw)
        fails = checked.column("fails")
        fits = pc.invert(fails)
        faults = [name for name in checked.column_names if name.startswith(FAULT)]
        notes = [name for name in checked.column_names if name.startswith(NOTE)]
        for name in notes:
            self.notes[name.removeprefix(NOTE)] += pc.sum(pc.and_(checked.column(name), fits)).as_py() or 0
        good = checked.drop_columns([*faults, *notes, "fails"])
        if not pc.any(fails).as_py():
            return Checked(good, batch.broken)
        failing = pc.indices_nonzero(fails)
        set_aside = self._explained(batch.rows.take(failing), raw.take(failing), checked.select(faults).take(failing))
        return Checked(good.filter(fits), sorted([*batch.broken, *set_aside], key=lambda row: row.row_number))

    def note_messages(self) -> list[Message]:
        """Say what has been assumed about the rows so far."""
        return [note(what, count, self.mapping) for what, count in sorted(self.notes.items()) if count]

    def _explained(self, rows: pa.Table, raw: pa.Table, faults: pa.Table) -> list[SetAsideRow]:
        latest = self.recorded_on + timedelta(days=DAYS_AHEAD)
        explained = []
        for source, values, found in zip(rows.to_pylist(), raw.to_pylist(), faults.to_pylist(), strict=True):
            number = values.pop("row_number")
            texts = {name: text or "" for name, text in values.items()}
            reasons = [
                reason(fault, self._kind, texts, self.mapping, latest) for fault, holds in found.items() if holds
            ]
            cells = {header: text or "" for header, text in source.items()}
            explained.append(SetAsideRow(number, cells, tuple(reasons)))
        return explained

    def _run(self, query: str, name: str, table: pa.Table) -> pa.Table:
        self._engine.register(name, table)
        try:
            return self._engine.sql(query).to_arrow_table()
        finally:
            self._engine.unregister(name)

    def _canonical(self, batch: RawBatch) -> pa.Table:
        """Lay the file's columns under the canonical names, all as tidy text; columns the file lacks are empty."""
        columns: dict[str, Any] = {"row_number": pa.array(batch.row_numbers, pa.int64())}
        empty = pa.nulls(batch.rows.num_rows, pa.string())
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
        self._engine = duckdb.connect()
        self._engine.execute(sql("values"))
        self._engine.execute('SET VARIABLE "date_formats" = $1', [[PLAIN_FORMAT, "%m/%d/%Y", "%d/%m/%Y"]])
        for name, words in DEFAULT_WORDS.items():
            self._engine.execute(f'SET VARIABLE "{name}" = $1', [list(words)])

    def share(self, type_: ColumnType, texts: Sequence[str]) -> float | None:
        """Give the share of the filled texts that read as the type; None for plain text, or where none is filled."""
        if type_ not in READERS:
            return None
        query = sql("readable").replace("reader(", f"{READERS[type_]}(")
        ((share,),) = self._engine.execute(query, {"texts": tidy(pa.array(texts, pa.string()), "text").to_pylist()}).fetchall()
        return None if share is None else float(share)
