"""The way of the tickets: from which step to which, how many, how long; every stream and step is a mark."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.look import Look, Mode, escaped, look
from charts.process_places import NODE_WIDTH, Plan, Stream, laid_out
from charts.process_words import BACK, BAD, STEPS, step_name
from charts.threshold import Caption
from texts import N_, Language, Message, render

FEWEST_TICKETS = 5  # with fewer there is no way to speak of: each ticket tells its own
OWN_STEP_FROM = 5  # times that a step without a place of its own is passed, to be drawn
SMALLEST_SHARE = 0.004  # of all tickets; rarer transitions are in the table alone
CURVE = 24  # points along a stream
MARKS = 9  # along a stream, so that a click anywhere on it is heard
THINNEST, THICKEST = 9.0, 46.0  # px of such a mark
TALL = 0.05  # of the picture: a bar that one mark does not cover
STEP_MARK = 13.0  # px
LABEL_WIDTH = 12  # letters of a line of a step's name


def flow_mark(step: str, next_step: str | None = None) -> str:
    """Give what a click on a stream (or, without next_step, on a step) puts into the address."""
    return escaped(f"flow|{step}|{next_step or ''}")


def drawn_transitions(transitions: pd.DataFrame) -> pd.DataFrame:
    """Give the transitions that are drawn: not those of a step to itself, not the rare ones, not those from or to a
    step of the bank's own that is hardly ever taken."""
    if transitions.empty:
        return transitions
    least = max(1.0, SMALLEST_SHARE * float(transitions["transitions"].max()))
    drawn = transitions[(transitions["step"] != transitions["next_step"]) & (transitions["transitions"] >= least)]
    times = [drawn.groupby(end)["transitions"].sum() for end in ("step", "next_step")]
    passed = pd.concat(times).groupby(level=0).max()
    rare = {str(step) for step in passed[passed < OWN_STEP_FROM].index} - set(STEPS)
    return drawn[~drawn["step"].isin(rare) & ~drawn["next_step"].isin(rare)]


def process_map_figure(
    transitions: pd.DataFrame, passed: pd.DataFrame, caption: Caption, language: Language, mode: Mode
) -> go.Figure:
    """Draw the transitions as streams as wide as their number.

    transitions: DataFrame `step`, `next_step`, `transitions`, `tickets`, `median_hours`. passed: DataFrame `step`,
    `times`, `tickets`. A step that follows itself (a further round) is in the table alone; transitions rarer than
    SMALLEST_SHARE of the tickets are not drawn. The marks' customdata: names and counts, `flow_mark` at place 5, and
    what the mark says.
    """
    style = look(mode)
    canvas = Canvas(style)
    rows = drawn_transitions(transitions)
    plan = laid_out(rows)
    bad = rows["next_step"].isin([*BAD, *BACK]).tolist()
    for wanted, colour in ((False, style.band), (True, style.projection_over)):
        _draw_streams(canvas, [one for one, marked in zip(plan.streams, bad, strict=True) if marked == wanted], colour)
    marks = [_stream_marks(style, *pair, language) for pair in zip(plan.streams, rows.itertuples(), strict=True)]
    counted = passed.set_index("step")
    for step, place in plan.nodes.items():
        times, tickets = (int(counted.at[step, name]) for name in ("times", "tickets"))
        marks.append(_step_marks(style, step, place, times, tickets, language))
    if marks:
        _draw_marks(canvas, pd.concat(marks, ignore_index=True))
        _draw_steps(canvas, plan, counted["times"], language)
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {"range": [-0.015, 1.015], "visible": False, "fixedrange": True},
        "yaxis": {"range": [1.0, -0.02], "visible": False, "fixedrange": True},
    }
    frame = canvas.frame(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    frame["margin"] |= {"l": int(style.size * 1.5), "r": int(style.size * 1.5), "b": int(style.size * 2.6)}
    frame["margin"]["t"] += style.size  # the names of the highest steps stand in two lines
    frame["annotations"][-1]["yshift"] = -int(style.size * 0.6)
    return canvas.figure(frame)


def _draw_streams(canvas: Canvas, streams: list[Stream], colour: str) -> None:
    """Fill the ribbons of one colour, all in one trace: a browser draws a few traces faster than many."""
    along = np.linspace(0, 1, CURVE)
    across, down = [], []
    for stream in streams:
        x, y = stream.at(along)
        across.append([*x, *x[::-1], np.nan])
        down.append([*(y - stream.width / 2), *(y + stream.width / 2)[::-1], np.nan])
    if streams:
        canvas.trace(
            x=np.concatenate(across),
            y=np.concatenate(down),
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line={"width": 0.6, "color": colour},
            hoverinfo="skip",
        )


def _stream_marks(style: Look, stream: Stream, row: Any, language: Language) -> pd.DataFrame:
    """Give the marks along a ribbon: x, y, size (px) and what they hand over."""
    x, y = stream.at(np.linspace(0.12, 0.88, MARKS))
    names = [render(step_name(step), language) for step in (row.step, row.next_step)]
    counts = f"{row.transitions:,}", f"{row.tickets:,}", f"{row.median_hours:.1f}"
    said = Message(
        N_("{step} → {next_step}: {count} times in {tickets} tickets, half of them within {hours} hours of the clock"),
        dict(zip(("step", "next_step", "count", "tickets", "hours"), (*names, *counts), strict=True)),
    )
    size = min(max(300.0 * stream.width, THINNEST), THICKEST) * style.size / 14
    data = [*map(escaped, names), *counts, flow_mark(row.step, row.next_step), escaped(render(said, language))]
    return pd.DataFrame({"x": x, "y": y, "size": size, "data": [data] * len(x)})


def _step_marks(
    style: Look, step: str, place: tuple[float, float, float], times: int, tickets: int, language: Language
) -> pd.DataFrame:
    """Give the marks along a step's bar."""
    x, y, height = place
    name = render(step_name(step), language)
    counts = f"{times:,}", f"{tickets:,}"
    said = Message(
        N_("{step}: passed {times} times by {tickets} tickets"),
        {"step": name, "times": counts[0], "tickets": counts[1]},
    )
    data = [escaped(name), *counts, "", "", flow_mark(step), escaped(render(said, language))]
    rows = np.linspace(y - height / 2, y + height / 2, 5) if height > TALL else np.array([y])
    return pd.DataFrame({"x": x, "y": rows, "size": STEP_MARK * style.size / 14, "data": [data] * len(rows)})


def _draw_marks(canvas: Canvas, marks: pd.DataFrame) -> None:
    """Lay marks that cannot be seen over ribbons and bars: they say what these are, and are clicked."""
    unseen = {"marker": {"opacity": 0}}
    canvas.trace(
        x=marks["x"],
        y=marks["y"],
        mode="markers",
        marker={"size": marks["size"].round(1).tolist(), "opacity": 0, "color": canvas.style.muted},
        selected=unseen,
        unselected=unseen,
        customdata=marks["data"].tolist(),
        hovertemplate="%{customdata[6]}<extra></extra>",
    )


def _draw_steps(canvas: Canvas, plan: Plan, times: pd.Series, language: Language) -> None:
    """Draw the steps' bars with their names and how often they were passed."""
    style = canvas.style
    for step, (x, y, height) in plan.nodes.items():
        canvas.shapes.append(
            {
                "type": "rect",
                "x0": x - NODE_WIDTH / 2,
                "x1": x + NODE_WIDTH / 2,
                "y0": y - height / 2,
                "y1": y + height / 2,
                "fillcolor": style.over if step in (*BAD, *BACK) else style.threshold,
                "line": {"width": 0},
            }
        )
    sides = ["right" if x < 0.05 else "left" if x > 0.95 else "center" for x, _, _ in plan.nodes.values()]
    shift = {"right": -NODE_WIDTH, "left": NODE_WIDTH, "center": 0.0}
    canvas.trace(
        x=[x + shift[side] for (x, _, _), side in zip(plan.nodes.values(), sides, strict=True)],
        y=[y - height / 2 for _, y, height in plan.nodes.values()],
        mode="text",
        text=[
            f"{_in_lines(render(step_name(step), language), language)}<br><b>{times[step]:,}</b>" for step in plan.nodes
        ],
        textposition=[f"top {side}" for side in sides],
        textfont={"size": max(style.size - 1, 12), "color": style.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )


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
