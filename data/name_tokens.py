"""Names by the word segmentation: what it takes for a name, after words that introduce one and before titles."""

from __future__ import annotations

import re

from data.name_segments import Token, in_dictionary, introduced_by
from data.name_words import (
    BEFORE_PEOPLE,
    BUSY,
    COMPOUND,
    FIELDS,
    FUNCTION_TAGS,
    HAN,
    NO_GIVEN,
    NOT_NAMES,
    ORDINARY,
    PEOPLE,
    SINGLE,
    SKIPPED,
    SURE,
    SURE_TITLES,
    TITLES,
)

LONGEST_PART = 7  # characters of one part of a name with dots


def names_by_tokens(tokens: list[Token]) -> list[tuple[int, int]]:
    spans = []
    for place, token in enumerate(tokens):
        if token.word in TITLES:
            spans.append(_before_title(tokens, place))
        level = introduced_by(tokens, place)
        if level:
            after = place + 1
            while after < len(tokens) and tokens[after].word in SKIPPED and after <= place + 3:
                after += 1
            spans.append(_name_at(tokens, after, level))
        elif (place == 0 or not HAN.match(tokens[place - 1].word)) and token.word[0] in SURE:
            spans.append(_name_at(tokens, place, "start"))
        if token.tag.startswith("nr") and _whole(token) and _believed(token):
            spans.append(_name_at(tokens, place, "start"))
    return [span for span in spans if span is not None]


def name_around_dot(tokens: list[Token], dot: re.Match[str]) -> tuple[int, int]:
    """Give the place of a name of several parts (阿卜杜拉·买买提) around one of its dots."""
    start = dot.start()
    for token in reversed([token for token in tokens if token.end <= dot.start()]):
        ends_it = _ends_a_name(token) or token.word in BEFORE_PEOPLE or dot.start() - token.start > LONGEST_PART
        if ends_it and start < dot.start():
            break
        start = token.start
    end = dot.end()
    for token in [token for token in tokens if token.start >= dot.end()]:
        if end > dot.end() and (_ends_a_name(token) or token.end - dot.end() > LONGEST_PART):
            break
        end = token.end
    return start, end


def _ends_a_name(token: Token) -> bool:
    known = token.word in FIELDS or token.word in PEOPLE or token.word in BUSY or token.word in TITLES
    return known or not HAN.fullmatch(token.word) or token.tag.startswith((*FUNCTION_TAGS, "v"))


def _whole(token: Token) -> bool:
    """Whether a token can be a surname with a given name."""
    word = token.word
    if word in NOT_NAMES or not 2 <= len(word) <= 4 or not HAN.fullmatch(word):
        return False
    if not NO_GIVEN.isdisjoint(word[1:]):
        return False
    return (word[0] in SINGLE and len(word) <= 3) or (word[:2] in COMPOUND and len(word) > 2)


def _believed(token: Token) -> bool:
    """Whether a token tagged as a name is one where nothing introduces it."""
    trusted = SURE if len(token.word) == 2 else ORDINARY
    return token.word[0] in trusted or token.word[:2] in COMPOUND


def _name_at(tokens: list[Token], place: int, level: str) -> tuple[int, int] | None:
    """Give the place of the name that begins at a token; None where none does."""
    if place >= len(tokens) or not HAN.fullmatch(tokens[place].word):
        return None
    token = tokens[place]
    word = token.word
    if word in BUSY or word in TITLES:
        return None
    if _whole(token) and word not in COMPOUND:
        if word[1:] in TITLES:
            return token.start, token.start + 1
        if token.tag.startswith("nr") or (token.tag == "x" and not in_dictionary(word[:2])) or level == "field":
            return token.start, _extended(tokens, place, word)
        if level == "people" and token.tag in ("ns", "nz") and len(word) == 3:
            return token.start, token.end
        return None
    if word in COMPOUND:
        return _with_given(tokens, place, level)
    if len(word) == 1 and place + 1 < len(tokens) and word + tokens[place + 1].word[:1] in COMPOUND:
        return _with_given(tokens, place, level)
    if len(word) == 1 and word in SINGLE:
        following = tokens[place + 1].tag if place + 1 < len(tokens) else "x"
        sure = word in SURE or token.tag.startswith("nr") or level == "field"
        if sure or following.startswith("nr") or following in ("ns", "nz") or (level == "people" and following == "x"):
            return _with_given(tokens, place, level)
        return None
    if level == "field" and token.tag.startswith("nr") and len(word) <= 4:
        return token.start, token.end
    return None


def _extended(tokens: list[Token], place: int, word: str) -> int:
    """Give the end of a name of two characters that may have a third in the next token (白雪|冰)."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if len(word) != 2 or after is None or len(after.word) != 1 or not HAN.fullmatch(after.word):
        return token.end
    if after.word in NO_GIVEN or after.tag.startswith(FUNCTION_TAGS) or after.word in TITLES:
        return token.end
    return after.end


def _with_given(tokens: list[Token], place: int, level: str) -> tuple[int, int] | None:
    """Give the place of a surname and the given name in the tokens after it; None where nothing can be one."""
    start = tokens[place].start
    taken, size = place + 1, 0
    while taken < len(tokens) and size < 2:
        token = tokens[taken]
        word = token.word
        if not HAN.fullmatch(word) or word in BUSY or word in TITLES or word in FIELDS or word in PEOPLE:
            break
        if size + len(word) > 2 or word[0] in NO_GIVEN:
            break
        if size and token.tag.startswith(FUNCTION_TAGS):
            break
        if level in ("start", "before") and len(word) == 1 and size == 0 and token.tag.startswith(("p", "c", "u", "r")):
            break
        size += len(word)
        taken += 1
    if not size:
        return None
    return start, tokens[taken - 1].end


def _before_title(tokens: list[Token], place: int) -> tuple[int, int] | None:
    """Give the place of the name before a title (王建国|先生); None where there is none."""
    sure = tokens[place].word in SURE_TITLES
    end = tokens[place].start
    best = None
    text = ""
    for back in range(1, 5):
        if place - back < 0:
            break
        token = tokens[place - back]
        if not HAN.fullmatch(token.word) or len(text) + len(token.word) > 4 or token.word in PEOPLE | FIELDS:
            break
        text = token.word + text
        if text in BUSY or (text in NOT_NAMES and not sure):
            break
        known = text[0] in SURE or (text[0] in SINGLE and (sure or token.tag.startswith("nr")))
        if text[:2] in COMPOUND or (known and len(text) <= 3):
            best = token.start, end
            if back > 1 and text[0] not in SURE and token.tag.startswith(("p", "c", "d", "v")):
                best = tokens[place - back + 1].start, end
                break
    return best
