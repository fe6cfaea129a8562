"""Daily histories whose law is known, for the tests of the forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.calendar import day_type, festival_offset
from analytics.forecast_noise import PERSISTENCE


def planted(days: pd.DatetimeIndex, a_day: float, seed: int = 3, noise: float = 0.0) -> pd.Series:
    """Customers a day: weekends ×.4, holidays ×.1, a yearly wave of .2, weeks after the Festival ×1.3."""
    random = np.random.default_rng(seed)
    factor = (
        day_type(days).map({"workday": 1.0, "adjusted_workday": 0.8, "weekend": 0.4, "holiday": 0.1}).to_numpy(float)
    )
    offset = festival_offset(days).to_numpy()
    rate = a_day * factor * np.exp(0.2 * np.sin(2 * np.pi * days.day_of_year.to_numpy() / 365.25))
    rate *= np.where((offset >= 7) & (offset <= 20), 1.3, 1.0)
    if noise:
        weeks = np.zeros(len(days) // 7 + 2)
        for week in range(1, len(weeks)):
            weeks[week] = PERSISTENCE * weeks[week - 1] + random.normal(0, noise * np.sqrt(1 - PERSISTENCE**2))
        rate *= np.exp(weeks[(np.arange(len(days)) + days[0].day_of_week) // 7])
    return pd.Series(random.poisson(rate).astype(float), index=days)
