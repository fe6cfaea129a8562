"""One branch's weeks: decided customers, and how many of them did not agree."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.look import Mode, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

FEW = 8  # customers a week up to which every whole number has its line
FEWEST_WEEKS = 13  # drawn: a bar is a week wide, also where the branch has a single one
DAY = 86_400_000  # ms, the unit of a bar's width


def branch_weeks_figure(
    weeks: pd.DataFrame, chosen: str | None, caption: Caption, language: Language, mode: Mode
) -> go.Figure:
    """Draw a branch's weeks as bars of counts; no rates, which so few customers do not give.

    weeks: DataFrame `week_start` (Timestamp), `decided`, `not_agreed`. chosen: a week's first day (YYYY-MM-DD) to be
    emphasised. A click gives that day as customdata[0].
    """
    style = look(mode)
    canvas = Canvas(style)
    days = weeks["week_start"].dt.strftime("%Y-%m-%d")
    widths = [(7 - day.weekday()) * 0.78 * DAY for day in weeks["week_start"]]  # a week cut at 1 January is narrower
    weak = [0.35 if chosen and day != chosen else 1.0 for day in days]
    parts = (
        ("not_agreed", N_("not agreed"), weeks["not_agreed"], style.over),
        ("agreed", N_("agreed"), weeks["decided"] - weeks["not_agreed"], style.last_year),
    )
    for key, word, values, colour in parts:
        canvas.trace(
            type="bar",
            x=pd.DatetimeIndex(weeks["week_start"]),
            y=values,
            width=widths,
            offset=0,
            name=render(Message(word), language),
            marker={"color": colour, "opacity": weak, "pattern": {"shape": "" if key == "agreed" else "/"}},
            customdata=[[day] for day in days],
            hovertemplate="%{customdata[0]} · " + render(Message(word), language) + " %{y}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    canvas.layout |= {
        "barmode": "stack",
        "clickmode": "event+select",
        "hovermode": "closest",
        "xaxis": {
            "type": "date",
            "range": _range(weeks["week_start"]),
            "showgrid": False,
            "linecolor": style.muted,
            "tickformat": "%m-%d",
        },
        "yaxis": {
            "gridcolor": style.grid,
            "rangemode": "tozero",
            "tickformat": "d",
            **({"dtick": 1} if weeks["decided"].max() <= FEW else {}),
            "zeroline": False,
            "title": {"text": render(Message(N_("customers")), language), "standoff": 8, "font": {"size": style.size}},
        },
    }
    frame = canvas.frame(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    frame["showlegend"] = True
    frame["legend"] = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"}
    if mode != "print" and not mode.startswith("present"):
        frame["height"] = 380
    return canvas.figure(frame)


def _range(starts: pd.Series) -> list[str]:
    first, end = starts.min(), starts.max() + pd.Timedelta(days=7)
    spare = max(pd.Timedelta(weeks=FEWEST_WEEKS) - (end - first), pd.Timedelta(days=2)) / 2
    return [str(first - spare), str(end + spare)]
