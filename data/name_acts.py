"""Names told by what their bearers do to the writer (万磊一口咬定, 婷婷说, 大李让我), and by 姓 (姓龙的经理)."""

from __future__ import annotations

import re
from bisect import bisect_right

from data.name_segments import Token, in_dictionary, unknown
from data.name_words import (
    BUSY,
    CLEARLY_ACTS,
    COMPOUND,
    DOING,
    GIVEN,
    MAY_ACT,
    NO_NICKNAME,
    NO_TWICE,
    NOT_NAMES,
    ORDINARY,
    PEOPLE,
    SINGLE,
    SOFT_GIVEN,
    SURE,
    TITLES,
    WHO,
)

_ONE_OF_ANY = "".join(sorted(SINGLE))
_GIVEN = "".join(sorted(GIVEN))
_PLAIN_GIVEN = "".join(sorted(GIVEN - SOFT_GIVEN))
SAID_TO_BE = re.compile(rf"姓(?P<name>{'|'.join(COMPOUND)}|[{_ONE_OF_ANY}])(?=的|那位|这位|经理|主任|先生|女士|小姐)")
# With a surname; by the given name twice (婷婷); after 小 or 阿 by the given name; after 小, 老, 阿, 大 by the surname.
_FORMS = (
    re.compile(rf"(?:{'|'.join(COMPOUND)}|[{_ONE_OF_ANY}])[{_GIVEN}]{{1,2}}"),
    re.compile(rf"([{_GIVEN}])\1"),
    re.compile(rf"[小阿][{_PLAIN_GIVEN}]|[小老阿][{''.join(sorted(ORDINARY))}]"),
    re.compile(rf"大[{''.join(sorted(SURE))}]"),
)
_CALLED_AFTER = re.compile("姐(?![妹夫姐])|哥(?![们哥])|的(?:账户|卡|电话|微信|合同|保单|存单|学费|压岁钱)")
# Words of these kinds are no names, whatever they are made of: adverbs, times, places, numbers and the like.
_NO_NAME_TAGS = ("d", "t", "ns", "nt", "m", "r", "p", "c", "u", "f", "y", "l", "i")


def names_by_acts(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Find names at the beginning of a clause, or after a word that asks for a person, before what only people do."""
    spans = [match.span("name") for match in SAID_TO_BE.finditer(text)]
    begins = [token.start for token in tokens]
    for place, token in enumerate(tokens):
        if not WHO.search(text[max(0, token.start - 6) : token.start]):
            continue
        for form in _FORMS:
            match = form.match(text, token.start)
            end = match and _end_of_name(text, tokens, begins, place, match)
            if end:
                spans.append((token.start, end))
                break
    return spans


def _end_of_name(text: str, tokens: list[Token], begins: list[int], place: int, match: re.Match[str]) -> int | None:
    """Give where a form of name ends: the longest that is no word and is followed by what people do."""
    start = tokens[place].start
    shortest = start + (3 if text[start : start + 2] in COMPOUND else 2)
    for end in range(match.end(), shortest - 1, -1):
        last = tokens[bisect_right(begins, end - 1) - 1]
        if last.end != end and not unknown(last):
            continue
        if _may_be_called(text[start:end], tokens[place], match.re) and _acts(text, tokens[place], end, match.re):
            return end
    return None


def _may_be_called(word: str, token: Token, form: re.Pattern[str]) -> bool:
    if word in NOT_NAMES or word in BUSY or word in PEOPLE or word in TITLES or word[1:] in TITLES or word in NO_TWICE:
        return False
    if word[:2] in NOT_NAMES or word[:2] in BUSY or word[:2] in PEOPLE:
        return False
    if word[0] in "老小阿" and word[1] in ORDINARY:
        return word not in NO_NICKNAME
    if form is not _FORMS[0] and form is not _FORMS[1]:
        return not in_dictionary(word) or (token.word == word and token.tag.startswith("nr"))
    return not (token.word == word and token.tag.startswith(_NO_NAME_TAGS) and token.tag != "nr")


def _acts(text: str, token: Token, end: int, form: re.Pattern[str]) -> bool:
    """Whether what follows tells a person; of a word of the language more is asked than of what is none."""
    if CLEARLY_ACTS.match(text, end):
        return True
    word = text[token.start : end]
    if form is _FORMS[0]:
        known = in_dictionary(word) and not (token.word == word and token.tag.startswith("nr"))
        if known or not SOFT_GIVEN.isdisjoint(word[1:]) or (word[0] not in SURE and in_dictionary(word[:2])):
            return False
        return bool(MAY_ACT.match(text, end))
    return bool(MAY_ACT.match(text, end) or DOING.match(text, end) or _CALLED_AFTER.match(text, end))
