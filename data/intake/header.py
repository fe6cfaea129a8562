"""Where a table's header stands, below title rows, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from data.intake.mapping import normalised
from texts import N_, Message, Problem

LOOKED_AT = 40
VALUE = re.compile(r"[-+]?[\d０-９][\d０-９,./:\-年月日 ]*")


def find_header(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """Give the index of the header among the first rows.

    `known` are the normalised headers of all mappings. The row with most known headers is it (two at least); without
    any, the first row that is as wide as most rows and holds names only. Raises Problem where no row qualifies.
    """
    looked_at = rows[:LOOKED_AT]
    hits = [len({normalised(cell) for cell in row if cell} & set(known)) for row in looked_at]
    if hits and max(hits) >= 2:
        return hits.index(max(hits))
    widths = Counter(len(filled) for row in looked_at if len(filled := [c for c in row if c.strip()]) > 1)
    if widths:
        usual = max(widths, key=lambda width: (widths[width], width))
        for index, row in enumerate(looked_at):
            filled = [cell for cell in row if cell.strip()]
            if len(filled) >= usual and len(set(filled)) == len(filled) and not any(map(VALUE.fullmatch, filled)):
                return index
    raise Problem(
        Message(N_("No row of the file reads as a header.")),
        Message(N_("Put one row with the column names above the data, such as 工单编号, 客户编号, 受理时间.")),
    )


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Give a name to every column of a header: an empty one is called by its place (#3), a repeated one counted."""
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"#{place}"
        twin, count = name, 2
        while twin in names:
            twin, count = f"{name} ({count})", count + 1
        names.append(twin)
    return tuple(names)
