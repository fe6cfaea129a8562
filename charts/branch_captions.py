"""The words around the pictures of the branch screen: the finding, what is counted, the source."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.branch_findings import BranchFindings
from analytics.contributions import Excess
from analytics.funnel import JUDGED_FROM, Comparison
from charts.branch_words import NAMED_AT_MOST, Name, given, more_or_fewer
from charts.threshold import Caption
from charts.warning_words import listed
from texts import N_, Message


def funnel_caption(complaint_class: str, found: BranchFindings, name: Name, as_of: date, source: Message) -> Caption:
    """Say of the funnel which branches stand out, if any."""
    compared = found.branches
    return Caption(
        finding=Message(
            N_("{complaint_class}: {finding}"),
            {"complaint_class": complaint_class, "finding": _standing_out(compared, name)},
        ),
        figures=Message(
            N_(
                "Share of decided customers not agreed, {period} as of {as_of} · a dot is a branch · limits: by "
                "chance alone 95% and 99.8% lie within"
            ),
            {"period": found.period, "as_of": str(as_of)},
        ),
        source=source,
    )


def _standing_out(compared: Comparison, name: Name) -> Message:
    if compared.judged < 2:
        return Message(N_("too few customers to tell the branches apart"))
    marked = [str(branch) for branch in compared.marked["branch_id"]]
    if not marked:
        return Message(N_("no branch as a whole differs beyond chance"))
    return Message(
        N_("{branches} differ beyond chance") if len(marked) > 1 else N_("{branches} differs beyond chance"),
        {"branches": listed([Message(N_("{value}"), {"value": name(key)}) for key in marked[:NAMED_AT_MOST]])},
    )


def heat_map_caption(complaint_class: str, found: BranchFindings, name: Name, as_of: date, source: Message) -> Caption:
    """Say of the heat map which cells stand out, if any."""
    marked = found.branch_causes.marked
    if not found.branch_causes.judged:
        finding = Message(N_("no branch has enough customers of one cause to judge"))
    elif marked.empty:
        finding = Message(N_("no cause at any branch differs beyond chance"))
    else:
        row = next(marked.itertuples())
        finding = Message(
            N_("{branch}, {cause}: {not_agreed} of {decided} not agreed"),
            {
                "branch": name(str(row.branch_id)),
                "cause": given(str(row.cause)),
                "not_agreed": row.not_agreed,
                "decided": row.decided,
            },
        )
    return Caption(
        finding=Message(N_("{complaint_class}: {finding}"), {"complaint_class": complaint_class, "finding": finding}),
        figures=Message(
            N_(
                "Not agreed / decided customers, {period} as of {as_of} · coloured from {fewest} customers on, "
                "grey: "
                "too few to judge"
            ),
            {"period": found.period, "as_of": str(as_of), "fewest": JUDGED_FROM},
        ),
        source=source,
    )


def contributions_caption(
    complaint_class: str, taken: Excess, year: int, as_of: date, source: Message, *, causes: bool
) -> Caption:
    """Say what the picture takes apart: what the outcomes add to the year's excess, and what the excess is besides."""
    numbers = {
        "actual": taken.actual,
        "threshold": f"{taken.threshold:.1f}",
        "total": more_or_fewer(taken.total),
        "volume": more_or_fewer(taken.volume),
        "rate": more_or_fewer(taken.everywhere),
        "year": year,
        "as_of": str(as_of),
    }
    return Caption(
        finding=Message(
            N_("{complaint_class}: {finding}"), {"complaint_class": complaint_class, "finding": _outcomes(taken)}
        ),
        figures=Message(
            N_(
                "{year} as of {as_of}, {actual} not agreed, threshold {threshold}: {total} · of it by the number of "
                "customers: {volume} · by how complaints ended: {rate}, taken apart here by cause · dot and line: "
                "counted, with exact 95% interval · bar: likely, with luck taken off"
            )
            if causes
            else N_(
                "{year} as of {as_of}, {actual} not agreed, threshold {threshold}: {total} · of it by the number of "
                "customers: {volume} · by how complaints ended: {rate}, taken apart here by branch · dot and line: "
                "counted, with exact 95% interval · bar: likely, with luck taken off"
            ),
            numbers,
        ),
        source=source,
    )


def _outcomes(taken: Excess) -> Message:
    """Say how many more or fewer customers are not agreed than at the plan's rate, and whether luck may do that."""
    count = f"{abs(taken.everywhere):.1f}"
    if not taken.decided:
        return Message(N_("nobody is decided yet"))
    if not float(count):
        return Message(N_("outcomes as planned"))
    worse, sure = taken.everywhere > 0, taken.beyond_chance
    if sure:
        text = (
            N_("outcomes worse than planned, {count} more not agreed")
            if worse
            else N_("outcomes better than planned, {count} fewer not agreed")
        )
    else:
        text = (
            N_("outcomes worse than planned, {count} more not agreed, as chance alone may do")
            if worse
            else N_("outcomes better than planned, {count} fewer not agreed, as chance alone may do")
        )
    return Message(text, {"count": count})


def dispatch_caption(
    complaint_class: str, compared: Comparison, name: Name, limit: float, as_of: date, source: Message
) -> Caption:
    """Say which branches' tickets are dispatched late (R07)."""
    late, tickets = int(compared.units["not_agreed"].sum()), int(compared.units["decided"].sum())
    marked = [str(branch) for branch in compared.marked["branch_id"]]
    finding = (
        Message(
            N_("late dispatch at {branches}"),
            {"branches": listed([Message(N_("{value}"), {"value": name(key)}) for key in marked[:NAMED_AT_MOST]])},
        )
        if marked
        else Message(N_("no branch is dispatched to later than the others beyond chance"))
    )
    return Caption(
        finding=Message(N_("{complaint_class}: {finding}"), {"complaint_class": complaint_class, "finding": finding}),
        figures=Message(
            N_(
                "Share of tickets dispatched after more than {limit:g} working hours: {late} of {tickets} · as of "
                "{as_of}"
            ),
            {"limit": limit, "late": late, "tickets": tickets, "as_of": str(as_of)},
        ),
        source=source,
    )


def process_map_caption(complaint_class: str, transitions: pd.DataFrame, as_of: date, source: Message) -> Caption:
    """Say how many tickets were sent back on their way."""
    received = int(transitions.loc[transitions["step"] == "received", "transitions"].sum())
    back = int(transitions.loc[transitions["next_step"].isin(["returned", "退回"]), "transitions"].sum())
    return Caption(
        finding=Message(
            N_("{complaint_class}: {back} times sent back on the way of {received} tickets"),
            {"complaint_class": complaint_class, "back": back, "received": received},
        ),
        figures=Message(
            N_("From step to step, as of {as_of} · width: how often · numbers: times a step was passed"),
            {"as_of": str(as_of)},
        ),
        source=source,
    )
