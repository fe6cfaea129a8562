"""The methods that the forecast is held against and that the product does not carry."""

from __future__ import annotations

import logging
import warnings

import numpy as np
import pandas as pd

from analytics.calendar import day_type
from benchmarks.forecast_worlds import by_week, iso_year

DRAWS = 1000
SEED = 2025
Weekly = tuple[np.ndarray, np.ndarray]


def document(history: pd.Series, days: pd.DatetimeIndex) -> Weekly:
    """Last year's weeks by their number, with chance around them; a week that last year lacked has none."""
    before = by_week(history.to_numpy()[-len(iso_year(int(days[3].year) - 1)) :])
    mean = np.zeros(len(days) // 7)
    same = min(len(mean), len(before))
    mean[:same] = before[:same]
    return mean, np.random.default_rng(SEED).poisson(mean, size=(DRAWS, len(mean)))


def auto_ets(history: pd.Series, days: pd.DatetimeIndex) -> Weekly:
    """statsforecast: season by MSTL, the rest by automatic exponential smoothing, its own normal intervals."""
    from statsforecast.models import MSTL, AutoETS

    weekly = by_week(history.to_numpy()).astype(np.float64)
    weeks = len(days) // 7
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = MSTL(season_length=52, trend_forecaster=AutoETS(model="ZZN")).forecast(weekly, weeks, level=[80])
    mean = np.maximum(made["mean"], 0.0)
    sd = (made["hi-80"] - made["mean"]) / 1.2816
    draws = np.random.default_rng(SEED).normal(made["mean"], np.maximum(sd, 1e-9), size=(DRAWS, weeks))
    return mean, np.round(np.maximum(draws, 0.0))


def prophet(history: pd.Series, days: pd.DatetimeIndex) -> Weekly:
    """Prophet on days with its own choice of seasons and each kind of day as a holiday, summed to weeks."""
    import prophet as library

    logging.getLogger("cmdstanpy").disabled = True
    logging.getLogger("prophet").disabled = True
    every = pd.DatetimeIndex(history.index).append(days)
    kinds = day_type(every)
    off = kinds[kinds.isin(["holiday", "adjusted_workday"])]
    np.random.seed(SEED)  # Prophet draws from numpy's global state
    model = library.Prophet(
        holidays=pd.DataFrame({"holiday": off.to_numpy(), "ds": off.index}),
        uncertainty_samples=DRAWS,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(pd.DataFrame({"ds": history.index, "y": history.to_numpy()}))
        future = pd.DataFrame({"ds": days})
        mean = model.predict(future)["yhat"].to_numpy()
        draws = model.predictive_samples(future)["yhat"].T
    return np.maximum(by_week(mean), 0.0), np.round(np.maximum(by_week(draws), 0.0))
