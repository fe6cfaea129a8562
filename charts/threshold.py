"""The product's main picture: cumulative not-agreed customers against the cumulative threshold."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analytics.calendar import holiday_spans
from analytics.threshold import ThresholdYear
from charts.canvas import Canvas
from charts.look import Mode, escaped, look
from charts.months import month_ticks
from charts.threshold_hover import against_threshold
from charts.threshold_places import beside_actual, threshold_place
from texts import N_, Language, Message, render

LEVEL_WORDS = {"on_track": N_("● on track"), "near": N_("◆ near"), "over": N_("▲ over")}
OUTCOME_WORDS = {"agreed": N_("agreed"), "not_agreed": N_("not agreed")}
HOLIDAYS = {
    "new_year": N_("New Year"),
    "spring_festival": N_("Spring Festival"),
    "tomb_sweeping": N_("Qingming"),
    "labour_day": N_("Labour Day"),
    "dragon_boat": N_("Dragon Boat"),
    "mid_autumn": N_("Mid-Autumn"),
    "national_day": N_("National Day"),
}
LABELLED_HOLIDAYS = ("spring_festival", "labour_day", "national_day")


@dataclass(frozen=True)
class Caption:
    """What stands around the picture: the finding, its figures in one line, the source line."""

    finding: Message
    figures: Message
    source: Message


@dataclass(frozen=True)
class Outlook:
    """What surrounds the lines where there is evidence.

    corridor: DataFrame by day of the year, `low` and `high`: where an on-target year stays on a given day with
    `chance` (0–1). projection: DataFrame by week end after as_of, `low`, `median`, `high`: the projected rest of the
    year with the same chance; None once the year is over.
    """

    corridor: pd.DataFrame
    projection: pd.DataFrame | None
    chance: float


def threshold_figure(
    result: ThresholdYear, caption: Caption, language: Language, mode: Mode, outlook: Outlook | None = None
) -> go.Figure:
    """Draw one class's year.

    The actual is a step line up to as_of in its level's colour; the threshold in force and, where it differs, last
    year's split are lines with their names beside them; the annual budget is a level line; holidays are bands. With an
    outlook: the corridor of an on-target year, and the projected rest of this one with its interval.
    """
    style = look(mode)
    canvas = Canvas(style)
    top = _top(result, outlook)
    _holidays(canvas, result.year, language)
    if outlook is not None:
        _corridor(canvas, result, outlook, top, language)
        _projection(canvas, result, outlook, language)
    _budget(canvas, result, language)
    _last_year(canvas, result, language)
    _threshold(canvas, result, outlook, top, language)
    _actual(canvas, result, language)
    _axes(canvas, result, language, top)
    return canvas.framed(
        title=render(caption.finding, language),
        subtitle=render(caption.figures, language),
        source=render(caption.source, language),
    )


def _top(result: ThresholdYear, outlook: Outlook | None) -> float:
    highest = [result.budget, float(result.days["cumulative_not_agreed"].max() or 0), 1.0]
    if outlook is not None:
        highest.append(float(outlook.corridor["high"].max()))
        if outlook.projection is not None:
            highest.append(float(outlook.projection["high"].max()))
    return 1.1 * max(highest)


def _corridor(canvas: Canvas, result: ThresholdYear, outlook: Outlook, top: float, language: Language) -> None:
    style = canvas.style
    canvas.between(outlook.corridor, style.corridor)
    rest = outlook.projection
    leaves_below_free = (
        rest is None or rest.empty or float(rest["median"].iloc[-1]) > float(outlook.corridor["low"].iloc[-1])
    )
    at = outlook.corridor.index[int(len(outlook.corridor) * 0.6)]
    if leaves_below_free and beside_actual(result, at, float(outlook.corridor.at[at, "low"]) / top, top):
        leaves_below_free = False
    if not leaves_below_free:
        at = outlook.corridor.index[int(len(outlook.corridor) * 0.66)]
    canvas.note(
        x=at,
        y=float(outlook.corridor.at[at, "low" if leaves_below_free else "high"]),
        text=render(Message(N_("where a year on plan stays ({chance:.0%})"), {"chance": outlook.chance}), language),
        xanchor="left" if leaves_below_free else "right",
        yanchor="top" if leaves_below_free else "bottom",
        xshift=4 if leaves_below_free else -4,
        yshift=-2 if leaves_below_free else 2,
        font={"color": style.threshold, "size": max(int(style.size * 0.9), 12)},
    )


def _projection(canvas: Canvas, result: ThresholdYear, outlook: Outlook, language: Language) -> None:
    style = canvas.style
    if outlook.projection is None or outlook.projection.empty or result.as_of is None or result.position is None:
        return
    actual = float(result.days.at[result.as_of, "cumulative_not_agreed"])
    start = pd.DataFrame({"low": actual, "median": actual, "high": actual}, index=[result.as_of])
    path = pd.concat([start, outlook.projection])
    end = float(path["median"].iloc[-1])
    exceeds = end > result.budget
    colour = style.over if exceeds else style.muted
    canvas.between(path, style.projection_over if exceeds else style.projection)
    text = render(Message(N_("as it goes, about {end:.0f} at year end"), {"end": end}), language)
    canvas.trace(
        x=path.index,
        y=path["median"],
        mode="lines",
        name=text,
        line={"color": colour, "width": style.line, "dash": "dash"},
        customdata=path[["low", "high"]].to_numpy(),
        hovertemplate=render(Message(N_("projected")), language)
        + " %{y:.0f} (%{customdata[0]:.0f}–%{customdata[1]:.0f})<extra></extra>",
    )
    canvas.note(
        x=path.index[-1],
        y=float(path["high"].iloc[-1]) if exceeds else float(path["low"].iloc[-1]),
        text=escaped(text),
        xanchor="right",
        yanchor="bottom" if exceeds else "top",
        yshift=2 if exceeds else -2,
        font={"color": colour, "size": style.size + 1},
    )


def _holidays(canvas: Canvas, year: int, language: Language) -> None:
    style = canvas.style
    labelled = set()
    for span in holiday_spans(year).itertuples():
        canvas.days(span.start, span.end + pd.Timedelta(days=1), style.band)
        if span.name in LABELLED_HOLIDAYS and span.name not in labelled:
            labelled.add(span.name)
            canvas.note(
                x=span.start + (span.end - span.start) / 2,
                y=1,
                yref="paper",
                yanchor="bottom",
                text=render(Message(HOLIDAYS[span.name]), language),
                font={"size": max(int(style.size * 0.85), 12), "color": style.muted},
            )


def _budget(canvas: Canvas, result: ThresholdYear, language: Language) -> None:
    style = canvas.style
    canvas.level(result.budget, style.ink)
    text = render(Message(N_("allowed in the year: {budget:.0f}"), {"budget": result.budget}), language)
    canvas.note(x=0.004, xref="paper", y=result.budget, yanchor="bottom", xanchor="left", text=text)


def _last_year(canvas: Canvas, result: ThresholdYear, language: Language) -> None:
    style = canvas.style
    line = result.days["threshold_last_year"]
    if result.split.basis != "forecast":
        return
    name = render(Message(N_("by last year's weeks")), language)
    canvas.trace(
        x=line.index,
        y=line,
        mode="lines",
        name=name,
        line={"color": style.last_year, "width": style.line * 0.7, "dash": "dot"},
        hovertemplate=f"{name} %{{y:.1f}}<extra></extra>",
    )
    gap = (result.days["threshold"] - line)[30:330]
    at = gap.abs().idxmax()
    if abs(float(gap[at])) < 0.05 * result.budget:
        return  # the two lines lie too close together for a name between them; hover and note tell them apart
    above = float(gap[at]) < 0
    canvas.note(
        x=at,
        y=float(line[at]),
        text=name,
        xanchor="right" if above else "left",
        yanchor="bottom" if above else "top",
        xshift=-6 if above else 6,
        yshift=3 if above else -3,
        font={"color": style.last_year, "size": max(int(style.size * 0.95), 12)},
    )


def _threshold(canvas: Canvas, result: ThresholdYear, outlook: Outlook | None, top: float, language: Language) -> None:
    style = canvas.style
    line = result.days["threshold"]
    name = render(Message(N_("threshold")), language)
    canvas.trace(
        x=line.index,
        y=line,
        mode="lines",
        name=name,
        line={"color": style.threshold, "width": style.line},
        hovertemplate=f"{name} %{{y:.1f}}<extra></extra>",
    )
    projected = None if outlook is None or outlook.projection is None else outlook.projection["median"]
    at, side = threshold_place(result, projected, top)
    below = side == "below"
    canvas.note(
        x=at,
        y=float(line[at]),
        text=name,
        xanchor="left" if below else "right",
        yanchor="top" if below else "bottom",
        xshift=6 if below else -6,
        yshift=-4 if below else 4,
        font={"color": style.threshold, "size": style.size + 1},
    )


def _actual(canvas: Canvas, result: ThresholdYear, language: Language) -> None:
    style = canvas.style
    if result.as_of is None or result.position is None:
        return
    actual = result.days["cumulative_not_agreed"].dropna()
    colour = style.level(result.position.level)
    name = render(Message(N_("actual")), language)
    canvas.trace(
        x=actual.index,
        y=actual,
        mode="lines",
        name=name,
        line={"color": colour, "width": style.line + 1, "shape": "hv"},
        customdata=against_threshold(actual, result.days["threshold"], language),
        hovertemplate="%{customdata}<extra></extra>",
    )
    canvas.trace(
        x=[actual.index[-1]],
        y=[actual.iloc[-1]],
        mode="markers",
        marker={"color": colour, "size": style.line * 4},
        hoverinfo="skip",
    )
    level = render(Message(LEVEL_WORDS[result.position.level]), language)
    text = render(Message(N_("actual {actual:.0f}"), {"actual": float(actual.iloc[-1])}), language)
    late = result.as_of > result.days.index[int(len(result.days) * 0.86)]
    below = float(actual.iloc[-1]) < result.threshold_now
    canvas.note(
        x=actual.index[-1],
        y=float(actual.iloc[-1]),
        text=f"<b>{escaped(text)}</b>  {escaped(level)}",
        xanchor="right" if late or not below else "left",
        yanchor="top" if below and not late else "bottom",
        xshift=-10 if late or not below else 10,
        yshift=-8 if below and not late else 8,
        font={"color": colour, "size": style.size + 4},
    )
    canvas.day(result.as_of, style.muted)


def _axes(canvas: Canvas, result: ThresholdYear, language: Language, top: float) -> None:
    style = canvas.style
    canvas.layout |= {
        "hovermode": "x unified",
        "xaxis": {
            **month_ticks(result.year, language),
            "range": [f"{result.year}-01-01", f"{result.year}-12-31"],
            "showgrid": False,
            "linecolor": style.muted,
            "hoverformat": "%-m月%-d日" if language == "zh_CN" else "%-d %b",
        },
        "yaxis": {
            "range": [0, top],
            "gridcolor": style.grid,
            "zeroline": False,
            "title": {
                "text": render(Message(N_("customers")), language),
                "standoff": 8,
                "font": {"size": style.size},
            },
            "ticks": "outside",
            "tickcolor": "rgba(0,0,0,0)",
        },
    }
