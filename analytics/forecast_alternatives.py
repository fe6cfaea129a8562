"""Other ways to forecast, shown beside the calendar regression for the reader's trust: the document's and statsmodels'.

The document's takes last year's weeks as they were. The three of statsmodels work on whole weeks with a season of 52;
with a handful of customers a week they are too sure of themselves (their 80% intervals hold far less often than 80%).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from analytics.calendar import year_days
from analytics.forecast import DRAWS, METHODS, SEED, Forecast, Method, forecast_year
from texts import N_, Message, Problem

FloatArray = np.ndarray

SEASON_WEEKS = 52
FEWEST_WEEKS = 2 * SEASON_WEEKS  # a season is only seen when it comes back; STL would fit on less without a word
Simulation = Callable[[FloatArray, int, int, int], FloatArray]


def forecast_year_by(
    method: Method,
    history: pd.Series,
    year: int,
    as_of: pd.Timestamp | None = None,
    own_calendar: pd.DataFrame | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:
    """Forecast a calendar year by a method's name; arguments as in `forecast_year`.

    Raises Problem where the history is too short for the method.
    """
    if method == "regression":
        return forecast_year(history, year, as_of, own_calendar, draws=draws, seed=seed)
    days = year_days(year)
    last = days[0] - pd.Timedelta(days=1) if as_of is None else as_of.normalize()
    return alternative(method, history[history.index <= last], days, draws=draws, seed=seed)


def alternative(
    method: Method, history: pd.Series, days: pd.DatetimeIndex, *, draws: int = DRAWS, seed: int = SEED
) -> Forecast:
    """Forecast consecutive days by one of the alternatives.

    history: complaining customers a day, Series indexed by consecutive days; those among `days` count as observed.
    Raises Problem for less than a year (last year's shares) or two years (the others) of history.
    """
    observed = history.reindex(days).dropna()
    if method == "last_year":
        before = history[history.index < days[0]] if len(observed) else history
        mean = _last_year(before, days)
        rates = np.tile(mean, (draws, 1))
        paths: FloatArray = np.random.default_rng(seed).poisson(rates).astype(float)
    else:
        rates = _weekly_model(method, history, days, draws, seed)
        mean, paths = rates.mean(axis=0), rates.copy()
    counted = days.isin(observed.index)
    rates[:, counted] = paths[:, counted] = observed.to_numpy()
    expected = np.where(counted, observed.reindex(days).to_numpy(), mean)
    return Forecast(method, pd.Series(expected, index=days), observed, rates, paths, len(history))


def _last_year(history: pd.Series, days: pd.DatetimeIndex) -> FloatArray:
    """Customers a day as in the same week a year before, counted from the first day: the document's first step."""
    if len(history) < 365:
        raise Problem(
            Message(
                N_("Last year's shares need a whole year of history; there are {days} days."), {"days": len(history)}
            ),
            Message(N_("Load older tickets, or use the calendar regression.")),
        )
    weeks = history.to_numpy(dtype=float)[-SEASON_WEEKS * 7 :].reshape(SEASON_WEEKS, 7).sum(axis=1)
    first = history.index[-1] - pd.Timedelta(days=SEASON_WEEKS * 7 - 1)
    number = (days - first).days.to_numpy() // 7 % SEASON_WEEKS
    return np.asarray(weeks[number] / 7)


def _weekly_model(method: Method, history: pd.Series, days: pd.DatetimeIndex, draws: int, seed: int) -> FloatArray:
    """Draw customers a day from a model of whole weeks, Monday to Sunday; shape (draws, days)."""
    start = history.index[history.index.day_of_week == 0]
    weekly = history[history.index >= start[0]].to_numpy(dtype=float) if len(start) else np.zeros(0)
    weekly = weekly[: len(weekly) // 7 * 7].reshape(-1, 7)
    if len(weekly) < FEWEST_WEEKS:
        raise Problem(
            Message(
                N_("“{method}” needs {needed} weeks of history; there are {weeks}."),
                {"method": METHODS[method], "needed": FEWEST_WEEKS, "weeks": len(weekly)},
            ),
            Message(N_("Use the calendar regression, which works from a single year, or last year's weekly shares.")),
        )
    after = start[0] + pd.Timedelta(days=7 * len(weekly))
    ahead = max((days[-1] - after).days // 7 + 1, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubts about convergence: the backtest says what the method is worth
        weeks = np.maximum(SIMULATIONS[method](weekly.sum(axis=1), ahead, draws, seed), 0.0)
    by_weekday = (weekly.sum(axis=0) + 1e-9) / (weekly.sum() + 7e-9)
    number = (days - after).days.to_numpy()
    result = np.zeros((draws, len(days)))
    future = number >= 0
    result[:, future] = weeks[:, number[future] // 7] * by_weekday[number[future] % 7]
    return result


def _stl_ets(weekly: FloatArray, ahead: int, draws: int, seed: int) -> FloatArray:
    """Simulate STL with exponential smoothing of the rest; shape (draws, ahead)."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    from statsmodels.tsa.seasonal import STL

    parts = STL(weekly, period=SEASON_WEEKS).fit()
    rest = ETSModel(weekly - parts.seasonal, error="add").fit(disp=False)
    drawn = rest.simulate(ahead, anchor="end", repetitions=draws, rng=np.random.default_rng(seed))
    season = np.resize(parts.seasonal[-SEASON_WEEKS:], ahead)
    return np.asarray(drawn).reshape(ahead, draws).T + season


def _holt_winters(weekly: FloatArray, ahead: int, draws: int, seed: int) -> FloatArray:
    """Simulate additive Holt-Winters without trend; shape (draws, ahead)."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    model = ExponentialSmoothing(
        weekly, seasonal="add", seasonal_periods=SEASON_WEEKS, initialization_method="heuristic"
    )
    drawn = model.fit().simulate(ahead, anchor="end", repetitions=draws, rng=np.random.default_rng(seed))
    return np.asarray(drawn).reshape(ahead, draws).T


def _unobserved_components(weekly: FloatArray, ahead: int, draws: int, seed: int) -> FloatArray:
    """Simulate a walking level with a fixed season of three harmonics; shape (draws, ahead)."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    model = UnobservedComponents(
        weekly,
        level="local level",
        freq_seasonal=[{"period": 365.25 / 7, "harmonics": 3}],
        stochastic_freq_seasonal=[False],
    )
    drawn = model.fit(disp=False).simulate(ahead, anchor="end", repetitions=draws, rng=np.random.default_rng(seed))
    return np.asarray(drawn).reshape(ahead, draws).T


SIMULATIONS: dict[Method, Simulation] = {
    "stl_ets": _stl_ets,
    "holt_winters": _holt_winters,
    "unobserved_components": _unobserved_components,
}
