"""Earlier cases like one: how alike two complaints are, by the words they share.

Texts become bags of character pairs, triples and quadruples of Chinese runs and of whole Latin words, weighted by how
rare each is among the texts compared (term frequency × inverse document frequency, Salton and Buckley 1988,
Information Processing & Management 24:513); likeness is the cosine of two bags, 0–1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z]{3,}")
LENGTHS = (2, 3, 4)  # characters of a Chinese term
LEAST = 0.10  # below this likeness two complaints share no more than their class's usual words
MOST_SHARED = 4  # shared words shown


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


def case_text(frame: pd.DataFrame) -> pd.Series:
    """Give the text that cases are compared by: complaint, cause and demand, the last two counted twice."""
    parts = {name: frame[name].fillna("").astype(str) for name in ("narrative", "cause", "demand")}
    short = parts["cause"] + " " + parts["demand"]
    return parts["narrative"] + " " + short + " " + short


def terms(text: str) -> list[str]:
    """Give the terms of a text: runs of 2–4 Chinese characters, and Latin words of three letters or more."""
    runs = CHINESE.findall(text)
    pieces = [run[i : i + n] for run in runs for n in LENGTHS for i in range(len(run) - n + 1)]
    return pieces + LATIN.findall(text.lower())


def similar_cases(case: pd.DataFrame, earlier: pd.DataFrame, most: int = 5) -> SimilarCases:
    """Find the earlier cases most like one.

    case: one row with `narrative`, `cause`, `demand`. earlier: a row an earlier case, with these columns and
    `final_outcome`, `received_at`, `closed_at`. Cases less alike than `LEAST` are left out.
    """
    nothing = earlier.head(0).assign(likeness=pd.Series(dtype=float), shared=pd.Series(dtype=object))
    own = case_text(case).iloc[0]
    if earlier.empty or not terms(own):
        return SimilarCases(nothing, 0, 0, None)
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
    matrix = model.fit_transform([own, *case_text(earlier)])
    likeness = np.asarray((matrix[1:] @ matrix[0].T).todense()).ravel()
    order = np.argsort(-likeness, kind="stable")[:most]
    order = order[likeness[order] >= LEAST]
    names = model.get_feature_names_out()
    shared = [shared_words(matrix[0].multiply(matrix[place + 1]).tocoo(), names) for place in order]
    found = earlier.iloc[order].assign(likeness=likeness[order], shared=pd.Series(shared, index=earlier.index[order]))
    ended = found[found["final_outcome"].notna()]
    days = (found["closed_at"] - found["received_at"]).dt.days.dropna()
    return SimilarCases(
        cases=found.reset_index(drop=True),
        agreed=int((ended["final_outcome"] == "agreed").sum()),
        decided=len(ended),
        days=float(days.median()) if len(days) else None,
    )


def shared_words(products: object, names: np.ndarray) -> tuple[str, ...]:
    """Give the terms that make two texts alike, the heaviest first, without pieces of one already named.

    products: sparse row (COO) of the products of the two texts' weights; names: the terms by column.
    """
    columns, weights = products.col, products.data  # type: ignore[attr-defined]
    chosen: list[str] = []
    # longer terms first among the heavy ones: 录音录像 says more than 录音
    heavy = sorted(zip(weights, columns, strict=True), key=lambda pair: -pair[0] * len(names[pair[1]]))
    for _, column in heavy:
        term = str(names[column])
        if not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
        if len(chosen) == MOST_SHARED:
            break
    return tuple(chosen)


def _overlap(term: str, other: str) -> bool:
    pairs = {term[i : i + 2] for i in range(len(term) - 1)}
    return any(pair in other for pair in pairs)
