"""A bank's own calendar beside the store: Chinese words and dates, used by the forecast, refused in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.calendar import calendar_known
from answers.plan_forecast import checked_calendar, forecast_as_known
from data.demo_store import load_demo
from data.own_calendar import FILE
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import Problem


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(tmp_path_factory.mktemp("own") / "store.duckdb")
    load_demo(opened)
    yield opened
    opened.close()


@pytest.fixture
def calendar(store: Store) -> Iterator[Path]:
    path = store.path.parent / FILE
    yield path
    path.unlink(missing_ok=True)


def test_a_calendar_in_chinese_is_read_and_makes_its_year_known(store: Store, calendar: Path) -> None:
    assert checked_calendar(store) is None
    calendar.write_bytes("日期,日类型\r\n2027年2月6日,节假日\r\n2027-02-20,调休上班\r\n".encode("gb18030"))
    own = checked_calendar(store)
    assert own is not None
    assert own.to_dict("list") == {
        "date": ["2027-2-6", "2027-02-20"],
        "day_type": ["holiday", "adjusted_workday"],
    }
    assert calendar_known(2027, own)
    assert not calendar_known(2028, own)


def test_the_forecast_follows_the_own_calendar_as_soon_as_the_file_is_there(store: Store, calendar: Path) -> None:
    def wednesday() -> float:
        forecast = forecast_as_known(store, HEAD_OFFICE, "住房贷款提前还款", 2026, date(2025, 12, 31), "first")
        return float(forecast.curve.at["2026-06-10", "customers"])

    before = wednesday()
    calendar.write_text("date,day_type\n2026-06-10,holiday\n", encoding="utf-8")
    assert wednesday() < 0.6 * before


@pytest.mark.parametrize(
    "content", ["", "a,b\n1,2\n", "date,day_type\n2027-13-45,holiday\n", "date,day_type\n2027-01-01,x\n"]
)
def test_a_calendar_that_cannot_be_used_is_a_plain_problem(store: Store, calendar: Path, content: str) -> None:
    calendar.write_text(content, encoding="utf-8")
    with pytest.raises(Problem):
        checked_calendar(store)
