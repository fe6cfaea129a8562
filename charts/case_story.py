"""One case as a picture: a lane a party, every step in its lane, and whose move it was in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd
import plotly.graph_objects as go
from babel.dates import format_date

from analytics.case_stage import CaseState
from analytics.case_steps import PARTIES, Party, Step
from analytics.case_waits import Wait, days_by_party
from charts.canvas import Canvas
from charts.case_words import PARTY_WORDS, STAGE_WORDS, step_word
from charts.lines import ems
from charts.look import Mode, escaped, look
from texts import N_, Language, Message, render

NAME_SIZE = 0.8  # of a mark's name, to the picture's other words
LONGEST_HOVER = 60  # characters of a step's text in the hover
# What a day's mark is named after where a lane has several steps on it.
FIRST_NAMED = (
    "closed", "policy_surrendered", "mediation_held", "mediation_requested", "escalation_granted", "escalation",
    "surrender_requested", "viewing_held", "solution", "alert_letter", "advice_letter", "meeting", "analysis",
    "first_outcome", "round_outcome", "extension", "refund_paid", "review", "returned", "dispatched", "received",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """The steps of one party on one day."""

    day: date
    party: Party
    steps: tuple[Step, ...]

    @property
    def named_after(self) -> Step:
        """The step that stands for them."""
        known = [step for step in self.steps if step.kind in FIRST_NAMED]
        return min(known, key=lambda step: FIRST_NAMED.index(step.kind), default=self.steps[0])


def marks(steps: Sequence[Step]) -> list[Mark]:
    """Put the steps of known parties together by day and party, in order of time."""
    found: dict[tuple[date, Party], list[Step]] = {}
    for step in steps:
        if step.party is not None:
            found.setdefault((step.at.date(), step.party), []).append(step)
    return [Mark(day, party, tuple(part)) for (day, party), part in found.items()]


def story_figure(
    state: CaseState,
    steps: Sequence[Step],
    stretches: Sequence[Wait],
    as_of: date,
    source: Message,
    language: Language,
    mode: Mode,
) -> go.Figure:
    """Draw a case's steps in lanes, the stretches in which it was a party's move as bands, the limit as a line."""
    style = look(mode)
    canvas = Canvas(style)
    shown = marks(steps)
    lanes = [party for party in PARTIES if any(mark.party == party for mark in shown) or state.waits_for == party]
    place = {party: len(lanes) - 1 - number for number, party in enumerate(lanes)}
    for wait in stretches:
        if wait.party in place:
            y = place[wait.party]
            canvas.shapes.append(
                {"type": "rect", "x0": wait.begins, "x1": wait.ends, "y0": y - 0.16, "y1": y + 0.16,
                 "fillcolor": style.corridor, "line": {"width": 0}, "layer": "below"}
            )  # fmt: skip
    ordered = sorted(shown, key=lambda mark: mark.steps[0].at)
    middays = [_midday(mark.day) for mark in ordered]
    canvas.trace(
        x=middays,
        y=[place[mark.party] for mark in ordered],
        mode="lines",
        line={"color": style.grid, "width": style.line * 0.7},
        hoverinfo="skip",
    )
    canvas.trace(
        x=middays,
        y=[place[mark.party] for mark in ordered],
        mode="markers",
        marker={
            "size": style.size * 0.85,
            "color": [style.over if _failed(mark) else style.threshold for mark in ordered],
            "symbol": ["diamond" if _failed(mark) else "circle" for mark in ordered],
            "line": {"color": style.background, "width": 1.5},
        },
        text=[_hover(mark, language) for mark in ordered],
        hovertemplate="%{text}<extra></extra>",
    )
    limit = pd.Timestamp(state.limit) + pd.Timedelta(days=1)
    canvas.day(limit, style.over)
    canvas.note(
        x=limit,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text=escaped(render(Message(N_("limit {day}"), {"day": str(state.limit)}), language)),
        font={"size": int(style.size * 0.85), "color": style.over},
    )
    first = min([mark.day for mark in shown], default=as_of)
    last = max([mark.day for mark in shown] + [state.limit], default=as_of)
    lane_names = [render(Message(PARTY_WORDS[party]), language) for party in lanes]
    left = max((ems(name) for name in lane_names), default=6.0) + 1.2
    begins, ends = pd.Timestamp(first) - pd.Timedelta(days=1), pd.Timestamp(last) + pd.Timedelta(days=3)
    _names(canvas, ordered, place, language, (style.line_width - left) / (ends - begins).days)
    ticks = pd.date_range(first, last, periods=min(8, (last - first).days + 1)).normalize().unique()
    canvas.layout |= {
        "xaxis": {
            "type": "date",
            "range": [begins, ends],
            "tickvals": list(ticks),
            "ticktext": [
                format_date(day, "M月d日" if language == "zh_CN" else "d MMM", locale=language) for day in ticks
            ],
            "showgrid": False,
            "linecolor": style.muted,
        },
        "yaxis": {
            "range": [-0.6, len(lanes) - 0.3],
            "tickvals": [place[party] for party in lanes],
            "ticktext": [escaped(name) for name in lane_names],
            "gridcolor": style.grid,
            "zeroline": False,
        },
    }
    return canvas.framed(
        title=render(finding(state), language),
        subtitle=render(waited(stretches), language),
        source=render(source, language),
        left=left,
    )


def finding(state: CaseState) -> Message:
    """Say how the case stands, in one sentence."""
    named = {"ticket": state.ticket_id, "days": state.days_open}
    if state.stage == "closed":
        return Message(N_("{ticket}: closed after {days} days"), named)
    return Message(
        N_("{ticket}: {stage}, day {days}, waiting for {party}"),
        {
            **named,
            "stage": Message(STAGE_WORDS[state.stage]),
            "party": Message(PARTY_WORDS[state.waits_for] if state.waits_for else "–"),
        },
    )


def waited(stretches: Sequence[Wait]) -> Message:
    """Say for whom the case waited how long."""
    said = Message(N_("Bands: whose move it was"))
    for party, days in sorted(days_by_party(stretches).items(), key=lambda item: -item[1]):
        said = Message(
            N_("{before} · {party} {days:.1f} days"),
            {"before": said, "party": Message(PARTY_WORDS[party]), "days": days},
        )
    return said


def _names(
    canvas: Canvas, ordered: Sequence[Mark], place: dict[Party, int], language: Language, ems_a_day: float
) -> None:
    """Write each mark's name above or below it, in turn, so that neighbours in a lane do not meet; further off where
    both places are taken. One that finds no place is left to the mark's hover."""
    style = canvas.style
    size = max(int(style.size * NAME_SIZE), 11)
    above = dict.fromkeys(place, True)
    written: dict[tuple[Party, int], datetime] = {}  # where the last name of a lane and level ends
    for mark in ordered:
        name = render(step_word(mark.named_after), language)
        half = timedelta(days=ems(name) * size / style.size / ems_a_day / 2)
        turn = 1 if above[mark.party] else -1
        at = _midday(mark.day)
        free = [
            level
            for level in (turn, -turn, 2 * turn, -2 * turn)
            if (mark.party, level) not in written or written[mark.party, level] < at - half
        ]
        if not free:
            continue
        level = free[0]
        above[mark.party] = level < 0
        written[mark.party, level] = at + half
        canvas.note(
            x=at,
            y=place[mark.party],
            text=escaped(name),
            yanchor="bottom" if level > 0 else "top",
            yshift=(8 + (abs(level) - 1) * size) * (1 if level > 0 else -1),
            font={"size": size, "color": style.ink},
        )


def _hover(mark: Mark, language: Language) -> str:
    lines = [f"<b>{mark.day}</b>"]
    for step in mark.steps:
        text = step.text.replace("\n", " ")
        cut = f"{text[:LONGEST_HOVER]}…" if len(text) > LONGEST_HOVER else text
        lines.append(escaped(" ".join(part for part in (render(step_word(step), language), cut) if part)))
    return "<br>".join(lines)


def _failed(mark: Mark) -> bool:
    return any(step.result == "not_agreed" for step in mark.steps)


def _midday(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
