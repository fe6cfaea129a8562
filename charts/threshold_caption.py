"""The words around the threshold chart: the finding, its figures, its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.evaluation import Evaluation
from analytics.fcr import Fcr
from analytics.position import Level
from analytics.sentence import percent
from analytics.threshold import ThresholdYear
from charts.threshold import Caption
from charts.warning_words import listed
from texts import N_, Message

LEVELS: dict[Level, str] = {
    "on_track": N_("on track"),
    "near": N_("near the threshold"),
    "over": N_("over the threshold"),
}
READINGS = {
    "first": N_("not agreed in the first round, each customer once"),
    "final": N_("not agreed at closing, each customer once"),
}


@dataclass(frozen=True)
class Provenance:
    """Where a picture's numbers come from.

    demo: whether the demo bank's. plan_version: 0 for a trial plan. plan_from: first day of effect.
    reading: 'first' or 'final'. data_through: the last day with a ticket.
    """

    demo: bool
    plan_version: int
    plan_from: date
    reading: str
    data_through: date | None


def threshold_caption(
    name: str, result: ThresholdYear, evaluation: Evaluation, fcr: Fcr, provenance: Provenance
) -> Caption:
    """Write the finding (a sentence to say in the meeting), the line of figures under it, and the source line."""
    return Caption(_finding(name, result, evaluation), _figures(result, evaluation, fcr), source_line(provenance))


def position_caption(name: str, result: ThresholdYear, fcr: Fcr, provenance: Provenance) -> Caption:
    """Write what can be said before the evidence is worked out: the position alone."""
    if result.as_of is None or result.position is None:
        return Caption(
            _not_begun(name, result), Message(N_("Cumulative customers not agreed")), source_line(provenance)
        )
    finding = Message(N_("{name}: {parts}"), {"name": name, "parts": Message(LEVELS[result.position.level])})
    counted = {
        "as_of": f"{result.as_of:%Y-%m-%d}",
        "week": week_number(result, result.as_of),
        "actual": result.actual,
        "threshold": f"{result.threshold_now:.1f}",
        "fcr": fcr_words(fcr),
    }
    figures = Message(
        N_(
            "Cumulative customers not agreed · as of {as_of} (week {week}) · "
            "actual {actual}, threshold {threshold} · {fcr}"
        ),
        counted,
    )
    return Caption(finding, figures, source_line(provenance))


def week_number(result: ThresholdYear, day: pd.Timestamp) -> int:
    """Give the plan week of a day of the result's year."""
    weeks = result.weeks
    return int(weeks["week"][weeks["week_start"] <= day].iloc[-1])


def _finding(name: str, result: ThresholdYear, evaluation: Evaluation) -> Message:
    if result.as_of is None or result.position is None:
        return _not_begun(name, result)
    parts = [Message(LEVELS[result.position.level])]
    if evaluation.shift.stands:
        parts.append(Message(N_("outcomes worse since week {since}"), {"since": evaluation.shift.since}))
    if evaluation.volume.stands:
        parts.append(Message(N_("more complaints since week {since}"), {"since": evaluation.volume.since}))
    parts.append(_year_end(evaluation))
    return Message(N_("{name}: {parts}"), {"name": name, "parts": listed(parts)})


def _not_begun(name: str, result: ThresholdYear) -> Message:
    return Message(
        N_("{name}: {budget:.0f} allowed in {year}, the year has not begun"),
        {"name": name, "budget": result.budget, "year": result.year},
    )


def _year_end(evaluation: Evaluation) -> Message:
    """Say how the year will end, or has ended."""
    counted = {"actual": evaluation.actual, "budget": evaluation.budget}
    if evaluation.year_over:
        kept = evaluation.actual <= evaluation.budget
        text = (
            N_("{actual} of {budget} at year end, kept") if kept else N_("{actual} of {budget} at year end, exceeded")
        )
        return Message(text, counted)
    if evaluation.actual > evaluation.budget:
        return Message(N_("the allowance of {budget} is exceeded"), counted)
    if evaluation.small is not None:
        return Message(
            N_("{left} of {budget} left, the year holds with {chance}"),
            {"left": evaluation.small.left, "budget": evaluation.budget, "chance": percent(evaluation.small.p_ok)},
        )
    if evaluation.breach_probability is None:
        return Message(N_("{actual} of {budget} used"), counted)
    return Message(N_("breach probability {chance}"), {"chance": percent(evaluation.breach_probability)})


def _figures(result: ThresholdYear, evaluation: Evaluation, fcr: Fcr) -> Message:
    if result.as_of is None:
        return Message(N_("Cumulative customers not agreed"))
    counted = {
        "as_of": f"{result.as_of:%Y-%m-%d}",
        "week": week_number(result, result.as_of),
        "actual": result.actual,
        "threshold": f"{result.threshold_now:.1f}",
        "fcr": fcr_words(fcr),
        "chance": percent(evaluation.chance_on_plan or 0.0),
    }
    return Message(
        N_(
            "Cumulative customers not agreed · as of {as_of} (week {week}) · actual {actual}, threshold {threshold} · "
            "a process on plan reaches {actual} with {chance} · {fcr}"
        ),
        counted,
    )


def fcr_words(fcr: Fcr) -> Message:
    """Write first-contact resolution with its numerator and denominator."""
    if fcr.rate is None:
        return Message(N_("first-contact resolution: nobody decided yet"))
    return Message(
        N_("first-contact resolution {rate:.1%} ({agreed} of {decided} decided)"),
        {"rate": fcr.rate, "agreed": fcr.decided - fcr.not_agreed, "decided": fcr.decided},
    )


def source_line(provenance: Provenance) -> Message:
    """Write where the numbers come from: data, plan version, the reading of “not agreed” in use."""
    plan = (
        Message(N_("trial plan, not decided"))
        if provenance.plan_version == 0
        else Message(N_("plan v{version} ({day})"), {"version": provenance.plan_version, "day": provenance.plan_from})
    )
    return Message(
        N_("Data: {data} · {plan} · counted: {reading}"),
        {
            "data": _data_words(provenance.demo, provenance.data_through),
            "plan": plan,
            "reading": Message(READINGS[provenance.reading]),
        },
    )


def data_line(demo: bool, data_through: date | None) -> Message:
    """Write where the numbers of several classes come from; their plans differ."""
    return Message(N_("Data: {data}"), {"data": _data_words(demo, data_through)})


def _data_words(demo: bool, data_through: date | None) -> Message:
    if demo:
        return Message(N_("demo bank"))
    return Message(N_("ticket exports through {day}"), {"day": data_through or "–"})
