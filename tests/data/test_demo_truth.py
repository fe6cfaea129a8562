"""What is planted in the demo bank is found by simple direct statistics, and nothing else is there to be found."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data.demo import DemoBank, demo_bank
from data.demo.handling import HOUR, to_working_time
from data.demo.truth import (
    APPROVAL,
    BRANCH_CAUSE,
    DISPATCH,
    EFFECTS,
    ELASTICITY,
    PREPAYMENT,
    RECOVERY,
    REPLY_PENALTY,
    REPLY_QUEUE,
    RISING_TOPIC,
    SHIFT,
    VOLUME_STEP,
    WEAK_POINT,
    PlantedEffect,
)
from data.demo.volume import BRANCH_NOISE_SHAPE


@pytest.fixture(scope="module")
def bank() -> DemoBank:
    return demo_bank()


@pytest.fixture(scope="module")
def tickets(bank: DemoBank) -> pd.DataFrame:
    """The last version of every ticket beside its truth."""
    last = bank.tickets.groupby("ticket_id").tail(1)
    hidden = bank.truth.tickets.drop(columns=["first_outcome", "final_outcome"])
    return last.merge(hidden, on="ticket_id", validate="one_to_one")


@pytest.fixture(scope="module")
def decided(tickets: pd.DataFrame) -> pd.DataFrame:
    table = tickets[tickets["first_outcome"].notna() & tickets["p_not_agreed"].notna()]
    return table.assign(bad=(table["first_outcome"] == "not_agreed").astype(float))


def log_odds_ratio(inside: pd.Series, outside: pd.Series) -> tuple[float, float]:
    """Woolf's log odds ratio of two 0/1 series with its standard error (Woolf 1955, Ann Hum Genet 19:251)."""
    a, b, c, d = inside.sum(), (1 - inside).sum(), outside.sum(), (1 - outside).sum()
    return float(np.log(a * d / (b * c))), float(np.sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def permutation_p(group: pd.Series, value: pd.Series, draws: int = 999) -> float:
    """P-value of Σ (O − E)² ÷ E over groups when the 0/1 values are dealt out anew; exact for any group sizes."""
    codes, labels = pd.factorize(group)
    size = np.bincount(codes)
    values = value.to_numpy(dtype=float)
    expected = size * values.mean()
    rng = np.random.default_rng(1)
    dealt = [values, *(rng.permutation(values) for _ in range(draws))]
    distance = [((np.bincount(codes, weights) - expected) ** 2 / expected).sum() for weights in dealt]
    assert len(labels) > 1
    return float(np.mean(np.array(distance) >= distance[0] - 1e-9))


def test_the_planted_branch_and_cause_has_the_planted_odds_ratio(decided: pd.DataFrame) -> None:
    cause = decided[
        (decided["complaint_class"] == BRANCH_CAUSE.complaint_class) & (decided["cause"] == BRANCH_CAUSE.cause)
    ]
    here = cause["branch_id"].isin(BRANCH_CAUSE.branches)
    estimate, error = log_odds_ratio(cause.loc[here, "bad"], cause.loc[~here, "bad"])
    assert here.sum() >= 35
    assert abs(estimate - np.log(BRANCH_CAUSE.size)) < 1.96 * error
    assert estimate > 1.96 * error


def test_prepayment_outcomes_worsen_by_the_planted_ratio_from_the_planted_week(decided: pd.DataFrame) -> None:
    own = decided[decided["complaint_class"] == SHIFT.complaint_class]
    after = own["first_outcome_at"] >= pd.Timestamp(SHIFT.starts)
    ratio = np.log(own.loc[after, "bad"].mean() / own.loc[~after, "bad"].mean())
    error = np.sqrt(1 / own.loc[after, "bad"].sum() + 1 / own.loc[~after, "bad"].sum())
    assert abs(ratio - np.log(SHIFT.size)) < 1.96 * error
    assert ratio > 1.96 * error
    assert pd.Timestamp(SHIFT.starts).day_name() == "Monday"


def test_only_the_planted_classes_change_their_rate_in_2025(decided: pd.DataFrame) -> None:
    planted = {SHIFT.complaint_class, RECOVERY.complaint_class}
    year = decided["first_outcome_at"].dt.year
    p_values = []
    for name, own in decided[~decided["complaint_class"].isin(planted)].groupby("complaint_class"):
        table = pd.crosstab(year[own.index] == 2025, own["bad"])
        p_values.append(stats.fisher_exact(table).pvalue)
        assert own["bad"].mean() < 0.3, name
    assert min(p_values) > 0.05 / len(p_values)


def test_account_control_recovers_after_the_planted_bad_start_of_2025(decided: pd.DataFrame) -> None:
    own = decided[decided["complaint_class"] == RECOVERY.complaint_class]
    bad_time = own["first_outcome_at"].between(pd.Timestamp(RECOVERY.starts), "2025-04-27 23:59")
    ratio = np.log(own.loc[bad_time, "bad"].mean() / own.loc[~bad_time, "bad"].mean())
    error = np.sqrt(1 / own.loc[bad_time, "bad"].sum() + 1 / own.loc[~bad_time, "bad"].sum())
    assert abs(ratio - np.log(RECOVERY.size)) < 1.96 * error
    assert ratio > 1.96 * error


def test_collection_is_over_by_volume_alone(tickets: pd.DataFrame) -> None:
    """Expected ratio: this year's customers after the step against the same days of the two years before."""
    per_year = {}
    for name, own in tickets.groupby("complaint_class"):
        season = own[own["received_at"].dt.day_of_year >= pd.Timestamp(VOLUME_STEP.starts).day_of_year]
        counts = season.groupby(season["received_at"].dt.year)["customer_id"].nunique()
        earlier = (counts[2023] + counts[2024]) / 2
        error = np.sqrt(1 / counts[2025] + 1 / (2 * earlier))
        per_year[name] = (np.log(counts[2025] / earlier), error)
    ratio, error = per_year.pop(VOLUME_STEP.complaint_class)
    assert abs(ratio - np.log(VOLUME_STEP.size)) < 2 * error + 0.05  # levels of the years differ by up to 3 %
    assert all(abs(other) < 3 * error + 0.06 for other, error in per_year.values())


def test_r20_prepayment_customers_are_proportional_to_the_loan_balance(bank: DemoBank, tickets: pd.DataFrame) -> None:
    import statsmodels.api as sm

    own = tickets[tickets["complaint_class"] == ELASTICITY.complaint_class]
    customers = own.groupby("branch_id")["customer_id"].nunique()
    balance = bank.balances.groupby("branch_id")["loan_balance"].mean()
    customers = customers.reindex(balance.index, fill_value=0)
    noise = 1 / (3 * BRANCH_NOISE_SHAPE)  # three years, each with its own gamma factor
    family = sm.families.NegativeBinomial(alpha=noise)
    fit = sm.GLM(customers, sm.add_constant(np.log(balance)), family=family).fit()
    slope, error = fit.params["loan_balance"], fit.bse["loan_balance"]
    assert abs(slope - ELASTICITY.size) < stats.t.ppf(0.975, 33) * error
    assert slope > 0.7


@pytest.mark.parametrize("effect", [REPLY_PENALTY, REPLY_QUEUE])
def test_r20_the_planted_branch_answers_its_question_differently_and_no_other_does(
    tickets: pd.DataFrame, effect: PlantedEffect
) -> None:
    question, _, answer = str(effect.subject).partition(":")
    asked = tickets[tickets["question_key"] == question]
    says = (asked["true_position"] == answer).astype(float)
    here = asked["branch_id"].isin(effect.branches)
    low, high = stats.binomtest(int(says[here].sum()), int(here.sum())).proportion_ci()
    assert low <= effect.size <= high
    elsewhere = says[~here].groupby(asked.loc[~here, "branch_id"]).agg(["sum", "size"])
    rate = says[~here].mean()
    assert rate == pytest.approx(effect.baseline, abs=0.06)
    p_values = [stats.binomtest(int(k), int(n), rate, "greater").pvalue for k, n in elsewhere.to_numpy()]
    assert min(p_values) > 0.05 / len(p_values)


def test_r20_contradicting_replies_are_told_in_words(tickets: pd.DataFrame) -> None:
    asked = tickets[tickets["question_key"] == "提前还款是否收取违约金"]
    by_position = asked.groupby("true_position")["reply_text"].agg(" ".join)
    assert "不收取违约金" in by_position["不收违约金"]
    assert "1%" in by_position["一年内收取1%"]
    assert "1%" not in by_position["不收违约金"]
    uncoded = asked["reply_position"].isna()
    assert 0.1 < uncoded.mean() < 0.3
    assert (asked.loc[~uncoded, "reply_position"] == asked.loc[~uncoded, "true_position"]).all()


def test_r20_one_branch_grants_less_of_the_same_and_no_other_does(tickets: pd.DataFrame) -> None:
    """Within each type of approval: observed grants against expected from all other branches together."""
    own = tickets[(tickets["complaint_class"] == APPROVAL.complaint_class) & tickets["approval_granted"].notna()]
    own = own.assign(granted=own["approval_granted"].astype(float))
    here = own["branch_id"].isin(APPROVAL.branches)
    usual = own[~here].groupby("approval_requested")["granted"].mean()
    expected = own["approval_requested"].map(usual)
    residual = own["granted"] - expected
    variance = expected * (1 - expected)
    z = residual.groupby(own["branch_id"]).sum() / np.sqrt(variance.groupby(own["branch_id"]).sum())
    assert z[APPROVAL.branches[0]] < -3
    others = z.drop(APPROVAL.branches[0])
    assert others.abs().max() < stats.norm.ppf(1 - 0.05 / 2 / len(others))
    granted, odds = own.loc[here, "granted"], expected[here] / (1 - expected[here])
    planted = (APPROVAL.size * odds / (1 + APPROVAL.size * odds)).mean()
    low, high = stats.binomtest(int(granted.sum()), len(granted)).proportion_ci()
    assert low < planted < high


def test_r07_one_branch_dispatches_late_and_no_other_does(tickets: pd.DataFrame) -> None:
    sent = tickets.dropna(subset=["dispatched_at"])
    waited = to_working_time(sent["dispatched_at"].to_numpy()) - to_working_time(sent["received_at"].to_numpy())
    hours = pd.Series(waited / HOUR, index=sent.index).groupby(sent["branch_id"]).median()
    planted = DISPATCH.branches[0]
    assert hours[planted] == pytest.approx(DISPATCH.size, rel=0.25)
    assert hours.drop(planted).median() == pytest.approx(DISPATCH.baseline, rel=0.15)
    assert hours.drop(planted).max() < 3 * float(DISPATCH.baseline or 0)


def test_apart_from_what_is_planted_branches_differ_by_chance(decided: pd.DataFrame) -> None:
    """Against the planted probabilities the branches' counts are binomial: Σ z² is χ² with 36 degrees of freedom."""
    group = decided.groupby("branch_id")
    variance = (decided["p_not_agreed"] * (1 - decided["p_not_agreed"])).groupby(decided["branch_id"]).sum()
    z = (group["bad"].sum() - group["p_not_agreed"].sum()) / np.sqrt(variance)
    assert 0.005 < stats.chi2.sf((z**2).sum(), 36) < 0.995
    assert stats.kstest(stats.norm.cdf(z), "uniform").pvalue > 0.01


def test_branches_without_planted_outcomes_look_alike_without_knowing_the_truth(decided: pd.DataFrame) -> None:
    others = decided[~decided["branch_id"].isin(BRANCH_CAUSE.branches)]
    p_values = [
        permutation_p(own["branch_id"], own["bad"]) for name, own in others.groupby("complaint_class") if len(own) > 300
    ]
    assert len(p_values) >= 5
    assert min(p_values) > 0.05 / len(p_values)


def test_unreasonable_demands_are_equally_frequent_everywhere_and_end_worse(decided: pd.DataFrame) -> None:
    own = decided[decided["complaint_class"] == PREPAYMENT]
    assert 0.05 < own["unreasonable"].mean() < 0.12
    assert permutation_p(own["branch_id"], own["unreasonable"]) > 0.005
    estimate, error = log_odds_ratio(
        decided.loc[decided["unreasonable"], "bad"], decided.loc[~decided["unreasonable"], "bad"]
    )
    assert estimate > 0.6 + error
    closed = decided[decided["closed_at"].notna()]
    rounds = closed["rounds"].astype(float).groupby(closed["unreasonable"]).mean()
    assert rounds[True] > rounds[False]


def test_the_planted_probabilities_are_calibrated(decided: pd.DataFrame) -> None:
    band = pd.qcut(decided["p_not_agreed"], 8, duplicates="drop")
    table = decided.groupby(band, observed=True).agg(p=("p_not_agreed", "mean"), y=("bad", "mean"), n=("bad", "size"))
    z = (table["y"] - table["p"]) / np.sqrt(table["p"] * (1 - table["p"]) / table["n"])
    assert stats.chi2.sf((z**2).sum(), len(table)) > 0.005


def test_customers_get_angrier_at_the_weak_point_and_nowhere_else(bank: DemoBank) -> None:
    heads = bank.interactions.groupby("interaction_id")["branch_id"].first()
    calls = bank.truth.interactions.set_index("interaction_id").join(heads)
    own = calls[calls["topic"] == WEAK_POINT.complaint_class]
    worsens = (own["worsens_at"] == WEAK_POINT.subject).astype(float)
    here = own["branch_id"].isin(WEAK_POINT.branches)
    assert here.sum() >= 20
    assert worsens[here].mean() > 0.5
    assert permutation_p(own.loc[~here, "branch_id"], worsens[~here]) > 0.01


def test_one_topic_rises_from_its_planted_day(bank: DemoBank) -> None:
    first = bank.interactions.groupby("interaction_id")["at"].min()
    calls = bank.truth.interactions.set_index("interaction_id").join(first)
    started = calls["at"] >= pd.Timestamp(RISING_TOPIC.starts)
    topic = (calls["cause"] == RISING_TOPIC.cause).astype(float)
    estimate, error = log_odds_ratio(topic[started], topic[~started])
    assert estimate > np.log(2)
    assert abs(estimate - np.log(RISING_TOPIC.size)) < 2.6 * error


def test_the_truth_can_be_asked_by_name_and_written_as_json(bank: DemoBank) -> None:
    truth = json.loads(json.dumps(bank.truth.as_json(), ensure_ascii=False))
    assert [effect["name"] for effect in truth["effects"]] == [effect.name for effect in EFFECTS]
    shift = next(effect for effect in truth["effects"] if effect["name"] == "shift")
    assert shift["starts"] == "2025-06-02"
    assert bank.truth.planted("reply_position") == (REPLY_PENALTY, REPLY_QUEUE)
    with pytest.raises(KeyError):
        bank.truth.planted("nothing of the kind")
