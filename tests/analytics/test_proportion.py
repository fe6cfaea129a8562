"""Shares of few customers, against scipy's and statsmodels' own and by enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analytics.proportion import (
    at_least,
    difference_interval,
    exact_interval,
    same_share,
    signed_deviate,
    two_sided,
)


@pytest.mark.parametrize(("hits", "total"), [(0, 12), (3, 35), (35, 35), (17, 88), (412, 2_000)])
def test_the_exact_interval_is_clopper_and_pearsons(hits: int, total: int) -> None:
    expected = stats.binomtest(hits, total).proportion_ci(0.95, method="exact")
    low, high = exact_interval(hits, total)
    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), abs=1e-10)


def test_nobody_decided_says_nothing() -> None:
    low, high = exact_interval([0], [0])
    assert (low[0], high[0]) == (0.0, 1.0)


def test_the_exact_interval_covers_at_least_its_level() -> None:
    for share in (0.03, 0.2, 0.5):
        counts = np.arange(41)
        low, high = exact_interval(counts, np.full(41, 40))
        chance = stats.binom.pmf(counts, 40, share)
        assert chance[(low <= share) & (share <= high)].sum() >= 0.95


def test_tails_are_sums_of_the_binomial_law() -> None:
    law = [math.comb(9, k) * 0.3**k * 0.7 ** (9 - k) for k in range(10)]
    assert float(at_least(6, 9, 0.3)) == pytest.approx(sum(law[6:]))
    assert float(two_sided(6, 9, 0.3)) == pytest.approx(2 * sum(law[6:]))
    assert float(two_sided(3, 9, 0.3)) == 1.0
    middle = sum(law[7:]) + law[6] / 2
    assert float(signed_deviate(6, 9, 0.3)) == pytest.approx(stats.norm.isf(middle))
    assert float(signed_deviate(0, 9, 0.3)) == pytest.approx(stats.norm.ppf(law[0] / 2))


def test_the_difference_is_newcombes() -> None:
    """Newcombe 1998, table II, 56/70 − 48/80: method 10 gives .0524 to .3339."""
    assert difference_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_fishers_test_is_scipys() -> None:
    assert same_share(7, 20, 30, 200) == pytest.approx(stats.fisher_exact([[7, 13], [30, 170]])[1])
