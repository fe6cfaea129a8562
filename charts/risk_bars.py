"""The open tickets most likely to end not agreed, beside their class's rate; and whether such chances come true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.risk.model import Trial
from charts.canvas import Canvas
from charts.cause_rows import framed, key_line, row_axes
from charts.lines import ems
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

ROWS, PRESENTED = 10, 8
REASON, PRESENTED_REASON = 30, 22  # ems of the reasons beside a bar


def risk_rows(risks: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Give the risks for people: reasons as one text, chances as 0–1; the rows of the picture and its CSV."""
    separator = render(Message(N_("; ")), language)
    return risks.assign(
        reasons=[separator.join(render(reason, language) for reason in told) for told in risks["reasons"]]
    )


def risk_figure(rows: pd.DataFrame, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw a bar a ticket; rows: of `risk_rows`, riskiest first. The bars carry the ticket's number as customdata."""
    style = look(mode)
    canvas = Canvas(style)
    top = rows.head(PRESENTED if mode.startswith("present") else ROWS)
    places = list(range(len(top)))
    widest = max(float(top["risk"].max()) if len(top) else 0.2, 0.2)
    high = [risk >= 1.5 * rate for risk, rate in zip(top["risk"], top["class_rate"], strict=True)]
    told = [_told(row, language) for row in top.itertuples()]
    canvas.trace(
        type="bar",
        orientation="h",
        x=top["risk"],
        y=places,
        marker={"color": [style.over if one else style.threshold for one in high]},
        customdata=top["ticket_id"],
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    canvas.trace(
        x=top["class_rate"],
        y=places,
        mode="markers",
        marker={"symbol": "line-ns", "size": style.size * 1.3, "line": {"width": 3, "color": style.ink}},
        customdata=top["ticket_id"],  # a click near the mark means the ticket too
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    for place, row in zip(places, top.itertuples(), strict=True):
        reasons = _cut(row.reasons, PRESENTED_REASON if mode.startswith("present") else REASON)
        canvas.note(
            x=max(row.risk, row.class_rate),
            y=place,
            text=f"<b>{row.risk:.0%}</b>  {escaped(reasons)}",
            xanchor="left",
            xshift=10,
            font={"size": max(int(style.size * 0.92), 12)},
        )
    key = render(Message(N_("bar: chance of ending not agreed · upright line: rate of its class")), language)
    key_line(canvas, f"<span style='color:{style.muted}'>{escaped(key)}</span>")
    labels = [
        f"{escaped(_cut(row.ticket_id, 18))}  {escaped(_cut(row.complaint_class, 9))}" for row in top.itertuples()
    ]
    axes = row_axes(canvas, labels, high, render(Message(N_("chance of ending not agreed")), language))
    margin = axes.pop("row_margin")
    axes["xaxis"] |= {"range": [0, min(widest * 2.6, 1.8)], "tickvals": list(np.arange(0, widest + 0.1, 0.1))}
    canvas.layout |= {"bargap": 0.35, **axes}
    return framed(canvas, caption, language, mode, left=margin, rows=len(top))


def _told(row: Any, language: Language) -> str:
    """Say a ticket's chance, its class's rate and the reasons, a line each."""
    chance = Message(
        N_("{ticket}: {risk:.0%} likely to end not agreed, its class {rate:.0%}"),
        {"ticket": row.ticket_id, "risk": row.risk, "rate": row.class_rate},
    )
    reasons = [part for part in row.reasons.split(render(Message(N_("; ")), language)) if part]
    return "<br>".join(escaped(line) for line in (render(chance, language), *reasons))


def _cut(text: object, width: float) -> str:
    """Cut a text to a width in ems."""
    kept, wide = "", 0.0
    for character in str(text):
        wide += ems(character)
        if wide > width:
            return kept.rstrip() + "…"
        kept += character
    return kept


def reliability_figure(trial: Trial, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw said against happened, a point for each tenth of the tickets tested."""
    style = look(mode)
    canvas = Canvas(style)
    said = [one[0] for one in trial.bins]
    happened = [one[1] for one in trial.bins]
    error = [1.96 * float(np.sqrt(max(one[0] * (1 - one[0]), 0.01) / one[2])) for one in trial.bins]
    end = max(*said, *happened, 0.2) * 1.15
    canvas.trace(
        x=[0, end], y=[0, end], mode="lines", line={"color": style.muted, "width": 1.5, "dash": "dot"}, hoverinfo="skip"
    )
    canvas.trace(
        x=said,
        y=happened,
        mode="markers",
        marker={"size": style.size * 0.85, "color": style.threshold},
        error_y={"type": "data", "array": error, "color": style.muted, "thickness": 1.2, "width": 3},
        hovertext=[
            render(
                Message(
                    N_("Of {tickets} tickets said to be {said:.0%} likely to end not agreed, {happened:.0%} did"),
                    {"tickets": tickets, "said": chance, "happened": share},
                ),
                language,
            )
            for chance, share, tickets in trial.bins
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    axis = {"range": [0, end], "tickformat": ".0%", "gridcolor": style.grid, "zeroline": False}
    canvas.layout |= {
        "xaxis": axis | {"title": {"text": render(Message(N_("chance said")), language), "font": {"size": style.size}}},
        "yaxis": axis
        | {
            "title": {
                "text": render(Message(N_("share that ended not agreed")), language),
                "font": {"size": style.size},
            }
        },
    }
    return framed(canvas, caption, language, mode, left=int(style.size * 5))
