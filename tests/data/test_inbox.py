"""The inbox: files are taken once they are whole, and end in accepted/ or rejected/ with the reason in plain words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.inbox import REPORT, hand_over, take, take_settled, waiting_files
from data.store import Store
from tests.data.bank_files import held, opened, ticket, tickets, write_csv
from texts import Problem

ROOT = Path(__file__).parents[2]
Seen = dict[Path, tuple[int, int, float]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        one.inbox.mkdir()
        yield one


def look_twice(store: Store) -> None:
    """Look into the inbox now and two seconds later, by a clock of the test's own."""
    take_settled(store, take_settled(store, {}, 100.0), 102.0)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_good_file_ends_in_accepted_with_a_text_in_both_languages(store: Store) -> None:
    write_csv(store.inbox / "工单.csv", [*tickets(5), ticket(7, received_at="昨天")], "gb18030")
    look_twice(store)
    accepted = store.inbox / "accepted"
    assert names(accepted) == ["工单.csv", "工单.csv" + REPORT, "工单.csv.txt"]
    said = (accepted / "工单.csv.txt").read_text(encoding="utf-8")
    assert "读取6行，入库5行" in said
    assert "6 rows read, 5 accepted, 0 already known, 1 set aside" in said
    assert "Row 7: “昨天” in column 受理时间 is not a date" in said
    assert "第7行：“受理时间”列的“昨天”不是日期" in said
    assert names(store.inbox) == ["accepted"]
    assert len(held(store)) == 5


def test_a_bad_file_ends_in_rejected_with_the_reason_and_nothing_is_stored(store: Store) -> None:
    (store.inbox / "t.csv").write_text("a,b\nx,y\n", encoding="utf-8")
    look_twice(store)
    said = (store.inbox / "rejected" / "t.csv.txt").read_text(encoding="utf-8")
    assert "The file lacks columns that it needs" in said
    assert "缺少必需的列" in said
    assert store.cursor().execute("SELECT count(*) FROM stored.imports").fetchall() == [(0,)]


def test_a_file_that_is_still_being_written_is_left_alone(store: Store) -> None:
    path = write_csv(store.inbox / "t.csv", tickets(3))
    seen: Seen = take_settled(store, {}, 100.0)
    with path.open("a", encoding="utf-8") as file:
        file.write("T9,C9,2025-03-05")
    seen = take_settled(store, seen, 102.0)
    assert names(store.inbox) == ["t.csv"]
    seen = take_settled(store, seen, 102.5)
    assert names(store.inbox) == ["t.csv"]
    take_settled(store, seen, 104.0)
    assert names(store.inbox) == ["accepted"]


def test_a_file_written_elsewhere_and_renamed_is_taken_at_the_second_look(store: Store) -> None:
    path = store.inbox / "calls.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    os.utime(path, (time.time() - 5, time.time() - 5))
    seen = take_settled(store, {}, 100.0)
    assert path.exists()
    take_settled(store, seen, 100.3)
    assert not path.exists()


def test_unfinished_hidden_and_linked_files_are_no_files(store: Store, tmp_path: Path) -> None:
    for name in (".hidden.csv", "~$open.xlsx", "t.csv.part", "t.tmp", "t.csv.crdownload"):
        (store.inbox / name).write_text("x", encoding="utf-8")
    outside = tmp_path / "outside.csv"
    outside.write_text("x", encoding="utf-8")
    (store.inbox / "link.csv").symlink_to(outside)
    (store.inbox / "folder.csv").mkdir()
    assert waiting_files(store.inbox) == []


def test_files_are_taken_in_the_order_in_which_they_came(store: Store) -> None:
    for age, name in ((5, "b.csv"), (1, "a.csv"), (9, "c.csv")):
        path = write_csv(store.inbox / name, tickets(1))
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    assert [path.name for path in waiting_files(store.inbox)] == ["c.csv", "b.csv", "a.csv"]


def test_a_second_file_of_the_same_name_does_not_overwrite_the_first(store: Store) -> None:
    for number in range(3):
        write_csv(store.inbox / "t.csv", tickets(number + 1))
        look_twice(store)
    assert [name for name in names(store.inbox / "accepted") if name.endswith(".csv")] == [
        "t-2.csv",
        "t-3.csv",
        "t.csv",
    ]


def test_a_fault_of_the_product_rejects_the_file_with_a_number_for_the_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("data.inbox.bring_in", broken)
    write_csv(store.inbox / "t.csv", tickets(1))
    look_twice(store)
    said = (store.inbox / "rejected" / "t.csv.txt").read_text(encoding="utf-8")
    assert "由于系统故障" in said
    assert "boom" not in said


def test_a_file_that_cannot_be_moved_is_not_imported_again_and_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(*_: object) -> None:
        raise PermissionError("accepted/ is read-only")

    monkeypatch.setattr("data.inbox._put_away", stuck)
    write_csv(store.inbox / "t.csv", tickets(1))
    seen: Seen = {}
    for second in range(100, 120):
        seen = take_settled(store, seen, float(second))
    assert store.cursor().execute("SELECT count(*) FROM stored.imports").fetchall() == [(1,)]


def test_taken_again_after_a_kill_nothing_changes(store: Store) -> None:
    """Killed between the commit and the move, the file still lies there: it is taken again, as unchanged."""
    path = write_csv(store.inbox / "t.csv", tickets(10))
    content = path.read_bytes()
    take(store, path)
    before = held(store)
    path.write_bytes(content)
    take(store, path)
    assert held(store).equals(before)
    unchanged = store.cursor().execute("SELECT unchanged FROM stored.imports ORDER BY import_id").fetchall()
    assert unchanged == [(0,), (10,)]


@pytest.mark.parametrize("options", ["{", "[]", '{"mapping": null, "recorded_on": "tomorrow"}', '{"mapping": 3}'])
def test_options_that_cannot_be_read_do_not_stop_the_inbox(store: Store, options: str) -> None:
    path = write_csv(store.inbox / "t.csv", tickets(2))
    (store.inbox / "t.csv.options.json").write_text(options, encoding="utf-8")
    take(store, path)
    assert "t.csv" in names(store.inbox / "accepted")


def test_a_file_handed_over_to_a_running_product_is_answered(store: Store, tmp_path: Path) -> None:
    good = write_csv(tmp_path / "good.csv", tickets(4))
    (tmp_path / "bad.csv").write_text("a,b\nx,y\n", encoding="utf-8")
    stop = threading.Event()

    def product() -> None:
        seen: Seen = {}
        while not stop.is_set():
            seen = take_settled(store, seen, time.monotonic())
            time.sleep(0.05)

    runs = threading.Thread(target=product)
    runs.start()
    try:
        report = hand_over(store.inbox, good, recorded_on=date(2025, 7, 1), patience=30)
        assert (report["file_name"], report["accepted"], report["recorded_on"]) == ("good.csv", 4, "2025-07-01")
        with pytest.raises(Problem):
            hand_over(store.inbox, tmp_path / "bad.csv", patience=30)
    finally:
        stop.set()
        runs.join()


def test_readers_are_answered_while_a_file_is_taken(store: Store) -> None:
    write_csv(store.inbox / "t.csv", tickets(3000))
    taking = threading.Thread(target=take, args=(store, store.inbox / "t.csv"))
    taking.start()
    counts = set()
    while taking.is_alive():
        counts.add(store.cursor().execute("SELECT count(*) FROM stored.ticket_versions").fetchall()[0][0])
    taking.join()
    counts.add(len(held(store)))
    assert counts == {0, 3000} or counts == {3000}


def test_the_command_line_imports_by_itself_when_the_product_does_not_run(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", tickets(3))
    done = subprocess.run(
        [sys.executable, "-m", "data", "import", str(path), "--store", str(tmp_path / "s.duckdb"), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["accepted"] == 3
