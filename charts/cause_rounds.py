"""The course over the rounds: how many agree in each, for unreasonable demands and for the others."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analytics.demands import Demands
from charts.canvas import Canvas
from charts.cause_rows import framed, key_line
from charts.look import Mode, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

KINDS = {"unreasonable": N_("unreasonable demands"), "other": N_("other demands")}


def round_mark(kind: str, number: int) -> str:
    """Give what a click on a kind's mark in a round puts into the address."""
    return f"round|{kind}|{number}"


LEAST_DRAWN = 3  # tickets; a share of one or two says nothing


def rounds_table(result: Demands) -> pd.DataFrame:
    """Give the picture's numbers: Demands.course."""
    return result.course


def rounds_figure(result: Demands, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw the share that agrees in each round among those who reach it, with interval; one mark a kind and round,
    which carries the two as customdata."""
    style = look(mode)
    canvas = Canvas(style)
    course = result.course
    shown = course[(course["reached"] - course["waiting"]) >= LEAST_DRAWN]
    looks = {"unreasonable": (style.over, "diamond", -0.07), "other": (style.threshold, "circle", 0.07)}
    for kind, (colour, symbol, shift) in looks.items():
        own = shown[shown["kind"] == kind]
        if own.empty:
            continue
        name = render(Message(KINDS[kind]), language)
        canvas.trace(
            x=own["round"] + shift,
            y=own["rate"],
            mode="markers+text",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": style.size * 0.9},
            text=[
                f" {int(agreed)}/{int(done)}"
                for agreed, done in zip(own["agreed"], own["reached"] - own["waiting"], strict=True)
            ],
            textposition="middle left" if kind == "unreasonable" else "middle right",
            textfont={"color": colour, "size": max(style.size - 1, 12)},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": own["high"] - own["rate"],
                "arrayminus": own["rate"] - own["low"],
                "color": colour,
                "thickness": 1.3,
                "width": 0,
            },
            customdata=[[round_mark(kind, int(number))] for number in own["round"]],
            hovertemplate=f"{name}: %{{text}} (%{{y:.0%}})<extra></extra>",
        )
    key = "   ".join(
        f"<span style='color:{looks[kind][0]}'>{mark}</span> {render(Message(KINDS[kind]), language)}"
        for kind, mark in (("unreasonable", "◆"), ("other", "●"))
    )
    key_line(canvas, key)
    most = int(shown["round"].max()) if len(shown) else 1
    canvas.layout |= {
        "xaxis": {
            "range": [0.4, most + 0.6],
            "tickvals": list(range(1, most + 1)),
            "ticktext": [render(Message(N_("round {number}"), {"number": n}), language) for n in range(1, most + 1)],
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {
            "range": [-0.04, 1.04],
            "tickformat": ".0%",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {
                "text": render(Message(N_("agree in the round")), language),
                "standoff": 8,
                "font": {"size": style.size},
            },
        },
    }
    return framed(canvas, caption, language, mode, left=int(style.size * 5.0), rows=11)
