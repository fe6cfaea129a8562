"""What the threshold chart says of a day, as a person would."""

from __future__ import annotations

import pandas as pd

from texts import N_, Language, translate

TEXTS = {
    1: N_("actual {actual}, {gap} more than the threshold"),
    -1: N_("actual {actual}, {gap} below the threshold"),
    0: N_("actual {actual}, just at the threshold"),
}


def against_threshold(actual: pd.Series, threshold: pd.Series, language: Language) -> list[str]:
    """Say for every day how the actual stood against the threshold.

    actual: cumulative customers by day; threshold: the same, of at least these days. A gap below a twentieth of a
    customer is none.
    """
    said = {sign: translate(text, language) for sign, text in TEXTS.items()}
    gaps = (actual - threshold.loc[actual.index]).round(1).tolist()
    return [
        said[(gap > 0) - (gap < 0)].format_map({"actual": f"{number:.0f}", "gap": f"{abs(gap):.1f}"})
        for number, gap in zip(actual.tolist(), gaps, strict=True)
    ]
