"""The position of replies that nobody coded, from their text; always marked as derived."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.reply_claims import claims, clauses
from analytics.reply_sense import is_closed, sense

FEWEST_CODED = 20  # coded replies to a question from which its other replies can be read
LOWEST_AGREEMENT = 0.8  # Cohen's kappa with the coded ones, each left out in turn; below it nothing is derived
LIKE = 0.6  # cosine of the character pairs; a claim less like every coded one is left uncoded
FEWEST_ALIKE = 2  # replies of one sense: what a single reply says by itself is no position
UNREAD = 0.2  # share of the replies to a question that the rule may leave unread; above it none is derived
# How the rule did where the truth is known, with every coding of the demo bank taken away (benchmarks/causes.py):
# closed questions it read, of how many, and how well it grouped the worst of them (adjusted Rand index: 1 is right,
# 0 is by chance).
RULE_TRIAL = (16, 20, 0.98)
MOST_CLAIMS = 3_000  # different claims compared with each other


@dataclass(frozen=True)
class Positions:
    """Every reply's position.

    replies: the frame asked, with position (NaN where it is not known), derived (bool) and claim (text).
    questions: a row a question: question_key, replies, coded, derived, unknown, way: 'coded' (all were), 'like_coded'
    (read from the coded ones), 'by_rule' (nothing coded, a closed question), 'none' (not derived); agreement: Cohen's
    kappa with the coded replies, NaN where it cannot be measured.
    """

    replies: pd.DataFrame
    questions: pd.DataFrame


def positions(replies: pd.DataFrame) -> Positions:
    """Give the position of every reply of one complaint class.

    replies: question_key (NaN: no question asked), reply_position (NaN: not coded), reply_text (NaN: none).
    Where enough replies to a question are coded, another takes the position of the coded claims most like it (same
    words first, else cosine of character pairs of at least LIKE), if that way agrees with the coded ones by
    LOWEST_AGREEMENT (Cohen 1960, Educ Psychol Meas 20:37), each left out in turn. Where none is coded, replies to a
    closed question (yes or no, how much, how long) count as one position when rules read the same quantities or the
    same yes or no in them; it is named by its most frequent claim. Replies that the rules cannot read stay unknown;
    where these are more than UNREAD, no reply to the question is derived. Else the position stays unknown.
    """
    read = replies.reset_index(drop=True)
    read = read.assign(position=read["reply_position"].astype(object), derived=False, claim=claims(read))
    rows = []
    for question, group in read[read["question_key"].notna()].groupby("question_key", sort=True):
        coded = group["reply_position"].notna()
        missing = ~coded & group["claim"].ne("")
        way, agreement, given = "none", np.nan, pd.Series(dtype=object)
        if coded.all():
            way = "coded"
        elif coded.sum() >= FEWEST_CODED:
            law = _Coded(group[coded & group["claim"].ne("")])
            agreement = law.agreement()
            if agreement >= LOWEST_AGREEMENT:
                way, given = "like_coded", law.read(group.loc[missing, "claim"])
        elif not coded.any() and is_closed(str(question)):
            given = _by_rule(group, str(question))
            way = "by_rule" if len(given) >= (1 - UNREAD) * group["reply_text"].notna().sum() else "none"
            given = given if way == "by_rule" else given.iloc[:0]
        read.loc[given.index, "position"] = given
        read.loc[given.index, "derived"] = True
        rows.append(
            {
                "question_key": question,
                "replies": len(group),
                "coded": int(coded.sum()),
                "derived": len(given),
                "unknown": int(len(group) - coded.sum() - len(given)),
                "way": way,
                "agreement": agreement,
            }
        )
    columns = ["question_key", "replies", "coded", "derived", "unknown", "way", "agreement"]
    return Positions(read, pd.DataFrame(rows, columns=columns))


def _by_rule(group: pd.DataFrame, question: str) -> pd.Series:
    """Name each reply's position by the most frequent claim (of replies in free words: clause) of the same sense.

    A reply none of whose clauses others use too is read whole. Where one names more quantities than another, as of its
    own case, it has the sense of the only one of them that FEWEST_ALIKE replies name; replies without are left out.
    """
    free = group["reply_text"].fillna("").map(lambda text: "，".join(clauses(text)))
    texts = group["claim"].where(group["claim"].ne(""), free)
    texts = texts[texts.ne("")]
    read = {text: sense(str(text), question) for text in pd.unique(texts)}
    senses = texts.map(read).dropna()
    sizes = senses.value_counts()
    usual = set(sizes.index[sizes >= FEWEST_ALIKE])
    senses = senses.map({one: _usual_sense(one, usual) for one in sizes.index}).dropna()
    names = {one: _name(texts[own.index], str(one), question) for one, own in senses.groupby(senses)}
    return senses.map(names)


def _usual_sense(one: str, usual: set[str]) -> str | None:
    if one in usual:
        return one
    within = [other for other in usual if set(other.split("+")) <= set(one.split("+"))]
    return within[0] if len(within) == 1 else None


def _name(texts: pd.Series, said: str, question: str) -> str:
    """Give the most frequent text of one sense; where each stands alone, the shortest clause that says it too."""
    counts = texts.value_counts()
    if counts.iloc[0] >= FEWEST_ALIKE:
        return str(counts.index[0])
    parts = [part for text in texts for part in str(text).split("，") if sense(part, question) == said]
    return min(parts, key=len) if parts else str(counts.index[0])


class _Coded:
    """The coded claims of one question: how often each stands for each position, and which claims are alike."""

    def __init__(self, coded: pd.DataFrame) -> None:
        counts = coded.groupby(["claim", "reply_position"]).size().unstack(fill_value=0)
        counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:MOST_CLAIMS]]
        self.texts = [str(text) for text in counts.index]
        self.names = counts.columns.to_numpy()
        self.counts = counts.to_numpy(dtype=float)
        self.pairs = sorted({pair for text in self.texts for pair in _pairs(text)})
        self.vectors = self._vectors(self.texts)

    def _vectors(self, texts: list[str]) -> np.ndarray:
        place = {pair: number for number, pair in enumerate(self.pairs)}
        table = np.zeros((len(texts), len(self.pairs)))
        length = np.ones(len(texts))
        for number, text in enumerate(texts):
            own = _pairs(text)
            length[number] = max(len(own), 1)
            table[number, [place[pair] for pair in own if pair in place]] = 1
        result: np.ndarray = table / np.sqrt(length)[:, None]
        return result

    def _votes(self, likeness: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Give the position (its number, −1 for none) of the most alike claims that still stand for something."""
        alive = counts.sum(axis=-1) > 0
        likeness = np.where(alive, likeness, -1.0)
        best = likeness.max(axis=-1, keepdims=True)
        votes = ((likeness >= best - 1e-9)[..., None] * counts).sum(axis=-2)
        return np.where(best[..., 0] >= LIKE, votes.argmax(axis=-1), -1)

    def read(self, texts: pd.Series) -> pd.Series:
        """Give the position of claims; those like none are left out."""
        different = [str(text) for text in pd.unique(texts)]
        if not different or not self.texts:
            return pd.Series(dtype=object)
        known = {text: number for number, text in enumerate(self.texts)}
        likeness = self._vectors(different) @ self.vectors.T
        for number, text in enumerate(different):
            if text in known:
                likeness[number, known[text]] = 2.0
        found = self._votes(likeness, self.counts[None])
        names = {text: self.names[position] for text, position in zip(different, found, strict=True) if position >= 0}
        return texts.map(names).dropna()

    def agreement(self) -> float:
        """Give Cohen's kappa between the coded positions and the way of reading, each reply left out in turn."""
        size = len(self.names)
        if size < 2:
            return 0.0
        table = np.zeros((size, size + 1))
        likeness = self.vectors @ self.vectors.T
        np.fill_diagonal(likeness, 2.0)
        for claim, position in zip(*np.nonzero(self.counts), strict=True):
            left = self.counts.copy()
            left[claim, position] -= 1
            found = int(self._votes(likeness[claim], left))
            table[position, found if found >= 0 else size] += self.counts[claim, position]
        total = table.sum()
        same = np.trace(table[:, :size]) / total
        by_chance = (table.sum(axis=1) / total) @ (table.sum(axis=0)[:size] / total)
        return float((same - by_chance) / (1 - by_chance)) if by_chance < 1 else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
