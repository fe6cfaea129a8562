"""The model of risk: what it learns, what it refuses, and that it is tested on later tickets only."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from sklearn.metrics import brier_score_loss, roc_auc_score

from analytics.risk.features import PRIOR_SD, features_of, prior_sds, vocabulary_of, words_of
from analytics.risk.model import Calibration, RiskModel, calibrated, drifts, fit_regression
from analytics.risk.reasons import reasons
from analytics.risk.table import Feature, table_of
from analytics.risk.trial import (
    LEAST_DECIDED,
    LEAST_NOT_AGREED,
    History,
    area_under_curve,
    calibration_error,
    class_rates,
    reliability,
    train,
    unusable,
    walk,
)
from texts import render

DAY = date(2025, 7, 1)


def world(count: int, seed: int = 1, *, effect: float = 1.0, drift: float = 0.0) -> tuple[History, np.ndarray]:
    """Tickets over two years whose planted log-odds are −2, +effect for a threat, +effect for the regulator's channel,
    +drift in class "B" during the last 200 days; with their planted chances."""
    rng = np.random.default_rng(seed)
    received = np.datetime64("2023-07-01") + np.sort(rng.integers(0, 720, count)).astype("timedelta64[D]")
    threat, regulator = rng.random(count) < 0.3, rng.random(count) < 0.2
    classes = np.where(rng.random(count) < 0.4, "B", "A").astype(object)
    late = (classes == "B") & (received >= np.datetime64("2024-12-01"))
    chance = expit(-2 + effect * threat + effect * regulator + drift * late)
    described: list[dict[Feature, float]] = [
        {("class", str(c)): 1.0}
        | ({("tendency", "regulator"): 1.0} if t else {})
        | ({("channel", "监管转办"): 1.0} if r else {("channel", "电话"): 1.0})
        for c, t, r in zip(classes, threat, regulator, strict=True)
    ]
    decided = received + rng.integers(2, 15, count).astype("timedelta64[D]")
    history = History(
        received.astype("datetime64[us]"),
        decided.astype("datetime64[us]"),
        classes,
        rng.random(count) < chance,
        described,
    )
    return history, chance


def test_r02_the_risk_is_near_the_planted_chance_and_calibrated() -> None:
    history, chance = world(5000)
    model = train(history, DAY, "first")
    said = model.chances(history.described, history.classes)
    assert unusable(model) is None
    assert np.abs(said - chance).mean() < 0.02
    assert model.trial is not None
    assert model.trial.calibration_error < 0.03
    assert model.trial.brier < model.trial.rate_brier


def test_r02_too_few_outcomes_are_refused_with_the_numbers_and_the_class_rate_stands_in() -> None:
    history, _ = world(LEAST_DECIDED - 1)
    model = train(history, DAY, "first")
    refusal = unusable(model)
    assert refusal is not None
    assert model.trial is None
    assert str(LEAST_DECIDED) in render(refusal, "zh_CN")
    assert str(LEAST_NOT_AGREED) in render(refusal, "zh_CN")
    assert set(model.rates) == {"A", "B"}


def test_r02_a_model_of_noise_is_refused_and_says_that_it_is_no_better() -> None:
    refused = [unusable(train(world(1200, seed, effect=0.0)[0], DAY, "first")) is not None for seed in range(4)]
    assert sum(refused) >= 3  # each has a chance of one in ten to pass by luck


def test_a_ticket_is_predicted_from_what_was_decided_before_it() -> None:
    history, _ = world(1200)
    honest = walk(history)
    later = history.received >= honest.received[-200]
    changed = History(
        history.received,
        history.decided,
        history.classes,
        np.where(later, ~history.not_agreed, history.not_agreed),  # the future turned upside down
        history.described,
    )
    first = len(honest.chances) // 4
    assert np.array_equal(honest.chances[:first], walk(changed).chances[:first])


def test_a_class_that_does_worse_of_late_is_moved_by_its_drift_alone() -> None:
    history, _ = world(5000, drift=1.0)
    model = train(history, DAY, "first")
    assert model.drift["B"] > 0.25
    assert model.drift["B"] > model.drift["A"] + 0.4


def test_drift_is_observed_over_expected_drawn_to_none() -> None:
    found = drifts(np.array(["A"] * 100), np.full(100, 0.1), np.arange(100) < 20)
    assert found["A"] == pytest.approx(np.log((20 + 20) / (10 + 20)))


def test_calibration_undoes_overconfidence() -> None:
    rng = np.random.default_rng(3)
    honest = rng.normal(-1.5, 1, 20_000)
    happened = rng.random(20_000) < expit(honest)
    found = calibrated(2 * honest + 1, happened)
    said = found.chances(2 * honest + 1)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert calibration_error(reliability(said, happened.astype(float))) < 0.01
    assert Calibration().chances(np.array([0.0]))[0] == 0.5


def test_scores_are_those_of_an_independent_library() -> None:
    rng = np.random.default_rng(4)
    chances = rng.choice([0.1, 0.2, 0.4, 0.8], 500)
    happened = rng.random(500) < chances
    assert area_under_curve(chances, happened) == pytest.approx(roc_auc_score(happened, chances))
    history, _ = world(2000)
    model = train(history, DAY, "first")
    walked = walk(history)
    assert model.trial is not None
    assert model.trial.brier == pytest.approx(brier_score_loss(walked.not_agreed, walked.chances))


def test_classes_that_differ_by_chance_only_share_the_banks_rate() -> None:
    rng = np.random.default_rng(5)
    count = 3000
    days = np.full(count, np.datetime64("2025-01-01", "us"))
    classes = rng.choice(["A", "B", "C"], count).astype(object)
    same = History(days, days, classes, rng.random(count) < 0.15, [{} for _ in range(count)])
    rates, rate = class_rates(same, np.datetime64("2025-07-01"))
    assert all(value == pytest.approx(rate) for value in rates.values())
    apart = History(days, days, classes, rng.random(count) < np.where(classes == "A", 0.30, 0.10), same.described)
    rates, _ = class_rates(apart, np.datetime64("2025-07-01"))
    assert rates["A"] == pytest.approx(0.30, abs=0.04)
    assert rates["B"] == pytest.approx(0.10, abs=0.04)


def test_r02_reasons_name_what_raises_the_risk() -> None:
    history, _ = world(4000, effect=1.5)
    model = train(history, DAY, "first")
    of: dict[Feature, float] = {
        ("class", "A"): 1.0,
        ("tendency", "regulator"): 1.0,
        ("channel", "监管转办"): 1.0,
    }
    told = {render(reason, "zh_CN") for reason in reasons(model, of, "A")}
    assert {"扬言向监管投诉", "渠道：监管转办"} <= told
    assert reasons(model, {("class", "A"): 1.0, ("channel", "电话"): 1.0}, "A") == ()


def test_r02_of_a_narrative_the_clause_that_says_most_is_quoted() -> None:
    rng = np.random.default_rng(11)
    angry = rng.random(3000) < 0.3
    described: list[dict[Feature, float]] = [
        {("class", "A"): 1.0, ("cause", cause): 1.0} | ({("word", "欺骗"): 1.0, ("word", "失望"): 1.0} if one else {})
        for one, cause in zip(angry, rng.choice(["排队", "收费"], 3000), strict=True)
    ]
    history, _ = world(3000)
    not_agreed = rng.random(3000) < np.where(angry, 0.6, 0.1)
    model = train(History(history.received, history.decided, history.classes, not_agreed, described), DAY, "first")
    narrative = "客户到网点办理挂失。客户认为银行欺骗消费者，让人失望！要求退还手续费。欺骗失望请致电〔电话〕。"
    of: dict[Feature, float] = {("class", "A"): 1.0} | {("word", word): 1.0 for word in words_of(narrative)}
    told = [render(reason, "zh_CN") for reason in reasons(model, of, "A", narrative)]
    assert told in (["投诉内容提到“客户认为银行欺骗消费者”"], ["投诉内容提到“让人失望”"])  # they say equally much
    long = "客户在电话里反复说明自己从来没有收到过任何通知短信并且认为银行欺骗消费者所以不能接受这样的答复"
    (quoted,) = [render(reason, "zh_CN") for reason in reasons(model, of, "A", long)]
    assert quoted.startswith("投诉内容提到“…")
    assert "欺骗" in quoted
    assert len(quoted) < 40
    assert reasons(model, of, "A", "客户到网点办理挂失。") == ()


def test_a_kept_model_is_the_same_model() -> None:
    model = train(world(2000)[0], DAY, "first")
    assert RiskModel.from_json(model.to_json()) == model


def test_rare_words_and_numbers_are_not_learnt() -> None:
    assert "12378" in words_of("我要打12378投诉")
    assert not any(word.startswith("138") for word in words_of("电话13812345678"))
    described: list[dict[Feature, float]] = [{("word", "律师"): 1.0}] * 20 + [{("word", "罕见"): 1.0}] * 5 + [{}] * 75
    assert vocabulary_of(table_of(described)).features == (("word", "律师"),)


def test_a_word_of_every_matter_may_say_more_than_a_word_of_one() -> None:
    described: list[dict[Feature, float]] = [
        {("class", "A"): 1.0, ("cause", "queue" if number % 2 else "fee"): 1.0}
        | ({("word", "愤怒"): 1.0} if number % 5 == 0 else {})
        | ({("word", "排队"): 1.0} if number % 2 and number % 3 else {})
        for number in range(200)
    ]
    table = table_of(described)
    vocabulary = vocabulary_of(table)
    sds = dict(zip(vocabulary.features, prior_sds(table, vocabulary), strict=True))
    assert sds["word", "愤怒"] == PRIOR_SD["even"]
    assert sds["word", "排队"] == PRIOR_SD["word"]
    assert sds["cause", "queue"] == PRIOR_SD["cause"]


def test_a_demand_that_few_have_made_is_told_by_the_words_it_shares_with_others() -> None:
    rng = np.random.default_rng(6)
    demands = rng.choice(["赔偿精神损失", "赔偿误工损失", "说明依据"], 3000, p=[0.3, 0.2, 0.5])
    described: list[dict[Feature, float]] = [
        {("demand", demand): 1.0}
        | {("asked", word): 1.0 for word in (("赔偿", "损失") if "赔偿" in demand else ("说明", "依据"))}
        for demand in demands
    ]
    not_agreed = rng.random(3000) < np.where(demands == "说明依据", 0.1, 0.4)
    history, _ = world(3000)
    model = train(History(history.received, history.decided, history.classes, not_agreed, described), DAY, "first")
    new: dict[Feature, float] = {("demand", "赔偿交通损失"): 1.0, ("asked", "赔偿"): 1.0, ("asked", "损失"): 1.0}
    said, usual = model.chances([new, described[int(np.argmax(demands == "说明依据"))]], np.array(["A", "A"]))
    assert said > usual + 0.1
    assert next(render(reason, "zh_CN") for reason in reasons(model, new, "A")) == "诉求：赔偿交通损失"


def test_nothing_of_what_came_later_is_looked_at() -> None:
    """The columns that a model sees of a ticket: none of outcome, reply, approval, later rounds or closing."""
    looked = pd.DataFrame(
        {
            "received_at": pd.to_datetime(["2025-01-01"]),
            "look_at": pd.to_datetime(["2025-01-05"]),
            "dispatched_at": pd.to_datetime(["2025-01-02"]),
            "first_contact_at": pd.to_datetime([None]),
            "first_reply_at": pd.to_datetime([None]),
            "complaint_class": ["A"],
            "channel": ["电话"],
            "demand": ["退款"],
            "cause": ["x"],
            "branch_id": ["B01"],
            "amount": [100.0],
            "narrative": ["要求退款"],
            "earlier": [0],
            "earlier_not_agreed": [0],
            "call_worst": [np.nan],
            "call_threats": [0],
            "first_not_agreed": [False],
        }
    )
    before = features_of(looked, np.array([0.5]), [()], ["要求退款"])
    spoiled = looked.assign(rounds=5, first_outcome="not_agreed", reply_text="x", approval_granted=False, closed_at="y")
    assert features_of(spoiled, np.array([0.5]), [()], ["要求退款"]) == before


def test_a_regression_without_features_is_the_rate() -> None:
    model = fit_regression(table_of([{}] * 10), np.arange(10) < 3)
    assert expit(model.log_odds(table_of([{}])))[0] == pytest.approx(0.3)
