"""The words of feeling: what each word says, and how negation, degree and irony change it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STRENGTH = {"strong": 2.0, "plain": 1.0, "weak": 0.5}
DEGREE = {"high": 1.5, "mid": 1.2, "low": 0.6}
SCOPE = 4  # characters after a negation or a degree word in which the word that it changes must begin
BREAKS = frozenset(",.;!?~，。；！？、…\n\r\t ")
LONGEST = 12


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
    """Give every word with its kind (feeling, neutral, negation, turn, degree, irony) and its number."""
    raw = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    entries: dict[str, tuple[str, float]] = {}
    for level, value in STRENGTH.items():
        entries |= dict.fromkeys(raw["negative"][level].split(), ("feeling", -value))
        entries |= dict.fromkeys(raw["positive"][level].split(), ("feeling", value))
    for level, factor in DEGREE.items():
        entries |= {word: ("degree", factor) for word in raw["degree"][level].split() if word not in entries}
    entries |= {word: ("negation", -1.0) for word in raw["negation"]["words"].split() if word not in entries}
    entries |= dict.fromkeys(raw["neutral"]["words"].split(), ("neutral", 0.0))
    entries |= dict.fromkeys(raw["negation"]["not_a_negation"].split(), ("neutral", 0.0))
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
    word strengthens or weakens it. A clause's end ends their reach. Words of irony blame wherever they stand.
    """
    entries, lengths = _entries(), _lengths()
    found: list[Felt] = []
    place, size = 0, len(text)
    negations, factor, reach, opened = 0, 1.0, -1, 0
    while place < size:
        first = text[place]
        kind, number, width = "", 0.0, 1
        for length in lengths.get(first, ()):
            word = text[place : place + length]
            if word in entries:
                (kind, number), width = entries[word], len(word)
                break
        if kind in ("negation", "degree"):
            if place > reach:
                negations, factor, opened = 0, 1.0, place
            if kind == "negation":
                negations += 1
            else:
                factor *= number
            reach = place + width + SCOPE
        elif kind == "feeling":
            if place > reach:
                negations, factor, opened = 0, 1.0, place
            found.append(Felt(opened, place + width, _turned(number, negations) * factor, negations))
            negations, factor, reach = 0, 1.0, -1
        elif kind == "irony":
            found.append(Felt(place, place + width, number, 0))
        elif not kind and first in BREAKS:
            reach = -1
        place += width
    return found


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
