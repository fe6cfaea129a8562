"""What causes and channels lead one to expect, against a plain minimisation of the same penalised likelihood."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from analytics.case_mix import PRIOR_SD, expected


def bank(seed: int = 1) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    rows = [
        {"branch_id": f"B{b}", "cause": f"c{c}", "channel": f"k{k}", "decided": int(draw.poisson(4))}
        for b in range(6)
        for c in range(3)
        for k in range(2)
    ]
    table = pd.DataFrame(rows).query("decided > 0").reset_index(drop=True)
    chance = expit(-1.4 + 0.8 * (table["cause"] == "c1") + 0.6 * (table["channel"] == "k1"))
    return table.assign(not_agreed=draw.binomial(table["decided"], chance))


def test_it_is_the_penalised_logistic_regression_of_causes_and_channels() -> None:
    table = bank()
    design = np.column_stack(
        [
            np.ones(len(table)),
            *((table["cause"] == f"c{c}").astype(float) for c in range(3)),
            *((table["channel"] == f"k{k}").astype(float) for k in range(2)),
        ]
    )
    hits, total = table["not_agreed"].to_numpy(float), table["decided"].to_numpy(float)

    def loss(beta: np.ndarray) -> float:
        p = expit(design @ beta)
        fit = hits * np.log(p) + (total - hits) * np.log1p(-p)
        return float(-fit.sum() + (beta[1:] ** 2).sum() / (2 * PRIOR_SD**2))

    best = minimize(loss, np.zeros(6), method="BFGS", options={"gtol": 1e-8}).x
    np.testing.assert_allclose(expected(table, ("cause", "channel")), total * expit(design @ best), rtol=1e-4)


def test_the_whole_class_expects_exactly_what_came() -> None:
    table = bank(2)
    assert expected(table, ("cause", "channel")).sum() == pytest.approx(table["not_agreed"].sum())
    assert expected(table, ()).sum() == pytest.approx(table["not_agreed"].sum())


@pytest.mark.parametrize("hits", [0, 1])
def test_all_or_nobody_not_agreed_is_no_trouble(hits: int) -> None:
    table = pd.DataFrame({"cause": ["a", "b"], "decided": [3, 4], "not_agreed": [3 * hits, 4 * hits]})
    assert expected(table, ("cause",)).tolist() == [3.0 * hits, 4.0 * hits]


def test_a_cause_of_two_customers_is_not_taken_at_its_word() -> None:
    table = pd.DataFrame({"cause": ["rare", "usual"], "decided": [2, 300], "not_agreed": [2, 60]})
    assert 0.2 < expected(table, ("cause",))[0] / 2 < 0.75


def test_no_cells_expect_nothing() -> None:
    assert expected(bank().iloc[:0], ("cause",)).empty
