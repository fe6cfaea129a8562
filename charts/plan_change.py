"""What a change of plan would do: the threshold now and after, beside the actual."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from charts.look import Look, Mode, framed, look
from texts import N_, Language, Message, render


def plan_change_figure(
    days: pd.DataFrame, name: str, valid_from: pd.Timestamp, source: Message, language: Language, mode: Mode
) -> go.Figure:
    """Draw a change of plan.

    days: DataFrame by day of the year: `now` and `then` (cumulative thresholds, customers) and `actual` (cumulative
    customers not agreed, missing after the as-of day).
    """
    style = look(mode)
    figure = go.Figure()
    _line(figure, days["now"], render(Message(N_("threshold now")), language), style.last_year, style, dash="dot")
    _line(figure, days["then"], render(Message(N_("threshold after the change")), language), style.threshold, style)
    actual = days["actual"].dropna()
    if len(actual):
        word = render(Message(N_("actual")), language)
        _line(figure, actual, word, style.ink, style, shape="hv", at=len(actual) - 1)
    figure.add_vline(x=valid_from, line={"color": style.muted, "width": 1, "dash": "dot"})
    months = pd.date_range(days.index[0], periods=12, freq="MS")
    figure.update_xaxes(
        tickvals=list(months),
        ticktext=[format_date(month, "MMM", locale=language) for month in months],
        showgrid=False,
        linecolor=style.muted,
    )
    figure.update_yaxes(
        rangemode="tozero",
        gridcolor=style.grid,
        zeroline=False,
        title={"text": render(Message(N_("customers")), language), "font": {"size": style.size}},
    )
    before, after = float(days["now"].iloc[-1]), float(days["then"].iloc[-1])
    return framed(
        figure,
        style,
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
    figure: go.Figure,
    values: pd.Series,
    name: str,
    colour: str,
    style: Look,
    *,
    dash: str = "solid",
    shape: str = "linear",
    at: int | None = None,
) -> None:
    """Draw a line with its name beside it."""
    place = int(len(values) * 0.8) if at is None else at
    figure.add_trace(
        go.Scatter(
            x=values.index,
            y=values,
            mode="lines",
            name=name,
            line={"color": colour, "width": style.line, "dash": dash, "shape": shape},
            hovertemplate=f"{name} %{{y:.1f}}<extra></extra>",
        )
    )
    above = dash == "solid"
    figure.add_annotation(
        x=values.index[place],
        y=float(values.iloc[place]),
        text=name,
        xanchor="right" if above else "left",
        yanchor="bottom" if above else "top",
        xshift=-6 if above else 6,
        showarrow=False,
        font={"color": colour, "size": style.size},
    )
