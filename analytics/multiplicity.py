"""Many comparisons at once: which of them stand out when every one had its chance to do so by luck."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def adjusted_p(p_values: ArrayLike) -> np.ndarray:
    """Give p-values adjusted for the number of comparisons (Benjamini and Hochberg 1995, JRSS B 57:289).

    p_values: one a comparison, missing where it was not made; those stay missing and do not count. An adjusted
    value of at most q marks a comparison: of all marked, a share of at most q is expected to be false; where nothing
    differs, any mark at all has a chance of at most q.
    """
    values = np.asarray(p_values, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    made = np.flatnonzero(~np.isnan(values))
    if len(made) == 0:
        return adjusted
    order = made[np.argsort(values[made], kind="stable")]
    steps = values[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return adjusted


def stands_out(p_values: ArrayLike, rate: float) -> np.ndarray:
    """Say of every comparison whether it stands out at this rate of false marks (0–1)."""
    marked: np.ndarray = adjusted_p(p_values) <= rate  # a missing value is never at most the rate
    return marked
