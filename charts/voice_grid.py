"""Where calls turn angry: topics by steps, with the branches' weak points marked."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from analytics.voice.steps import STEPS
from analytics.voice.weak_points import LEAST_CALLS, WeakPoints
from charts.canvas import Canvas
from charts.cause_rows import framed
from charts.cause_words import Names
from charts.lines import ems
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from charts.voice_words import step_word
from texts import N_, Language, Message, render

ROWS = 12
TOP = 0.4  # rate that gets the full colour
SHOWN = tuple(step for step in STEPS if step != "describe")  # nothing can have turned yet at the first step


def grid_figure(weak: WeakPoints, names: Names, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw the share of calls that turn angry at each step of each topic; ▲ and the branch where one stands out.

    A click gives topic and step as customdata[0:2].
    """
    style = look(mode)
    canvas = Canvas(style)
    grid = weak.grid
    topics = list(grid.groupby("topic")["calls"].sum().sort_values(ascending=False, kind="stable").index)
    marked = {(str(row.topic), str(row.step)): str(row.branch_id) for row in weak.found.itertuples()}
    first = [topic for topic in topics if any(topic == one for one, _ in marked)]
    topics = [*first, *(topic for topic in topics if topic not in first)][:ROWS]
    rates = np.full((len(topics), len(SHOWN)), np.nan)
    texts, data, colours = [], [], []
    for row in grid[grid["topic"].isin(topics) & grid["step"].isin(SHOWN)].itertuples():
        y, x = topics.index(str(row.topic)), SHOWN.index(row.step)
        enough = row.calls >= LEAST_CALLS
        rates[y, x] = min(row.rate, TOP) if enough else np.nan
        branch = marked.get((str(row.topic), str(row.step)))
        counts = f"{row.worsened}/{row.calls}"
        texts.append(f"<b>{counts} ▲{escaped(names.get(branch, branch))}</b>" if branch else counts)
        data.append([str(row.topic), str(row.step), x, y, float(row.rate)])
        colours.append(style.ink if enough else style.muted)
    canvas.trace(
        type="heatmap",
        x=list(range(len(SHOWN))),
        y=list(range(len(topics))),
        z=rates,
        xgap=3,
        ygap=3,
        zmin=0,
        zmax=TOP,
        showscale=False,
        hoverinfo="skip",
        colorscale=[[0, style.corridor], [1, style.over]],
        opacity=0.7,
    )
    values = {"counts": "%{text}", "rate": "%{customdata[2]:.0%}"}
    hover = render(Message(N_("{counts} calls turned angry here = {rate}"), values), language)
    canvas.trace(
        x=[one[2] for one in data],
        y=[one[3] for one in data],
        mode="markers+text",
        text=texts,
        textfont={"size": style.size, "color": colours},
        marker={"symbol": "square", "size": 24 * style.size / 14, "color": "rgba(0,0,0,0)"},
        customdata=[[one[0], one[1], one[4]] for one in data],
        hovertemplate=hover + "<extra></extra>",
    )
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {
            "tickvals": list(range(len(SHOWN))),
            "ticktext": [render(step_word(step), language) for step in SHOWN],
            "side": "top",
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(SHOWN) - 0.5],
        },
        "yaxis": {
            "tickvals": list(range(len(topics))),
            "ticktext": [escaped(topic) + "  " for topic in topics],
            "ticks": "",
            "range": [len(topics) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
    }
    left = int(style.size * (max((ems(topic) for topic in topics), default=4.0) + 2))
    figure = framed(canvas, caption, language, mode, left=left, rows=len(topics))
    margin = figure.layout.margin
    saved = int(style.size * 2.6)
    figure.update_layout(margin={"t": margin.t + int(style.size * 1.2), "b": margin.b - saved})
    figure.layout.annotations[-1].yshift += saved - int(style.size * 0.6)
    return figure
