"""One weekly evaluation: position and evidence together, the week in which each first stood, edges, plan changes."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation import Evaluation, evaluate
from analytics.limits import limits_with
from analytics.shift import daily_scores, shift_limit, shift_path

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D")
WEEK_STARTS = [DAYS[0], *DAYS[DAYS.day_of_week == 0]]  # 1 January 2025 is a Wednesday


def a_class(
    as_of: str,
    *,
    customers: float = 400,
    budget: int = 80,
    ratio: float = 1.0,
    since: str = "2025-01-01",
    seed: int = 3,
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Counts, threshold and forecast of a class whose outcomes worsen by `ratio` on a day."""
    random = np.random.default_rng(seed)
    forecast = pd.Series(customers / 365, index=DAYS)
    drawn = random.poisson(forecast)
    share = max(budget, 1) / customers
    chance = np.clip(np.where(pd.Timestamp(since) <= DAYS, ratio, 1.0) * share, 0, 1)
    counts = pd.DataFrame(
        {"customers": drawn, "decided": drawn, "not_agreed": random.binomial(drawn, chance)}, index=DAYS, dtype=float
    )
    return counts[:as_of], (forecast / customers * budget).cumsum(), forecast


def judged(as_of: str, budget: int = 80, **world: object) -> Evaluation:
    counts, threshold, forecast = a_class(as_of, budget=budget, **world)  # type: ignore[arg-type]
    return evaluate(counts, threshold, forecast, budget, pd.Timestamp(as_of))


def test_the_evaluation_carries_position_and_evidence_of_the_same_day() -> None:
    counts, threshold, forecast = a_class("2025-06-08", ratio=1.6)
    result = evaluate(counts, threshold, forecast, 80, pd.Timestamp("2025-06-08"))
    assert (result.week, result.week_over, result.year_over) == (23, True, False)
    assert result.actual == counts["not_agreed"].sum()
    assert result.threshold == pytest.approx(80 * 159 / 365)
    assert result.position is not None
    assert result.position.ratio == pytest.approx(result.actual / result.threshold)
    assert result.breach_probability == result.amber.value == result.red.value
    assert (result.customers, result.decided) == (counts["customers"].sum(), counts["decided"].sum())


def test_the_shift_path_is_the_weekly_cusum_and_since_is_its_first_week_at_the_limit() -> None:
    counts, threshold, forecast = a_class("2025-08-10", ratio=2.0, since="2025-03-03")
    result = evaluate(counts, threshold, forecast, 80, pd.Timestamp("2025-08-10"))
    scores = daily_scores(counts["not_agreed"], counts["decided"], 0.2)
    week = np.searchsorted(WEEK_STARTS, counts.index, side="right")
    path = shift_path(scores.groupby(week).sum().to_numpy())
    np.testing.assert_allclose(result.shift.by_week, path)
    assert result.shift.by_week.index.tolist() == list(range(1, 33))
    limit = shift_limit(80, 0.2)
    assert result.shift.limit == limit
    assert result.shift.since == next(w for w, value in enumerate(path, start=1) if value >= limit)
    assert 10 <= (result.shift.since or 0) <= 20


def test_a_warning_stands_since_the_week_in_which_it_stood_on_that_weeks_own_sunday() -> None:
    result = judged("2025-09-14", ratio=1.5)
    since = result.red.since
    assert since is not None
    sunday = WEEK_STARTS[since] - pd.Timedelta(days=1)
    on_that_day = judged(str(sunday.date()), ratio=1.5)
    assert on_that_day.red.since == since
    week_before = judged(str((sunday - pd.Timedelta(days=7)).date()), ratio=1.5)
    assert not week_before.red.stands
    assert result.warning == "red"


def test_a_process_well_within_its_plan_raises_nothing() -> None:
    result = judged("2025-10-12", ratio=0.7)
    assert result.quiet
    assert result.warning == "none"
    assert result.breach_probability is not None
    assert result.breach_probability < 0.3


def test_more_complaints_with_equal_outcomes_raise_the_volume_signal_not_the_shift_signal() -> None:
    counts, threshold, forecast = a_class("2025-08-10", customers=800, budget=160)
    result = evaluate(counts, threshold / 2, forecast / 2, 80, pd.Timestamp("2025-08-10"))
    assert result.volume.stands
    assert not result.shift.stands


def test_a_small_budget_has_no_alarm_on_rates_but_the_chance_to_stay_within() -> None:
    result = judged("2025-06-08", budget=4, customers=20)
    assert result.small is not None
    assert (result.amber.absent, result.red.absent, result.shift.absent) == ("small_base",) * 3
    assert result.breach_probability is None
    assert result.small.p_ok < 1
    at_the_boundary = judged("2025-06-08", budget=20, customers=100)
    assert at_the_boundary.small is None
    assert at_the_boundary.shift.absent is None


def test_a_class_can_be_watched_case_by_case_whatever_its_budget() -> None:
    counts, threshold, forecast = a_class("2025-06-08")
    result = evaluate(
        counts, threshold, forecast, 80, pd.Timestamp("2025-06-08"), case_by_case=True, open_risks=[0.3, 0.6]
    )
    assert result.small is not None
    assert result.small.open_expected == pytest.approx(0.9)


def test_before_the_year_there_is_no_position_and_no_evidence() -> None:
    result = judged("2024-12-31")
    assert result.week is None
    assert result.position is None
    assert result.shift.absent == result.amber.absent == result.over.absent == "not_begun"
    assert result.breach_probability is not None
    assert all(reading.value is None for reading in result.readings().values())


def test_after_the_year_the_chance_is_certain() -> None:
    good, bad = judged("2025-12-31", ratio=0.6), judged("2025-12-31", ratio=1.8)
    assert (good.year_over, good.breach_probability, bad.breach_probability) == (True, 0.0, 1.0)


def test_a_plan_that_allows_nobody_is_watched_case_by_case_and_does_not_fail() -> None:
    counts, threshold, forecast = a_class("2025-06-08", budget=0)
    result = evaluate(counts, threshold * 0.0, forecast, 0, pd.Timestamp("2025-06-08"))
    assert result.small is not None
    assert result.over.value is not None
    assert np.isfinite(result.over.value)


def test_a_class_without_a_forecast_says_so() -> None:
    counts, threshold, forecast = a_class("2025-06-08")
    result = evaluate(counts, threshold, forecast * 0.0, 80, pd.Timestamp("2025-06-08"))
    assert (result.shift.absent, result.volume.absent) == ("no_forecast", "no_forecast")
    assert result.amber.value is not None


def test_a_budget_above_the_forecast_customers_has_no_shift_signal() -> None:
    counts, threshold, forecast = a_class("2025-06-08")
    result = evaluate(counts, threshold * 6, forecast, 480, pd.Timestamp("2025-06-08"))
    assert result.shift.absent == "no_forecast"


def test_a_change_of_plan_in_mid_year_does_not_read_as_a_change_of_the_process() -> None:
    counts, _, forecast = a_class("2025-08-31", ratio=0.75, seed=8)
    even_80, even_60 = (pd.Series(b / 365, index=DAYS) for b in (80, 60))
    stood = 80 * 181 / 365
    rest = (60 - stood) / 184
    joined = pd.Series(np.where(DAYS < "2025-07-01", 80 / 365, rest), index=DAYS).cumsum()
    assert joined.iloc[-1] == pytest.approx(60)
    day = pd.Timestamp("2025-08-31")
    unchanged = evaluate(counts, even_60.cumsum(), forecast, 60, day)
    replanned = evaluate(counts, joined, forecast, 60, day, allocation=even_60)
    assert replanned.breach_probability == pytest.approx(unchanged.breach_probability)
    assert replanned.threshold == pytest.approx(joined[day])
    assert evaluate(counts, even_80.cumsum(), forecast, 80, day).breach_probability != unchanged.breach_probability


def test_open_cases_likely_to_fail_raise_the_breach_probability_of_today_only() -> None:
    counts, threshold, forecast = a_class("2025-06-08", ratio=1.1)
    day = pd.Timestamp("2025-06-08")
    plain = evaluate(counts, threshold, forecast, 80, day)
    risky = evaluate(counts, threshold, forecast, 80, day, open_risks=[0.8] * 8)
    assert (risky.breach_probability or 0) > (plain.breach_probability or 1)
    np.testing.assert_array_equal(risky.amber.by_week[:-1], plain.amber.by_week[:-1])
    assert risky.open_cases == 8


def test_cases_of_their_own_risk_take_the_place_of_one_risk_for_all() -> None:
    counts, threshold, forecast = a_class("2025-06-08", ratio=1.3)
    days = counts.index.repeat(counts["decided"].astype(int))
    bad = np.concatenate(
        [np.arange(int(n)) < int(y) for y, n in zip(counts["not_agreed"], counts["decided"], strict=True)]
    )
    cases = pd.DataFrame({"day": days, "not_agreed": bad, "risk": 0.2})
    day = pd.Timestamp("2025-06-08")
    same = evaluate(counts, threshold, forecast, 80, day, cases=cases)
    np.testing.assert_allclose(same.shift.by_week, evaluate(counts, threshold, forecast, 80, day).shift.by_week)
    harder = evaluate(counts, threshold, forecast, 80, day, cases=cases.assign(risk=0.3))
    assert (harder.shift.value or 0) <= (same.shift.value or 0)


@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-06-11", "2025-12-31"])
def test_every_evaluation_can_be_kept_with_its_inputs_as_plain_values(as_of: str) -> None:
    kept = json.loads(json.dumps(judged(as_of).to_json(), allow_nan=False))
    assert kept["as_of"] == as_of
    assert kept["limits"]["red"] == 0.85
    assert set(kept["evidence"]) == {"position", "breach_amber", "breach_red", "shift", "volume"}


def test_limits_of_the_class_are_used() -> None:
    counts, threshold, forecast = a_class("2025-06-08", ratio=1.1)
    strict = evaluate(
        counts, threshold, forecast, 80, pd.Timestamp("2025-06-08"), limits=limits_with({"amber": 0.3, "red": 0.4})
    )
    assert strict.red.limit == 0.4
    assert strict.readings()["breach_amber"].limit == 0.3
    assert not strict.readings()["position"].at_limit


@pytest.mark.parametrize("as_of", ["2025-01-01", "2025-01-05", "2025-12-28", "2025-12-29"])
def test_partial_weeks_at_both_ends_of_the_year_need_no_special_case(as_of: str) -> None:
    result = judged(as_of)
    passed = (pd.Timestamp(as_of) - pd.Timestamp("2024-12-31")).days
    assert result.threshold == pytest.approx(80 * passed / 365)
    assert len(result.shift.by_week) == result.week
