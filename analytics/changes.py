"""What changed between two evaluations of one class and year: counted anew, corrected, planned anew, warned."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.alarm import Kind
from analytics.evaluation import Evaluation
from analytics.position import Level


@dataclass(frozen=True)
class Changes:
    """The difference between what is known now and what was known before, in customers.

    new: became not agreed since then. corrected: more (or fewer) up to then than was known then, by late or corrected
    outcomes. threshold: what the threshold rose by. budget: (before, now) where it changed. trial: for both of them,
    whether it was a trial value that nobody has decided. appeared, gone: alarms that stand now and did not, and the
    other way round. level: (before, now) where the position changed.
    """

    new: int
    corrected: int
    threshold: float
    budget: tuple[int, int] | None
    trial: tuple[bool, bool]
    appeared: tuple[Kind, ...]
    gone: tuple[Kind, ...]
    level: tuple[Level, Level] | None


def changes(
    before: Evaluation, now: Evaluation, until_then: int, trial: tuple[bool, bool] = (False, False)
) -> Changes | None:
    """Compare two evaluations of one class and year.

    until_then: customers not agreed up to the earlier day as known now. trial: whether each was made on a trial plan.
    The sum holds: actual now = actual before + corrected + new. None where one of the two lies before the year.
    """
    if before.position is None or now.position is None or before.year != now.year:
        return None
    held, holds = stands(before), stands(now)
    levels = (before.position.level, now.position.level)
    return Changes(
        new=now.actual - until_then,
        corrected=until_then - before.actual,
        threshold=now.threshold - before.threshold,
        budget=None if before.budget == now.budget else (before.budget, now.budget),
        trial=trial,
        appeared=tuple(kind for kind in holds if kind not in held),
        gone=tuple(kind for kind in held if kind not in holds),
        level=None if levels[0] == levels[1] else levels,
    )


def stands(evaluation: Evaluation) -> tuple[Kind, ...]:
    """Give the alarms that stand, worst first; red takes amber's place."""
    held = [e.kind for e in (evaluation.red, evaluation.amber, evaluation.shift, evaluation.volume) if e.stands]
    return tuple(kind for kind in held if not (kind == "breach_amber" and "breach_red" in held))
