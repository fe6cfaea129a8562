"""What every reader of a format hands on: rows as text under the file's own headers, and rows that are no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from data.intake.report import SetAsideRow


@dataclass(frozen=True)
class RawBatch:
    """A stretch of a file.

    `rows`: one text column for each header, in the header's order; an empty cell is null or ''. `row_numbers`: each
    row's number in the file, from 1 (the line it starts on in a text file, the sheet's row in a workbook).
    `broken`: rows that could not be taken apart, with their reasons. `share`: how much of the file has been read.
    """

    rows: pa.Table
    row_numbers: np.ndarray
    broken: list[SetAsideRow] = field(default_factory=list)
    share: float | None = None


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> pa.Table:
    """Build a table of text columns from rows of cells, each row as long as `headers`."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(headers)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(headers))


def raw_row(headers: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Give header → text of one row; cells beyond the header are named +1, +2, …"""
    named = dict(zip(headers, cells, strict=False))
    named.update((f"+{i}", cell) for i, cell in enumerate(cells[len(headers) :], start=1))
    return named
