"""The way of the tickets: from which step to which, how many, how long between them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

# Name and place (left to right, top to bottom: 0 to 1) of the steps the product knows; a bank's own steps stand under
# their own names.
STEPS: Mapping[str, tuple[str, float, float]] = MappingProxyType(
    {
        "received": (N_("complaint received"), 0.01, 0.35),
        "dispatched": (N_("dispatched"), 0.13, 0.35),
        "returned": (N_("sent back"), 0.19, 0.80),
        "退回": (N_("sent back"), 0.19, 0.80),
        "redispatched": (N_("dispatched again"), 0.27, 0.93),
        "first_contact": (N_("first contact"), 0.35, 0.35),
        "first_reply": (N_("first reply"), 0.45, 0.35),
        "first_agreed": (N_("first round: agreed"), 0.57, 0.22),
        "first_not_agreed": (N_("first round: not agreed"), 0.55, 0.68),
        "meeting": (N_("meeting"), 0.65, 0.86),
        "tailored_solution": (N_("tailored solution"), 0.72, 0.96),
        "round_outcome": (N_("a further round"), 0.79, 0.66),
        "escalation": (N_("escalation"), 0.83, 0.52),
        "mediation_requested": (N_("mediation asked for"), 0.87, 0.86),
        "mediation_held": (N_("mediation held"), 0.93, 0.97),
        "closed_agreed": (N_("closed: agreed"), 0.99, 0.22),
        "closed_not_agreed": (N_("closed: not agreed"), 0.99, 0.74),
        "closed": (N_("closed"), 0.99, 0.5),
    }
)
UNKNOWN_PLACE = 0.72, 0.5
SMALLEST_SHARE = 0.004  # of all tickets; rarer transitions are in the table alone
BAD = ("first_not_agreed", "closed_not_agreed")
BACK = ("returned", "退回")


def step_name(step: str) -> Message:
    """Give what a step is called."""
    return Message(STEPS[step][0]) if step in STEPS else Message(N_("{step}"), {"step": step})


def process_map_figure(transitions: pd.DataFrame, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw the transitions as streams as wide as their number.

    transitions: DataFrame `step`, `next_step`, `transitions`, `median_hours`. A step that follows itself (a further
    round)
    is in the table alone; transitions rarer than SMALLEST_SHARE of the tickets are not drawn.
    """
    style = look(mode)
    canvas = Canvas(style)
    least = max(1.0, SMALLEST_SHARE * float(transitions["transitions"].max()))
    rows = transitions[(transitions["step"] != transitions["next_step"]) & (transitions["transitions"] >= least)]
    steps = list(dict.fromkeys([*rows["step"], *rows["next_step"]]))
    place = {step: i for i, step in enumerate(steps)}
    through = {step: max(_sum(rows, "step", step), _sum(rows, "next_step", step)) for step in steps}
    canvas.trace(
        type="sankey",
        arrangement="fixed",
        node={
            "label": [f"{escaped(render(step_name(step), language))}<br>{through[step]:,}" for step in steps],
            "x": [_place(step)[0] for step in steps],
            "y": [_place(step)[1] for step in steps],
            "color": [style.over if step in (*BAD, *BACK) else style.threshold for step in steps],
            "pad": int(style.size * 1.5),
            "thickness": int(style.size * 0.9),
            "line": {"width": 0},
            "hoverinfo": "none",
        },
        link={
            "source": [place[step] for step in rows["step"]],
            "target": [place[step] for step in rows["next_step"]],
            "value": rows["transitions"],
            "color": [
                style.projection_over if step in (*BAD, *BACK) else style.band for step in rows["next_step"]
            ],
            "customdata": [
                [escaped(render(step_name(row.step), language)), escaped(render(step_name(row.next_step), language)),
                 row.median_hours]
                for row in rows.itertuples()
            ],
            "hovertemplate": render(
                Message(
                    N_("{step} → {next_step}: {count} times, half of them within {hours} hours of the clock"),
                    {
                        "step": "%{customdata[0]}",
                        "next_step": "%{customdata[1]}",
                        "count": "%{value}",
                        "hours": "%{customdata[2]:.1f}",
                    },
                ),
                language,
            )
            + "<extra></extra>",
        },
        textfont={"size": style.size, "color": style.ink},
    )  # fmt: skip
    figure = canvas.framed(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    figure.layout.margin.l = int(style.size * 1.5)
    figure.layout.margin.b = int(style.size * 3.2)
    figure.layout.annotations[-1].update(yshift=-int(style.size * 1.2))
    return figure


def _sum(rows: pd.DataFrame, column: str, step: str) -> int:
    return int(rows.loc[rows[column] == step, "transitions"].sum())


def _place(step: str) -> tuple[float, float]:
    return STEPS[step][1:] if step in STEPS else UNKNOWN_PLACE
