"""What changed since last week: every customer behind the change by name, and why the threshold moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from answers.changes import week_news
from answers.class_year import class_year
from answers.evidence import Standing, standing
from answers.plan_preview import decide
from data.demo_store import load_demo
from data.scope import HEAD_OFFICE
from data.store import Store

CLASS, DAY = "住房贷款提前还款", date(2025, 7, 27)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(Path(tmp_path_factory.mktemp("changes")) / "store.duckdb")
    load_demo(opened)
    yield opened
    opened.close()


def shown(store: Store, day: date = DAY) -> Standing:
    found = standing(store, HEAD_OFFICE, CLASS, 2025, day)
    assert found is not None
    return found


def test_r08_the_customers_behind_the_change_add_up_to_it(store: Store) -> None:
    for day in (DAY, date(2025, 6, 8), date(2025, 3, 16)):
        news = week_news(store, HEAD_OFFICE, shown(store, day))
        assert news.changes is not None
        assert news.before is not None
        reasons = news.tickets["reason"].value_counts()
        assert reasons.get("new", 0) == news.changes.new
        assert reasons.get("late", 0) - reasons.get("withdrawn", 0) == news.changes.corrected
        assert news.before.evaluation.actual + len(news.tickets) - 2 * reasons.get("withdrawn", 0) == (
            shown(store, day).evaluation.actual
        )


def test_an_outcome_that_became_known_late_is_a_correction_with_its_ticket(store: Store) -> None:
    quiet = week_news(store, HEAD_OFFICE, shown(store))
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO stored.ticket_versions BY NAME SELECT * REPLACE ("
            "'T-late' AS ticket_id, 'C-late' AS customer_id, DATE '2025-07-23' AS known_on, "
            "TIMESTAMP '2025-07-01' AS received_at, TIMESTAMP '2025-07-10' AS first_outcome_at, "
            "'not_agreed' AS first_outcome) FROM stored.ticket_versions WHERE complaint_class = ? LIMIT 1",
            [CLASS],
        )
        cursor.execute("UPDATE stored.ticket_versions SET superseded_on = NULL WHERE ticket_id = 'T-late'")
    news = week_news(store, HEAD_OFFICE, shown(store))
    assert news.changes is not None
    assert quiet.changes is not None
    assert news.changes.corrected == quiet.changes.corrected + 1
    assert news.changes.new == quiet.changes.new
    late = news.tickets[news.tickets["ticket_id"] == "T-late"]
    assert late["reason"].tolist() == ["late"]


def test_in_the_first_week_of_a_year_there_is_nothing_to_compare_with(store: Store) -> None:
    news = week_news(store, HEAD_OFFICE, shown(store, date(2025, 1, 5)))
    assert news.before is None
    assert news.changes is None


def test_why_the_threshold_moved_is_split_into_allowance_and_forecast(store: Store) -> None:
    before = class_year(store, HEAD_OFFICE, CLASS, 2025, DAY)
    assert before is not None
    wanted = before.plan
    decide(
        store,
        HEAD_OFFICE,
        type(wanted)(
            **{
                **wanted.__dict__,
                "budget": 90,
                "valid_from": date(2025, 7, 1),
                "made_by": "总行消保",
                "made_at": datetime(2025, 6, 30, 9),
                "note": "年中调整",
            }
        ),
    )
    after = shown(store)
    moves = week_news(store, HEAD_OFFICE, after).moves
    assert moves["version"].tolist() == [1, 2]
    assert moves["budget"].tolist() == [80, 90]
    first, second = moves.to_dict("records")
    assert (first["by_budget"], first["by_forecast"]) == (0, pytest.approx(0))
    assert second["threshold"] == pytest.approx(after.evaluation.threshold)
    assert first["threshold"] == pytest.approx(before.threshold.threshold_now)
    assert second["by_budget"] > 0
    assert second["by_budget"] + second["by_forecast"] == pytest.approx(second["threshold"] - first["threshold"])
