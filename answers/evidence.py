"""The evidence beside the position: will the year break, have outcomes worsened, has volume risen."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.breach import NO_OPEN_CASES, OpenCases
from analytics.corridor import Projection, corridor, projection
from analytics.evaluation import Evaluation, evaluate
from analytics.limits import Limits
from analytics.small_base import risk_to_come
from analytics.weeks import weeks_so_far
from answers.class_year import ClassYear, class_year
from answers.kept import is_kept, kept
from answers.risk import customer_risks
from data.scope import Scope
from data.store import Store

MOST_OPEN = 400  # customers; more open cases are stood for by this many, each with a share of the others' weight


@dataclass(frozen=True)
class Standing:
    """One class and year with its evidence. open_cases: what is known of the open customers."""

    answer: ClassYear
    evaluation: Evaluation
    open_cases: OpenCases

    @cached_property
    def corridor(self) -> pd.DataFrame:
        """The band of an on-target year: DataFrame by day, `low` and `high`."""
        return corridor(self.answer.threshold.split.days["threshold"], self.evaluation.limits.corridor)

    @cached_property
    def projection(self) -> Projection | None:
        """The projected rest of the year; None before it has begun, once it is over, or where the plan allows nobody.

        Worked out where it is drawn: lists of classes do without."""
        answer = self.answer
        weeks = weeks_so_far(
            answer.counts["not_agreed"], answer.newest_split.days["allocation"], pd.Timestamp(answer.as_of)
        )
        if not weeks.begun or weeks.over or weeks.plan.sum() <= 0:
            return None
        return projection(weeks, self.evaluation.limits.corridor, self.open_cases)


def standing(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> Standing | None:
    """Put a class and year together with its evidence, once for each state of the store; None as in `class_year`."""

    def work() -> Standing | None:
        answer = class_year(store, scope, complaint_class, year, as_of)
        return None if answer is None else with_evidence(answer, open_now(answer, own_risks(store, scope, answer)))

    return kept(store, _name(scope, complaint_class, year, as_of), work)


def stands_ready(store: Store, scope: Scope, complaint_class: str, year: int, as_of: date) -> bool:
    """Say whether `standing` answers at once; for large classes its evidence takes longer than a click should."""
    return is_kept(store, _name(scope, complaint_class, year, as_of))


def _name(scope: Scope, complaint_class: str, year: int, as_of: date) -> Hashable:
    return ("standing", scope, complaint_class, year, as_of)


def with_evidence(answer: ClassYear, open_cases: OpenCases | None = None) -> Standing:
    """Evaluate one class and year. open_cases: what is known of the open customers; else the class's own share."""
    open_cases = open_now(answer) if open_cases is None else open_cases
    return Standing(answer, evaluation_of(answer, open_cases), open_cases)


def evaluation_of(answer: ClassYear, open_cases: OpenCases | None = None) -> Evaluation:
    """Evaluate one class and year: its position and every alarm. open_cases: as in `with_evidence`."""
    open_cases = open_now(answer) if open_cases is None else open_cases
    return evaluate(
        answer.counts,
        answer.threshold.split.days["threshold"],
        answer.forecast.curve["customers"],
        answer.plan.budget,
        pd.Timestamp(answer.as_of),
        allocation=answer.newest_split.days["allocation"],
        open_risks=open_cases.risks,
        dispersion=answer.forecast.dispersion,
        limits=Limits(near=answer.plan.near, over=answer.plan.over),
        case_by_case=answer.plan.regime == "case_by_case",
    )


def own_risks(store: Store, scope: Scope, answer: ClassYear) -> tuple[float, ...] | None:
    """Give the open customers' own risks where a valid model stands, else None."""
    if answer.open_customers == 0:
        return None
    return customer_risks(store, scope, answer.complaint_class, answer.year, answer.as_of, answer.plan.reading)


def open_now(answer: ClassYear, risks: tuple[float, ...] | None = None) -> OpenCases:
    """Give each open customer's chance of ending not agreed.

    risks: their own, from the model of risk; without them the class's own share this year, drawn to the plan's. More
    than MOST_OPEN customers are stood for by so many, each with its share of the risks.
    """
    if answer.open_customers == 0:
        return NO_OPEN_CASES
    expected = answer.forecast.customers
    planned = min(answer.plan.budget / expected, 1.0) if expected > 0 else 1.0
    if risks is None or len(risks) != answer.open_customers:
        risk = risk_to_come(answer.fcr.not_agreed, answer.fcr.decided, planned)
        risks = (risk,) * answer.open_customers
    if len(risks) > MOST_OPEN:
        risks = tuple(min(float(part.sum()), 1.0) for part in np.array_split(np.sort(risks), MOST_OPEN))
    return OpenCases(risks, planned * answer.open_customers)
