"""Where a class's warning comes from, as far as the data say: since which week, which branch and cause stand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.calendar import plan_weeks
from analytics.evaluation import Evaluation
from answers.branches import BranchAnswer, branch_answer
from answers.evidence import Standing
from answers.kept import kept
from answers.worsening import Worsening, worsened
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True)
class Origin:
    """Where to look first. week: first day of the week since which the warning stands, None where nothing stands.

    branch: the branch that adds most among those that differ beyond chance; branch_name: with its name. cause: as
    branch. None where none stands out: then naming one would be a league table.
    """

    week: date | None
    branch: str | None
    branch_name: str
    cause: str | None


def stands_since(evaluation: Evaluation) -> date | None:
    """Give the first day of the plan week since which the gravest warning stands; None where nothing stands."""
    for evidence in (evaluation.red, evaluation.amber, evaluation.shift, evaluation.volume, evaluation.over):
        if evidence.since is not None:
            weeks = plan_weeks(evaluation.year).set_index("week")["week_start"]
            found: date = weeks.loc[evidence.since].date()
            return found
    return None


def origin(store: Store, scope: Scope, shown: Standing) -> Origin:
    """Say where a class's warning comes from; kept like the branch screen's results, which it is read from."""
    answer = shown.answer

    def work() -> Origin:
        week = stands_since(shown.evaluation)
        found = branch_answer(store, scope, answer.complaint_class, answer.year, answer.as_of)
        if found is None or found.findings is None:
            return Origin(week, None, "", None)
        turned = worsened(store, scope, found)
        branch = _most(found.by_branch, "branch_id", _branches(found))
        cause = _most(found.by_cause, "cause", _causes(found, turned))
        return Origin(week, branch, "" if branch is None else found.branch(branch), cause)

    return kept(store, ("origin", scope, answer.complaint_class, answer.year, answer.as_of), work)


def _branches(found: BranchAnswer) -> set[str]:
    findings = found.findings
    if findings is None:
        return set()
    return {*findings.branches.marked["branch_id"], *findings.branch_causes.marked["branch_id"]}


def _causes(found: BranchAnswer, turned: Worsening | None) -> set[str]:
    marked = set() if found.findings is None else set(found.findings.causes.marked["cause"])
    if turned is not None:
        worse = turned.by_cause.iloc[1:]
        marked |= set(worse["cause"][worse["low"] > 0])
    return marked - {""}


def _most(contributions: pd.DataFrame, unit: str, marked: set[str]) -> str | None:
    """Give the marked unit that adds most to the excess; None where no marked one adds anything."""
    among = contributions[contributions[unit].isin(marked) & (contributions["likely"] > 0)]
    return None if among.empty else str(among[unit].iloc[0])
