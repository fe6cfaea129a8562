"""The product's own sentences of bank customers, spelled out from seeds.toml."""

from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

CHOICE = re.compile(r"\{([^{}]+)\}")
EACH = 24  # at most that many spellings of one sentence


def spelled_out(sentence: str) -> list[str]:
    """Give a sentence's spellings, at most EACH, spread evenly over all of them."""
    parts = CHOICE.split(sentence)
    options = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    every = ["".join(chosen) for chosen in product(*options)]
    if len(every) <= EACH:
        return every
    return [every[place] for place in np.random.default_rng(len(every)).permutation(len(every))[:EACH]]


def seeds() -> pd.DataFrame:
    """Give the sentences: text, negative (0 or 1), topic ('bank')."""
    raw = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text(encoding="utf-8"))
    rows = [
        (text, int(kind == "negative"))
        for kind in ("neutral", "negative", "positive")
        for sentence in raw[kind]["sentences"].split("\n")
        if sentence
        for text in spelled_out(sentence)
    ]
    return pd.DataFrame(rows, columns=["text", "negative"]).assign(topic="bank")
