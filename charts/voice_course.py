"""One call, turn by turn: how likely each of the customer's turns is angry, and where it turned."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analytics.voice.calls import ANGRY_TURN
from charts.canvas import Canvas
from charts.cause_rows import framed
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from charts.voice_words import step_word
from texts import N_, Language, Message, render

BELOW = 0.03  # the words of the turning stand under the line of anger, whatever the picture's height
WORDS = 26  # characters of a turn in its hover text


def course_figure(
    turns: pd.DataFrame, turned_at: int | None, caption: Caption, language: Language, mode: Mode
) -> go.Figure:
    """Draw the emotion course of one call.

    turns: turn, speaker, text (masked), p_negative, step; turned_at: the turn at which it turned angry.
    """
    style = look(mode)
    canvas = Canvas(style)
    said = turns[(turns["speaker"] == "customer") & turns["p_negative"].notna()]
    canvas.level(ANGRY_TURN, style.over)
    canvas.note(
        x=1,
        xref="paper",
        y=ANGRY_TURN,
        text=render(Message(N_("angry from here")), language),
        xanchor="right",
        yanchor="bottom",
        font={"size": max(int(style.size * 0.85), 12), "color": style.over},
    )
    angry = said["p_negative"] >= ANGRY_TURN
    canvas.trace(
        x=said["turn"],
        y=said["p_negative"],
        mode="lines+markers",
        line={"color": style.threshold, "width": style.line},
        marker={
            "size": style.size * 0.8,
            "color": [style.over if one else style.threshold for one in angry],
            "symbol": ["diamond" if one else "circle" for one in angry],
        },
        customdata=[escaped(text[:WORDS] + ("…" if len(text) > WORDS else "")) for text in said["text"]],
        hovertemplate=render(
            Message(
                N_("turn {turn}: {text}<br>{chance} likely angry"),
                {"turn": "%{x}", "text": "%{customdata}", "chance": "%{y:.0%}"},
            ),
            language,
        )
        + "<extra></extra>",
    )
    if turned_at is not None and (said["turn"] == turned_at).any():
        place = said[said["turn"] == turned_at].iloc[0]
        canvas.note(
            x=turned_at,
            y=float(place["p_negative"]),
            text=render(Message(N_("▲ turned here, {step}"), {"step": step_word(str(place["step"]))}), language),
            showarrow=True,
            arrowcolor=style.over,
            axref="x",
            ayref="y",
            ax=turned_at,
            ay=ANGRY_TURN - BELOW,
            yanchor="top",
            font={"size": style.size, "color": style.over},
        )
    canvas.layout |= {
        "xaxis": {
            "showgrid": False,
            "linecolor": style.muted,
            "tickformat": "d",
            "title": {"text": render(Message(N_("turn")), language), "font": {"size": style.size}},
        },
        "yaxis": {
            "range": [0, 1.05],
            "tickformat": ".0%",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {
                "text": render(Message(N_("chance that the turn is angry")), language),
                "font": {"size": style.size},
            },
        },
    }
    return framed(canvas, caption, language, mode, left=int(style.size * 5))
