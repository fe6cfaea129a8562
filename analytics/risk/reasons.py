"""Why a ticket's risk is high, in words: what adds most to it against the average ticket."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.risk.features import Feature
from analytics.risk.model import RiskModel
from texts import N_, Message

MOST = 3  # reasons of one ticket
LEAST = 0.10  # log-odds: below a tenth more, nothing is a reason
WORDS_SHOWN = 3
WORD_LEAST, WORDS_LEAST = 0.10, 0.15

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


def reasons(model: RiskModel, of: dict[Feature, float], complaint_class: str) -> tuple[Message, ...]:
    """Give what adds most to one ticket's risk, most first; nothing where it is like the average ticket.

    of: the ticket's features. Words of the narrative count together; the words of a demand count with the demand.
    """
    found: list[tuple[float, Message]] = []
    words: list[tuple[float, str]] = []
    shares = model.regression.shares(of)
    asked = sum(shares.pop(feature) for feature in list(shares) if feature[0] == "asked")
    for demand in (feature for feature in of if feature[0] == "demand"):
        shares[demand] = shares.get(demand, 0.0) + asked
    for feature, share in shares.items():
        group, value = feature
        if group == "word":
            words.append((share, value))
            continue
        message = _message(feature)
        if message is not None and of[feature] > 0:
            found.append((share, message))
    # a mark or a single character says little to a reader
    telling = [word for word in words if word[0] >= WORD_LEAST and len(word[1]) > 1]
    strong = sorted(telling, reverse=True)[:WORDS_SHOWN]
    total = sum(share for share, _ in strong)
    if total >= WORDS_LEAST:
        quoted = "".join(f"“{word}”" for _, word in strong)
        found.append((total, Message(SAID, {"words": quoted})))
    found.append((model.drift.get(complaint_class, 0.0), Message(DRIFT)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(message for share, message in found[:MOST] if share >= LEAST)


def _message(feature: Feature) -> Message | None:
    group, value = feature
    if group == "tendency":
        return Message(TENDENCIES[value]) if value in TENDENCIES else None
    if group in VALUES:
        return Message(VALUES[group], {"value": value})
    return Message(FIXED[feature]) if feature in FIXED else None
