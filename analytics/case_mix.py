"""What a mix of causes and channels leads one to expect, whoever handles it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

STEPS = 60
PRIOR_SD = 1.0  # of a level's log-odds around the class's: keeps a cause with two customers from saying 0% or 100%


def expected(cells: pd.DataFrame, factors: Sequence[str]) -> pd.Series:
    """Give the customers not agreed to expect in every cell from its factors alone.

    cells: DataFrame with `decided`, `not_agreed` (customers) and the columns `factors`. Result: Series beside it,
    customers; its sum is the sum of `not_agreed`. Law: logit p = level + Σ effect of each factor's value, additive,
    estimated over all cells with effects N(0, PRIOR_SD²) (penalised logistic regression; le Cessie and van
    Houwelingen 1992, Applied Statistics 41:191). Who handled the cell is not in it: this is indirect standardisation.
    """
    if cells.empty:
        return pd.Series([], index=cells.index, dtype=float)
    names = list(factors)
    if not names:
        share = cells["not_agreed"].sum() / max(float(cells["decided"].sum()), 1.0)
        return cells["decided"] * share
    keys = pd.MultiIndex.from_frame(cells[names].astype(object))
    place, mixes = pd.factorize(keys)
    decided = np.bincount(place, cells["decided"].to_numpy(dtype=float))
    not_agreed = np.bincount(place, cells["not_agreed"].to_numpy(dtype=float))
    blocks = [np.ones((len(mixes), 1))]
    for position in range(len(names)):
        codes, levels = pd.factorize(mixes.get_level_values(position))
        if len(levels) > 1:
            blocks.append(np.eye(len(levels))[codes])
    share = _fitted(np.hstack(blocks), decided, not_agreed)
    return pd.Series(cells["decided"].to_numpy(dtype=float) * share[place], index=cells.index)


def _fitted(design: np.ndarray, decided: np.ndarray, not_agreed: np.ndarray) -> np.ndarray:
    """Fit by Newton steps; the first column is the level, which is free."""
    total, hits = decided.sum(), not_agreed.sum()
    if total == 0 or hits in (0, total):
        return np.full(len(decided), 0.0 if total == 0 else hits / total)
    penalty = np.full(design.shape[1], PRIOR_SD**-2)
    penalty[0] = 0.0
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(hits / (total - hits))
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        slope = design.T @ (not_agreed - decided * share) - penalty * beta
        curve = (design.T * (decided * share * (1 - share))) @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    fitted: np.ndarray = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
    return fitted
