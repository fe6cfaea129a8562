"""Names of people in free text: found by the words around them, by surnames and by the word segmentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from data.name_words import (
    BEFORE_PEOPLE,
    BEGINNING,
    BUSY,
    COMPOUND,
    DOT,
    FIELD,
    FIELDS,
    FUNCTION_TAGS,
    HAN,
    INTRODUCED,
    LAST,
    LATIN,
    NO_GIVEN,
    NOT_IN_A_FIELD,
    NOT_NAMES,
    ORDINARY,
    PEOPLE,
    SINGLE,
    SKIPPED,
    SURE,
    SURE_TITLES,
    SURROGATE,
    TITLES,
)

NAME = "〔姓名〕"

LONGEST_PART = 7  # characters of one part of a name with dots


@dataclass(frozen=True)
class _Token:
    word: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)


def mask_names(text: str) -> str:
    """Replace names of people in a text. A name that was found once goes wherever it stands in the text."""
    spans = name_spans(text)
    if not spans:
        return text
    found = {text[start:end].strip() for start, end in spans}
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{NAME}{text[end:]}"
    for name in sorted(found, key=len, reverse=True):
        if len(name) >= 3:
            text = text.replace(name, NAME)
    return text


def name_spans(text: str) -> list[tuple[int, int]]:
    """Give the places (start, end) of names, in order and without overlaps."""
    if not HAN.search(text):
        return []
    spans = [match.span() for match in LATIN.finditer(text)]
    for match in FIELD.finditer(text):
        if not NOT_IN_A_FIELD.match(match["name"]):
            spans.append(match.span("name"))
    tokens = _tokens(text)
    spans.extend(_by_tokens(tokens))
    spans.extend(_by_characters(text, tokens))
    spans.extend(_around_dot(tokens, match) for match in DOT.finditer(text))
    spans.sort(key=lambda span: (span[0], -span[1]))
    apart: list[tuple[int, int]] = []
    for span in spans:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
        elif span[1] > apart[-1][1]:
            apart[-1] = (apart[-1][0], span[1])
    return apart


@cache
def _segmentation():  # type: ignore[no-untyped-def]
    import rjieba

    return rjieba


def _unknown(token: _Token) -> bool:
    return not _in_dictionary(token.word)


def _in_dictionary(word: str) -> bool:
    """Whether the segmentation knows a word, so that it did not make it up from the text."""
    return bool(_segmentation().has_word(word))


def _tokens(text: str) -> list[_Token]:
    tokens, place = [], 0
    for word, tag in _segmentation().tag(SURROGATE.sub("?", text)):
        tokens.append(_Token(word, tag, place))
        place += len(word)
    return tokens


def _by_tokens(tokens: list[_Token]) -> list[tuple[int, int]]:
    spans = []
    for place, token in enumerate(tokens):
        if token.word in TITLES:
            spans.append(_before_title(tokens, place))
        level = _introduced(tokens, place)
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


def _by_characters(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    """Find names by their characters and what stands around them, where the segmentation has cut them up."""
    starting = {token.start: token for token in tokens}
    spans = []
    for pattern in (INTRODUCED, BEGINNING):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            by = match["by"]
            if match.start() not in starting or not (
                len(by) > 1 or start in starting or _unknown(starting[match.start()])
            ):
                continue
            weak = by in BEFORE_PEOPLE and len(match["name"]) == 2 and match["name"][0] not in ORDINARY
            if by in FIELDS or (not weak and _looks_like_a_name(match["name"])):
                spans.append((start, end))
    return spans


@lru_cache(maxsize=4096)
def _looks_like_a_name(word: str) -> bool:
    """Whether a surname with one or two characters is no word, and begins with none, of the language."""
    given = word[2:] if word[:2] in COMPOUND else word[1:]
    if (
        word in NOT_NAMES
        or word in BUSY
        or word[:2] in BUSY
        or word[:2] in NOT_NAMES
        or any(c in NO_GIVEN for c in given)
    ):
        return False
    if given in BUSY or given in TITLES or given in PEOPLE or word in PEOPLE or word[:2] in PEOPLE:
        return False
    tokens = _tokens(word)
    first = tokens[0]
    if len(first.word) == 1:
        told = word[0] in SURE or not first.tag.startswith(FUNCTION_TAGS)
        return told or (len(tokens) > 1 and (tokens[1].tag.startswith("nr") or not _in_dictionary(tokens[1].word)))
    known = first.tag.startswith("nr") or first.tag in ("x", "ns", "nz") or first.word in COMPOUND
    return known or not _in_dictionary(first.word)


def _around_dot(tokens: list[_Token], dot: re.Match[str]) -> tuple[int, int]:
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


def _ends_a_name(token: _Token) -> bool:
    known = token.word in FIELDS or token.word in PEOPLE or token.word in BUSY or token.word in TITLES
    return known or not HAN.fullmatch(token.word) or token.tag.startswith((*FUNCTION_TAGS, "v"))


def _introduced(tokens: list[_Token], place: int) -> str:
    """Say how sure one may be of a name after a token: 'field', 'people', 'before' or '' for not at all."""
    if tokens[place].word[-1] not in LAST:
        return ""
    phrases = [tokens[place].word]
    for back in (1, 2):
        if place >= back:
            phrases.append(tokens[place - back].word + phrases[-1])
    if not FIELDS.isdisjoint(phrases):
        return "field"
    if not PEOPLE.isdisjoint(phrases):
        return "people"
    return "before" if phrases[0] in BEFORE_PEOPLE else ""


def _whole(token: _Token) -> bool:
    """Whether a token can be a surname with a given name."""
    word = token.word
    if word in NOT_NAMES or not 2 <= len(word) <= 4 or not HAN.fullmatch(word):
        return False
    return (word[0] in SINGLE and len(word) <= 3) or (word[:2] in COMPOUND and len(word) > 2)


def _believed(token: _Token) -> bool:
    """Whether a token tagged as a name is one where nothing introduces it."""
    trusted = SURE if len(token.word) == 2 else ORDINARY
    return token.word[0] in trusted or token.word[:2] in COMPOUND


def _name_at(tokens: list[_Token], place: int, level: str) -> tuple[int, int] | None:
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
        if token.tag.startswith("nr") or (token.tag == "x" and not _in_dictionary(word[:2])) or level == "field":
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


def _extended(tokens: list[_Token], place: int, word: str) -> int:
    """Give the end of a name of two characters that may have a third in the next token (白雪|冰)."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if len(word) != 2 or after is None or len(after.word) != 1 or not HAN.fullmatch(after.word):
        return token.end
    if after.word in NO_GIVEN or after.tag.startswith(FUNCTION_TAGS) or after.word in TITLES:
        return token.end
    return after.end


def _with_given(tokens: list[_Token], place: int, level: str) -> tuple[int, int] | None:
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


def _before_title(tokens: list[_Token], place: int) -> tuple[int, int] | None:
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
