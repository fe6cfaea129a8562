"""What the intake tells: progress while it works, a preview before, a report afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.intake.mapping import ColumnMapping
from texts import N_, Message


@dataclass(frozen=True)
class Progress:
    """How far an import is: what it is doing, rows so far, and, where known, all rows and the share done (0 to 1)."""

    phase: Message
    rows: int
    total: int | None = None
    share: float | None = None


@dataclass(frozen=True)
class Preview:
    """A file as the intake would read it; nothing has been stored.

    `proposed` maps each canonical column to the source columns it would be read from, guesses included; `guesses`
    names the columns among them that rest on likeness rather than a known header. `rows_as_read` holds the first
    rows as text under the file's own headers, `rows_as_stored` the same rows under canonical names, converted
    (rows that would be set aside are left out). `problems` says what would stop the file or set aside rows.
    """

    kind: str
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int
    mapping: ColumnMapping
    proposed: Mapping[str, tuple[str, ...]]
    guesses: frozenset[str]
    headers: tuple[str, ...]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    rows_as_read: pd.DataFrame
    rows_as_stored: pd.DataFrame
    problems: tuple[Message, ...]


@dataclass(frozen=True)
class SetAsideRow:
    """A row that did not pass: its number in the file, its text by source column, and every reason."""

    row_number: int
    raw: Mapping[str, str]
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class ImportReport:
    """What became of every row of one file: rows_read = accepted + unchanged + set_aside.

    `notes` are assumptions made while reading; `examples` the first rows set aside.
    """

    import_id: int
    kind: str
    file_name: str
    mapping: str
    encoding: str | None
    recorded_on: date
    rows_read: int
    accepted: int
    unchanged: int
    set_aside: int
    seconds: float
    demo: bool
    notes: tuple[Message, ...]
    examples: tuple[SetAsideRow, ...]

    @property
    def summary(self) -> Message:
        """The report in one sentence."""
        return Message(
            N_("{file}: {rows_read} rows read, {accepted} accepted, {unchanged} already known, {set_aside} set aside."),
            {
                "file": self.file_name,
                "rows_read": self.rows_read,
                "accepted": self.accepted,
                "unchanged": self.unchanged,
                "set_aside": self.set_aside,
            },
        )
