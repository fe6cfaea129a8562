"""How good the forecast is, beside the document's method and the peers, in worlds whose law is known.

    python benchmarks/forecast.py [--replications 120] [--seed 2018] [--jobs 2] [--methods regression document …]

Worlds A–D of `forecast_worlds.py`, test years 2018–2026 in turn, 1, 3 or 5 years of history. Printed are one table
with every figure by method, the ratios of the product to the document's method, and how often the product's 80% range
of the year's total holds when the year is 0, 13, 26 and 39 weeks old. statsforecast and Prophet take part where they
are installed (benchmarks/requirements.txt). The same seed gives the same table.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processes share the cores already
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from analytics.calendar import festival_offset
from analytics.forecast import forecast
from analytics.forecast_alternatives import alternative
from analytics.forecast_fit import fit
from benchmarks.forecast_peers import auto_ets, document, prophet
from benchmarks.forecast_worlds import WORLDS, Series, by_week, draw_series

FIRST_TEST_YEAR, TEST_YEARS = 2018, 9
DRAWS = 1000
IN_YEAR_WEEKS = (0, 13, 26, 39)
SCENARIOS = (("A", 3), ("B", 1), ("B", 3), ("B", 5), ("C", 3), ("D", 3))

# A method gives the expected customers a week, shape (weeks,), and draws of weekly counts, shape (draws, weeks).
Weekly = tuple[np.ndarray, np.ndarray]


def regression(history: pd.Series, days: pd.DatetimeIndex) -> Weekly:
    """The product."""
    made = forecast(fit(history), days, draws=DRAWS)
    return by_week(made.mean.to_numpy()), by_week(made.paths)


def statsmodels_peer(method: str) -> Callable[[pd.Series, pd.DatetimeIndex], Weekly]:
    """One of the product's alternatives."""

    def run(history: pd.Series, days: pd.DatetimeIndex) -> Weekly:
        made = alternative(method, history, days, draws=DRAWS)  # type: ignore[arg-type]
        return by_week(made.mean.to_numpy()), np.round(by_week(made.paths))

    return run


METHODS: dict[str, Callable[[pd.Series, pd.DatetimeIndex], Weekly]] = {
    "regression": regression,
    "document": document,
    "stl_ets": statsmodels_peer("stl_ets"),
    "holt_winters": statsmodels_peer("holt_winters"),
    "components": statsmodels_peer("unobserved_components"),
    "statsforecast": auto_ets,
    "prophet": prophet,
}


@dataclass(frozen=True)
class Task:
    """One replication of one scenario."""

    world: str
    years: int
    replication: int
    seed: int
    methods: tuple[str, ...]


def drawn(task: Task) -> Series:
    """The series of a task: the same for every method and every selection of methods."""
    random = np.random.default_rng([task.seed, ord(task.world), task.years, task.replication])
    year = FIRST_TEST_YEAR + task.replication % TEST_YEARS
    return draw_series(WORLDS[task.world], year, task.years, random, DRAWS)


def run(task: Task) -> list[dict[str, object]]:
    """Score every method on one series."""
    series = drawn(task)
    rows: list[dict[str, object]] = []
    for name in task.methods:
        if task.years < 2 and name not in ("regression", "document", "prophet"):
            continue
        mean, draws = METHODS[name](series.history, pd.DatetimeIndex(series.test.index))
        rows.append({"world": task.world, "years": task.years, "method": name, **scores(series, mean, draws)})
    if "regression" in task.methods:
        rows[0].update(year_coverage(series))
    return rows


def scores(series: Series, mean: np.ndarray, draws: np.ndarray) -> dict[str, float]:
    """Score one forecast of weekly counts."""
    law, came = by_week(series.mean.to_numpy()), by_week(series.test.to_numpy())
    true_share, share = law / law.sum(), mean / mean.sum()
    offset = festival_offset(pd.DatetimeIndex(series.test.index)).fillna(99).to_numpy().reshape(-1, 7)
    around = ((offset >= -14) & (offset < 28)).any(axis=1)
    bounds = np.quantile(draws, [0.1, 0.9, 0.025, 0.975], axis=0, method="inverted_cdf")
    return {
        "share_error": 100 * float(np.abs(share.cumsum() - true_share.cumsum()).max()),
        "festival_error": float(np.abs(share - true_share)[around].sum() / true_share[around].sum()),
        "crps": float(crps(draws, came).mean()),
        "oracle_crps": float(crps(series.oracle, came).mean()),
        "inside80": float(((came >= bounds[0]) & (came <= bounds[1])).mean()),
        "inside95": float(((came >= bounds[2]) & (came <= bounds[3])).mean()),
    }


def crps(draws: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Continuous ranked probability score of draws, shape (draws, weeks), by week: E|X − y| − ½ E|X − X′|."""
    ordered, n = np.sort(draws, axis=0), len(draws)
    weights = (2 * np.arange(1, n + 1) - n - 1)[:, None]
    return np.asarray(np.abs(ordered - came).mean(axis=0) - (weights * ordered).sum(axis=0) / n**2)


def year_coverage(series: Series) -> dict[str, float]:
    """Whether the product's 80% range holds the year's total, by weeks of the year known, and how wide it is."""
    days = pd.DatetimeIndex(series.test.index)
    result = {}
    for weeks in IN_YEAR_WEEKS:
        known = series.test.iloc[: 7 * weeks]
        made = forecast(fit(pd.concat([series.history, known])), days, known, draws=DRAWS)
        low, high = made.total_interval(0.8)
        result[f"year{weeks}"] = float(low <= series.test.sum() <= high)
        result[f"width{weeks}"] = high - low
    return result


def table(results: pd.DataFrame, methods: Sequence[str]) -> str:
    """Write the figures of section 10, one row each, a column a method."""
    means = results.groupby(["world", "years", "method"]).mean(numeric_only=True)
    means["crps_ratio"] = means["crps"] / means["oracle_crps"]
    errors = results.groupby(["world", "years", "method"])["share_error"].sem()
    rows = [
        ("share curve error, B, 1 year", "B", 1, "share_error", "≤ 3.8"),
        ("share curve error, B, 3 years", "B", 3, "share_error", "≤ 2.8"),
        ("share curve error, B, 5 years", "B", 5, "share_error", "≤ 2.4"),
        ("share curve error, D, 3 years", "D", 3, "share_error", "≤ 4.0"),
        ("share curve error, A, 3 years", "A", 3, "share_error", ""),
        ("share curve error, C, 3 years", "C", 3, "share_error", ""),
        ("Festival weeks' error, B, 3 years", "B", 3, "festival_error", "≤ .12"),
        ("weekly CRPS ÷ oracle's, B, 3 years", "B", 3, "crps_ratio", "≤ 1.15"),
        ("weeks inside 80%, B, 3 years", "B", 3, "inside80", ".78–.88"),
        ("weeks inside 95%, B, 3 years", "B", 3, "inside95", ".93–.98"),
        ("weeks inside 80%, D, 3 years", "D", 3, "inside80", ""),
        ("weeks inside 95%, D, 3 years", "D", 3, "inside95", ""),
    ]
    lines = [
        f"{'figure':<36}{'hold to':>10}" + "".join(f"{name:>15}" for name in methods) + f"{'product ÷ document':>21}"
    ]
    for label, world, years, column, hold in rows:
        values = [_value(means, world, years, name, column) for name in methods]
        ratio = values[0] / values[1] if {"regression", "document"} <= set(methods) else float("nan")
        lines.append(
            f"{label:<36}{hold:>10}"
            + "".join(f"{v:>15.2f}" if v == v else f"{'–':>15}" for v in values)
            + f"{ratio:>21.2f}"
        )
    if "regression" in methods:
        product = errors.xs("regression", level="method")
        lines.append(
            "standard error of the product's share curve errors: "
            + ", ".join(f"{world}{years} {product[world, years]:.2f}" for world, years in SCENARIOS)
        )
        lines += ["", "product's 80% range of the year's total: how often it holds (and its width, customers)"]
        lines.append(f"{'':<12}" + "".join(f"{f'week {weeks}':>14}" for weeks in IN_YEAR_WEEKS))
        for world, years in SCENARIOS:
            row = means.loc[(world, years, "regression")]
            cells = "".join(f"{row[f'year{w}']:>8.2f} ({row[f'width{w}']:>3.0f})" for w in IN_YEAR_WEEKS)
            lines.append(f"{world + ', ' + str(years) + (' year' if years == 1 else ' years'):<12}{cells}")
    return "\n".join(lines)


def _value(means: pd.DataFrame, world: str, years: int, method: str, column: str) -> float:
    return float(means[column].get((world, years, method), np.nan))


def main() -> None:
    """Run the benchmark and print its table."""
    installed = [m for m in METHODS if m not in ("statsforecast", "prophet") or find_spec(m)]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=120)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--methods", nargs="+", choices=installed, default=installed)
    options = parser.parse_args()
    started = time.perf_counter()
    methods = tuple(m for m in METHODS if m in options.methods)
    tasks = [
        Task(world, years, replication, options.seed, methods)
        for world, years in SCENARIOS
        for replication in range(options.replications)
    ]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = pd.DataFrame([row for rows in pool.map(run, tasks, chunksize=4) for row in rows])
    print(f"{options.replications} replications, seed {options.seed}, {time.perf_counter() - started:.0f} s")
    print(table(results, methods))


if __name__ == "__main__":
    main()
