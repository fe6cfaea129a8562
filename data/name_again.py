"""Names that were found once, where the same text or another of the same conversation says them again: whole, as the
surname before a title, or as the given name alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from data.name_segments import Token, in_dictionary, is_word, tokens_of
from data.name_words import (
    CLEARLY_ACTS,
    COMPOUND,
    DOING,
    FIELDS,
    GIVEN,
    HAN,
    MAY_ACT,
    NO_GIVEN,
    PEOPLE,
    SINGLE,
    TITLES,
)
from texts.simplified import simplified


class Known(NamedTuple):
    """A name that was found. family, given: empty where they are not to be looked for alone."""

    whole: str
    family: str = ""
    given: str = ""


_LED = re.compile(rf"(?:{'|'.join(sorted(FIELDS | PEOPLE, key=len, reverse=True))})[:：是叫为系]?\s?$")
_TITLE = "|".join(sorted(TITLES - {"某", "某某", "总"}, key=len, reverse=True))
_TITLED = re.compile(rf"\s?(?:{_TITLE})")
# A road, a place, a bank or a product that is called by the same characters.
_PLACE = re.compile(
    "[东南西北中一二三]?(?:路|街|大?道|巷|门|桥|市|县|区|镇|乡|村|庄|州|省|山|河|湖|江|湾|塔|岛|站|广场|大厦|大楼|商场|花园|小区|新区|"
    "支行|分行|银行|网点|证券|保险|人寿|基金|理财|公司|集团|宝|卡|险)"
)
# Surnames that are also words of grammar: with a title they are names only where a clause begins.
_GRAMMAR = frozenset("和于从向与时有来对都那应后行全常别同单区支查部分正副总任由为因让找跟")
_CLAUSE = re.compile(r"(?:^|[,，。.;；:：!！?？、\s()（）〕])$")


def known_names(text: str, spans: list[tuple[int, int]]) -> frozenset[Known]:
    """Give what is to be looked for elsewhere of the names found in a text at the places (start, end).

    A word of the language counts as a name only where something introduced it as one, or a title followed.
    """
    return frozenset(known for start, end in spans if (known := _known(simplified(text), start, end)) is not None)


def _known(text: str, start: int, end: int) -> Known | None:
    whole = text[start:end].strip()
    if len(whole) < 2:
        return None
    if not HAN.fullmatch(whole):
        return Known(whole)
    sure = bool(_LED.search(text[max(0, start - 8) : start]) or _TITLED.match(text, end))
    if in_dictionary(whole) and is_word(whole) and not sure:
        return None
    family = whole[:2] if whole[:2] in COMPOUND and len(whole) > 2 else whole[0]
    given = whole[len(family) :]
    if (family not in COMPOUND and family not in SINGLE) or len(given) > 2 or not NO_GIVEN.isdisjoint(given):
        return Known(whole)
    if sure or (not in_dictionary(given) and GIVEN.issuperset(given)):
        return Known(whole, family, given if len(given) == 2 else "")
    return Known(whole)


def places_again(text: str, names: frozenset[Known]) -> list[tuple[int, int]]:
    """Give the places (start, end) of a text at which names known from elsewhere stand, in order, without overlaps."""
    plain = simplified(text)
    near = [name for name in names if name.whole in plain or name.given in plain or name.family in plain]
    if not near:
        return []
    tokens = _Tokens(plain)
    spans: list[tuple[int, int]] = []
    for name in near:
        spans.extend(span for span in _each(plain, name.whole) if _is_whole(name.whole, span, tokens))
        if name.given:
            spans.extend(span for span in _each(plain, name.given) if _is_given(name.given, span, tokens))
        if name.family:
            spans.extend(span for span in _each(plain, name.family) if _is_family(name.family, span, tokens))
    apart: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


class _Tokens:
    """A text, and its words once they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._inside: frozenset[int] | None = None

    def cut(self, start: int, end: int) -> bool:
        """Whether a name there would begin or end in the middle of a word of the language (标[志明]显), unless what
        is left beside it is a word too (告知[晓彤], which may be read as 告|知晓|彤)."""
        if self._inside is None:
            words = [token for token in _tokens(self.text) if in_dictionary(token.word)]
            self._inside = frozenset(place for token in words for place in range(token.start + 1, token.end))
        before = start in self._inside and not _is_longer_word(_tokens(self.text[:start])[-1])
        return before or (end in self._inside and not _is_longer_word(_tokens(self.text[end:])[0]))


def _is_longer_word(token: Token) -> bool:
    return len(token.word) > 1 and in_dictionary(token.word)


@lru_cache(maxsize=1_024)
def _tokens(text: str) -> list[Token]:
    return tokens_of(text)


def _each(text: str, piece: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(piece), text)] if piece in text else []


def _is_whole(whole: str, span: tuple[int, int], tokens: _Tokens) -> bool:
    """Whether a whole name stands there: of three characters always, of two where it is no part of other words."""
    if not HAN.fullmatch(whole):
        return not re.search(r"[A-Za-z]$", tokens.text[: span[0]]) and not re.match(r"[A-Za-z]", tokens.text[span[1] :])
    if len(whole) > 2:
        return True
    return not tokens.cut(*span) and not (in_dictionary(whole) and _PLACE.match(tokens.text, span[1]))


def _is_given(given: str, span: tuple[int, int], tokens: _Tokens) -> bool:
    """Whether a given name stands there alone; one that is a word only where somebody does something or has a title."""
    if tokens.cut(*span) or _PLACE.match(tokens.text, span[1]):
        return False
    if not in_dictionary(given) or not is_word(given):
        return True
    after = tokens.text[span[1] : span[1] + 8]
    return any(one.match(after) for one in (_TITLED, DOING, CLEARLY_ACTS, MAY_ACT))


def _is_family(family: str, span: tuple[int, int], tokens: _Tokens) -> bool:
    """Whether a surname stands there before a title: the end of no other word (基金经理, 对方经理)."""
    if not _TITLED.match(tokens.text, span[1]):
        return False
    before = tokens.text[: span[0]]
    if family in _GRAMMAR:
        return bool(_CLAUSE.search(before))
    return not (HAN.fullmatch(before[-1:]) and in_dictionary(before[-1] + family))
