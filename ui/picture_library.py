"""The drawing library for pictures, put where the browser can fetch it when a picture is wished for."""

from __future__ import annotations

import logging
import os
import tempfile
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import streamlit as st

log = logging.getLogger("resolution_watch")
STATIC = Path(__file__).resolve().parent.parent / "static"


@cache
def library_name() -> str:
    """Give the file's name; it changes with the library's version, so that no browser keeps an old one."""
    return f"plotly-{version('plotly')}.min.js"


def place_library(folder: Path = STATIC) -> Path:
    """Copy the library out of the installed package into the served folder, whole or not at all; older ones go.

    Where the folder cannot be written, the product runs on without pictures, and the log says so.
    """
    target = folder / library_name()
    try:
        _copy_library(target)
    except OSError:
        log.exception("%s cannot be written: charts cannot be saved as pictures", target)
    return target


def _copy_library(target: Path) -> None:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        content = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
        handle, draft = tempfile.mkstemp(dir=target.parent, suffix=".js.part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(target)
    for old in target.parent.glob("plotly-*.min.js"):
        if old != target:
            old.unlink(missing_ok=True)


def library_address() -> str:
    """Give the library's address on this server."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/app/static/{library_name()}"
