"""How sure a share of a few customers is: exact tails, exact intervals, and the difference of two shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri
from scipy.stats import binom, fisher_exact

LEVEL = 0.95


def exact_interval(hits: ArrayLike, total: ArrayLike, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Give the exact interval of a share (Clopper and Pearson 1934, Biometrika 26:404), elementwise.

    hits, total: counts, 0 ≤ hits ≤ total. Result: low and high, 0–1; (0, 1) where total is 0.
    """
    x, n = np.asarray(hits, dtype=float), np.asarray(total, dtype=float)
    tail = (1 - level) / 2
    low = np.where(x > 0, betaincinv(np.maximum(x, 0.5), n - x + 1, tail), 0.0)
    high = np.where(x < n, betaincinv(x + 1, np.maximum(n - x, 0.5), 1 - tail), 1.0)
    return low, high


def two_sided(hits: ArrayLike, total: ArrayLike, share: ArrayLike) -> np.ndarray:
    """Give the exact two-sided p-value of `hits` among `total` at a share (0–1): twice the smaller binomial tail."""
    x, n, p = np.asarray(hits), np.asarray(total), np.asarray(share, dtype=float)
    values: np.ndarray = np.minimum(1.0, 2 * np.minimum(binom.cdf(x, n, p), binom.sf(x - 1, n, p)))
    return values


def at_least(hits: ArrayLike, total: ArrayLike, share: ArrayLike) -> np.ndarray:
    """Give the exact chance of `hits` or more among `total` at a share (0–1)."""
    chance: np.ndarray = binom.sf(np.asarray(hits) - 1, np.asarray(total), np.asarray(share, dtype=float))
    return chance


def signed_deviate(hits: ArrayLike, total: ArrayLike, share: ArrayLike) -> np.ndarray:
    """Give the normal deviate of `hits` among `total` at a share: its middle binomial tail on the normal scale."""
    x, n, p = np.asarray(hits), np.asarray(total), np.asarray(share, dtype=float)
    below = binom.cdf(x - 1, n, p) + 0.5 * binom.pmf(x, n, p)
    above = binom.sf(x, n, p) + 0.5 * binom.pmf(x, n, p)
    tail = np.maximum(np.minimum(below, above), 1e-300)
    deviate: np.ndarray = np.where(below < above, ndtri(tail), -ndtri(tail))
    return deviate


def difference_interval(
    hits: int, total: int, other_hits: int, other_total: int, level: float = LEVEL
) -> tuple[float, float]:
    """Give the interval of a share minus another (Newcombe 1998, Statistics in Medicine 17:873, method 10).

    Both totals above 0; result in −1…1.
    """
    z = float(ndtri(1 - (1 - level) / 2))
    first, second = hits / total, other_hits / other_total
    low, high = _wilson(hits, total, z)
    other_low, other_high = _wilson(other_hits, other_total, z)
    difference = first - second
    return (
        difference - float(np.hypot(first - low, other_high - second)),
        difference + float(np.hypot(high - first, second - other_low)),
    )


def same_share(hits: int, total: int, other_hits: int, other_total: int) -> float:
    """Give Fisher's exact two-sided p-value that two groups have the same share."""
    return float(fisher_exact([[hits, total - hits], [other_hits, other_total - other_hits]]).pvalue)


def _wilson(hits: int, total: int, z: float) -> tuple[float, float]:
    share, square = hits / total, z * z / total
    middle = share + square / 2
    spread = z * float(np.sqrt(share * (1 - share) / total + square / (4 * total)))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)
