"""Branches by causes: where customers end not agreed, and where there are too few to say."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.funnel import JUDGED_FROM, Comparison
from charts.branch_words import VERDICTS, Name, given
from charts.canvas import Canvas
from charts.lines import ems
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

BRANCHES, CAUSES = 14, 9  # shown; the CSV has every one
NARROW, WIDE = 6, 9  # characters of a cause before it is broken, with many causes and with few
MANY = 7  # causes
RATE_TOP = 0.5  # rate that gets the full colour


def shown_axes(cells: Comparison) -> tuple[list[str], list[str]]:
    """Give the branches and causes shown: those with most customers, and all with a marked cell."""
    units = cells.units
    marked = cells.marked

    def largest(column: str, most: int) -> list[str]:
        order = list(units.groupby(column)["decided"].sum().sort_values(ascending=False, kind="stable").index)
        kept = [key for key in order if key in set(marked[column])][:most]
        rest = [key for key in order if key not in kept][: most - len(kept)]
        return [key for key in order if key in {*kept, *rest}]

    return largest("branch_id", BRANCHES), largest("cause", CAUSES)


def heat_map_figure(cells: Comparison, name: Name, caption: Caption, language: Language, mode: Mode) -> go.Figure:
    """Draw the rate not agreed of every branch and cause.

    cells: units with `branch_id` and `cause`. Colour: the rate, where at least JUDGED_FROM customers stand behind
    it; grey
    elsewhere, with the counts to read. A click gives branch id and cause as customdata[0:2].
    """
    style = look(mode)
    canvas = Canvas(style)
    branches, causes = shown_axes(cells)
    units = cells.units[cells.units["branch_id"].isin(branches) & cells.units["cause"].isin(causes)]
    rows, columns = {key: i for i, key in enumerate(branches)}, {key: i for i, key in enumerate(causes)}
    colour = np.full((len(rows), len(columns)), np.nan)
    grey = np.full((len(rows), len(columns)), np.nan)
    for row in units.itertuples():
        target = colour if row.decided >= JUDGED_FROM else grey
        target[rows[row.branch_id], columns[row.cause]] = min(row.rate, RATE_TOP) if row.decided >= JUDGED_FROM else 0
    size = max(int(style.size * 0.92), 12)
    common = {"type": "heatmap", "x": list(range(len(columns))), "y": list(range(len(rows))), "xgap": 3, "ygap": 3}
    common |= {"showscale": False, "hoverinfo": "skip"}
    canvas.trace(**common, z=_lists(grey), colorscale=[[0, style.band], [1, style.band]], zmin=0, zmax=1)
    canvas.trace(
        **common,
        z=_lists(colour),
        colorscale=[[0, style.corridor], [1, style.over]],
        zmin=0,
        zmax=RATE_TOP,
        opacity=0.75,
    )
    _texts(canvas, units, rows, columns, name, language, size)
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {
            "tickvals": list(range(len(columns))),
            "ticktext": [
                "<br>".join(escaped(line) for line in _broken(render(given(cause), language), len(causes)))
                for cause in causes
            ],
            "side": "top",
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "range": [-0.5, len(columns) - 0.5],
            "tickfont": {"size": size},
            "tickangle": 0,
        },
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": [escaped(name(branch)) + "  " for branch in branches],
            "ticks": "",
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": size},
        },
    }
    frame = canvas.frame(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    longest = max((ems(name(branch)) for branch in branches), default=4.0)
    lines = max(len(_broken(cause, len(causes))) for cause in causes) if causes else 1
    wide = min(longest, 18)
    top, bottom = frame["margin"]["t"] + int(size * (1.3 * lines + 1.2)), int(style.size * 2.6)
    frame["title"] |= {"xref": "container", "x": 0.012}
    frame["margin"] |= {"l": int(size * (wide + 1.5)), "t": top, "b": bottom}
    frame["annotations"][-1] |= {"yshift": -int(style.size * 0.5), "xshift": -int(size * (wide + 0.5))}
    if mode != "print":
        frame["height"] = top + bottom + (44 if mode in ("present", "present_dark") else 30) * len(rows)
    return canvas.figure(frame)


def heat_map_csv(cells: Comparison, name: Name, language: Language) -> pd.DataFrame:
    """Give every branch and cause with decided customers, also those not drawn: counts, rate, interval, verdict."""
    units = cells.units
    return pd.DataFrame(
        {
            "branch_id": units["branch_id"],
            "branch": [name(str(branch)) for branch in units["branch_id"]],
            "cause": [render(given(str(cause)), language) for cause in units["cause"]],
            "decided": units["decided"],
            "not_agreed": units["not_agreed"],
            "rate": units["rate"],
            "low_95": units["low"],
            "high_95": units["high"],
            "expected": units["expected"],
            "p_adjusted": units["p_adjusted"],
            "verdict": [render(Message(VERDICTS[verdict]), language) for verdict in units["verdict"]],
        }
    )


def _texts(
    canvas: Canvas,
    units: pd.DataFrame,
    rows: dict[str, int],
    columns: dict[str, int],
    name: Name,
    language: Language,
    size: int,
) -> None:
    """Write the counts into the cells, and make every cell something to click on."""
    style = canvas.style
    marks = {"worse": " ▲", "better": " ▼"}
    hover = render(
        Message(
            N_(
                "<b>{branch} · {cause}</b><br>{hits} of {total} not agreed = {rate} ({low}–{high}), {expected} "
                "expected<br>{verdict}"
            ),
            {
                "branch": "%{customdata[2]}",
                "cause": "%{customdata[3]}",
                "hits": "%{customdata[4]}",
                "total": "%{customdata[5]}",
                "rate": "%{customdata[6]:.0%}",
                "low": "%{customdata[7]:.0%}",
                "high": "%{customdata[8]:.0%}",
                "expected": "%{customdata[9]:.1f}",
                "verdict": "%{customdata[10]}",
            },
        ),
        language,
    )
    canvas.trace(
        x=[columns[cause] for cause in units["cause"]],
        y=[rows[branch] for branch in units["branch_id"]],
        mode="markers+text",
        text=[
            f"<b>{row.not_agreed}/{row.decided}{marks[row.verdict]}</b>"
            if row.verdict in marks
            else f"{row.not_agreed}/{row.decided}"
            for row in units.itertuples()
        ],
        textfont={
            "size": size,
            "color": [style.ink if row.decided >= JUDGED_FROM else style.muted for row in units.itertuples()],
        },
        marker={"symbol": "square", "size": 26 * style.size / 14, "color": "rgba(0,0,0,0)"},
        customdata=[
            [
                str(row.branch_id),
                str(row.cause),
                escaped(name(str(row.branch_id))),
                escaped(render(given(str(row.cause)), language)),
                int(row.not_agreed),
                int(row.decided),
                row.rate,
                row.low,
                row.high,
                row.expected,
                render(Message(VERDICTS[row.verdict]), language),
            ]
            for row in units.itertuples()
        ],
        hovertemplate=hover + "<extra></extra>",
        unselected={"marker": {"opacity": 1}, "textfont": {"color": style.ink}},
    )


def _parts(word: str, width: int) -> list[str]:
    """Cut a word that is longer than a line, after its commas and strokes if it has any."""
    if len(word.rstrip(",;/")) <= width:
        return [word]
    if len(pieces := re.findall(r"[^,;/]+[,;/]*", word)) > 1:
        return [part for piece in pieces for part in _parts(piece, width)]
    return [word[i : i + width] for i in range(0, len(word), width)]


def _lists(values: np.ndarray) -> list[list[float | None]]:
    return [[None if np.isnan(value) else float(value) for value in row] for row in values]


def _broken(text: str, columns: int) -> list[str]:
    """Break a cause's name into at most three lines of a column's width."""
    width = NARROW if columns >= MANY else WIDE
    width = width if any(ord(c) > 0x2E7F for c in text) else 2 * width
    if " " not in text:
        wanted = -(-len(text) // width)
        lines = _parts(text, -(-len(text) // wanted)) if wanted else [text]
        return lines if len(lines) <= 3 else [*lines[:2], lines[2][: width - 1] + "…"]
    lines = [""]
    for word in [part for long in text.split(" ") for part in _parts(long, width)]:
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + "…"]
