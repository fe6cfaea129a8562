"""Masking of personal data in free text: names, telephone, identity, card, account and policy numbers, addresses."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from data.masking_names import mask_names
from data.masking_numbers import mask_numbers

# Columns of any query that hold what people wrote or said. A query that needs the words themselves says so in its
# header (`-- text: raw`), and what it gives is never shown.
FREE_TEXT = frozenset({"narrative", "reply_text", "detail", "text", "demand", "said_before", "words", "example"})
_MAY_BE_PERSONAL = re.compile(r"[\u4e00-\u9fff@＠]|[0-9０-９]{11}")


@lru_cache(maxsize=20_000)
def mask_text(text: str) -> str:
    """Give a text in which names, numbers, addresses and e-mail of people are replaced by what stood there (〔姓名〕).

    A pure function that never fails; masking a masked text changes nothing.
    """
    while True:  # what is masked can show what stands beside it; every round leaves less, so it ends
        masked = mask_names(mask_numbers(text))
        if masked == text:
            return masked
        text = masked


def mask_series(texts: pd.Series) -> pd.Series:
    """Mask every text of a Series; each different text once. What is no text (None, NaN) stays."""
    masked = {text: mask_text(text) for text in texts.dropna().unique() if isinstance(text, str)}
    return texts.map(lambda text: masked.get(text, text) if isinstance(text, str) else text)


def mask_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table whose columns of free text are masked; the same table where it has none."""
    found = [name for name in frame if name in FREE_TEXT]
    return frame.assign(**{name: mask_series(frame[name]) for name in found}) if found else frame


def mask_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Mask a table as a file has it, its columns unknown: every cell with Chinese, an @ or a long number.

    For looking at a file's rows on screen; identifiers of letters and digits stay, so that rows can be told apart.
    """

    def masked(cell: object) -> object:
        return mask_text(cell) if isinstance(cell, str) and _MAY_BE_PERSONAL.search(cell) else cell

    return frame.map(masked)
