"""One call or chat as a whole: how angry it was, where it turned, how it ended."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.special import logit

Shape = Literal["calm", "appeased", "turned", "angry"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

ANGRY_TURN = 0.85  # chance of anger from which on one turn counts as angry
ANGRY_TURNS = 2  # angry turns that make an angry call: one alone may be about the matter, not the bank
HEATED = 0.80  # highest chance of anger of a call that had something to appease
HEATED_TOO = 0.50  # of another of its turns: one alone tells the matter, which is bad news in itself
ENDS_CALM = 0.50  # last turn below it: the call ended calmly
LEAST_RISE = 1.0  # log-odds by which what follows is angrier than what went before
ANGRY = 0.75  # mean chance of anger, from the turn on, at which a call has turned
ALREADY_ANGRY = 0.90  # mean chance of anger before a turn, from which on a call no longer turns: it was angry
BEGAN_ANGRY = 0.95  # a first turn as angry as this has nowhere to turn to


def turnings(turns: pd.DataFrame) -> pd.DataFrame:
    """Give a row a call with a scored customer turn: `interaction_id`, `turns` (scored customer turns), `start`,
    `worst` and `end` (chances of anger), `angry_turns`, `turned_at` (the number of the customer turn at which
    the call turned angry, missing where it did not), `shape` (of `SHAPES`).

    turns: interaction_id, turn, speaker, p_negative.

    The matter itself is often bad news, so a call has its own level: it turns at the customer turn that splits its
    log-odds of anger into the two parts whose means differ most (a change point by least squares), where the later mean
    is higher by at least LEAST_RISE and at least ANGRY, the earlier one below ALREADY_ANGRY, and the turn itself is as
    angry and angrier than the one before. Shapes: turned; angry (no turning, ANGRY_TURNS angry turns, and not calm at
    the end); appeased (a turn HEATED, another HEATED_TOO, calm at the end); else calm.
    """
    said = turns[(turns["speaker"] == "customer") & turns["p_negative"].notna()]
    said = said.sort_values(["interaction_id", "turn"], kind="stable")
    names = said["interaction_id"].to_numpy(object)
    numbers = said["turn"].to_numpy()
    chances = said["p_negative"].to_numpy(float)
    odds = logit(np.clip(chances, 1e-3, 1 - 1e-3))
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]]) if len(names) else np.array([], dtype=int)
    rows = []
    for start, end in zip(starts, np.r_[starts[1:], len(names)], strict=False):
        own = chances[start:end]
        place = _turning(odds[start:end])
        angry = int((own >= ANGRY_TURN).sum())
        rows.append(
            (
                names[start],
                end - start,
                own[0],
                own.max(),
                own[-1],
                angry,
                None if place is None else numbers[start + place],
                _shape(own, angry, place is not None),
            )
        )
    columns = ["interaction_id", "turns", "start", "worst", "end", "angry_turns", "turned_at", "shape"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"start": float, "worst": float, "end": float, "turns": "int64", "turned_at": "Int64"})


def _turning(odds: np.ndarray) -> int | None:
    size = len(odds)
    if size < 2:
        return None
    places = np.arange(1, size)
    sums = np.cumsum(odds)
    before, after = sums[:-1] / places, (sums[-1] - sums[:-1]) / (size - places)
    level = logit(ANGRY)
    possible = (after - before >= LEAST_RISE) & (after >= level) & (before < logit(ALREADY_ANGRY))
    possible &= (odds[1:] >= level) & (odds[1:] > odds[:-1])
    if not possible.any():
        return None
    gain = np.where(possible, (after - before) * np.sqrt(places * (size - places)), -np.inf)
    return int(places[np.argmax(gain)])


def _shape(chances: np.ndarray, angry: int, turned: bool) -> Shape:
    if turned:
        return "turned"
    if angry >= ANGRY_TURNS and chances[-1] >= ENDS_CALM:
        return "angry"
    heated = np.sort(chances)[::-1][:2]
    appeased = len(heated) > 1 and heated[0] >= HEATED and heated[1] >= HEATED_TOO and chances[-1] < ENDS_CALM
    return "appeased" if appeased else "calm"


def by_week(calls: pd.DataFrame) -> pd.DataFrame:
    """Give a row a week (Monday) in which something was heard: `week`, `calls` and the number of each shape.

    calls: started_at, shape.
    """
    week = calls["started_at"].dt.normalize() - pd.to_timedelta(calls["started_at"].dt.day_of_week, unit="D")
    counted = calls.groupby([week.rename("week"), "shape"]).size().unstack(fill_value=0)
    counted = counted.reindex(columns=list(SHAPES), fill_value=0)
    return counted.assign(calls=counted.sum(axis=1)).reset_index().rename_axis(columns=None)
