"""Which units (branches, causes, channels, cells) differ from the rest beyond chance, and which cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri
from scipy.stats import binom

from analytics.multiplicity import adjusted_p
from analytics.proportion import at_least, exact_interval, signed_deviate, two_sided

# Customers at which one exact two-sided test at 5% finds odds three times (35) or twice (88) as high with a chance of
# 80%, at a class rate of 20%. Among many branches the chances are lower: benchmarks/branches.py has them.
JUDGED_FROM = 35
FINE_FROM = 88
# Share of branches marked, by odds ratio and customers of the branch, in a class of 1,050 customers, 36 branches and a
# rate of 20%, with the error rate of the whole screen kept (benchmarks/branches.py, 200 banks each).
POWER = {(3, JUDGED_FROM): 0.37, (3, FINE_FROM): 0.89, (2, FINE_FROM): 0.35, (2, 300): 0.83}
OVERDISPERSED_FROM = 2_000  # customers of a class: below it the spread between branches cannot be told from chance
WINSORIZED = 0.10  # share of the deviates drawn in at each end before the spread is estimated
FEWEST_FOR_SPREAD = 10  # units

Verdict = Literal["worse", "better", "usual", "extremes_only", "not_judged"]


@dataclass(frozen=True)
class Comparison:
    """Units compared with what their mix leads one to expect.

    units: DataFrame a unit, in the order given: the columns given, and `rate` (not agreed ÷ decided, missing without
    customers), `low`, `high` (exact 95% interval of it), `expected_rate` (expected ÷ decided), `p` (two-sided, missing
    where not judged), `p_adjusted` (for the number of units judged), `verdict`. spread: sd of the true rates between
    units beyond chance (0 where none was found or looked for). rate: false marks allowed. centre: expected ÷ decided of
    all, which limits are drawn around: the class's rate, for a large class that of its middle unit.
    """

    units: pd.DataFrame
    spread: float
    rate: float
    centre: float

    @property
    def marked(self) -> pd.DataFrame:
        """The units that stand out, worse ones first, surest first."""
        found = self.units[self.units["verdict"].isin(["worse", "better"])]
        return found.sort_values(["verdict", "p"], ascending=[False, True], kind="stable")

    @property
    def judged(self) -> int:
        """How many units have enough customers to be judged."""
        return int((self.units["decided"] >= JUDGED_FROM).sum())


def compared(units: pd.DataFrame, rate: float, *, only_worse: bool = False) -> Comparison:
    """Compare units that have `decided`, `not_agreed` and `expected` (customers) with what is expected of them.

    The law of a unit without a difference of its own is Binomial(decided, expected ÷ decided). Customers of different
    risk make the true count vary less than that (Hoeffding 1956, Annals of Mathematical Statistics 27:713), so the
    tails are on the safe side; so they are because the unit itself is part of the expectation. Units below
    JUDGED_FROM are not compared. Where all units together have OVERDISPERSED_FROM customers, they are compared with
    the middle unit and allowed to differ a little by nature: an additive random effect of variance τ² (Spiegelhalter
    2005, Statistics in Medicine 24:1185) widens the deviates. Marks by Benjamini and Hochberg at `rate`. only_worse:
    whether to look for units above what is expected alone (one-sided), as where a few very bad units raise everybody's
    expectation.
    """
    decided = units["decided"].to_numpy(dtype=float)
    hits = units["not_agreed"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(decided > 0, hits / decided, np.nan)
        share = np.clip(np.where(decided > 0, units["expected"].to_numpy(dtype=float) / decided, np.nan), 0, 1)
    low, high = exact_interval(hits, decided)
    judged = decided >= JUDGED_FROM
    p_values = np.full(len(units), np.nan)
    spread = 0.0
    large = decided.sum() >= OVERDISPERSED_FROM and judged.sum() >= FEWEST_FOR_SPREAD
    if large:
        share, error = centred(own, share, decided, judged)
    if judged.any():
        arguments = hits[judged], decided[judged], share[judged]
        p_values[judged] = at_least(*arguments) if only_worse else two_sided(*arguments)
        if large:
            variance = share[judged] * (1 - share[judged]) / decided[judged]
            spread = np.sqrt(between_variance(signed_deviate(*arguments), variance))
            sides = 1 if only_worse else 2
            p_values[judged] = widened(p_values[judged], variance, np.hypot(spread, error), sides)
    adjusted = adjusted_p(p_values)
    worse = own > share
    verdict = np.select(
        [~judged, (adjusted <= rate) & worse, (adjusted <= rate) & (own < share), decided < FINE_FROM],
        ["not_judged", "worse", "better", "extremes_only"],
        "usual",
    )
    table = units.assign(
        expected=np.where(decided > 0, share * decided, 0.0),
        rate=own,
        low=low,
        high=high,
        expected_rate=share,
        p=p_values,
        p_adjusted=adjusted,
        verdict=verdict,
    )
    total = float(decided.sum())
    centre = float(table["expected"].sum() / total) if total else float("nan")
    return Comparison(table, float(spread), rate, centre)


def centred(own: np.ndarray, share: np.ndarray, decided: np.ndarray, judged: np.ndarray) -> tuple[np.ndarray, float]:
    """Move what is expected to the middle unit, so that one very large bad one does not make all others look good.

    own, share: rates counted and expected; judged: units that count for the middle. Result: the shares moved on the
    log-odds scale by the median of the units' differences, weighted by their information w; and the standard error of
    the middle rate: that of a weighted median of normal values, √(π/2 · Σw²) ÷ Σw^1.5 on the log-odds scale.
    """
    hits = own[judged] * decided[judged]
    rate = (hits + 0.5) / (decided[judged] + 1)
    usual = np.clip(share[judged], 1e-6, 1 - 1e-6)
    gap = np.log(rate / (1 - rate)) - np.log(usual / (1 - usual))
    weight = decided[judged] * usual * (1 - usual)
    order = np.argsort(gap, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    middle = gap[order][np.searchsorted(reached, 0.5)]
    inside = np.clip(share, 1e-6, 1 - 1e-6)
    moved = 1 / (1 + (1 - inside) / inside * np.exp(-middle))
    typical = float(np.average(moved[judged], weights=decided[judged]))
    error = np.sqrt(np.pi / 2 * (weight**2).sum()) / (weight**1.5).sum()  # on the log-odds scale
    return moved, float(error * typical * (1 - typical))


def between_variance(deviates: np.ndarray, variance: np.ndarray) -> float:
    """Give the variance τ² of true rates between units, by moments of winsorized deviates.

    deviates: z of each unit; variance: sampling variance of each rate. φ = mean winsorized z² ÷ its expectation for a
    standard normal; τ² = (Σw (φ − 1) + φ − …) of DerSimonian and Laird as in Spiegelhalter 2005, eq. 12; 0 where φ
    does not exceed 1 or fewer than FEWEST_FOR_SPREAD units are there.
    """
    count = len(deviates)
    if count < FEWEST_FOR_SPREAD:
        return 0.0
    edges = np.quantile(deviates, [WINSORIZED, 1 - WINSORIZED])
    edge = ndtri(1 - WINSORIZED)
    density = np.exp(-(edge**2) / 2) / np.sqrt(2 * np.pi)
    normal = 1 - 2 * WINSORIZED - 2 * edge * density + 2 * WINSORIZED * edge**2
    ratio = float((np.clip(deviates, *edges) ** 2).mean() / normal)
    weights = 1 / np.maximum(variance, 1e-12)
    free = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((count * ratio - (count - 1)) / free))


def widened(p_values: np.ndarray, variance: np.ndarray, spread: float, sides: int = 2) -> np.ndarray:
    """Give p-values whose deviates are scaled down for the natural spread between units; sides: 1 or 2 tails."""
    if spread == 0:
        return p_values
    deviate = -ndtri(np.clip(p_values / sides, 1e-300, 1 - 1e-16))
    scaled: np.ndarray = sides * ndtr(-deviate * np.sqrt(variance / (variance + spread**2)))
    return scaled


def funnel_limits(class_rate: float, sizes: np.ndarray, level: float, spread: float = 0.0) -> pd.DataFrame:
    """Give the limits within which a unit of each size stays with a chance of `level` when it is like the others.

    Exact binomial quantiles, interpolated between counts so that each tail is exactly (1 − level) ÷ 2 (Spiegelhalter
    2005, appendix A.1.1), widened by the spread. Result: DataFrame indexed by size: `low`, `high` (0–1).
    """
    tail = (1 - level) / 2
    high = _quantile(class_rate, sizes, 1 - tail)
    low = _quantile(class_rate, sizes, tail)
    sampling = class_rate * (1 - class_rate) / sizes
    factor = np.sqrt((sampling + spread**2) / sampling) if class_rate not in (0, 1) else 1.0
    return pd.DataFrame(
        {
            "low": np.clip(class_rate + (low - class_rate) * factor, 0, 1),
            "high": np.clip(class_rate + (high - class_rate) * factor, 0, 1),
        },
        index=pd.Index(sizes, name="decided"),
    )


def _quantile(share: float, sizes: np.ndarray, chance: float) -> np.ndarray:
    count = binom.ppf(chance, sizes, share)
    above, below = binom.cdf(count, sizes, share), binom.cdf(count - 1, sizes, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(above > below, (above - chance) / (above - below), 0.0)
    quantile: np.ndarray = np.clip((count - part) / sizes, 0, 1)
    return quantile
