"""The funnel: every branch's rate by its size, and the limits within which chance alone keeps it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.funnel import FINE_FROM, JUDGED_FROM, Comparison, funnel_limits
from charts.branch_words import VERDICTS, Name
from charts.canvas import Canvas
from charts.look import Look, Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

INNER, OUTER = 0.95, 0.998
CURVE_POINTS = 160
WIDE = 40  # largest ÷ smallest size from which on the axis is logarithmic
LEGEND = {
    "worse": N_("▲ more than chance"),
    "better": N_("▼ fewer than chance"),
    "usual": N_("● within chance"),
    "not_judged": N_("○ too few to judge"),
}


def funnel_figure(
    compared: Comparison, name: Name, caption: Caption, language: Language, mode: Mode, *, rate: Message, size: Message
) -> go.Figure:
    """Draw a funnel of branches.

    compared: units with `branch_id`. name: gives a branch's words. rate, size: what the axes show. A click gives the
    branch's id as customdata[0]. Limits are exact binomial ones (95% and 99.8%) around the class's rate.
    """
    style = look(mode)
    canvas = Canvas(style)
    units = compared.units[compared.units["decided"] > 0]
    largest = float(units["decided"].max())
    logarithmic = largest / float(units["decided"].min()) > WIDE and largest > 400
    sizes, top = _sizes(largest, logarithmic), _top(compared, units)
    _limits(canvas, compared, sizes, top, logarithmic)
    _units(canvas, units, name, language)
    _named(canvas, units, name, logarithmic)
    borders = [size for size in (JUDGED_FROM, FINE_FROM) if size < largest * 1.1]
    for border in borders:
        _border(canvas, border)
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {
            "type": "log" if logarithmic else "linear",
            "range": [0, np.log10(largest * 1.25)] if logarithmic else [0, largest * 1.12],
            "title": {"text": render(size, language), "standoff": 6, "font": {"size": style.size}},
            "showgrid": False,
            "zeroline": False,
            "linecolor": style.muted,
            **({"dtick": 1} if logarithmic else {}),
        },
        "yaxis": {
            "range": [-0.02 * top, top],
            "tickformat": ".0%",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {"text": render(rate, language), "standoff": 8, "font": {"size": style.size}},
        },
    }
    _legend(canvas, compared, borders, language)
    figure = canvas.framed(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    figure.layout.margin.b = int(style.size * 6.4)
    figure.layout.annotations[-1].yshift = -int(style.size * 4.1)
    return figure


def funnel_csv(compared: Comparison, name: Name, language: Language) -> pd.DataFrame:
    """Give the funnel's numbers, a row a branch, unrounded: counts, rate and its exact 95% interval, what the mix of
    causes
    and channels leads one to expect, p-values, verdict, and the limits drawn at its size."""
    units = compared.units
    limits = [funnel_limits(compared.centre, units["decided"].to_numpy(), at, compared.spread) for at in (INNER, OUTER)]
    return pd.DataFrame(
        {
            "branch_id": units["branch_id"],
            "branch": [name(str(branch)) for branch in units["branch_id"]],
            "decided": units["decided"],
            "not_agreed": units["not_agreed"],
            "rate": units["rate"],
            "low_95": units["low"],
            "high_95": units["high"],
            "expected": units["expected"],
            "p": units["p"],
            "p_adjusted": units["p_adjusted"],
            "verdict": [render(Message(VERDICTS[verdict]), language) for verdict in units["verdict"]],
            **{
                f"limit_{side}_{at:.1%}".replace(".0%", "%"): limit[side].to_numpy()
                for at, limit in zip((INNER, OUTER), limits, strict=True)
                for side in ("low", "high")
            },
        }
    )


def late_csv(compared: Comparison, name: Name, language: Language) -> pd.DataFrame:
    """Give the funnel of late dispatch as `funnel_csv`: `tickets` and `late` instead of customers, median waits in
    working hours, and how many late ones are not dispatched yet."""
    table = funnel_csv(compared, name, language).rename(columns={"decided": "tickets", "not_agreed": "late"})
    return table.assign(median_hours=compared.units["median"], open_late=compared.units["open_late"])


def _sizes(largest: float, logarithmic: bool) -> np.ndarray:
    if logarithmic:
        return np.unique(np.geomspace(1, largest * 1.3, CURVE_POINTS).round())
    return np.unique(np.linspace(1, largest * 1.15, CURVE_POINTS).round())


def _top(compared: Comparison, units: pd.DataFrame) -> float:
    """Give the axis' end: every branch that can be judged is inside; a tiny one at 100% does not flatten the rest."""
    judged = units[units["decided"] >= JUDGED_FROM]["rate"]
    small = units[units["decided"] >= 8]["rate"]
    highest = max(compared.centre * 2.4, float(judged.max() or 0) if len(judged) else 0, 0.05)
    if len(small):
        highest = max(highest, min(float(small.max()), 2.2 * highest))
    return min(1.04, highest * 1.12)


def _limits(canvas: Canvas, compared: Comparison, sizes: np.ndarray, top: float, logarithmic: bool) -> None:
    style = canvas.style
    apart = np.ptp(
        [
            float(funnel_limits(compared.centre, sizes[-1:], at, compared.spread)["high"].iloc[0])
            for at in (INNER, OUTER)
        ]
    )
    for level, width in ((OUTER, 1.0), (INNER, 1.5)):
        limits = funnel_limits(compared.centre, sizes, level, compared.spread)
        canvas.between(limits, style.corridor)
        for side in ("low", "high"):
            canvas.trace(
                x=limits.index,
                y=limits[side],
                mode="lines",
                line={"color": style.threshold, "width": width, "dash": "dot" if level == OUTER else "solid"},
                hoverinfo="skip",
            )
        if level == INNER and apart < 0.05 * top:
            continue  # no room for its name
        canvas.note(
            x=np.log10(sizes[-1] * 0.9) if logarithmic else sizes[-1] * 0.965,
            y=float(limits["high"].iloc[-1]),
            text=f"{level:.1%}".replace(".0%", "%"),
            xanchor="right",
            yanchor="bottom",
            font={"color": style.threshold, "size": max(int(style.size * 0.85), 12)},
        )
    canvas.level(compared.centre, style.threshold)


def _units(canvas: Canvas, units: pd.DataFrame, name: Name, language: Language) -> None:
    style = canvas.style
    shown = {
        "not_judged": ("circle-open", style.muted, 8),
        "usual": ("circle", style.last_year, 10),
        "better": ("triangle-down", style.on_track, 15),
        "worse": ("triangle-up", style.over, 15),
    }
    kind = units["verdict"].replace({"extremes_only": "usual"})
    hover = render(
        Message(
            N_(
                "<b>{branch}</b><br>{hits} of {total} = {rate} (95%: {low}–{high})<br>expected by its causes and "
                "channels: "
                "{expected}<br>{verdict}"
            ),
            {
                "branch": "%{customdata[1]}",
                "hits": "%{customdata[2]}",
                "total": "%{x}",
                "rate": "%{y:.1%}",
                "low": "%{customdata[3]:.0%}",
                "high": "%{customdata[4]:.0%}",
                "expected": "%{customdata[5]:.1f}",
                "verdict": "%{customdata[6]}",
            },
        ),
        language,
    )
    for verdict, (symbol, colour, diameter) in shown.items():
        part = units[kind == verdict]
        if part.empty:
            continue
        canvas.trace(
            x=part["decided"],
            y=part["rate"],
            mode="markers",
            marker={
                "symbol": symbol,
                "color": colour,
                "size": diameter * style.size / 14,
                "line": {"color": colour if symbol.endswith("open") else style.background, "width": 1.2},
            },
            customdata=[
                [
                    str(row.branch_id),
                    escaped(name(str(row.branch_id))),
                    int(row.not_agreed),
                    row.low,
                    row.high,
                    row.expected,
                    render(Message(VERDICTS[row.verdict]), language),
                ]
                for row in part.itertuples()
            ],
            hovertemplate=hover + "<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )


def _named(canvas: Canvas, units: pd.DataFrame, name: Name, logarithmic: bool) -> None:
    """Write the names of the branches that stand out; of none where none does, so that nobody reads a league table."""
    style: Look = canvas.style
    for row in units[units["verdict"].isin(["worse", "better"])].head(6).itertuples():
        size = float(row.decided)
        canvas.note(
            x=np.log10(size) if logarithmic else size,
            y=row.rate,
            text=f"<b>{escaped(name(str(row.branch_id)))}</b>",
            xanchor="right" if size > 0.7 * float(units["decided"].max()) else "left",
            yanchor="bottom" if row.verdict == "worse" else "top",
            xshift=-8 if size > 0.7 * float(units["decided"].max()) else 8,
            font={"color": style.over if row.verdict == "worse" else style.on_track, "size": style.size + 1},
        )


def _border(canvas: Canvas, size: int) -> None:
    style = canvas.style
    canvas.shapes.append(
        {"type": "line", "x0": size, "x1": size, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"color": style.muted, "width": 1, "dash": "dash"}}
    )  # fmt: skip


def _legend(canvas: Canvas, compared: Comparison, borders: Sequence[int], language: Language) -> None:
    """Write what the signs and lines mean, those that are drawn, in one line above the picture."""
    style = canvas.style
    kinds = compared.units["verdict"].replace({"extremes_only": "usual"})
    words = [render(Message(text), language) for kind, text in LEGEND.items() if (kinds == kind).any()]
    lines = [Message(N_("line: expected, {rate:.1%}"), {"rate": compared.centre})]
    if borders:
        sizes = " / ".join(str(size) for size in borders)
        lines.append(Message(N_("dashed: {sizes} customers"), {"sizes": sizes}))
    words += [render(line, language) for line in lines]
    canvas.note(
        text=escaped("   ".join(words)),
        x=1,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        font={"color": style.muted, "size": max(int(style.size * 0.9), 12)},
    )
