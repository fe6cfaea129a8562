"""What was known when: versions, corrections, and imports in any order and number."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.intake import ImportReport
from data.scope import HEAD_OFFICE
from data.store import Store
from tests.data.bank_files import HEADERS, NAMES, Row, held, opened, same, take, ticket, tickets, write_csv, write_xlsx

DAY1, DAY2, DAY3 = date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 16)
WITH_UPDATE = {"headers": (*HEADERS, "更新时间"), "names": (*NAMES, "updated_at")}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


def send(store: Store, rows: list[Row], recorded_on: date, **how: Any) -> ImportReport:
    """Import rows as a file made on a day."""
    path = store.path.parent / f"{random.random()}.csv"
    return take(store, write_csv(path, rows, **how), recorded_on=recorded_on)


def days(store: Store, ticket_id: str = "T00001") -> list[tuple[str, str, str | None]]:
    """Give cause, known_on and superseded_on of the versions of a ticket, in the order in which they held."""
    rows = store.cursor().execute(
        "SELECT cause, known_on::VARCHAR, superseded_on::VARCHAR FROM stored.ticket_versions WHERE ticket_id = ?"
        " ORDER BY known_on, superseded_on NULLS LAST",
        [ticket_id],
    )
    return rows.fetchall()


def changed_later(rows: list[Row]) -> list[Row]:
    """Give rows that change some of the tickets: a later outcome, another round."""
    return [
        row | {"first_outcome": "not_agreed", "first_outcome_at": datetime(2025, 6, 20), "rounds": 5}
        for row in rows[::7]
    ]


def test_the_same_file_twice_changes_nothing_however_it_is_written(store: Store, tmp_path: Path) -> None:
    rows = tickets(200)
    take(store, write_csv(tmp_path / "a.csv", rows))
    before = held(store)
    shuffled = random.Random(1).sample(rows, len(rows))
    again = [
        write_csv(tmp_path / "a.csv", rows),
        write_csv(tmp_path / "b.csv", shuffled, "gb18030"),
        write_xlsx(tmp_path / "c.xlsx", rows),
    ]
    for path in again:
        report = take(store, path)
        assert (report.accepted, report.unchanged) == (0, 200)
    same(held(store), before)
    report = take(store, again[0], recorded_on=date(2025, 8, 1))
    assert report.unchanged == 200
    same(held(store), before)


def test_one_file_or_its_halves_in_either_order_come_to_the_same(tmp_path: Path) -> None:
    rows = tickets(150) + changed_later(tickets(150))
    shuffled = random.Random(2).sample(rows, len(rows))
    halves = [shuffled[:90], shuffled[90:]]
    results = []
    for name, files in {"whole": [rows], "shuffled": [shuffled], "halves": halves, "back": halves[::-1]}.items():
        with opened(tmp_path / name / "store.duckdb") as store:
            for part in files:
                take(store, write_csv(tmp_path / "part.csv", part))
            results.append(held(store))
    assert len(results[0]) == 150 + len(changed_later(tickets(150)))
    for result in results[1:]:
        same(result, results[0])


def test_a_duplicated_ticket_with_a_later_status_is_current(store: Store) -> None:
    late = ticket(1, cause="审批标准不一致", first_outcome_at=datetime(2025, 2, 10))
    report = send(store, [late, ticket(1), ticket(1)], DAY1)
    assert (report.rows_read, report.accepted, report.unchanged) == (3, 2, 1)
    # Received before watching began: the first version is known from its receipt, the later one from its own status.
    assert days(store) == [("答复口径不一致", "2025-01-03", "2025-02-10"), ("审批标准不一致", "2025-02-10", None)]


def test_a_later_import_is_known_from_its_own_day(store: Store) -> None:
    send(store, [ticket(1, first_outcome=None, first_outcome_at=None)], DAY1)
    send(store, [ticket(1, cause="服务态度", first_outcome_at=datetime(2025, 6, 5))], DAY2)
    assert days(store) == [("答复口径不一致", "2025-01-03", "2025-06-09"), ("服务态度", "2025-06-09", None)]
    for as_of, decided in ((date(2025, 6, 8), 0), (DAY2, 1)):
        counted = store.read("class_years", HEAD_OFFICE, as_of)
        assert counted["decided"].sum() == decided


def test_a_ticket_received_while_watching_is_known_from_its_import(store: Store) -> None:
    send(store, tickets(1), DAY1)
    send(store, [ticket(2, received_at=datetime(2025, 6, 4), dispatched_at=None, first_outcome=None)], DAY2)
    assert days(store, "T00002") == [("答复口径不一致", "2025-06-09", None)]


def test_history_loaded_later_is_known_from_its_receipt(store: Store) -> None:
    send(store, tickets(1), DAY1)
    send(store, [ticket(2)], DAY2)
    assert days(store, "T00002") == [("答复口径不一致", "2025-01-04", None)]


def test_a_correction_back_to_an_earlier_content_is_current_again(store: Store) -> None:
    right, wrong = ticket(1), ticket(1, cause="填错了")
    send(store, [right], DAY1)
    send(store, [wrong], DAY2)
    report = send(store, [right], DAY3)
    assert report.accepted == 1
    assert days(store) == [
        ("答复口径不一致", "2025-01-03", "2025-06-09"),
        ("填错了", "2025-06-09", "2025-06-16"),
        ("答复口径不一致", "2025-06-16", None),
    ]
    assert send(store, [right], DAY3).unchanged == 1
    assert send(store, [wrong], DAY3).unchanged == 1


def test_an_old_file_sent_again_does_not_take_newer_statuses_back(store: Store) -> None:
    old = tickets(50)
    send(store, old, DAY1)
    send(store, changed_later(old), date(2025, 6, 23))
    before = held(store)
    assert send(store, old, date(2025, 6, 30)).unchanged == 50
    same(held(store), before)


def test_a_file_that_holds_the_current_content_too_takes_nothing_back(store: Store) -> None:
    both = [ticket(1), ticket(1, cause="服务态度")]
    first = send(store, both, DAY1)
    assert any(note.id.startswith("{count} tickets stand in the file more than once") for note in first.notes)
    before = held(store)
    assert send(store, both[::-1], DAY2).unchanged == 2
    same(held(store), before)


def test_a_row_whose_system_changed_it_before_the_current_one_is_late_news(store: Store) -> None:
    newer = ticket(1, received_at=datetime(2025, 6, 3), cause="新", updated_at=datetime(2025, 6, 8), dispatched_at=None)
    older = newer | {"cause": "旧", "updated_at": datetime(2025, 6, 5)}
    for row in (newer, older):
        row |= {"first_outcome": None, "first_outcome_at": None}
    send(store, [ticket(9)], DAY1)
    send(store, [newer], DAY2, **WITH_UPDATE)
    report = send(store, [older], DAY3, **WITH_UPDATE)
    assert report.accepted == 1
    assert days(store) == [("新", "2025-06-09", None), ("旧", "2025-06-16", "2025-06-16")]


def test_the_time_of_the_last_change_decides_which_version_is_current(store: Store) -> None:
    log = [ticket(1, cause=c, updated_at=datetime(2025, 2, day)) for c, day in (("乙", 20), ("甲", 10), ("丙", 28))]
    send(store, log, DAY1, **WITH_UPDATE)
    assert days(store) == [
        ("甲", "2025-01-03", "2025-02-20"),
        ("乙", "2025-02-20", "2025-02-28"),
        ("丙", "2025-02-28", None),
    ]


def test_archives_may_be_replayed_in_any_order(tmp_path: Path) -> None:
    weeks = {
        DAY1: [ticket(i, received_at=datetime(2025, 5, 20), dispatched_at=None, first_outcome=None) for i in range(5)],
        DAY2: [ticket(i, received_at=datetime(2025, 5, 20), dispatched_at=None, cause="二") for i in range(3)]
        + [ticket(7, received_at=datetime(2025, 6, 4), dispatched_at=None)],
        DAY3: [ticket(i, received_at=datetime(2025, 5, 20), dispatched_at=None, cause="三") for i in range(2)]
        + [ticket(7, received_at=datetime(2025, 6, 4), dispatched_at=None, cause="三")],
    }
    for rows in weeks.values():
        for row in rows:
            row["first_outcome_at"] = (
                datetime(2025, 5, 28) if row["received_at"] < datetime(2025, 6, 1) else datetime(2025, 6, 6)
            )
    results = []
    for order in ((DAY1, DAY2, DAY3), (DAY3, DAY1, DAY2), (DAY2, DAY3, DAY1)):
        with opened(tmp_path / str(order[0]) / "store.duckdb") as store:
            for day in order:
                send(store, weeks[day], day)
            results.append(held(store))
    for result in results[1:]:
        same(result, results[0])


def test_the_demo_and_real_tickets_are_watched_apart(store: Store) -> None:
    take(
        store,
        write_csv(store.path.parent / "demo.csv", tickets(3)),
        recorded_on=date(2025, 1, 1),
        demo=True,
        kind="tickets",
    )
    send(store, [ticket(50)], DAY1)
    assert days(store, "T00050") == [("答复口径不一致", ticket(50)["received_at"].date().isoformat(), None)]


def test_the_content_hash_stays_what_it_is(store: Store) -> None:
    """The hash decides what is unchanged: were it to move, every ticket would come in anew."""
    send(store, [ticket(1)], DAY1)
    ((found,),) = store.cursor().execute("SELECT content_hash FROM stored.ticket_versions").fetchall()

    def milliseconds(moment: datetime) -> str:
        return str(int((moment - datetime(1970, 1, 1)).total_seconds() * 1000))

    row = ticket(1)
    parts = [
        *(row["customer_id"], milliseconds(row["received_at"]), row["complaint_class"], row["product"], "", ""),
        *(row["branch_id"], "", row["cause"], "", "", "1235.50", milliseconds(row["dispatched_at"]), "", ""),
        *("agreed", milliseconds(row["first_outcome_at"]), "2", "", "", "", "", "", "", "", row["narrative"], ""),
    ]
    assert found == hashlib.md5("".join(part + "\x1f" for part in parts).encode()).hexdigest()
