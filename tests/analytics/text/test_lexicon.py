"""Words of feeling: negation, degree and irony change what a word says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text.lexicon import balance, words_of_feeling

SAYS = {
    # text: whether praise (+) or blame (−) outweighs, 0 for neither
    "好": 1,
    "不好": -1,
    "不满意": -1,
    "没有不满意": 1,
    "我没有不满意的地方": 1,
    "不是不满意": 1,
    "一点也不麻烦": 1,
    "不要太好吃": 1,
    "不得不说真好": 1,
    "没有问题": 0,
    "你好": 0,
    "好像是出差": 0,
    "差不多": 0,
    "别敷衍我": -1,
    "这不是明抢吗": -1,
    "我不是白等了?": -1,
    "呵呵,这就是你们的服务": -1,
    "终于办好了[泪]": -1,
    "收工啦[哈哈]": 1,
}


@pytest.mark.parametrize(("text", "sign"), SAYS.items())
def test_r13_a_word_is_read_with_what_stands_before_it(text: str, sign: int) -> None:
    praise, blame = balance(text)
    assert (praise > blame) - (praise < blame) == sign


def test_degree_words_order_what_is_said() -> None:
    weak, plain, strong = (balance(text)[1] for text in ("有点差", "差", "非常差"))
    assert weak < plain < strong


def test_a_negation_ends_with_its_clause() -> None:
    assert balance("不是我,好") == (1.0, 0.0)


@given(st.text(alphabet="不没有好差满意敷衍别非常,。吗?呵[泪]", max_size=30))
def test_every_word_has_its_place_and_both_sums_are_at_least_zero(text: str) -> None:
    for word in words_of_feeling(text):
        assert 0 <= word.start < word.end <= len(text)
    assert min(balance(text)) >= 0
