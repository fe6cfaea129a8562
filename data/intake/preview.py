"""A look at a file before anything is stored: how it would be read, and its first rows both ways."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from data.intake.batch import RawBatch
from data.intake.check import Checker
from data.intake.choose import Choice, propose_mapping
from data.intake.kinds import kind_named
from data.intake.load import today
from data.intake.mapping import known_mappings
from data.intake.propose import missing_columns
from data.intake.report import Preview
from data.intake.source import open_source
from texts import N_, Message

ROWS = 20


def preview(
    path: Path,
    mapping: Choice | None = None,
    *,
    kind: str | None = None,
    recorded_on: date | None = None,
    mapping_folders: Iterable[Path] = (),
) -> Preview:
    """Show how a file would be read, with a proposed mapping where none is given; stores nothing.

    Raises Problem for a file that cannot be read at all, or an unknown mapping or kind.
    """
    path = Path(path)
    known = known_mappings(mapping_folders)
    if kind is not None:
        kind_named(kind)
    source = open_source(path, known.values())
    proposal = propose_mapping(source, mapping, kind, known)
    resolution = proposal.resolution
    first = next(source.batches(), None)
    rows = (
        first.rows.slice(0, ROWS)
        if first is not None
        else pa.table({h: pa.array([], pa.string()) for h in source.headers})
    )
    problems = []
    stored = pd.DataFrame(columns=list(kind_named(resolution.mapping.kind).names))
    if resolution.missing or proposal.guesses & set(kind_named(resolution.mapping.kind).required):
        lacking = missing_columns(proposal, source.headers)
        problems += lacking.parts()
    if not resolution.missing and first is not None:
        checker = Checker(resolution.mapping, recorded_on or today())
        last = int(first.row_numbers[: rows.num_rows].max(initial=0))
        broken = [row for row in first.broken if row.row_number <= last]
        batch = RawBatch(rows, first.row_numbers[: rows.num_rows], broken)
        checked = list(checker.checked([batch]))
        good = pa.concat_tables([part.good for part in checked])
        stored = good.select([*kind_named(resolution.mapping.kind).names]).to_pandas()
        problems += [
            Message(N_("Row {row}: {reason}"), {"row": row.row_number, "reason": reason})
            for part in checked
            for row in part.set_aside
            for reason in row.reasons
        ]
    return Preview(
        kind=resolution.mapping.kind,
        format=source.format,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        header_row=source.header_row,
        mapping=resolution.mapping,
        proposed=resolution.found,
        guesses=proposal.guesses,
        headers=source.headers,
        unmapped=resolution.unmapped,
        missing=resolution.missing,
        rows_as_read=rows.to_pandas().fillna(""),
        rows_as_stored=stored,
        problems=tuple(problems),
    )
