"""Parquet files and frames in memory: typed columns written out as the text the checks read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.intake.batch import RawBatch
from data.intake.header import column_names
from texts import N_, Message, Problem

BATCH_ROWS = 32_768
# All times are Asia/Shanghai dates (DESIGN section 8).
ZONE = "Asia/Shanghai"


class ParquetSource:
    """An opened Parquet file: headers, number of rows, and its rows as text. Raises Problem where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _reading():
            schema = pq.read_schema(path)
            self.rows = int(pq.read_metadata(path).num_rows)
        self.headers = column_names([str(name) for name in schema.names])

    def batches(self) -> Iterator[RawBatch]:
        """Give the rows as text; a row's number counts from 1 at the first row."""
        done = 0
        with _reading(), pq.ParquetFile(self._path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                table = as_text(pa.Table.from_batches([batch]), self.headers)
                numbers = np.arange(done + 1, done + batch.num_rows + 1)
                done += batch.num_rows
                yield RawBatch(table, numbers, share=done / max(self.rows, 1))


def frame_batches(frame: pa.Table | pd.DataFrame) -> Iterator[RawBatch]:
    """Give a frame's rows as text; a row's number counts from 1."""
    table = pa.Table.from_pandas(frame, preserve_index=False) if isinstance(frame, pd.DataFrame) else frame
    done = 0
    for start in range(0, table.num_rows, BATCH_ROWS):
        part = table.slice(start, BATCH_ROWS)
        numbers = np.arange(done + 1, done + part.num_rows + 1)
        done += part.num_rows
        yield RawBatch(as_text(part, table.column_names), numbers, share=done / table.num_rows)


def as_text(table: pa.Table, headers: tuple[str, ...] | list[str]) -> pa.Table:
    """Write every column as text; raises Problem for a column that is not a plain value a row (a list, a record)."""
    columns = [_text(column, header) for column, header in zip(table.columns, headers, strict=True)]
    return pa.table(columns, names=list(headers))


def _text(column: pa.ChunkedArray, header: str) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            column = pc.local_timestamp(column.cast(pa.timestamp("us", ZONE)))
        return pc.strftime(column.cast(pa.timestamp("us"), safe=False), "%Y-%m-%d %H:%M:%S")
    if pa.types.is_date(kind):
        return pc.strftime(column.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d")
    if pa.types.is_floating(kind):
        whole = pc.all(pc.equal(column, pc.floor(column))).as_py()
        small = pc.all(pc.less(pc.abs(column), 1e15)).as_py()
        column = pc.if_else(pc.is_finite(column), column, None)
        return (column.cast(pa.int64()) if whole is not False and small is not False else column).cast(pa.string())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise Problem(
            Message(N_("The column {column} does not hold plain values."), {"column": header}),
            Message(N_("Write it as text, numbers or dates, or leave it out.")),
        )
    text = column.cast(pa.string())
    if any(b"\0" in buffer.to_pybytes() for chunk in text.chunks for buffer in chunk.buffers()[2:] if buffer):
        text = pc.replace_substring(text, "\0", "")
    return text


class _reading:  # noqa: N801 - reads as a statement: with _reading()
    """Turn what Arrow says about a broken Parquet file into a Problem."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, pa.ArrowException | OSError | UnicodeDecodeError):
            raise Problem(
                Message(
                    N_("The Parquet file cannot be read: {reason}"),
                    {"reason": str(error).splitlines()[0] if str(error) else type(error).__name__},
                ),
                Message(N_("Write it again and send it anew.")),
            ) from error
