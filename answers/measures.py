"""Measures (措施): what was changed, where and from when, and what the numbers say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

import pandas as pd

from analytics.course import MEASURE
from analytics.measure_effect import BEFORE_DAYS, LEAD_DAYS, MeasureEffect, measure_effect
from answers.kept import kept
from answers.registers import Record, begin, records
from data.ledger import Entry
from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

Kind = Literal["sop", "script", "quota", "training", "mediation", "other"]
Aim = Literal["not_agreed", "final", "volume"]
KINDS: tuple[Kind, ...] = get_args(Kind)
AIMS: tuple[Aim, ...] = get_args(Aim)
USUAL_AIM: dict[Kind, Aim] = {
    "sop": "not_agreed", "script": "not_agreed", "quota": "volume", "training": "not_agreed", "mediation": "final",
    "other": "not_agreed",
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """One measure.

    title, text: what it is called and what it says. complaint_class: whose numbers it is to change; cause: of which
    cause only, empty for all. branches: where it holds, empty for all. starts: first day. aim: what it is to lower:
    not_agreed (customers not agreed among those decided), final (customers still not agreed at closing among those not
    agreed in the first round), volume (complaining customers a day). told: why it was kept or ended.
    """

    record: Record
    kind: Kind
    title: str
    text: str
    complaint_class: str
    cause: str
    branches: tuple[str, ...]
    starts: date
    aim: Aim
    owner: str
    about: Mapping[str, str]
    told: str

    @property
    def number(self) -> str:
        """Its number."""
        return self.record.key

    @property
    def ends(self) -> date | None:
        """The last day it held, None while it does."""
        last = self.record.last("measure_ended")
        return last.on_day if last is not None and self.record.state == "ended" else None


def measures(store: Store, scope: Scope, as_of: date) -> list[Measure]:
    """Give every measure as it stood on a day, in the order taken."""
    return [_measure(found) for found in records(store, scope, as_of, MEASURE)]


def take_measure(
    store: Store,
    scope: Scope,
    *,
    kind: Kind,
    title: str,
    complaint_class: str,
    starts: date,
    who: str,
    on_day: date,
    text: str = "",
    cause: str = "",
    branches: tuple[str, ...] = (),
    aim: Aim | None = None,
    owner: str = "",
    about: Mapping[str, str] | None = None,
    token: str | None = None,
) -> Entry:
    """Put a measure on the register; raises Problem where it has no name."""
    if not title.strip():
        raise Problem(
            Message(N_("A measure needs a name.")),
            Message(N_("Say in a few words what was changed, then enter it again.")),
        )
    body: dict[str, Any] = {
        "kind": kind,
        "title": title.strip(),
        "text": text.strip(),
        "class": complaint_class,
        "cause": cause,
        "branches": list(branches),
        "starts": starts.isoformat(),
        "aim": aim or USUAL_AIM[kind],
        "owner": " ".join(owner.split()),
        "about": dict(about or {}),
    }
    branch = branches[0] if len(branches) == 1 else None
    return begin(store, scope, MEASURE, body, who=who, on_day=on_day, branch_id=branch, token=token)


def effect(store: Store, scope: Scope, measure: Measure, as_of: date) -> MeasureEffect:
    """Say what the numbers show of a measure up to a day, or to the day it ended; worked out once for each state."""
    end = min(as_of, measure.ends or as_of)
    first = measure.starts - timedelta(days=LEAD_DAYS + BEFORE_DAYS)

    def work() -> MeasureEffect:
        counts = store.read(
            "branch_days",
            scope,
            as_of,
            complaint_class=measure.complaint_class,
            cause=measure.cause or None,
            aim=measure.aim,
            **{"from": first, "to": end},
        )
        known = store.read("freshness", scope, as_of).iloc[0]["data_from"]
        return measure_effect(
            counts,
            measure.branches,
            pd.Timestamp(measure.starts),
            pd.Timestamp(end),
            known_from=pd.Timestamp(first) if pd.isna(known) else pd.Timestamp(known),
            share=measure.aim != "volume",
        )

    name = ("measure_effect", scope, measure.complaint_class, measure.cause, measure.branches, measure.starts,
            measure.aim, end, as_of)  # fmt: skip
    return kept(store, name, work)


def _measure(found: Record) -> Measure:
    body = found.begun.body
    kind, aim = body.get("kind"), body.get("aim")
    last = found.steps[-1]
    return Measure(
        record=found,
        kind=kind if kind in KINDS else "other",
        title=str(body["title"]),
        text=str(body.get("text", "")),
        complaint_class=str(body["class"]),
        cause=str(body.get("cause") or ""),
        branches=tuple(str(branch) for branch in body.get("branches") or ()),
        starts=date.fromisoformat(str(body["starts"])),
        aim=aim if aim in AIMS else "not_agreed",
        owner=str(body.get("owner", "")),
        about={str(key): str(value) for key, value in dict(body.get("about") or {}).items()},
        told="" if last is found.begun else str(last.body.get("text", "")),
    )
