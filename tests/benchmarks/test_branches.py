"""The branch benchmark in small: false marks and power, on a seed nothing was tuned on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from analytics.branch_findings import FAMILY_RATES, PAGE_RATE
from benchmarks.branch_worlds import QUIET, World, cells, draw
from benchmarks.branches import false_marks, plain_limits, power, ten_points, units_of, worst_three


def test_the_families_use_up_the_rate_of_the_page_and_no_more() -> None:
    assert sum(FAMILY_RATES.values()) == pytest.approx(PAGE_RATE)


def test_where_nothing_differs_the_screen_is_quiet_and_naive_rules_are_not() -> None:
    banks = 25
    table = false_marks(banks, seed=301, worlds=(QUIET[1], QUIET[2], QUIET[5]))
    marked = table["product, whole screen"] * banks
    assert marked.sum() <= binom.ppf(0.99, 3 * banks, PAGE_RATE)
    assert table["10 points above the average"].iloc[:2].min() >= 0.95
    assert table["marks of 10 points"].iloc[0] == pytest.approx(5.2, abs=1.0)
    assert table["95% limits one by one"].iloc[0] > 0.3
    assert table["exact + BH 5%, no mix"].iloc[2] > 0.3  # blind to what branches differ by nature
    assert (table["worst three"] == 1).all()


def test_a_branch_of_88_customers_with_three_times_the_odds_is_found() -> None:
    table = power(20, seed=302, sizes=(88, 300), ratios=(3.0,))
    assert table.loc[(3.0, 88), "product"] >= 0.7
    assert table.loc[(3.0, 300), "product"] >= 0.95
    assert (table["product marks another"] <= 0.1).all()


def test_the_world_is_what_it_says() -> None:
    customers = draw(World("w", 5_000, planted=3.0, planted_size=400), np.random.default_rng(1))
    units = units_of(customers)
    assert units.loc["B18", "decided"] == 400
    odds = units.loc["B18", "not_agreed"] / (400 - units.loc["B18", "not_agreed"])
    others = units.drop("B18").sum()
    usual = others["not_agreed"] / (others["decided"] - others["not_agreed"])
    assert odds / usual == pytest.approx(3.0, rel=0.3)
    counted = cells(customers)
    assert counted["decided"].sum() == len(customers)
    assert counted["not_agreed"].sum() == customers["is_not_agreed"].sum()


def test_the_naive_rules_are_what_they_say() -> None:
    bank = pd.DataFrame(
        {
            "branch_id": ["A"] * 10 + ["B"] * 100 + ["C"] * 100 + ["D"] * 100,
            "is_not_agreed": [True] * 4 + [False] * 6 + [True, *[False] * 4] * 60,
        }
    )
    assert ten_points(bank) == {"A"}
    assert worst_three(bank) == {"A", "B", "C"}
    assert plain_limits(bank) == set()
