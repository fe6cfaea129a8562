"""Where the steps of the process map stand and how the streams between them run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from charts.process_words import STEPS

NODE_WIDTH = 0.011  # of the picture
TALLEST = 0.34  # of the picture: the step passed most often
THINNEST = 0.004  # of the picture: a bar or stream that can still be seen
SPREAD_BELOW = 8  # steps: fewer are spread evenly over the picture
FREE_PLACES = tuple((x, y) for x in (0.68, 0.76, 0.6, 0.52, 0.42, 0.3, 0.22, 0.12) for y in (0.5, 0.6, 0.08, 0.7, 0.9))
NEIGHBOUR = (0.07, 0.09)  # steps nearer than this to each other would hide each other


@dataclass(frozen=True)
class Stream:
    """One stream: where it starts and ends (middle of its end at the step's bar), and how wide it is."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float

    def at(self, along: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give the middle of the stream at these parts (0–1) of its way: a cubic curve, level at both ends."""
        (x0, y0), (x1, y1) = self.start, self.end
        reach = max((x1 - x0) / 2, 0.03)
        weights = ((1 - along) ** 3, 3 * (1 - along) ** 2 * along, 3 * (1 - along) * along**2, along**3)
        x = sum(weight * place for weight, place in zip(weights, (x0, x0 + reach, x1 - reach, x1), strict=True))
        y = sum(weight * place for weight, place in zip(weights, (y0, y0, y1, y1), strict=True))
        return np.asarray(x), np.asarray(y)


@dataclass(frozen=True)
class Plan:
    """Where everything stands: nodes: x, y and height of a step's bar; streams: one a row, in the rows' order."""

    nodes: Mapping[str, tuple[float, float, float]]
    streams: tuple[Stream, ...]


def laid_out(rows: pd.DataFrame) -> Plan:
    """Give the places of steps and streams; rows: DataFrame `step`, `next_step`, `transitions`."""
    steps = list(dict.fromkeys([*rows["step"], *rows["next_step"]]))
    leaving = rows.groupby("step")["transitions"].sum()
    coming = rows.groupby("next_step")["transitions"].sum()
    through = {step: max(int(leaving.get(step, 0)), int(coming.get(step, 0))) for step in steps}
    scale = TALLEST / max(through.values(), default=1)
    places = _places(steps, rows)
    nodes = {step: (*places[step], max(through[step] * scale, THINNEST)) for step in steps}
    starts = _ends(rows, "step", "next_step", nodes, scale)
    ends = _ends(rows, "next_step", "step", nodes, scale)
    streams = tuple(
        Stream(
            (nodes[row.step][0] + NODE_WIDTH / 2, starts[place]),
            (nodes[row.next_step][0] - NODE_WIDTH / 2, ends[place]),
            max(row.transitions * scale, THINNEST),
        )
        for place, row in enumerate(rows.itertuples())
    )
    return Plan(nodes, streams)


def _ends(
    rows: pd.DataFrame, own: str, other: str, nodes: Mapping[str, tuple[float, float, float]], scale: float
) -> dict[int, float]:
    """Give, by row, how high its stream stands at its own step's bar: streams in the order of where they lead."""
    found: dict[int, float] = {}
    numbered = rows.reset_index(drop=True)
    for step, group in numbered.groupby(own, sort=False):
        height = float(group["transitions"].sum()) * scale
        top = nodes[str(step)][1] - height / 2
        for place in sorted(group.index, key=lambda place: nodes[str(numbered.at[place, other])][1]):
            width = float(numbered.at[place, "transitions"]) * scale
            found[int(place)] = top + width / 2
            top += width
    return found


def _places(steps: list[str], rows: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Give every step its place; a bank's own steps stand near those they follow, where there is room."""
    places = {step: STEPS[step][1:] for step in steps if step in STEPS}
    for step in steps:
        if step in places:
            continue
        near = [places[name][0] for name in rows.loc[rows["next_step"] == step, "step"] if name in places]
        wanted = (sum(near) / len(near) + 0.1) if near else 0.6
        free = [place for place in FREE_PLACES if not any(_hides(place, taken) for taken in places.values())]
        places[step] = min(free or list(FREE_PLACES), key=lambda place: abs(place[0] - wanted))
    if len(steps) >= SPREAD_BELOW:
        return places
    levels = sorted({x for x, _ in places.values()})
    spread = {x: 0.01 + 0.98 * place / max(len(levels) - 1, 1) for place, x in enumerate(levels)}
    return {step: (spread[x], y) for step, (x, y) in places.items()}


def _hides(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < NEIGHBOUR[0] and abs(one[1] - other[1]) < NEIGHBOUR[1]
