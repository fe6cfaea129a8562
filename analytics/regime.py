"""The regime filter: the rate of not-agreed customers relative to plan, as a hidden level that changes now and then.

State: log-rate θ on a grid around the plan (0 = exactly on plan). Prior: normal. Between weeks the level stays, or with
a small hazard jumps up or down by a uniform step. A week's count is negative binomial with mean plan × e^θ. The source
is a discrete hidden Markov filter (Rabiner 1989, Proc. IEEE 77:257); the counts still to come are summed exactly by
dynamic programming over (θ, count) instead of by simulated paths: no seed and no Monte Carlo error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.fft
import scipy.sparse
from scipy.special import gammaln
from scipy.stats import norm

# A count this improbable at every rate of the grid is left out of a week's distribution.
NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Regime:
    """The filter's assumptions; all rates on the log scale, relative to plan.

    points, half_width: the grid. prior_mean, prior_sd: where a year starts. hazard: chance of a change in a week.
    jump_low, jump_high: size of a change, uniform; upward: chance that it is upwards. noise: sd of a week's rate
    around its level.
    """

    points: int = 61
    half_width: float = 1.5
    prior_mean: float = float(np.log(0.95))
    prior_sd: float = 0.25
    hazard: float = 0.010
    jump_low: float = float(np.log(1.25))
    jump_high: float = float(np.log(2.0))
    upward: float = 0.5
    noise: float = 0.15

    @property
    def grid(self) -> np.ndarray:
        """Log-rates, shape (points,)."""
        return np.linspace(-self.half_width, self.half_width, self.points)

    @property
    def prior(self) -> np.ndarray:
        """Chance of each log-rate as the year begins, shape (points,), sums to 1."""
        weights = norm.pdf(self.grid, self.prior_mean, self.prior_sd)
        return np.asarray(weights / weights.sum())

    def transition(self, days: float) -> np.ndarray:
        """Give the chances of going from one log-rate (row) to another (column) over some days, (points, points).

        Kept and read-only.
        """
        return _transition(self, days)


@lru_cache(maxsize=64)
def _transition(regime: Regime, days: float) -> np.ndarray:
    """Spread a jump over the grid's cells; what would leave the grid stays at its edge."""
    points = regime.points
    step = 2 * regime.half_width / (points - 1)
    cells = np.arange(1 - points, points)
    top = np.minimum((cells + 0.5) * step, regime.jump_high)
    upwards = np.clip(top - np.maximum((cells - 0.5) * step, regime.jump_low), 0, None)
    share = regime.upward * upwards + (1 - regime.upward) * upwards[::-1]
    jumps = np.zeros((points, points))
    for row in range(points):
        np.add.at(jumps[row], np.clip(row + cells, 0, points - 1), share / share.sum())
    change = 1 - (1 - regime.hazard) ** (days / 7)
    moves = (1 - change) * np.eye(points) + change * jumps
    moves.setflags(write=False)
    return np.asarray(moves)


@lru_cache(maxsize=64)
def _sparse_transition(regime: Regime, days: float) -> scipy.sparse.csr_array:
    """The same, sparse: as fast as dense, and without BLAS threads, which stall on a machine shared by sessions."""
    return scipy.sparse.csr_array(regime.transition(days))


REGIME = Regime()


def filtered(counts: np.ndarray, plan: np.ndarray, days: np.ndarray, regime: Regime = REGIME) -> np.ndarray:
    """Give what is known of the log-rate after each period.

    counts: customers not agreed, shape (years, periods) of whole numbers; plan: customers expected by plan in each
    period, ≥ 0, shape (periods,); days: their lengths. Result: shape (years, periods + 1, points), each row sums to 1;
    row 0 is the prior.
    """
    years, periods = counts.shape
    known = np.empty((years, periods + 1, regime.points))
    known[:, 0] = regime.prior
    for period in range(periods):
        before = known[:, period] if period == 0 else known[:, period] @ regime.transition(float(days[period]))
        log_likelihood = _log_chance(counts[:, period], float(plan[period]), regime)
        likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
        after = before * likelihood
        known[:, period + 1] = after / after.sum(axis=1, keepdims=True)
    return known


def week_counts(plan: float, regime: Regime = REGIME, *, at_most: int) -> np.ndarray:
    """Give the chances of 0, 1, 2, … customers in a period at each log-rate, shape (points, up to at_most + 1).

    plan: customers expected by plan in the period. Counts that are negligible at every log-rate are cut off.
    """
    highest = max(plan, 0.0) * np.exp(regime.half_width)
    reach = int(highest + 9 * np.sqrt(highest + (regime.noise * highest) ** 2) + 25)
    counts = np.arange(min(reach, at_most) + 1)
    chances = np.exp(_log_chance(counts, plan, regime)).T
    kept = int(np.flatnonzero(chances.max(axis=0) > NEGLIGIBLE)[-1]) + 1
    return np.asarray(chances[:, :kept])


def _log_chance(counts: np.ndarray, plan: float, regime: Regime) -> np.ndarray:
    """Log-chances of whole counts (n,) at each log-rate: negative binomial of mean plan × e^θ and log-sd `noise`."""
    mean = max(plan, 1e-9) * np.exp(regime.grid)[None, :]
    x = np.asarray(counts, dtype=float)[:, None]
    if regime.noise == 0:
        return np.asarray(x * np.log(mean) - mean - gammaln(x + 1))
    size = 1 / regime.noise**2
    constant = gammaln(x + size) - gammaln(size) - gammaln(x + 1)
    return np.asarray(constant + x * np.log(mean / (size + mean)) - size * np.log1p(mean / size))


def staying(plan: np.ndarray, days: np.ndarray, room: int, regime: Regime = REGIME) -> Iterator[tuple[int, np.ndarray]]:
    """Give, from the year's end backwards, the chance that the periods to come stay within a number of customers.

    plan, days: shape (periods,). room: the largest number of customers asked for, ≥ 0. Yields (period, chances) for
    period = periods, …, 0: chances[θ, n] = P(customers in periods after `period` ≤ n | log-rate θ in `period`), shape
    (points, room + 1). Sums are truncated at `room`, not wrapped, so they are exact to rounding.
    """
    chances = np.ones((regime.points, room + 1))
    yield len(plan), chances
    for period in range(len(plan), 0, -1):
        chances = one_period_more(chances, float(plan[period - 1]), float(days[period - 1]), regime, first=period == 1)
        yield period - 1, chances


def one_period_more(
    chances: np.ndarray, plan: float, days: float, regime: Regime = REGIME, *, first: bool = False
) -> np.ndarray:
    """Put one period in front of `chances` (as in `staying`); before the year's first one the level cannot change."""
    counts = week_counts(plan, regime, at_most=chances.shape[1] - 1)
    summed = convolved(counts, chances)
    return summed if first else np.asarray(_sparse_transition(regime, days) @ summed)


def moved(joint: np.ndarray, days: float, regime: Regime = REGIME) -> np.ndarray:
    """Let the log-rate change over some days in joint chances of (log-rate, count), shape (points, counts)."""
    return np.asarray(_sparse_transition(regime, days).T @ joint)


def convolved(counts: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Row by row Σ_x counts[θ, x] · chances[θ, n − x] for n within the width of `chances`."""
    width = chances.shape[1]
    size = scipy.fft.next_fast_len(width + counts.shape[1] - 1, real=True)
    product = scipy.fft.rfft(counts, size) * scipy.fft.rfft(chances, size)
    return np.asarray(np.clip(scipy.fft.irfft(product, size)[:, :width], 0.0, 1.0))
