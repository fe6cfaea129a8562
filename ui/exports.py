"""Tables as files that a spreadsheet opens right, and the button that gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from charts.csv_file import csv_bytes
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
) -> None:
    """Offer a table as CSV; it is written only when asked for, and the page does not run again. In presentation mode
    there is nothing to press."""
    if view.present:
        return
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
