"""The emotion score: calibrated, quick, robust to negation, and learnt in the open."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.text import emotion
from analytics.text.emotion import SHIPPED_MODEL, load_model, model_in_use, save_model, score_turns
from analytics.text.learning.fit import calibration_slope, fit
from analytics.text.learning.seeds import seeds, spelled_out
from benchmarks.emotion import SHARED, calibration_error, demo_turns, measured, public_reviews
from data.demo import DemoBank

NEGATIVE = [
    "你们太欺负人了,等了一个月还没有人管!",
    "这种解释我不能接受",
    "态度极其恶劣,我要投诉",
    "钱莫名其妙被扣了,没人给个说法",
    "别再敷衍我了",
    "呵呵,真是好服务,一个电话转了六个人",
    "这不是明抢吗?",
]
NOT_NEGATIVE = [
    "请问提前还款需要预约吗?",
    "好的,我知道了,谢谢",
    "我的卡号是6222,麻烦查一下",
    "没有不满意的,挺好的",
    "解释得很清楚,这个方案我接受",
    "没有问题,你核对吧",
    "利率没有变化吧?",
]


def test_r13_the_same_words_in_other_writings_score_alike() -> None:
    text = "你们太欺负人了,没有人管"
    (plain, other, post, long) = score_turns(
        [text, "你們太欺負人了,沒有人管", f"{text} //@客服中心: http://t.cn/A1b2", f"{text}!!!!!!!!!!!!"]
    )
    assert other == plain
    assert post == pytest.approx(plain, abs=0.1)
    assert long > 0.8


def test_r13_plain_cases_are_on_the_right_side() -> None:
    assert (score_turns(NEGATIVE) > 0.5).all(), dict(zip(NEGATIVE, score_turns(NEGATIVE).round(2), strict=True))
    assert (score_turns(NOT_NEGATIVE) < 0.5).all(), dict(
        zip(NOT_NEGATIVE, score_turns(NOT_NEGATIVE).round(2), strict=True)
    )


@pytest.mark.parametrize(
    ("more", "less"),
    [("服务不好", "服务好"), ("我不满意", "我没有不满意"), ("非常不满意", "有点不满意"), ("我很生气!", "我不生气")],
)
def test_r13_negation_and_degree_order_the_scores(more: str, less: str) -> None:
    above, below = score_turns([more, less])
    assert above > below


def test_scores_are_probabilities_in_the_order_of_the_texts_whatever_the_texts() -> None:
    texts = ["", " ", "🙂", "a" * 50_000, "\ud800", "好", "1234567", "\n"]
    scores = score_turns(texts)
    assert scores.shape == (len(texts),)
    assert ((scores > 0) & (scores < 1)).all()
    assert score_turns(texts[::-1]).tolist() == scores[::-1].tolist()
    assert score_turns([]).shape == (0,)


def test_full_width_letters_and_capitals_read_the_same() -> None:
    assert score_turns(["ＶＩＰ服务差"])[0] == score_turns(["vip服务差"])[0]


def test_r13_ten_times_the_turns_take_no_more_than_twenty_times_as_long() -> None:
    """How many a second: benchmarks/emotion.py."""
    turns = [text + "我昨天在网点排队两个小时,柜员说系统有问题让我明天再来。" for text in NEGATIVE + NOT_NEGATIVE] * 20
    score_turns(turns[:10])

    def seconds(of: list[str]) -> float:
        began = time.process_time()
        score_turns(of)
        return time.process_time() - began

    assert min(seconds(turns * 10) for _ in range(3)) < 20 * min(seconds(turns) for _ in range(5))


def test_the_shipped_model_is_small_and_says_what_it_was_learnt_from() -> None:
    assert SHIPPED_MODEL.stat().st_size < 3_000_000
    model = load_model(SHIPPED_MODEL)
    assert "MIT" in model.learnt_from
    assert max(len(gram) for gram in model.grams) <= 3


def test_r13_the_score_finds_the_planted_emotion_of_the_demo_bank(bank: DemoBank) -> None:
    turns = demo_turns(bank)
    score, truth = score_turns(turns["text"].tolist()), turns["negative"].to_numpy()
    found = measured("ours", score, truth, 0.0, 0.5)
    assert found["accuracy"] >= 0.85
    assert found["AUC"] >= 0.94
    assert calibration_error(score, truth) <= 0.08


@pytest.mark.skipif(not (SHARED / "waimai_10k.csv").exists(), reason="the public reviews are not at hand")
def test_r13_public_reviews_of_topics_it_was_not_trained_on() -> None:
    # SnowNLP and cnsenti on the same texts: .79/.84 and .57/.72 on takeaway, at best .89/.96 and .74/.82 on shopping
    # (`python -m benchmarks.emotion`).
    for topic, (accuracy, auc) in {
        "takeaway": (0.83, 0.89),
        "tablets": (0.90, 0.96),
        "fruit": (0.89, 0.95),
        "clothes": (0.92, 0.96),
    }.items():
        drawn = public_reviews()[topic].sample(1_500, random_state=3)
        found = measured("ours", score_turns(drawn["text"].tolist()), drawn["negative"].to_numpy(), 0.0, 0.5)
        assert found["accuracy"] >= accuracy, (topic, found)
        assert found["AUC"] >= auc, (topic, found)


def test_learning_again_gives_the_same_model_and_a_file_gives_it_back(tmp_path: Path) -> None:
    labelled = seeds()
    first, second = fit(labelled, "seeds"), fit(labelled, "seeds")
    assert first.grams == second.grams
    save_model(first, tmp_path / "model.npz")
    back = load_model(tmp_path / "model.npz")
    texts = NEGATIVE + NOT_NEGATIVE
    np.testing.assert_allclose(score_turns(texts, back), score_turns(texts, first), atol=0.01)
    assert back.learnt_from == "seeds"


def test_the_bank_s_own_model_is_used_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_model(fit(seeds(), "the bank's own calls"), tmp_path / "own.npz")
    monkeypatch.setenv(emotion.MODEL_VARIABLE, str(tmp_path / "own.npz"))
    model_in_use.cache_clear()
    try:
        assert model_in_use().learnt_from == "the bank's own calls"
    finally:
        monkeypatch.undo()
        model_in_use.cache_clear()


def test_calibration_finds_the_planted_slope_also_where_labels_are_wrong() -> None:
    rng = np.random.default_rng(5)
    odds = rng.normal(0, 2, 40_000)
    truth = (rng.random(40_000) < 1 / (1 + np.exp(-1.5 * odds))).astype(float)
    wrong = np.where(rng.random(40_000) < 0.10, 1 - truth, truth)
    weight = np.ones_like(odds)
    # Leaving out what looks wrong errs to the sure side where nothing is wrong.
    assert 1.5 <= calibration_slope(odds, truth, weight) <= 1.5 * 1.35
    assert calibration_slope(odds, wrong, weight) == pytest.approx(1.5, rel=0.15)


def test_learning_needs_both_labels() -> None:
    with pytest.raises(ValueError, match="both labels"):
        fit(pd.DataFrame({"text": ["好"], "negative": [0]}), "")


def test_choices_in_a_sentence_are_spelled_out() -> None:
    assert spelled_out("{好的|行},{等|再等}。") == ["好的,等。", "好的,再等。", "行,等。", "行,再等。"]


def test_anger_with_every_character_apart_is_anger() -> None:
    for apart, whole in {
        "垃 圾 银 行": "垃圾银行",
        "气.死.我了": "气.死.我了",
        "太 好 了，谢谢": "太好了，谢谢",
    }.items():
        assert score_turns([apart])[0] == pytest.approx(score_turns([whole])[0])
