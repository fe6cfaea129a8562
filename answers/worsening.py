"""When outcomes of a class worsened, and at which causes and branches."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.calendar import plan_weeks
from analytics.worsening import change_week, worsening
from answers.branches import BranchAnswer
from answers.evidence import standing
from answers.kept import kept
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True)
class Worsening:
    """The shift signal stands: since which plan week, from which week on outcomes are worse (`week`, `starts`), and the
    shares before and after by cause and by branch (`analytics.worsening.worsening`)."""

    since: int
    week: int
    starts: pd.Timestamp
    by_cause: pd.DataFrame
    by_branch: pd.DataFrame


def worsened(store: Store, scope: Scope, shown: BranchAnswer) -> Worsening | None:
    """Give the worsening that the shift signal has found; None where it does not stand."""
    answer = shown.answer

    def work() -> Worsening | None:
        stood = standing(store, scope, answer.complaint_class, answer.year, answer.as_of)
        if stood is None or stood.evaluation.shift.since is None:
            return None
        signal, limits = stood.evaluation.shift, stood.evaluation.limits
        week = change_week(signal.by_week, stood.evaluation.shift.since, limits.shift_head_start)
        starts = plan_weeks(answer.year).set_index("week").loc[week, "week_start"]
        causes = store.read(
            "outcome_weeks",
            scope,
            answer.as_of,
            complaint_class=answer.complaint_class,
            reading=answer.plan.reading,
            year=answer.year,
            by="cause",
        )
        return Worsening(
            since=stood.evaluation.shift.since,
            week=week,
            starts=starts,
            by_cause=worsening(causes.rename(columns={"unit": "cause"}), "cause", starts),
            by_branch=worsening(shown.weeks, "branch_id", starts),
        )

    return kept(store, ("worsening", scope, answer.complaint_class, answer.year, answer.as_of), work)
