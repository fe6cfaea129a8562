"""What a forecast would have said in past years, and how that turned out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.calendar import plan_weeks, year_days
from analytics.forecast import DRAWS, SEED, Method
from analytics.forecast_alternatives import forecast_year_by
from texts import Problem

KOLMOGOROV_MEAN = 0.8687  # E sup |Brownian bridge| = √(π/2) ln 2: share error of a perfect forecast × √customers


@dataclass(frozen=True)
class Backtest:
    """A method held against years that are over, each forecast from what was known at the time.

    method: the method. years: DataFrame, one row a year and week of origin: `year`; `after_week` (0: before the year);
    `history_days` known then; `customers` that came; `expected`, `low80`, `high80` for the whole year; `within80`;
    `total_error` (expected ÷ customers − 1); `share_error` (largest difference between the forecast and the actual
    cumulative share of the weeks still to come, points of their total); `share_error_by_chance` (what a perfect
    forecast would show on average, given that number of customers); `weeks` to come; `inside80`, `inside95` (share of
    those weeks within their interval).
    left_out: years for which the method had too little history.
    """

    method: Method
    years: pd.DataFrame
    left_out: tuple[int, ...]

    @property
    def coverage80(self) -> float:
        """Share of all weeks within their 80% interval; NaN without a year."""
        return self._over_weeks("inside80")

    @property
    def coverage95(self) -> float:
        """Share of all weeks within their 95% interval; NaN without a year."""
        return self._over_weeks("inside95")

    def _over_weeks(self, column: str) -> float:
        weeks = self.years["weeks"].sum()
        return float((self.years[column] * self.years["weeks"]).sum() / weeks) if weeks else float("nan")


COLUMNS = (
    "year", "after_week", "history_days", "customers", "expected", "low80", "high80", "within80", "total_error",
    "share_error", "share_error_by_chance", "weeks", "inside80", "inside95",
)  # fmt: skip


def backtest(
    history: pd.Series,
    method: Method = "regression",
    own_calendar: pd.DataFrame | None = None,
    *,
    after_weeks: Sequence[int] = (0,),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Backtest:
    """Forecast every whole past year from the days before it (or before a week's end), and compare.

    history: complaining customers a day, zeros included, Series indexed by consecutive days. after_weeks: plan weeks
    of the year known at the time of the forecast, 0 for none. A year is left out where it is not whole, and where the
    method refuses the history before it.
    """
    rows, left_out = [], []
    first, last = history.index[0], history.index[-1]
    for year in range(int(first.year), int(last.year) + 1):
        days = year_days(year)
        if days[0] <= first or days[-1] > last:
            continue
        weeks = plan_weeks(year)
        for after in after_weeks:
            as_of = days[0] - pd.Timedelta(days=1) if after == 0 else weeks["week_end"].iloc[after - 1]
            try:
                rows.append(_row(history, method, own_calendar, year, after, as_of, draws, seed))
            except Problem:
                left_out.append(year)
    return Backtest(method, pd.DataFrame(rows, columns=list(COLUMNS)), tuple(sorted(set(left_out))))


def _row(
    history: pd.Series,
    method: Method,
    own_calendar: pd.DataFrame | None,
    year: int,
    after: int,
    as_of: pd.Timestamp,
    draws: int,
    seed: int,
) -> dict[str, object]:
    made = forecast_year_by(method, history, year, as_of, own_calendar, draws=draws, seed=seed)
    came = history.reindex(made.days)
    low, high = made.total_interval(0.8)
    weekly = made.weeks()
    actual = came.groupby(np.searchsorted(pd.DatetimeIndex(weekly["week_start"]), made.days, side="right")).sum()
    ahead = (weekly["week_start"] > as_of).to_numpy()
    weekly, weeks_came = weekly[ahead], actual.to_numpy()[ahead]
    total, left = float(came.sum()), float(weeks_came.sum())
    shares = weekly["mean"].to_numpy().cumsum() / max(float(weekly["mean"].sum()), 1e-9)
    known = left > 0
    return {
        "year": year,
        "after_week": after,
        "history_days": made.learned_days,
        "customers": total,
        "expected": made.expected,
        "low80": low,
        "high80": high,
        "within80": low <= total <= high,
        "total_error": made.expected / total - 1 if total else np.nan,
        "share_error": 100 * np.abs(shares - weeks_came.cumsum() / left).max() if known else np.nan,
        "share_error_by_chance": 100 * KOLMOGOROV_MEAN / np.sqrt(left) if known else np.nan,
        "weeks": len(weekly),
        "inside80": float(np.mean((weeks_came >= weekly["low80"]) & (weeks_came <= weekly["high80"]))),
        "inside95": float(np.mean((weeks_came >= weekly["low95"]) & (weeks_came <= weekly["high95"]))),
    }
