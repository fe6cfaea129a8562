"""The excess taken apart adds up, and its order is not one of luck."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.contributions import contributions, excess


def cells(decided: list[int], not_agreed: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "branch_id": [f"B{i}" for i in range(len(decided))],
            "cause": "c",
            "channel": "k",
            "decided": decided,
            "not_agreed": not_agreed,
        }
    )


def test_r19_volume_and_outcomes_add_up_to_the_excess_over_the_threshold() -> None:
    """Plan 80 of 400 = 20%; threshold 40 means 200 decided; 250 decided and 60 not agreed: +20 = 50 × .2 + 10."""
    taken = excess(60, 250, 40.0, 0.2)
    assert taken.total == 20
    assert taken.planned == pytest.approx(200)
    assert taken.volume == pytest.approx(10)
    assert taken.everywhere == pytest.approx(10)
    interval = stats.binomtest(60, 250).proportion_ci(0.95, method="exact")
    assert taken.low == pytest.approx(250 * (interval.low - 0.2))
    assert taken.high == pytest.approx(250 * (interval.high - 0.2))
    assert not taken.beyond_chance


def test_an_excess_by_volume_alone_is_said_to_be_one() -> None:
    taken = excess(50, 250, 40.0, 0.2)
    assert taken.volume == pytest.approx(10)
    assert taken.everywhere == pytest.approx(0)


@pytest.mark.parametrize(
    ("actual", "decided", "threshold", "plan_rate"),
    [(0, 0, 0.0, 0.2), (3, 10, 0.0, 0.0), (3, 10, 4.0, 0.0), (9, 10, 2.0, 1.0)],
)
def test_it_adds_up_at_the_edges_too(actual: int, decided: int, threshold: float, plan_rate: float) -> None:
    taken = excess(actual, decided, threshold, plan_rate)
    assert taken.volume + taken.everywhere == pytest.approx(taken.total)


def test_contributions_add_up_to_the_class() -> None:
    found = contributions(cells([100, 60, 40], [30, 9, 8]), ["branch_id"], ("cause", "channel"), 0.2)
    assert found["excess"].sum() == pytest.approx(47 - 0.2 * 200)
    assert found["likely"].sum() == pytest.approx(47 - 0.2 * 200)
    assert found["on_plan"].sum() == pytest.approx(40)


def test_equal_branches_are_ordered_by_size_not_by_luck() -> None:
    """Six branches of one true rate of 30% against a plan of 20%; counts as chance has them."""
    decided = [120, 100, 80, 60, 40, 20]
    draw = np.random.default_rng(1)
    kept = 0
    for _ in range(50):
        hits = draw.binomial(decided, 0.3)
        found = contributions(cells(decided, hits.tolist()), ["branch_id"], ("cause",), 0.2)
        kept += found["branch_id"].tolist() == [f"B{i}" for i in range(6)]
    assert kept >= 25


def test_a_class_on_its_plan_is_ordered_by_size_not_by_the_last_digit() -> None:
    """A trial plan is the class's own rate: nothing is likely anywhere, and the largest branch comes first."""
    decided, hits = [1, 44, 2, 35, 33, 5], [0, 8, 1, 8, 8, 3]
    rate = sum(hits) / sum(decided)
    found = contributions(cells(decided, hits), ["branch_id"], ("cause",), rate)
    assert found["likely"].abs().max() < 1e-9
    assert found["decided"].tolist() == [44, 35, 33, 5, 2, 1]


def test_a_branch_that_truly_differs_comes_first() -> None:
    found = contributions(cells([60, 100, 100, 100], [40, 20, 19, 21]), ["branch_id"], ("cause",), 0.2)
    assert found["branch_id"].iloc[0] == "B0"
    assert found["likely"].iloc[0] > 0.5 * found["excess"].iloc[0]


def test_the_mix_of_causes_is_not_held_against_a_branch() -> None:
    """Half of the customers have a cause that ends badly at 50%, half one at 10%; B0 has the bad ones only."""
    table = pd.DataFrame(
        {
            "branch_id": ["B0", "B1", "B2", "B2"],
            "cause": ["bad", "good", "bad", "good"],
            "decided": [200, 200, 200, 200],
            "not_agreed": [100, 20, 100, 20],
        }
    )
    found = contributions(table, ["branch_id"], ("cause",), 0.3).set_index("branch_id")
    assert abs(found.loc["B0", "excess"]) < 3
    raw = contributions(table, ["branch_id"], (), 0.3).set_index("branch_id")
    assert raw.loc["B0", "excess"] == pytest.approx(40)


def test_nobody_decided_gives_no_rows() -> None:
    assert contributions(cells([], []), ["branch_id"], ("cause",), 0.2).empty
