"""The kept table of the year to come: the same chances as worked out anew, and never more memory than promised."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import analytics.year_to_come as year_to_come
from analytics.breach import OpenCases, breach_path
from analytics.regime import staying
from analytics.weeks import weeks_so_far

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")


def plan(budget: float) -> tuple[np.ndarray, np.ndarray]:
    return np.full(52, budget / 52) * np.linspace(0.7, 1.3, 52), np.full(52, 7.0)


def test_the_kept_table_holds_what_is_worked_out_week_by_week() -> None:
    table = year_to_come.chances_to_stay(*plan(60), 60)
    assert table is not None
    for period, chances in staying(*plan(60), 60):
        np.testing.assert_array_equal(table[period], chances)
    assert year_to_come.chances_to_stay(*plan(60), 60) is table
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0, 0] = 0.5


def test_least_recently_used_tables_are_given_up_and_too_large_ones_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year_to_come, "MOST_BYTES", 2 * 8 * 53 * 61 * 31)
    monkeypatch.setattr(year_to_come, "_kept", type(year_to_come._kept)())
    tables = [year_to_come.chances_to_stay(*plan(budget), 30) for budget in (28.0, 29.0, 30.0)]
    assert len(year_to_come._kept) == 2
    assert year_to_come.chances_to_stay(*plan(30.0), 30) is tables[2]
    assert year_to_come.chances_to_stay(*plan(28.0), 30) is not tables[0]
    assert year_to_come.chances_to_stay(*plan(30.0), 300) is None


@pytest.mark.parametrize("open_cases", [OpenCases((), 0.0), OpenCases((0.4,) * 9, 1.9), OpenCases((0.9,) * 30, 25.0)])
@pytest.mark.parametrize("as_of", ["2025-01-03", "2025-06-08", "2025-08-13", "2025-12-30"])
def test_the_breach_probability_is_the_same_with_and_without_kept_tables(
    monkeypatch: pytest.MonkeyPatch, open_cases: OpenCases, as_of: str
) -> None:
    day = pd.Timestamp(as_of)
    random = np.random.default_rng(5)
    counts = pd.Series(random.poisson(80 / 365, len(DAYS)).astype(float), index=DAYS)
    even = pd.Series(80 / 365, index=DAYS) * np.linspace(0.8, 1.2, len(DAYS))
    weeks = weeks_so_far(counts, even, day)
    kept = breach_path(weeks, 80, open_cases)
    monkeypatch.setattr(year_to_come, "MOST_BYTES", 0)
    anew = breach_path(weeks, 80, open_cases)
    assert kept is not None
    assert anew is not None
    np.testing.assert_allclose(kept, anew, rtol=0, atol=1e-12)
