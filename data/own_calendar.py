"""A bank's own days off and worked weekends: a small table beside the store, for years without a public notice."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pandas as pd

from data.store import Store
from texts import N_, Message, Problem

FILE = "calendar.csv"
HEADERS = {"日期": "date", "日类型": "day_type", "类型": "day_type"}
WORDS = {"工作日": "workday", "调休上班": "adjusted_workday", "周末": "weekend", "节假日": "holiday", "休": "holiday"}
_kept: dict[Path, tuple[int, pd.DataFrame]] = {}
_lock = threading.Lock()


def own_calendar(store: Store) -> pd.DataFrame | None:
    """Give the table `calendar.csv` beside the store, None where there is none: `date` (YYYY-MM-DD), `day_type`, text.

    Chinese headers and words (HEADERS, WORDS) and dates like 2027年2月5日 are understood; a changed file is read anew.
    Raises Problem for a file that is no table with these two columns; what the days say is checked by who uses them.
    """
    path = store.path.parent / FILE
    stamp = calendar_stamp(store)
    if not stamp:
        return None
    with _lock:
        if path in _kept and _kept[path][0] == stamp:
            return _kept[path][1]
    table = _read(path)
    with _lock:
        _kept[path] = (stamp, table)
    return table


def calendar_stamp(store: Store) -> int:
    """Give a number that changes with the bank's own calendar, 0 without one: part of a cache's key."""
    try:
        return (store.path.parent / FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _read(path: Path) -> pd.DataFrame:
    content = path.read_bytes()
    try:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, ValueError) as error:
        raise _unreadable(path) from error
    table = table.rename(columns=lambda name: HEADERS.get(str(name).strip(), str(name).strip()))
    if not {"date", "day_type"} <= set(table.columns):
        raise _unreadable(path)
    dates = table["date"].str.strip().str.replace(r"^(\d+)年(\d+)月(\d+)日$", r"\1-\2-\3", regex=True)
    types = table["day_type"].str.strip().map(lambda word: WORDS.get(word, word))
    return pd.DataFrame({"date": dates, "day_type": types})


def _unreadable(path: Path) -> Problem:
    return Problem(
        Message(N_("The bank's own calendar {path} cannot be read."), {"path": str(path)}),
        Message(N_("Give a CSV with the columns date and day_type (日期, 日类型), or take the file away.")),
    )
