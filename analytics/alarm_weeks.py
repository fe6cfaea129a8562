"""Which alarms stood at the end of each week: the register's column in the weekly table."""

from __future__ import annotations

import pandas as pd

from analytics.alarm import Kind, Reading, stood_since
from analytics.evaluation import Evaluation, Evidence

ORDER: tuple[Kind, ...] = ("breach_red", "breach_amber", "shift", "volume")


def alarms_by_week(evaluation: Evaluation) -> pd.Series:
    """Give the alarms that stood at the end of every week begun: Series of tuples of kinds, indexed by plan week.

    Red takes amber's place. The position is no alarm by itself and is not among them.
    """
    kinds = {e.kind: e for e in (evaluation.red, evaluation.amber, evaluation.shift, evaluation.volume)}
    weeks = evaluation.over.by_week.index
    standing = {kind: _stood(kinds[kind], evaluation, len(weeks)) for kind in ORDER}
    names = []
    for place in range(len(weeks)):
        held = tuple(kind for kind in ORDER if standing[kind][place])
        names.append(tuple(k for k in held if not (k == "breach_amber" and "breach_red" in held)))
    return pd.Series(names, index=weeks, dtype=object)


def _stood(evidence: Evidence, evaluation: Evaluation, weeks: int) -> list[bool]:
    day = evaluation.as_of.date()
    readings = [Reading(day, float(v), evidence.limit, evidence.margin) for v in evidence.by_week]
    if not readings:
        return [False] * weeks
    return [stood_since(readings[: place + 1]) is not None for place in range(len(readings))]
