"""Names that a conversation or ticket introduces once and says again: `python -m benchmarks.masking` prints it.

Sixty of them, written before the rules that they measure were read (`masking_conversations.txt`): in each a name is
introduced 【】 and said again in other turns or texts 〔〕, whole, as the surname before a title or as the given name
alone; between them stand words that look like names and are none {}, mostly the same surname or given name as a word.
A name is found when every character of it is covered; a word is masked needlessly when any character of it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

CONVERSATIONS = Path(__file__).with_suffix(".txt")
_MARKED = re.compile("【(.*?)】|〔(.*?)〕|{(.*?)}")
_COMPOUND = ("司马", "欧阳")

Masking = Callable[[Sequence[str]], Sequence[str]]


class Marked(NamedTuple):
    """A piece of a text with what it is: introduced, whole again, surname again, given name again, or a word."""

    kind: str
    start: int
    end: int


def conversations() -> list[list[tuple[str, list[Marked]]]]:
    """Give the texts of each conversation without their marks, and what was marked."""
    found = []
    for block in re.sub("(?m)^#.*\n", "", CONVERSATIONS.read_text(encoding="utf-8")).strip().split("\n\n"):
        introduced: set[str] = set(re.findall("【(.*?)】", block))
        found.append([_read(line, introduced) for line in block.splitlines()])
    return found


def _read(line: str, introduced: set[str]) -> tuple[str, list[Marked]]:
    text, last, marks = "", 0, []
    for match in _MARKED.finditer(line):
        text += line[last : match.start()]
        name, again, word = match.groups()
        piece = name or again or word
        kind = "introduced" if name else "word" if word else _kind_again(again, introduced)
        marks.append(Marked(kind, len(text), len(text) + len(piece)))
        text, last = text + piece, match.end()
    return text + line[last:], marks


def _kind_again(piece: str, introduced: set[str]) -> str:
    if piece in introduced:
        return "whole again"
    return "surname again" if len(piece) == 1 or piece in _COMPOUND else "given name again"


def covered(text: str, masked: str) -> set[int]:
    """Give the places of a text that its masked form no longer shows."""
    pieces = re.split("〔[^〔〕]*〕", masked)
    match = re.fullmatch("(.+?)".join(map(re.escape, pieces)), text)
    assert match is not None, (text, masked)
    return {place for group in range(1, len(pieces)) for place in range(*match.span(group))}


def counted(masking: Masking) -> dict[str, tuple[int, int]]:
    """Give masked and all by kind of marked piece, and texts in which something that nobody marked was masked."""
    masked_of: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for conversation in conversations():
        for (text, marks), masked in zip(conversation, masking([text for text, _ in conversation]), strict=True):
            gone = covered(text, masked)
            for kind, start, end in marks:
                places = range(start, end)
                all_of[kind] += 1
                masked_of[kind] += not gone.isdisjoint(places) if kind == "word" else gone.issuperset(places)
            all_of["text with more masked"] += 1
            masked_of["text with more masked"] += bool(gone.difference(*(range(one.start, one.end) for one in marks)))
    return {kind: (masked_of[kind], all_of[kind]) for kind in all_of}
