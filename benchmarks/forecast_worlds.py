"""The worlds of the forecast benchmark: daily complaining customers whose true law is known.

ISO years on the real Chinese calendar. Day factors, Festival course, two drifting harmonics, a walking level, weekly
autocorrelated noise and, in world D, bursts are drawn anew for every series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.calendar import day_type, festival_offset

LAST_KNOWN_YEAR = 400.0  # expected customers in the last year of the history
WEEKDAYS = np.array([1.15, 1.06, 1.0, 0.96, 0.90])
AUTOCORRELATION = 0.6
BURST_WEEKS = np.array([0.5, 0.3, 0.2])


@dataclass(frozen=True)
class World:
    """seasonal: log-sd of the season before its own U(.5, 1.5). noise: sd of the weekly log noise. bursts: a year."""

    seasonal: float
    noise: float
    bursts: float = 0.0


WORLDS = {"A": World(0.10, 0.0), "B": World(0.20, 0.12), "C": World(0.35, 0.12), "D": World(0.20, 0.30, 1.5)}


@dataclass(frozen=True)
class Series:
    """One drawn series: history and the test year.

    history, test: daily customers (Series of counts). mean: the test year's daily law without noise and bursts.
    oracle: draws of the test year's weekly counts by one who knows the law, shape (draws, weeks).
    """

    history: pd.Series
    test: pd.Series
    mean: pd.Series
    oracle: np.ndarray


def iso_year(year: int) -> pd.DatetimeIndex:
    """Give the days of an ISO year: 52 or 53 whole weeks from Monday to Sunday."""
    first, after = (pd.Timestamp.fromisocalendar(y, 1, 1) for y in (year, year + 1))
    return pd.date_range(first, after, inclusive="left")


def by_week(daily: np.ndarray) -> np.ndarray:
    """Sum days to weeks along the last axis."""
    return np.asarray(daily.reshape(*daily.shape[:-1], -1, 7).sum(axis=-1))


def draw_series(world: World, year: int, years_of_history: int, rng: np.random.Generator, draws: int = 2000) -> Series:
    """Draw a series whose history ends before the ISO year `year`."""
    years = range(year - years_of_history, year + 1)
    parts = [iso_year(y) for y in years]
    days = parts[0].append(parts[1:])
    number = np.repeat(np.arange(len(parts)), [len(p) for p in parts])
    log_mean = _day_factors(days, rng) + _festival(days, rng) + _season(days, number, world.seasonal, rng)
    steps = rng.normal(rng.normal(0, 0.05), 0.12, size=len(parts))
    log_mean += np.cumsum(steps)[number]
    last = number == len(parts) - 2
    mean = np.exp(log_mean) * LAST_KNOWN_YEAR / np.exp(log_mean[last]).sum()
    counts = rng.poisson(_with_noise(mean, world, rng))
    test = number == len(parts) - 1
    noisy = _with_noise(np.broadcast_to(mean[test], (draws, test.sum())), world, rng)
    return Series(
        history=pd.Series(counts[~test].astype(float), index=days[~test]),
        test=pd.Series(counts[test].astype(float), index=days[test]),
        mean=pd.Series(mean[test], index=days[test]),
        oracle=rng.poisson(by_week(noisy)),
    )


def _day_factors(days: pd.DatetimeIndex, rng: np.random.Generator) -> np.ndarray:
    types = day_type(days).to_numpy()
    factors = {
        "adjusted_workday": rng.uniform(0.6, 1),
        "weekend": rng.uniform(0.15, 0.6),
        "holiday": rng.uniform(0.05, 0.4),
    }
    strength = rng.uniform(0, 2)
    weekday = np.append(WEEKDAYS**strength, [1.0, 1.0])[days.day_of_week]
    return np.log(np.where(types == "workday", weekday, [factors.get(kind, 1.0) for kind in types]))


def _festival(days: pd.DatetimeIndex, rng: np.random.Generator) -> np.ndarray:
    offset = festival_offset(days).fillna(99).to_numpy()
    after, before = rng.uniform(0, 0.5), rng.uniform(-0.3, 0.1)
    course = np.where((offset >= 7) & (offset < 28), after * np.exp(-(offset - 7) / 10), 0.0)
    return course + np.where((offset >= -14) & (offset < 0), before * (1 + offset / 14), 0.0)


def _season(days: pd.DatetimeIndex, number: np.ndarray, seasonal: float, rng: np.random.Generator) -> np.ndarray:
    angle = 2 * np.pi * days.day_of_year.to_numpy() / 365.25
    waves = np.column_stack([f(k * angle) for k in (1, 2) for f in (np.sin, np.cos)])
    first = rng.normal(size=4)
    first *= seasonal * rng.uniform(0.5, 1.5) / np.sqrt((first**2).sum() / 2)
    drift = rng.normal(0, 0.04 / np.sqrt(2), size=(number.max() + 1, 4))  # a log-sd of .04 a year
    drift[0] = 0
    return np.asarray(((first + np.cumsum(drift, axis=0))[number] * waves).sum(axis=1))


def _with_noise(mean: np.ndarray, world: World, rng: np.random.Generator) -> np.ndarray:
    """Give the daily law with weekly noise and bursts; shape (…, days)."""
    weeks = by_week(mean)
    noise = np.empty(weeks.shape)
    state = rng.normal(0, world.noise, size=weeks.shape[:-1])
    for week in range(weeks.shape[-1]):
        noise[..., week] = state
        state = AUTOCORRELATION * state + rng.normal(
            0, world.noise * np.sqrt(1 - AUTOCORRELATION**2), size=weeks.shape[:-1]
        )
    factor = np.exp(noise - world.noise**2 / 2)
    if world.bursts:
        sizes = rng.gamma(2, 6, size=weeks.shape) * rng.poisson(world.bursts / 52, size=weeks.shape)
        extra = sum(
            share * np.concatenate([np.zeros((*weeks.shape[:-1], lag)), sizes[..., : weeks.shape[-1] - lag]], axis=-1)
            for lag, share in enumerate(BURST_WEEKS)
        )
        factor = factor + extra / weeks
    return np.asarray(mean * np.repeat(factor, 7, axis=-1))
