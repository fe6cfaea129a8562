"""How calls went, week by week: calm, appeased, turned angry, angry throughout."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analytics.voice.calls import SHAPES
from charts.canvas import Canvas
from charts.cause_rows import framed, key_line
from charts.look import Look, Mode, look
from charts.threshold import Caption
from charts.voice_words import SHAPE_WORDS
from texts import N_, Language, Message, render

WEEKS = 13  # shown
READABLE = 0.065  # of the tallest bar: a part as tall as its number; of a smaller one the number is left to the hover


def _colours(style: Look) -> dict[str, str]:
    """Give a colour a shape; the key and the counts say the same in words."""
    return {"calm": style.corridor, "appeased": style.on_track, "turned": style.near, "angry": style.over}


def weeks_figure(weeks: pd.DataFrame, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw a stacked bar a week; weeks: of analytics.voice.calls.by_week."""
    style = look(mode)
    canvas = Canvas(style)
    shown = weeks.tail(WEEKS)
    least = max(READABLE * shown["calls"].max(), 1) if len(shown) else 1
    labels = [f"{week:%m-%d}" for week in shown["week"]]
    colours = _colours(style)
    for shape in SHAPES:
        word = render(Message(SHAPE_WORDS[shape]), language)
        share = shown[shape] / shown["calls"]
        canvas.trace(
            type="bar",
            x=labels,
            y=shown[shape],
            name=word,
            marker={"color": colours[shape], "line": {"color": style.background, "width": 1}},
            text=[str(count) if count >= least else "" for count in shown[shape]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={
                "size": max(int(style.size * 0.9), 11),
                "color": style.ink if shape == "calm" else style.background,
            },
            customdata=share,
            hovertemplate=f"%{{x}} {word}: %{{y}} (%{{customdata:.0%}})<extra></extra>",
        )
    key = "   ".join(
        f"<span style='color:{colours[shape] if shape != 'calm' else style.muted}'>"
        f"{'□' if shape == 'calm' else '■'}</span> {render(Message(SHAPE_WORDS[shape]), language)}"
        for shape in SHAPES
    )
    key_line(canvas, key)
    canvas.layout |= {
        "barmode": "stack",
        "bargap": 0.18,
        "xaxis": {
            "type": "category",
            "showgrid": False,
            "linecolor": style.muted,
            "title": {"text": render(Message(N_("week from Monday")), language), "font": {"size": style.size}},
        },
        "yaxis": {
            "rangemode": "tozero",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {"text": render(Message(N_("calls and chats")), language), "font": {"size": style.size}},
        },
    }
    return framed(canvas, caption, language, mode, left=int(style.size * 4.6))
