"""The regression of the forecast: what a day's expected customers depend on, and how far each effect may go.

log μ = level + steps of the level at each 1 January + day type + weekday + Spring Festival windows + Fourier terms of
the day of the year + drift of those terms at each 1 January. Every term but the level has a normal prior around its
usual value; the priors stand here, once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.calendar import day_type, festival_offset

FloatArray = np.ndarray

# Prior mean and sd of the log factor of a day against a workday.
DAY_TYPES = {
    "adjusted_workday": (np.log(0.8), 0.3),
    "weekend": (np.log(0.35), 0.5),
    "holiday": (np.log(0.2), 0.6),
}
YEARLY_STEP_SD = 0.15  # how far the level moves from one year to the next
WEEKDAY_SD = 0.15  # Monday to Friday among workdays, Sunday against Saturday among weekends
FESTIVAL_WINDOWS = ((-14, -1), (7, 20), (21, 34))  # days after the Spring Festival, both included
FESTIVAL_SD = 0.2
HARMONICS = (2, 3)  # how many Fourier terms a season may have
SEASON_SDS = (0.03, 0.08, 0.15, 0.3)  # τ: sd of the first Fourier term; the k-th has τ ÷ √k
DRIFTING = 2  # harmonics that may drift
DRIFT_SD = 0.03  # how far a Fourier coefficient moves from one year to the next
LEVEL_SD = 2.0  # around the mean of the history: only there for a history without a single customer


@dataclass(frozen=True)
class Term:
    """A column of the regression: its name, prior mean and sd, and the Fourier order it belongs to (0: none).

    The sd of a Fourier term is 1 ÷ √order, to be multiplied by τ.
    """

    name: str
    mean: float
    sd: float
    order: int = 0


@dataclass(frozen=True)
class Design:
    """The regression's columns for some days.

    days: the days. matrix: shape (days, terms). terms: one a column, the level first.
    """

    days: pd.DatetimeIndex
    matrix: FloatArray
    terms: tuple[Term, ...]

    @property
    def prior_mean(self) -> FloatArray:
        """Prior means, shape (terms,)."""
        return np.array([term.mean for term in self.terms])

    def prior_variance(self, harmonics: int, tau: float) -> FloatArray:
        """Prior variances for a season of some harmonics with sd τ, shape (terms,); a term left out has nearly none."""
        sds = [
            term.sd if term.order == 0 else term.sd * tau if term.order <= harmonics else 1e-5 for term in self.terms
        ]
        return np.array(sds, dtype=float) ** 2


def design(days: pd.DatetimeIndex, first_year: int, own_calendar: pd.DataFrame | None = None) -> Design:
    """Build the regression for some days.

    days: consecutive days. first_year: the year in which the history begins; each later year up to the last of `days`
    has its step and its drift. own_calendar: see `analytics.calendar.day_type`.
    """
    columns: list[FloatArray] = []
    terms: list[Term] = []

    def add(column: FloatArray, name: str, mean: float, sd: float, order: int = 0) -> None:
        columns.append(column.astype(float))
        terms.append(Term(name, mean, sd, order))

    types = day_type(days, own_calendar).to_numpy()
    weekday, years = days.day_of_week.to_numpy(), days.year.to_numpy()
    offset = festival_offset(days).to_numpy()
    waves = _waves(days)
    add(np.ones(len(days)), "level", 0.0, LEVEL_SD)
    for kind, (mean, sd) in DAY_TYPES.items():
        add(types == kind, kind, mean, sd)
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday")):
        add((weekday == number) & (types == "workday"), name, 0.0, WEEKDAY_SD)
    add((weekday == 6) & (types == "weekend"), "sunday", 0.0, WEEKDAY_SD)
    for first, last in FESTIVAL_WINDOWS:
        add((offset >= first) & (offset <= last), f"festival{first:+d}{last:+d}", 0.0, FESTIVAL_SD)
    for (order, wave), column in waves.items():
        add(column, f"{wave}{order}", 0.0, 1 / np.sqrt(order), order)
    for year in range(first_year + 1, int(years.max()) + 1):
        add(years >= year, f"step{year}", 0.0, YEARLY_STEP_SD)
        for (order, wave), column in waves.items():
            if order <= DRIFTING:
                add(column * (years >= year), f"drift{year}{wave}{order}", 0.0, DRIFT_SD)
    return Design(days, np.column_stack(columns), tuple(terms))


def _waves(days: pd.DatetimeIndex) -> dict[tuple[int, str], FloatArray]:
    """Sines and cosines of the day of the year by order."""
    angle = 2 * np.pi * (days.day_of_year.to_numpy() - 0.5) / np.where(days.is_leap_year, 366, 365)
    functions: dict[str, Callable[[FloatArray], FloatArray]] = {"sin": np.sin, "cos": np.cos}
    return {
        (order, name): function(order * angle)
        for order in range(1, max(HARMONICS) + 1)
        for name, function in functions.items()
    }
