"""What a model of risk sees of a ticket: its columns, the words of its narrative, its times, the customer's calls."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from analytics.risk.table import Feature, Table, Vocabulary
from analytics.text.segment import content_words

# Prior standard deviation of a group's log-odds per unit of its value: a ticket's own content may say much, a branch
# or a single word little. Ridge regression with these is the posterior mode under normal priors. Chosen by the log loss
# of walks through time over synthetic banks of other seeds than the one shipped (docs/method.md).
PRIOR_SD = {
    "class": 0.40,
    "channel": 0.30,
    "demand": 0.10,
    "cause": 0.10,
    "branch": 0.05,
    "asked": 0.25,
    "manner": 0.50,
    "even": 0.10,
    "word": 0.02,
    "tendency": 0.20,
    "mood": 0.20,
    "call": 0.10,
    "earlier": 0.15,
    "time": 0.02,
    "amount": 0.05,
    "first_round": 1.00,
}
COLUMNS = {
    "class": "complaint_class",
    "channel": "channel",
    "demand": "demand",
    "cause": "cause",
    "branch": "branch_id",
}
RARE_TICKETS, RARE_SHARE = 15, 0.002  # a word or value in fewer tickets, or a smaller share of them, is not learnt
COMMON_SHARE = 0.6  # nor is a word in more than this share
EVEN = 2.0  # χ² per degree of freedom up to which a word counts as spread alike over all matters
MOST_WORDS = 1_500
REGULATOR_LINE = "12378"  # the one number that is a word


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """Give the words of a text that a model learns: words that can name a matter, the regulator's line, exclamation."""
    found = {word.lower() for word in content_words(text) if not any(c.isdigit() for c in word)}
    if REGULATOR_LINE in text:
        found.add(REGULATOR_LINE)
    return frozenset(found | ({"！"} if "！" in text or "!" in text else set()))


def features_of(
    tickets: pd.DataFrame, moods: np.ndarray, tendencies: Sequence[Iterable[str]], beside: Sequence[str]
) -> list[dict[Feature, float]]:
    """Describe tickets, each as feature → value.

    tickets: the columns of data/queries/risk_tickets.sql. moods: shape (n,), the narrative's chance of being negative,
    0–1, NaN where there is none. tendencies: the kinds of complaint tendency in each narrative. beside: each narrative
    without the clauses that threaten.
    """
    described: list[dict[Feature, float]] = []
    waited = (tickets["look_at"] - tickets["received_at"]).dt.total_seconds().to_numpy(float) / 86_400
    dispatch = _hours(tickets, "dispatched_at")
    contact = tickets["first_contact_at"].notna().to_numpy()
    amount = pd.to_numeric(tickets["amount"], errors="coerce").to_numpy(float)
    level = tickets.assign(log=np.log1p(np.clip(amount, 0, None))).groupby("complaint_class")["log"]
    relative = np.nan_to_num(np.log1p(np.clip(amount, 0, None)) - level.transform("median").to_numpy(float))
    earlier = tickets["earlier"].to_numpy(float)
    again = tickets["earlier_not_agreed"].to_numpy(float)
    worst = tickets["call_worst"].to_numpy(float)
    threats = tickets["call_threats"].to_numpy(float)
    failed = tickets["first_not_agreed"].fillna(False).to_numpy(bool)
    columns = {group: tickets[column].astype(object).to_numpy() for group, column in COLUMNS.items()}
    narratives = tickets["narrative"].astype(object).to_numpy()
    for row in range(len(tickets)):
        of: dict[Feature, float] = {}
        for group, values in columns.items():
            if isinstance(values[row], str):
                of[group, values[row]] = 1.0
        if isinstance(narratives[row], str):
            words = words_of(narratives[row])
            of.update(dict.fromkeys((("word", word) for word in words), 1.0))
            if beside[row] != narratives[row]:
                of.update(dict.fromkeys((("threatening", word) for word in words - words_of(beside[row])), 1.0))
        if isinstance(columns["demand"][row], str):
            of.update(dict.fromkeys((("asked", word) for word in content_words(columns["demand"][row])), 1.0))
        of.update(dict.fromkeys((("tendency", kind) for kind in set(tendencies[row])), 1.0))
        if not math.isnan(moods[row]):
            of["mood", ""] = 2 * moods[row] - 1
        if not math.isnan(worst[row]):
            of["call", "angry"] = 2 * worst[row] - 1
        if threats[row]:
            of["call", "threat"] = 1.0
        if earlier[row]:
            of["earlier", "complaints"] = math.log1p(earlier[row])
        if again[row]:
            of["earlier", "not_agreed"] = math.log1p(again[row])
        of["time", "waiting"] = math.log1p(max(waited[row], 0.0)) - 1.5
        of["time", "dispatch"] = math.log1p(max(dispatch[row], 0.0)) - 1.0
        if not contact[row]:
            of["time", "no_contact"] = 1.0
        of["amount", ""] = float(np.clip(relative[row], -2, 2))
        if failed[row]:
            of["first_round", ""] = 1.0
        described.append(of)
    return described


def _hours(tickets: pd.DataFrame, column: str) -> np.ndarray:
    """Give the hours from receipt to a step; to the moment of looking where it had not been done."""
    until = tickets[column].fillna(tickets["look_at"])
    hours: np.ndarray = (until - tickets["received_at"]).dt.total_seconds().to_numpy(float) / 3_600
    return hours


def vocabulary_of(table: Table) -> Vocabulary:
    """Give the features worth learning from outcomes: those in enough tickets, and the most frequent words."""
    least = max(RARE_TICKETS, RARE_SHARE * len(table))
    most = COMMON_SHARE * len(table)
    seen = list(zip(table.features.features, table.tickets_with().tolist(), strict=True))
    words = sorted(
        ((f, count) for f, count in seen if f[0] == "word" and least <= count <= most), key=lambda one: -one[1]
    )
    others = [f for f, count in seen if f[0] not in ("word", "threatening") and count >= RARE_TICKETS]
    return Vocabulary(tuple(sorted(others) + sorted(f for f, _ in words[:MOST_WORDS])))


def prior_sds(table: Table, vocabulary: Vocabulary) -> np.ndarray:
    """Give the prior standard deviation of every feature's log-odds, shape (features,).

    A word that comes up alike in every matter tells the customer's manner, and may say much; one that belongs to some
    matters tells these again, which class and cause have said.
    """
    groups = np.array([group for group, _ in vocabulary.features], dtype=object)
    sds = np.array([PRIOR_SD[group] for group in groups])
    words = np.flatnonzero(groups == "word")
    of_words = Vocabulary(tuple(vocabulary.features[place] for place in words))
    sds[words[unevenness(table.matters, table.columns(of_words)) <= EVEN]] = PRIOR_SD["even"]
    return sds


def unevenness(matters: np.ndarray, words: sparse.csr_matrix) -> np.ndarray:
    """Give how unevenly each word is spread over the matters (class and cause), shape (words,).

    Pearson's χ² of the word's tickets by matter against the matters' sizes, by degree of freedom: about 1 where it
    comes up alike in all of them. matters: of each ticket, shape (tickets,). words: shape (tickets, words), 1 where a
    ticket has the word.
    """
    names, rows = np.unique(matters, return_inverse=True)
    sums = sparse.csr_matrix((np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(len(names), len(rows)))
    seen = (sums @ words).toarray()
    expected = np.outer(sums.sum(axis=1), seen.sum(axis=0)) / len(rows)
    uneven: np.ndarray = ((seen - expected) ** 2 / expected).sum(axis=0) / max(len(names) - 1, 1)
    return uneven
