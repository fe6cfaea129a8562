"""How long each open case has been open, against the day by which it has to be closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.case_stage import CaseState
from charts.canvas import Canvas
from charts.case_words import STAGE_WORDS, URGENCY_LEVELS, urgency_word
from charts.lines import ems
from charts.look import Mode, escaped, look
from texts import N_, Language, Message, render

MOST_BARS = 20  # of one picture
MOST_TALL = 10  # bars with names of two lines
ROOM: dict[Language, float] = {"zh_CN": 1.28, "en": 1.5}  # × the longest bar: its words stand at its end
WORDS_DAYS: dict[Language, int] = {"zh_CN": 9, "en": 14}  # that the words at a bar's end are about as long as


@dataclass(frozen=True)
class ClockRow:
    """One open case of the picture: how it stands, and the branch's name for people."""

    state: CaseState
    branch: str


def clock_figure(
    name: str, rows: Sequence[ClockRow], open_cases: int, as_of: str, source: Message, language: Language, mode: Mode
) -> go.Figure:
    """Draw a bar a case, worst on top: days since receipt, with the case's own limit as a stroke.

    name: the class. rows: worst first; at most `MOST_BARS` are drawn, and the title says of how many. open_cases: all.
    """
    style = look(mode)
    canvas = Canvas(style)
    shown = list(rows[:MOST_BARS])
    late = sum(row.state.late for row in rows)
    places = [len(shown) - 1 - place for place in range(len(shown))]
    canvas.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "x": [max(row.state.days_open, 0.15) for row in shown],
            "y": places,
            "width": 0.56,
            "marker": {"color": [style.level(URGENCY_LEVELS[row.state.urgency]) for row in shown]},
            "customdata": [row.state.ticket_id for row in shown],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    )
    for row, place in zip(shown, places, strict=True):
        stroke = {"color": style.ink, "width": 3}
        canvas.shapes.append(
            {"type": "line", "x0": row.state.limit_days, "x1": row.state.limit_days, "y0": place - 0.38,
             "y1": place + 0.38, "line": stroke}
        )  # fmt: skip
    canvas.trace(
        x=[_beside(row.state, language) for row in shown],
        y=places,
        mode="text",
        text=[escaped(render(urgency_word(row.state.urgency, row.state.days_late), language)) for row in shown],
        textposition="middle right",
        textfont={"size": style.size, "color": style.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )
    longest = max([30, *(row.state.days_open for row in shown), *(row.state.limit_days for row in shown)])
    labels = [_label(row, language, short=len(shown) > MOST_TALL) for row in shown]
    canvas.layout |= {
        "bargap": 0.3,
        "xaxis": {
            "range": [0, longest * ROOM[language]],
            "tickvals": [0, 15, 30, 45, 60, 90, 120, 180, 240, 365],
            "gridcolor": style.grid,
            "zeroline": False,
        },
        "yaxis": {
            "range": [-0.7, max(len(shown) - 0.3, 3.7)],
            "tickvals": places,
            "ticktext": labels,
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": int(style.size * (0.92 if len(shown) <= 8 else 0.75))},
        },
    }
    return canvas.framed(
        title=render(_finding(name, open_cases, late), language),
        subtitle=render(
            Message(
                N_("Bar: days since receipt · stroke: the case's limit for closing · as of {as_of}{cut}"),
                {"as_of": as_of, "cut": _cut(len(shown), open_cases)},
            ),
            language,
        ),
        source=render(source, language),
        left=max((_widest(label) for label in labels), default=8.0) + 1.5,
    )


def _label(row: ClockRow, language: Language, *, short: bool) -> str:
    """Name a bar: ticket, branch and stage on two lines, the first one bold to tell the bars apart; on one, without the
    stage, where there are many bars."""
    ticket, branch = escaped(row.state.ticket_id), escaped(row.branch[:12])
    if short:
        return f"{ticket} {branch}"
    return f"<b>{ticket}</b><br>{branch} · {escaped(render(Message(STAGE_WORDS[row.state.stage]), language))}"


def _beside(state: CaseState, language: Language) -> float:
    """Give the place of a bar's words: at its end, or past the stroke of its limit where they would meet."""
    end = float(state.days_open)
    return state.limit_days + 0.2 if end <= state.limit_days < end + WORDS_DAYS[language] else end + 0.2


def _finding(name: str, open_cases: int, late: int) -> Message:
    if not late:
        return Message(N_("{name}: {open} cases open, none late"), {"name": name, "open": open_cases})
    return Message(N_("{name}: {open} cases open, {late} late"), {"name": name, "open": open_cases, "late": late})


def _cut(shown: int, open_cases: int) -> Message:
    if shown >= open_cases:
        return Message("")
    return Message(N_(" · the {shown} most urgent of {open}"), {"shown": shown, "open": open_cases})


def _widest(label: str) -> float:
    return max(ems(line) for line in label.replace("<b>", "").replace("</b>", "").split("<br>"))
