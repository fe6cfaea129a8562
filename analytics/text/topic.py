"""The topic of a conversation or ticket: learnt from the bank's own tickets by the words of each complaint class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.text.segment import content_words

FEWEST_TEXTS = 20  # a class with fewer texts is not learnt
SMOOTHING = 0.5
NOT_SURE = 0.5  # below this probability a text has no topic


@dataclass(frozen=True)
class TopicModel:
    """A naive Bayes of words by topic.

    topics: their names. log_prior: one number a topic. log_likelihood: word → one number a topic; words that were
    never seen say nothing.
    """

    topics: tuple[str, ...]
    log_prior: np.ndarray
    log_likelihood: dict[str, np.ndarray]


def fit_topics(texts: Sequence[str], topics: Sequence[str]) -> TopicModel | None:
    """Learn topics from texts whose topic is known; None where no topic has FEWEST_TEXTS texts.

    Multinomial naive Bayes on the distinct content words of a text (McCallum & Nigam 1998).
    """
    frame = pd.DataFrame({"text": texts, "topic": topics}).dropna()
    sizes = frame["topic"].value_counts()
    names = tuple(sorted(sizes.index[sizes >= FEWEST_TEXTS]))
    if not names:
        return None
    counts: dict[str, np.ndarray] = {}
    for place, name in enumerate(names):
        words: Counter[str] = Counter()
        for text in frame.loc[frame["topic"] == name, "text"]:
            words.update(set(content_words(text)))
        for word, count in words.items():
            counts.setdefault(word, np.zeros(len(names)))[place] = count
    kept = {word: row for word, row in counts.items() if row.sum() >= 3}
    totals = np.sum(list(kept.values()), axis=0) if kept else np.zeros(len(names))
    floor = np.log(totals + SMOOTHING * max(1, len(kept)))
    return TopicModel(
        names,
        np.log(sizes[list(names)].to_numpy(float) / sizes[list(names)].sum()),
        {word: np.log(row + SMOOTHING) - floor for word, row in kept.items()},
    )


def topics_of(texts: Sequence[str], model: TopicModel) -> pd.DataFrame:
    """Give each text's topic and its probability: columns topic (None where below NOT_SURE), probability."""
    rows: list[tuple[str | None, float]] = []
    for text in texts:
        known = [model.log_likelihood[word] for word in set(content_words(text)) if word in model.log_likelihood]
        scores = model.log_prior + (np.sum(known, axis=0) if known else 0.0)
        odds = np.exp(scores - scores.max())
        best = int(np.argmax(odds))
        probability = float(odds[best] / odds.sum())
        rows.append((model.topics[best] if known and probability >= NOT_SURE else None, probability))
    return pd.DataFrame(rows, columns=["topic", "probability"])
