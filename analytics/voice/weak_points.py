"""Weak points of service: at which step, on which topic and at which branch calls turn angry more often than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logit
from scipy.stats import beta, betabinom, false_discovery_control

LEAST_CALLS = 8  # of one topic, step and branch, below which nothing is said of it
FALSE_DISCOVERIES = 0.05  # share of the weak points named that chance alone may name
PRIOR_CALLS = 12.0  # calls that the rate elsewhere counts as in a cell's own rate
LEVEL = 0.95
LEAST_RISE = 1.0  # log-odds by which what follows is angrier than what went before
ANGRY = 0.75  # mean chance of anger, from the turn on, at which a conversation has turned
BEGAN_ANGRY = 0.95  # a first turn as angry as this has nowhere to turn to
CELL = ["topic", "step", "branch_id"]


@dataclass(frozen=True)
class WeakPoints:
    """cells: a row a topic × step × branch with at least LEAST_CALLS calls that reached the step without having turned
    before: `calls`, `worsened` (turned angry at this step), `rate`, `elsewhere` (the same topic and step at the other
    branches, drawn to the step's rate over all topics), `low`, `high` (95% interval of the cell's own rate, drawn to
    elsewhere), `p` (one-sided), `q` (Benjamini–Hochberg), `weak` (q ≤ FALSE_DISCOVERIES), most surely weak first.
    grid: a row a topic × step over all branches: `calls`, `worsened`, `rate`. judged: cells tested; too_small: cells
    with fewer calls.
    """

    cells: pd.DataFrame
    grid: pd.DataFrame
    judged: int
    too_small: int

    @property
    def found(self) -> pd.DataFrame:
        """The weak points, most surely weak first."""
        return self.cells[self.cells["weak"]]


def weak_points(reached: pd.DataFrame) -> WeakPoints:
    """Find where calls turn angry.

    reached: a row a conversation and step that it reached without having turned angry before: topic, step, branch_id,
    worsened (bool: it turned at this step). A conversation that was angry from the start has no row.

    Each cell is held against the same topic and step at the other branches: the chance of so many or more under the
    beta-binomial distribution, which knows that the rate elsewhere is itself counted from few calls (PRIOR_CALLS calls
    of the step's rate over all topics are added to it). The cells together by Benjamini & Hochberg 1995. The interval
    is the beta posterior of the cell's own rate with PRIOR_CALLS calls like elsewhere.
    """
    counted = reached.groupby(CELL, as_index=False)["worsened"].agg(calls="size", worsened="sum")
    by_step = counted.groupby("step")[["calls", "worsened"]].transform("sum")
    by_topic = counted.groupby(["topic", "step"])[["calls", "worsened"]].transform("sum")
    others = by_topic - counted[["calls", "worsened"]]
    of_step = by_step["worsened"] / by_step["calls"]
    elsewhere = (others["worsened"] + PRIOR_CALLS * of_step) / (others["calls"] + PRIOR_CALLS)
    cells = counted.assign(rate=counted["worsened"] / counted["calls"], elsewhere=elsewhere)
    enough = (cells["calls"] >= LEAST_CALLS).to_numpy()
    judged = cells[enough].reset_index(drop=True)
    weight = others["calls"].to_numpy()[enough] + PRIOR_CALLS
    expected = judged["elsewhere"].clip(0.005, 0.995)
    p = betabinom.sf(judged["worsened"] - 1, judged["calls"], expected * weight, (1 - expected) * weight)
    a = judged["worsened"] + PRIOR_CALLS * expected
    b = judged["calls"] - judged["worsened"] + PRIOR_CALLS * (1 - expected)
    q = false_discovery_control(p) if len(judged) else np.array([])
    judged = judged.assign(
        low=beta.ppf((1 - LEVEL) / 2, a, b), high=beta.ppf((1 + LEVEL) / 2, a, b), p=p, q=q, weak=q <= FALSE_DISCOVERIES
    )
    grid = counted.groupby(["topic", "step"], as_index=False)[["calls", "worsened"]].sum()
    return WeakPoints(
        cells=judged.sort_values(["p", "calls"], ascending=[True, False], ignore_index=True),
        grid=grid.assign(rate=grid["worsened"] / grid["calls"]),
        judged=len(judged),
        too_small=len(counted) - len(judged),
    )


def reached_steps(turns: pd.DataFrame, turnings: pd.DataFrame) -> pd.DataFrame:
    """Give a row a conversation and step that it reached without having turned angry before (see `weak_points`).

    turns: interaction_id, turn, speaker, step, topic, branch_id. turnings: of `turnings`. Conversations that began
    angry, and those without a branch, have no row; nor has the first step, at which nothing can have turned yet.
    """
    of = turnings.set_index("interaction_id")
    said = turns[(turns["speaker"] == "customer") & turns["branch_id"].notna() & (turns["step"] != "describe")]
    turned_at = said["interaction_id"].map(of["turned_at"].astype(float))
    began_angry = said["interaction_id"].map(of["start"]).ge(BEGAN_ANGRY)
    before = said[~began_angry & (turned_at.isna() | (said["turn"] <= turned_at))]
    rows = before.assign(worsened=before["turn"].eq(turned_at[before.index]))
    return rows.groupby(["interaction_id", *CELL], as_index=False)["worsened"].any()


def turnings(turns: pd.DataFrame) -> pd.DataFrame:
    """Give a row a conversation with a scored customer turn: `interaction_id`, `start` (first score), `turned_at` (the
    number of the customer turn at which the conversation turned angry, missing where it did not).

    turns: interaction_id, turn, speaker, p_negative. The matter itself is often bad news, so a conversation has its
    own level: it turns at the customer turn that splits its log-odds of anger into the two parts whose means differ
    most (a change point by least squares), where the later mean is higher by at least LEAST_RISE and at least ANGRY,
    and the turn itself is that angry and angrier than the one before.
    """
    said = turns[(turns["speaker"] == "customer") & turns["p_negative"].notna()]
    said = said.sort_values(["interaction_id", "turn"], kind="stable")
    names = said["interaction_id"].to_numpy()
    numbers = said["turn"].to_numpy()
    chances = said["p_negative"].to_numpy(float)
    odds = logit(np.clip(chances, 1e-3, 1 - 1e-3))
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]]) if len(names) else np.array([], dtype=int)
    rows = []
    for start, end in zip(starts, np.r_[starts[1:], len(names)], strict=False):
        place = _turning(odds[start:end])
        rows.append((names[start], chances[start], None if place is None else numbers[start + place]))
    table = pd.DataFrame(rows, columns=["interaction_id", "start", "turned_at"])
    return table.astype({"start": float, "turned_at": "Int64"})


def _turning(odds: np.ndarray) -> int | None:
    size = len(odds)
    if size < 2:
        return None
    places = np.arange(1, size)
    sums = np.cumsum(odds)
    before, after = sums[:-1] / places, (sums[-1] - sums[:-1]) / (size - places)
    level = logit(ANGRY)
    possible = (after - before >= LEAST_RISE) & (after >= level) & (odds[1:] >= level) & (odds[1:] > odds[:-1])
    if not possible.any():
        return None
    gain = np.where(possible, (after - before) * np.sqrt(places * (size - places)), -np.inf)
    return int(places[np.argmax(gain)])
