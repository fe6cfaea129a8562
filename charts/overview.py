"""All classes at a glance: how much of each year's allowance is used, against what the plan allows by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analytics.changes import Changes
from analytics.evaluation import Evaluation
from analytics.fcr import Fcr
from analytics.position import Level
from analytics.sentence import percent, sentence
from analytics.threshold import ThresholdYear
from analytics.warned import Warned, warned
from charts.canvas import Canvas
from charts.change_words import change_sentence
from charts.look import Look, Mode, escaped, look
from charts.threshold import LEVEL_WORDS, Caption
from charts.warning_words import WORDS
from texts import N_, Language, Message, render

SPARK_WEEKS = 12
MOST_BARS = 14  # more do not stay legible; the rest is counted in the foot
WIDEST = 1.6  # of the allowance: a bar that has run further is cut there, its number says how far


@dataclass(frozen=True)
class ClassLine:
    """One class as the overview shows it.

    chance: that the year breaks, None where it cannot be said. weeks: customers not agreed in each of the last weeks.
    """

    name: str
    warning: Warned
    actual: int
    budget: int
    threshold: float
    level: Level | None
    chance: float | None
    fcr: Fcr
    weeks: tuple[int, ...]
    changes: Changes | None
    sentence: Message


def class_line(
    name: str, result: ThresholdYear, evaluation: Evaluation, fcr: Fcr, changes: Changes | None
) -> ClassLine:
    """Put one class's line together."""
    past = result.weeks[result.weeks["state"] != "to_come"]["not_agreed"].tail(SPARK_WEEKS)
    small = evaluation.small
    return ClassLine(
        name=name,
        warning=warned(evaluation),
        actual=evaluation.actual,
        budget=evaluation.budget,
        threshold=evaluation.threshold,
        level=None if evaluation.position is None else evaluation.position.level,
        chance=evaluation.breach_probability if small is None else 1 - small.p_ok,
        fcr=fcr,
        weeks=tuple(int(number) for number in past),
        changes=changes,
        sentence=sentence(evaluation),
    )


def position_row(name: str, result: ThresholdYear, fcr: Fcr, language: Language) -> dict[str, object]:
    """Give a class's row as in `overview_table` before its evidence is worked out: what waits for it says "…"."""
    past = result.weeks[result.weeks["state"] != "to_come"]["not_agreed"].tail(SPARK_WEEKS)
    level = None if result.position is None else result.position.level
    return {
        "warning": "…",
        "class": name,
        "used": f"{result.actual} / {result.budget:.0f}",
        "level": "" if level is None else render(Message(LEVEL_WORDS[level]), language),
        "breach": "…",
        "weeks": [int(number) for number in past],
        "change": "…",
        "fcr": _fcr(fcr),
        "sentence": "…",
    }


def overview_table(lines: Sequence[ClassLine], language: Language) -> pd.DataFrame:
    """Give a row a class, worst first, in words: `warning`, `class`, `used`, `level`, `breach`, `weeks` (a list of
    customers a week), `change`, `fcr`, `sentence`."""

    def tell(message: Message) -> str:
        return render(message, language)

    return pd.DataFrame(
        [
            {
                "warning": tell(Message(WORDS[line.warning])),
                "class": line.name,
                "used": f"{line.actual} / {line.budget}",
                "level": "" if line.level is None else tell(Message(LEVEL_WORDS[line.level])),
                "breach": "–" if line.chance is None else tell(percent(line.chance)),
                "weeks": list(line.weeks),
                "change": tell(change_sentence(line.changes)),
                "fcr": _fcr(line.fcr),
                "sentence": tell(line.sentence),
            }
            for line in lines
        ]
    )


def overview_numbers(lines: Sequence[ClassLine], language: Language) -> pd.DataFrame:
    """Give a row a class, worst first, as the picture draws it and with every digit, for a spreadsheet to count on:
    `warning` (in words), `class`, `not_agreed`, `budget`, `threshold`, `position` (on_track, near, over),
    `breach_probability`, `agreed`, `decided`, `fcr`, and in words `change` and `sentence`."""
    return pd.DataFrame(
        [
            {
                "warning": render(Message(WORDS[line.warning]), language),
                "class": line.name,
                "not_agreed": line.actual,
                "budget": line.budget,
                "threshold": line.threshold,
                "position": line.level,
                "breach_probability": line.chance,
                "agreed": line.fcr.decided - line.fcr.not_agreed,
                "decided": line.fcr.decided,
                "fcr": line.fcr.rate,
                "change": render(change_sentence(line.changes), language),
                "sentence": render(line.sentence, language),
            }
            for line in lines
        ]
    )


def overview_caption(lines: Sequence[ClassLine], as_of: str, source: Message) -> Caption:
    """Write the finding over all classes, the line under it, and the source line."""
    kinds = [line.warning for line in lines]
    loud = {
        N_("{number} exceeded"): kinds.count("exceeded"),
        N_("{number} red"): kinds.count("red"),
        N_("{number} amber or likely to break"): kinds.count("amber") + kinds.count("small_bad"),
    }
    parts = [Message(text, {"number": number}) for text, number in loud.items() if number]
    finding = Message(N_("Of {classes} classes none has an alarm"), {"classes": len(lines)})
    if parts:
        joined = parts[0]
        for part in parts[1:]:
            joined = Message(N_("{first}, {second}"), {"first": joined, "second": part})
        finding = Message(N_("Of {classes} classes: {parts}"), {"classes": len(lines), "parts": joined})
    figures = Message(
        N_("Share of the year's allowance that is used, bar · what the plan allows by now, mark · as of {as_of}"),
        {"as_of": as_of},
    )
    return Caption(finding, figures, source)


def overview_figure(
    lines: Sequence[ClassLine], caption: Caption, language: Language, mode: Mode, most: int = MOST_BARS
) -> go.Figure:
    """Draw a bar a class, worst first: used ÷ allowance in the warning's colour, a mark where the threshold stands,
    and its figures in words at the end. The level and the warning are written out: colour says nothing alone."""
    style = look(mode)
    canvas = Canvas(style)
    shown = list(lines[:most])
    rows = list(range(len(shown)))
    used = [min(_share(line.actual, line.budget), WIDEST) for line in shown]
    allowed = [min(_share(line.threshold, line.budget), WIDEST) for line in shown]
    words = [render(Message(WORDS[line.warning]), language) for line in shown]
    colours = [_colour(style, line.warning) for line in shown]
    canvas.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "x": [1.0] * len(shown),
            "y": rows,
            "width": 0.72,
            "marker": {"color": style.band},
            "hoverinfo": "skip",
        }
    )
    canvas.traces.append(
        {
            "type": "bar",
            "orientation": "h",
            "x": used,
            "y": rows,
            "width": 0.4,
            "marker": {"color": colours},
            "hovertext": [escaped(render(_named(line), language)) for line in shown],
            "hoverinfo": "text",
        }
    )
    for row, place in zip(rows, allowed, strict=True):
        mark = {"color": style.ink, "width": style.line}
        canvas.shapes.append({"type": "line", "x0": place, "x1": place, "y0": row - 0.4, "y1": row + 0.4, "line": mark})
    for row, line in enumerate(shown):
        canvas.note(
            x=max(used[row], 1.0),
            y=row,
            xanchor="left",
            xshift=8,
            text=f"<b>{escaped(words[row])}</b>  {escaped(_figures(line, language))}",
            font={"size": style.size, "color": colours[row]},
        )
    reach = max([1.0, *used])
    canvas.layout |= {
        "barmode": "overlay",
        "bargap": 0.2,
        "xaxis": {
            "range": [0, reach * 1.75],
            "tickvals": [0, 0.25, 0.5, 0.75, 1.0],
            "ticktext": ["0%", "25%", "50%", "75%", "100%"],
            "showgrid": True,
            "gridcolor": style.grid,
            "zeroline": False,
        },
        "yaxis": {
            "tickvals": rows,
            "ticktext": [escaped(line.name) for line in shown],
            "range": [len(shown) - 0.4, -0.6],
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
            "ticks": "outside",
            "ticklen": style.size * 0.6,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }
    source = render(caption.source, language)
    if len(lines) > len(shown):
        more = Message(N_("{number} further classes are not drawn"), {"number": len(lines) - len(shown)})
        source = f"{source} · {render(more, language)}"
    return canvas.framed(
        title=render(caption.finding, language), subtitle=render(caption.figures, language), source=source
    )


def _figures(line: ClassLine, language: Language) -> str:
    numbers = {"actual": line.actual, "budget": line.budget}
    if line.chance is None:
        return render(Message(N_("{actual} of {budget}"), numbers), language)
    return render(
        Message(N_("{actual} of {budget}, breach {chance}"), {**numbers, "chance": percent(line.chance)}), language
    )


def _share(number: float, budget: int) -> float:
    return number / budget if budget else (WIDEST if number else 0.0)


def _colour(style: Look, warning: Warned) -> str:
    return {"exceeded": style.over, "red": style.over, "amber": style.near, "small_bad": style.near}.get(
        warning, style.on_track
    )


def _fcr(fcr: Fcr) -> str:
    return "–" if fcr.rate is None else f"{fcr.rate:.1%} ({fcr.decided - fcr.not_agreed}/{fcr.decided})"


def _named(line: ClassLine) -> Message:
    """Say a class and the one line about it."""
    return Message(N_("{complaint_class}: {finding}"), {"complaint_class": line.name, "finding": line.sentence})
