"""Who stands out of a funnel: exact limits, refusal of small units, natural spread."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.funnel import (
    FINE_FROM,
    JUDGED_FROM,
    OVERDISPERSED_FROM,
    between_variance,
    centred,
    compared,
    funnel_limits,
)


def units(decided: list[int], not_agreed: list[int], share: float) -> pd.DataFrame:
    table = pd.DataFrame({"decided": decided, "not_agreed": not_agreed})
    return table.assign(expected=table["decided"] * share)


def test_r19_a_branch_below_35_customers_is_never_marked_whatever_its_rate() -> None:
    found = compared(units([JUDGED_FROM - 1, 300, 400], [JUDGED_FROM - 1, 60, 80], 0.2), 0.05)
    assert found.units["verdict"].tolist() == ["not_judged", "usual", "usual"]
    assert np.isnan(found.units["p"].iloc[0])
    assert found.judged == 2


def test_below_88_customers_the_verdict_says_that_only_extremes_show() -> None:
    found = compared(units([FINE_FROM - 1, FINE_FROM, 60], [17, 18, 40], 0.2), 0.05)
    assert found.units["verdict"].tolist() == ["extremes_only", "usual", "worse"]


def test_35_and_88_customers_give_80_percent_power_for_odds_three_and_two_times_as_high() -> None:
    """By enumeration of one exact two-sided test at 5% and a class rate of 20%."""
    for ratio, size in ((3, JUDGED_FROM), (2, FINE_FROM)):
        critical = next(k for k in range(size) if 2 * stats.binom.sf(k - 1, size, 0.2) <= 0.05)
        odds = 0.25 * ratio
        assert stats.binom.sf(critical - 1, size, odds / (1 + odds)) == pytest.approx(0.80, abs=0.01)


def test_marks_are_exact_tails_after_benjamini_and_hochberg() -> None:
    table = units([40, 60, 100, 100], [20, 12, 3, 20], 0.2)
    found = compared(table, 0.05)
    by_hand = [stats.binom.sf(19, 40, 0.2), 0.5, stats.binom.cdf(3, 100, 0.2), 0.5]
    np.testing.assert_allclose(found.units["p"], [min(1.0, 2 * p) for p in by_hand])
    assert found.units["verdict"].tolist() == ["worse", "extremes_only", "better", "usual"]
    assert found.marked["verdict"].tolist() == ["worse", "better"]


def test_only_worse_ones_are_looked_for_where_asked() -> None:
    found = compared(units([100, 100], [3, 40], 0.2), 0.05, only_worse=True)
    assert found.units["verdict"].tolist() == ["usual", "worse"]
    assert found.units["p"].iloc[1] == pytest.approx(stats.binom.sf(39, 100, 0.2))


def test_the_limits_are_the_interpolated_binomial_quantiles() -> None:
    """Spiegelhalter 2005, appendix A.1.1, written out for one size."""
    share, size, chance = 0.2, 40, 0.975
    count = next(k for k in range(size + 1) if stats.binom.cdf(k, size, share) >= chance)
    above, below = stats.binom.cdf(count, size, share), stats.binom.cdf(count - 1, size, share)
    by_hand = (count - (above - chance) / (above - below)) / size
    limits = funnel_limits(share, np.array([size]), 0.95)
    assert limits["high"].iloc[0] == pytest.approx(by_hand)
    assert 0 <= limits["low"].iloc[0] < share < limits["high"].iloc[0]


def test_the_limits_hold_what_they_say() -> None:
    draw = np.random.default_rng(3)
    for size in (35, 120, 700):
        limits = funnel_limits(0.17, np.array([size]), 0.95)
        rate = draw.binomial(size, 0.17, 20_000) / size
        outside = ((rate < limits["low"].iloc[0]) | (rate > limits["high"].iloc[0])).mean()
        assert 0.02 < outside < 0.065


def test_small_classes_have_no_spread_and_large_ones_the_one_they_were_drawn_with() -> None:
    draw = np.random.default_rng(4)
    sizes = np.full(60, 400)
    found = []
    for _ in range(40):
        rate = np.clip(draw.normal(0.2, 0.03, 60), 0.02, 0.9)
        hits = draw.binomial(sizes, rate)
        found.append(compared(units(sizes.tolist(), hits.tolist(), float(hits.sum() / sizes.sum())), 0.05).spread)
    assert np.mean(found) == pytest.approx(0.03, abs=0.006)
    few = compared(units([40] * 30, [20] * 15 + [2] * 15, 0.275), 0.05)
    assert few.units["decided"].sum() < OVERDISPERSED_FROM
    assert few.spread == 0


def test_equal_units_show_no_spread_on_average() -> None:
    draw = np.random.default_rng(5)
    variance = np.full(40, 0.16 / 300)
    estimates = [between_variance(draw.normal(size=40), variance) for _ in range(400)]
    assert np.median(estimates) <= 0.1 * variance[0]
    assert between_variance(np.full(9, 5.0), np.full(9, 0.01)) == 0.0


def test_with_natural_spread_equal_branches_are_rarely_marked_and_a_great_outlier_still_is() -> None:
    draw = np.random.default_rng(6)
    sizes = np.full(40, 500)
    any_mark = caught = 0
    for _ in range(200):
        rate = np.clip(draw.normal(0.2, 0.025, 40), 0.05, 0.6)
        rate[0] = 0.42
        hits = draw.binomial(sizes, rate)
        found = compared(units(sizes.tolist(), hits.tolist(), 0.2), 0.03)
        caught += found.units["verdict"].iloc[0] == "worse"
        any_mark += found.units["verdict"].iloc[1:].isin(["worse", "better"]).any()
    assert caught > 190
    assert any_mark <= 20


def test_an_empty_funnel_is_no_trouble() -> None:
    found = compared(units([], [], 0.2), 0.05)
    assert found.units.empty
    assert found.marked.empty
    one = compared(units([50], [0], 0.0), 0.05)
    assert one.units["verdict"].tolist() == ["extremes_only"]


def test_one_very_large_bad_branch_does_not_make_the_others_look_good() -> None:
    """B0 has a third of all customers and 59% of them not agreed; the others are at 13%."""
    sizes = [1_364, *(int(1_300 / (b + 1)) for b in range(1, 20))]
    hits = [805, *(round(0.13 * size) for size in sizes[1:])]
    table = units(sizes, hits, sum(hits) / sum(sizes))
    found = compared(table, 0.02)
    assert found.units["verdict"].iloc[0] == "worse"
    assert set(found.units["verdict"].iloc[1:]) <= {"usual", "extremes_only"}
    assert found.centre == pytest.approx(0.13, abs=0.01)


def test_the_middle_of_equal_branches_is_their_rate_within_its_error() -> None:
    draw = np.random.default_rng(8)
    sizes = np.array([2_000, 900, *([150] * 30)])
    misses = []
    for _ in range(300):
        rate = draw.binomial(sizes, 0.2) / sizes
        moved, error = centred(rate, np.full(len(sizes), rate @ sizes / sizes.sum()), sizes, sizes > 0)
        misses.append((moved[0] - 0.2) / error)
    assert abs(np.mean(misses)) < 0.25
    assert 0.6 < np.std(misses) < 1.15
