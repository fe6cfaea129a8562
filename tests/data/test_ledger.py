"""The ledger: append-only, signed, in order; corrections and undo are entries too; nobody overwrites anybody."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ledger import Entry, append, correct, entries, last_to_undo, standing, undo
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import Problem

DAY = date(2025, 7, 27)
CASE = "ticket:T1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def put(store: Store, text: str, subject: str = CASE, on_day: date = DAY, seen: int | None = None) -> Entry:
    return append(
        store,
        HEAD_OFFICE,
        kind="case_step",
        subject=subject,
        body={"text": text},
        who="王敏",
        on_day=on_day,
        branch_id="B01",
        seen=seen,
    )


def said(store: Store, subject: str | None = None) -> list[str]:
    return [entry.body["text"] for entry in standing(entries(store, HEAD_OFFICE, DAY, subject=subject))]


def test_an_entry_is_read_back_as_it_was_written(store: Store) -> None:
    written = put(store, "电话联系客户“<script>”")
    assert entries(store, HEAD_OFFICE, DAY) == [written]
    assert (written.entry_id, written.who, written.on_day, written.body) == (
        1,
        "王敏",
        DAY,
        {"text": "电话联系客户“<script>”"},
    )


def test_an_entry_is_on_disk_when_it_is_acknowledged(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from datetime import date\n"
        "from data.store import Store; from data.scope import HEAD_OFFICE; from data.ledger import append\n"
        f"store = Store(Path({str(tmp_path / 'store.duckdb')!r}))\n"
        "append(store, HEAD_OFFICE, kind='x', subject='y', body={}, who='z', on_day=date(2025, 1, 1))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    reopened = Store(tmp_path / "store.duckdb")
    assert len(entries(reopened, HEAD_OFFICE, DAY)) == 1
    reopened.close()


def test_a_correction_replaces_the_text_and_keeps_place_day_and_the_first_entry(store: Store) -> None:
    first = put(store, "周三回电")
    put(store, "客户同意")
    correct(store, HEAD_OFFICE, first, {"text": "周四回电"}, who="李强", on_day=date(2025, 7, 28))
    after = entries(store, HEAD_OFFICE, date(2025, 7, 28))
    assert [entry.body["text"] for entry in after] == ["周三回电", "客户同意", "周四回电"]
    assert [(entry.who, entry.body["text"]) for entry in standing(after)] == [
        ("王敏", "周四回电"),
        ("王敏", "客户同意"),
    ]
    assert said(store) == ["周三回电", "客户同意"], "as known on the day before, nothing was corrected"


def test_undo_takes_back_the_last_entry_then_the_one_before(store: Store) -> None:
    put(store, "a")
    put(store, "b")
    for next_one, left in (("b", ["a"]), ("a", []), (None, [])):
        shown = last_to_undo(entries(store, HEAD_OFFICE, DAY))
        assert (None if shown is None else shown.body["text"]) == next_one, "what a reader is asked about"
        undo(store, HEAD_OFFICE, CASE, who="王敏", on_day=DAY)
        assert said(store) == left
    assert len(entries(store, HEAD_OFFICE, DAY)) == 4, "two entries and two undoings; nothing to undo writes nothing"


def test_undo_of_a_correction_brings_the_text_before_back(store: Store) -> None:
    first = put(store, "a")
    second = correct(store, HEAD_OFFICE, first, {"text": "b"}, who="王敏", on_day=DAY)
    correct(store, HEAD_OFFICE, second, {"text": "c"}, who="王敏", on_day=DAY)
    undo(store, HEAD_OFFICE, CASE, who="王敏", on_day=DAY)
    assert said(store) == ["b"]
    undo(store, HEAD_OFFICE, CASE, who="王敏", on_day=DAY)
    assert said(store) == ["a"]


@given(st.lists(st.sampled_from(["append", "correct", "undo"]), max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_stands_is_what_a_plain_list_with_undo_would_hold(store: Store, actions: list[str]) -> None:
    subject = f"s{store.entries_made}"
    states: list[list[str]] = [[]]
    for number, action in enumerate(actions):
        now = list(states[-1])
        held = standing(entries(store, HEAD_OFFICE, DAY, subject=subject))
        if action == "append":
            put(store, str(number), subject)
            states.append([*now, str(number)])
        elif action == "correct" and held:
            correct(store, HEAD_OFFICE, held[-1], {"text": str(number)}, who="王敏", on_day=DAY)
            states.append([*now[:-1], str(number)])
        elif action == "undo":
            undo(store, HEAD_OFFICE, subject, who="王敏", on_day=DAY)
            states = states[:-1] or [[]]
        assert said(store, subject) == states[-1]


def test_whoever_has_not_seen_the_newest_entry_is_told_and_nothing_is_overwritten(store: Store) -> None:
    first = put(store, "a", seen=0)
    put(store, "b", seen=first.entry_id)
    with pytest.raises(Problem, match="has made an entry here since"):
        put(store, "c", seen=first.entry_id)
    put(store, "other case", subject="ticket:T2", seen=0)
    assert said(store, CASE) == ["a", "b"]


def test_the_same_wish_twice_is_written_once(store: Store) -> None:
    twice = [
        append(store, HEAD_OFFICE, kind="x", subject=CASE, body={"text": "a"}, who="w", on_day=DAY, token="t1")
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    assert said(store) == ["a"]


def test_nothing_is_entered_before_a_later_day(store: Store) -> None:
    put(store, "a", on_day=DAY)
    with pytest.raises(Problem, match="nothing can be entered before"):
        put(store, "b", on_day=date(2025, 7, 26))


@pytest.mark.parametrize("who", ["", "   ", "名" * 61])
def test_an_entry_without_a_name_is_refused(store: Store, who: str) -> None:
    with pytest.raises(Problem, match="needs the name"):
        append(store, HEAD_OFFICE, kind="x", subject="y", body={}, who=who, on_day=DAY)


def test_a_branch_enters_and_reads_its_own_only_and_a_viewer_enters_nothing(store: Store) -> None:
    own, other = Scope("branch", "B01"), Scope("branch", "B02")
    append(store, own, kind="x", subject="y", body={"text": "a"}, who="w", on_day=DAY, branch_id="B01")
    for scope, branch in ((other, "B01"), (own, None), (Scope("viewer"), "B01")):
        with pytest.raises(Problem, match="may not enter"):
            append(store, scope, kind="x", subject="y", body={}, who="w", on_day=DAY, branch_id=branch)
    assert len(entries(store, own, DAY)) == 1
    assert entries(store, other, DAY) == []


def test_entries_do_not_throw_away_what_was_worked_out_of_the_data(store: Store) -> None:
    before = store.changes
    put(store, "a")
    assert store.changes == before
    assert said(store) == ["a"]
    put(store, "b")
    assert said(store) == ["a", "b"], "but what reads the ledger is read anew"


def test_an_entry_does_not_wait_for_an_import(store: Store) -> None:
    done = threading.Event()

    def enter() -> None:
        put(store, "while an import runs")
        done.set()

    with store.writing() as cursor:
        cursor.execute("INSERT INTO stored.settings VALUES ('import', 'running')")
        threading.Thread(target=enter).start()
        assert done.wait(10)
    assert said(store) == ["while an import runs"]


def test_many_writers_at_once_lose_nothing_and_keep_their_order(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(15):
            put(store, f"{name}{number}", subject="shared")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = entries(store, HEAD_OFFICE, DAY)
    assert [entry.entry_id for entry in written] == list(range(1, 91))
    for name in "abcdef":
        assert [e.body["text"] for e in written if e.body["text"][0] == name] == [f"{name}{n}" for n in range(15)]
