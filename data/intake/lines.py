"""From lines to records: takes the lines of a delimited text apart, exactly and quickly.

Well-formed stretches are judged as arrays and parsed by Arrow; only lines with something odd (a stray quotation
mark, a field over several lines, the wrong number of fields) are looked at one by one. A quotation mark that never
closes costs its own line, never the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from data.intake.batch import RawBatch, raw_row, text_table
from data.intake.report import SetAsideRow
from texts import N_, Message

NEWLINE, QUOTE = 10, 34
# A field may run over this many lines; a longer one is taken for a quotation mark that was never closed.
FIELD_LINES = 400
PARSE_BYTES = 2 << 20
UNCLOSED = N_("A quotation mark opens in this row and never closes. Close or remove it.")


@dataclass(frozen=True)
class Layout:
    """How a text file is laid out: its delimiter, its headers, and the number of lines before the first row."""

    delimiter: str
    headers: tuple[str, ...]
    lines_before: int


@dataclass
class _Lines:
    """The lines of a block as arrays: where each starts and ends, its quotation marks and its fields."""

    data: bytes
    starts: np.ndarray
    ends: np.ndarray
    fields: np.ndarray
    tidy: np.ndarray
    """Whether the line stands by itself: its quotation marks open at a field's start and close at a field's end."""

    def text(self, first: int, last: int | None = None) -> str:
        """Give the text of a line, or of the lines up to `last`, without the final line end."""
        end = self.ends[first if last is None else last]
        return self.data[self.starts[first] : end].decode("utf-8", "replace")


def batches(blocks: Iterator[bytes], layout: Layout) -> Iterator[RawBatch]:
    """Take blocks of whole lines apart; every line that is not blank ends in exactly one row, good or broken."""
    line_number = 1
    skip = layout.lines_before
    rest = b""
    for block in blocks:
        data = block
        while skip and data:
            data = data[data.index(b"\n") + 1 :]
            skip -= 1
            line_number += 1
        data = rest + data
        if data:
            batch, used = _batch(data, layout, line_number, last=False)
            line_number += data.count(b"\n", 0, used)
            rest = data[used:]
            yield batch
    if rest:
        yield _batch(rest, layout, line_number, last=True)[0]


def _batch(data: bytes, layout: Layout, first_number: int, *, last: bool) -> tuple[RawBatch, int]:
    """Take a block apart; give the batch and the bytes used (a field still open at the end is left for the next)."""
    lines = _lines(data, layout.delimiter)
    width = len(layout.headers)
    count = len(lines.ends)
    good = lines.tidy & (lines.fields == width) & ~_only_delimiters(lines, width)
    if b"\0" in data or not _is_utf8(data):
        good &= _readable(lines)
    odd = np.flatnonzero(~good & (lines.ends > lines.starts))
    repaired: list[tuple[int, list[str]]] = []
    broken: list[SetAsideRow] = []
    taken_to = 0
    used = len(data)
    for i in odd.tolist():
        if i < taken_to:
            continue
        text = lines.text(i)
        if not text.strip(layout.delimiter + " \t\u3000\ufeff"):
            continue
        reason, cells, lines_used = _odd_record(lines, i, layout)
        if lines_used == 0 and not last:
            used = int(lines.starts[i])
            good[i:] = False
            break
        if reason is None:
            repaired.append((i, cells))
            good[i : i + lines_used] = False
        else:
            broken.append(SetAsideRow(first_number + i, raw_row(layout.headers, cells), (reason,)))
        taken_to = i + max(lines_used, 1)
    table = _parsed(lines, good, layout)
    numbers = np.flatnonzero(good) + first_number
    if repaired:
        table = pa.concat_tables([table, text_table(layout.headers, [cells for _, cells in repaired])])
        numbers = np.concatenate([numbers, np.array([i for i, _ in repaired]) + first_number])
    assert len(numbers) == table.num_rows <= count
    return RawBatch(table, numbers, broken), used


def _odd_record(lines: _Lines, i: int, layout: Layout) -> tuple[Message | None, list[str], int]:
    """Look at one odd line: a reason or None, its cells, and the lines it takes (0: it may go on in the next block)."""
    width = len(layout.headers)
    text = lines.text(i)
    reader = csv.reader([text, ""], delimiter=layout.delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return Message(N_("The row has a field too long to be read.")), [text], 1
    if "\0" in text:
        return (
            Message(N_("The row holds NUL bytes, which no text has. Export the file again.")),
            [cell.replace("\0", "") for cell in cells],
            1,
        )
    if "\ufffd" in text and not _is_utf8(lines.data[lines.starts[i] : lines.ends[i]]):
        return Message(N_("The row holds bytes that do not fit the file's encoding. Export it again.")), cells, 1
    if reader.line_num == 1:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) == width:
            return None, cells, 1
        if text.count('"') % 2:
            return Message(UNCLOSED), cells, 1
        return (
            Message(
                N_("The row has {found} fields where the header has {expected}. Check its delimiters and quotes."),
                {"found": len(cells), "expected": width},
            ),
            cells,
            1,
        )
    whole, lines_used = _over_several_lines(lines, i, layout)
    if whole is not None:
        return None, whole, lines_used
    return Message(UNCLOSED), text.split(layout.delimiter), lines_used


def _over_several_lines(lines: _Lines, i: int, layout: Layout) -> tuple[list[str] | None, int]:
    """Try to read a record over several lines; give its cells and lines, or None and 1 (stray) or 0 (cut off here)."""
    end = min(i + FIELD_LINES, len(lines.ends))
    swallowing = False

    def texts() -> Iterator[str]:
        nonlocal swallowing
        for k in range(i, end):
            text = lines.text(k)
            if k > i and _looks_like_row(text, layout):
                swallowing = True
                return
            yield text + "\n"

    reader = csv.reader(texts(), delimiter=layout.delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error as error:
        cut_off = "unexpected end" in str(error) and not swallowing and end - i < FIELD_LINES
        return None, 0 if cut_off else 1
    return (cells, int(reader.line_num)) if len(cells) == len(layout.headers) else (None, 1)


def _looks_like_row(text: str, layout: Layout) -> bool:
    """Tell whether a line inside an open field is rather a row of its own: as many fields, none led by a space."""
    fields = text.split(layout.delimiter)
    return len(fields) == len(layout.headers) > 2 and not any(field.startswith(" ") for field in fields)


def _lines(data: bytes, delimiter: str) -> _Lines:
    buffer = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(buffer == NEWLINE)
    starts = np.concatenate([[0], ends[:-1] + 1])
    delimiters = np.flatnonzero(buffer == ord(delimiter))
    delimiters_to = np.searchsorted(delimiters, ends)
    fields = np.diff(delimiters_to, prepend=0) + 1
    tidy = np.ones(len(ends), bool)
    if b'"' not in data:
        return _Lines(data, starts, ends, fields, tidy)
    quotes = np.flatnonzero(buffer == QUOTE)
    quotes_to = np.searchsorted(quotes, ends)
    per_line = np.diff(quotes_to, prepend=0)
    before_line = quotes_to - per_line
    line_of = np.repeat(np.arange(len(ends)), per_line)
    opens = (np.arange(len(quotes)) - before_line[line_of]) % 2 == 0
    neighbour = np.where(opens, buffer[quotes - 1], buffer[quotes + 1])
    if quotes[0] == 0:
        neighbour[0] = NEWLINE
    in_place = (neighbour == ord(delimiter)) | (neighbour == NEWLINE) | (neighbour == QUOTE)
    tidy = (per_line % 2 == 0) & (np.bincount(line_of[~in_place], minlength=len(ends)) == 0)
    line_of = np.repeat(np.arange(len(ends)), fields - 1)
    inside = (np.searchsorted(quotes, delimiters) - before_line[line_of]) % 2 == 1
    fields = fields - np.bincount(line_of[inside], minlength=len(ends))
    return _Lines(data, starts, ends, fields, tidy)


def _parsed(lines: _Lines, good: np.ndarray, layout: Layout) -> pa.Table:
    """Parse the good lines, each a record of the right width."""
    count = int(good.sum())
    if count == 0:
        return text_table(layout.headers, [])
    data = lines.data
    longest = int((lines.ends - lines.starts)[good].max()) + 2
    if count < len(good):
        keep = np.repeat(good, lines.ends - lines.starts + 1)
        data = np.frombuffer(data, np.uint8)[keep].tobytes()
    table = arrow_csv.read_csv(
        pa.py_buffer(data),
        read_options=arrow_csv.ReadOptions(column_names=list(layout.headers), block_size=max(PARSE_BYTES, longest)),
        parse_options=arrow_csv.ParseOptions(delimiter=layout.delimiter),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(layout.headers, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    if table.num_rows != count:
        raise AssertionError(f"{table.num_rows} records parsed from {count} lines")
    return table


def _only_delimiters(lines: _Lines, width: int) -> np.ndarray:
    only: np.ndarray = (lines.ends - lines.starts == width - 1) & (lines.fields == width)
    return only


def _is_utf8(data: bytes) -> bool:
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _readable(lines: _Lines) -> np.ndarray:
    def reads(line: bytes) -> bool:
        try:
            line.decode()
        except UnicodeDecodeError:
            return False
        return b"\0" not in line

    bounds = zip(lines.starts.tolist(), lines.ends.tolist(), strict=True)
    return np.array([reads(lines.data[start:end]) for start, end in bounds], bool)


def split_texts(texts: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Split the first lines of a file for a look at its layout: (line index, cells) of every record."""
    records: list[tuple[int, list[str]]] = []
    i = 0
    while i < len(texts):
        reader = csv.reader([text + "\n" for text in texts[i : i + FIELD_LINES]], delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
            used = reader.line_num
        except (csv.Error, StopIteration):
            cells, used = texts[i].split(delimiter), 1
        records.append((i, [cell.replace("\n", " ").strip() for cell in cells]))
        i += used
    return records
