"""Drafts: what somebody was typing outlives the connection and the process, and is nobody else's."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.drafts import drop_draft, read_draft, save_draft
from data.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def test_a_draft_is_kept_replaced_and_thrown_away(store: Store) -> None:
    assert read_draft(store, "case:T1", "王敏") is None
    assert save_draft(store, "case:T1", "王敏", {"text": "客户说“<script>”", "due": "2025-05-20", "told": True})
    save_draft(store, "case:T1", "王敏", {"text": "客户同意"})
    kept = read_draft(store, "case:T1", "王敏")
    assert kept is not None
    assert kept.body == {"text": "客户同意"}
    assert read_draft(store, "case:T1", "李军") is None
    assert read_draft(store, "case:T2", "王敏") is None
    drop_draft(store, "case:T1", "王敏")
    assert read_draft(store, "case:T1", "王敏") is None


def test_a_draft_outlives_a_killed_process(tmp_path: Path) -> None:
    code = (
        "import os; from pathlib import Path; from data.store import Store; from data.drafts import save_draft\n"
        f"store = Store(Path({str(tmp_path / 'store.duckdb')!r}))\n"
        "save_draft(store, 'case:T1', '王敏', {'text': '一半'})\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    reopened = Store(tmp_path / "store.duckdb")
    kept = read_draft(reopened, "case:T1", "王敏")
    reopened.close()
    assert kept is not None
    assert kept.body == {"text": "一半"}


def test_drafts_throw_no_result_away_and_are_no_entries(store: Store) -> None:
    before = store.changes, store.entries_made
    save_draft(store, "case:T1", "王敏", {"text": "x"})
    assert (store.changes, store.entries_made) == before


def test_a_draft_longer_than_an_entry_may_be_is_not_kept(store: Store) -> None:
    save_draft(store, "case:T1", "王敏", {"text": "short"})
    assert not save_draft(store, "case:T1", "王敏", {"text": "长" * 300_000})
    kept = read_draft(store, "case:T1", "王敏")
    assert kept is not None
    assert kept.body == {"text": "short"}


def test_an_old_draft_is_thrown_away_when_another_is_saved_and_can_be_saved_anew(store: Store) -> None:
    for who in ("王敏", "李军"):
        save_draft(store, "case:T1", who, {"text": "old"})
    store.cursor().execute("UPDATE stored.drafts SET saved_at = saved_at - INTERVAL 90 DAY")
    save_draft(store, "case:T1", "王敏", {"text": "new"})
    kept = read_draft(store, "case:T1", "王敏")
    assert kept is not None
    assert kept.body == {"text": "new"}
    assert read_draft(store, "case:T1", "李军") is None


def test_two_windows_of_one_person_do_not_disturb_each_other(store: Store) -> None:
    faults: list[BaseException] = []

    def type_on(window: int) -> None:
        try:
            for letter in range(25):
                save_draft(store, "case:T1", "王敏", {"text": f"{window}-{letter}"})
        except BaseException as fault:
            faults.append(fault)

    windows = [threading.Thread(target=type_on, args=(number,)) for number in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    kept = read_draft(store, "case:T1", "王敏")
    assert faults == []
    assert kept is not None
    assert kept.body["text"].endswith("-24")
