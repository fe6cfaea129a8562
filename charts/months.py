"""The months of a year as an axis names them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from babel.dates import format_date

from texts import Language


@cache
def month_names(language: Language) -> tuple[str, ...]:
    """Give January to December, short; a calendar's words are asked for once, they take time."""
    return tuple(format_date(pd.Timestamp(2001, month, 1), "MMM", locale=language) for month in range(1, 13))


def month_ticks(year: int, language: Language) -> dict[str, Any]:
    """Give Plotly's attributes of an axis that names every month of a year at its first day."""
    return {
        "type": "date",
        "tickvals": [f"{year}-{month:02d}-01" for month in range(1, 13)],
        "ticktext": list(month_names(language)),
    }
