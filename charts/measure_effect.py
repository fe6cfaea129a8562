"""The effects of measures with their intervals: below 0% fewer customers, above it more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.measure_effect import MeasureEffect, change
from charts.canvas import Canvas
from charts.look import Mode, escaped, look
from texts import Language, Message, render

TICKS = (0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0, 10.0)
LONGEST = 20  # characters of a measure's name in the picture


@dataclass(frozen=True)
class EffectRow:
    """One measure and what it did."""

    number: str
    title: str
    starts: date
    effect: MeasureEffect


def effect_figure(rows: Sequence[EffectRow], as_of: date, demo: bool, language: Language, mode: Mode) -> go.Figure:
    """Draw a point and its 95% interval for every measure that can be told, on a logarithmic scale.

    rows: at least one, each with a ratio. Compared ones are filled points; those without a comparison are hollow.
    """
    style = look(mode)

    def say(text_id: str, **params: object) -> str:
        return render(Message(text_id, params), language)

    canvas = Canvas(style)
    colours = {"better": style.on_track, "worse": style.over}
    values = [(row.effect.ratio or 1.0, row.effect.low or 1.0, row.effect.high or 1.0) for row in rows]
    ends = [*(low for _, low, _ in values), *(high for _, _, high in values), 0.5, 2.0]
    for place, (row, (ratio, low, high)) in enumerate(zip(rows, values, strict=True)):
        colour = colours.get(row.effect.verdict, style.muted)
        canvas.trace(
            x=[max(low, 0.01), min(high, 100)],
            y=[place, place],
            mode="lines",
            line={"color": colour, "width": style.line},
            hoverinfo="skip",
        )
        canvas.trace(
            x=[ratio],
            y=[place],
            mode="markers+text",
            text=[change(ratio)],
            textposition="top center",
            textfont={"color": colour, "size": style.size},
            marker={
                "color": colour if row.effect.compared else style.background,
                "line": {"color": colour, "width": 2},
                "size": style.size * 0.9,
            },
            hovertemplate=escaped(f"{row.title}: {change(ratio)} ({change(low)} … {change(high)})") + "<extra></extra>",
        )
    ticks = [tick for tick in TICKS if min(ends) * 0.8 <= tick <= max(ends) * 1.25]
    canvas.shapes.append(
        {"type": "line", "x0": 1, "x1": 1, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": style.ink, "width": 1}}
    )
    canvas.layout = {
        "xaxis": {
            "type": "log",
            "range": [float(np.log10(min(ends) * 0.8)), float(np.log10(max(ends) * 1.25))],
            "tickvals": ticks,
            "ticktext": [change(tick) for tick in ticks],
            "gridcolor": style.grid,
            "zeroline": False,
        },
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": [escaped(_short(row)) for row in rows],
            "range": [len(rows) - 0.4, -0.7],
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
    }
    worked = sum(row.effect.verdict == "better" for row in rows)
    title = (
        say("{worked} of {count} measures can be shown to have worked", worked=worked, count=len(rows))
        if worked
        else say("No measure can be shown to have worked yet")
    )
    subtitle = say(
        "change after the measure, 95% interval · filled: against the other branches · hollow: nothing to compare with"
    )
    source = say("As of {day}", day=str(as_of)) + (say(" · demo data") if demo else "")
    return canvas.framed(title=title, subtitle=subtitle, source=source)


def effect_csv(rows: Sequence[EffectRow]) -> pd.DataFrame:
    """Give the exact numbers, those that cannot be told as well."""
    return pd.DataFrame(
        [
            {
                "number": row.number,
                "measure": row.title,
                "starts": row.starts,
                "verdict": row.effect.verdict,
                "ratio": row.effect.ratio,
                "low": row.effect.low,
                "high": row.effect.high,
                "own_ratio": row.effect.own,
                "others_ratio": row.effect.others,
                "counted_before": row.effect.events_before,
                "counted_after": row.effect.events_after,
                "expected_after": row.effect.expected,
                "dispersion": row.effect.dispersion,
                "compared": row.effect.compared,
            }
            for row in rows
        ]
    )


def _short(row: EffectRow) -> str:
    name = row.title if len(row.title) <= LONGEST else row.title[: LONGEST - 1] + "…"
    return f"{name} {row.starts:%m-%d}"
