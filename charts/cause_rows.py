"""Branches as the rows of a picture: those that stand apart, then the largest; never in order of a noisy rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.lines import ems
from charts.look import Mode, escaped
from charts.threshold import Caption
from texts import Language, render

MOST_ROWS, MOST_PRESENTED = 13, 10
APART = "▲"
ROW_HEIGHT = 1.9  # of the type's size


def chosen_rows(table: pd.DataFrame, size: str, most: int, focus: str | None = None) -> pd.DataFrame:
    """Choose the rows to draw: all that stand apart and the focus, then the largest by `size`; largest first.

    table: branch_id, apart (bool) and the column `size`.
    """
    first = table["apart"].astype(bool) | table["branch_id"].eq(focus)
    ranked = table.assign(first=first).sort_values(["first", size], ascending=False, kind="stable").head(most)
    return ranked.sort_values(["apart", size], ascending=False, kind="stable", ignore_index=True)


def row_names(rows: pd.DataFrame, names: Mapping[str, str], size: str) -> list[str]:
    """Give the rows' labels: a mark where the branch stands apart, its name, its number of cases."""
    return [
        f"{APART + ' ' if row['apart'] else ''}{escaped(names.get(str(row['branch_id']), str(row['branch_id'])))}"
        f"  {int(row[size])}"
        for _, row in rows.iterrows()
    ]


def row_axes(canvas: Canvas, labels: Sequence[str], apart: Sequence[bool], title: str) -> dict[str, Any]:
    """Give the axes of shares (0–100%) by row, the first row on top, names of those apart in the colour of `over`."""
    style = canvas.style
    text = [
        f"<b><span style='color:{style.over}'>{label}</span></b>" if marked else label
        for label, marked in zip(labels, apart, strict=True)
    ]
    widest = max((ems(label) for label in labels), default=4.0)
    size = style.size if len(labels) <= 14 else max(style.size - 2, 11)
    return {
        "xaxis": {
            "range": [0, 1.0],
            "tickformat": ".0%",
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {"text": title, "standoff": 6, "font": {"size": style.size}},
        },
        "yaxis": {
            "range": [len(labels) - 0.5, -0.5],
            "tickvals": list(range(len(labels))),
            "ticktext": text,
            "tickfont": {"size": size},
            "showgrid": False,
            "zeroline": False,
        },
        "row_margin": int(size * (widest + 1.2)),
    }


def key_line(canvas: Canvas, text: str) -> None:
    """Write the key of the marks above the picture; `text` is in Plotly's small HTML."""
    canvas.note(
        text=text,
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=4,
        font={"size": canvas.style.size},
    )


def framed(
    canvas: Canvas, caption: Caption, language: Language, mode: Mode, *, left: int, rows: int | None = None
) -> go.Figure:
    """Frame a picture with names or numbers `left` px wide beside it, a key above and an axis title below.

    rows: rows of names; on the screen the picture is then as tall as they need.
    """
    style = canvas.style
    frame = canvas.frame(
        title=render(caption.finding, language).rstrip(".。"),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    title = frame["title"]
    subtitle, lines = (1 + text.count("<br>") for text in (title["subtitle"]["text"], title["text"]))
    top = int(style.size * (3.6 + 1.4 * subtitle) + lines * style.title_size * 1.35)
    bottom = int(frame["margin"]["b"] + style.size * 1.7)
    title.update(
        xref="container",
        x=0.008,
        yref="container",
        y=1,
        yanchor="top",
        pad={"t": title["pad"]["t"] + style.size - int(style.title_size * 0.5)},
    )
    frame["margin"] |= {"l": left, "t": top, "b": bottom}
    frame["annotations"][-1] |= {"yshift": -int(style.size * 4.0), "xshift": 8 - left}
    if rows is not None and mode in ("light", "dark"):
        frame["height"] = top + bottom + int(max(rows, 4) * style.size * ROW_HEIGHT)
    return canvas.figure(frame)
