"""A place for rows on their way: in memory while they are few, in a temporary file when they are many."""

from __future__ import annotations

import tempfile
from typing import IO

import pyarrow as pa

MEMORY_BYTES = 24 << 20


class Spool:
    """Holds tables of one schema and gives them back in order, any number of times.

    What does not fit into memory goes to a file without a name, which vanishes with the process however it ends.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0
        self._file: IO[bytes] | None = None
        self._writer: pa.ipc.RecordBatchStreamWriter | None = None
        self._schema: pa.Schema | None = None
        self.rows = 0

    def add(self, table: pa.Table) -> None:
        """Take in a table; an empty one only tells the schema."""
        self._schema = self._schema or table.schema
        self.rows += table.num_rows
        self._bytes += table.nbytes
        self._held += table.to_batches()
        if self._bytes > self._memory_bytes:
            self._write()

    def reader(self) -> pa.RecordBatchReader:
        """Give everything taken in as a stream of record batches; nothing can be added afterwards."""
        if self._file is None:
            return pa.RecordBatchReader.from_batches(self._known_schema(), self._held)
        if self._writer is not None:
            self._write()
            self._writer.close()
            self._writer = None
        self._file.seek(0)
        return pa.ipc.open_stream(self._file)

    def no_rows(self) -> pa.RecordBatchReader:
        """Give a stream of the same columns without rows."""
        return pa.RecordBatchReader.from_batches(self._known_schema(), [])

    def close(self) -> None:
        """Let go of what is held."""
        self._held.clear()
        if self._file is not None:
            self._file.close()

    def _known_schema(self) -> pa.Schema:
        if self._schema is None:
            raise ValueError("nothing has been taken in, not even a schema")
        return self._schema

    def _write(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="resolution_watch_")  # noqa: SIM115 - closed by close()
            self._writer = pa.ipc.new_stream(self._file, self._schema)
        if self._writer is None:
            raise ValueError("nothing can be added after reading")
        for batch in self._held:
            self._writer.write_batch(batch)
        self._held.clear()
        self._bytes = 0
