"""Who answers what: the positions of the branches' replies to one question."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.canvas import Canvas
from charts.cause_rows import MOST_PRESENTED, MOST_ROWS, chosen_rows, framed, key_line, row_axes, row_names
from charts.cause_words import shortened
from charts.look import Mode, escaped, look
from charts.threshold import Caption
from texts import N_, Language, Message, render

# Okabe and Ito's palette for colour-blind eyes; the counts in the bars and the key carry the same in words.
POSITION_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
DARK_TEXT = {"#e69f00", "#56b4e9", "#cc79a7"}
OTHERS = ""


def position_mark(position: str, *, others: bool = False) -> str:
    """Give what a click on a position puts into the address; others: in the bar of the branches drawn together."""
    return escaped(f"{'others' if others else 'position'}|{position}")


def positions_table(counts: pd.DataFrame, apart: pd.DataFrame, question: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the picture's numbers: a row a branch and position of one question.

    counts: branch_id, question_key, position, replies. apart: the branches that stand apart (branch_id, question_key).
    Columns: branch_id, branch_name, position, replies, of (the branch's replies), share, apart.
    """
    own = counts[counts["question_key"] == question].groupby(["branch_id", "position"], as_index=False)["replies"].sum()
    of = own.groupby("branch_id")["replies"].transform("sum")
    marked = set(apart.loc[apart["question_key"] == question, "branch_id"])
    table = own.assign(
        branch_name=own["branch_id"].map(lambda branch: names.get(str(branch), str(branch))),
        of=of,
        share=own["replies"] / of,
        apart=own["branch_id"].isin(marked),
    )
    table = table.sort_values(["of", "branch_id", "replies"], ascending=[False, True, False], ignore_index=True)
    return table[["branch_id", "branch_name", "position", "replies", "of", "share", "apart"]]


def drawn_alone(table: pd.DataFrame, mode: Mode, focus: str | None = None) -> pd.DataFrame:
    """Give the branches that have a bar of their own, a row each; the others are one bar together."""
    most = MOST_PRESENTED if mode.startswith("present") else MOST_ROWS
    return chosen_rows(table.drop_duplicates("branch_id"), "of", most, focus)


def replies_figure(
    table: pd.DataFrame, caption: Caption, language: Language, mode: Mode, focus: str | None = None
) -> go.Figure:
    """Draw one bar a branch, divided by position; table: from `positions_table`.

    Branches that do not fit are one bar together. customdata: the branch's id (OTHERS) and `position_mark`.
    """
    style = look(mode)
    canvas = Canvas(style)
    rows = drawn_alone(table, mode, focus)
    rest = table[~table["branch_id"].isin(rows["branch_id"])]
    labels = row_names(rows, dict(zip(rows["branch_id"], rows["branch_name"], strict=True)), "of")
    if not rest.empty:
        together = Message(
            N_("{count} other branches  {replies}"),
            {"count": rest["branch_id"].nunique(), "replies": int(rest["replies"].sum())},
        )
        labels.append(render(together, language))
    positions = table.groupby("position")["replies"].sum().sort_values(ascending=False, kind="stable").index
    said = table.pivot_table(index="branch_id", columns="position", values="replies", aggfunc="sum", fill_value=0)
    for number, position in enumerate(positions):
        counts = [int(said.at[branch, position]) for branch in rows["branch_id"]]
        totals = [int(of) for of in rows["of"]]
        if not rest.empty:
            counts.append(int(rest.loc[rest["position"] == position, "replies"].sum()))
            totals.append(int(rest["replies"].sum()))
        colour = POSITION_COLOURS[number % len(POSITION_COLOURS)]
        canvas.trace(
            type="bar",
            orientation="h",
            x=[count / total for count, total in zip(counts, totals, strict=True)],
            y=list(range(len(counts))),
            name=escaped(str(position)),
            text=[str(count) if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": "#1c2733" if colour in DARK_TEXT else "#ffffff", "size": style.size},
            marker={"color": colour, "line": {"color": style.background, "width": 1}},
            customdata=[
                *([branch, position_mark(str(position))] for branch in rows["branch_id"]),
                *([[OTHERS, position_mark(str(position), others=True)]] if not rest.empty else []),
            ],
            hovertemplate=f"{escaped(str(position))}: %{{text}} (%{{x:.0%}})<extra></extra>",
        )
    key = "   ".join(
        f"<span style='color:{POSITION_COLOURS[number % len(POSITION_COLOURS)]}'>■</span> "
        f"{escaped(shortened(position))}"
        for number, position in enumerate(positions[: len(POSITION_COLOURS)])
    )
    key_line(canvas, key)
    title = render(Message(N_("share of the branch's replies (numbers: replies)")), language)
    axes = row_axes(canvas, labels, [*rows["apart"], *([False] if not rest.empty else [])], title)
    margin = axes.pop("row_margin")
    canvas.layout |= {"barmode": "stack", "bargap": 0.14 if mode.startswith("present") else 0.24, **axes}
    return framed(canvas, caption, language, mode, left=margin, rows=len(labels))
