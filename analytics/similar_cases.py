"""Earlier cases like one: how alike two complaints are, by the words they share, the cause and the demand.

likeness = 0.80 × cosine of the complaints' words + 0.15 where the cause is the same + 0.05 where the demand is. A word
weighs the more the rarer it is among the texts compared (term frequency × inverse document frequency, Salton and
Buckley 1988, Information Processing & Management 24:513); Chinese is cut into words by rjieba.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

WORD = re.compile(r"[\u3400-\u9fff]{2,}|[a-z]{3,}")
TEXT_WEIGHT, CAUSE_WEIGHT, DEMAND_WEIGHT = 0.80, 0.15, 0.05
LEAST = 0.20  # below it two complaints share little more than their cause
MOST_SHARED = 5  # shared words shown


@dataclass(frozen=True)
class SimilarCases:
    """The earlier cases most like one, most alike first.

    cases: DataFrame with the columns of the earlier cases, `likeness` (0–1) and `shared` (tuple of shared words).
    agreed, decided: how many of them ended agreed, of how many that ended. days: median days to closing, None where
    none is closed.
    """

    cases: pd.DataFrame
    agreed: int
    decided: int
    days: float | None


def words(text: str) -> list[str]:
    """Give the words of a text: Chinese ones of two characters or more, Latin ones of three letters or more."""
    import rjieba

    return [word for word in (str(piece).lower() for piece in rjieba.cut(text)) if WORD.fullmatch(word)]


def similar_cases(case: pd.DataFrame, earlier: pd.DataFrame, most: int = 5) -> SimilarCases:
    """Find the earlier cases most like one.

    case: one row with `narrative`, `cause`, `demand`. earlier: a row an earlier case, with these columns and
    `final_outcome`, `received_at`, `closed_at`. Cases less alike than `LEAST` are left out.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    own = case.iloc[0]
    nothing = earlier.head(0).assign(likeness=pd.Series(dtype=float), shared=pd.Series(dtype=object))
    texts = [str(text) if isinstance(text, str) else "" for text in (own["narrative"], *earlier["narrative"])]
    if earlier.empty:
        return SimilarCases(nothing, 0, 0, None)
    cosine, weights, names = np.zeros(len(earlier)), None, np.array([], dtype=str)
    if any(words(text) for text in texts):
        model = TfidfVectorizer(analyzer=words, sublinear_tf=True)
        weights = model.fit_transform(texts)
        names = model.get_feature_names_out()
        cosine = np.asarray((weights[1:] @ weights[0].T).todense()).ravel()
    likeness = TEXT_WEIGHT * cosine
    for column, weight in (("cause", CAUSE_WEIGHT), ("demand", DEMAND_WEIGHT)):
        if isinstance(own[column], str) and own[column].strip():
            likeness = likeness + weight * (earlier[column] == own[column]).to_numpy(dtype=float)
    order = np.argsort(-likeness, kind="stable")[:most]
    order = order[likeness[order] >= LEAST]
    shared: list[tuple[str, ...]] = [
        () if weights is None else shared_words(weights[0].multiply(weights[place + 1]).tocoo(), names)
        for place in order
    ]
    found = earlier.iloc[order].assign(likeness=likeness[order], shared=shared)
    ended = found[found["final_outcome"].notna()]
    days = (found["closed_at"] - found["received_at"]).dt.days.dropna()
    return SimilarCases(
        cases=found.reset_index(drop=True),
        agreed=int((ended["final_outcome"] == "agreed").sum()),
        decided=len(ended),
        days=float(days.median()) if len(days) else None,
    )


def shared_words(products: object, names: np.ndarray) -> tuple[str, ...]:
    """Give the words that make two texts alike, the heaviest first.

    products: sparse row (COO) of the products of the two texts' weights; names: the words by column.
    """
    columns, weights = products.col, products.data  # type: ignore[attr-defined]
    heaviest = sorted(zip(-weights, columns, strict=True))[:MOST_SHARED]
    return tuple(str(names[column]) for _, column in heaviest)
