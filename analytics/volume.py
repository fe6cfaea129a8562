"""Has volume risen? A Poisson CUSUM on complaining customers against the forecast, week by week.

C ← max(0, C + (x ln ρ − (ρ − 1) μ) ÷ φ): x customers of a week, μ their forecast, ρ the rise looked for, φ the
dispersion of weekly counts around the forecast (1 = Poisson). Source: Lucas 1985, Technometrics 27:129; dividing by φ
is the quasi-likelihood score of McCullagh and Nelder 1989, section 9.2.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from texts import N_, Message, Problem

# Limits for 5% false alarms a year at ρ = 1.3, by `calibrate_volume_limit` with 100,000 years each.
SIZES = (10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0)
LIMITS = (1.65, 2.15, 2.91, 3.52, 4.16, 4.74, 5.01, 5.26)
TABLE_RATIO, TABLE_FALSE_ALARMS = 1.3, 0.05


def volume_path(
    customers: np.ndarray, forecast: np.ndarray, *, ratio: float = TABLE_RATIO, dispersion: float = 1.0
) -> np.ndarray:
    """Give the running sum after every week.

    customers, forecast: by week, shape (…, weeks), weeks last; dispersion φ ≥ 1. Result the shape of customers.
    """
    scores = (customers * np.log(ratio) - (ratio - 1) * forecast) / max(dispersion, 1.0)
    path = np.empty_like(scores, dtype=float)
    level: np.ndarray | float = 0.0
    for week in range(np.size(scores, -1)):
        level = np.maximum(0.0, level + scores[..., week])
        path[..., week] = level
    return path


def volume_limit(
    customers: float, *, ratio: float = TABLE_RATIO, dispersion: float = 1.0, false_alarms: float = TABLE_FALSE_ALARMS
) -> float:
    """Give the limit at which the volume signal stands, for a forecast number of customers a year.

    At the usual settings from a table (linear in log customers ÷ dispersion), elsewhere calibrated on the spot to
    within a tenth of a decade and kept. Raises Problem for a forecast of nobody.
    """
    effective = customers / max(dispersion, 1.0)
    if effective <= 0:
        raise Problem(
            Message(
                N_("No volume signal can be set up for a forecast of {customers:g} customers."),
                {"customers": customers},
            ),
            Message(N_("Check the forecast of this class.")),
        )
    usual = (ratio, false_alarms) == (TABLE_RATIO, TABLE_FALSE_ALARMS)
    if usual and SIZES[0] <= effective <= SIZES[-1]:
        return float(np.interp(np.log(effective), np.log(SIZES), LIMITS))
    return calibrate_volume_limit(float(10 ** round(np.log10(effective), 1)), ratio, false_alarms)


@cache
def calibrate_volume_limit(
    effective: float,
    ratio: float = TABLE_RATIO,
    false_alarms: float = TABLE_FALSE_ALARMS,
    *,
    years: int = 20_000,
    seed: int = 1985,
) -> float:
    """Find the limit by simulation: the (1 − false_alarms) quantile of the year's highest running sum.

    effective: forecast customers a year ÷ dispersion. Years of 52 equal weeks of Poisson counts.
    """
    random = np.random.default_rng(seed)
    mean = effective / 52
    level, highest = np.zeros(years), np.zeros(years)
    for _ in range(52):
        level = np.maximum(0.0, level + random.poisson(mean, years) * np.log(ratio) - (ratio - 1) * mean)
        np.maximum(highest, level, out=highest)
    return float(np.quantile(highest, 1 - false_alarms))
