"""How far the effect of a measure can be trusted: `python -m benchmarks.measure_effect`.

Worlds of 36 branches as unequal as a bank's, a fifth of the customers not agreed, everything moving with the seasons.
A measure is taken at some branches after 60 weeks. Beside the product's estimate stands the plain change before and
after at the branches concerned, which is what a report usually shows.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.measure_effect import LEAD_DAYS, MeasureEffect, measure_effect

FIRST = pd.Timestamp("2024-01-01")
WEEKS_BEFORE = 60
BRANCHES = 36
SEED = 20250727


@dataclass(frozen=True)
class World:
    """One kind of world.

    effect: rate ratio at the branches concerned. drift: sd of what every branch's rate does by itself on the log scale.
    shift: what all rates are multiplied by at the same time as the measure, for other reasons. chosen: the measure is
    taken at the branch that did worst in the eight weeks before, and does nothing. customers: a year. after: weeks
    since the measure.
    """

    name: str
    effect: float = 1.0
    drift: float = 0.0
    shift: float = 1.0
    chosen: bool = False
    customers: int = 1600
    after: int = 26
    concerned: int = 5


@dataclass(frozen=True)
class Told:
    """What was told of the worlds: share of them told at all; of those told, share whose interval holds the truth, that
    say better, that say worse; the middle ratio."""

    told: float
    covered: float
    better: float
    worse: float
    middle: float


def measured(world: World, count: int, *, lead: int = LEAD_DAYS, alone: bool = False) -> Told:
    """Run `count` worlds. lead: days left out before the measure. alone: without the other branches."""
    rng = np.random.default_rng(SEED)
    found = [_once(world, rng, lead, alone) for _ in range(count)]
    told = [one for one in found if one.low is not None and one.high is not None and one.ratio is not None]
    return Told(
        told=len(told) / count,
        covered=float(np.mean([one.low <= world.effect <= one.high for one in told])),  # type: ignore[operator]
        better=float(np.mean([one.verdict == "better" for one in told])),
        worse=float(np.mean([one.verdict == "worse" for one in told])),
        middle=float(np.median([one.ratio for one in told])),
    )


def _once(world: World, rng: np.random.Generator, lead: int, alone: bool) -> MeasureEffect:
    size = np.exp(0.85 * rng.normal(size=BRANCHES))
    weeks = WEEKS_BEFORE + world.after
    base = rng.poisson(world.customers / 52 * size[:, None] / size.sum() * np.ones(weeks))
    season = 0.2 * np.sin(np.arange(weeks) / 8)
    rate = 0.2 * np.exp(0.2 * rng.normal(size=(BRANCHES, 1)) + season[None, :])
    rate[:, WEEKS_BEFORE:] *= world.shift * np.exp(world.drift * rng.normal(size=(BRANCHES, 1)))
    concerned = list(range(world.concerned))
    if not world.chosen:
        rate[concerned, WEEKS_BEFORE:] *= world.effect
    events = rng.binomial(base, np.minimum(rate, 0.95))
    if world.chosen:
        lately = slice(WEEKS_BEFORE - 8, WEEKS_BEFORE)
        n, bad = base[:, lately].sum(axis=1), events[:, lately].sum(axis=1)
        concerned = [int(np.argmax((bad - n * bad.sum() / n.sum()) / np.sqrt(np.maximum(n * 0.16, 1))))]
    counts = weekly(events, base)
    names = tuple(f"B{number:02d}" for number in concerned)
    if alone:
        counts, names = counts[counts["branch_id"].isin(names)], ()
    start = FIRST + pd.Timedelta(weeks=WEEKS_BEFORE)
    end = start + pd.Timedelta(weeks=world.after) - pd.Timedelta(days=1)
    return measure_effect(counts, names, start, end, known_from=FIRST, lead=lead)


def weekly(events: np.ndarray, base: np.ndarray) -> pd.DataFrame:
    """Give counts a branch and week as `measure_effect` takes them, each on the week's Monday."""
    branches, weeks = base.shape
    return pd.DataFrame(
        {
            "branch_id": np.repeat([f"B{number:02d}" for number in range(branches)], weeks),
            "day": np.tile(pd.date_range(FIRST, periods=weeks, freq="7D"), branches),
            "events": events.ravel().astype(float),
            "base": base.ravel().astype(float),
        }
    )


WORLDS = (
    World("no effect"),
    World("no effect, branches drift (sd .3)", drift=0.3),
    World("no effect, half of the branches, drift .3", drift=0.3, concerned=18),
    World("no effect, everywhere ×1.6 at the same time", shift=1.6),
    World("no effect, 8 weeks after", after=8),
    World("no effect, 400 customers a year", customers=400),
    World("×0.7", effect=0.7),
    World("×0.5", effect=0.5),
    World("nothing done at the worst branch of 8 weeks", chosen=True, after=52),
)


def main(count: int) -> None:
    """Print the table."""
    print(f"{count} worlds each; shares of the worlds told")
    print(f"{'world':44} {'method':30} {'told':>5} {'holds':>6} {'better':>7} {'worse':>6} {'middle':>7}")
    for world in WORLDS:
        methods = [("product", LEAD_DAYS, False), ("before and after alone", LEAD_DAYS, True)]
        if world.chosen:
            methods.append(("product, last 8 weeks kept", 0, False))
        for name, lead, alone in methods:
            one = measured(world, count, lead=lead, alone=alone)
            print(
                f"{world.name:44} {name:30} {one.told:5.2f} {one.covered:6.3f} {one.better:7.3f} {one.worse:6.3f} "
                f"{one.middle:7.2f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
