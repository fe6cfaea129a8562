"""Weak points of service: at which step, on which topic and at which branch calls turn angry more often than chance."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.stats import beta, betabinom

from analytics.multiplicity import adjusted_p
from analytics.voice.calls import BEGAN_ANGRY

LEAST_CALLS = 8  # of one topic, step and branch, below which nothing is said of it
FALSE_DISCOVERIES = 0.05  # share of the weak points named that chance alone may name
PRIOR_CALLS = 12.0  # calls that the rate elsewhere counts as in a cell's own rate
LEVEL = 0.95
CELL = ["topic", "step", "branch_id"]


@dataclass(frozen=True)
class WeakPoints:
    """cells: a row a topic × step × branch with at least LEAST_CALLS calls that reached the step without having turned
    before: `calls`, `worsened` (turned angry at this step), `rate`, `elsewhere` (the same topic and step at the other
    branches, drawn to the step's rate over all topics), `estimate`, `low`, `high` (the cell's own rate, drawn to
    elsewhere, and its 95% interval), `p` (one-sided), `q` (Benjamini–Hochberg), `weak` (q ≤ FALSE_DISCOVERIES), most
    surely weak first. grid: a row a topic × step over all branches: `calls`, `worsened`, `rate`. judged: cells tested;
    too_small: cells with fewer calls.
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
    q = adjusted_p(p)
    judged = judged.assign(
        estimate=a / (a + b),
        low=beta.ppf((1 - LEVEL) / 2, a, b),
        high=beta.ppf((1 + LEVEL) / 2, a, b),
        p=p,
        q=q,
        weak=q <= FALSE_DISCOVERIES,
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

    turns: interaction_id, turn, speaker, step, topic, branch_id. turnings: of
    analytics.voice.calls.turnings. Conversations that began angry, and those without a branch, have no row; nor has
    the first step, at which nothing can have turned yet.
    """
    of = turnings.set_index("interaction_id")
    said = turns[(turns["speaker"] == "customer") & turns["branch_id"].notna() & (turns["step"] != "describe")]
    turned_at = said["interaction_id"].map(of["turned_at"]).astype(float)  # of no turns at all, it would be text
    began_angry = said["interaction_id"].map(of["start"]).astype(float).ge(BEGAN_ANGRY)
    before = said[~began_angry & (turned_at.isna() | (said["turn"] <= turned_at))]
    rows = before.assign(worsened=before["turn"].eq(turned_at[before.index]))
    return rows.groupby(["interaction_id", *CELL], as_index=False)["worsened"].any()
