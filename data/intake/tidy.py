"""Columns of text brought into one form before the checks read them: no blanks around, nothing where nothing is said.

Whether a column needs it at all is judged on its bytes as arrays; most columns pass untouched.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.intake.kinds import ColumnType

# Space, tab, line ends, no-break space, ideographic space, byte-order mark, zero-width space.
BLANKS = " \t\n\r\v\f\u00a0\u3000\ufeff\u200b"
# What only says "empty", as exports and spreadsheets write it.
NOTHING = pa.array(
    [
        *("", "-", "--", "—", "——", "\\N", "NULL", "Null", "null", "N/A", "n/a", "#N/A"),
        *("NaN", "nan", "NAN", "NaT", "nat"),
    ]
)
LONGEST_NOTHING = max(len(text.as_py().encode()) for text in NOTHING)
WIDE = {
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(ord("！"), ord("～") + 1) if chr(wide - 0xFEE0).isalnum()},
    **dict(zip("－／．：，＋（）％＿＃", "-/.:,+()%_#", strict=True)),
}


def tidy(column: pa.ChunkedArray | pa.Array, type_: ColumnType) -> pa.Array:
    """Give a text column without blanks around its texts, and null for what only says "empty".

    Identifiers (type "id") also become narrow (Ｔ０１ → T01) and lose the ".0" a spreadsheet adds to whole numbers.
    """
    texts = _joined(column)
    starts, ends, data = _bytes(texts)
    if len(data) and _has_blanks(starts, ends, data):
        texts = pc.utf8_trim(texts, BLANKS)
        starts, ends, data = _bytes(texts)
    if bool((ends - starts <= LONGEST_NOTHING).any()):
        texts = pc.if_else(pc.is_in(texts, NOTHING), pa.scalar(None, pa.string()), texts)
    if type_ == "id" and len(data):
        if bool((data == 0xEF).any()):
            for wide, slim in WIDE.items():
                texts = pc.replace_substring(texts, wide, slim)
            _, ends, data = _bytes(texts)
        if bool((data[ends[ends > 0] - 1] == ord("0")).any()) and bool((data == ord(".")).any()):
            texts = pc.replace_substring_regex(texts, r"^(\d+)\.0+$", r"\1")
    return texts


def _joined(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    joined = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(joined, pa.ChunkedArray):
        joined = pa.concat_arrays(joined.chunks) if joined.num_chunks else pa.array([], pa.string())
    return joined


def _bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the byte positions where each text starts and ends, and all bytes."""
    _, offsets, data = texts.buffers()
    if offsets is None or data is None:
        none = np.zeros(len(texts), np.int32)
        return none, none, np.zeros(0, np.uint8)
    bounds = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return bounds[:-1], bounds[1:], np.frombuffer(data, np.uint8)


def _has_blanks(starts: np.ndarray, ends: np.ndarray, data: np.ndarray) -> bool:
    """Tell whether any text begins or ends with a blank, from its first and last bytes."""
    filled = ends > starts
    first, last = data[starts[filled]], data[ends[filled] - 1]
    # UTF-8: NBSP C2 A0, U+3000 E3 80 80, BOM EF BB BF, U+200B E2 80 8B. At the start the lead byte is sign enough
    # (Chinese characters begin with E4 to E9); at the end the last three bytes are looked at.
    if bool(((first <= 32) | np.isin(first, (0xC2, 0xE2, 0xE3, 0xEF))).any()) or bool((last <= 32).any()):
        return True
    rare = np.flatnonzero(np.isin(last, (0xA0, 0x80, 0xBF, 0x8B)))
    if not len(rare):
        return False
    at = ends[filled][rare] - 1
    before, second = data[at - 1], data[np.maximum(at - 2, 0)]
    nbsp = (last[rare] == 0xA0) & (before == 0xC2)
    wide = (last[rare] == 0x80) & (before == 0x80) & (second == 0xE3)
    mark = (last[rare] == 0xBF) & (before == 0xBB) & (second == 0xEF)
    zero = (last[rare] == 0x8B) & (before == 0x80) & (second == 0xE2)
    return bool((nbsp | wide | mark | zero).any())
