"""The words around the threshold chart: the finding, its figures, its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.fcr import Fcr
from analytics.threshold import ThresholdYear
from charts.threshold import Caption
from texts import N_, Message

LEVEL_FINDINGS = {
    "on_track": N_("{name}: on track, {actual} of {budget} used by week {week}"),
    "near": N_("{name}: near the threshold, {actual} of {budget} used by week {week}"),
    "over": N_("{name}: over the threshold, {actual} of {budget} used by week {week}"),
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


def threshold_caption(name: str, result: ThresholdYear, fcr: Fcr, provenance: Provenance) -> Caption:
    """Write the finding (a sentence to say in the meeting), the line of figures under it, and the source line."""
    return Caption(_finding(name, result), _figures(result, fcr), source_line(provenance))


def week_number(result: ThresholdYear, day: pd.Timestamp) -> int:
    """Give the plan week of a day of the result's year."""
    weeks = result.weeks
    return int(weeks["week"][weeks["week_start"] <= day].iloc[-1])


def _finding(name: str, result: ThresholdYear) -> Message:
    if result.as_of is None or result.position is None:
        return Message(
            N_("{name}: {budget:.0f} allowed in {year}, the year has not begun"),
            {"name": name, "budget": result.budget, "year": result.year},
        )
    return Message(
        LEVEL_FINDINGS[result.position.level],
        {
            "name": name,
            "actual": result.actual,
            "budget": f"{result.budget:.0f}",
            "week": week_number(result, result.as_of),
        },
    )


def _figures(result: ThresholdYear, fcr: Fcr) -> Message:
    if result.as_of is None:
        return Message(N_("Cumulative customers not agreed · threshold by last year's weekly shares"))
    counted = {
        "as_of": f"{result.as_of:%Y-%m-%d}",
        "actual": result.actual,
        "threshold": f"{result.threshold_now:.1f}",
        "fcr": fcr_words(fcr),
    }
    return Message(
        N_("Cumulative customers not agreed · as of {as_of} · actual {actual}, threshold {threshold} · {fcr}"), counted
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
    data = (
        Message(N_("demo bank"))
        if provenance.demo
        else Message(N_("ticket exports through {day}"), {"day": provenance.data_through or "–"})
    )
    plan = (
        Message(N_("trial plan, not decided"))
        if provenance.plan_version == 0
        else Message(N_("plan v{version} ({day})"), {"version": provenance.plan_version, "day": provenance.plan_from})
    )
    return Message(
        N_("Data: {data} · {plan} · counted: {reading}"),
        {"data": data, "plan": plan, "reading": Message(READINGS[provenance.reading])},
    )
