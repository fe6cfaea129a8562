"""Fit the emotion score to labelled text, and calibrate it on topics it was not trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.text.emotion import FEATURES, EmotionModel, features_of, grams_of, log_odds, prepare
from analytics.text.lexicon import words_of_feeling

FEWEST_TEXTS = 4  # an n-gram must be in that many texts: rarer ones are a topic's, not a feeling's
MOST_GRAMS = 30_000
INVERSE_RIDGE = 1.0  # scikit-learn's C
SLOPES = np.geomspace(0.3, 4.0, 54)
LEAST_LIKELY = 0.2


def fit(labelled: pd.DataFrame, learnt_from: str) -> EmotionModel:
    """Fit the score by ridge logistic regression; calibrate it where there are at least two topics.

    labelled: columns text, negative (0 or 1), and where known topic (the calibration leaves out one at a time) and
    weight. ValueError where only one label is there.
    """
    if labelled["negative"].nunique() != 2:
        raise ValueError("texts of both labels are needed")
    model = _fit(labelled, learnt_from)
    if "topic" not in labelled or labelled["topic"].nunique() < 2:
        return model
    odds, truth, weight = [], [], []
    for topic in sorted(labelled["topic"].unique()):
        away = labelled["topic"] == topic
        if labelled.loc[~away, "negative"].nunique() == 2:
            held_out = labelled[away]
            odds.append(log_odds(held_out["text"].tolist(), _fit(labelled[~away], "")))
            truth.append(held_out["negative"].to_numpy(float))
            weight.append(np.full(len(held_out), 1 / len(held_out)))
    return replace(model, slope=calibration_slope(np.concatenate(odds), np.concatenate(truth), np.concatenate(weight)))


def calibration_slope(odds: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> float:
    """Give the factor on the log-odds with the least log loss, labels that are plainly wrong left out.

    Temperature scaling (Guo et al. 2017, ICML). Sentences carry the label of the review they were cut from and are
    often of the other; kept in, they teach the score to be unsure of everything. A label that the score, fitted on
    other topics, holds for less likely than LEAST_LIKELY is taken as wrong (Northcutt et al. 2021, JAIR 70:1373).
    """
    towards = np.where(truth > 0, odds, -odds)
    kept = 1 / (1 + np.exp(-towards)) >= LEAST_LIKELY
    losses = [np.average(np.logaddexp(0, -slope * towards[kept]), weights=weight[kept]) for slope in SLOPES]
    return float(SLOPES[int(np.argmin(losses))])


def _fit(labelled: pd.DataFrame, learnt_from: str) -> EmotionModel:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    texts = [prepare(text) for text in labelled["text"]]
    felt = [words_of_feeling(text) for text in texts]
    grams = [grams_of(text, words) for text, words in zip(texts, felt, strict=True)]
    counts: Counter[str] = Counter()
    for of_one in grams:
        counts.update(of_one)
    kept = sorted(gram for gram, count in counts.most_common(MOST_GRAMS) if count >= FEWEST_TEXTS)
    place = {gram: number for number, gram in enumerate(kept)}
    idf = np.log((1 + len(texts)) / (1 + np.array([counts[gram] for gram in kept]))) + 1
    design = hstack([_rows(grams, place, idf, csr_matrix), csr_matrix(np.array([features_of(f) for f in felt]))])
    regression = LogisticRegression(C=INVERSE_RIDGE, solver="liblinear", random_state=0)
    regression.fit(
        design.tocsr(),
        labelled["negative"].to_numpy(int),
        sample_weight=labelled["weight"].to_numpy(float) if "weight" in labelled else None,
    )
    weights = regression.coef_[0]
    return EmotionModel(
        grams={gram: (float(weights[number] * idf[number]), float(idf[number] ** 2)) for gram, number in place.items()},
        feature_weights=weights[-len(FEATURES) :],
        bias=float(regression.intercept_[0]),
        slope=1.0,
        learnt_from=learnt_from,
    )


def _rows(grams: Sequence[set[str]], place: dict[str, int], idf: np.ndarray, sparse: Any) -> Any:
    """Give the tf-idf rows (tf 0 or 1), each of length 1."""
    indices: list[int] = []
    ends = [0]
    for of_one in grams:
        indices.extend(place[gram] for gram in of_one if gram in place)
        ends.append(len(indices))
    values = idf[indices]
    matrix = sparse((values, indices, ends), shape=(len(grams), len(place)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.repeat(1 / np.maximum(length, 1e-12), np.diff(ends))
    return sparse((values * scale, indices, ends), shape=matrix.shape)
