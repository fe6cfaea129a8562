"""The threshold table of a class, against a calculation from the raw ticket rows in plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from answers.class_year import class_year
from answers.evidence import with_evidence
from charts.weekly_table import CSV_COLUMNS, csv_table
from data.intake import import_frame
from data.plans import decide_plan
from data.scope import HEAD_OFFICE
from data.store import Store

Row = dict[str, object]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def tickets(seed: int, first: date, last: date, number: int) -> list[Row]:
    """Tickets at random over the years, with repeats of customers and open cases."""
    draw = random.Random(seed)
    rows: list[Row] = []
    for n in range(number):
        received = datetime.combine(first, datetime.min.time()) + timedelta(
            minutes=draw.randrange((last - first).days * 1440)
        )
        decided = received + timedelta(days=draw.randrange(0, 40)) if draw.random() < 0.9 else None
        rows.append(
            {
                "ticket_id": f"T{n:05d}",
                "customer_id": f"C{draw.randrange(number // 2):05d}",
                "received_at": received,
                "complaint_class": draw.choice(["提前还款", "提前还款", "保险争议"]),
                "branch_id": draw.choice(["B01", "B02"]),
                "first_outcome": None if decided is None else draw.choice(["agreed", "not_agreed", "agreed"]),
                "first_outcome_at": decided,
            }
        )
    return rows


def weeks_of(year: int) -> list[tuple[date, date]]:
    """Monday to Sunday, cut at the year's ends."""
    weeks, start = [], date(year, 1, 1)
    while start.year == year:
        end = min(start + timedelta(days=6 - start.weekday()), date(year, 12, 31))
        weeks.append((start, end))
        start = end + timedelta(days=1)
    return weeks


def by_hand(rows: list[Row], name: str, year: int, budget: int, as_of: date) -> list[Row]:
    """The weekly table from the rows: customers by first complaint, not agreed by first such outcome of the year."""
    first_complaint: dict[tuple[int, object], date] = {}
    first_not_agreed: dict[object, date] = {}
    for row in rows:
        received, decided = row["received_at"], row["first_outcome_at"]
        assert isinstance(received, datetime)
        if row["complaint_class"] != name or received.date() > as_of:
            continue
        key = (received.year, row["customer_id"])
        first_complaint[key] = min(received.date(), first_complaint.get(key, date.max))
        if isinstance(decided, datetime) and decided.year == year and row["first_outcome"] == "not_agreed":
            day = min(decided.date(), first_not_agreed.get(row["customer_id"], date.max))
            if day <= as_of:
                first_not_agreed[row["customer_id"]] = day
    last_year = [day for (y, _), day in first_complaint.items() if y == year - 1]
    value: dict[tuple[int, int], float] = {}
    for start, end in weeks_of(year - 1):
        length = (end - start).days + 1
        each = sum(start <= day <= end for day in last_year) / length
        for n in range(length):
            day = start + timedelta(days=n)
            value[(day.month, day.day)] = each
    value.setdefault((2, 29), (value[(2, 28)] + value[(3, 1)]) / 2)
    year_days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    total = sum(value[(d.month, d.day)] for d in year_days)
    table: list[Row] = []
    for start, end in weeks_of(year):
        begun = start <= as_of
        threshold = budget * sum(value[(d.month, d.day)] for d in year_days if d <= end) / total
        before = budget * sum(value[(d.month, d.day)] for d in year_days if d < start) / total
        this_year = [day for (y, _), day in first_complaint.items() if y == year]
        table.append(
            {
                "week_start": start.isoformat(),
                "week_end": end.isoformat(),
                "customers": sum(start <= d <= min(end, as_of) for d in this_year) if begun else None,
                "not_agreed": sum(start <= d <= end for d in first_not_agreed.values()) if begun else None,
                "cumulative_not_agreed": sum(d <= end for d in first_not_agreed.values()) if begun else None,
                "allocation_last_year": threshold - before,
                "threshold_last_year": threshold,
            }
        )
    return table


@pytest.mark.parametrize(
    ("year", "as_of"),
    [(2025, "2025-07-27"), (2024, "2024-12-31"), (2026, "2026-10-14"), (2021, "2021-03-05")],
    ids=["after a leap year", "leap year", "calendar touching 53 weeks, mid-week", "partial first week"],
)
def test_r06_the_weekly_csv_equals_a_calculation_from_the_raw_rows(store: Store, year: int, as_of: str) -> None:
    rows = tickets(year, date(year - 1, 1, 1), date(year, 12, 31), 900)
    with store.writing() as cursor:
        import_frame(
            cursor, "tickets", pa.Table.from_pylist(rows), name="raw", recorded_on=date(2030, 1, 1), demo=False
        )
    said_at = datetime(year, 1, 2)
    decide_plan(store, HEAD_OFFICE, "提前还款", year, budget=80, made_by="总行消保", made_at=said_at)
    answer = class_year(store, HEAD_OFFICE, "提前还款", year, date.fromisoformat(as_of))
    assert answer is not None
    table = csv_table(answer.threshold, with_evidence(answer).evaluation)
    assert list(table.columns)[: len(CSV_COLUMNS)] == CSV_COLUMNS
    expected = by_hand(rows, "提前还款", year, 80, date.fromisoformat(as_of))
    assert len(table) == len(expected)
    for column in ("week_start", "week_end", "customers", "not_agreed", "cumulative_not_agreed"):
        found = [None if pd.isna(value) else value for value in table[column]]
        assert found == [row[column] for row in expected], column
    for column in ("allocation_last_year", "threshold_last_year"):
        np.testing.assert_allclose(table[column], np.array([row[column] for row in expected], float), rtol=0, atol=1e-9)
    assert answer.threshold.weeks["allocation_whole"].sum() == 80


def test_r17_without_a_plan_a_trial_keeps_last_years_share(store: Store) -> None:
    rows = [
        {
            "ticket_id": f"T{n}",
            "customer_id": f"C{n}",
            "received_at": datetime(2024, 1, 1) + timedelta(days=n % 366, hours=9),
            "complaint_class": "提前还款",
            "branch_id": "B01",
            "first_outcome": "not_agreed" if n % 5 == 0 else "agreed",
            "first_outcome_at": datetime(2024, 1, 1) + timedelta(days=n % 366, hours=10),
        }
        for n in range(732)
    ]
    with store.writing() as cursor:
        import_frame(
            cursor, "tickets", pa.Table.from_pylist(rows), name="raw", recorded_on=date(2030, 1, 1), demo=False
        )
    answer = class_year(store, HEAD_OFFICE, "提前还款", 2025, date(2025, 1, 5))
    assert answer is not None
    assert answer.is_trial
    assert answer.plan.budget == 147  # 2 customers a day × 365 days × 147/732 not agreed = 146.6
    assert answer.plan.target_fcr == pytest.approx(1 - 147 / 732)
    assert not answer.trial_of_itself
    alone = class_year(store, HEAD_OFFICE, "提前还款", 2024, date(2024, 12, 31))
    assert alone is not None
    assert alone.trial_of_itself, "2023 is not known"


def test_a_class_without_any_customer_has_no_answer(store: Store) -> None:
    assert class_year(store, HEAD_OFFICE, "提前还款", 2025, date(2025, 1, 5)) is None
