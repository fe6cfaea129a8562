"""What the list of rising topics names: falsely where nothing has risen, and of what has.

    python benchmarks/rising.py [--worlds 100] [--demo]

Worlds of one year: 11 classes of 4 causes, some 8 calls a day; matters come by chance and each is retold
1 + Poisson(1.42) times within a week, so calls cluster; in some worlds the classes come in slow waves (weekly log
rates, AR(.9), sd .15 or .3). Looked at every four weeks of the second half-year. *False*: share of looks, and of
half-years, that name anything though no cause has changed. *Found*: a middling cause becomes four times as common in
week 28; share of worlds that name it so many weeks later, and that name anything else then. --demo: what is named on
the demo bank through the year.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.voice.rising import rising_topics
from answers.turn_scores import score_all
from answers.voice import voice
from data.demo_store import load_demo
from data.scope import HEAD_OFFICE
from data.store import Store

CLASSES, CAUSES, WEEKS = 11, 4, 52
MATTERS_A_DAY, RETOLD = 3.2, 1.42
RISES_IN_WEEK, TIMES = 28, 4.0
FIRST = date(2024, 1, 1)


@dataclass(frozen=True)
class World:
    """Calls of one year: class and cause by call, when each was, and the share of every cause."""

    causes: Mapping[str, tuple[str, str]]
    day: pd.Series
    shares: np.ndarray


def world(seed: int, waves: float, rises: int | None = None) -> World:
    """Draw a world. rises: the number of the cause that rises, None for none."""
    rng = np.random.default_rng(seed)
    shares = np.repeat(rng.dirichlet(np.full(CLASSES, 3.0)), CAUSES)
    shares = shares * np.concatenate([rng.dirichlet(np.full(CAUSES, 4.0)) for _ in range(CLASSES)])
    wave = np.zeros((WEEKS, CLASSES))
    wave[0] = rng.normal(0, waves, CLASSES)
    for week in range(1, WEEKS):
        wave[week] = 0.9 * wave[week - 1] + rng.normal(0, waves * np.sqrt(1 - 0.81), CLASSES)
    rate = 7 * MATTERS_A_DAY * np.exp(np.repeat(wave, CAUSES, axis=1)) * shares
    if rises is not None:
        rate[RISES_IN_WEEK:, rises] *= TIMES
    matters = rng.poisson(rate)
    weeks, causes = (np.repeat(place, matters[matters > 0]) for place in np.nonzero(matters))
    calls = 1 + rng.poisson(RETOLD, len(weeks))
    began = np.repeat(7 * weeks + rng.uniform(0, 7, len(weeks)), calls)
    at = began + rng.uniform(-3, 4, len(began))
    of = np.repeat(causes, calls)
    names = [f"I{number}" for number in range(len(at))]
    return World(
        {name: (f"class {one // CAUSES}", f"cause {one}") for name, one in zip(names, of, strict=True)},
        pd.Series(pd.Timestamp(FIRST) + pd.to_timedelta(at, unit="D"), index=names),
        shares,
    )


def named(one: World, weeks: int) -> set[str]:
    """Give the causes named after so many weeks."""
    rising = rising_topics(one.causes, {}, one.day, FIRST + timedelta(days=7 * weeks - 1))
    return {str(cause) for _, cause in rising.topics["name"]}


def false_names(worlds: int) -> None:
    """Print how often something is named where nothing has risen."""
    looks = range(26, WEEKS + 1, 4)
    print(f"{'nothing has risen':44s}{'looks that name':>16s}{'half-years':>12s}")
    for waves in (0.0, 0.15, 0.3):
        found = np.array(
            [[bool(named(own, weeks)) for weeks in looks] for own in (world(seed, waves) for seed in range(worlds))]
        )
        print(f"{f'class waves of sd {waves}':44s}{found.mean():16.3f}{found.any(axis=1).mean():12.2f}")


def found_names(worlds: int) -> None:
    """Print how often a cause that rises is named, and anything else."""
    after = (4, 8, 12, 16, 20, 24)
    print(f"{'four times as common, weeks since':44s}" + "".join(f"{weeks:8d}" for weeks in after))
    for waves in (0.0, 0.15):
        hits, others = np.zeros(len(after)), np.zeros(len(after))
        for seed in range(worlds):
            cause = int(np.argsort(world(seed, waves).shares)[CLASSES * CAUSES // 2])
            own = world(seed, waves, cause)
            for place, weeks in enumerate(after):
                names = named(own, RISES_IN_WEEK + weeks)
                hits[place] += f"cause {cause}" in names
                others[place] += bool(names - {f"cause {cause}"})
        for title, counted in (("named", hits), ("something else named", others)):
            print(f"{f'{title}, class waves of sd {waves}':44s}" + "".join(f"{one / worlds:8.2f}" for one in counted))


def demo() -> None:
    """Print what is named on the demo bank through the year."""
    with tempfile.TemporaryDirectory() as place:
        store = Store(Path(place) / "demo.duckdb")
        load_demo(store)
        score_all(store)
        for day in [date(2025, month, on) for month in range(4, 13) for on in (1, 15)] + [date(2025, 12, 31)]:
            rising = voice(store, HEAD_OFFICE, day).rising
            rows = [f"{'/'.join(row.name_)} {row.calls} ({row.ratio:.1f}×, {row.days} days)"
                    for row in rising.topics.rename(columns={"name": "name_"}).itertuples()]  # fmt: skip
            print(day, "; ".join(rows) if rising.enough else "too few earlier calls")
        store.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--demo", action="store_true")
    arguments = parser.parse_args()
    false_names(arguments.worlds)
    found_names(arguments.worlds)
    if arguments.demo:
        demo()
