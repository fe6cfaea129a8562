"""Chinese text into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# Two characters at least, with a Chinese character or a letter in it: no numbers, no punctuation.
_WORD = re.compile(r"(?=.*[\u4e00-\u9fffA-Za-z]).{2,}")
_STOP_WORDS = """
一个 一些 一下 一次 一直 这个 那个 这样 那样 这些 那些 什么 怎么 怎样 为什么 哪里
多少 几个 我们 你们 他们 她们 自己 大家 有人 人家 就是 还是 但是 可是 不过 而且 并且
或者 如果 因为 所以 由于 虽然 然后 之后 之前 以后 以前 已经 正在 现在 当时 目前 今天
昨天 明天 时候 时间 可以 可能 应该 需要 必须 没有 不是 不能 不会 不要 只是 只有 只能
也是 都是 还有 以及 关于 对于 通过 进行 表示 认为 称其 其中 其他 请问 您好 你好 谢谢
麻烦 客户 来电 反映 投诉 投诉人 来电人 本人 银行 我行 贵行 要求 希望 情况 问题 联系 前面 处理
说明 情绪 有关 相关 有限公司 xx
"""
_STOP = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    """Give a text's words in their order, with punctuation as words of its own."""
    cut: list[str] = _cutter()(text)
    return cut


def content_words(text: str) -> list[str]:
    """Give the words of a text that can name a topic: at least two characters, no numbers, no words of every text."""
    return [word for word in words(text) if _WORD.fullmatch(word) and word not in _STOP]


def content_words_of(texts: Iterable[str]) -> list[list[str]]:
    """Give the topic words of each text."""
    return [content_words(text) for text in texts]


@cache
def _cutter():  # type: ignore[no-untyped-def]
    import rjieba

    return rjieba.cut
