"""How branches decide the same requests: what each grants, and what the same mix gets elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.approval_standards import ApprovalStandards
from charts.canvas import Canvas
from charts.cause_rows import MOST_PRESENTED, MOST_ROWS, chosen_rows, framed, key_line, row_axes, row_names
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render


def approvals_table(result: ApprovalStandards, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the picture's numbers: a row a branch, most requests first: branch_id, branch_name and the columns of
    ApprovalStandards.branches."""
    table = result.branches.sort_values(["requested", "branch_id"], ascending=[False, True], ignore_index=True)
    table.insert(1, "branch_name", table["branch_id"].map(lambda branch: names.get(str(branch), str(branch))))
    return table


def approvals_figure(
    table: pd.DataFrame, caption: Caption, language: Language, mode: Mode, focus: str | None = None
) -> go.Figure:
    """Draw a row a branch: the share granted with its interval, and a tick at what the same mix gets elsewhere.

    table: from `approvals_table`. The dots carry the branch's id as customdata.
    """
    style = look(mode)
    canvas = Canvas(style)
    most = MOST_PRESENTED if mode.startswith("present") else MOST_ROWS + 1
    rows = chosen_rows(table[table["requested"] > 0], "requested", most, focus)
    places = list(range(len(rows)))
    labels = row_names(rows, dict(zip(rows["branch_id"], rows["branch_name"], strict=True)), "requested")
    apart = rows["apart"].astype(bool)
    tick = render(Message(N_("others, same mix of requests")), language)
    canvas.trace(
        x=rows["others"],
        y=places,
        mode="markers",
        name=tick,
        marker={"symbol": "line-ns", "size": style.size * 1.5, "line": {"color": style.threshold, "width": style.line}},
        customdata=[[branch] for branch in rows["branch_id"]],
        hovertemplate=f"{tick} %{{x:.0%}}<extra></extra>",
    )
    canvas.trace(
        x=rows["rate"],
        y=places,
        mode="markers",
        marker={
            "color": [style.over if marked else style.ink for marked in apart],
            "size": style.size * 0.85,
            "symbol": ["diamond" if marked else "circle" for marked in apart],
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows["high"] - rows["rate"],
            "arrayminus": rows["rate"] - rows["low"],
            "color": style.muted,
            "thickness": 1.4,
            "width": 0,
        },
        customdata=[[branch] for branch in rows["branch_id"]],
        text=[_told(row, language) for row in rows.itertuples()],
        hovertemplate="%{text}<extra></extra>",
    )
    key = render(
        Message(N_("● granted, with 95% interval   ◆ stands apart   │ what others grant of the same mix")), language
    )
    key_line(canvas, key)
    title = render(Message(N_("share of requests granted (behind the name: requests)")), language)
    axes = row_axes(canvas, labels, list(apart), title)
    margin = axes.pop("row_margin")
    canvas.layout |= axes
    return framed(canvas, caption, language, mode, left=margin, rows=len(labels))


def _told(row: Any, language: Language) -> str:
    """Say what a branch granted."""
    granted = Message(
        N_("{branch}: {granted} of {requested} granted = {rate:.0%}"),
        {
            "branch": row.branch_name,
            "granted": int(row.granted),
            "requested": int(row.requested),
            "rate": row.rate,
        },
    )
    return escaped(render(granted, language))
