"""Marks among many comparisons, against the definition written out and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.multiplicity import adjusted_p, stands_out


def test_the_adjusted_values_are_those_of_statsmodels() -> None:
    from statsmodels.stats.multitest import multipletests

    p_values = np.random.default_rng(1).uniform(size=40) ** 2
    expected = multipletests(p_values, method="fdr_bh")[1]
    np.testing.assert_allclose(adjusted_p(p_values), expected)


def test_the_marks_are_benjamini_and_hochbergs_step_up() -> None:
    """By hand at 5%: sorted .001 ≤ .05·1/5, .019 ≤ .05·2/5, .031 > .05·3/5, .04 = .05·4/5: the first four stand out."""
    p_values = [0.04, 0.001, 0.6, 0.031, 0.019]
    assert stands_out(p_values, 0.05).tolist() == [True, True, False, True, True]


def test_comparisons_that_were_not_made_do_not_count() -> None:
    assert stands_out([0.02, np.nan, np.nan], 0.03).tolist() == [True, False, False]
    assert np.isnan(adjusted_p([np.nan, np.nan])).all()
    assert adjusted_p([]).shape == (0,)


def test_where_nothing_differs_any_mark_has_at_most_the_stated_rate() -> None:
    draws = np.random.default_rng(2).uniform(size=(4_000, 30))
    share = np.mean([stands_out(row, 0.05).any() for row in draws])
    assert share == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / 4_000))
