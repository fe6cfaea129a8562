"""Banks for the cause analyses: nothing planted, or one branch that answers or decides otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import norm

BRANCHES = 36
SIZE_SD = 0.85  # of the log of the branches' balances, as in the demo bank
BRANCH_NOISE = 0.04  # gamma variance of a branch's volume
QUESTIONS = {  # share of the tickets, shares of the positions
    "Q1": (0.28, (0.86, 0.10, 0.04)),
    "Q2": (0.26, (0.84, 0.11, 0.05)),
    "Q3": (0.14, (0.82, 0.11, 0.07)),
    "Q4": (0.07, (0.88, 0.12)),
    "Q5": (0.06, (0.85, 0.15)),
}
TYPES = {"A": (0.36, 0.85), "B": (0.24, 0.55), "C": (0.15, 0.25), "D": (0.13, 0.60)}  # share of tickets, rate granted
MIX = 2.0  # Dirichlet weight of the types and questions of a branch: branches get other mixes of them
UNREASONABLE = 0.08
NOT_AGREED = 0.17
SENTENCES = (
    "您的情况已登记在案",
    "我行已调取受理记录",
    "我行按合同约定受理",
    "明细可在手机银行查询",
    "已要求经办人员改进",
)


@dataclass(frozen=True)
class Bank:
    """One bank's tickets, as the analyses take them.

    replies: branch_id, question_key, position, replies. approvals: branch_id, approval_requested, requested, granted.
    customers: branch_id, customers, balance (yuan). rounds: demand, rounds, first_outcome, final_outcome, tickets.
    texts: reply_text, first_outcome.
    """

    replies: pd.DataFrame
    approvals: pd.DataFrame
    customers: pd.DataFrame
    rounds: pd.DataFrame
    texts: pd.DataFrame


@dataclass(frozen=True)
class Planted:
    """A branch (its place by size, from 0) that answers question Q1 otherwise or grants less.

    reply_share: share of its replies to Q1 with the second position. odds: of its grants against the others'.
    """

    branch: int
    reply_share: float | None = None
    odds: float = 1.0


def balances() -> np.ndarray:
    """Give the branches' balances in yuan, largest first."""
    quantiles = norm.ppf((np.arange(BRANCHES, 0, -1) - 0.5) / BRANCHES)
    return np.asarray(1.2e10 * np.exp(SIZE_SD * quantiles))


def bank(tickets: int, rng: np.random.Generator, planted: Planted | None = None) -> Bank:
    """Draw a bank of about so many tickets; volume proportional to the balance, with branch noise."""
    size = balances()
    noise = rng.gamma(1 / BRANCH_NOISE, BRANCH_NOISE, BRANCHES)
    counts = rng.poisson(tickets * size / size.sum() * noise)
    names = np.array([f"B{number:02d}" for number in range(1, BRANCHES + 1)])
    total = int(counts.sum())
    outcome = np.where(rng.random(total) < NOT_AGREED, "not_agreed", "agreed")
    unreasonable = rng.random(total) < UNREASONABLE
    rounds = pd.DataFrame(
        {
            "demand": np.where(unreasonable, "赔偿精神损失", "退还费用"),
            "rounds": np.where(outcome == "agreed", 1, 2 + rng.poisson(0.6, total)),
            "first_outcome": outcome,
            "final_outcome": outcome,
        }
    )
    chosen = rng.integers(0, len(SENTENCES), total)
    return Bank(
        replies=_replies(counts, names, rng, planted),
        approvals=_approvals(counts, names, rng, planted),
        customers=pd.DataFrame({"branch_id": names, "customers": counts, "balance": size}),
        rounds=rounds.groupby(list(rounds.columns)).size().rename("tickets").reset_index(),
        texts=pd.DataFrame({"reply_text": [SENTENCES[number] + "。" for number in chosen], "first_outcome": outcome}),
    )


def _mixes(shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Give every branch's own mix of what its tickets are about, the rest none of it."""
    whole = np.append(shares, 1 - shares.sum())
    return rng.dirichlet(MIX * len(whole) * whole, BRANCHES)[:, :-1]


def _replies(counts: np.ndarray, names: np.ndarray, rng: np.random.Generator, planted: Planted | None) -> pd.DataFrame:
    mixes = _mixes(np.array([share for share, _ in QUESTIONS.values()]), rng)
    rows = []
    for branch, name in enumerate(names):
        asked = rng.binomial(counts[branch], np.minimum(mixes[branch], 1))
        for number, (question, (_, shares)) in enumerate(QUESTIONS.items()):
            law = np.array(shares)
            if planted is not None and planted.branch == branch and question == "Q1" and planted.reply_share:
                law = law * (1 - planted.reply_share) / (1 - law[1])
                law[1] = planted.reply_share
            said = rng.multinomial(asked[number], law)
            rows += [(name, question, f"P{place}", int(times)) for place, times in enumerate(said) if times]
    return pd.DataFrame(rows, columns=["branch_id", "question_key", "position", "replies"])


def _approvals(
    counts: np.ndarray, names: np.ndarray, rng: np.random.Generator, planted: Planted | None
) -> pd.DataFrame:
    mixes = _mixes(np.array([share for share, _ in TYPES.values()]), rng)
    rates = np.array([rate for _, rate in TYPES.values()])
    rows = []
    for branch, name in enumerate(names):
        asked = rng.binomial(counts[branch], np.minimum(mixes[branch], 1))
        own = rates
        if planted is not None and planted.branch == branch:
            own = expit(logit(rates) + np.log(planted.odds))
        granted = rng.binomial(asked, own)
        rows += [(name, kind, int(n), int(k)) for kind, n, k in zip(TYPES, asked, granted, strict=True) if n]
    return pd.DataFrame(rows, columns=["branch_id", "approval_requested", "requested", "granted"])
