"""Do branches grant the same requests alike? Grants against what the same mix of requests gets at all branches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaln
from scipy.stats import norm

from analytics.cause_limits import CONFIDENCE, FEWEST_APPROVALS, FEWEST_AT_BRANCH, LOOK_ERROR, draws_for
from analytics.multiplicity import adjusted_p
from analytics.proportion import exact_interval

EXACT_UP_TO = 3_000  # requests of one branch; beyond, the normal law with continuity correction


@dataclass(frozen=True)
class ApprovalStandards:
    """How far branches decide the same types of request differently.

    requested, granted: all branches. statistic: Σ_b (O_b − E_b)² − V_b, grants²; its mean by chance is 0; high: the
    value chance stays below with `confidence`; p: of at least this much by chance; None where too little was decided.
    branches: a row a branch: branch_id, requested, granted, rate, low, high, others (the rate that the same mix of
    types gets at the other branches; NaN where no other branch decides that type), expected (grants, E), z, p,
    adjusted, apart, judged. types: a row a type: approval_requested, requested, granted, branches. draws: permutations.
    """

    requested: int
    granted: int
    statistic: float | None
    high: float | None
    p: float | None
    branches: pd.DataFrame
    types: pd.DataFrame
    confidence: float
    level: float
    draws: int

    @property
    def differs(self) -> bool:
        """Whether the branches together decide differently, beyond chance."""
        return self.p is not None and self.p <= self.level

    @property
    def apart(self) -> pd.DataFrame:
        """The branches that stand apart, most certain first."""
        return self.branches[self.branches["apart"]]


def approval_standards(
    counts: pd.DataFrame, *, draws: int | None = None, seed: int = 1, level: float = LOOK_ERROR
) -> ApprovalStandards:
    """Compare the branches' grants within each type of request.

    counts: a row a branch and type: branch_id, approval_requested, requested, granted (whole numbers).
    draws: permutations, by default as many as a second allows. level: error rate of the comparison of all branches
    together, and again of the single branches.
    Permutation of the decisions within each type (multivariate hypergeometric), so that branches may have any mix of
    types; after Mantel and Haenszel 1959, J Natl Cancer Inst 22:719, with Σ(O−E)² for direction-free differences.
    A branch's grants are tested exactly: the convolution of its hypergeometric laws by type.
    """
    requested = counts.pivot_table(
        index="branch_id", columns="approval_requested", values="requested", aggfunc="sum", fill_value=0
    ).astype(np.int64)
    granted = (
        counts.pivot_table(
            index="branch_id", columns="approval_requested", values="granted", aggfunc="sum", fill_value=0
        )
        .reindex(index=requested.index, columns=requested.columns, fill_value=0)
        .astype(np.int64)
    )
    n, k = requested.to_numpy(), granted.to_numpy()
    draws = draws_for(int(n.sum())) if draws is None else draws
    total, yes = n.sum(axis=0), k.sum(axis=0)
    own, said = n.sum(axis=1), k.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, yes / np.maximum(total, 1), 0.0)
        expected = n @ share
        variance = (n * (total - n) / np.maximum(total - 1, 1)) @ (share * (1 - share))
        z = np.where(variance > 0, (said - expected) / np.sqrt(np.maximum(variance, 1e-12)), 0.0)
        rest = np.where(total - n > 0, (yes - k) / np.maximum(total - n, 1), np.nan)
        others = np.where(own > 0, np.nansum(n * np.nan_to_num(rest), axis=1) / np.maximum(own, 1), np.nan)
    others = np.where(((n > 0) & np.isnan(rest)).any(axis=1), np.nan, others)
    low, high = exact_interval(said, own, CONFIDENCE)
    enough = own >= FEWEST_AT_BRANCH
    comparable = bool(n.sum() >= FEWEST_APPROVALS and len(own) > 1 and variance.sum() > 0)
    judged = enough & (variance > 0) & comparable
    p = np.full(len(own), np.nan)
    p[judged] = [_exact_p(n[b], total, yes, int(said[b]), expected[b], variance[b]) for b in np.flatnonzero(judged)]
    adjusted = np.full(len(own), np.nan)
    adjusted[judged] = adjusted_p(p[judged])
    branches = pd.DataFrame(
        {
            "branch_id": requested.index,
            "requested": own,
            "granted": said,
            "rate": said / np.maximum(own, 1),
            "low": low,
            "high": high,
            "others": others,
            "expected": expected,
            "z": z,
            "p": p,
            "adjusted": adjusted,
            "apart": np.nan_to_num(adjusted, nan=1.0) <= level,
            "judged": judged,
        }
    ).sort_values(["p", "branch_id"], kind="stable", ignore_index=True)
    types = pd.DataFrame(
        {
            "approval_requested": requested.columns,
            "requested": total,
            "granted": yes,
            "branches": (n > 0).sum(axis=0),
        }
    )
    statistic = upper = chance = None
    if comparable:
        drawn = _drawn(n, total, yes, expected, variance, draws, np.random.default_rng(seed))
        statistic = float(((said - expected) ** 2 - variance).sum())
        upper = float(np.quantile(drawn, CONFIDENCE))
        chance = float((1 + np.sum(drawn >= statistic - 1e-9)) / (draws + 1))
    return ApprovalStandards(
        int(n.sum()), int(k.sum()), statistic, upper, chance, branches, types, CONFIDENCE, level, draws
    )


def _drawn(
    n: np.ndarray,
    total: np.ndarray,
    yes: np.ndarray,
    expected: np.ndarray,
    variance: np.ndarray,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Give the statistic of `draws` dealings of the decisions within their types."""
    dealt = np.zeros((draws, len(n)))
    for kind in range(len(total)):
        dealt += rng.multivariate_hypergeometric(n[:, kind], int(yes[kind]), size=draws, method="marginals")
    result: np.ndarray = ((dealt - expected) ** 2 - variance).sum(axis=1)
    return result


def _exact_p(own: np.ndarray, total: np.ndarray, yes: np.ndarray, said: int, expected: float, variance: float) -> float:
    """Give the two-sided probability of a branch's grants when the decisions of each type are dealt out anew."""
    if own.sum() > EXACT_UP_TO:
        distance = max(abs(said - expected) - 0.5, 0.0) / np.sqrt(variance)
        return float(min(2 * norm.sf(distance), 1.0))
    law = np.ones(1)
    for kind in np.flatnonzero(own):
        law = np.convolve(law, _hypergeometric(int(total[kind]), int(yes[kind]), int(own[kind])))
    below, above = law[: said + 1].sum(), law[said:].sum()
    return float(min(2 * min(below, above), 1.0))


def _hypergeometric(total: int, yes: int, own: int) -> np.ndarray:
    """Give the chances of 0 … `own` grants among `own` of `total` decisions, `yes` of which are grants."""
    counts = np.arange(max(0, own - (total - yes)), min(own, yes) + 1)
    logs = _log_choose(yes, counts) + _log_choose(total - yes, own - counts) - _log_choose(total, np.array([own]))
    law = np.zeros(own + 1)
    law[counts] = np.exp(logs)
    return law


def _log_choose(of: int, some: np.ndarray) -> np.ndarray:
    result: np.ndarray = gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1)
    return result
