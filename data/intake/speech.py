"""Conversations as speech-to-text systems deliver them: nested turns, offsets for times, channels for speakers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from data.intake.mapping import normalised
from data.intake.moments import after, as_text, moment, moment_in_name, offsets
from data.intake.services import TEXT, Turn, found_turns, named, spoken_turns

SPEAKER = (
    "speaker",
    "说话人",
    "角色",
    "role",
    "speakerid",
    "speaker_id",
    "speaker_label",
    "channel",
    "channelid",
    "channel_id",
    "channeltag",
    "channel_tag",
    "spk",
)
TIME = ("at", "时间", "time", "timestamp")
STARTED = (
    "started_at",
    "start_time",
    "starttime",
    "begin_time",
    "call_time",
    "通话开始时间",
    "开始时间",
    "created_at",
    "at",
    "时间",
)
SPEAKERS = ("speakers", "roles", "channels", "说话人角色")  # what a channel or speaker number stands for
MEDIUM = ("medium", "媒介", "方式", "渠道", "会话类型", "type")
OTHER_NAMES = {
    **{name: "at" for name in (*STARTED, *TIME) if name != "at"},
    **{name: "speaker" for name in SPEAKER if name != "speaker"},
    **{name: "text" for name in TEXT if name != "text"},
}


def conversation(record: Mapping[str, Any]) -> list[Turn] | None:
    """Give the turns of a conversation with what they share, under the product's names where they can be told.

    Adds `turn` (place in the list), `at` (start plus offset, to the second), `speaker` (by the record's own key of
    channels) and `medium` (a call, where a list of spoken sentences has none) to what is not there. None where the
    record holds no list of turns; an empty list where it holds one that is none.
    """
    found = found_turns(record)
    if found is None:
        return None
    turns, spoken, around = found
    if not turns or not all(isinstance(turn, Mapping) for turn in turns):
        return []
    shared = {key: value for key, value in around.items() if not isinstance(value, Mapping | list)}
    started = moment(named(shared, STARTED))
    stands_for = next((around[key] for key in around if key.lower() in SPEAKERS), None)
    result = []
    for place, (own, offset) in enumerate(zip(turns, offsets(turns), strict=True), start=1):
        turn: Turn = {"turn": place, **shared, **own}
        for name, names in (("text", TEXT), ("speaker", SPEAKER)):
            if name not in own and (value := named(own, names)) is not None:
                turn[name] = value
        turn["speaker"] = _speaker(turn.get("speaker"), stands_for)
        said_at = named(own, TIME)
        if said_at is not None and not isinstance(said_at, Mapping | list):  # a list: the moments of its words
            turn["at"] = as_text(said_at)
        elif started is not None:
            turn["at"] = after(started, offset or 0.0)
        elif offset is None and (start := named(shared, STARTED)) is not None:
            turn["at"] = start
        if spoken and not any(key.lower() in MEDIUM for key in turn):
            turn["medium"] = "call"
        for key in [key for key in turn if key.lower() in OTHER_NAMES and turn.get(OTHER_NAMES[key.lower()])]:
            del turn[key]  # said again under the product's name, which holds
        result.append(turn)
    return result


def named_by_file(document: Any, stem: str, call_names: Collection[str]) -> Any:
    """Give a service's bare answer, which knows neither the call nor its day, what its file's name says of them: the
    name is the call's number, and a date and time in it the start. Anything else is given back as it is.

    call_names: what the number of a call may be called, normalised.
    """
    bare = spoken_turns(document)
    if bare is not None and not any(_knows_call(turn, call_names) for turn in bare):
        document = {"segments": bare}
    found = found_turns(document) if isinstance(document, Mapping) else None
    if found is None or not found[1]:
        return document
    turns, _, around = found
    if not any(_knows_call(one, call_names) for one in (around, *turns) if isinstance(one, Mapping)):
        document = {**document, "interaction_id": stem}
    if (started := moment_in_name(stem)) is not None and moment(named(around, STARTED)) is None:
        document = {**document, "started_at": f"{started:%Y-%m-%d %H:%M:%S}"}
    return document


def _knows_call(record: Mapping[str, Any], call_names: Collection[str]) -> bool:
    return any(normalised(key) in call_names for key in record)


def _speaker(said: Any, stands_for: Any) -> Any:
    """Give who speaks; a number or letter by the record's own key, which is a mapping or a list in their order."""
    if isinstance(stands_for, Mapping):
        return stands_for.get(str(said), said)
    if isinstance(stands_for, list) and isinstance(said, int) and 0 <= said < len(stands_for):
        return stands_for[said]
    return said
