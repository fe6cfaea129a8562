"""The delay to the outcome, against simulation and against adding up case by case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay import AT_ONCE, Delay, expected_outcomes, measure_delay


def test_open_cases_do_not_make_the_delay_look_shorter() -> None:
    random = np.random.default_rng(5)
    true = random.integers(0, 30, 40_000)
    age = random.integers(0, 60, 40_000)
    waited = np.minimum(true, age)
    table = pd.DataFrame({"days": waited, "decided": (true <= age) * 1, "open": (true > age) * 1})
    delay = measure_delay(table.groupby("days", as_index=False).sum())
    assert delay.mean == pytest.approx(14.5, abs=0.2)
    naive = float(waited[true <= age].mean())
    assert naive < 13, "leaving the open cases out is biased"
    np.testing.assert_allclose(delay.share, np.full(30, 1 / 30), atol=0.006)


def test_without_open_cases_it_is_the_plain_share() -> None:
    delay = measure_delay(pd.DataFrame({"days": [0, 3, 7], "decided": [1, 2, 1], "open": [0, 0, 0]}))
    np.testing.assert_allclose(delay.share, [0.25, 0, 0, 0.5, 0, 0, 0, 0.25])
    assert delay.cases == 4


def test_nothing_decided_means_no_delay_is_known() -> None:
    assert measure_delay(pd.DataFrame({"days": [5], "decided": [0], "open": [3]})) is AT_ONCE


def test_outcomes_are_expected_when_complaints_plus_delay_fall_last_years_carry_over_included() -> None:
    days = pd.date_range("2024-12-01", "2025-12-31", freq="D")
    customers = pd.Series(np.arange(len(days)) % 4 + 0.5, index=days)
    delay = Delay(np.array([0.2, 0.0, 0.5, 0.3]), 10)
    outcomes = expected_outcomes(customers, delay, 2025)
    by_hand = pd.Series(0.0, index=days.union(days + pd.Timedelta(days=3)))
    for day, number in customers.items():
        for k, share in enumerate(delay.share):
            by_hand[day + pd.Timedelta(days=k)] += number * share
    np.testing.assert_allclose(outcomes, by_hand["2025-01-01":"2025-12-31"])
    assert outcomes.index[0] == pd.Timestamp("2025-01-01")
