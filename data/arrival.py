"""The one way a file becomes part of the store, whoever brings it: real data take the demo's place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.demo_store import delete_demo
from data.intake import ImportReport, Progress, import_file
from data.intake.mapping import ColumnMapping
from data.store import Store


def bring_in(
    store: Store,
    path: Path,
    *,
    mapping: ColumnMapping | str | None = None,
    kind: str | None = None,
    recorded_on: date | None = None,
    name: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Import a file in one transaction; the demo bank goes in the same transaction where the store holds it.

    recorded_on: the day on which the file says what it says, today where not given. name: the file's own, where it lies
    under another. Raises Problem for a file that
    cannot be read as a whole; then nothing has changed, and the demo is still there.
    """
    with store.writing() as cursor:
        replaces_demo = delete_demo(cursor)
        report = import_file(
            cursor,
            path,
            mapping=mapping,
            kind=kind,
            recorded_on=recorded_on,
            name=name,
            progress=progress,
            mapping_folders=[store.mappings],
        )
        if report.kind == "interactions" and not replaces_demo:
            store.only_turns()
        return report
