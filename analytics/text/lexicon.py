"""The words of feeling: what each word says, and how negation, degree and irony change it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STRENGTH = {"strong": 2.0, "plain": 1.0, "weak": 0.5}
DEGREE = {"high": 1.5, "mid": 1.2, "low": 0.6}
SCOPE = 4  # characters after a negation or a degree word in which the word that it changes must begin
BREAKS = frozenset(",.;!?~，。；！？、…\n\r\t ")
CHANGING = frozenset({"negation", "prohibition", "rhetorical", "degree"})
KEPT_BLAME = 0.8  # of a word of blame that somebody is told not to do
_ASKED = re.compile(r"[^,.;!~，。；！、…\n]{0,4}[?？吗嘛]")


@dataclass(frozen=True)
class Felt:
    """One word of feeling in a text.

    start, end: its place, from the first negation or degree word that belongs to it. value: positive where it
    praises, negative where it blames. negations: how many negations stand before it.
    """

    start: int
    end: int
    value: float
    negations: int


@cache
def _entries() -> dict[str, tuple[str, float]]:
    """Give every word with its kind and its number.

    Kinds: feeling, neutral, negation, prohibition, rhetorical, degree, irony.
    """
    raw = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    entries: dict[str, tuple[str, float]] = {}
    for level, value in STRENGTH.items():
        entries |= dict.fromkeys(raw["negative"][level].split(), ("feeling", -value))
        entries |= dict.fromkeys(raw["positive"][level].split(), ("feeling", value))
    for level, factor in DEGREE.items():
        entries |= {word: ("degree", factor) for word in raw["degree"][level].split() if word not in entries}
    entries |= {word: ("negation", -1.0) for word in raw["negation"]["words"].split() if word not in entries}
    entries |= dict.fromkeys(raw["negation"]["prohibition"].split(), ("prohibition", -1.0))
    entries |= dict.fromkeys(raw["negation"]["rhetorical"].split(), ("rhetorical", -1.0))
    entries |= dict.fromkeys(raw["neutral"]["words"].split(), ("neutral", 0.0))
    plain = raw["negation"]["not_a_negation"].split()
    entries |= {word: ("neutral", 0.0) for word in plain if entries.get(word, ("",))[0] != "degree"}
    entries |= dict.fromkeys(raw["irony"]["strengthening"].split(), ("degree", DEGREE["high"]))
    entries |= dict.fromkeys(raw["irony"]["words"].split(), ("irony", -1.5))
    entries |= dict.fromkeys(raw["emoticons"]["positive"].split(), ("feeling", 2.0))
    entries |= dict.fromkeys(raw["emoticons"]["negative"].split(), ("feeling", -2.0))
    return entries


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Give, for a first character, the lengths of the words that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _entries():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def words_of_feeling(text: str) -> list[Felt]:
    """Find the words of feeling of a text in lower case, longest first at each place, with what changes them.

    A negation within SCOPE characters turns a word (不好), two turn it back at less strength (没有不满意); a degree
    word strengthens or weakens it. Told not to, blame stays blame (别敷衍我); asked in return, a negation asserts
    (这不是明抢吗). A clause's end ends their reach. Words of irony blame wherever they stand.
    """
    found: list[Felt] = []
    place, size = 0, len(text)
    reach = opened = -1
    before: list[tuple[str, float]] = []  # what changes the next word of feeling
    while place < size:
        kind, number, width = _entry_at(text, place)
        if kind in CHANGING:
            if place > reach:
                before, opened = [], place
            before.append((kind, number))
            reach = place + width + SCOPE
        elif kind == "feeling":
            if place > reach:
                before, opened = [], place
            asked = _ASKED.match(text, place + width) is not None
            found.append(_felt(opened, place + width, number, before, asked))
            before, reach = [], -1
        elif kind == "irony":
            found.append(Felt(place, place + width, number, 0))
        elif not kind and text[place] in BREAKS:
            reach = -1
        place += width
    return found


def _entry_at(text: str, place: int) -> tuple[str, float, int]:
    """Give kind, number and length of the longest word at a place; ('', 0, 1) where none begins."""
    entries = _entries()
    for length in _lengths().get(text[place], ()):
        word = text[place : place + length]
        if word in entries:
            return *entries[word], len(word)
    return "", 0.0, 1


def _felt(start: int, end: int, value: float, before: list[tuple[str, float]], asked: bool) -> Felt:
    """Give a word of feeling with all that stands before it taken into account."""
    negations, factor = 0, 1.0
    for kind, number in before:
        if kind == "degree":
            factor *= number
        elif kind == "prohibition" and value < 0:
            factor *= KEPT_BLAME
        elif not (kind == "rhetorical" and asked):
            negations += 1
    return Felt(start, end, _turned(value, negations) * factor, negations)


def _turned(value: float, negations: int) -> float:
    """Give a word's value after its negations: each one turns it and takes some of its strength."""
    if negations == 0:
        return value
    if negations % 2:
        return -0.8 * value
    return 0.6 * value


def balance(text: str) -> tuple[float, float]:
    """Give the sums of praise and of blame in a text (lower case), both at least 0."""
    praise = blame = 0.0
    for felt in words_of_feeling(text):
        if felt.value > 0:
            praise += felt.value
        else:
            blame -= felt.value
    return praise, blame
