"""The effect of a measure: against worked-out numbers, and by simulation of worlds with and without an effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.measure_effect import LEAD_DAYS, MeasureEffect, change, measure_effect
from benchmarks.measure_effect import FIRST, WEEKS_BEFORE, World, measured, weekly

START = FIRST + pd.Timedelta(weeks=WEEKS_BEFORE)


def asked(
    counts: pd.DataFrame, branches: tuple[str, ...], weeks_after: int, *, share: bool = True, lead: int = LEAD_DAYS
) -> MeasureEffect:
    end = START + pd.Timedelta(weeks=weeks_after) - pd.Timedelta(days=1)
    return measure_effect(counts, branches, START, end, known_from=FIRST, share=share, lead=lead)


def flat(rates: list[tuple[float, float]], a_week: int, weeks_after: int) -> pd.DataFrame:
    """Branches with the same customers every week and a rate before and after, without noise."""
    before, after = np.ones(WEEKS_BEFORE), np.ones(weeks_after)
    base = np.full((len(rates), WEEKS_BEFORE + weeks_after), a_week)
    events = np.array([a_week * np.concatenate([before * old, after * new]) for old, new in rates])
    return weekly(events, base)


def test_r23_what_changed_everywhere_cancels_and_the_rest_is_the_effect() -> None:
    """All branches rise by 1.5 from different levels; the branch with the measure rises by 0.75 only: half."""
    counts = flat([(0.2, 0.15), (0.2, 0.3), (0.1, 0.15), (0.4, 0.6)], a_week=40, weeks_after=26)
    found = asked(counts, ("B00",), 26)
    assert found.own == pytest.approx(0.75)
    assert found.others == pytest.approx(1.5)
    assert found.ratio == pytest.approx(0.5)
    assert found.compared
    assert found.verdict == "better"
    # 52 weeks before, the last eight before the measure left out; 26 after
    assert found.events_before == 52 * 40 * 0.2
    assert found.events_after == pytest.approx(26 * 40 * 0.15)
    assert found.expected == pytest.approx(26 * 40 * 0.2 * 1.5)
    assert found.before == (START - pd.Timedelta(days=364 + LEAD_DAYS), START - pd.Timedelta(days=LEAD_DAYS + 1))


def test_the_interval_of_one_branch_is_that_of_a_ratio_of_two_shares() -> None:
    """With one stratum Mantel and Haenszel's ratio is the plain one, and Greenland and Robins' variance is
    1/a − 1/n₁ + 1/c − 1/n₀ (Rothman, Modern Epidemiology, risk ratios)."""
    counts = flat([(0.2, 0.1)], a_week=10, weeks_after=20)
    found = asked(counts, (), 20)
    a, n1, c, n0 = 20.0, 200.0, 104.0, 520.0
    sd = np.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n0)
    assert found.ratio == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5 * np.exp(-stats.norm.ppf(0.975) * sd))
    assert found.high == pytest.approx(0.5 * np.exp(stats.norm.ppf(0.975) * sd))
    assert not found.compared


def test_volume_is_compared_by_days_not_by_a_base() -> None:
    base = np.array([[10] * WEEKS_BEFORE + [5] * 26, [10] * (WEEKS_BEFORE + 26)])
    found = asked(weekly(base, base), ("B00",), 26, share=False)
    assert found.ratio == pytest.approx(0.5)
    assert found.verdict == "better"


@pytest.mark.parametrize(
    ("weeks_after", "a_week", "verdict"),
    [(3, 40, "too_early"), (4, 400, "no_difference"), (26, 1, "too_few")],
    ids=["three weeks", "four weeks", "one customer a week"],
)
def test_too_early_and_too_few_are_said(weeks_after: int, a_week: int, verdict: str) -> None:
    counts = flat([(0.1, 0.1), (0.1, 0.1), (0.1, 0.1)], a_week, weeks_after)
    found = asked(counts, ("B00",), weeks_after)
    assert found.verdict == verdict
    assert found.days == weeks_after * 7


def test_a_measure_of_the_future_has_not_begun_and_one_without_a_time_before_is_too_early() -> None:
    counts = flat([(0.2, 0.2), (0.2, 0.2)], 40, 26)
    assert (
        measure_effect(counts, ("B00",), START, START - pd.Timedelta(days=1), known_from=FIRST).verdict == "not_begun"
    )
    late = measure_effect(
        counts, ("B00",), START, START + pd.Timedelta(weeks=26), known_from=START - pd.Timedelta(days=LEAD_DAYS + 55)
    )
    assert late.verdict == "too_early"


def test_nothing_counted_at_all_is_no_error() -> None:
    empty = pd.DataFrame({"branch_id": [], "day": pd.to_datetime([]), "events": [], "base": []})
    assert asked(empty, ("B00",), 26).verdict == "too_few"
    assert asked(empty, (), 26, share=False).verdict == "too_few"


def test_nobody_not_agreed_after_the_measure_still_has_an_interval() -> None:
    found = asked(flat([(0.2, 0.0), (0.2, 0.2), (0.2, 0.2)], 40, 26), ("B00",), 26)
    assert found.ratio is not None
    assert 0 < found.ratio < 0.05
    assert found.verdict == "better"


def test_a_change_is_written_in_whole_percent() -> None:
    assert [change(ratio) for ratio in (1.0, 0.998, 1.349, 0.8, 2.0)] == ["0%", "0%", "+35%", "−20%", "+100%"]


@pytest.mark.parametrize(
    "world",
    [World("no effect"), World("drift", drift=0.3), World("×0.6", effect=0.6)],
    ids=["no effect", "branches drift by themselves", "×0.6"],
)
def test_r23_the_interval_holds_the_truth_as_often_as_it_says(world: World) -> None:
    """95% within 3.5 points on 120 worlds (3 standard errors are 6); a measure that does nothing rarely looks good."""
    found = measured(world, 120)
    assert 0.915 <= found.covered <= 0.995
    if world.effect == 1.0:
        assert found.better <= 0.05
        assert found.worse <= 0.05


def test_a_measure_taken_where_things_just_went_badly_does_not_look_good_by_chance_alone() -> None:
    """With the eight weeks that led to the measure the middle ratio lies a fifth below the truth; without them not."""
    world = World("worst branch", chosen=True, after=52)
    kept, left_out = measured(world, 120, lead=0), measured(world, 120)
    assert kept.middle < 0.87 < left_out.middle
    assert left_out.better <= 0.05


def test_what_happens_everywhere_at_the_same_time_is_not_taken_for_the_measure() -> None:
    world = World("everywhere ×1.6", shift=1.6)
    assert measured(world, 80).worse <= 0.06
    assert measured(world, 80, alone=True).worse >= 0.4
