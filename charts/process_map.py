"""The way of the tickets: from which step to which, how many, how long; every stream and step is a mark."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.look import Look, Mode, escaped, look
from charts.process_places import NODE_WIDTH, Stream, laid_out
from charts.process_words import BACK, BAD, step_name
from charts.threshold import Caption
from texts import N_, Language, Message, render

SMALLEST_SHARE = 0.004  # of all tickets; rarer transitions are in the table alone
CURVE = 24  # points along a stream
MARKS = 9  # along a stream, so that a click anywhere on it is heard
THINNEST, THICKEST = 9.0, 46.0  # px of such a mark
LABEL_WIDTH = 9  # letters of a line of a step's name


def flow_mark(step: str, next_step: str | None = None) -> str:
    """Give what a click on a stream (or, without next_step, on a step) puts into the address."""
    return escaped(f"flow|{step}|{next_step or ''}")


def drawn_transitions(transitions: pd.DataFrame) -> pd.DataFrame:
    """Give the transitions that are drawn: not those of a step to itself, not the rare ones."""
    if transitions.empty:
        return transitions
    least = max(1.0, SMALLEST_SHARE * float(transitions["transitions"].max()))
    return transitions[(transitions["step"] != transitions["next_step"]) & (transitions["transitions"] >= least)]


def process_map_figure(
    transitions: pd.DataFrame, passed: pd.DataFrame, caption: Caption, language: Language, mode: Mode
) -> go.Figure:
    """Draw the transitions as streams as wide as their number.

    transitions: DataFrame `step`, `next_step`, `transitions`, `tickets`, `median_hours`. passed: DataFrame `step`,
    `times`, `tickets`. A step that follows itself (a further round) is in the table alone; transitions rarer than
    SMALLEST_SHARE of the tickets are not drawn. The marks' customdata end with `flow_mark`.
    """
    style = look(mode)
    canvas = Canvas(style)
    rows = drawn_transitions(transitions)
    plan = laid_out(rows)
    for row, stream in zip(rows.itertuples(), plan.streams, strict=True):
        _draw_stream(canvas, stream, bad=row.next_step in (*BAD, *BACK))
    for row, stream in zip(rows.itertuples(), plan.streams, strict=True):
        _mark_stream(canvas, stream, row, language)
    counted = passed.set_index("step")
    for step, (x, y, height) in plan.nodes.items():
        times, tickets = (int(counted.at[step, name]) for name in ("times", "tickets"))
        _draw_step(canvas, step, (x, y, height), times, tickets, language)
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {"range": [-0.015, 1.015], "visible": False, "fixedrange": True},
        "yaxis": {"range": [1.0, -0.02], "visible": False, "fixedrange": True},
    }
    figure = canvas.framed(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    figure.layout.margin.update(l=int(style.size * 1.5), r=int(style.size * 1.5), b=int(style.size * 2.6))
    figure.layout.annotations[-1].update(yshift=-int(style.size * 0.6))
    return figure


def _draw_stream(canvas: Canvas, stream: Stream, *, bad: bool) -> None:
    """Fill the ribbon of one transition."""
    style = canvas.style
    along = np.linspace(0, 1, CURVE)
    x, y = stream.at(along)
    half = stream.width / 2
    colour = style.projection_over if bad else style.band
    canvas.trace(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([y - half, (y + half)[::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line={"width": 0.6, "color": colour, "shape": "linear"},
        hoverinfo="skip",
    )


def _mark_stream(canvas: Canvas, stream: Stream, row: Any, language: Language) -> None:
    """Lay marks that cannot be seen along a ribbon: they say what it is, and are clicked."""
    x, y = stream.at(np.linspace(0.12, 0.88, MARKS))
    said = Message(
        N_("{step} → {next_step}: {count} times in {tickets} tickets, half of them within {hours} hours of the clock"),
        {
            "step": "%{customdata[0]}",
            "next_step": "%{customdata[1]}",
            "count": "%{customdata[2]}",
            "tickets": "%{customdata[3]}",
            "hours": "%{customdata[4]}",
        },
    )
    data = [
        escaped(render(step_name(row.step), language)),
        escaped(render(step_name(row.next_step), language)),
        f"{row.transitions:,}",
        f"{row.tickets:,}",
        f"{row.median_hours:.1f}",
        flow_mark(row.step, row.next_step),
    ]
    height = 300.0 * stream.width * canvas.style.size / 14
    _marks(canvas, x, y, min(max(height, THINNEST), THICKEST), data, render(said, language))


def _marks(canvas: Canvas, x: Any, y: Any, size: float, data: list[str], hover: str) -> None:
    canvas.trace(
        x=x,
        y=y,
        mode="markers",
        marker={"size": size, "opacity": 0, "color": canvas.style.muted},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[data] * len(x),
        hovertemplate=hover + "<extra></extra>",
    )


def _draw_step(
    canvas: Canvas, step: str, place: tuple[float, float, float], times: int, tickets: int, language: Language
) -> None:
    """Draw a step's bar with its name and how often it was passed."""
    style = canvas.style
    x, y, height = place
    name = render(step_name(step), language)
    canvas.shapes.append(
        {
            "type": "rect",
            "x0": x - NODE_WIDTH / 2,
            "x1": x + NODE_WIDTH / 2,
            "y0": y - height / 2,
            "y1": y + height / 2,
            "fillcolor": style.over if step in (*BAD, *BACK) else style.threshold,
            "line": {"width": 0},
            "layer": "above",
        }
    )
    side = "left" if x < 0.05 else "right" if x > 0.95 else "center"
    canvas.note(
        x={"left": x - NODE_WIDTH / 2, "right": x + NODE_WIDTH / 2, "center": x}[side],
        y=y - height / 2,
        text=f"{_in_lines(name, language)}<br><b>{times:,}</b>",
        xanchor=side,
        yanchor="bottom",
        align=side,
        yshift=1,
        bgcolor=_veil(style),
        borderpad=0,
        font={"size": max(style.size - 1, 12), "color": style.ink},
        captureevents=False,
    )
    said = Message(
        N_("{step}: passed {times} times by {tickets} tickets"),
        {"step": "%{customdata[0]}", "times": "%{customdata[1]}", "tickets": "%{customdata[2]}"},
    )
    data = [escaped(name), f"{times:,}", f"{tickets:,}", "", "", flow_mark(step)]
    rows = np.linspace(y - height / 2, y + height / 2, 5) if height > 0.05 else np.array([y])
    _marks(canvas, np.full(len(rows), x), rows, 13.0 * style.size / 14, data, render(said, language))


def _veil(style: Look) -> str:
    """Give the background with a little of what is behind it."""
    red, green, blue = (int(style.background[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.72)"


def _in_lines(name: str, language: Language) -> str:
    """Break a step's name at its spaces (English) or after its colon, so that neighbours have room."""
    if language == "zh_CN":
        return escaped(name).replace("：", "：<br>")
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LABEL_WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(escaped(line) for line in lines)


def process_map_csv(transitions: pd.DataFrame, passed: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Give the picture's numbers: first every step (without a next one): how often passed, by how many tickets; then
    every transition, also those not drawn: from, to, how often, in how many tickets, median hours between."""
    steps = pd.DataFrame(
        {
            "step": [render(step_name(step), language) for step in passed["step"]],
            "next_step": "",
            "transitions": passed["times"],
            "tickets": passed["tickets"],
        }
    )
    flows = pd.DataFrame(
        {
            "step": [render(step_name(step), language) for step in transitions["step"]],
            "next_step": [render(step_name(step), language) for step in transitions["next_step"]],
            **{name: transitions[name].to_numpy() for name in ("transitions", "tickets", "median_hours")},
        }
    )
    return pd.concat([steps, flows], ignore_index=True)
