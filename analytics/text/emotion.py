"""The emotion score of a turn: how likely the speaker is displeased, from words of feeling and a learnt classifier."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np

from analytics.text.apart import spelled_together
from analytics.text.lexicon import Felt, words_of_feeling
from texts.simplified import simplified

MODEL_VARIABLE = "RESOLUTION_WATCH_EMOTION_MODEL"
SHIPPED_MODEL = Path(__file__).parent / "emotion_model.npz"
LONGEST_TEXT = 2_000  # characters of a text that are read; more would only cost time
FEATURES = ("balance", "blame", "praise", "most_blame", "most_praise", "first", "last", "silent")


@dataclass(frozen=True)
class EmotionModel:
    """A fitted score.

    grams: character n-gram → (weight × idf, idf²). feature_weights: one weight for each of FEATURES. bias: the
    constant. slope: what calibration multiplies the log-odds by. learnt_from: what it was trained on, in words.
    """

    grams: dict[str, tuple[float, float]]
    feature_weights: np.ndarray
    bias: float
    slope: float
    learnt_from: str


def features_of(felt: list[Felt]) -> list[float]:
    """Give the numbers of FEATURES of a text's words of feeling, each within −1 to 1."""
    if not felt:
        return [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
    values = [word.value for word in felt]
    praise = sum(value for value in values if value > 0)
    blame = praise - sum(values)
    return [
        (blame - praise) / (1 + blame + praise),
        blame / (1 + blame),
        praise / (1 + praise),
        -min(0.0, *values) / 3,
        max(0.0, *values) / 3,
        max(-1.0, min(1.0, values[0] / 3)),
        max(-1.0, min(1.0, values[-1] / 3)),
        0.0,
    ]


def grams_of(text: str, felt: list[Felt]) -> set[str]:
    """Give the distinct character 1- to 3-grams of a text in lower case.

    What is twice negated (没有不满意) is left out: its parts say the opposite of the whole, which the words of
    feeling have read already.
    """
    for word in reversed(felt):
        if word.negations and word.value > 0:
            text = f"{text[: word.start]} {text[word.end :]}"
    found: set[str] = set(text)
    found.update(map("".join, pairwise(text)))
    found.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
    return found


def prepare(text: str) -> str:
    """Give a text as the score reads it: cut at LONGEST_TEXT, in simplified characters and lower case, full-width
    letters and digits made plain, without addresses of people and pages, no character over three times in a row,
    characters that each stand alone (气 死 我) together."""
    plain = simplified(text[:LONGEST_TEXT]).translate(_PLAIN).lower()
    if "@" in plain or "://" in plain or "#" in plain:
        plain = _NOT_SAID.sub(" ", plain)
    return _RUN.sub(r"\1\1\1", spelled_together(plain))


_NOT_SAID = re.compile(r"(?://\s?)?(?:回复\s?)?@[\w\u4e00-\u9fff\-]{1,30}(?:\s?[:：])?|https?://[\w./?=&%#\-]+|#")
_RUN = re.compile(r"(.)\1{3,}")
_PLAIN = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def log_odds(texts: Sequence[str], model: EmotionModel) -> np.ndarray:
    """Give the uncalibrated log-odds of being negative, one for each text."""
    grams = model.grams
    weights = model.feature_weights.tolist()
    result = np.empty(len(texts))
    for place, raw in enumerate(texts):
        text = prepare(raw)
        felt = words_of_feeling(text)
        total, square = 0.0, 0.0
        for gram in grams_of(text, felt):
            known = grams.get(gram)
            if known is not None:
                total += known[0]
                square += known[1]
        score = model.bias + (total / sqrt(square) if square else 0.0)
        for weight, value in zip(weights, features_of(felt), strict=True):
            score += weight * value
        result[place] = score
    return result


def score_turns(texts: Sequence[str], model: EmotionModel | None = None) -> np.ndarray:
    """Give the calibrated probability that each turn is negative, between 0 and 1, in the order of `texts`.

    model: the one in use where None (`model_in_use`). An empty text has the score of a text that says nothing.
    """
    used = model or model_in_use()
    return 1 / (1 + np.exp(-used.slope * log_odds(texts, used)))


@cache
def model_in_use() -> EmotionModel:
    """Give the model that RESOLUTION_WATCH_EMOTION_MODEL names, else the one that ships with the product."""
    named = os.environ.get(MODEL_VARIABLE)
    return load_model(Path(named) if named else SHIPPED_MODEL)


def save_model(model: EmotionModel, path: Path) -> None:
    """Write a model as one compressed file of numbers and n-grams; no text that it was trained on is in it."""
    grams = sorted(model.grams)
    idf = np.sqrt([model.grams[gram][1] for gram in grams])
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            grams=np.frombuffer(json.dumps(grams, ensure_ascii=False).encode(), dtype=np.uint8),
            weights=np.array([model.grams[gram][0] for gram in grams], dtype=np.float16),
            idf=idf.astype(np.float16),
            features=model.feature_weights,
            numbers=np.array([model.bias, model.slope]),
            learnt_from=np.frombuffer(model.learnt_from.encode(), dtype=np.uint8),
        )


def load_model(path: Path) -> EmotionModel:
    """Read a model that `save_model` wrote. OSError or ValueError where the file is none."""
    with np.load(path, allow_pickle=False) as file:
        grams = json.loads(file["grams"].tobytes().decode())
        weights = file["weights"].astype(float).tolist()
        squares = np.square(file["idf"].astype(float)).tolist()
        bias, slope = file["numbers"].tolist()
        return EmotionModel(
            dict(zip(grams, zip(weights, squares, strict=True), strict=True)),
            file["features"].astype(float),
            bias,
            slope,
            file["learnt_from"].tobytes().decode(),
        )
