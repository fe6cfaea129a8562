"""Scoring what customers said: soon after it came in, once, and for whoever asks afterwards."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from analytics.text.emotion import model_in_use, score_turns
from analytics.text.tendency import tendencies
from data.store import Store
from data.turn_scores import keep_scores, of_this_scorer, unscored

BATCH = 2_000  # turns scored in one go: about a second of work
MOST_MOODS = 200_000

_moods: OrderedDict[int, float] = OrderedDict()
_tendencies: OrderedDict[int, frozenset[str]] = OrderedDict()
_lock = threading.Lock()


def scorer() -> str:
    """Name what the scores depend on; another name means that all turns are scored again."""
    model = model_in_use()
    return f"{model.learnt_from}|{model.bias:.6f}|{model.slope:.6f}|3"


def score_arrived(store: Store, most: int = BATCH) -> int:
    """Score turns that have come in without a score, at most so many; give how many.

    Killed at any moment, what is not yet kept is scored again.
    """
    of_this_scorer(store, scorer())
    turns = unscored(store, most)
    if turns.empty:
        return 0
    texts = turns["text"].tolist()
    said = [
        json.dumps([{"kind": one.kind, "words": one.words} for one in found], ensure_ascii=False) if found else None
        for found in map(tendencies, texts)
    ]
    keep_scores(store, turns, score_turns(texts).tolist(), said, whole=len(turns) < most)
    return len(turns)


def score_all(store: Store) -> int:
    """Score everything that has no score yet; give how many turns."""
    total = 0
    while scored := score_arrived(store, 10 * BATCH):
        total += scored
    return total


def moods_of(texts: Sequence[str]) -> np.ndarray:
    """Give each text's chance of being negative, 0–1, NaN for an empty one; a text seen before is not scored again."""
    missing = {hash(text): text for text in texts if text and hash(text) not in _moods}
    if missing:
        scores = score_turns(list(missing.values()))
        with _lock:
            _moods.update(zip(missing, scores.tolist(), strict=True))
    found = np.array([_moods.get(hash(text), np.nan) if text else np.nan for text in texts], dtype=float)
    _shorten(_moods)
    return found


def tendencies_of(text: str) -> frozenset[str]:
    """Give the kinds of complaint tendency in a text; a text seen before is not read again."""
    key = hash(text)
    kinds = _tendencies.get(key)
    if kinds is None:
        kinds = frozenset(one.kind for one in tendencies(text))
        with _lock:
            _tendencies[key] = kinds
        _shorten(_tendencies)
    return kinds


def _shorten(memory: OrderedDict) -> None:
    with _lock:
        while len(memory) > MOST_MOODS:
            memory.popitem(last=False)
