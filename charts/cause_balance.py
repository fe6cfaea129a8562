"""Complaining customers against loan balances, with the fitted curve and where single branches lie."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analytics.loan_balance import BalanceRelation
from charts.canvas import Canvas
from charts.cause_rows import framed, key_line
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

HUNDRED_MILLION = 1e8  # 亿元, the unit of the axis
NAMED = 3  # largest branches named besides those off the curve


def balance_table(result: BalanceRelation, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the picture's numbers: a row a branch, largest balance first: branch_id, branch_name, balance (yuan),
    customers, fitted, expected (from the others' curve), ratio, p, adjusted, apart."""
    table = result.branches.sort_values(["balance", "branch_id"], ascending=[False, True], ignore_index=True)
    table.insert(1, "branch_name", table["branch_id"].map(lambda branch: names.get(str(branch), str(branch))))
    sizes = [name for name in ("per_outlets", "per_customers", "per_balance") if name in table]
    columns = ["branch_id", "branch_name", "balance", "customers", "fitted", "expected", "ratio", "p", "adjusted"]
    return table[[*columns, "apart", *sizes]]


def balance_figure(
    result: BalanceRelation,
    table: pd.DataFrame,
    caption: Caption,
    language: Language,
    mode: Mode,
    focus: str | None = None,
) -> go.Figure:
    """Draw the branches on logarithmic axes; table: from `balance_table`. The dots carry the branch's id.

    A branch without a customer stands at half a customer, and its hover says 0.
    """
    style = look(mode)
    canvas = Canvas(style)
    curve = result.curve
    x = curve["balance"] / HUNDRED_MILLION
    for low, high, colour in (("branch_low", "branch_high", style.band), ("low", "high", style.corridor)):
        canvas.trace(
            x=[*x, *x[::-1]],
            y=[*curve[high], *curve[low].clip(lower=0.5)[::-1]],
            mode="lines",
            fill="toself",
            fillcolor=colour,
            line={"width": 0, "color": colour},
            hoverinfo="skip",
        )
    if len(curve):
        canvas.trace(
            x=x, y=curve["fitted"], mode="lines", line={"color": style.threshold, "width": style.line}, hoverinfo="skip"
        )
        words = N_("— fitted   blue band: 95% for the curve   grey band: where 95% of branches lie")
        key_line(canvas, render(Message(words), language))
    apart = table["apart"].astype(bool)
    chosen = table["branch_id"].eq(focus)
    canvas.trace(
        x=table["balance"] / HUNDRED_MILLION,
        y=table["customers"].clip(lower=0.5),
        mode="markers",
        marker={
            "color": [style.over if mark else style.ink for mark in apart],
            "symbol": ["diamond" if mark else "circle" for mark in apart],
            "size": [style.size * (1.1 if mark or own else 0.75) for mark, own in zip(apart, chosen, strict=True)],
            "line": {"color": style.threshold, "width": [3 if own else 0 for own in chosen]},
        },
        customdata=table[["branch_id", "branch_name", "customers", "expected"]].to_numpy(),
        hovertemplate=render(
            Message(
                N_("{branch}<br>{customers} complaining customers, {expected} by its balance"),
                {"branch": "%{customdata[1]}", "customers": "%{customdata[2]}", "expected": "%{customdata[3]:.1f}"},
            ),
            language,
        )
        + "<extra></extra>",
    )
    named = table[apart | chosen | (table.index < NAMED)]
    for row in named.itertuples():
        canvas.note(
            x=math.log10(row.balance / HUNDRED_MILLION),
            y=math.log10(max(row.customers, 0.5)),
            text=f"{'▲ ' if row.apart else ''}{escaped(row.branch_name)}",
            xanchor="right" if row.customers >= row.expected else "left",
            yanchor="bottom" if row.customers >= row.expected else "top",
            xshift=-4 if row.customers >= row.expected else 4,
            font={"color": style.over if row.apart else style.muted, "size": max(style.size - 1, 12)},
        )
    log = {"type": "log", "gridcolor": style.grid, "zeroline": False, "dtick": "D2", "tickformat": ",~r"}
    canvas.layout |= {
        "xaxis": {
            **log,
            "title": {
                "text": render(Message(N_("loan balance, 100 million yuan")), language),
                "standoff": 6,
                "font": {"size": style.size},
            },
        },
        "yaxis": {
            **log,
            "title": {
                "text": render(Message(N_("complaining customers")), language),
                "standoff": 8,
                "font": {"size": style.size},
            },
        },
    }
    return framed(canvas, caption, language, mode, left=int(style.size * 4.4), rows=13)
