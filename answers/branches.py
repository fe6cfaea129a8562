"""Where one class's customers are lost: by branch, cause, channel and week, and what the excess is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from analytics.branch_findings import BranchFindings, branch_findings
from analytics.contributions import Excess, contributions, excess
from answers.class_year import ClassYear, class_year
from answers.kept import kept
from data.scope import Scope
from data.store import Store

YEARS_COMPARED = 3  # a single year of a class is too few customers to tell branches apart


@dataclass(frozen=True)
class BranchAnswer:
    """What the branch screen says of one class and year.

    findings: who differs beyond chance in the years compared; None where nobody is decided. excess: this year's, taken
    apart; by_branch, by_cause: contributions to it (`analytics.contributions`). weeks: DataFrame `branch_id`,
    `week_start`, `decided`, `not_agreed` of this year. names: branch id → name, as far as known.
    """

    answer: ClassYear
    findings: BranchFindings | None
    excess: Excess
    by_branch: pd.DataFrame
    by_cause: pd.DataFrame
    weeks: pd.DataFrame
    names: Mapping[str, str]

    @property
    def first_year(self) -> int:
        """The first of the years compared."""
        return self.answer.year - YEARS_COMPARED + 1

    def branch(self, branch_id: str) -> str:
        """Give a branch's name with its id; the id alone where no name is known."""
        name = self.names.get(branch_id)
        return f"{name} {branch_id}" if name and name != branch_id else branch_id

    @property
    def branch_ids(self) -> tuple[str, ...]:
        """Branches with decided customers in the years compared, largest first."""
        return () if self.findings is None else tuple(self.findings.branches.units["branch_id"])


def branch_answer(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> BranchAnswer | None:
    """Put the branch screen's results together, once for each state of the store; None as in `class_year`."""
    return kept(
        store,
        ("branches", scope, complaint_class, year, as_of),
        lambda: _put_together(store, scope, complaint_class, year, as_of),
    )


def _put_together(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> BranchAnswer | None:
    answer = class_year(store, scope, complaint_class, year, as_of)
    if answer is None:
        return None
    asked: dict[str, Any] = {"complaint_class": complaint_class, "reading": answer.plan.reading}
    cells = store.read("branch_cells", scope, as_of, **asked, first_year=year - YEARS_COMPARED + 1, last_year=year)
    now = cells[cells["year"] == year]
    taken = excess(
        int(now["not_agreed"].sum()),
        int(now["decided"].sum()),
        answer.threshold.threshold_now,
        planned_rate(answer),
    )
    names = store.read("branch_names", scope, as_of)
    return BranchAnswer(
        answer=answer,
        findings=branch_findings(cells, year),
        excess=taken,
        by_branch=contributions(now, ["branch_id"], ("cause", "channel"), taken.plan_rate),
        by_cause=contributions(now, ["cause"], ("channel",), taken.plan_rate),
        weeks=store.read("outcome_weeks", scope, as_of, **asked, year=year, by="branch_id").rename(
            columns={"unit": "branch_id"}
        ),
        names=MappingProxyType(dict(zip(names["branch_id"], names["branch_name"], strict=True))),
    )


def planned_rate(answer: ClassYear) -> float:
    """Give the share of decided customers who may end not agreed: allowance ÷ forecast customers.

    Of a trial plan, whose forecast nobody has looked at, it is what the plan takes as its target.
    """
    target = answer.plan.target_fcr
    if answer.is_trial and target is not None:
        return 1 - target
    customers = answer.forecast.customers
    return min(answer.plan.budget / customers, 1.0) if customers > 0 else 0.0


def tickets_decided(
    store: Store,
    scope: Scope,
    shown: BranchAnswer,
    *,
    branch: str | None = None,
    cause: str | None = None,
    channel: str | None = None,
    week: date | None = None,
    outcome: str | None = None,
    this_year: bool = False,
) -> pd.DataFrame:
    """Give the tickets behind a mark of the branch screen: one a decided customer, not agreed ones first.

    None leaves a property open; cause and channel "" mean the ones not given. this_year: of the chosen year alone,
    else of the years compared.
    """
    answer = shown.answer
    return store.read(
        "tickets_decided",
        scope,
        answer.as_of,
        complaint_class=answer.complaint_class,
        reading=answer.plan.reading,
        first_year=answer.year if this_year else shown.first_year,
        last_year=answer.year,
        branch=branch,
        cause=cause,
        channel=channel,
        week=week,
        outcome=outcome,
    )
