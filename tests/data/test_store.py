"""The store: one owner, cursors per thread, scope and as-of on every read."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data import migrations, queries
from data.counts import daily_counts
from data.plans import FrozenForecast, decide_plan, freeze_forecast, frozen_forecasts, plans
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import Problem

NOW = date(2025, 12, 31)
TICKET = {
    "ticket_id": "T1",
    "customer_id": "C1",
    "received_at": datetime(2025, 3, 5, 9),
    "complaint_class": "提前还款",
    "branch_id": "B01",
    "import_id": 1,
    "recorded_on": date(2025, 3, 5),
    "status_at": datetime(2025, 3, 5, 9),
    "status_columns": 0,
    "content_hash": "x",
    "known_on": date(2025, 3, 5),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def put(store: Store, **changes: object) -> None:
    row = {**TICKET, **changes}
    with store.writing() as cursor:
        cursor.execute(
            f"INSERT INTO stored.ticket_versions ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )


def counts(store: Store, as_of: date, scope: Scope = HEAD_OFFICE) -> tuple[float, float, float]:
    table = daily_counts(store, scope, "提前还款", 2025, 2025, as_of)
    return float(table["customers"].sum()), float(table["decided"].sum()), float(table["not_agreed"].sum())


def test_a_past_day_is_shown_as_it_was_known_on_that_day(store: Store) -> None:
    put(store, superseded_on=date(2025, 4, 1))
    put(
        store,
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 3, 20),
        known_on=date(2025, 4, 1),
        recorded_on=date(2025, 4, 1),
        content_hash="y",
    )
    assert counts(store, date(2025, 3, 4)) == (0, 0, 0)
    assert counts(store, date(2025, 3, 31)) == (1, 0, 0), "decided on 20 March, but nobody knew before 1 April"
    assert counts(store, date(2025, 4, 1)) == (1, 1, 1)


def test_what_is_dated_later_than_the_as_of_day_is_not_there_yet(store: Store) -> None:
    put(
        store,
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 3, 20),
        closed_at=datetime(2025, 4, 20),
    )
    assert counts(store, date(2025, 3, 19)) == (1, 0, 0)
    assert counts(store, date(2025, 3, 20)) == (1, 1, 1)


def test_r01_a_customer_counts_once_per_class_and_calendar_year(store: Store) -> None:
    put(store, first_outcome="agreed", first_outcome_at=datetime(2025, 3, 10))
    put(
        store,
        ticket_id="T2",
        received_at=datetime(2025, 5, 1),
        content_hash="y",
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 5, 9),
    )
    put(
        store,
        ticket_id="T3",
        received_at=datetime(2025, 6, 1),
        content_hash="z",
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 6, 9),
    )
    put(store, ticket_id="T4", complaint_class="保险争议", content_hash="w")
    table = daily_counts(store, HEAD_OFFICE, "提前还款", 2025, 2025, NOW)
    assert table.loc["2025-03-05", "customers"] == 1
    assert table.loc["2025-03-10", "decided"] == 1
    assert table.loc["2025-05-09", "not_agreed"] == 1
    assert table.sum().tolist() == [1, 1, 1]


def test_an_outcome_counts_in_the_year_in_which_it_was_determined(store: Store) -> None:
    put(
        store,
        received_at=datetime(2024, 12, 28),
        known_on=date(2024, 12, 28),
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 1, 6),
    )
    assert counts(store, NOW) == (0, 1, 1)


def test_the_milder_reading_counts_the_final_outcome(store: Store) -> None:
    put(
        store,
        first_outcome="not_agreed",
        first_outcome_at=datetime(2025, 3, 10),
        final_outcome="agreed",
        closed_at=datetime(2025, 4, 2),
    )
    table = daily_counts(store, HEAD_OFFICE, "提前还款", 2025, 2025, NOW, "final")
    assert table.loc["2025-04-02", "decided"] == 1
    assert table["not_agreed"].sum() == 0


def test_a_branch_reader_sees_only_its_own_branch(store: Store) -> None:
    put(store)
    put(store, ticket_id="T2", customer_id="C2", branch_id="B02", content_hash="y")
    assert counts(store, NOW)[0] == 2
    assert counts(store, NOW, Scope("branch", "B02"))[0] == 1
    assert counts(store, NOW, Scope("branch", 'B"; DROP TABLE x; --'))[0] == 0


@pytest.mark.parametrize("name", queries.names())
def test_no_query_can_go_around_the_scope(name: str) -> None:
    wanted = queries.query(name)
    assert wanted.access in ("scoped", "everyone", "head_office")
    assert wanted.sql.startswith("-- Grain:"), "every query states its grain"
    if wanted.access == "everyone":
        assert not re.search(r"seen\.(tickets|outcomes|interactions|events|set_aside)", wanted.sql)


def test_a_query_that_names_a_base_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leak.sql").write_text("-- Grain: x\n-- access: everyone\nSELECT * FROM stored.ticket_versions")
    (tmp_path / "bare.sql").write_text("-- Grain: x\nSELECT * FROM seen.imports($as_of)")
    monkeypatch.setattr(queries, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(ValueError, match="base tables"):
        queries.query("leak")
    with pytest.raises(ValueError, match="declares its access"):
        queries.query("bare")


def test_rows_set_aside_are_for_the_head_office_only(store: Store) -> None:
    assert store.read("set_aside_rows", HEAD_OFFICE, NOW, import_id=1).empty
    with pytest.raises(Problem, match="may not see"):
        store.read("set_aside_rows", Scope("branch", "B01"), NOW, import_id=1)


def test_a_role_needs_to_be_known_and_a_branch_reader_needs_a_branch() -> None:
    with pytest.raises(Problem, match="not known"):
        Scope("king")  # type: ignore[arg-type]
    with pytest.raises(Problem, match="needs a branch"):
        Scope("branch")
    with pytest.raises(Problem, match="no other reader may have one"):
        Scope("viewer", "B01")


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    def fail() -> None:
        with store.writing() as cursor:
            cursor.execute("INSERT INTO stored.settings VALUES ('a', 'b')")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail()
    assert store.read("settings", HEAD_OFFICE, NOW).empty


def test_a_result_is_kept_until_something_is_written_and_changing_it_changes_no_other(store: Store) -> None:
    put(store)
    first = store.read("class_years", HEAD_OFFICE, NOW)
    first["customers"] = 99
    assert store.read("class_years", HEAD_OFFICE, NOW)["customers"].tolist() == [1]
    put(store, ticket_id="T2", customer_id="C2", content_hash="y")
    assert store.read("class_years", HEAD_OFFICE, NOW)["customers"].tolist() == [2]


def test_threads_read_at_the_same_time(store: Store) -> None:
    put(store)
    seen: list[int] = []
    problems: list[Exception] = []

    def read() -> None:
        try:
            for day in range(1, 25):
                seen.append(len(store.read("class_years", HEAD_OFFICE, date(2025, 4, day))))
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert seen == [1] * 8 * 24


def test_a_second_process_is_told_in_plain_words(store: Store) -> None:
    code = f"from pathlib import Path; from data.store import Store; Store(Path({str(store.path)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "is open in another process" in done.stderr


def test_a_file_that_is_no_store_is_told_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "store.duckdb").write_bytes(b"this is not a database" * 1000)
    with pytest.raises(Problem, match="cannot be read as a store"):
        Store(tmp_path / "store.duckdb")


def test_a_store_of_a_newer_product_is_not_touched(tmp_path: Path) -> None:
    Store(tmp_path / "store.duckdb").close()
    with duckdb.connect(str(tmp_path / "store.duckdb")) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999)")
    with pytest.raises(Problem, match="schema version 999"):
        Store(tmp_path / "store.duckdb")


def test_opening_again_keeps_everything_and_runs_no_migration_twice(tmp_path: Path) -> None:
    first = Store(tmp_path / "store.duckdb")
    put(first)
    first.close()
    again = Store(tmp_path / "store.duckdb")
    assert again.read("freshness", HEAD_OFFICE, NOW)["tickets"].tolist() == [1]
    again.close()
    numbers = [number for number, _ in migrations.steps()]
    assert numbers == sorted(set(numbers)), "each number once; what a store lacks is told by its number"


def test_a_plan_is_versioned_and_never_edited(store: Store) -> None:
    first, second = (
        decide_plan(
            store,
            HEAD_OFFICE,
            "提前还款",
            2025,
            budget=budget,
            valid_from=day,
            made_by="总行消保",
            made_at=datetime.combine(day, datetime.min.time()),
        )
        for budget, day in ((80, date(2025, 1, 6)), (70, date(2025, 4, 7)))
    )
    assert (first, second) == (1, 2)
    assert [p.budget for p in plans(store, HEAD_OFFICE, "提前还款", 2025, date(2025, 4, 6))] == [80]
    both = plans(store, HEAD_OFFICE, "提前还款", 2025, date(2025, 4, 7))
    assert [(p.version, p.budget, p.valid_from) for p in both] == [
        (1, 80, date(2025, 1, 1)),
        (2, 70, date(2025, 4, 7)),
    ]


@pytest.mark.parametrize("values", [{"budget": -1}, {"budget": 5, "target_fcr": 1.5}, {"budget": 5, "near": 1.2}])
def test_a_plan_with_values_out_of_range_is_refused(store: Store, values: dict[str, float]) -> None:
    with pytest.raises(Problem, match="do not fit"):
        decide_plan(store, HEAD_OFFICE, "x", 2025, made_by="a", made_at=datetime(2025, 1, 1), **values)  # type: ignore[arg-type]


def test_a_viewer_may_not_decide_plans(store: Store) -> None:
    with pytest.raises(Problem, match="may not decide"):
        decide_plan(store, Scope("viewer"), "x", 2025, budget=1, made_by="a", made_at=datetime(2025, 1, 1))


def test_a_plans_forecast_is_frozen_with_it(store: Store) -> None:
    decide_plan(store, HEAD_OFFICE, "提前还款", 2025, budget=80, made_by="总行消保", made_at=datetime(2025, 1, 6))
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D", name="day")
    frozen = FrozenForecast(
        method="x",
        known_on=date(2025, 1, 6),
        history=(date(2024, 1, 1), date(2024, 12, 31)),
        customers=400.0,
        low=370.0,
        high=430.0,
        dispersion=1.2,
        mean_delay=7.5,
        curve=pd.DataFrame({"share": 1 / 365, "customers": 400 / 365}, index=days),
    )
    freeze_forecast(store, "提前还款", 2025, 1, frozen)
    freeze_forecast(store, "提前还款", 2025, 1, replace(frozen, customers=1.0))
    kept = frozen_forecasts(store, HEAD_OFFICE, "提前还款", 2025, date(2025, 6, 1))
    assert list(kept) == [1]
    assert all(getattr(kept[1], name) == value for name, value in frozen.__dict__.items() if name != "curve")
    pd.testing.assert_frame_equal(kept[1].curve, frozen.curve, check_index_type=False, check_freq=False)
    assert frozen_forecasts(store, HEAD_OFFICE, "保险争议", 2025, date(2025, 6, 1)) == {}


def test_a_ticket_closed_without_an_outcome_is_still_open(store: Store) -> None:
    put(store, first_outcome="not_agreed", first_outcome_at=datetime(2025, 3, 10), closed_at=datetime(2025, 4, 2))
    assert daily_counts(store, HEAD_OFFICE, "提前还款", 2025, 2025, NOW, "final")["decided"].sum() == 0
    assert daily_counts(store, HEAD_OFFICE, "提前还款", 2025, 2025, NOW)["decided"].sum() == 1
