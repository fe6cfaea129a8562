"""A file as a table of text: finds out the format, where the header is, and gives the rows batch by batch."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np

from data.intake import lines, transcripts
from data.intake.batch import RawBatch, raw_row, text_table
from data.intake.columnar import ParquetSource
from data.intake.decode import Digest, Encoding, encoding_of, not_text, text_blocks
from data.intake.header import LOOKED_AT, column_names, find_header
from data.intake.mapping import ColumnMapping, normalised
from data.intake.report import SetAsideRow
from data.intake.sheets import open_workbook
from data.intake.speech import named_by_file
from texts import N_, Message, Problem

LARGEST_DOCUMENT = 64 * 2**20  # bytes of one JSON document, which is read as a whole
Format = Literal["csv", "xlsx", "xls", "parquet", "jsonl"]
DELIMITERS = (",", "\t", ";", "|")
FIRST_BLOCK = 1 << 18
SHEET_BATCH = 8192


@dataclass(frozen=True)
class Source:
    """A file ready to be read.

    `batches()` starts from the beginning each time it is called. `total` is the number of rows where it is known
    beforehand; `digest` holds the SHA-256 once everything has been read; `notes` say what was chosen in reading.
    """

    path: Path
    format: Format
    encoding: Encoding | None
    delimiter: str | None
    sheet: str | None
    header_row: int
    headers: tuple[str, ...]
    total: int | None
    notes: tuple[Message, ...]
    digest: Digest
    batches: Callable[[], Iterator[RawBatch]]


def open_source(path: Path, mappings: Iterable[ColumnMapping], name: str | None = None) -> Source:
    """Open a file by its content, not its name; raises Problem where it is no table, or has no header.

    name: the file's own, where it lies under another; it names a call that does not name itself.
    """
    mappings = tuple(mappings)
    known = frozenset(
        normalised(column)
        for mapping in mappings
        for source in mapping.columns.values()
        if source.how not in ("same_as", "constant")
        for column in source.columns
    )
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise Problem(
            Message(N_("The file {file} cannot be opened: {reason}"), {"file": path.name, "reason": error.strerror}),
            Message(N_("Check that it exists and may be read.")),
        ) from error
    if not head:
        raise Problem(
            Message(N_("The file {file} is empty."), {"file": path.name}), Message(N_("Export it again and send it."))
        )
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if head.startswith(b"PK\x03\x04"):
        if not _holds_workbook(path):
            raise _packed(path)
        return _workbook(path, "xlsx", known)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path, "xls", known)
    if head.startswith((b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"(\xb5/\xfd")):
        raise _packed(path)
    encoding = encoding_of(path)
    first = next(text_blocks(path, encoding, Digest(), FIRST_BLOCK), b"").decode("utf-8", "replace")
    texts = first.split("\n")[:-1]
    content = first.lstrip("\ufeff \t\n")
    if content.startswith("{") and transcripts.first_headers(texts) and _several_lines(path, encoding):
        return _json_lines(path, encoding, texts)
    if content.startswith(("{", "[{", "[ ", "[\n", "[\r", "[]")):
        return _json_document(path, encoding, Path(name or path.name).stem, _call_names(mappings))
    if content[:200].lower().startswith(("<!doctype", "<html", "<table", "<?xml", "<meta", "<head")):
        raise Problem(
            Message(N_("The file {file} is a web page, whatever its name says."), {"file": path.name}),
            Message(N_("Open it in Excel, save it as .xlsx and send that.")),
        )
    if not content.strip():
        raise Problem(
            Message(N_("The file {file} is empty."), {"file": path.name}), Message(N_("Export it again and send it."))
        )
    return _delimited(path, encoding, texts, known)


def _delimited(path: Path, encoding: Encoding, texts: list[str], known: frozenset[str]) -> Source:
    delimiter = _delimiter(texts)
    records = lines.split_texts(texts, delimiter)
    filled = [record for record in records if any(record[1])]
    line, cells = filled[find_header([cells for _, cells in filled], known)]
    after = next((start for start, _ in records if start > line), line + 1)
    headers = column_names(cells)
    layout = lines.Layout(delimiter, headers, after)
    digest = Digest()
    size = path.stat().st_size

    def batches() -> Iterator[RawBatch]:
        digest.restart()
        for batch in lines.batches(text_blocks(path, encoding, digest), layout):
            yield RawBatch(batch.rows, batch.row_numbers, batch.broken, digest.size / max(size, 1))

    return Source(path, "csv", encoding, delimiter, None, line + 1, headers, None, (), digest, batches)


def _delimiter(texts: list[str]) -> str:
    """Choose the delimiter that gives most of the first lines the same number of fields, and the more the better."""
    looked_at = [text for text in texts[:200] if text.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(cells) for _, cells in lines.split_texts(looked_at, delimiter))
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (count * (width - 1), width)

    return max(DELIMITERS, key=agreement) if looked_at else ","


def _workbook(path: Path, format_: Format, known: frozenset[str]) -> Source:
    book = open_workbook(path)
    chosen: tuple[str, int, list[str]] | None = None
    others: list[str] = []
    refusal: Problem | None = None
    for name in book.names:
        rows = list(islice(book.rows(name), LOOKED_AT))
        if not any(any(row) for row in rows):
            continue
        if chosen:
            others.append(name)
            continue
        try:
            index = find_header(rows, known)
            chosen = (name, index, rows[index])
        except Problem as problem:
            others.append(name)
            refusal = problem
    if chosen is None:
        raise refusal or Problem(
            Message(N_("The file {file} is empty."), {"file": path.name}), Message(N_("Export it again and send it."))
        )
    name, index, cells = chosen
    headers = column_names(cells)
    notes = (
        (
            Message(
                N_("Only the sheet {sheet} was read; not read: {others}."),
                {"sheet": name, "others": ", ".join(others)},
            ),
        )
        if others
        else ()
    )
    digest = Digest()
    digest.update(path.read_bytes())
    total = max(book.row_count(name) - index - 1, 0)

    def batches() -> Iterator[RawBatch]:
        rows = enumerate(book.rows(name), start=1)
        yield from _sheet_batches(islice(rows, index + 1, None), headers, total)

    return Source(path, format_, None, None, name, index + 1, headers, total, notes, digest, batches)


def _sheet_batches(rows: Iterator[tuple[int, list[str]]], headers: tuple[str, ...], total: int) -> Iterator[RawBatch]:
    width = len(headers)
    done = 0
    while chunk := list(islice(rows, SHEET_BATCH)):
        done += len(chunk)
        filled = [
            (number, cells + [""] * (width - len(cells))) for number, cells in chunk if any(map(str.strip, cells))
        ]
        good = [(number, cells[:width]) for number, cells in filled if not any(map(str.strip, cells[width:]))]
        broken = [
            SetAsideRow(
                number,
                raw_row(headers, cells),
                (Message(N_("The row has cells to the right of the last column of the header.")),),
            )
            for number, cells in filled
            if any(map(str.strip, cells[width:]))
        ]
        table = text_table(headers, [cells for _, cells in good])
        numbers = np.array([number for number, _ in good], np.int64)
        yield RawBatch(table, numbers, broken, done / max(total, done))


def _parquet(path: Path) -> Source:
    parquet = ParquetSource(path)
    digest = Digest()
    with path.open("rb") as file:
        while chunk := file.read(FIRST_BLOCK):
            digest.update(chunk)
    return Source(path, "parquet", None, None, None, 0, parquet.headers, parquet.rows, (), digest, parquet.batches)


def _json_lines(path: Path, encoding: Encoding, texts: list[str]) -> Source:
    headers = transcripts.first_headers(texts)
    if not headers:
        raise not_text()
    digest = Digest()
    size = path.stat().st_size

    def batches() -> Iterator[RawBatch]:
        digest.restart()
        for batch in transcripts.batches(text_blocks(path, encoding, digest), headers):
            yield RawBatch(batch.rows, batch.row_numbers, batch.broken, digest.size / max(size, 1))

    return Source(path, "jsonl", encoding, None, None, 0, headers, None, (), digest, batches)


def _several_lines(path: Path, encoding: Encoding) -> bool:
    """Tell whether more than one line of a file holds anything."""
    filled = (line for block in text_blocks(path, encoding, Digest(), FIRST_BLOCK) for line in block.split(b"\n"))
    return len(list(islice((line for line in filled if line.strip()), 2))) > 1


def _call_names(mappings: Iterable[ColumnMapping]) -> frozenset[str]:
    """Give what the number of a call is called in the files that are known."""
    sources = (mapping.columns.get("interaction_id") for mapping in mappings if mapping.kind == "interactions")
    return frozenset(normalised(name) for source in sources if source is not None for name in source.columns)


def _json_document(path: Path, encoding: Encoding, stem: str, call_names: frozenset[str]) -> Source:
    """Open one JSON document, a list of conversations or a single one, as if each stood on a line of its own."""
    digest = Digest()
    problem = Problem(
        Message(N_("The file {file} is not valid JSON."), {"file": path.name}),
        Message(N_("Send one conversation or turn a line (JSON Lines), or one JSON list of conversations.")),
    )
    if path.stat().st_size > LARGEST_DOCUMENT:
        raise problem
    try:
        held = named_by_file(json.loads(b"".join(text_blocks(path, encoding, digest))), stem, call_names)
    except (ValueError, RecursionError):
        raise problem from None
    lines = [json.dumps(record, ensure_ascii=False) for record in (held if isinstance(held, list) else [held])]
    headers = transcripts.first_headers(lines)
    if not headers:
        raise Problem(
            Message(N_("The file {file} holds no turn of a conversation."), {"file": path.name}),
            Message(N_("Send one conversation or turn a line (JSON Lines), or one JSON list of conversations.")),
        )

    def batches() -> Iterator[RawBatch]:
        digest.restart()
        for _ in text_blocks(path, encoding, digest):
            pass
        yield from transcripts.batches(iter([("\n".join(lines) + "\n").encode("utf-8", "replace")]), headers)

    return Source(path, "jsonl", encoding, None, None, 0, headers, None, (), digest, batches)


def _holds_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _packed(path: Path) -> Problem:
    return Problem(
        Message(N_("The file {file} is packed, or a broken workbook."), {"file": path.name}),
        Message(N_("Unpack it, or save it anew in Excel, and send the table inside.")),
    )
