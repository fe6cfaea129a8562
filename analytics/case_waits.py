"""Who waited for whom in one case: the time up to a step belongs to the party who took it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from analytics.case_steps import PARTIES, Party, Step


@dataclass(frozen=True)
class Wait:
    """A stretch of time in which it was one party's move.

    party: whose. begins, ends: from the step before to the step that ended it, or to the as-of day while it lasts.
    """

    party: Party
    begins: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasted."""
        return self.ends - self.begins


def waits(steps: Sequence[Step], until: datetime, moves: Party | None) -> list[Wait]:
    """Give the stretches of time of a case from its receipt on, one after the other, without a gap.

    steps: in order of time; those of no known party, entries that only plan, and steps after `until` are passed over.
    until: the end of the as-of day. moves: whose move it is at the end, None where nobody waits any more. Stretches of
    one party that follow each other are one.
    """
    begun = next((step.at for step in steps if step.kind == "received"), steps[0].at if steps else until)
    counted = [
        step
        for step in steps
        if step.party is not None and begun <= step.at <= until and step.kind not in ("received", "assigned", "note")
    ]
    found: list[Wait] = []
    last = begun

    def add(party: Party, end: datetime) -> None:
        nonlocal last
        if found and found[-1].party == party:
            found[-1] = Wait(party, found[-1].begins, end)
        elif end > last:
            found.append(Wait(party, last, end))
        last = end

    for step in counted:
        if step.party is not None:
            add(step.party, step.at)
    if moves is not None and until > last:
        add(moves, until)
    return found


def days_by_party(stretches: Sequence[Wait]) -> dict[Party, float]:
    """Give how many days a case waited for each party, all together; parties it never waited for are left out."""
    totals = {party: sum((wait.length for wait in stretches if wait.party == party), timedelta()) for party in PARTIES}
    return {party: total.total_seconds() / 86_400 for party, total in totals.items() if total}
