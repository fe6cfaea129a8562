"""The forecast of complaining customers: a year by day, week and in total, with honest intervals.

`forecast_year` learns from the history up to a day and gives the calendar year: days already counted as they were,
the rest drawn from the fitted law with the uncertainty of its coefficients, of next year's level and season, of the
dispersion, with noise that lasts over weeks, and with chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from analytics.calendar import calendar_known, plan_weeks, year_days
from analytics.forecast_design import design
from analytics.forecast_fit import ForecastModel, blas_threads, fit
from analytics.forecast_noise import noise_factors
from texts import N_, Message

FloatArray = np.ndarray
Method = Literal["regression", "last_year", "stl_ets", "holt_winters", "unobserved_components"]

METHODS: dict[Method, Message] = {
    "regression": Message(N_("calendar regression by day")),
    "last_year": Message(N_("last year's weekly shares")),
    "stl_ets": Message(N_("STL with exponential smoothing")),
    "holt_winters": Message(N_("Holt-Winters")),
    "unobserved_components": Message(N_("unobserved components")),
}
DRAWS = 1000
SEED = 2025


@dataclass(frozen=True)
class Forecast:
    """A forecast of complaining customers for consecutive days.

    method: how it was made. mean: expected customers a day, indexed by day (also for days already counted: it is the
    shape that an allocation follows; the alternatives give those as counted). observed: customers of the days already
    counted, indexed by day; may be empty.
    rates: draws of the expected customers of each day, the law and its noise without chance, shape (draws, days).
    paths: draws of customers a day, shape (draws, days). In both, days already counted hold what was counted.
    learned_days: days of history learned from. notes: what a reader must know of it.
    """

    method: Method
    mean: pd.Series
    observed: pd.Series
    rates: FloatArray
    paths: FloatArray
    learned_days: int
    notes: tuple[Message, ...] = field(default=())

    @property
    def days(self) -> pd.DatetimeIndex:
        """The days of the forecast."""
        return pd.DatetimeIndex(self.mean.index)

    @property
    def totals(self) -> FloatArray:
        """Draws of the number of customers over all days, shape (draws,)."""
        return np.asarray(self.paths.sum(axis=1))

    @property
    def total_rates(self) -> FloatArray:
        """Draws of the expected number of customers over all days, without chance, shape (draws,)."""
        return np.asarray(self.rates.sum(axis=1))

    @property
    def expected(self) -> float:
        """Expected customers over all days: those counted and those to come."""
        return float(self._expected_by_day().sum())

    def _expected_by_day(self) -> pd.Series:
        """Customers a day: as counted, else as expected."""
        return self.observed.reindex(self.days).fillna(self.mean)

    def total_interval(self, level: float = 0.8) -> tuple[float, float]:
        """Give the range in which the number of customers over all days lies with probability `level`."""
        low, high = _quantiles(self.totals[:, None], level)
        return float(low[0]), float(high[0])

    def weeks(self) -> pd.DataFrame:
        """Give plan weeks: `year`, `week`, `week_start`, `week_end`, `customers` (missing unless all days are counted),
        `mean`, `low80`, `high80`, `low95`, `high95` (customers a week)."""
        weeks = pd.concat([plan_weeks(year).assign(year=year) for year in sorted(set(self.days.year))])
        start = pd.DatetimeIndex(weeks["week_start"])
        number = np.searchsorted(start, self.days, side="right") - 1
        return self._grouped(number, weeks[["year", "week", "week_start", "week_end"]])

    def by_day(self) -> pd.DataFrame:
        """Give days: `customers` (missing unless counted), `mean`, `low80`, `high80`, `low95`, `high95`."""
        table = self._grouped(np.arange(len(self.days)), pd.DataFrame(index=range(len(self.days))))
        return table.set_axis(self.days)

    def cumulative(self) -> pd.DataFrame:
        """Give the running total by day: `mean`, `low80`, `high80` (customers), counted days as they were."""
        running = self.paths.cumsum(axis=1)
        low, high = _quantiles(running, 0.8)
        return pd.DataFrame({"mean": self._expected_by_day().cumsum(), "low80": low, "high80": high})

    def _grouped(self, number: np.ndarray, labels: pd.DataFrame) -> pd.DataFrame:
        """Sum days to groups given by consecutive numbers and give each its interval."""
        first = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
        sums = np.add.reduceat(self.paths, first, axis=1)
        counted = self.observed.reindex(self.days).to_numpy(dtype=float)
        columns = {"customers": np.add.reduceat(counted, first), "mean": np.add.reduceat(self.mean.to_numpy(), first)}
        for level in (0.8, 0.95):
            low, high = _quantiles(sums, level)
            columns |= {f"low{level * 100:.0f}": low, f"high{level * 100:.0f}": high}
        return labels.iloc[number[first]].reset_index(drop=True).assign(**columns)


def _quantiles(draws: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Bounds of the central interval along the first axis, values that were drawn."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf")
    return low, high


def forecast(
    model: ForecastModel,
    days: pd.DatetimeIndex,
    observed: pd.Series | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:
    """Forecast consecutive days from a fitted law.

    days: none in a year before the model's first. observed: customers of those of these days that have been counted,
    Series by day; a model that should learn from them must have been fitted with them. draws, seed: the same give the
    same numbers.
    """
    observed = pd.Series([], index=days[:0], dtype=float) if observed is None else observed.reindex(days).dropna()
    counted = days.isin(observed.index)
    regression = design(days, int(model.first.year), model.own_calendar)
    place = {name: column for column, name in enumerate(model.terms)}
    known = [column for column, term in enumerate(regression.terms) if term.name in place]
    order = [place[regression.terms[column].name] for column in known]
    coefficients, variance = regression.prior_mean, np.diag([term.sd**2 for term in regression.terms])
    coefficients[known] = model.coefficients[order]
    variance[np.ix_(known, known)] = model.covariance[np.ix_(order, order)]
    random = np.random.default_rng(seed)
    with blas_threads().limit(limits=1, user_api="blas"):
        root = np.linalg.cholesky(variance)
        log_rate = regression.matrix @ coefficients
        spread = ((regression.matrix @ root) ** 2).sum(axis=1)
        drawn = random.normal(size=(draws, len(coefficients))) @ (regression.matrix @ root).T
    week = ((days - days[0]).days.to_numpy() + int(days[0].day_of_week)) // 7
    rates = np.exp(log_rate + drawn) * noise_factors(model.noise, int(week[-1]) + 1, draws, random)[:, week]
    rates[:, counted] = observed.to_numpy()
    paths = rates.copy()
    paths[:, ~counted] = random.poisson(rates[:, ~counted])
    mean = pd.Series(np.exp(log_rate + spread / 2), index=days)
    return Forecast("regression", mean, observed, rates, paths, model.days_known, _notes(model, days))


def forecast_year(
    history: pd.Series,
    year: int,
    as_of: pd.Timestamp | None = None,
    own_calendar: pd.DataFrame | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:
    """Forecast a calendar year from what was known on a day.

    history: complaining customers a day up to as_of or beyond, zeros included, Series indexed by consecutive days.
    as_of: the last day known; default the day before 1 January, the forecast a plan is made from. Days of the year up
    to as_of count as observed and teach the model, the rest is projected. Raises Problem for too little history.
    """
    days = year_days(year)
    last = days[0] - pd.Timedelta(days=1) if as_of is None else as_of.normalize()
    known = history[history.index <= last]
    return forecast(fit(known, own_calendar), days, known, draws=draws, seed=seed)


def _notes(model: ForecastModel, days: pd.DatetimeIndex) -> tuple[Message, ...]:
    """Say what makes a forecast less sure than usual."""
    notes = []
    if model.days_known < 365:
        notes.append(
            Message(
                N_("Learned from {days} days only: the season of the other months is assumed, not known."),
                {"days": model.days_known},
            )
        )
    elif model.days_known < 2 * 365:
        notes.append(
            Message(
                N_(
                    "Learned from one year: chance and season cannot be told apart. In trials with 400 customers a "
                    "year the curve of shares was off by 3.4 points of the year, with three years of history by 2.4."
                )
            )
        )
    unknown = [year for year in sorted(set(days.year)) if not calendar_known(year, model.own_calendar)]
    notes.extend(
        Message(
            N_("The days off of {year} are not published yet: fixed and lunar holidays are assumed."), {"year": year}
        )
        for year in unknown
    )
    return tuple(notes)
