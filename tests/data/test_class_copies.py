"""A class counted from its copy gives the same numbers as counted from all tickets, on every day and after changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.class_copies import ClassCopies
from data.scope import HEAD_OFFICE, Scope
from data.store import Store

CLASS = "住房贷款提前还款"
DAYS = [date(2024, 2, 29), date(2025, 3, 31), date(2025, 7, 27), date(2025, 12, 31)]
QUESTIONS: dict[str, dict[str, Any]] = {
    "daily_counts": {"first_year": 2024, "last_year": 2025},
    "open_tickets": {"year": 2025, "longest": 120},
    "outcome_waits": {"from": date(2024, 6, 1)},
}


@pytest.fixture(scope="module")
def path(demo_copy: Callable[[], Path]) -> Path:
    return demo_copy()


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def copied(store: Store) -> None:
    """Have a store make copies, however small it is."""
    store.cursor().execute("DETACH kept")
    store._copies = ClassCopies(store.new_cursor, few_rows=0)
    store._results.clear()


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("reading", ["first", "final"])
@pytest.mark.parametrize("scope", [HEAD_OFFICE, Scope("branch", "B03")])
def test_a_copy_answers_as_all_tickets_do(store: Store, name: str, reading: str, scope: Scope) -> None:
    asked: dict[str, Any] = {"complaint_class": CLASS, "reading": reading, **QUESTIONS[name]}
    from_all = [store.read(name, scope, day, **asked) for day in DAYS]
    copied(store)
    from_copy = [store.read(name, scope, day, **asked) for day in DAYS]
    assert store._copies._rows, "a copy was made"
    assert sum(len(frame) for frame in from_all) > 0
    for one, other in zip(from_all, from_copy, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_copy_is_thrown_away_when_the_data_change(store: Store) -> None:
    copied(store)
    asked: dict[str, Any] = {"complaint_class": CLASS, "reading": "first", **QUESTIONS["daily_counts"]}
    before = store.read("daily_counts", HEAD_OFFICE, DAYS[-1], **asked)["customers"].sum()
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.ticket_versions BY NAME "
            "SELECT * REPLACE ('T-new' AS ticket_id, 'C-new' AS customer_id) FROM stored.ticket_versions "
            "WHERE complaint_class = ? AND year(received_at) = 2025 AND superseded_on IS NULL LIMIT 1",
            [CLASS],
        )
    after = store.read("daily_counts", HEAD_OFFICE, DAYS[-1], **asked)["customers"].sum()
    assert after == before + 1
    with store.writing() as cursor:
        cursor.execute("DELETE FROM stored.ticket_versions WHERE ticket_id = 'T-new'")
    assert store.read("daily_counts", HEAD_OFFICE, DAYS[-1], **asked)["customers"].sum() == before
