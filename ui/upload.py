"""Bringing in files: what each would be read as, before anything is stored; then the import and its report."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from charts.threshold import OUTCOME_WORDS
from data.intake import ColumnMapping, Preview, preview, to_toml
from data.intake.kinds import KINDS
from data.masking import mask_cells, mask_columns
from texts import Message, Problem
from ui import words
from ui.freshness import today
from ui.heading import subheader
from ui.import_queue import FileImport, import_queue
from ui.mapping_form import chosen_mapping, mapping_button, mapping_folder, save_mapping
from ui.states import show_problem
from ui.table import show_table
from ui.view import View

TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "parquet"]
RUNNING, ROUND, ACCOUNT = "imports_running", "upload_round", "imports_account"
PROBLEMS = 5  # of the first rows, that are shown
LEFT_FOR = 86400  # seconds after which a copy that nobody imported is thrown away


def upload_section(view: View) -> None:
    """Show the file box, what the files would be read as, the import and its report."""
    running: list[FileImport] = st.session_state.get(RUNNING, [])
    if running:
        _running(view, running)
        return
    _account(view)
    st.markdown(
        view.say(
            "Ticket exports, case steps, branches, loan balances, calls and chats. Nothing is stored before you have "
            "seen how the file is read."
        )
    )
    uploaded = st.file_uploader(
        view.say("Files"),
        type=TYPES,
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(ROUND, 0)}",
        label_visibility="collapsed",
    )
    if not uploaded:
        return
    action = st.container()
    files = [file for file in (_file(view, one, len(uploaded) == 1) for one in uploaded) if file is not None]
    if not files:
        return
    with action:
        if view.demo:
            st.warning(
                view.say(
                    "The store holds the demo bank. It is removed first, whole: invented and real numbers never mix."
                ),
                icon=":material/science:",
            )
        label = view.say("Remove the demo and import") if view.demo else view.say("Import")
        if st.button(label, type="primary", key="import_button", icon=":material/database_upload:"):
            import_queue(view.store).submit(files)
            st.session_state[RUNNING] = files
            st.rerun()


def _file(view: View, uploaded: Any, alone: bool) -> FileImport | None:
    """Show one file as it would be read; None where it cannot be imported as it stands."""
    key = uploaded.file_id
    with st.expander(uploaded.name, expanded=alone, icon=":material/description:"):
        try:
            path = _copy(view, uploaded)
            seen = _seen(view, path, key)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                kind = st.selectbox(
                    view.say("What the file holds"),
                    list(KINDS),
                    index=list(KINDS).index(seen.kind),
                    format_func=lambda name: view.tell(words.word(words.KINDS, name)),
                    key=f"kind_{key}",
                    width=200,
                )
                recorded_on = st.date_input(
                    view.say("Exported on"),
                    value=today(),
                    max_value=today(),
                    format="YYYY-MM-DD",
                    key=f"recorded_{key}",
                    help=view.say(
                        "The day from which the product knows what the file says: for an old export, its own."
                    ),
                    width=200,
                )
                if kind != seen.kind:
                    seen = _seen(view, path, key, kind=kind)
                sources = mapping_button(view, seen, key)
                keep = st.container(width="content")
            mapping = chosen_mapping(view, seen, sources)
            if mapping is not None and mapping is not seen.mapping:
                seen = _seen(view, path, key, mapping=mapping)
            with keep:
                save_mapping(view, mapping, key)
            st.caption(_how_read(view, seen))
            if mapping is not None and seen.problems:
                _problems(view, seen)
            _first_rows(view, seen)
        except Problem as problem:
            show_problem(view, problem)
            return None
    if mapping is None or recorded_on is None:
        return None
    return FileImport(uploaded.name, path, kind, mapping, recorded_on)


def _seen(
    view: View, path: Path, file_id: str, *, kind: str | None = None, mapping: ColumnMapping | None = None
) -> Preview:
    """Give the file as it would be read; the same question is answered from the session."""
    asked = (file_id, kind, None if mapping is None else to_toml(mapping))
    answers: dict[object, Preview] = st.session_state.setdefault("previews", {})
    if asked not in answers:
        answers[asked] = preview(path, mapping, kind=kind, mapping_folders=(mapping_folder(view),))
    return answers[asked]


def _problems(view: View, seen: Preview) -> None:
    """Show what the first rows say against being stored."""
    with st.container(border=True):
        st.markdown(view.say(":material/report: Among the first rows:"))
        for problem in seen.problems[:PROBLEMS]:
            st.caption(view.tell(words.in_words(problem)))
        if len(seen.problems) > PROBLEMS:
            st.caption(view.say("and {more} more", more=len(seen.problems) - PROBLEMS))


def _how_read(view: View, seen: Preview) -> str:
    parts = [seen.format.upper()]
    if seen.encoding:
        parts.append(seen.encoding)
    if seen.sheet:
        parts.append(view.say("sheet “{sheet}”", sheet=seen.sheet))
    parts.append(view.say("header in row {row}", row=seen.header_row))
    parts.append(view.say("{columns} columns", columns=len(seen.headers)))
    return " · ".join(parts)


def _first_rows(view: View, seen: Preview) -> None:
    stored, read = st.tabs([view.say("First rows as they would be stored"), view.say("First rows as they stand")])
    filled = [name for name in seen.rows_as_stored.columns if seen.rows_as_stored[name].notna().any()]
    clear = view.scope.sees_personal_data
    as_read = seen.rows_as_read if clear else mask_cells(seen.rows_as_read)
    rows = seen.rows_as_stored[filled].copy() if clear else mask_columns(seen.rows_as_stored[filled].copy())
    for name in {"first_outcome", "final_outcome"} & set(filled):
        rows[name] = [view.tell(Message(OUTCOME_WORDS[one])) if one in OUTCOME_WORDS else None for one in rows[name]]
    for name in rows.select_dtypes("datetime"):
        rows[name] = rows[name].dt.strftime("%Y-%m-%d %H:%M")
    with stored:
        show_table(
            rows,
            height=230,
            column_config={name: view.tell(words.word(words.COLUMNS, name)) for name in filled},
            alt=view.say("First rows as they would be stored"),
        )
    with read:
        show_table(as_read, height=230, alt=view.say("First rows as they stand"))


def _copy(view: View, uploaded: Any) -> Path:
    """Keep the uploaded file beside the store, once, under its own name; copies nobody imported go after a day."""
    folder = view.store.path.parent / "uploads"
    known: dict[str, Path] = st.session_state.setdefault("upload_copies", {})
    kept = known.get(uploaded.file_id)
    if kept is None or not kept.exists():
        for old in folder.glob("*"):
            if time.time() - old.stat().st_mtime > LEFT_FOR:
                shutil.rmtree(old, ignore_errors=True)
        kept = folder / uuid.uuid4().hex / Path(uploaded.name).name
        kept.parent.mkdir(parents=True)
        with kept.open("wb") as file:
            shutil.copyfileobj(uploaded, file)
        known[uploaded.file_id] = kept
    return kept


@st.fragment(run_every=1.0)
def _running(view: View, files: Sequence[FileImport]) -> None:
    """Show how far the imports are; when all have ended, the page runs once more with the report."""
    subheader(view.say("Importing"))
    st.caption(view.say("You may leave this page: the import goes on."))
    for file in files:
        progress = file.progress
        phase = (
            view.say("waiting")
            if progress is None
            else view.say("{phase} · {rows:,} rows", phase=view.tell(progress.phase), rows=progress.rows)
        )
        share = 1.0 if file.ended else (progress.share if progress and progress.share is not None else 0.0)
        text = view.say("done") if file.state == "done" else (view.say("refused") if file.ended else phase)
        st.progress(min(max(share, 0.0), 1.0), text=f"{file.name} · {text}")
    if all(file.ended for file in files):
        st.session_state[ACCOUNT] = list(files)
        st.session_state.pop(RUNNING)
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.rerun()


def _account(view: View) -> None:
    """Show what became of the files imported last."""
    files: list[FileImport] = st.session_state.get(ACCOUNT, [])
    for file in files:
        if file.problem is not None:
            st.markdown(f"**{file.name}**")
            show_problem(view, file.problem)
        elif file.report is not None:
            report = file.report
            with st.container(border=True):
                kind = view.tell(words.word(words.KINDS, report.kind))
                st.markdown(f":material/check_circle: **{file.name}** · {kind}")
                counts = {
                    view.say("Rows read"): report.rows_read,
                    view.say("Accepted"): report.accepted,
                    view.say("Already known"): report.unchanged,
                    view.say("Set aside"): report.set_aside,
                }
                for place, (label, number) in zip(st.columns(4), counts.items(), strict=True):
                    place.metric(label, f"{number:,}")
                for note in report.notes:
                    st.caption(view.tell(words.in_words(note)))
                for row in report.examples[:3]:
                    reasons = " ".join(view.tell(words.in_words(reason)) for reason in row.reasons)
                    st.caption(view.say("Row {row}: {reasons}", row=row.row_number, reasons=reasons))
    if any(file.report is not None for file in files):
        with st.container(horizontal=True):
            st.page_link("pages/threshold.py", label=view.say("See the threshold curve"), icon=":material/show_chart:")
