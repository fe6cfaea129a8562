"""A table as a CSV file that a spreadsheet opens right: the one place where tables become files."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pandas as pd

BOM = b"\xef\xbb\xbf"
# What Excel, WPS and LibreOffice may run as a formula (OWASP, "CSV Injection"), full-width forms included: an input
# method writes them and Excel reads them as their ASCII twins.
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,11}(\.[0-9]+)?%?", re.ASCII)
# A spreadsheet shows twelve digits as 1.23E+11 and keeps fifteen; leading zeros are lost at once, 12E3 is 12000, and
# two small numbers with a stroke between them, 3 / 4 or 07-21, become a day.
IDENTIFIER = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+|[0-9]{1,2} *[/-] *[0-9]{1,4}", re.ASCII)
EXACT_INTEGER = 10**15
NUMBERS = (bool, int, float, complex, Decimal, np.number, np.bool_)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV for spreadsheets: UTF-8 with BOM, CRLF, the index left out, missing values empty.

    Numbers stand as they are, with every digit. A text (a heading as well) that a spreadsheet would run as a formula
    gets an apostrophe before it; digits that it would change (twelve or more in a text, leading zeros, 12E3, 3 / 4,
    whole numbers from 10¹⁵ on) get a tab before them, which it takes as a text and does not show. Half a surrogate
    pair, which no encoding has, becomes a question mark.
    """
    rows = frame.reset_index(drop=True)
    columns = [_cells(rows.iloc[:, position]) for position in range(rows.shape[1])]
    safe = pd.DataFrame(dict(enumerate(columns)), index=rows.index)
    header = [harmless(str(name)) for name in frame.columns]
    text: str = safe.to_csv(index=False, header=header, lineterminator="\r\n")
    return BOM + text.encode("utf-8", errors="replace")


def harmless(text: str) -> str:
    """Give a text so that a spreadsheet shows it as it is, and never runs it; a plain number stays a number."""
    if IDENTIFIER.fullmatch(text):
        return "\t" + text
    if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def _cells(column: pd.Series) -> pd.Series:
    """Give a column ready to be written."""
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind) or pd.api.types.is_float_dtype(kind):
        return column
    if pd.api.types.is_datetime64_any_dtype(kind):
        return column
    if pd.api.types.is_integer_dtype(kind) and not _is_long(column):
        return column
    cells = [
        None if missing else _cell(value) for value, missing in zip(column.astype(object), column.isna(), strict=True)
    ]
    return pd.Series(cells, index=column.index, dtype=object)


def _cell(value: object) -> object:
    """Give one cell: whole numbers too long for a spreadsheet and everything that is not a number as harmless text."""
    if isinstance(value, int | np.integer) and abs(int(value)) >= EXACT_INTEGER:
        return "\t" + str(value)
    return value if isinstance(value, NUMBERS) else harmless(str(value))


def _is_long(column: pd.Series) -> bool:
    known = column.dropna()
    return len(known) > 0 and max(abs(int(known.min())), abs(int(known.max()))) >= EXACT_INTEGER
