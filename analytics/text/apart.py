"""Characters written apart to pass a filter (投 诉, 投.诉, 1 2 3 7 8), and how they read together."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = "[\u4e00-\u9fff]"
_GAP = r"[ \t\u3000.\u00b7\u30fb*_~|/\\\-\uff0d\u2014]{1,2}"
_BETWEEN = re.compile(rf"(?<={_HAN}){_GAP}(?={_HAN})|(?<=\d){_GAP}(?=\d)")
# At least three characters that each stand alone, with gaps of one kind: 垃 圾 银 行, 气.死.我.
_EACH_APART = re.compile(rf"(?<!{_HAN}){_HAN}(?P<gap>{_GAP}){_HAN}(?:(?P=gap){_HAN})+(?!{_HAN})")


def together(text: str) -> tuple[str, Sequence[int]]:
    """Give a text without gaps inside words or numbers, and for each of its characters the place in `text`.

    Every gap of one or two blanks or marks between two Chinese characters or two digits is taken out, those between
    words too: what is found in the result and has no gap inside stands in the text as well.
    """
    kept: list[int] = []
    place = 0
    for gap in _BETWEEN.finditer(text):
        kept.extend(range(place, gap.start()))
        place = gap.end()
    if not place:
        return text, range(len(text))
    kept.extend(range(place, len(text)))
    return "".join(text[one] for one in kept), kept


def spelled_together(text: str) -> str:
    """Give a text in which three or more characters that each stand alone are one word again."""
    return _EACH_APART.sub(lambda match: match[0].replace(match["gap"], ""), text)
