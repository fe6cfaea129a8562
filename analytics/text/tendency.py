"""Complaint tendency: what a customer threatens or asks for, each with the words that gave rise to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analytics.text import tendency_words as of
from analytics.text.apart import together
from texts.simplified import simplified

Kind = Literal["regulator", "media", "court", "repetition", "compensation", "deadline"]
KINDS: tuple[Kind, ...] = get_args(Kind)
THREATS: tuple[Kind, ...] = ("regulator", "media", "court", "deadline")  # what is to happen if nothing is done


@dataclass(frozen=True)
class Tendency:
    """One tendency in a text: its kind, the words that gave rise to it, and their place (start, end)."""

    kind: Kind
    words: str
    start: int
    end: int


_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "regulator": re.compile(of.REGULATOR),
    "media": re.compile(of.MEDIA),
    "court": re.compile(of.COURT),
    "repetition": re.compile(of.REPETITION),
    "compensation": re.compile(of.COMPENSATION),
    "deadline": re.compile(of.DEADLINE),
}
_ALONE = {kind: re.compile(pattern) for kind, pattern in of.ALONE.items()}
_MEANT = {wrong: right for right, mistyped in of.MISTYPED.items() for wrong in mistyped.split()}
_MISTYPED = re.compile("|".join(_MEANT))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_CLAUSE = re.compile(rf"[^{of.END}]+")
_WITH_END = re.compile(rf"[^{of.END}]+[{of.END}]*")
_MOVE = re.compile(of.MOVE)
_MOVE_BEFORE = re.compile(of.MOVE + r"(?:给|到|向|至|在|你们?|了|个|一)*$")
_MOVE_AFTER = re.compile(r"(?:那里|那边|去|来|上|里|给)?" + of.MOVE)
_NAMED_ONLY = re.compile(of.NAMED_ONLY)
_DENIED = {name: re.compile(f"{words}{of.AFTER_DENIAL}{{0,4}}$") for name, words in of.DENIALS.items()}
_OPEN_CONDITION = re.compile("就|只能|只好|那我|否则|不然")


def tendencies(text: str) -> tuple[Tendency, ...]:
    """Find what a customer threatens or asks for in one text, at most one of each kind, in the order of KINDS.

    A threat that is denied (不会投诉到银监会, 没打算找律师) is none; a denial of something else in the same clause
    (不解决就去法院) does not hide it. Agents' own words are not for this function: call it on customers' turns, or
    `tendencies_of_turns`, which looks at the speaker. Traditional characters, full-width digits, characters written
    apart (投 诉, 1 2 3 7 8) and common typing errors (头诉) are read as what they stand for.
    """
    plain = _MISTYPED.sub(lambda match: _MEANT[match[0]], simplified(text).translate(_FULL_WIDTH))
    places = _places(plain)
    whole, at = together(plain)
    if len(whole) < len(plain):
        for kind, (start, end) in _places(whole).items():
            first, last = at[start], at[end - 1] + 1
            if last - first > end - start:  # written apart: else it stands in the text and was found, or denied, there
                places.setdefault(kind, (first, last))
    return tuple(Tendency(kind, text[slice(*places[kind])], *places[kind]) for kind in KINDS if kind in places)


def without_threats(text: str) -> str:
    """Give a text without the clauses in which something is threatened (THREATS)."""
    return "".join(
        clause for clause in _WITH_END.findall(text) if not any(one.kind in THREATS for one in tendencies(clause))
    )


def _places(text: str) -> dict[Kind, tuple[int, int]]:
    """Give the place of the first tendency of each kind in a plain text."""
    found: dict[Kind, tuple[int, int]] = {}
    clauses: list[re.Match[str]] | None = None
    for kind in KINDS:
        if not _PATTERNS[kind].search(text):
            continue
        clauses = list(_CLAUSE.finditer(text)) if clauses is None else clauses
        for clause in clauses:
            place = _in_clause(kind, clause[0])
            if place is not None:
                found[kind] = (clause.start() + place[0], clause.start() + place[1])
                break
    return found


def tendencies_of_turns(turns: pd.DataFrame) -> pd.DataFrame:
    """Give the tendencies of conversations: a row each, columns interaction_id, turn, kind, words, start, end.

    turns: columns interaction_id, turn, speaker, text. Only what customers said is read: an agent who names 12378
    threatens nobody.
    """
    spoken = turns[turns["speaker"] == "customer"]
    rows = [
        (interaction, turn, one.kind, one.words, one.start, one.end)
        for interaction, turn, text in zip(spoken["interaction_id"], spoken["turn"], spoken["text"], strict=True)
        for one in tendencies(text)
    ]
    return pd.DataFrame(rows, columns=["interaction_id", "turn", "kind", "words", "start", "end"])


def kinds_of(texts: Iterable[str]) -> list[frozenset[Kind]]:
    """Give the kinds of tendency in each text."""
    return [frozenset(one.kind for one in tendencies(text)) for text in texts]


def _in_clause(kind: Kind, clause: str) -> tuple[int, int] | None:
    threat = kind in _ALONE
    denied = _DENIED["threat" if threat else "wish"]
    for match in _PATTERNS[kind].finditer(clause):
        if threat and _only_named(kind, clause, match):
            continue
        if denied.search(_before(clause[: match.start()])):
            return None
        if kind == "deadline" and of.PROMISED.search(clause[: match.start()]):
            continue
        return _widened(clause, match) if threat else match.span()
    return None


def _only_named(kind: Kind, clause: str, match: re.Match[str]) -> bool:
    """Whether a body or medium is named without anybody going there or telling it."""
    if _NAMED_ONLY.search(clause):
        return True
    if _ALONE[kind].fullmatch(match[0]):
        return False
    return not _MOVE.search(f"{clause[: match.start()]} {clause[match.end() :]}")


def _before(before: str) -> str:
    """Give what stands before a hit and can deny it: after an open condition, without the verb of telling."""
    last = _OPEN_CONDITION.split(before)[-1]
    return of.TELLING.sub("", last)


def _widened(clause: str, match: re.Match[str]) -> tuple[int, int]:
    """Give the place of the words to show: from the verb of telling just before the hit to the one just after."""
    before = _MOVE_BEFORE.search(clause[: match.start()])
    after = _MOVE_AFTER.match(clause[match.end() :])
    return (before.start() if before else match.start()), (match.end() + after.end() if after else match.end())
