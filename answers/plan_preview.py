"""What a plan would do before it is saved, and what it takes to decide one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy import stats

from analytics.allocation import Split, joined, split_by
from analytics.budget import BudgetOutlook, budget_from_target, outlook
from analytics.regime_proposal import RegimeProposal, propose_regime
from answers.class_year import ClassYear, known_on
from answers.plan_forecast import forecast_as_known
from data.plans import FrozenForecast, Plan, decide_plan, freeze_forecast, read_plans
from data.scope import Scope
from data.store import Store

QUANTILES = 999  # of the forecast's total, for the outlook


@dataclass(frozen=True)
class PlanPreview:
    """What a budget would mean from a day on.

    now, then: the thresholds in force and after the change, over the whole year. outlook: how likely the year holds at
    last year's share of not agreed. last_share: that share, 0–1, None where nobody was decided. forecast: what the new
    version would be decided with. proposal: the regime that suits it.
    """

    now: Split
    then: Split
    outlook: BudgetOutlook | None
    last_share: float | None
    forecast: FrozenForecast
    proposal: RegimeProposal


def preview(
    store: Store, scope: Scope, answer: ClassYear, budget: int, target_fcr: float | None, valid_from: date
) -> PlanPreview:
    """Work out what a new version of the plan would do; nothing is stored."""
    first = not answer.versions
    made = date(answer.year - 1, 12, 31) if first else valid_from
    forecast = forecast_as_known(
        store, scope, answer.complaint_class, answer.year, min(made, answer.as_of), answer.plan.reading
    )
    new = split_by(forecast.curve["share"], budget, "forecast")
    now = answer.threshold.split
    then = new if first else joined([(now.days.index[0], now), (pd.Timestamp(valid_from), new)])
    last = store.read("class_years", scope, answer.as_of)
    last = last[(last["complaint_class"] == answer.complaint_class) & (last["year"] == answer.year - 1)]
    decided = int(last["decided"].sum())
    share = int(last["not_agreed"].sum()) / decided if decided else None
    return PlanPreview(
        now=now,
        then=then,
        outlook=None if share is None else outlook(budget, total_quantiles(forecast), share),
        last_share=share,
        forecast=forecast,
        proposal=propose_regime(int(last["customers"].sum()), budget, target_fcr),
    )


def total_quantiles(forecast: FrozenForecast) -> np.ndarray:
    """Give evenly spaced quantiles of the year's customers, from the forecast's mean and 80% interval (log-normal)."""
    if forecast.low <= 0:
        return np.full(1, forecast.customers)
    spread = np.log(forecast.high / forecast.low) / (2 * stats.norm.ppf(0.9))
    levels = (np.arange(QUANTILES) + 0.5) / QUANTILES
    return np.asarray(forecast.customers * np.exp(spread * stats.norm.ppf(levels) - spread**2 / 2))


def budget_of_target(forecast: FrozenForecast, target_fcr: float) -> int:
    """Give the budget that a target means for a forecast, customers a year."""
    return budget_from_target(forecast.customers, target_fcr)


def decide(store: Store, scope: Scope, wanted: Plan) -> int:
    """Store a plan as its class's next version, with the forecast it was decided with; give the version.

    wanted: the plan's values; its version number is given here. Raises Problem as `decide_plan`.
    """
    version = decide_plan(
        store,
        scope,
        wanted.complaint_class,
        wanted.year,
        budget=wanted.budget,
        target_fcr=wanted.target_fcr,
        regime=wanted.regime,
        reading=wanted.reading,
        near=wanted.near,
        over=wanted.over,
        valid_from=wanted.valid_from,
        made_by=wanted.made_by,
        made_at=wanted.made_at,
        note=wanted.note,
    )
    freeze_missing(store, scope)
    return version


def freeze_missing(store: Store, scope: Scope) -> int:
    """Keep the forecasts of all plan versions that have none yet; give how many."""
    missing = read_plans(store.read("unfrozen_plans", scope, date.max))
    for plan in missing:
        forecast = forecast_as_known(store, scope, plan.complaint_class, plan.year, known_on(plan), plan.reading)
        freeze_forecast(store, plan.complaint_class, plan.year, plan.version, forecast)
    return len(missing)
