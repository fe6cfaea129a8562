"""Masking of personal data in free text: names, telephone, identity, card, account and policy numbers, addresses."""

from __future__ import annotations

import pandas as pd

from data.masking_names import mask_names
from data.masking_numbers import mask_numbers


def mask_text(text: str) -> str:
    """Give a text in which every name, number, address and e-mail of a person is replaced by what stood there: 〔姓名〕.

    A pure function that never fails; masking a masked text changes nothing.
    """
    return mask_names(mask_numbers(text))


def mask_series(texts: pd.Series) -> pd.Series:
    """Mask every text of a Series; each different text once. What is no text (None, NaN) stays."""
    masked = {text: mask_text(text) for text in texts.dropna().unique() if isinstance(text, str)}
    return texts.map(lambda text: masked.get(text, text) if isinstance(text, str) else text)
