"""The customer's manner: learnt from the threats beside the words, never from outcomes."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from analytics.risk.manner import LEAST, fit_manner
from analytics.risk.model import Calibration, Regression, RiskModel, fit_regression
from analytics.risk.table import Feature, table_of
from analytics.risk.trial import area_under_curve

CALM, ANGRY, OTHER = ("核实", "回复", "配合"), ("过分", "欺骗", "愤怒"), ("拨打", "网点", "材料", "短信")
Described = list[dict[Feature, float]]


def world(count: int, seed: int = 1) -> tuple[Described, np.ndarray, np.ndarray]:
    """Narratives of customers who are angry (30%) or not: two words of their manner, one of the matter, one that says
    nothing; who is angry threatens in 40%, with the words 律师 and 起诉, the others in 4%. Tickets of the angry end not
    agreed in 30%, the others in 10%. With who is angry and what ended not agreed."""
    rng = np.random.default_rng(seed)
    angry = rng.random(count) < 0.3
    threatens = rng.random(count) < np.where(angry, 0.4, 0.04)
    described: Described = []
    for one, threat in zip(angry, threatens, strict=True):
        cause = str(rng.choice(["排队", "收费"]))
        words = {*rng.choice(ANGRY if one else CALM, 2), rng.choice(OTHER), cause}
        of: dict[Feature, float] = {("class", "A"): 1.0, ("cause", cause): 1.0}
        of |= {("word", str(word)): 1.0 for word in words}
        if threat:
            of |= {("tendency", "court"): 1.0}
            of |= {(group, word): 1.0 for group in ("word", "threatening") for word in ("律师", "起诉")}
        described.append(of)
    return described, angry, rng.random(count) < np.where(angry, 0.3, 0.1)


def test_r02_the_manner_is_told_without_a_single_outcome() -> None:
    described, angry, _ = world(2000)
    manner = fit_manner(table_of(described))
    assert manner is not None
    assert area_under_curve(manner.scores, angry) > 0.97
    assert manner.scores.mean() == pytest.approx(0)
    assert manner.scores.std() == pytest.approx(1)
    weights = manner.weights
    assert min(weights["word", word] for word in ANGRY) > max(weights["word", word] for word in CALM)


def test_the_words_of_the_threat_itself_and_of_the_matter_do_not_count() -> None:
    manner = fit_manner(table_of(world(2000)[0]))
    assert manner is not None
    assert {value for _, value in manner.weights} == {*CALM, *ANGRY, *OTHER}
    for (group, word), weight in manner.weights.items():
        assert group in ("word", "threatening")
        assert manner.weights["word", word] == -manner.weights["threatening", word], weight


def test_a_word_of_a_clause_that_threatens_says_nothing_of_the_manner_beside_it() -> None:
    described, _, _ = world(2000)
    manner = fit_manner(table_of(described))
    assert manner is not None
    first = described[0]
    spoken_in_threat: dict[Feature, float] = {("word", "愤怒"): 1.0, ("threatening", "愤怒"): 1.0}
    score = sum(manner.weights.get(feature, 0.0) for feature in first)
    assert sum(manner.weights[feature] for feature in spoken_in_threat) == pytest.approx(0)
    assert score - manner.mean == pytest.approx(manner.scores[0])


@pytest.mark.parametrize("threats", [0, LEAST - 1])
def test_too_few_threats_teach_no_manner(threats: int) -> None:
    quiet = [{feature: 1.0 for feature in of if feature[0] in ("class", "cause", "word")} for of in world(1000)[0]]
    described = [dict(of) | ({("tendency", "court"): 1.0} if place < threats else {}) for place, of in enumerate(quiet)]
    assert fit_manner(table_of(described)) is None


def test_compensation_and_repetition_are_no_threats() -> None:
    described = [
        {feature: 1.0 for feature in of if feature[0] != "tendency"} | {("tendency", "compensation"): 1.0}
        for of in world(1000)[0]
    ]
    assert fit_manner(table_of(described)) is None


def test_r02_where_outcomes_are_few_the_manner_finds_those_that_end_not_agreed() -> None:
    """Against the same regression without the threats that teach the manner."""
    gains = []
    for seed in range(6):
        described, angry, not_agreed = world(2600, seed)
        teach, asked = slice(0, 600), slice(600, None)
        threatless = [{f: v for f, v in of.items() if f[0] not in ("tendency", "threatening")} for of in described]
        areas = []
        for seen in (described, threatless):
            # The narratives are many; outcomes are known of 600 tickets alone.
            said = fit_regression(table_of(seen[teach]), not_agreed[teach]).log_odds(table_of(threatless[asked]))
            areas.append(area_under_curve(said, angry[asked]))
        gains.append(areas[0] - areas[1])
    assert np.mean(gains) > 0
    assert min(gains) > -0.01


def test_the_regression_keeps_the_manner_as_coefficients_of_words() -> None:
    described, _, not_agreed = world(2000)
    regression = fit_regression(table_of(described), not_agreed)
    place = regression.vocabulary.place
    assert len(place) == len(regression.vocabulary.features)
    told = [
        regression.intercept + sum(regression.coefficients[place[f]] * v for f, v in of.items() if f in place)
        for of in described[:20]
    ]
    assert regression.log_odds(table_of(described[:20])) == pytest.approx(told)
    model = RiskModel(date(2025, 7, 1), "first", 2000, int(not_agreed.sum()), regression, Calibration())
    again = RiskModel.from_json(json.dumps(json.loads(model.to_json()), ensure_ascii=False))
    assert again.regression.log_odds(table_of(described[:20])) == pytest.approx(told)
    assert sum(regression.shares(described[0]).values()) == pytest.approx(
        told[0] - np.mean(regression.log_odds(table_of(described))) - _absent(regression, described[0])
    )


def _absent(regression: Regression, of: dict[Feature, float]) -> float:
    """What the features that a ticket has not got take from it against the average ticket."""
    rows = zip(regression.vocabulary.features, regression.coefficients, regression.means, strict=True)
    return -sum(coefficient * mean for feature, coefficient, mean in rows if feature not in of)
