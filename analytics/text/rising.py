"""New topics that rise: labels, or words that nobody has a label for, that come up more often than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.stats import beta, binom

from analytics.text.segment import content_words

FEWEST = 8  # recent texts with a term, below which nothing is said
LEAST_RATIO = 1.5
FALSE_DISCOVERIES = 0.05
SAME_TOPIC = 0.6  # terms that share that part of their recent texts are one topic
LABEL_COLUMNS = ["label", "recent", "before", "ratio", "low", "high", "p", "rises"]
TOPIC_COLUMNS = ["terms", "recent", "before", "ratio", "low", "high", "p", "texts"]


def rising_labels(labels: Sequence[str | None], recent: Sequence[bool]) -> pd.DataFrame:
    """Say which labels (topics, causes) take a greater share of the recent texts than of those before.

    labels: one a text, None for no label. recent: whether each text is of the recent weeks. A row a label with at least
    FEWEST recent texts, the strongest evidence first, LABEL_COLUMNS: recent and before (texts), ratio of the shares
    with its 95% interval (conditional binomial, Clopper–Pearson), p (one-sided), rises (passes Benjamini–Hochberg at
    FALSE_DISCOVERIES among the rows, and the ratio is at least LEAST_RATIO).
    """
    late = np.asarray(recent, dtype=bool)
    named = pd.Series(list(labels), dtype=object)
    new, old = named[late].value_counts(), named[~late].value_counts()
    names = list(new.index[new >= FEWEST])
    return _tested(names, new.reindex(names), old.reindex(names).fillna(0), late).rename(columns={"name": "label"})


def rising_topics(texts: Sequence[str], recent: Sequence[bool]) -> pd.DataFrame:
    """Give the words and word pairs that rise as topics that nobody has named yet, the strongest evidence first.

    texts, recent: as in `rising_labels`, which says how each is tested. Columns TOPIC_COLUMNS: terms (tuple of words
    that come in the same texts), the numbers of the first of them, texts (places of the recent texts that have any).
    """
    late = np.asarray(recent, dtype=bool)
    found = [_terms(text) for text in texts]
    new: Counter[str] = Counter(term for place in np.flatnonzero(late) for term in found[place])
    old: Counter[str] = Counter(term for place in np.flatnonzero(~late) for term in found[place])
    names = [term for term, count in new.items() if count >= FEWEST]
    tested = _tested(
        names, pd.Series(new, dtype=float).reindex(names), pd.Series(old, dtype=float).reindex(names), late
    )
    rows: list[tuple[list[str], list[float], set[int]]] = []
    for row in tested[tested["rises"]].itertuples(index=False):
        having = {int(place) for place in np.flatnonzero(late) if row.name in found[place]}
        for terms, _, together in rows:
            if len(together & having) >= SAME_TOPIC * min(len(together), len(having)):
                terms.append(row.name)
                together.update(having)
                break
        else:
            rows.append(([row.name], [row.recent, row.before, row.ratio, row.low, row.high, row.p], having))
    return pd.DataFrame(
        [(tuple(terms), *numbers, tuple(sorted(having))) for terms, numbers, having in rows], columns=TOPIC_COLUMNS
    )


def _tested(names: list[str], new: pd.Series, old: pd.Series, late: np.ndarray) -> pd.DataFrame:
    """Test whether each name's share among the recent texts is greater than among those before."""
    columns = ["name", *LABEL_COLUMNS[1:]]
    if not names or late.all() or not late.any():
        return pd.DataFrame(columns=columns)
    after, before = new.to_numpy(float), old.fillna(0).to_numpy(float)
    share = late.mean()
    odds = (1 - share) / share
    p = binom.sf(after - 1, after + before, share)
    low = beta.ppf(0.025, after, before + 1)
    high = np.where(before > 0, beta.ppf(0.975, after + 1, np.maximum(before, 1)), 1.0)
    with np.errstate(divide="ignore"):
        table = pd.DataFrame(
            {
                "name": names,
                "recent": after.astype(int),
                "before": before.astype(int),
                "ratio": after / before * odds,
                "low": low / (1 - low) * odds,
                "high": high / (1 - high) * odds,
                "p": p,
            }
        ).sort_values(["p", "name"], ignore_index=True)
    allowed = FALSE_DISCOVERIES * np.arange(1, len(table) + 1) / len(table)
    passed = np.flatnonzero(table["p"] <= allowed)
    last = int(passed[-1]) if len(passed) else -1
    return table.assign(rises=(np.arange(len(table)) <= last) & (table["ratio"] >= LEAST_RATIO))[columns]


def _terms(text: str) -> frozenset[str]:
    words = content_words(text)
    return frozenset([*words, *(one + two for one, two in pairwise(words))])
