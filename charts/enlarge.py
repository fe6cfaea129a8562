"""A figure drawn larger: type, lines, marks and margins by one factor, so that it reads the same on a larger screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

# What is measured in pixels, by the attribute it stands in; None: wherever it stands.
IN_PIXELS: dict[str, frozenset[str] | None] = {
    "size": frozenset({"font", "marker", "tickfont", "textfont", "title_font"}),
    "width": frozenset({"line"}),
    "l": frozenset({"margin"}),
    "r": frozenset({"margin"}),
    "t": frozenset({"margin", "pad"}),
    "b": frozenset({"margin", "pad"}),
    "xshift": None,
    "yshift": None,
    "standoff": None,
    "ticklen": None,
}


def enlarged(figure: go.Figure, factor: float) -> go.Figure:
    """Give the figure with everything that is measured in pixels times a factor; the figure itself stays.

    Its height is left out: who draws larger has a place of its own to fill.
    """
    if abs(factor - 1) < 0.02:
        return figure
    drawn = _scaled(figure.to_dict(), "", factor)
    drawn["layout"].pop("height", None)
    return go.Figure(drawn, _validate=False)


def _scaled(value: Any, within: str, factor: float) -> Any:
    if isinstance(value, dict):
        return {
            name: _times(inner, factor)
            if name in IN_PIXELS and ((places := IN_PIXELS[name]) is None or within in places)
            else _scaled(inner, name, factor)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_scaled(inner, within, factor) for inner in value]
    return value


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, np.ndarray):
        return value * factor if np.issubdtype(value.dtype, np.number) else value
    if isinstance(value, list | tuple):
        return [_times(inner, factor) for inner in value]
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else value
