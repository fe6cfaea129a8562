"""What a change of plan would do: the threshold now and after, beside the actual."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.look import Mode, look
from charts.months import month_ticks
from texts import N_, Language, Message, render


def plan_change_figure(
    days: pd.DataFrame, name: str, valid_from: pd.Timestamp, source: Message, language: Language, mode: Mode
) -> go.Figure:
    """Draw a change of plan.

    days: DataFrame by day of the year: `now` and `then` (cumulative thresholds, customers) and `actual` (cumulative
    customers not agreed, missing after the as-of day).
    """
    style = look(mode)
    canvas = Canvas(style)
    _line(canvas, days["now"], render(Message(N_("threshold now")), language), style.last_year, dash="dot")
    _line(canvas, days["then"], render(Message(N_("threshold after the change")), language), style.threshold)
    actual = days["actual"].dropna()
    if len(actual):
        _line(canvas, actual, render(Message(N_("actual")), language), style.ink, shape="hv", at=len(actual) - 1)
    canvas.day(valid_from, style.muted)
    canvas.layout |= {
        "xaxis": {
            **month_ticks(days.index[0].year, language),
            "showgrid": False,
            "linecolor": style.muted,
        },
        "yaxis": {
            "rangemode": "tozero",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {"text": render(Message(N_("customers")), language), "font": {"size": style.size}},
        },
    }
    before, after = float(days["now"].iloc[-1]), float(days["then"].iloc[-1])
    return canvas.framed(
        title=render(
            Message(
                N_("{name}: allowance {before:.0f} → {after:.0f}"), {"name": name, "before": before, "after": after}
            ),
            language,
        ),
        subtitle=render(
            Message(
                N_("Cumulative threshold, customers · the change moves the days from {day} on"),
                {"day": f"{valid_from:%Y-%m-%d}"},
            ),
            language,
        ),
        source=render(source, language),
    )


def _line(
    canvas: Canvas,
    values: pd.Series,
    name: str,
    colour: str,
    *,
    dash: str = "solid",
    shape: str = "linear",
    at: int | None = None,
) -> None:
    """Draw a line with its name beside it."""
    style = canvas.style
    place = int(len(values) * 0.8) if at is None else at
    canvas.trace(
        x=values.index,
        y=values,
        mode="lines",
        name=name,
        line={"color": colour, "width": style.line, "dash": dash, "shape": shape},
        hovertemplate=f"{name} %{{y:.1f}}<extra></extra>",
    )
    above = dash == "solid"
    canvas.note(
        x=values.index[place],
        y=float(values.iloc[place]),
        text=name,
        xanchor="right" if above else "left",
        yanchor="bottom" if above else "top",
        xshift=-6 if above else 6,
        font={"color": colour, "size": style.size},
    )
