"""Branches as the rows of a picture: those that stand apart, then the largest; never in order of a noisy rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts.canvas import Canvas
from charts.look import escaped

MOST_ROWS, MOST_PRESENTED = 13, 10
APART = "▲"


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
    widest = max((sum(1.0 if ord(c) > 0x2E7F else 0.56 for c in label) for label in labels), default=4.0)
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
