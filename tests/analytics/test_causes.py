"""The four analyses of causes against slow or independent reckonings, and what they say where nothing differs."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import fisher_exact

from analytics.approval_standards import approval_standards
from analytics.demands import demands_and_rounds
from analytics.loan_balance import balance_relation, quotas
from analytics.negative_binomial import fit_negative_binomial
from analytics.reply_divergence import reply_divergence
from benchmarks.cause_worlds import bank
from benchmarks.causes import flags


def replies(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["branch_id", "question_key", "position", "replies"])


def entropy(shares: list[float]) -> float:
    return -sum(share * math.log(share) for share in shares if share > 0)


def test_r20_the_divergence_is_the_jensen_shannon_divergence_of_the_branches_weighted_by_replies() -> None:
    found = reply_divergence(replies(("A", "q", "yes", 30), ("A", "q", "no", 10), ("B", "q", "no", 20)), draws=99)
    by_hand = entropy([30 / 60, 30 / 60]) - (40 / 60) * entropy([0.75, 0.25]) - (20 / 60) * entropy([1.0])
    assert found.divergence == pytest.approx(by_hand, abs=1e-12)
    assert found.expected is not None
    assert found.excess == pytest.approx(by_hand - found.expected)


def test_r20_a_branch_is_tested_exactly_as_by_fisher_times_the_number_of_positions() -> None:
    found = reply_divergence(
        replies(("A", "q", "yes", 9), ("A", "q", "no", 3), ("B", "q", "yes", 8), ("B", "q", "no", 40)), draws=99
    )
    row = found.branches.set_index("branch_id").loc["A"]
    one_sided = fisher_exact([[9, 3], [8, 40]], alternative="greater").pvalue
    assert row["p"] == pytest.approx(min(2 * 2 * one_sided, 1.0), rel=1e-9)
    assert (row["said"], row["replies"], row["elsewhere_said"], row["elsewhere"]) == (9, 12, 8, 48)


def test_r20_too_few_replies_are_not_judged() -> None:
    found = reply_divergence(replies(("A", "q", "yes", 10), ("B", "q", "no", 10)))
    assert (found.p, found.divergence, found.differs, len(found.apart)) == (None, None, False, 0)
    assert not found.questions["judged"].any()


def test_r20_the_approvals_statistic_is_the_sum_of_squared_excess_less_its_variance() -> None:
    counts = pd.DataFrame(
        {"branch_id": ["A", "B", "A", "B"], "approval_requested": ["x", "x", "y", "y"],
         "requested": [20, 30, 10, 40], "granted": [5, 20, 8, 20]}
    )  # fmt: skip
    found = approval_standards(counts, draws=499)
    expected = {"A": 20 * 25 / 50 + 10 * 28 / 50, "B": 30 * 25 / 50 + 40 * 28 / 50}
    variance = 20 * 30 * 25 * 25 / (50**2 * 49) + 10 * 40 * 28 * 22 / (50**2 * 49)
    by_hand = (13 - expected["A"]) ** 2 + (40 - expected["B"]) ** 2 - 2 * variance
    assert found.statistic == pytest.approx(by_hand)
    assert found.branches.set_index("branch_id")["expected"].to_dict() == pytest.approx(expected)


def test_r20_branches_with_another_mix_of_types_are_not_called_different() -> None:
    """The plain chi-squared test rejects here; within each type all branches grant the same share."""
    rows = [
        (f"B{number:02d}", kind, asked, round(asked * share))
        for number in range(20)
        for kind, share, asked in (("easy", 0.8, 50 if number % 2 else 5), ("hard", 0.2, 5 if number % 2 else 50))
    ]
    counts = pd.DataFrame(rows, columns=["branch_id", "approval_requested", "requested", "granted"])
    found = approval_standards(counts, draws=499)
    assert not found.differs
    assert found.apart.empty


def test_the_negative_binomial_fit_equals_statsmodels_at_the_same_dispersion() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(0, 0.8, 36)
    counts = rng.negative_binomial(5, 5 / (5 + np.exp(2.5 + 0.9 * x))).astype(float)
    fit = fit_negative_binomial(counts[None], x)
    family = sm.families.NegativeBinomial(alpha=float(fit.dispersion[0]))
    other = sm.GLM(counts, sm.add_constant(x), family=family).fit()
    assert [fit.level[0], fit.slope[0]] == pytest.approx(list(other.params), abs=1e-4)
    assert fit.slope_variance[0] == pytest.approx(other.cov_params()[1, 1], rel=1e-2)


def test_r20_the_elasticity_that_was_planted_is_found_and_one_branch_off_the_curve_is_named() -> None:
    rng = np.random.default_rng(11)
    balance = np.exp(rng.normal(23, 0.9, 36))
    customers = rng.poisson(20 * (balance / np.exp(23.0)))
    customers[7] = 4 * customers[7] + 60
    found = balance_relation(
        pd.DataFrame({"branch_id": [f"B{n:02d}" for n in range(36)], "balance": balance, "customers": customers})
    )
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 1.0 <= found.high
    assert found.rises
    assert found.apart["branch_id"].tolist() == ["B07"]


def test_the_elasticitys_interval_holds_the_truth_as_often_as_it_says_with_branch_noise() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(0, 0.9, 36)
    frame = pd.DataFrame({"branch_id": [f"B{n:02d}" for n in range(36)], "balance": np.exp(x + 23)})
    held, shape, fits = 0, 5.0, 300
    for _ in range(fits):
        mean = np.exp(2.3 + x)
        found = balance_relation(frame.assign(customers=rng.poisson(mean * rng.gamma(shape, 1 / shape, 36))))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 1.0 <= found.high
    assert 0.90 <= held / fits <= 0.98


def test_r21_quotas_follow_the_balance_and_sum_to_the_total() -> None:
    table = quotas(pd.Series({"A": 100.0, "B": 50.0, "C": 25.0}), 1.0, 80)
    assert table["quota"].sum() == 80
    assert table["exact"].tolist() == pytest.approx([80 * 4 / 7, 80 * 2 / 7, 80 / 7])
    assert (table["quota"] - table["exact"]).abs().max() < 1


def test_branches_without_a_balance_are_left_out_by_name_and_a_small_bank_is_not_judged() -> None:
    found = balance_relation(pd.DataFrame({"branch_id": ["A", "B"], "balance": [1e9, np.nan], "customers": [5, 9]}))
    assert (found.elasticity, found.without_balance) == (None, ("B",))


def test_r20_unreasonable_demands_are_held_against_the_others_with_their_numbers() -> None:
    rows = [("a", 1, "agreed", 20), ("a", 3, "not_agreed", 30), ("b", 1, "agreed", 200), ("b", 2, "not_agreed", 40)]
    counts = pd.DataFrame(rows, columns=["demand", "rounds", "first_outcome", "tickets"]).assign(final_outcome="agreed")
    found = demands_and_rounds(counts, ["a"])
    assert (found.tickets, found.unreasonable, found.share) == (290, 50, 50 / 290)
    assert found.first["rate"].tolist() == pytest.approx([30 / 50, 40 / 240])
    one_sided = fisher_exact([[30, 20], [40, 200]], alternative="greater").pvalue
    assert found.p == pytest.approx(2 * one_sided)
    assert found.differs
    assert not demands_and_rounds(counts.assign(tickets=[5, 5, 200, 40]), ["a"]).differs, "10 tickets say nothing"


@pytest.mark.parametrize("tickets", [400, 700])
def test_where_nothing_differs_the_page_names_something_in_few_banks(tickets: int) -> None:
    rng = np.random.default_rng(tickets)
    flagged = sum(any(flags(bank(tickets, rng), seed=number).values()) for number in range(40))
    assert flagged <= 6, "stated rate 5%: more than 6 of 40 has a chance of 1 in 300"
