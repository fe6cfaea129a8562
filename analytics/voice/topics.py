"""What a call is about: the class and cause of its ticket, else by its product and the words of past complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

SURE = 0.6  # share of a product's tickets, or chance by words, from which on a topic is named
SMOOTHING = 0.5  # added to every count of a word in a cause
RARE = 3  # a word in fewer complaints is not learnt


@dataclass(frozen=True)
class Causes:
    """How complaints of each cause are worded (naive Bayes): the log-odds of a word in a cause against all causes.

    names: (complaint_class, cause), in the order of the rows of `weights` (causes × words); words: word → column;
    prior: log share of each cause; products: by product the class that most of its tickets have, where it is clear.
    """

    names: tuple[tuple[str, str], ...]
    words: Mapping[str, int]
    weights: np.ndarray
    prior: np.ndarray
    products: Mapping[str, str]

    def topic_of_product(self, product: str | None) -> str | None:
        """Give the class that a product's complaints have; None where it is not clear."""
        return None if product is None else self.products.get(product)

    def cause_of(self, words: Sequence[str] | frozenset[str], complaint_class: str | None) -> tuple[str, str] | None:
        """Give class and cause of a text by its words, within a class where that is known; None where unsure."""
        known = [self.words[word] for word in words if word in self.words]
        if not known or not self.names:
            return None
        score = self.prior + self.weights[:, known].sum(axis=1)
        if complaint_class is not None:
            within = np.array([name == complaint_class for name, _ in self.names])
            if not within.any():
                return None
            score = np.where(within, score, -np.inf)
        chance = np.exp(score - score.max())
        best = int(np.argmax(chance))
        return self.names[best] if chance[best] / chance.sum() >= SURE else None


def learn_causes(tickets: pd.DataFrame, words: Sequence[frozenset[str]]) -> Causes:
    """Learn from complaints how each cause is worded (multinomial naive Bayes; McCallum & Nigam 1998).

    tickets: complaint_class, cause, product; words: the words of each narrative that can name a matter.
    """
    pairs = list(zip(tickets["complaint_class"], tickets["cause"], strict=True))
    rows = [i for i, (_, cause) in enumerate(pairs) if isinstance(cause, str) and cause.strip()]
    names = tuple(sorted({pairs[i] for i in rows}))
    seen: dict[str, int] = {}
    for i in rows:
        for word in words[i]:
            seen[word] = seen.get(word, 0) + 1
    places = {word: place for place, word in enumerate(sorted(w for w, count in seen.items() if count >= RARE))}
    counts = np.full((len(names), len(places)), SMOOTHING)
    tickets_of = np.zeros(len(names))
    order = {name: place for place, name in enumerate(names)}
    for i in rows:
        cause = order[pairs[i]]
        tickets_of[cause] += 1
        for word in words[i]:
            if word in places:
                counts[cause, places[word]] += 1
    weights = np.log(counts / counts.sum(axis=1, keepdims=True)) if places else counts
    if places:
        weights -= np.log(counts.sum(axis=0) / counts.sum())
    prior = np.log(tickets_of / tickets_of.sum()) if names else tickets_of
    of_product = tickets[tickets["product"].notna()].groupby("product")["complaint_class"]
    share = of_product.value_counts(normalize=True)
    clear = share[share >= SURE]
    products = {str(product): str(name) for product, name in clear.index}
    return Causes(names, places, weights, prior, products)
