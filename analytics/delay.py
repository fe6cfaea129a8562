"""The delay from complaint to outcome: measured with open cases in mind, and what it does to the expected curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

LONGEST = 120  # days; the regulation's longest limit is 15 + 30 + 30 days, later outcomes are put on the last day


@dataclass(frozen=True)
class Delay:
    """The distribution of the days from a complaint to its outcome, given that it gets one.

    share: array of length ≤ LONGEST + 1, share[k] = probability of an outcome k days after receipt; sums to 1.
    cases: decided cases it was measured on. mean: days.
    """

    share: np.ndarray
    cases: int

    @property
    def mean(self) -> float:
        """Mean delay in days."""
        return float(np.arange(len(self.share)) @ self.share)


AT_ONCE = Delay(np.array([1.0]), 0)


def measure_delay(waits: pd.DataFrame) -> Delay:
    """Measure the delay from decided and still open cases.

    waits: DataFrame with `days` (whole days from receipt to outcome, or to as_of for open cases), `decided` and
    `open` (numbers of cases with that many days). Open cases are right-censored: the hazard on day k is the decided
    of day k over the cases still waiting then (Kaplan and Meier 1958, JASA 53:457), so that recent cases do not make
    the delay look shorter than it is. What never gets an outcome is left out. Without a decided case: AT_ONCE.
    """
    if waits.empty or waits["decided"].sum() == 0:
        return AT_ONCE
    days = waits["days"].clip(0, LONGEST).to_numpy(dtype=int)
    decided = np.bincount(days, weights=waits["decided"], minlength=LONGEST + 1)
    censored = np.bincount(days, weights=waits["open"], minlength=LONGEST + 1)
    at_risk = np.cumsum((decided + censored)[::-1])[::-1]
    hazard = np.divide(decided, at_risk, out=np.zeros_like(decided), where=at_risk > 0)
    waiting = np.concatenate([[1.0], np.cumprod(1 - hazard)[:-1]])
    mass = hazard * waiting
    last = int(np.flatnonzero(mass)[-1])
    return Delay(mass[: last + 1] / mass.sum(), int(decided.sum()))


def expected_outcomes(customers: pd.Series, delay: Delay, year: int) -> pd.Series:
    """Shift expected complaints to the days on which their outcomes are expected.

    customers: Series of expected or actual complaining customers a day, consecutive days, from at least LONGEST days
    before the year where they are known (last year's carry-over) to 31 December of the year.
    Result: λ_t = Σ_k l_{t−k} f_k for every day of the year, customers a day.
    """
    shifted = np.convolve(customers.to_numpy(dtype=float), delay.share)[: len(customers)]
    outcomes = pd.Series(shifted, index=customers.index)
    return outcomes[outcomes.index.year == year]
