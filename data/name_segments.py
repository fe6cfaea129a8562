"""The words of a text, and whether a name may follow one of them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from data.name_words import (
    BEFORE_PEOPLE,
    FIELDS,
    LAST,
    PEOPLE,
    PERSON_ENDINGS,
    SURROGATE,
)


class Token(NamedTuple):
    """One word of a text with the segmentation's tag and its place."""

    word: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """The place after the word."""
        return self.start + len(self.word)


@cache
def _segmentation():  # type: ignore[no-untyped-def]
    import rjieba

    return rjieba


def unknown(token: Token) -> bool:
    """Whether the segmentation made a word up from the text."""
    return not in_dictionary(token.word)


def in_dictionary(word: str) -> bool:
    """Whether the segmentation knows a word, so that it did not make it up from the text."""
    return bool(_segmentation().has_word(word))


def tokens_of(text: str) -> list[Token]:
    """Give a text's words in their order; together they are the text."""
    tokens, place = [], 0
    for word, tag in _segmentation().tag(SURROGATE.sub("?", text)):
        tokens.append(Token(word, tag, place))
        place += len(word)
    return tokens


def introduced_by(tokens: list[Token], place: int) -> str:
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
    word = tokens[place].word
    if len(word) > 1 and word[-1] in PERSON_ENDINGS and tokens[place].tag.startswith("n"):
        return "people"
    return "" if BEFORE_PEOPLE.isdisjoint(phrases) else "before"


@lru_cache(maxsize=16_384)
def is_word(word: str) -> bool:
    """Whether something is a word of the language and no name."""
    if not in_dictionary(word):
        return False
    tagged = tokens_of(word)
    return not (len(tagged) == 1 and tagged[0].tag.startswith("nr"))
