"""Names by their characters: a surname, what given names are made of, and what stands around them."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from data.name_segments import Token, in_dictionary, introduced_by, is_word, tokens_of, unknown
from data.name_words import (
    AFTER_ONE,
    BEFORE_PEOPLE,
    BEGINNING,
    BUSY,
    CANDIDATE,
    CLAUSE_BEGINS,
    CLAUSE_ENDS,
    COMPOUND,
    DOING,
    FIELDS,
    FUNCTION_TAGS,
    GIVEN,
    INTRODUCED,
    LEADING,
    NO_GIVEN,
    NOT_NAMES,
    ORDINARY,
    PEOPLE,
    SKIPPED,
    SOFT_GIVEN,
    SURE,
    TITLES,
)


def names_by_introduction(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Find names by their characters and what stands around them, where the segmentation has cut them up."""
    starting = {token.start: token for token in tokens}
    spans = []
    for pattern in (INTRODUCED, BEGINNING):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            by = match["by"]
            if match.start() not in starting or not (
                len(by) > 1 or start in starting or unknown(starting[match.start()])
            ):
                continue
            weak = by in BEFORE_PEOPLE and len(match["name"]) == 2 and match["name"][0] not in ORDINARY
            if by in FIELDS or (not weak and _looks_like_a_name(match["name"])):
                spans.append((start, end))
    return spans


def names_by_given_names(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Find names by a surname and the characters that given names are made of, wherever they stand."""
    candidates = [match.start() for match in CANDIDATE.finditer(text)]
    if not candidates:
        return []
    led = {match.end() for match in LEADING.finditer(text)}
    begins = [token.start for token in tokens]
    spans = []
    for start in candidates:
        place = bisect_right(begins, start) - 1
        token = tokens[place]
        if start > token.start and start not in led and not unknown(token):
            continue
        at_token = start == token.start and place > 0
        introduced = start in led or (at_token and bool(introduced_by(tokens, _linked(tokens, place - 1))))
        family = 2 if text[start : start + 2] in COMPOUND else 1
        size = 0
        while size < 2 and text[start + family + size : start + family + size + 1] in GIVEN:
            size += 1
        for length in range(size, 0, -1):
            end = start + family + length
            if not _cuts(tokens, begins, end) and _is_a_name(text, start, family, end, introduced):
                spans.append((start, end))
                break
    return spans


def _cuts(tokens: list[Token], begins: list[int], end: int) -> bool:
    """Whether a place lies inside a word of the language."""
    token = tokens[bisect_right(begins, end - 1) - 1]
    return token.start < end < token.end and not unknown(token)


def _linked(tokens: list[Token], place: int) -> int:
    """Give the place of the token before a colon or 是 that links a word to the name after it."""
    while place > 0 and tokens[place].word in SKIPPED:
        place -= 1
    return place


def _is_a_name(text: str, start: int, family: int, end: int, introduced: bool) -> bool:
    """Whether a surname and given name are believed where they stand.

    Introduced, two characters that given names are made of are enough, or one that is no word with the surname. With
    nothing to introduce it, the surname must be one that is no word, or a compound one, or the whole must stand by
    itself; and one character of a given name must be followed by what goes on after a name.
    """
    word = text[start:end]
    given = word[family:]
    if word in NOT_NAMES or word[:2] in BUSY or given in BUSY or given in TITLES or given in PEOPLE:
        return False
    if family == 1 and word[:2] in NOT_NAMES:
        return False
    goes_on = AFTER_ONE.match(text, end) is not None
    if introduced and len(given) == 2:
        return not is_word(word) and (word[0] in ORDINARY or family == 2 or not is_word(word[:2]))
    if introduced:
        return goes_on and _looks_like_a_name(word)
    if is_word(word) or (family == 1 and is_word(word[:2])):
        return False
    if CLAUSE_BEGINS.search(text[:start]) and CLAUSE_ENDS.match(text, end):
        return _looks_like_a_name(word) and not (len(given) == 1 and given in SOFT_GIVEN)
    if DOING.match(text, end) and (len(given) == 2 or word[0] in ORDINARY) and not SOFT_GIVEN.issuperset(given):
        return _looks_like_a_name(word)
    if not SOFT_GIVEN.isdisjoint(given):
        return False
    if family == 1 and word[0] not in SURE:
        if len(given) < 2 or is_word(given) or not _looks_like_a_name(word):
            return False
        begins = CLAUSE_BEGINS.search(text[:start]) is not None
        return word[0] in ORDINARY or (begins and (goes_on or DOING.match(text, end) is not None))
    return len(given) == 2 or (goes_on and _looks_like_a_name(word))


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
    tokens = tokens_of(word)
    first = tokens[0]
    if len(first.word) == 1:
        told = word[0] in SURE or not first.tag.startswith(FUNCTION_TAGS)
        return told or (len(tokens) > 1 and (tokens[1].tag.startswith("nr") or not in_dictionary(tokens[1].word)))
    known = first.tag.startswith("nr") or first.tag in ("x", "ns", "nz") or first.word in COMPOUND
    return known or not in_dictionary(first.word)
