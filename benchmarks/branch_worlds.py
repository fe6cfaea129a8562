"""Banks of 36 branches for the branch benchmark: nothing planted, or one branch with another rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit, ndtri

BRANCHES = 36
SIZE_LOG_SD = 0.85  # of the branches' sizes
YEARS = (2023, 2024, 2025)
CAUSES = np.array([0.30, 0.24, 0.16, 0.10, 0.08, 0.07, 0.05])
CHANNELS = np.array([0.34, 0.22, 0.17, 0.08, 0.03, 0.04, 0.12])
REGULATOR = 6  # place of the channel whose customers agree less often where the mix matters
REGULATOR_LOG_ODDS = 0.6
LATE = {"dispatch_late": 0.02, "contact_late": 0.06, "reply_late": 0.03, "outcome_late": 0.03}
RETURNED = 0.07
RATE = 0.20


@dataclass(frozen=True)
class World:
    """A law that banks are drawn from.

    customers: decided customers of a class over the three years. mix: whether causes and channels differ in their
    rates, and branches in their channels. spread: sd of the branches' own log-odds. planted: odds ratio of the branch
    `planted_at`, and how many customers it has (None: by its size).
    """

    name: str
    customers: int
    mix: bool = False
    spread: float = 0.0
    planted: float = 1.0
    planted_size: int | None = None
    planted_at: int = 18


QUIET = (
    World("a small class, 300 customers", 300),
    World("the document's class, 1,050 customers", 1_050),
    World("the same, causes and channels differ", 1_050, mix=True),
    World("a large class, 8,000 customers", 8_000),
    World("the same, causes and channels differ", 8_000, mix=True),
    World("the same, branches differ by nature (sd .15)", 8_000, mix=True, spread=0.15),
)


def draw(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Draw one bank: a row a decided customer with `branch_id`, `cause`, `channel`, `year`, `is_not_agreed`, and the
    path of the ticket (LATE, `returned`)."""
    quantiles = ndtri((np.arange(BRANCHES, 0, -1) - 0.5) / BRANCHES)
    size = np.exp(SIZE_LOG_SD * quantiles) * rng.gamma(25.0, 1 / 25.0, BRANCHES)
    count = rng.multinomial(world.customers, size / size.sum())
    if world.planted_size is not None:
        count[world.planted_at] = world.planted_size
    branch = np.repeat(np.arange(BRANCHES), count)
    number = len(branch)
    cause = rng.choice(len(CAUSES), number, p=CAUSES)
    channel = rng.choice(len(CHANNELS), number, p=CHANNELS)
    year = rng.choice(YEARS, number)
    odds = np.full(number, logit(RATE))
    if world.mix:
        forwarded = rng.beta(3.0, 22.0, BRANCHES)[branch]
        channel = np.where(rng.random(number) < forwarded, REGULATOR, rng.choice(REGULATOR, number))
        odds += REGULATOR_LOG_ODDS * (channel == REGULATOR) + rng.normal(0, 0.3, len(CAUSES))[cause]
    odds += rng.normal(0, world.spread, BRANCHES)[branch] + 0.2 * (year == YEARS[-1])
    odds += np.log(world.planted) * (branch == world.planted_at)
    customers = pd.DataFrame(
        {
            "branch_id": np.char.add("B", branch.astype(str)),
            "cause": np.char.add("cause ", cause.astype(str)),
            "channel": np.char.add("channel ", channel.astype(str)),
            "year": year,
            "is_not_agreed": rng.random(number) < expit(odds),
            "returned": (rng.random(number) < RETURNED).astype(int),
            "counted": True,
        }
    )
    for name, share in LATE.items():
        customers[name] = pd.array(rng.random(number) < share, dtype="boolean")
    return customers.assign(dispatch_wait=1.0, dispatch_open=False)


def cells(customers: pd.DataFrame) -> pd.DataFrame:
    """Count customers as `data/queries/branch_cells.sql` does."""
    by = customers.groupby(["branch_id", "cause", "channel", "year"])["is_not_agreed"]
    return by.agg(decided="size", not_agreed="sum").reset_index()
