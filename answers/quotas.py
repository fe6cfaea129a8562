"""The quotas of the branches by loan balance, with the actual against them (R21)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from scipy.stats import nbinom, poisson

from analytics.loan_balance import quotas as shared_out
from answers.causes import Asked, balance
from answers.class_year import ClassYear, class_year
from answers.kept import kept

Basis = Literal["customers", "not_agreed"]
PROPORTIONAL = 1.0  # the elasticity where none can be estimated


@dataclass(frozen=True)
class Quotas:
    """Every branch's quota of one class and year.

    basis: what is shared out: expected complaining customers, or the allowance of customers not agreed. total: whole
    customers of the year. elapsed: the part of it (0–1) that falls up to the as-of day. elasticity: the exponent of
    the balance; estimated: False where it is the plain proportion. table: a row a branch with a balance, largest
    first: branch_id, balance (yuan), share (0–1), quota (whole customers, sum = total), to_date (quota × elapsed),
    actual, difference (actual − to_date), chance (of this many or more at a branch that runs exactly at its quota,
    branch noise included). without_balance: branches left out.
    """

    basis: Basis
    total: int
    elapsed: float
    elasticity: float
    estimated: bool
    table: pd.DataFrame
    without_balance: tuple[str, ...]


def quotas(asked: Asked, basis: Basis) -> Quotas | None:
    """Give the quotas; None where no branch has a balance, or nothing is there to share out: nobody is expected (as in
    a class without a year before), or nobody allowed."""
    return kept(asked.store, asked.name("quotas", basis), lambda: _quotas(asked, basis))


def _quotas(asked: Asked, basis: Basis) -> Quotas | None:
    answer = class_year(asked.store, asked.scope, asked.complaint_class, asked.year, asked.as_of)
    relation = balance(asked)
    known = relation.branches
    if answer is None or known.empty:
        return None
    total, elapsed = _year(answer, basis)
    if total == 0:
        return None
    exponent = PROPORTIONAL if relation.elasticity is None else max(relation.elasticity, 0.0)
    balances = known.set_index("branch_id")["balance"].sort_values(ascending=False, kind="stable")
    table = shared_out(balances, exponent, total).assign(balance=balances)
    actual = _actual(asked, answer, basis).reindex(table.index).fillna(0).astype(int)
    table = table.assign(to_date=table["exact"] * elapsed, actual=actual)
    table["difference"] = table["actual"] - table["to_date"]
    noise = relation.dispersion or 0.0
    table["chance"] = [
        _at_least(count, mean, noise) for count, mean in zip(table["actual"], table["to_date"], strict=True)
    ]
    columns = ["branch_id", "balance", "share", "quota", "to_date", "actual", "difference", "chance"]
    return Quotas(
        basis=basis,
        total=total,
        elapsed=elapsed,
        elasticity=exponent,
        estimated=relation.elasticity is not None,
        table=table.rename_axis("branch_id").reset_index()[columns],
        without_balance=relation.without_balance,
    )


def _year(answer: ClassYear, basis: Basis) -> tuple[int, float]:
    """Give the year's total to share out, and the part of it up to the as-of day."""
    day = pd.Timestamp(answer.as_of)
    if basis == "not_agreed":
        threshold = answer.threshold.split.days["threshold"]
        so_far = threshold[threshold.index <= day]
        last = float(so_far.iloc[-1]) if len(so_far) else 0.0
        return answer.plan.budget, min(last / answer.plan.budget, 1.0) if answer.plan.budget else 0.0
    expected = answer.forecast.curve["customers"]
    sum_of_year = float(expected.sum())
    elapsed = float(expected[expected.index <= day].sum()) / sum_of_year if sum_of_year > 0 else 0.0
    return math.floor(answer.forecast.customers + 0.5), min(elapsed, 1.0)


def _actual(asked: Asked, answer: ClassYear, basis: Basis) -> pd.Series:
    """Give every branch's customers of the year so far."""
    begin = asked.last.replace(month=1, day=1)
    if basis == "not_agreed":
        frame = asked.frame("cause_not_agreed", first=begin, reading=answer.plan.reading)
        return frame.set_index("branch_id")["not_agreed"]
    return asked.frame("cause_customers", first=begin).set_index("branch_id")["customers"]


def _at_least(count: int, mean: float, noise: float) -> float:
    if mean <= 0:
        return 1.0 if count == 0 else 0.0
    if noise <= 1e-9:
        return float(poisson.sf(count - 1, mean))
    return float(nbinom.sf(count - 1, 1 / noise, 1 / (1 + noise * mean)))
