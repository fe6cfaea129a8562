"""Many tests at once: how sure one must be of the one that stands out."""

from __future__ import annotations

import numpy as np
from scipy.stats import beta


def benjamini_hochberg(p_values: np.ndarray) -> np.ndarray:
    """Give adjusted p-values, in the order of `p_values` (shape (n,), each 0–1): flagging those up to a rate keeps the
    expected share of false ones among the flagged, and where nothing differs the chance of any, within that rate.

    Source: Benjamini and Hochberg 1995, J R Stat Soc B 57:289.
    """
    p_values = np.asarray(p_values, dtype=float)
    count = len(p_values)
    order = np.argsort(-p_values, kind="stable")
    scaled = p_values[order] * count / (count - np.arange(count))
    adjusted = np.empty(count)
    adjusted[order] = np.minimum.accumulate(np.minimum(scaled, 1.0)) if count else scaled
    return adjusted


def exact_interval(part: np.ndarray, whole: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the exact interval of shares part ÷ whole (counts of one shape); 0 to 1 where whole is 0.

    Source: Clopper and Pearson 1934, Biometrika 26:404.
    """
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(part > 0, beta.ppf(tail, part, whole - part + 1), 0.0)
        high = np.where(part < whole, beta.ppf(1 - tail, part + 1, whole - part), 1.0)
    return low, high
