"""The customer's manner: how much the words of a narrative are those that stand beside threats.

Outcomes are few, and teach little about single words. Narratives are many, and teach one another: who writes 店大欺客
threatens in the same breath more often than who writes 望尽快核实. So the words of the clauses that threaten nobody are
weighed by whether another clause of the same narrative does, without looking at any outcome; one number a narrative
remains for the regression to learn from outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analytics.risk.features import COMMON_SHARE, EVEN, RARE_TICKETS, unevenness
from analytics.risk.logistic import posterior_mode
from analytics.risk.table import Feature, Table, Vocabulary
from analytics.text.tendency import THREATS

LEAST = 60  # narratives with a threat, and without one, that it takes
WEIGHT_SD = 0.7  # prior of a word's weight, log-odds of a threat beside it
NOTHING = 1e-9  # spread of a score that tells no two narratives apart


@dataclass(frozen=True)
class Manner:
    """The manner of tickets as a sum over their features, less `mean`.

    weights: by ("word", …) and, with the opposite sign, ("threatening", …) for words that stand in a threat alone; in
    standard deviations of the sum over the tickets learnt from. scores: the manner of these, mean 0, shape (n,).
    """

    weights: dict[Feature, float]
    mean: float
    scores: np.ndarray


def fit_manner(table: Table) -> Manner | None:
    """Weigh words by the threats beside them: logistic regression, normal priors (le Cessie & van Houwelingen 1992).

    Only words that come up alike in every matter (`unevenness`): the others would tell which matters are threatened
    about. None where too few narratives hold a threat, or no word says anything.
    """
    threats = table.columns(Vocabulary(tuple(("tendency", kind) for kind in THREATS)))
    threatens = np.asarray(threats.sum(axis=1)).ravel() > 0
    if min(threatens.sum(), len(threatens) - threatens.sum()) < LEAST:
        return None
    seen = zip(table.features.features, table.tickets_with(), strict=True)
    words = sorted(value for (group, value), count in seen if group == "word" and count >= RARE_TICKETS)
    spoken, threatened = (
        table.columns(Vocabulary(tuple((group, word) for word in words))) for group in ("word", "threatening")
    )
    beside = sparse.csr_matrix(spoken - threatened)
    count = np.asarray(beside.sum(axis=0)).ravel()
    chosen = np.flatnonzero((count >= RARE_TICKETS) & (count <= COMMON_SHARE * len(table)))
    chosen = chosen[unevenness(table.matters, beside[:, chosen]) <= EVEN]
    if not len(chosen):
        return None
    beside = beside[:, chosen]
    of_words, _ = posterior_mode(beside, threatens, WEIGHT_SD**2)
    scores = beside @ of_words
    spread = float(scores.std())
    if spread < NOTHING:
        return None
    weights: dict[Feature, float] = {}
    for place, weight in zip(chosen, of_words / spread, strict=True):
        weights["word", words[place]] = float(weight)
        weights["threatening", words[place]] = -float(weight)
    mean = float(scores.mean()) / spread
    return Manner(weights, mean, scores / spread - mean)
