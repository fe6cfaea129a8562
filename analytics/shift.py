"""Have outcomes worsened? A risk-adjusted CUSUM over decided customers, week by week.

C ← max(0, C + Σ of the week's scores), score of a customer of expected risk p₀: ln(p₁/p₀) if not agreed, else
ln((1−p₁)/(1−p₀)), with p₁ = 1.5 p₀. Blind to volume, and it needs no plan. Source: Steiner, Cook, Farewell and
Treasure 2000, Biostatistics 1:441; here summed by week, which allows a lower limit than one checked after every case.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from scipy.interpolate import RegularGridInterpolator

from texts import N_, Message, Problem

# Limits for 5% false alarms a year at p₁ = 1.5 p₀ and a head start of ½, by `calibrate_limit` with 150,000 years each.
BUDGETS = (20.0, 40.0, 80.0, 160.0, 400.0, 1000.0, 2000.0)
RISKS = (0.02, 0.05, 0.10, 0.20, 0.30)
LIMITS = (
    (3.10, 3.65, 4.22, 4.69, 5.14, 5.27, 5.14),
    (3.12, 3.70, 4.27, 4.73, 5.13, 5.28, 5.10),
    (3.18, 3.75, 4.31, 4.77, 5.18, 5.28, 5.07),
    (3.29, 3.89, 4.42, 4.86, 5.22, 5.26, 4.95),
    (3.44, 4.02, 4.54, 4.96, 5.26, 5.25, 4.79),
)
TABLE_RATIO, TABLE_FALSE_ALARMS, TABLE_HEAD_START = 1.5, 0.05, 0.5


def worse_risk(risk: np.ndarray | float, ratio: float = TABLE_RATIO) -> np.ndarray:
    """Give the risk p₁ that the signal looks for: the smaller of ratio × p₀ and 1 − (1 − p₀) ÷ ratio.

    The second holds from p₀ = 1 ÷ (1 + ratio) on (.40 at 1.5): a case that was likely to fail anyway cannot become
    more than certain. risk: chance of not agreed in 0–1, both excluded.
    """
    risk = np.asarray(risk, dtype=float)
    return np.minimum(ratio * risk, 1 - (1 - risk) / ratio)


def daily_scores(not_agreed: pd.Series, decided: pd.Series, risk: float, ratio: float = TABLE_RATIO) -> pd.Series:
    """Give the scores of a day's decided customers, all of one expected risk.

    not_agreed, decided: daily Series, customers. risk: p₀ = budget ÷ expected customers, in (0, 1). A customer who was
    decided as agreed and later not agreed counts in both on different days; the sum puts that right by itself.
    """
    up, down = _scores(risk, ratio)
    agreed = decided.reindex(not_agreed.index).fillna(0.0) - not_agreed
    return not_agreed * float(up) + agreed * float(down)


def daily_case_scores(cases: pd.DataFrame, days: pd.DatetimeIndex, ratio: float = TABLE_RATIO) -> pd.Series:
    """Give the scores of a day's decided customers, each with a risk of its own.

    cases: DataFrame, one row a decided customer: `day` (Timestamp), `not_agreed` (bool), `risk` (0–1, excluded: what
    was to be expected of such a case before any worsening). Result: daily Series over `days`.
    """
    up, down = _scores(cases["risk"].to_numpy(dtype=float), ratio)
    bad = cases["not_agreed"].to_numpy(dtype=bool)
    scores = pd.Series(np.where(bad, up, down), index=pd.DatetimeIndex(cases["day"]).normalize())
    return scores.groupby(level=0).sum().reindex(days, fill_value=0.0)


def _scores(risk: np.ndarray | float, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    risk = np.asarray(risk, dtype=float)
    if not ((risk > 0) & (risk < 1)).all():
        raise ValueError("a risk lies between 0 and 1, both excluded")
    worse = worse_risk(risk, ratio)
    return np.log(worse / risk), np.log((1 - worse) / (1 - risk))


def shift_path(scores: np.ndarray, head_start: float = TABLE_HEAD_START) -> np.ndarray:
    """Give the running sum after every week. scores: week sums, shape (…, weeks), weeks last; result the same shape."""
    path = np.empty_like(scores, dtype=float)
    level: np.ndarray | float = head_start
    for week in range(np.size(scores, -1)):
        level = np.maximum(0.0, level + scores[..., week])
        path[..., week] = level
    return path


def shift_limit(
    budget: float,
    risk: float,
    *,
    ratio: float = TABLE_RATIO,
    false_alarms: float = TABLE_FALSE_ALARMS,
    head_start: float = TABLE_HEAD_START,
) -> float:
    """Give the limit h at which the signal stands.

    budget: expected not-agreed customers a year; risk: p₀. At the usual settings from a table (linear in log budget
    and in risk; below a risk of 2% it hardly changes), elsewhere calibrated on the spot and kept.
    """
    usual = (ratio, false_alarms, head_start) == (TABLE_RATIO, TABLE_FALSE_ALARMS, TABLE_HEAD_START)
    if not usual or risk > RISKS[-1] or not BUDGETS[0] <= budget <= BUDGETS[-1]:
        return calibrate_limit(round(budget, 2), round(risk, 3), ratio, false_alarms, head_start)
    table = RegularGridInterpolator((np.array(RISKS), np.log(BUDGETS)), np.array(LIMITS))
    return float(table([[max(risk, RISKS[0]), np.log(budget)]])[0])


@cache
def calibrate_limit(
    budget: float,
    risk: float,
    ratio: float = TABLE_RATIO,
    false_alarms: float = TABLE_FALSE_ALARMS,
    head_start: float = TABLE_HEAD_START,
    *,
    years: int = 20_000,
    seed: int = 2000,
) -> float:
    """Find the limit by simulation: the (1 − false_alarms) quantile of the year's highest running sum.

    Years of 52 weeks, Poisson numbers of decided customers with budget ÷ risk expected a year, every one not agreed
    with chance `risk`. Raises Problem for settings without a calibration.
    """
    if not 0 < risk < 1 or budget <= 0 or not 0 < false_alarms < 1:
        raise Problem(
            Message(
                N_("No shift signal can be set up for an allowance of {budget:g} and an expected share of {risk:.0%}."),
                {"budget": budget, "risk": risk},
            ),
            Message(N_("Check the plan's allowance against the forecast of customers.")),
        )
    random = np.random.default_rng(seed)
    up, down = _scores(risk, ratio)
    level = np.full(years, float(head_start))
    highest = level.copy()
    for _ in range(52):
        bad = random.poisson(budget / 52, years)
        good = random.poisson(budget * (1 / risk - 1) / 52, years)
        level = np.maximum(0.0, level + bad * float(up) + good * float(down))
        np.maximum(highest, level, out=highest)
    return float(np.quantile(highest, 1 - false_alarms))
