"""The position: actual ÷ threshold, and the level it means. What the document asks for, and never shown alone.

By itself it cries wolf: a process that runs exactly at a budget of 80 stands above its curve at the end of some week
in nine years of ten (benchmarks/warning.py). The evidence beside it is in `analytics.evaluation`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Level = Literal["on_track", "near", "over"]

# Thresholds are sums of fractions: a ratio this close to a bound counts as equal to it.
SAME = 1e-9


@dataclass(frozen=True)
class Position:
    """Where the actual stands.

    actual, threshold: cumulative customers; ratio: actual ÷ threshold (0 where both are 0, infinite where only the
    threshold is 0). near, over: the bounds in use, as ratios.
    """

    actual: float
    threshold: float
    ratio: float
    level: Level
    near: float
    over: float


def position(actual: float, threshold: float, *, near: float, over: float) -> Position:
    """Place the actual against the cumulative threshold of the same day.

    actual, threshold: customers, ≥ 0. near, over: ratios, 0 < near ≤ over. Equality is decided so: `near` from the
    near bound on (80% is near), `over` only above the over bound (100% is still near): having used exactly what was
    allowed is allowed. A threshold of 0 allows nobody: 0 against 0 is on track, anybody above it is over.
    Raises ValueError for negative or missing numbers.
    """
    if not (actual >= 0 and threshold >= 0):
        raise ValueError("actual and threshold must be numbers of customers, not negative")
    ratio = actual / threshold if threshold > 0 else (0.0 if actual == 0 else math.inf)
    level: Level = "over" if ratio > over + SAME else "near" if ratio >= near - SAME else "on_track"
    return Position(float(actual), float(threshold), ratio, level, near, over)
