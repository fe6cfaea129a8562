"""The handling path of one class's tickets: waits, dispatch, paths, transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.funnel import Comparison
from analytics.handling import in_whole_days, late_dispatch, path_outcomes, step_summary, steps_recorded, waits
from analytics.step_limits import Step, StepLimit, step_limits
from answers.branches import BranchAnswer
from answers.case_limits import limits_in_force
from answers.kept import kept
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True)
class HandlingAnswer:
    """How tickets received or decided in the years compared were handled.

    steps: `analytics.handling.step_summary` of all tickets. dispatch: late dispatch by branch. paths: which paths
    end not agreed more often. sent_back: DataFrame `branch_id`, `tickets`,
    `sent_back`. transitions: DataFrame `branch_id` (missing: all), `step`, `next_step`, `transitions`, `tickets`,
    `median_hours`. passed: DataFrame `branch_id` (missing: all), `step`, `times`, `tickets`. tickets: how many in all.
    limits: those of the bank that the waits were held against.
    recorded: the steps that these tickets date. whole_days: whether they were received on days without a time of day.
    """

    steps: pd.DataFrame
    dispatch: Comparison
    paths: pd.DataFrame
    sent_back: pd.DataFrame
    transitions: pd.DataFrame
    passed: pd.DataFrame
    tickets: int
    limits: Mapping[Step, StepLimit]
    recorded: frozenset[Step]
    whole_days: bool

    def transitions_of(self, branch_id: str | None) -> pd.DataFrame:
        """Give the transitions of one branch, or of all branches together for None."""
        return _of_branch(self.transitions, branch_id)

    def passed_of(self, branch_id: str | None) -> pd.DataFrame:
        """Give how often the steps were taken at one branch, or at all branches together for None."""
        return _of_branch(self.passed, branch_id)


def _of_branch(frame: pd.DataFrame, branch_id: str | None) -> pd.DataFrame:
    of = frame["branch_id"]
    return frame[of.isna() if branch_id is None else of == branch_id].reset_index(drop=True)


def handling_answer(store: Store, scope: Scope, shown: BranchAnswer) -> HandlingAnswer | None:
    """Put the handling path together by the bank's limits of the as-of day, once for each state of the store; None
    where there are no tickets."""
    answer = shown.answer
    limits = limits_in_force(store, scope, answer.as_of)
    return kept(
        store,
        ("handling", scope, answer.complaint_class, answer.year, answer.as_of, limits),
        lambda: _put_together(store, scope, shown, step_limits(limits)),
    )


def _put_together(
    store: Store, scope: Scope, shown: BranchAnswer, limits: Mapping[Step, StepLimit]
) -> HandlingAnswer | None:
    as_of = shown.answer.as_of
    asked = _asked(shown)
    tickets = store.read("handling_waits", scope, as_of, **asked)
    if tickets.empty:
        return None
    recorded = steps_recorded(tickets, limits)
    waited = waits(tickets, pd.Timestamp(as_of), recorded, limits)
    sent_back = (
        waited.assign(back=waited["returned"] > 0)
        .groupby("branch_id", sort=False)
        .agg(tickets=("back", "size"), sent_back=("back", "sum"))
        .reset_index()
    )
    return HandlingAnswer(
        steps=step_summary(waited, limits),
        dispatch=late_dispatch(waited),
        paths=path_outcomes(waited),
        sent_back=sent_back,
        transitions=store.read("transitions", scope, as_of, **asked),
        passed=store.read("steps_passed", scope, as_of, **asked),
        tickets=len(waited),
        limits=limits,
        recorded=recorded,
        whole_days=in_whole_days(tickets),
    )


def handled_tickets(store: Store, scope: Scope, shown: BranchAnswer, branch: str | None = None) -> pd.DataFrame:
    """Give the tickets of the handling path with their waits (`analytics.handling.waits`), newest first."""
    answer = shown.answer
    limits = limits_in_force(store, scope, answer.as_of)

    def work() -> pd.DataFrame:
        tickets = store.read("tickets_handled", scope, answer.as_of, **_asked(shown), branch=branch)
        of_all = handling_answer(store, scope, shown)
        recorded = None if of_all is None else of_all.recorded
        return waits(tickets, pd.Timestamp(answer.as_of), recorded, step_limits(limits))

    return kept(store, ("handled", scope, answer.complaint_class, answer.year, answer.as_of, branch, limits), work)


def tickets_of_transition(
    store: Store, scope: Scope, shown: BranchAnswer, step: str, next_step: str | None, branch: str | None = None
) -> pd.DataFrame:
    """Give the tickets in which one step was followed at once by another (None: was taken at all), newest first."""
    asked = {**_asked(shown), "step": step, "next_step": next_step, "branch": branch}
    return store.read("tickets_of_transition", scope, shown.answer.as_of, **asked)


def _asked(shown: BranchAnswer) -> dict[str, Any]:
    answer = shown.answer
    return {
        "complaint_class": answer.complaint_class,
        "reading": answer.plan.reading,
        "first_year": shown.first_year,
        "last_year": answer.year,
    }
