"""Excel workbooks (.xlsx, .xls): cells as text, merged cells filled, numbers and dates written out plainly.

Formulas are never evaluated: a cell counts with the value that the workbook keeps for it.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from texts import N_, Message, Problem

# A workbook is unpacked in memory as a whole: these limits keep one prepared to burst from bringing the app down.
# A million rows of fifteen columns are about 1 GB of XML and belong into a CSV file.
LARGEST_UNPACKED = 1 << 30
MOST_FILLED = 6_000_000  # about 170 bytes each while being read
MOST_PLACES = 20_000_000  # rows × columns, about 30 bytes each where empty
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
WIDE_CELL = re.compile(rb'\br="([A-Z]{2,3})\d+"')
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b")
MOST_MERGES = 200_000


@dataclass(frozen=True)
class Workbook:
    """An opened workbook: the names of its visible sheets, in its own order."""

    names: tuple[str, ...]
    _book: CalamineWorkbook
    _sheets: dict[str, CalamineSheet] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[list[str]]:
        """Give the rows of a sheet as text, from the sheet's first row on; raises Problem where it cannot be read."""
        with reading():
            yield from _filled(self._sheet(name))

    def row_count(self, name: str) -> int:
        """Give the number of the last row of a sheet that holds anything."""
        with reading():
            last = self._sheet(name).end
            return 0 if last is None else int(last[0]) + 1

    def _sheet(self, name: str) -> CalamineSheet:
        """Give a sheet, unpacked once however often it is read."""
        if name not in self._sheets:
            self._sheets[name] = self._book.get_sheet_by_name(name)
        return self._sheets[name]


def open_workbook(path: Path) -> Workbook:
    """Open a workbook; raises Problem where it is none, has a password, or would be too large unpacked."""
    if zipfile.is_zipfile(path):
        _check_size(path)
    with reading():
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        names = tuple(
            meta.name
            for meta in book.sheets_metadata
            if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
        )
    return Workbook(names, book)


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever a broken workbook does to the reader into a Problem."""
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _unreadable(error) from error
    except BaseException as error:
        # A Rust panic inside the reader arrives as an exception outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(error) from error


def cell_text(value: Any) -> str:
    """Write a cell's value as text: whole numbers without a point, dates as 2025-03-05, times to the second."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _plain(value)
    if isinstance(value, datetime):
        rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return f"{rounded:%Y-%m-%d}" if rounded.time() == time() else f"{rounded:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(round(value.total_seconds()))
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _plain(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""


def _filled(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Give a sheet's rows; a merged range shows its value in every cell it covers, unless it is a wide title."""
    first_column = (sheet.start or (0, 0))[1]
    merges = sorted(
        (top, bottom, left - first_column, right - first_column)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        if right - left + 1 < max(2, sheet.width * 2 // 3)
    )
    open_merges: list[tuple[int, int, int, str]] = []
    upcoming = 0
    for number, values in enumerate(sheet.iter_rows()):
        row = [cell_text(value) for value in values]
        while upcoming < len(merges) and merges[upcoming][0] <= number:
            top, bottom, left, right = merges[upcoming]
            upcoming += 1
            if top == number and 0 <= left < len(row) and row[left]:
                open_merges.append((bottom, left, right, row[left]))
        if open_merges:
            open_merges = [merge for merge in open_merges if merge[0] >= number]
            for _bottom, left, right, text in open_merges:
                row[left : right + 1] = [text] * (min(right + 1, len(row)) - left)
        yield row


def _check_size(path: Path) -> None:
    """Refuse a workbook that would not fit into memory; looks at every row and every cell right of column Z."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise _too_large()
            for entry in entries:
                with archive.open(entry) as part:
                    _check_part(part)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError) as error:
        raise _unreadable(error) from error


def _check_part(part: IO[bytes]) -> None:
    rows = columns = merges = cells = 0
    tail = b""
    while chunk := part.read(1 << 20):
        piece = tail + chunk
        rows = max([rows, *(int(number) for number in ROW.findall(piece))])
        columns = max([columns, 26, *(_column_number(letters) for letters in set(WIDE_CELL.findall(piece)))])
        merges += len(MERGE.findall(chunk))
        cells += chunk.count(b"<v>") + chunk.count(b"<is>")
        if rows * columns > MOST_PLACES or cells > MOST_FILLED or merges > MOST_MERGES:
            raise _too_large()
        tail = piece[-200:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large() -> Problem:
    return Problem(
        Message(
            N_("The workbook is too large: more than {cells} filled cells, {places} places or {size} MB unpacked."),
            {"cells": f"{MOST_FILLED:,}", "places": f"{MOST_PLACES:,}", "size": LARGEST_UNPACKED >> 20},
        ),
        Message(N_("Delete formatting beyond the data, or save the sheet as CSV and send that.")),
    )


def _unreadable(error: BaseException) -> Problem:
    return Problem(
        Message(
            N_("The workbook cannot be read: {reason}"), {"reason": str(error).splitlines()[0] if str(error) else ""}
        ),
        Message(N_("Open it in Excel, remove any password, save it anew as .xlsx and send it again.")),
    )
