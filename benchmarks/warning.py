"""How early and how honestly the warnings warn, beside the document's method and the usual rules.

Run alone: `python -m benchmarks.warning [--years N] [--seed N]`; prints the alarms, the breach
probability, and the false alarms by limit.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import poisson

from analytics.breach import breach_paths, discounted_gamma_poisson
from analytics.limits import Limits
from analytics.regime import REGIME, Regime
from analytics.shift import daily_scores, shift_limit, shift_path
from analytics.volume import volume_limit, volume_path
from benchmarks.warning_worlds import (
    BUDGET,
    CUSTOMERS,
    EVEN,
    WEEKS,
    alarm_world,
    breach_world,
    last_year_plans,
    seasonal_shares,
)

DAYS = np.full(WEEKS, 7.0)
RISK = BUDGET / CUSTOMERS
# A filter that knows the law of the breach world: the bound for any method that sees only the counts.
KNOWS_THE_LAW = Regime(prior_mean=float(np.log(0.9) - 0.02), prior_sd=0.22, hazard=0.35 / 50, upward=0.7, noise=0.15)
CHUNK = 2_000  # years filtered at a time, to stay within 100 MB
QUIET = (  # name, noise, level of the volume
    ("on plan", 0.0, 1.0),
    ("on plan, volume noise .3", 0.3, 1.0),
    ("on plan, volume −20%", 0.0, 0.8),
    ("on plan, volume +20%", 0.0, 1.2),
)
SHIFTS = [(ratio, week) for ratio in (1.25, 1.5, 2.0, 3.0) for week in (1, 10, 26, 40)]


@dataclass(frozen=True)
class Year:
    """Years of one world by week: customers, not_agreed (years, 52) and the plan for the latter, (52,)."""

    customers: np.ndarray
    not_agreed: np.ndarray
    plan: np.ndarray


def plain_crossing(year: Year) -> np.ndarray:
    """The document's method: the cumulative actual exceeds the cumulative threshold."""
    return np.asarray(year.not_agreed.cumsum(axis=1) > year.plan.cumsum())


def percentage_band(year: Year) -> np.ndarray:
    """The cumulative actual exceeds the threshold by 10%."""
    return year.not_agreed.cumsum(axis=1) > 1.1 * year.plan.cumsum()


def poisson_tail(year: Year) -> np.ndarray:
    """The cumulative actual is improbable (5%) for a Poisson process on plan, looked at every week."""
    return np.asarray(poisson.sf(year.not_agreed.cumsum(axis=1) - 1, year.plan.cumsum()) <= 0.05)


def ewma(year: Year) -> np.ndarray:
    """Exponentially weighted mean of weekly excess, weight .2, limit 2.7 sd of a Poisson process on plan."""
    level, variance = np.zeros(len(year.not_agreed)), 0.0
    alarms = np.zeros(year.not_agreed.shape, dtype=bool)
    for week in range(WEEKS):
        level = 0.8 * level + 0.2 * (year.not_agreed[:, week] - year.plan[week])
        variance = 0.64 * variance + 0.04 * year.plan[week]
        alarms[:, week] = level > 2.7 * np.sqrt(variance)
    return alarms


def burn_rate(year: Year) -> np.ndarray:
    """Google SRE's multi-window burn rate in weeks: ×2 over 4 and 1 weeks, or ×1.5 over 13 and 4 weeks."""
    fast = _burns(year, 4, 2.0) & _burns(year, 1, 2.0)
    slow = _burns(year, 13, 1.5) & _burns(year, 4, 1.5)
    return np.asarray(fast | slow)


def _burns(year: Year, window: int, factor: float) -> np.ndarray:
    actual, plan = year.not_agreed.cumsum(axis=1), year.plan.cumsum()
    actual[:, window:] -= actual[:, :-window].copy()
    plan = plan.copy()
    plan[window:] -= year.plan.cumsum()[:-window]
    burns = actual >= factor * plan
    burns[:, : window - 1] = False
    return np.asarray(burns)


def count_cusum(year: Year) -> np.ndarray:
    """A Poisson CUSUM on the counts of not-agreed customers themselves, calibrated like the volume signal."""
    path = volume_path(year.not_agreed, year.plan, ratio=1.5)
    return path >= volume_limit(BUDGET, ratio=1.5)


def shift_signal(year: Year, ratio: float | None = None) -> np.ndarray:
    """The product's shift signal; with `ratio`, one that knows the size of the shift."""
    settings = Limits()
    ratio = ratio or settings.shift_ratio
    scores = daily_scores(pd.DataFrame(year.not_agreed), pd.DataFrame(year.customers), RISK, ratio).to_numpy()
    limit = shift_limit(BUDGET, RISK, ratio=ratio, head_start=settings.shift_head_start)
    return shift_path(scores, settings.shift_head_start) >= limit


def breach(year: Year, regime: Regime = REGIME) -> np.ndarray:
    """Breach probability after every week, shape (years, 52)."""
    parts = [
        breach_paths(year.not_agreed[i : i + CHUNK], year.plan, DAYS, BUDGET, regime)[:, 1:]
        for i in range(0, len(year.not_agreed), CHUNK)
    ]
    return np.concatenate(parts)


RULES: dict[str, Callable[[Year], np.ndarray]] = {
    "crossing": plain_crossing,
    "band 110%": percentage_band,
    "Poisson tail": poisson_tail,
    "EWMA": ewma,
    "burn rate": burn_rate,
    "count CUSUM": count_cusum,
    "red": lambda year: breach(year) >= Limits().red,
    "shift": shift_signal,
}


def alarm_table(years: int, seed: int, shifts: Sequence[tuple[float, int]] = SHIFTS) -> pd.DataFrame:
    """Share of years with an alarm in the quiet worlds, median weeks to detection (the week of the shift is 1) else.

    shifts: (times the planned chance of not agreed, week from which on). Years with an alarm before the shift are left
    out of its median; where half of the years are never detected it is infinite. The last columns: a CUSUM that knows
    the size of the shift, and the product's ratio to it.
    """
    rows = {}
    for number, (name, noise, level) in enumerate(QUIET):
        rng = np.random.default_rng([seed, number])
        year = Year(*alarm_world(years, rng, noise=noise, level=level), BUDGET * EVEN)
        rows[f"false alarms a year, {name}"] = {k: float(rule(year).any(axis=1).mean()) for k, rule in RULES.items()}
    for number, (ratio, week) in enumerate(shifts, start=len(QUIET)):
        rng = np.random.default_rng([seed, number])
        year = Year(*alarm_world(years, rng, ratio=ratio, week=week), BUDGET * EVEN)
        row = {name: median_delay(rule(year), week) for name, rule in RULES.items()}
        row["oracle"] = median_delay(shift_signal(year, ratio), week)
        rows[f"median weeks to ×{ratio:g} from week {week}"] = row
    table = pd.DataFrame.from_dict(rows, orient="index")
    table["shift ÷ oracle"] = table["shift"] / table["oracle"]
    return table


def median_delay(alarms: np.ndarray, week: int) -> float:
    """Median weeks from a shift in `week` to the first alarm from then on, in years without an alarm before."""
    quiet_before = ~alarms[:, : week - 1].any(axis=1)
    after = alarms[quiet_before, week - 1 :]
    delays = np.where(after.any(axis=1), after.argmax(axis=1) + 1.0, np.inf)
    return float(np.quantile(delays, 0.5, method="inverted_cdf")) if len(delays) else np.nan


def breach_table(years: int, seed: int) -> pd.DataFrame:
    """Brier score, calibration error (ten bins) and early recall, by method.

    The document's method is the ratio to last year's split: a certainty above 1, and the ratio itself as a rank.
    """
    shares = seasonal_shares()
    plan = BUDGET * shares
    rng = np.random.default_rng([seed, 100])
    counts = breach_world(years, rng, shares)
    year = Year(counts, counts, plan)
    broken = counts.sum(axis=1) > BUDGET
    used = counts.cumsum(axis=1) / last_year_plans(years, rng, shares).cumsum(axis=1).clip(0.01)
    chances = {
        "document": (used > 1).astype(float),
        "Gamma–Poisson": discounted_gamma_poisson(counts, plan, BUDGET)[:, 1:],
        "product": breach(year),
        "knows the law": breach(year, KNOWS_THE_LAW),
    }
    ranks = {**chances, "document": used}
    rows: dict[str, dict[str, float]] = {}
    for week in (13, 26, 39):
        rows[f"Brier score, week {week}"] = {k: brier(p[:, week - 1], broken) for k, p in chances.items()}
    for week in (13, 26, 39):
        rows[f"calibration error, week {week}"] = {
            k: miscalibration(p[:, week - 1], broken) for k, p in chances.items()
        }
    rows["recall before the budget is gone, at 10% false alarms"] = {k: recall(r, counts, 0) for k, r in ranks.items()}
    rows["the same, at least 4 weeks ahead"] = {k: recall(r, counts, 4) for k, r in ranks.items()}
    table = pd.DataFrame.from_dict(rows, orient="index")
    table["product ÷ document"] = table["product"] / table["document"]
    table["product ÷ knows"] = table["product"] / table["knows the law"]
    return table


def limit_table(years: int, seed: int) -> pd.DataFrame:
    """By limit of the breach probability: share of good years that see it, recall in broken years before the end."""
    shares = seasonal_shares()
    counts = breach_world(years, np.random.default_rng([seed, 200]), shares)
    chances = breach(Year(counts, counts, BUDGET * shares))
    before = counts.cumsum(axis=1) <= BUDGET
    seen = np.where(before, chances, 0.0).max(axis=1)
    broken = ~before[:, -1]
    limits = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
    return pd.DataFrame(
        {
            "limit": limits,
            "good years that see it": [(seen[~broken] >= limit).mean() for limit in limits],
            "broken years that see it in time": [(seen[broken] >= limit).mean() for limit in limits],
        }
    ).set_index("limit")


def brier(chance: np.ndarray, broken: np.ndarray) -> float:
    """Mean squared error of a chance against what came."""
    return float(((chance - broken) ** 2).mean())


def miscalibration(chance: np.ndarray, broken: np.ndarray) -> float:
    """Mean distance between chance and frequency over ten bins of equal numbers of years."""
    edges = np.quantile(chance, np.linspace(0, 1, 11)[1:-1])
    bins = np.searchsorted(edges, chance, side="right")
    filled = [bins == i for i in range(10) if (bins == i).any()]
    return float(sum(abs(chance[b].mean() - broken[b].mean()) * b.mean() for b in filled))


def recall(rank: np.ndarray, counts: np.ndarray, ahead: int) -> float:
    """Share of broken years warned at least `ahead` weeks before the budget is gone, at 10% false alarms.

    rank: the higher the more alarming, shape (years, 52). The limit is the one that 10% of the good years reach.
    """
    within = counts.cumsum(axis=1) <= BUDGET
    broken = ~within[:, -1]
    limit = np.quantile(rank[~broken].max(axis=1), 0.9)
    alarms = rank[broken] > limit
    first = np.where(alarms.any(axis=1), alarms.argmax(axis=1), WEEKS)
    gone = within[broken].sum(axis=1)
    return float((first < gone if ahead == 0 else first <= gone - ahead).mean())


def main() -> None:
    """Run both worlds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pd.set_option("display.width", 200, "display.max_columns", 20)
    print(f"{options.years} years a world, seed {options.seed}\n")
    print(alarm_table(options.years, options.seed).round(3).to_string(), "\n")
    print(breach_table(options.years, options.seed).round(4).to_string(), "\n")
    print(limit_table(options.years, options.seed).round(3).to_string())


if __name__ == "__main__":
    main()
