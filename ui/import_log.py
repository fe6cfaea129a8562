"""What was imported, and the rows that were set aside, with their reasons and as a file to be corrected."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from answers.freshness import EVERYTHING
from data.masking import mask_cells
from texts import Message
from ui import words
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import row_in_address
from ui.table import show_table
from ui.view import View

SHOWN = 200  # rows set aside that are shown on screen; the file has all of them


@st.fragment
def import_log(view: View) -> None:
    """Show the imports, newest first; a chosen one opens its rows set aside."""
    imports = view.store.read("imports", view.scope, EVERYTHING)
    if imports.empty:
        st.caption(view.say("Nothing was imported yet."))
        return
    chosen = row_in_address(
        pd.DataFrame(
            {
                "file": imports["file_name"],
                "kind": [view.tell(words.word(words.KINDS, kind)) for kind in imports["kind"]],
                "recorded_on": imports["recorded_on"].dt.strftime("%Y-%m-%d"),
                "finished_at": imports["finished_at"].dt.strftime("%Y-%m-%d %H:%M"),
                "rows_read": imports["rows_read"],
                "accepted": imports["accepted"],
                "unchanged": imports["unchanged"],
                "set_aside": imports["set_aside"],
                "mapping": imports["mapping"],
            }
        ),
        imports["import_id"].astype(str).tolist(),
        "import",
        key="imports_table",
        height=min(38 + 35 * len(imports), 318),
        column_config={
            "file": view.say("File"),
            "kind": view.say("Kind"),
            "recorded_on": view.say("Exported on"),
            "finished_at": view.say("Imported at"),
            "rows_read": st.column_config.NumberColumn(view.say("Rows read"), format="localized"),
            "accepted": st.column_config.NumberColumn(view.say("Accepted"), format="localized"),
            "unchanged": st.column_config.NumberColumn(view.say("Already known"), format="localized"),
            "set_aside": st.column_config.NumberColumn(view.say("Set aside"), format="localized"),
            "mapping": view.say("Mapping"),
        },
        alt=view.say("Imports, newest first"),
    )
    with_rows = imports.index[imports["set_aside"] > 0]
    if chosen is not None:
        _one(view, imports.iloc[chosen])
    elif len(with_rows):
        _one(view, imports.loc[with_rows[0]])
    else:
        st.caption(view.say("No rows were set aside. Choose an import to see what was assumed while reading it."))


def _one(view: View, row: Any) -> None:
    subheader(view.say("Set aside from {file}", file=row["file_name"]))
    for note in json.loads(row["notes"]) if isinstance(row["notes"], str) else []:
        st.caption(view.tell(words.in_words(Message.from_json(note))))
    if not row["set_aside"]:
        st.caption(view.say("No row of this file was set aside."))
        return
    if not view.scope.may_change:
        st.caption(view.say("Only the head office sees these rows: they stand here as the file said them."))
        return
    rows = set_aside_table(view, int(row["import_id"]))
    # The screen masks what the file says of people; the CSV is the sender's own rows, to be corrected and sent again.
    shown = rows.head(SHOWN)
    show_table(
        shown if view.scope.sees_personal_data else mask_cells(shown),
        height=min(38 + 35 * len(rows), 300),
        alt=view.say("Rows set aside"),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        table_download(
            view,
            rows,
            [str(row["file_name"]).rsplit(".", 1)[0], view.say("set aside")],
            key="set_aside_csv",
            label=view.say("All {rows:,} rows as CSV", rows=len(rows)),
            as_filed=True,
        )
        st.caption(
            view.say(
                "Showing {shown:,} of {rows:,}. Correct the rows in the file and import it again: the column with the "
                "reasons is passed over.",
                shown=min(SHOWN, len(rows)),
                rows=len(rows),
            ),
            width="stretch",
        )


def set_aside_table(view: View, import_id: int) -> pd.DataFrame:
    """Give an import's rows set aside: the reasons in the reader's language first, then the file's own columns."""
    found = view.store.read("set_aside_rows", view.scope, EVERYTHING, import_id=import_id)
    reasons = [
        " ".join(view.tell(words.in_words(Message.from_json(one))) for one in json.loads(text))
        for text in found["reasons"]
    ]
    raw = pd.DataFrame([json.loads(text) for text in found["raw"]], dtype=str)
    raw.insert(0, view.say("Reason set aside"), reasons)
    raw.insert(0, view.say("Row of the file"), found["row_number"].to_numpy())
    return raw
