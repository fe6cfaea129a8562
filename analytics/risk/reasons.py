"""Why a ticket's risk is high, in words: what adds most to it against the average ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from analytics.risk.features import words_of
from analytics.risk.model import RiskModel
from analytics.risk.table import Feature
from texts import N_, Message

MOST = 3  # reasons of one ticket
LEAST = 0.10  # log-odds: below a tenth more, nothing is a reason
CLAUSE_LEAST = 0.15
CLAUSE = re.compile(r"[^，。！？；：,!?;:\s]+")
NOTHING_SAID = re.compile(r"〔|(?:称|表示|反映)$")  # how to reach somebody, and that somebody says something
LONGEST = 24  # characters of a clause that are quoted

TENDENCIES: Mapping[str, str] = MappingProxyType(
    {
        "regulator": N_("threatens to go to the regulator"),
        "media": N_("threatens to go to the media"),
        "court": N_("threatens to go to court"),
        "repetition": N_("has complained before"),
        "compensation": N_("demands compensation"),
        "deadline": N_("sets a deadline"),
    }
)
VALUES: Mapping[str, str] = MappingProxyType(
    {
        "channel": N_("channel: {value}"),
        "demand": N_("demand: {value}"),
        "cause": N_("cause: {value}"),
        "branch": N_("branch {value}: more often not agreed so far"),
        "class": N_("class: {value}"),
    }
)
FIXED: Mapping[Feature, str] = MappingProxyType(
    {
        ("mood", ""): N_("angry words in the complaint"),
        ("call", "angry"): N_("angry in a call"),
        ("call", "threat"): N_("threats in a call"),
        ("earlier", "complaints"): N_("complained before in the last year"),
        ("earlier", "not_agreed"): N_("an earlier complaint ended not agreed"),
        ("time", "waiting"): N_("waiting for long"),
        ("time", "dispatch"): N_("dispatched late"),
        ("time", "no_contact"): N_("not yet contacted"),
        ("amount", ""): N_("amount out of the ordinary"),
        ("first_round", ""): N_("the first round ended not agreed"),
    }
)
DRIFT = N_("this class has been ending worse of late")
SAID = N_("the complaint says {words}")


def reasons(
    model: RiskModel, of: dict[Feature, float], complaint_class: str, narrative: str = ""
) -> tuple[Message, ...]:
    """Give what adds most to one ticket's risk, most first; nothing where it is like the average ticket.

    of: the ticket's features. narrative: as a reader may see it; of its clauses the one whose words add most is quoted,
    since words by themselves say little. The words of a demand count with the demand.
    """
    found: list[tuple[float, Message]] = []
    words: dict[str, float] = {}
    shares = model.regression.shares(of)
    asked = sum(shares.pop(feature) for feature in list(shares) if feature[0] == "asked")
    for demand in (feature for feature in of if feature[0] == "demand"):
        shares[demand] = shares.get(demand, 0.0) + asked
    for feature, share in shares.items():
        group, value = feature
        if group in ("word", "threatening"):
            words[value] = words.get(value, 0.0) + share
            continue
        message = _message(feature)
        if message is not None and of[feature] > 0:
            found.append((share, message))
    clauses = (clause for clause in CLAUSE.findall(narrative) if not NOTHING_SAID.search(clause))
    told = max(((_worth(clause, words), clause) for clause in clauses), default=(0.0, ""))
    if told[0] >= CLAUSE_LEAST:
        found.append((told[0], Message(SAID, {"words": f"“{_short(told[1], words)}”"})))
    found.append((model.drift.get(complaint_class, 0.0), Message(DRIFT)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(message for share, message in found[:MOST] if share >= LEAST)


def _worth(clause: str, words: Mapping[str, float]) -> float:
    return sum(words.get(word, 0.0) for word in words_of(clause))


def _short(clause: str, words: Mapping[str, float]) -> str:
    """Give a clause, or of a long one the part from its most telling word on."""
    if len(clause) <= LONGEST:
        return clause
    telling = max(words_of(clause), key=lambda word: words.get(word, 0.0))
    start = min(max(clause.find(telling), 0), len(clause) - LONGEST)
    part = clause[start : start + LONGEST]
    return ("…" if start else "") + part + ("…" if start + LONGEST < len(clause) else "")


def _message(feature: Feature) -> Message | None:
    group, value = feature
    if group == "tendency":
        return Message(TENDENCIES[value]) if value in TENDENCIES else None
    if group in VALUES:
        return Message(VALUES[group], {"value": value})
    return Message(FIXED[feature]) if feature in FIXED else None
