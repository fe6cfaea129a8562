"""The demo bank through the whole product: intake, store, plan, evidence, against its own raw rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.warned import RANK, warned
from answers.evidence import standing
from answers.overview import overview
from answers.plan_preview import freeze_missing
from charts.weekly_table import csv_table
from data.demo import demo_bank
from data.demo_store import DEMO_AS_OF, holds_demo, load_demo, remove_demo, wants_demo
from data.scope import HEAD_OFFICE
from data.store import Store

PREPAYMENT = "住房贷款提前还款"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("demo") / "store.duckdb")
    assert wants_demo(store)
    load_demo(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The last version of every ticket, as the demo's systems know it at the end."""
    tickets = demo_bank().tickets.sort_values(["ticket_id", "updated_at"], kind="stable")
    return tickets.groupby("ticket_id").tail(1)


def first_days(tickets: pd.DataFrame, column: str, year: int) -> pd.Series:
    """Each customer's first day of the year in a column."""
    own = tickets[tickets[column].dt.year == year]
    return own.groupby("customer_id")[column].min().dt.normalize()


def last_years_threshold(received: pd.Series, year: int, budget: int) -> np.ndarray:
    """Last year's weekly shares over this year's days, written out day by day; at every plan week's end."""
    value = {}
    day = pd.Timestamp(year - 1, 1, 1)
    while day.year == year - 1:
        end = min(day + pd.Timedelta(days=6 - day.day_of_week), pd.Timestamp(year - 1, 12, 31))
        week = pd.date_range(day, end)
        for d in week:
            value[d.month, d.day] = received.between(day, end).sum() / len(week)
        day = end + pd.Timedelta(days=1)
    value.setdefault((2, 29), (value[2, 28] + value[3, 1]) / 2)
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    cumulative = np.cumsum([value[d.month, d.day] for d in days])
    ends = (days.day_of_week == 6) | (days == days[-1])
    return np.asarray(budget * cumulative[ends] / cumulative[-1])


@pytest.mark.parametrize("year", [2024, 2025])
def test_r06_the_threshold_csv_equals_a_calculation_from_the_raw_tickets(
    demo: Store, rows: pd.DataFrame, year: int
) -> None:
    shown = standing(demo, HEAD_OFFICE, PREPAYMENT, year, date(2026, 1, 1))
    assert shown is not None
    table = csv_table(shown.answer.threshold, shown.evaluation)
    own = rows[rows["complaint_class"] == PREPAYMENT]
    expected = last_years_threshold(first_days(own, "received_at", year - 1), year, shown.answer.plan.budget)
    np.testing.assert_allclose(table["threshold_last_year"], expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(table["allocation_last_year"].cumsum(), expected, rtol=0, atol=1e-9)
    weeks = pd.DatetimeIndex(table["week_end"])
    bad = first_days(own[own["first_outcome"] == "not_agreed"], "first_outcome_at", year)
    assert table["cumulative_not_agreed"].tolist() == [int((bad <= end).sum()) for end in weeks]
    assert table["customers"].sum() == len(first_days(own, "received_at", year))
    assert table["allocation"].sum() == pytest.approx(shown.answer.plan.budget, abs=1e-9)
    assert shown.answer.threshold.weeks["allocation_whole"].sum() == shown.answer.plan.budget


def test_r17_prepayment_is_23_percent_of_2024s_customers_and_its_2025_budget_is_80(demo: Store) -> None:
    years = demo.read("class_years", HEAD_OFFICE, date(2026, 1, 1))
    of_2024 = years[years["year"] == 2024].set_index("complaint_class")["customers"]
    assert of_2024[PREPAYMENT] / of_2024.sum() == pytest.approx(0.23, abs=0.005)
    assert 400 < of_2024[PREPAYMENT] < 430
    shown = standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert shown is not None
    assert shown.answer.plan.budget == 80


def test_as_of_shows_what_was_known_on_that_day_late_corrections_left_out(demo: Store, rows: pd.DataFrame) -> None:
    known_then = standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert known_then is not None
    versions = demo_bank().tickets
    versions = versions[(versions["updated_at"] < pd.Timestamp(DEMO_AS_OF) + pd.Timedelta(days=1))]
    last = versions.sort_values(["ticket_id", "updated_at"], kind="stable").groupby("ticket_id").tail(1)
    own = last[(last["complaint_class"] == PREPAYMENT) & (last["first_outcome"] == "not_agreed")]
    assert known_then.evaluation.actual == len(first_days(own, "first_outcome_at", 2025))


def test_r19_the_planted_worsening_is_seen_before_the_allowance_is_gone(demo: Store) -> None:
    quiet = standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, date(2025, 5, 25))
    assert quiet is not None
    assert warned(quiet.evaluation) == "quiet"
    later = [
        standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, date(2025, 6, 1) + timedelta(days=7 * k)) for k in range(1, 17)
    ]
    first = next(s for s in later if s is not None and s.evaluation.warning != "none")
    assert first.evaluation.actual < 80
    assert any(s is not None and s.evaluation.shift.stands for s in later)


def test_the_overview_is_worst_first_and_its_changes_add_up(demo: Store) -> None:
    now = overview(demo, HEAD_OFFICE, 2025, DEMO_AS_OF)
    before = {
        row.shown.answer.complaint_class: row.shown.evaluation.actual
        for row in overview(demo, HEAD_OFFICE, 2025, DEMO_AS_OF - timedelta(days=7))
    }
    ranks = [RANK[warned(row.shown.evaluation)] for row in now]
    assert ranks == sorted(ranks)
    assert PREPAYMENT in [row.shown.answer.complaint_class for row in now[:2]]
    assert len(now) == 11
    for row in now:
        assert row.changes is not None
        evaluation = row.shown.evaluation
        known = before[row.shown.answer.complaint_class]
        assert evaluation.actual == known + row.changes.corrected + row.changes.new


def test_r05_a_small_base_has_no_alarm_on_rates(demo: Store) -> None:
    shown = standing(demo, HEAD_OFFICE, "保险争议", 2025, DEMO_AS_OF)
    assert shown is not None
    assert shown.answer.plan.budget < 5
    assert shown.evaluation.small is not None
    assert shown.evaluation.breach_probability is None
    assert not shown.evaluation.shift.stands


def test_the_demo_goes_with_one_call_and_does_not_come_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    load_demo(store)
    assert holds_demo(store)
    remove_demo(store)
    assert not holds_demo(store)
    assert not wants_demo(store), "a demo that was removed is not loaded again at the next start"
    for table in ("ticket_versions", "events", "branches", "branch_balances", "interactions", "plans", "imports"):
        assert store.cursor().execute(f"SELECT count(*) FROM stored.{table}").fetchall() == [(0,)], table
    store.close()


def test_r06_a_plans_forecast_is_frozen_and_its_thresholds_do_not_move(demo: Store) -> None:
    before = standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert freeze_missing(demo, HEAD_OFFICE) == 22
    assert freeze_missing(demo, HEAD_OFFICE) == 0
    after = standing(demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert before is not None
    assert after is not None
    assert after.answer.forecast.method == "regression"
    np.testing.assert_allclose(after.answer.threshold.days["threshold"], before.answer.threshold.days["threshold"])
    assert after.answer.forecast.known_on <= date(2024, 12, 31), "the plan does not know how its year went"
