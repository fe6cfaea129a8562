"""The position: bounds, equality, a threshold of nobody."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.position import position


@pytest.mark.parametrize(
    ("actual", "threshold", "level"),
    [
        (31, 40.0, "on_track"),
        (32, 40.0, "near"),  # exactly 80% is near
        (39, 40.0, "near"),
        (40, 40.0, "near"),  # exactly 100% is not over: what was allowed is allowed
        (41, 40.0, "over"),
        (0, 0.0, "on_track"),
        (1, 0.0, "over"),
        (45, 38.2, "over"),
    ],
)
def test_r05_the_level_follows_from_actual_against_threshold(actual: float, threshold: float, level: str) -> None:
    assert position(actual, threshold, near=0.8, over=1.0).level == level


def test_a_threshold_summed_from_fractions_equals_its_whole() -> None:
    summed = float(np.cumsum([0.1] * 10)[-1])  # 0.9999999999999999: Python 3.12 sums more exactly
    assert summed != 1.0
    assert position(1, summed, near=0.8, over=1.0).level == "near"


def test_the_ratio_is_zero_or_infinite_where_nobody_is_allowed() -> None:
    assert position(0, 0, near=0.8, over=1.0).ratio == 0
    assert position(2, 0, near=0.8, over=1.0).ratio == math.inf


def test_a_class_may_use_bounds_of_its_own() -> None:
    assert position(95, 100, near=0.9, over=0.94).level == "over"
    assert position(85, 100, near=0.9, over=0.94).level == "on_track"


@pytest.mark.parametrize(("actual", "threshold"), [(-1, 5), (1, -5), (float("nan"), 5), (1, float("nan"))])
def test_negative_or_missing_numbers_are_refused(actual: float, threshold: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        position(actual, threshold, near=0.8, over=1.0)


@given(st.integers(0, 500), st.floats(0.1, 500), st.integers(1, 50))
def test_one_customer_more_never_improves_the_level(actual: int, threshold: float, more: int) -> None:
    order = ["on_track", "near", "over"]
    before, after = (position(n, threshold, near=0.8, over=1.0).level for n in (actual, actual + more))
    assert order.index(after) >= order.index(before)
