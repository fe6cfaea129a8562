"""The corridor of an on-target year and the projection of this one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from analytics.breach import OpenCases, breach_path
from analytics.corridor import chance_on_plan, corridor, projection
from analytics.weeks import WeeksSoFar, weeks_so_far

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")


def so_far(as_of: str, every: int = 4, budget: float = 80.0) -> WeeksSoFar:
    counts = pd.Series((np.arange(365) % every == 0) * 1.0, index=DAYS)
    return weeks_so_far(counts, pd.Series(budget / 365, index=DAYS), pd.Timestamp(as_of))


def test_an_on_target_year_is_inside_the_corridor_on_at_least_four_days_of_five() -> None:
    threshold = pd.Series(np.cumsum(np.full(365, 80 / 365)), index=DAYS)
    band = corridor(threshold, 0.8)
    years = np.random.default_rng(1).poisson(80 / 365, (4_000, 365)).cumsum(axis=1)
    inside = ((years >= band["low"].to_numpy()) & (years <= band["high"].to_numpy())).mean(axis=0)
    assert inside.min() > 0.78
    outside_below = (years < band["low"].to_numpy()).mean(axis=0)
    outside_above = (years > band["high"].to_numpy()).mean(axis=0)
    assert max(outside_below.max(), outside_above.max()) < 0.12
    leaves_it_somewhere = (
        1 - ((years >= band["low"].to_numpy()) & (years <= band["high"].to_numpy())).all(axis=1).mean()
    )
    assert leaves_it_somewhere > 0.5


def test_a_wider_chance_gives_a_wider_corridor_and_nobody_allowed_gives_none() -> None:
    threshold = pd.Series([0.0, 10.0, 38.2], index=DAYS[:3])
    narrow, wide = corridor(threshold, 0.5), corridor(threshold, 0.95)
    assert (wide["low"] <= narrow["low"]).all()
    assert (wide["high"] >= narrow["high"]).all()
    assert (corridor(threshold).iloc[0] == 0).all()


def test_the_chance_that_a_process_on_plan_is_at_or_above_the_actual_is_a_poisson_tail() -> None:
    by_hand = 1 - sum(np.exp(-38.2 + k * np.log(38.2) - sum(np.log(range(1, k + 1)))) for k in range(45))
    assert chance_on_plan(45, 38.2) == pytest.approx(by_hand)
    assert chance_on_plan(45, 38.2) == pytest.approx(0.15, abs=0.01)
    assert chance_on_plan(0, 12.0) == 1.0
    assert chance_on_plan(0, 0.0) == 1.0
    assert chance_on_plan(1, 0.0) == 0.0


def test_a_budget_of_80_run_exactly_breaks_in_47_percent_of_years_and_needs_69_7_for_ten() -> None:
    assert poisson.sf(80, 80) == pytest.approx(0.47, abs=0.005)
    assert poisson.sf(80, 69.7) == pytest.approx(0.10, abs=0.001)


@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-03-09", "2025-06-11", "2025-12-30"])
@pytest.mark.parametrize("open_cases", [OpenCases((), 0.0), OpenCases((0.5, 0.2, 0.9), 0.6)])
def test_the_projection_and_the_breach_probability_are_the_same_statement(as_of: str, open_cases: OpenCases) -> None:
    weeks = so_far(as_of)
    projected = projection(weeks, open_cases=open_cases)
    breach = breach_path(weeks, 80, open_cases)
    assert breach is not None
    above = 1 - projected.total[: 80 - projected.so_far + 1].sum() if projected.so_far <= 80 else 1.0
    assert above == pytest.approx(breach[-1], abs=1e-9)


def test_the_projection_starts_at_the_actual_widens_and_covers_what_a_simulation_gives() -> None:
    weeks = so_far("2025-06-11", every=4)
    projected = projection(weeks)
    table = projected.weeks
    assert projected.so_far == 41
    assert table.index[0] == pd.Timestamp("2025-06-15")
    assert table.index[-1] == pd.Timestamp("2025-12-31")
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert (table.diff().dropna() >= 0).all(axis=None)
    assert ((table["high"] - table["low"]).diff().dropna() >= -1).all()
    assert table["low"].iloc[0] >= 41
    assert projected.total.sum() == pytest.approx(1, abs=1e-6)


def test_an_interval_holds_its_chance_of_the_totals() -> None:
    projected = projection(so_far("2025-06-11"), 0.8)
    low, high = (int(projected.weeks[c].iloc[-1]) - projected.so_far for c in ("low", "high"))
    assert projected.total[low : high + 1].sum() >= 0.8
    assert projected.total[low + 1 : high].sum() < 0.8


def test_after_the_year_nothing_is_left_to_project() -> None:
    projected = projection(so_far("2025-12-31"), open_cases=OpenCases((0.5,), 0.2))
    assert projected.weeks.empty
    assert projected.total[0] == pytest.approx(1)
