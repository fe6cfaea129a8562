"""A small bank for the packs: tickets at random, written into the store as an import of history would leave them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.store import Store
from reports.browsers import find_browser
from texts import Problem

Row = dict[str, Any]
CLASSES = ("提前还款", "提前还款", "提前还款", "信用卡/分期")


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "bank" / "store.duckdb"


@pytest.fixture
def store(store_path: Path) -> Iterator[Store]:
    opened = Store(store_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def bank() -> list[Row]:
    """Tickets of 2024 and of 2025 up to 27 July, with repeats of customers and open cases."""
    draw = random.Random(20250727)
    rows = []
    for number in range(700):
        received = datetime(2024, 1, 1) + timedelta(minutes=draw.randrange(573 * 1440))
        decided = received + timedelta(days=draw.randrange(0, 40)) if draw.random() < 0.9 else None
        rows.append(
            {
                "ticket_id": f"T{number:05d}",
                "customer_id": f"C{draw.randrange(450):05d}",
                "received_at": received,
                "complaint_class": draw.choice(CLASSES),
                "branch_id": draw.choice(["B01", "B02"]),
                "first_outcome": None if decided is None else draw.choice(["agreed", "agreed", "not_agreed"]),
                "first_outcome_at": decided,
            }
        )
    return rows


@pytest.fixture
def fill(store: Store) -> Callable[[list[Row]], None]:
    """Give a function that stores tickets as one import of 1 January 2026 that loaded history."""

    def put(rows: list[Row]) -> None:
        with store.writing() as cursor:
            cursor.execute(
                "INSERT INTO stored.imports (import_id, kind, file_name, sha256, started_at, finished_at, recorded_on,"
                " rows_read, accepted, unchanged, set_aside) VALUES (1, 'tickets', '工单.csv', 'ab12', '2026-01-01',"
                " '2026-01-01', '2026-01-01', $rows, $rows, 0, 0)",
                {"rows": len(rows)},
            )
            cursor.register("brought", pd.DataFrame(rows))
            cursor.execute(
                "INSERT INTO stored.ticket_versions BY NAME SELECT *, 1 AS import_id, DATE '2026-01-01' AS recorded_on,"
                " received_at AS status_at, 0 AS status_columns, ticket_id AS content_hash,"
                " received_at::DATE AS known_on FROM brought"
            )
            cursor.unregister("brought")

    return put


@pytest.fixture
def filled(store: Store, bank: list[Row], fill: Callable[[list[Row]], None]) -> Store:
    """The store with the small bank in it."""
    fill(bank)
    return store


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without a browser: BROWSER_PATH names nothing."""
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-browser-here"))


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's browser; the test is skipped, saying so, where there is none."""
    try:
        return find_browser()
    except Problem as problem:
        pytest.skip(str(problem))
