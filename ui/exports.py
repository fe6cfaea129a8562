"""Tables as files that a spreadsheet opens right, and the button that gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from charts.csv_file import csv_bytes
from charts.csv_words import worded
from reports.file_names import file_stems
from ui.view import View


def file_name(parts: Sequence[str], suffix: str) -> str:
    """Join the parts of a file's name as packs do, safe for every file system."""
    return f"{file_stems([parts])[0]}.{suffix}"


def table_download(
    view: View,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: Sequence[str],
    key: str,
    label: str = "CSV",
    *,
    as_filed: bool = False,
) -> None:
    """Offer a table as CSV, its headings in words; it is written only when asked for, and the page does not run again.
    In presentation mode there is nothing to press.

    as_filed: the headings are those of a file that somebody sent, and is to send again: they stay.
    """
    if view.present:
        return

    def written() -> bytes:
        table = frame() if callable(frame) else frame
        return csv_bytes(table if as_filed else worded(table, view.language))

    st.download_button(
        label,
        data=written,
        file_name=file_name(name, "csv"),
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
        help=view.say("The exact numbers, for Excel (UTF-8)."),
    )
