"""The course of emotion over a conversation: where it starts, its worst, its end, and where it turns for the worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Shape = Literal["calm", "worsening", "appeased", "angry"]

NEGATIVE = 0.7  # from this probability on a customer counts as upset; a bad thing told calmly scores around .5
LEAST_RISE = 0.2  # a turn for the worse lifts the mean of what follows by at least that much
COURSE_COLUMNS = [
    "interaction_id",
    "turns",
    "start",
    "worst",
    "worst_turn",
    "end",
    "turn_of_worsening",
    "turn_before",
    "said_before",
    "shape",
]


@dataclass(frozen=True)
class Course:
    """The course of one conversation; scores are probabilities of being negative, 0 to 1.

    turns: customer turns that were scored. start, worst, end: the first, highest and last score; None without a
    customer turn. worst_turn: the number of the turn with the highest score. turn_of_worsening: the number of the
    customer turn at which the emotion turned for the worse; None where it did not. turn_before, said_before: the
    number and text of what the agent said just before it; None where the agent had said nothing. shape: calm (never
    negative), worsening, appeased (negative, at the end no more), angry (negative to the end without a turning).
    """

    turns: int
    start: float | None
    worst: float | None
    worst_turn: int | None
    end: float | None
    turn_of_worsening: int | None
    turn_before: int | None
    said_before: str | None
    shape: Shape


def course_of(turns: pd.DataFrame) -> Course:
    """Give the course of one conversation.

    turns: columns turn (number), speaker ('customer' or 'agent'), text, score (of customer turns; agents' scores are
    not read), in any order.

    The turn for the worse is the customer turn that splits the scores into the two parts whose means differ most,
    the later higher (a change point by least squares, weighted by the parts' sizes), where that difference is at
    least LEAST_RISE, the turn itself is negative and higher than the one before, and the later mean is negative.
    """
    ordered = turns.sort_values("turn", kind="stable")
    return _course(
        ordered["turn"].to_numpy(),
        (ordered["speaker"] == "customer").to_numpy(),
        ordered["text"].tolist(),
        ordered["score"].to_numpy(float),
    )


def courses(turns: pd.DataFrame) -> pd.DataFrame:
    """Give every conversation's course, a row each, COURSE_COLUMNS (as in `Course`), ordered by interaction_id.

    turns: columns interaction_id, turn, speaker, text, score.
    """
    ordered = turns.sort_values(["interaction_id", "turn"], kind="stable")
    names = ordered["interaction_id"].to_numpy()
    if not len(names):
        return pd.DataFrame(columns=COURSE_COLUMNS)
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]])
    ends = np.r_[starts[1:], len(names)]
    numbers = ordered["turn"].to_numpy()
    spoke = (ordered["speaker"] == "customer").to_numpy()
    texts = ordered["text"].tolist()
    scores = ordered["score"].to_numpy(float)
    rows = []
    for start, end in zip(starts, ends, strict=True):
        course = _course(numbers[start:end], spoke[start:end], texts[start:end], scores[start:end])
        rows.append((names[start], *(getattr(course, name) for name in COURSE_COLUMNS[1:])))
    table = pd.DataFrame(rows, columns=COURSE_COLUMNS)
    for name in ("worst_turn", "turn_of_worsening", "turn_before"):
        table[name] = table[name].astype("Int64")
    return table.astype({"start": float, "worst": float, "end": float})


def _course(numbers: np.ndarray, customer: np.ndarray, texts: list[str], scores: np.ndarray) -> Course:
    spoken = np.flatnonzero(customer & ~np.isnan(scores))
    if not len(spoken):
        return Course(0, None, None, None, None, None, None, None, "calm")
    of_customer = scores[spoken]
    worst = int(np.argmax(of_customer))
    turning = _turning(of_customer)
    before = None
    if turning is not None:
        earlier = np.flatnonzero(~customer[: spoken[turning]])
        before = int(earlier[-1]) if len(earlier) else None
    return Course(
        turns=len(spoken),
        start=float(of_customer[0]),
        worst=float(of_customer[worst]),
        worst_turn=int(numbers[spoken[worst]]),
        end=float(of_customer[-1]),
        turn_of_worsening=None if turning is None else int(numbers[spoken[turning]]),
        turn_before=None if before is None else int(numbers[before]),
        said_before=None if before is None else texts[before],
        shape=_shape(of_customer, turning),
    )


def _turning(scores: np.ndarray) -> int | None:
    """Give the place in a conversation's customer scores at which it turns for the worse; None where it does not."""
    size = len(scores)
    if size < 2:
        return None
    places = np.arange(1, size)
    sums = np.cumsum(scores)
    earlier = sums[:-1] / places
    later = (sums[-1] - sums[:-1]) / (size - places)
    possible = (
        (later - earlier >= LEAST_RISE) & (later >= NEGATIVE) & (scores[1:] >= NEGATIVE) & (scores[1:] > scores[:-1])
    )
    if not possible.any():
        return None
    gain = np.where(possible, (later - earlier) * np.sqrt(places * (size - places)), -np.inf)
    return int(places[np.argmax(gain)])


def _shape(scores: np.ndarray, turning: int | None) -> Shape:
    if scores.max() < NEGATIVE:
        return "calm"
    if turning is not None and scores[-1] >= NEGATIVE:
        return "worsening"
    return "angry" if scores[-1] >= NEGATIVE else "appeased"
