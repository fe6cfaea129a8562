"""From bytes to lines of UTF-8: which encoding a text file has, and its text in blocks of whole lines."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from texts import N_, Message, Problem

Encoding = Literal["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"]
BLOCK_BYTES = 4 << 20
SAMPLE_BYTES = 1 << 20
# A line longer than this is no line: the file is not text of the kind we read (a field of a narrative has some kB).
LONGEST_LINE = 64 << 20
BOMS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Share of the lines with non-ASCII bytes that must read well before an encoding is believed.
SHARE_OF_LINES = 0.9
# A lone surrogate cannot be written as UTF-8: it marks a line whose bytes did not fit the encoding.
UNREADABLE = "\ud800"


class Digest:
    """SHA-256 and size of what has been read so far."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what has been taken in."""
        self.size = 0
        self._hash = hashlib.sha256()

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """The digest so far, in hex."""
        return self._hash.hexdigest()


def encoding_of(path: Path) -> Encoding:
    """Give the encoding of a text file, from its mark, its NUL bytes, or what decodes strictly: UTF-8, then GB18030.

    The judgement rests on a megabyte from the first non-ASCII byte on. A few broken lines do not decide: they are set
    aside later. Raises Problem where neither encoding reads nine tenths of the lines, or the file is not text.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        for bom, encoding in BOMS:
            if head.startswith(bom):
                return encoding
        utf16 = _utf16_by_zeros(head)
        if utf16:
            return utf16
        sample = head
        while sample and sample.isascii():
            sample = file.read(SAMPLE_BYTES)
        if not sample:
            return "utf-8"
        sample += file.read(SAMPLE_BYTES)
    if head.count(0) > len(head) // 20:
        raise not_text()
    first = next(i for i, byte in enumerate(sample) if byte > 127)
    start = sample.rfind(b"\n", 0, first) + 1
    whole = sample[start : max(sample.rfind(b"\n") + 1, first + 1)]
    if sample.rfind(b"\n") < first:
        whole = sample[start:]
    candidates: tuple[Encoding, ...] = ("utf-8", "gb18030")
    for candidate in candidates:
        try:
            whole.decode(candidate)
            return candidate
        except UnicodeDecodeError:
            continue
    lines = [line for line in whole.split(b"\n") if not line.isascii()]
    shares = {candidate: sum(_reads(line, candidate) for line in lines) / len(lines) for candidate in candidates}
    if shares["utf-8"] >= SHARE_OF_LINES:
        return "utf-8"
    best: Encoding = max(candidates, key=lambda candidate: shares[candidate])
    if len(lines) > 1 and shares[best] < 0.5:
        raise Problem(
            Message(N_("The file's encoding is neither UTF-8, GB18030/GBK nor UTF-16.")),
            Message(N_("Save it as “CSV UTF-8” or as .xlsx and send it again.")),
        )
    return best


def text_blocks(path: Path, encoding: Encoding, digest: Digest, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    r"""Give a text file as UTF-8 in blocks of whole lines, each ending in \n; \r\n and \r are read as \n.

    A line whose bytes do not fit the encoding comes as bytes that are not UTF-8. `digest` takes in the bytes read.
    """
    with path.open("rb") as file:
        rest = b""
        for piece in _transcoded(file, block_bytes, encoding, digest):
            held = rest + piece if rest else piece
            held, rest = (held[:-1], b"\r") if held.endswith(b"\r") else (held, b"")
            if b"\r" in held:
                held = held.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if not held.endswith(b"\n"):
                cut = held.rfind(b"\n") + 1
                held, rest = held[:cut], held[cut:] + rest
            if held:
                yield held
            if len(rest) > LONGEST_LINE:
                raise not_text()
        rest = rest.removesuffix(b"\r")
        if rest:
            yield rest + b"\n"


def not_text() -> Problem:
    """Give the problem of a file that is neither a table in text nor another known format."""
    return Problem(
        Message(N_("The file is not a table that can be read.")),
        Message(N_("Send CSV, Excel (.xlsx, .xls), Parquet or, for calls and chats, JSON Lines.")),
    )


def _pieces(file: BinaryIO, size: int, digest: Digest) -> Iterator[bytes]:
    r"""Give a file in pieces that end in \n where the file has any, so that no line is taken apart twice."""
    while piece := file.read(size):
        if not piece.endswith(b"\n"):
            piece = b"".join((piece, file.readline(LONGEST_LINE)))
        digest.update(piece)
        yield piece


def _transcoded(file: BinaryIO, size: int, encoding: Encoding, digest: Digest) -> Iterator[bytes]:
    pieces = _pieces(file, size, digest)
    if encoding in ("utf-16-le", "utf-16-be"):
        decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        for number, piece in enumerate(pieces):
            text = decoder.decode(piece)
            yield (text.removeprefix("\ufeff") if number == 0 else text).encode("utf-8", "surrogatepass")
        if decoder.getstate()[0]:
            yield UNREADABLE.encode("utf-8", "surrogatepass")
    elif encoding == "gb18030":
        yield from map(_gb18030, pieces)
    elif encoding == "utf-8-sig":
        yield next(pieces).removeprefix(codecs.BOM_UTF8)
        yield from pieces
    else:
        yield from pieces


def _gb18030(data: bytes) -> bytes:
    try:
        return data.decode("gb18030").encode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        lines = [
            line.decode("gb18030") if _reads(line, "gb18030") else line.decode("gb18030", "replace") + UNREADABLE
            for line in data.split(b"\n")
        ]
        return "\n".join(lines).encode("utf-8", "surrogatepass")


def _reads(line: bytes, encoding: Encoding) -> bool:
    try:
        line.decode(encoding).encode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return False
    return True


def _utf16_by_zeros(head: bytes) -> Encoding | None:
    """Tell UTF-16 without a mark by where its zero bytes are: delimiters, digits and line ends all have one."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > pairs // 10 and even * 20 < odd:
        return "utf-16-le"
    if even > pairs // 10 and odd * 20 < even:
        return "utf-16-be"
    return None
