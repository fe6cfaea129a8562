"""What each branch or cause adds to the excess over the plan's rate, with how sure that is."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.branch_findings import BranchFindings
from analytics.contributions import ROUNDING
from charts.branch_words import Name, signed
from charts.canvas import Canvas
from charts.lines import ems
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

SHOWN, PRESENTED = 12, 9  # units; the others are one row
OTHERS = "…"  # the units drawn together
AIR = 0.04  # of the width, on either side


def folded(rows: pd.DataFrame, unit: str, shown: int = SHOWN) -> pd.DataFrame:
    """Give the largest likely contributions, up or down, in the order of rows, and one row for all others (unit
    OTHERS), whose intervals are not given."""
    if len(rows) <= shown + 1:
        return rows
    size = rows["likely"].abs().round(ROUNDING)
    drawn = rows.assign(size=size).nlargest(shown, ["size", "decided"]).index
    rest = rows.drop(index=drawn)
    others = {name: rest[name].sum() for name in ("decided", "not_agreed", "on_plan", "excess", "likely")}
    return pd.concat([rows.loc[drawn.sort_values()], pd.DataFrame([{unit: OTHERS, **others}])], ignore_index=True)


def marked_branches(found: BranchFindings | None) -> set[str]:
    """Give the branches beyond chance, in this year or over all years compared."""
    if found is None:
        return set()
    families = [found.branches, *([found.this_year] if found.this_year else [])]
    return {str(branch) for family in families for branch in family.marked["branch_id"]}


def contributions_csv(rows: pd.DataFrame, unit: str, name: Name) -> pd.DataFrame:
    """Give every unit's contribution, unrounded, also those folded in the picture."""
    words = [name(str(key)) for key in rows[unit]]
    return rows.assign(cause=words) if unit == "cause" else rows.assign(branch=words)


def contributions_figure(
    rows: pd.DataFrame,
    unit: str,
    name: Name,
    marked: Collection[str],
    caption: Caption,
    language: Language,
    mode: Mode,
) -> go.Figure:
    """Draw contributions from the largest likely one down.

    rows: from `analytics.contributions.contributions`. unit: its column that says whose row it is. marked: units beyond
    chance. The dot is the excess counted, the line its exact 95% interval, the bar what size alone explains of it as
    long as units cannot be told apart. A click gives the unit as customdata[0].
    """
    style = look(mode)
    canvas = Canvas(style)
    table = folded(rows, unit, PRESENTED if mode.startswith("present") else SHOWN)
    others = len(rows) - len(table) + 1
    labels = [
        render(Message(N_("{count} others together"), {"count": others}), language)
        if key == OTHERS and others > 1
        else name(str(key))
        for key in table[unit]
    ]
    places = list(range(len(table)))
    beyond = [str(key) in marked for key in table[unit]]
    canvas.trace(
        type="bar",
        orientation="h",
        x=table["likely"],
        y=places,
        width=0.62,
        marker={"color": [style.projection_over if sure else style.corridor for sure in beyond], "line": {"width": 0}},
        customdata=[[str(key)] for key in table[unit]],
        hoverinfo="none",
        unselected={"marker": {"opacity": 1}},
    )
    for place, row in enumerate(table.itertuples()):
        if pd.notna(row.low):
            canvas.trace(
                x=[row.low, row.high],
                y=[place, place],
                mode="lines",
                line={"color": style.over if beyond[place] else style.muted, "width": style.line * 0.8},
                hoverinfo="skip",
            )
    parts = {
        "unit": "%{customdata[1]}",
        "hits": "%{customdata[2]}",
        "total": "%{customdata[3]}",
        "plan": "%{customdata[4]:.1f}",
        "excess": "%{x:+.1f}",
        "low": "%{customdata[5]:+.1f}",
        "high": "%{customdata[6]:+.1f}",
        "likely": "%{customdata[7]:+.1f}",
    }
    one = N_(
        "<b>{unit}</b><br>{hits} of {total} not agreed; {plan} at the plan's rate<br>counted {excess} (95%: "
        "{low} to "
        "{high}), likely {likely}"
    )
    together = N_(
        "<b>{unit}</b><br>{hits} of {total} not agreed; {plan} at the plan's rate<br>counted {excess}, likely {likely}"
    )
    hovers = [
        render(Message(together if pd.isna(low) else one, parts), language) + "<extra></extra>" for low in table["low"]
    ]
    canvas.trace(
        x=table["excess"],
        y=places,
        mode="markers",
        marker={
            "color": [style.over if sure else style.last_year for sure in beyond],
            "symbol": ["triangle-up" if sure else "circle" for sure in beyond],
            "size": 9 * style.size / 14,
        },
        customdata=[
            [
                str(key),
                escaped(label),
                int(row.not_agreed),
                int(row.decided),
                row.on_plan,
                row.low,
                row.high,
                row.likely,
            ]
            for key, label, row in zip(table[unit], labels, table.itertuples(), strict=True)
        ],
        hovertemplate=hovers,
        unselected={"marker": {"opacity": 1}},
    )
    for place, row in enumerate(table.itertuples()):
        canvas.note(
            x=1,
            xref="paper",
            y=place,
            xanchor="left",
            xshift=8,
            text=f"{signed(row.excess)}  ({int(row.not_agreed)}/{int(row.decided)})",
            font={"color": style.over if beyond[place] else style.muted, "size": max(int(style.size * 0.92), 12)},
        )
    canvas.shapes.append(
        {
            "type": "line",
            "x0": 0,
            "x1": 0,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": style.ink, "width": 1.2},
        }
    )
    longest = max((ems(label) for label in labels), default=4.0)
    canvas.layout |= {
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": {
            "range": _width(table),
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {
                "text": render(
                    Message(N_("customers not agreed more (+) or fewer (−) than at the plan's rate")), language
                ),
                "standoff": 6,
                "font": {"size": style.size},
            },
        },
        "yaxis": {
            "tickvals": places,
            "ticktext": [
                f"<b>▲ {escaped(label)}</b>" if sure else escaped(label)
                for label, sure in zip(labels, beyond, strict=True)
            ],
            "range": [len(table) - 0.4, -0.6],
            "showgrid": False,
            "zeroline": False,
        },
    }
    frame = canvas.frame(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )
    wide = min(longest, 20)
    frame["title"] |= {"xref": "container", "x": 0.012}
    frame["margin"] |= {"l": int(style.size * (wide + 3)), "r": int(style.size * 8), "b": int(style.size * 6.4)}
    frame["annotations"][-1] |= {"yshift": -int(style.size * 4.1), "xshift": -int(style.size * (wide + 1))}
    return canvas.figure(frame)


def _width(table: pd.DataFrame) -> list[float]:
    """Give the axis: no dot, line or bar touches the names on the left or the numbers on the right."""
    drawn = table[["excess", "low", "high", "likely"]].to_numpy(dtype=float)
    least, most = min(float(np.nanmin(drawn)), 0.0), max(float(np.nanmax(drawn)), 0.0)
    air = AIR * ((most - least) or 1.0)
    return [least - air, most + air]
