"""Do branches answer the same question alike? The divergence between branches beyond what chance gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import xlogy
from scipy.stats import hypergeom, random_table

from analytics.cause_limits import CONFIDENCE, FEWEST_AT_BRANCH, FEWEST_REPLIES, LOOK_ERROR, draws_for
from analytics.multiplicity import adjusted_p
from analytics.proportion import exact_interval

MOST_DRAWN = 40_000_000  # cells of drawn tables in one go; larger banks are dealt in parts


@dataclass(frozen=True)
class ReplyDivergence:
    """How far branches answer the same questions differently.

    replies: replies compared. divergence: Σ_q n_q/N · JSD_q in nats; expected: its mean when the replies to each
    question are dealt out to the branches anew; low, high: the range chance gives (`confidence`); p: of at least this
    divergence by chance; None where nothing could be compared.
    questions: a row a question, most divergent first: question_key, replies, branches, positions, divergence,
    expected, excess, p, judged. branches: a row a branch and judged question with at least FEWEST_AT_BRANCH replies:
    branch_id, question_key, replies, position (the one in which the branch differs most), said, share, low, high,
    elsewhere (replies), elsewhere_said, elsewhere_share, p, adjusted, apart (bool). left_out: branch and question
    pairs with too few replies. draws: permutations.
    """

    replies: int
    divergence: float | None
    expected: float | None
    low: float | None
    high: float | None
    p: float | None
    questions: pd.DataFrame
    branches: pd.DataFrame
    left_out: int
    confidence: float
    level: float
    draws: int

    @property
    def excess(self) -> float | None:
        """The divergence beyond chance, nats; None where nothing could be compared."""
        return None if self.divergence is None or self.expected is None else self.divergence - self.expected

    @property
    def differs(self) -> bool:
        """Whether the branches together answer differently, beyond chance."""
        return self.p is not None and self.p <= self.level

    @property
    def apart(self) -> pd.DataFrame:
        """The branches that stand apart, most certain first."""
        return self.branches[self.branches["apart"]]


def reply_divergence(
    counts: pd.DataFrame, *, draws: int | None = None, seed: int = 1, level: float = LOOK_ERROR
) -> ReplyDivergence:
    """Compare the branches' replies within each question.

    counts: a row a branch, question and position: branch_id, question_key, position, replies (whole number).
    draws: permutations, by default as many as a second allows. level: error rate of the comparison of all branches
    together, and again of the single branches.
    Permutation within each question with both margins kept (Patefield 1981, Appl Stat 30:91); Jensen–Shannon
    divergence: Lin 1991, IEEE Trans Inf Theory 37:145. A branch's position is tested exactly (hypergeometric, both
    sides), times the number of positions; then Benjamini–Hochberg over branches and questions.
    """
    draws = draws_for(int(counts["replies"].sum())) if draws is None else draws
    rng = np.random.default_rng(seed)
    rows, cells, drawn_sum, left_out = [], [], np.zeros(draws), 0
    judged_replies, observed_sum = 0, 0.0
    for question, group in counts.groupby("question_key", sort=True):
        table = group.pivot_table(index="branch_id", columns="position", values="replies", aggfunc="sum", fill_value=0)
        table = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]
        values = table.to_numpy(dtype=np.int64)
        total = int(values.sum())
        judged = total >= FEWEST_REPLIES and min(values.shape) > 1
        row = {
            "question_key": question,
            "replies": total,
            "branches": values.shape[0],
            "positions": values.shape[1],
            "divergence": _divergence(values[None])[0] if total else np.nan,
            "expected": np.nan,
            "excess": np.nan,
            "p": np.nan,
            "judged": judged,
        }
        if judged:
            drawn = _drawn_divergences(values, draws, rng)
            observed = float(row["divergence"])
            row |= {
                "expected": drawn.mean(),
                "excess": observed - drawn.mean(),
                "p": (1 + np.sum(drawn >= observed - 1e-12)) / (draws + 1),
            }
            judged_replies += total
            observed_sum += total * observed
            drawn_sum += total * drawn
            found, few = _branch_rows(str(question), table)
            cells.append(found)
            left_out += few
        rows.append(row)
    questions = pd.DataFrame(rows, columns=list(_QUESTION_COLUMNS))
    questions = questions.sort_values(["judged", "excess", "replies"], ascending=False, ignore_index=True)
    branches = pd.concat(cells, ignore_index=True) if cells else pd.DataFrame(columns=list(_BRANCH_COLUMNS))
    adjusted = adjusted_p(branches["p"].to_numpy(dtype=float))
    branches = branches.assign(adjusted=adjusted, apart=adjusted <= level)
    branches = branches.sort_values(["p", "branch_id"], kind="stable", ignore_index=True)
    if not judged_replies:
        return ReplyDivergence(0, None, None, None, None, None, questions, branches, left_out, CONFIDENCE, level, draws)
    divergence, drawn = observed_sum / judged_replies, drawn_sum / judged_replies
    tail = (1 - CONFIDENCE) / 2
    return ReplyDivergence(
        replies=judged_replies,
        divergence=divergence,
        expected=float(drawn.mean()),
        low=float(np.quantile(drawn, tail)),
        high=float(np.quantile(drawn, 1 - tail)),
        p=float((1 + np.sum(drawn >= divergence - 1e-12)) / (draws + 1)),
        questions=questions,
        branches=branches,
        left_out=left_out,
        confidence=CONFIDENCE,
        level=level,
        draws=draws,
    )


_QUESTION_COLUMNS = (
    "question_key", "replies", "branches", "positions", "divergence", "expected", "excess", "p", "judged",
)  # fmt: skip
_BRANCH_COLUMNS = (
    "branch_id", "question_key", "replies", "position", "said", "share", "low", "high", "elsewhere", "elsewhere_said",
    "elsewhere_share", "p",
)  # fmt: skip


def _divergence(tables: np.ndarray) -> np.ndarray:
    """Give the weighted Jensen–Shannon divergence between the rows of tables, shape (draws, branches, positions)."""
    total = tables[0].sum()
    own = xlogy(tables, np.maximum(tables, 1)).sum(axis=(1, 2))
    rows, columns = tables[0].sum(axis=1), tables[0].sum(axis=0)
    fixed = xlogy(total, total) - xlogy(rows, np.maximum(rows, 1)).sum() - xlogy(columns, np.maximum(columns, 1)).sum()
    result: np.ndarray = np.maximum((own + fixed) / total, 0.0)
    return result


def _drawn_divergences(values: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Give the divergence of `draws` tables with the margins of `values`."""
    dealt = random_table(values.sum(axis=1), values.sum(axis=0), seed=rng)
    part = max(1, MOST_DRAWN // values.size)
    sizes = [min(part, draws - start) for start in range(0, draws, part)]
    return np.concatenate([_divergence(dealt.rvs(size=size).astype(np.int64)) for size in sizes])


def _branch_rows(question: str, table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give the branches with enough replies to one question, each with the position in which it differs most."""
    values = table.to_numpy(dtype=np.int64)
    own, said, total = values.sum(axis=1), values.sum(axis=0), values.sum()
    enough = own >= FEWEST_AT_BRANCH
    values, few = values[enough], int((~enough).sum())
    own = own[enough]
    law = hypergeom(total, said[None, :], own[:, None])
    both = 2 * np.minimum(law.cdf(values), law.sf(values - 1))
    most = both.argmin(axis=1)
    place = np.arange(len(own))
    count = values[place, most]
    low, high = exact_interval(count, own, CONFIDENCE)
    elsewhere, elsewhere_said = total - own, said[most] - count
    with np.errstate(invalid="ignore", divide="ignore"):
        elsewhere_share = np.where(elsewhere > 0, elsewhere_said / elsewhere, np.nan)
    return (
        pd.DataFrame(
            {
                "branch_id": table.index[enough],
                "question_key": question,
                "replies": own,
                "position": table.columns[most] if len(own) else [],
                "said": count,
                "share": count / own,
                "low": low,
                "high": high,
                "elsewhere": elsewhere,
                "elsewhere_said": elsewhere_said,
                "elsewhere_share": elsewhere_share,
                "p": np.minimum(both[place, most] * values.shape[1], 1.0),
            }
        ),
        few,
    )
