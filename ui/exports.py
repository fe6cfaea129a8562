"""Tables as files that a spreadsheet opens right, and the button that gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from ui.view import View

BOM = b"\xef\xbb\xbf"
FORMULA = re.compile(r"^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"^[+-]?[0-9]{1,11}(\.[0-9]+)?%?$")
IDENTIFIER = re.compile(r"^(0[0-9]+|[0-9]{12,})$")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV for spreadsheets: UTF-8 with BOM, numbers exact, the index left out.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; a text of twelve digits or more,
    or with leading zeros, a tab, so that it stays a text and loses no digit.
    """
    safe = frame.copy(deep=False)
    for position, column in enumerate(frame.columns):
        if pd.api.types.is_string_dtype(frame.dtypes.iloc[position]):
            safe[column] = [harmless(value) for value in frame.iloc[:, position]]
    safe.columns = pd.Index([harmless(str(column)) for column in frame.columns])
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return BOM + text.encode("utf-8")


def harmless(value: object) -> object:
    """Give a cell's value so that a spreadsheet shows it as it is; only texts are ever changed."""
    if not isinstance(value, str):
        return value
    if IDENTIFIER.match(value):
        return "\t" + value
    if FORMULA.match(value) and not NUMBER.match(value):
        return "'" + value
    return value


def file_name(parts: Sequence[str], suffix: str) -> str:
    """Join the parts of a file's name with underscores, without characters that file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', "-", "_".join(parts)).strip("-._")[:120] + "." + suffix


def table_download(
    view: View,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: Sequence[str],
    key: str,
    label: str = "CSV",
) -> None:
    """Offer a table as CSV; it is written only when asked for, and the page does not run again."""
    st.download_button(
        label,
        data=lambda: csv_bytes(frame() if callable(frame) else frame),
        file_name=file_name(name, "csv"),
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
        help=view.say("The exact numbers, for Excel (UTF-8)."),
    )
