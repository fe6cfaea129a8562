"""A picture while it is drawn: plain dicts, made a figure once at the end (step by step costs fifty times that)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.lines import broken, ems, wrapped
from charts.look import FONT, Look, escaped

LEFT = 4.2  # ems of the margin left of a picture
NO_TEMPLATE = {"data": {"scatter": [{"type": "scatter"}]}}  # Plotly's "none": every colour is our own


@dataclass
class Canvas:
    """Traces, shapes and notes of one picture, in drawing order; `framed` makes the figure."""

    style: Look
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def trace(self, **scatter: Any) -> None:
        """Add a scatter trace, with Plotly's own attributes; days and numbers as short as a picture needs."""
        self.traces.append({"type": "scatter", **scatter, "x": _short(scatter["x"]), "y": _short(scatter["y"])})

    def between(self, band: pd.DataFrame, colour: str) -> None:
        """Fill between `low` and `high` of a DataFrame by day."""
        self.trace(
            x=band.index.append(band.index[::-1]),
            y=pd.concat([band["high"], band["low"][::-1]]),
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line={"width": 0, "color": colour},
            hoverinfo="skip",
        )

    def note(self, **annotation: Any) -> None:
        """Write a word into the picture, with Plotly's own annotation attributes."""
        self.notes.append({"showarrow": False, **annotation})

    def days(self, first: pd.Timestamp, end: pd.Timestamp, colour: str) -> None:
        """Shade the days from first to end."""
        self.shapes.append(
            {"type": "rect", "x0": first, "x1": end, "y0": 0, "y1": 1, "yref": "paper", "fillcolor": colour,
             "line": {"width": 0}, "layer": "below"}
        )  # fmt: skip

    def level(self, y: float, colour: str) -> None:
        """Draw a level line through the whole picture."""
        line = {"color": colour, "width": 1.2}
        self.shapes.append({"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": y, "y1": y, "line": line})

    def day(self, day: pd.Timestamp, colour: str) -> None:
        """Draw a dotted upright line at a day."""
        line = {"color": colour, "width": 1, "dash": "dot"}
        self.shapes.append({"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "line": line})

    def framed(self, *, title: str, subtitle: str, source: str, left: float = LEFT) -> go.Figure:
        """Give the figure in the house's frame, as `frame` says."""
        return self.figure(self.frame(title=title, subtitle=subtitle, source=source, left=left))

    def figure(self, frame: dict[str, Any]) -> go.Figure:
        """Make the figure, once; a figure's own `update` takes longer than all of the drawing."""
        # Unchecked: Plotly's check of a picture takes longer than drawing it. The tests check every kind of picture.
        return go.Figure({"data": self.traces, "layout": {**self.layout, **frame}}, _validate=False)

    def frame(self, *, title: str, subtitle: str, source: str, left: float = LEFT) -> dict[str, Any]:
        """Give the house's frame, to be adjusted: the finding as title, its figures below it, the source at the foot
        (the last of its `annotations`). left: ems of the margin left of the picture.

        Texts are shown as they are: characters with a meaning in HTML are escaped here.
        """
        style = self.style
        beside = max(self._beside(), left - LEFT)
        width = style.title_width - beside * style.size / style.title_size
        head = [escaped(line) for line in broken(title, width)] or [""]
        lines = [escaped(line) for line in wrapped(subtitle, style.line_width - beside)]
        self.note(
            text=escaped(source),
            x=0,
            y=0,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            yshift=-int(style.size * 2.3),
            align="left",
            font={"size": max(int(style.size * 0.82), 12), "color": style.muted},
        )
        return {
            "template": NO_TEMPLATE,
            "paper_bgcolor": style.background,
            "plot_bgcolor": style.background,
            "font": {"family": FONT, "size": style.size, "color": style.ink},
            "title": {
                "text": f"<b>{'<br>'.join(head)}</b>",
                "subtitle": {"text": "<br>".join(lines), "font": {"size": style.size, "color": style.muted}},
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1,
                "yref": "container",
                "yanchor": "top",
                # a title of several lines is set higher by Plotly, however many they are
                "pad": {"t": int(style.title_size * (0.5 if len(head) == 1 else 1.4))},
                "font": {"size": style.title_size, "color": style.ink},
            },
            "margin": {
                "l": int(style.size * left),
                "r": int(style.size * 2.2),
                "t": int(style.title_size * (0.75 + 1.35 * len(head)) + style.size * (2.0 + 1.35 * len(lines))),
                "b": int(style.size * 4.6),
            },
            "showlegend": False,
            "hoverlabel": {"font": {"family": FONT, "size": style.size}, "align": "left"},
            "shapes": self.shapes,
            "annotations": self.notes,
        }

    def _beside(self) -> float:
        """Give the ems that names beside the picture take from the lines above it, which begin where it begins."""
        axis = self.layout.get("yaxis", {})
        names = axis.get("ticktext", ()) if axis.get("automargin") else ()
        return max([0.0, *(ems(name) + 1 - LEFT for name in names)])


def _short(values: Any) -> list[Any]:
    """Give days as YYYY-MM-DD and numbers with four decimals: a tenth of the way to the browser, the same picture."""
    if isinstance(values, pd.DatetimeIndex):
        return [str(day) for day in np.datetime_as_string(values.to_numpy(), unit="D")]
    if isinstance(values, pd.Series | np.ndarray):
        return [None if pd.isna(value) else value for value in np.round(np.asarray(values, dtype=float), 4).tolist()]
    return list(values)
