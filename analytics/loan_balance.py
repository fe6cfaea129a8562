"""Do complaints follow the loan balance? The elasticity with its interval, the branches off the curve, the quotas."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import nbinom, norm, poisson, t

from analytics.cause_limits import CONFIDENCE, FEWEST_BRANCHES, FEWEST_CUSTOMERS, LOOK_ERROR
from analytics.multiplicity import adjusted_p
from analytics.negative_binomial import NegativeBinomialFits, fit_negative_binomial

FEWEST_SPREAD = 0.2  # sd of log balance; with less, all branches are of one size and there is no slope to see


@dataclass(frozen=True)
class BalanceRelation:
    """Customers against loan balance over branches.

    elasticity: % more customers per % more balance, with low and high (`confidence`); None where it is not judged.
    dispersion: branch noise, variance μ + dispersion·μ². customers: of the branches used. without_balance: branches
    left out for want of a balance. branches: a row a branch used, most certain residual first: branch_id, balance
    (yuan), customers, fitted, ratio (customers ÷ fitted from the others' curve), expected (from the others' curve),
    p, adjusted, apart. curve: a row a balance on a log grid: balance, fitted, low, high (of the curve), branch_low,
    branch_high (where single branches lie).
    """

    elasticity: float | None
    low: float | None
    high: float | None
    dispersion: float | None
    customers: int
    branches: pd.DataFrame
    curve: pd.DataFrame
    without_balance: tuple[str, ...]
    confidence: float
    level: float

    @property
    def apart(self) -> pd.DataFrame:
        """The branches off the curve beyond branch noise, most certain first."""
        return self.branches[self.branches["apart"]]

    @property
    def rises(self) -> bool:
        """Whether customers rise with the balance, beyond chance."""
        return self.low is not None and self.low > 0


def balance_relation(branches: pd.DataFrame, *, level: float = LOOK_ERROR) -> BalanceRelation:
    """Fit customers on log(balance): branch_id, customers (whole number), balance (yuan, NaN or ≤ 0 where unknown).

    Interval: Student's t with n − 2 degrees of freedom, the dispersion by the Pearson sum; measured against others in
    benchmarks/causes.py. A branch's residual is judged against the curve of all other branches, with the uncertainty
    of that curve and of the dispersion in it; Benjamini–Hochberg over branches.
    """
    known = branches[branches["balance"].gt(0)].reset_index(drop=True)
    missing = tuple(str(name) for name in branches.loc[~branches["balance"].gt(0), "branch_id"])
    customers = int(known["customers"].sum())
    x = np.log(known["balance"].to_numpy(dtype=float))
    if len(known) < FEWEST_BRANCHES or customers < FEWEST_CUSTOMERS or x.std(ddof=1) < FEWEST_SPREAD:
        empty = known.assign(fitted=np.nan, ratio=np.nan, expected=np.nan, p=np.nan, adjusted=np.nan, apart=False)
        return BalanceRelation(
            None, None, None, None, customers, empty, pd.DataFrame(columns=list(_CURVE)), missing, CONFIDENCE, level
        )
    middle = x.mean()
    counts = known["customers"].to_numpy(dtype=float)
    fit = fit_negative_binomial(counts[None], x - middle)
    margin = float(t.ppf((1 + CONFIDENCE) / 2, len(x) - 2)) * math.sqrt(float(fit.slope_variance[0]))
    slope = float(fit.slope[0])
    expected, p = _left_out(counts, x - middle)
    adjusted = adjusted_p(p)
    rows = known.assign(
        fitted=fit.means[0],
        ratio=counts / expected,
        expected=expected,
        p=p,
        adjusted=adjusted,
        apart=adjusted <= level,
    ).sort_values(["p", "branch_id"], kind="stable", ignore_index=True)
    return BalanceRelation(
        slope, slope - margin, slope + margin, float(fit.dispersion[0]), customers, rows, _curve(fit, x, middle),
        missing, CONFIDENCE, level,
    )  # fmt: skip


_CURVE = ("balance", "fitted", "low", "high", "branch_low", "branch_high")


def _curve(fit: NegativeBinomialFits, x: np.ndarray, middle: float) -> pd.DataFrame:
    place = np.linspace(x.min() - 0.1, x.max() + 0.1, 60)
    mean = np.exp(fit.level[0] + fit.slope[0] * (place - middle))
    spread = fit.log_variance(place - middle)[0]
    margin = t.ppf((1 + CONFIDENCE) / 2, len(x) - 2) * np.sqrt(spread)
    noise = float(fit.dispersion[0]) + spread
    tail = (1 - CONFIDENCE) / 2
    law = nbinom(1 / noise, 1 / (1 + noise * mean))
    return pd.DataFrame(
        {
            "balance": np.exp(place),
            "fitted": mean,
            "low": mean * np.exp(-margin),
            "high": mean * np.exp(margin),
            "branch_low": law.ppf(tail),
            "branch_high": law.ppf(1 - tail),
        }
    )


def _left_out(counts: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give every branch's expected customers and two-sided p-value from the curve of the others."""
    units = len(counts)
    fits = fit_negative_binomial(np.tile(counts, (units, 1)), x, 1 - np.eye(units))
    expected = np.diag(fits.means)
    spread = fits.log_variance(x[:, None])[:, 0]
    return expected, residual_p(counts, expected, fits.dispersion + spread, units - 3)


def residual_p(counts: np.ndarray, expected: np.ndarray, noise: np.ndarray, freedom: int) -> np.ndarray:
    """Give the two-sided p-value of counts under a negative binomial of these means and dispersions.

    The dispersion is itself estimated from `freedom` branches: the normal quantile of the tail is read on Student's t.
    """
    noise = np.maximum(noise, 1e-9)
    law = nbinom(1 / noise, 1 / (1 + noise * expected))
    plain = poisson(expected)
    scatters = noise > 1e-6
    below = np.where(scatters, law.cdf(counts), plain.cdf(counts))
    above = np.where(scatters, law.sf(counts - 1), plain.sf(counts - 1))
    tail = np.clip(np.minimum(below, above), 1e-300, 0.5)
    result: np.ndarray = np.minimum(2 * t.sf(norm.isf(tail), freedom), 1.0)
    return result


def quotas(balance: pd.Series, elasticity: float, total: int) -> pd.DataFrame:
    """Share a whole number of customers out by balance^elasticity.

    balance: Series by branch (yuan, > 0). Result: DataFrame by branch: share (0–1), exact (customers), quota (whole
    customers, which sum to `total`: largest remainder, ties to the larger balance).
    """
    weight = np.exp(elasticity * (np.log(balance) - np.log(balance).max())) if len(balance) else balance
    share = weight / weight.sum() if len(balance) else weight
    exact = share * total
    whole = np.floor(exact + 1e-9).astype(int)
    order = pd.DataFrame({"left": (exact - whole).round(9), "balance": balance}).sort_values(
        ["left", "balance"], ascending=False, kind="stable"
    )
    whole[order.index[: total - int(whole.sum())]] += 1
    return pd.DataFrame({"share": share, "exact": exact, "quota": whole})
