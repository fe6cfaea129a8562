"""Which column of a file becomes which of the product's: the proposal, to be changed and kept for the next time."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from data.intake import ColumnMapping, Preview, to_toml
from data.intake.kinds import kind_named
from data.intake.labels import listed
from data.intake.mapping import from_pairs
from ui import words
from ui.view import View

JOINED = " + "
NAME = re.compile(r"[\w\u4e00-\u9fff-]{1,60}")


def mapping_button(view: View, seen: Preview, key: str) -> dict[str, str]:
    """Offer the proposed mapping as a table to change; give canonical column → column of the file, as it stands."""
    kind = kind_named(seen.kind)
    proposed = {name: JOINED.join(columns) for name, columns in seen.proposed.items() if columns}
    derived = derived_columns(seen)
    table = pd.DataFrame(
        {
            "column": [view.tell(words.word(words.COLUMNS, name)) for name in kind.names],
            "required": [view.say("needed") if name in kind.required else "" for name in kind.names],
            "source": [proposed.get(name) for name in kind.names],
            "basis": [_basis(view, name, seen, derived) for name in kind.names],
        },
        index=list(kind.names),
    )
    to_check = bool(seen.guesses or [name for name in seen.missing if name not in derived])
    label = view.say("Columns: {mapped} of {all} found", mapped=len({*proposed, *derived}), all=len(kind.names))
    with st.popover(label, icon=":material/swap_horiz:", type="primary" if to_check else "secondary"):
        st.caption(view.say("Left the product's column, right the column of your file. Empty means: not in this file."))
        edited = st.data_editor(
            table,
            hide_index=True,
            height=420,
            width=640,
            placeholder="–",
            key=f"mapping_{key}_{seen.kind}",
            disabled=["column", "required", "basis"],
            column_config={
                "column": st.column_config.TextColumn(view.say("Product's column"), width="medium"),
                "required": st.column_config.TextColumn(view.say("Needed"), width="small"),
                "source": st.column_config.SelectboxColumn(
                    view.say("Column of the file"),
                    options=list(dict.fromkeys([*seen.headers, *proposed.values()])),
                    width="medium",
                ),
                "basis": st.column_config.TextColumn(view.say("Found by"), width="small"),
            },
        )
    return {str(name): text for name, text in edited["source"].items() if isinstance(text, str) and text}


def chosen_mapping(view: View, seen: Preview, sources: dict[str, str]) -> ColumnMapping | None:
    """Give the mapping that the table says; None, saying so, while a needed column has no source."""
    missing = [
        name for name in kind_named(seen.kind).required if name not in sources and name not in derived_columns(seen)
    ]
    if missing:
        names = view.tell(listed([words.word(words.COLUMNS, name) for name in missing]))
        st.error(
            view.say("Say which column of the file holds: {names}.", names=names),
            title=view.say("The file cannot be imported yet."),
            icon=":material/swap_horiz:",
        )
        return None
    if sources == {name: JOINED.join(columns) for name, columns in seen.proposed.items() if columns}:
        return seen.mapping
    return from_pairs(seen.kind, {name: _parts(text, seen) for name, text in sources.items()}, seen.mapping)


def derived_columns(seen: Preview) -> set[str]:
    """Give the columns that the mapping makes out of others, or says itself."""
    return {name for name, source in seen.mapping.columns.items() if source.how in ("same_as", "constant", "digest")}


def _basis(view: View, name: str, seen: Preview, derived: set[str]) -> str:
    if name in derived:
        return view.say("derived by the mapping")
    if name in seen.guesses:
        return view.say("likeness: please check")
    return view.say("known header") if seen.proposed.get(name) else ""


def _parts(text: str, seen: Preview) -> tuple[str, ...]:
    """Give the headers that an entry of the table stands for."""
    if text in seen.headers:
        return (text,)
    return next(columns for columns in seen.proposed.values() if JOINED.join(columns) == text)


def save_mapping(view: View, mapping: ColumnMapping | None, key: str) -> None:
    """Offer to keep the mapping under a name, for the next file of the same kind."""
    if mapping is None:
        return
    with st.popover(view.say("Keep this mapping for the next time"), icon=":material/bookmark_add:", type="tertiary"):
        name = st.text_input(view.say("Name"), max_chars=60, key=f"mapping_name_{key}").strip()
        if st.button(view.say("Keep"), key=f"keep_mapping_{key}"):
            if not NAME.fullmatch(name):
                st.warning(view.say("A name has letters, digits, characters, hyphen and underscore only."))
                return
            write_whole(mapping_folder(view) / f"{name}.toml", to_toml(mapping))
            st.success(view.say("Kept. Files with these columns are read this way from now on."))


def mapping_folder(view: View) -> Path:
    """Give the folder of this bank's own mappings, beside its store."""
    return view.store.mappings


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(draft).replace(path)
