"""Conversations as speech-to-text systems deliver them: nested turns, offsets for times, channels for speakers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
TURNS = (
    "turns",
    "对话",
    "messages",
    "segments",
    "utterances",
    "sentences",
    "sentence_list",
    "resultdetail",
    "sentence_info",
    "lattice",
    "dialogue",
)
SPOKEN = TURNS[3:10]  # such lists come from speech: a conversation without a medium is then a call
DEEPEST = 3  # levels of nesting in which the list of turns is looked for: {"result": {"utterances": […]}}
TEXT = (
    "text",
    "文本",
    "内容",
    "content",
    "transcript",
    "finalsentence",
    "sentence",
    "onebest",
    "utterance",
    "words_text",
)
SPEAKER = ("speaker", "说话人", "角色", "role", "speakerid", "speaker_id", "channel", "channelid", "channel_id", "spk")
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
# Names of an offset from the start, in milliseconds; those in seconds; and those whose unit their values tell.
IN_MILLISECONDS = ("begintime", "begin_time", "startms", "start_ms", "bg", "offset_ms", "starttime", "start_offset")
IN_SECONDS = ("start_seconds", "offset_seconds", "start_sec")
OF_EITHER = ("start", "offset", "begin", "start_time")
NO_TURN_LASTS = 600  # seconds: offsets that would make the mean turn longer are milliseconds
EPOCH_SECONDS, EPOCH_MILLISECONDS = 1_000_000_000, 1_000_000_000_000
NO_MOMENT = 32_503_680_000  # seconds since 1970, the year 3000: a number beyond is an identifier or an error
PLAIN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
SPEAKERS = ("speakers", "roles", "channels", "说话人角色")  # what a channel or speaker number stands for

Turn = dict[str, Any]


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
    found = _turns(record, DEEPEST)
    if found is None:
        return None
    name, turns, around = found
    if not turns or not all(isinstance(turn, Mapping) for turn in turns):
        return []
    shared = {key: value for key, value in around.items() if not isinstance(value, Mapping | list)}
    started = _moment(_first(shared, STARTED))
    stands_for = next((around[key] for key in around if key.lower() in SPEAKERS), None)
    seconds = _offsets(turns)
    spoken = name.lower() in SPOKEN
    result = []
    for place, (own, offset) in enumerate(zip(turns, seconds, strict=True), start=1):
        turn: Turn = {"turn": place, **shared, **own}
        _put(turn, own, "text", TEXT)
        _put(turn, own, "speaker", SPEAKER)
        turn["speaker"] = _speaker(turn.get("speaker"), stands_for)
        said_at = _first(own, TIME)
        if said_at is not None:
            turn["at"] = _as_text(said_at)
        elif started is not None:
            turn["at"] = _after(started, offset or 0.0)
        elif offset is None and (start := _first(shared, STARTED)) is not None:
            turn["at"] = start
        if spoken and not any(key.lower() in ("medium", "媒介", "方式", "渠道", "会话类型", "type") for key in turn):
            turn["medium"] = "call"
        for key in [key for key in turn if key.lower() in OTHER_NAMES and turn.get(OTHER_NAMES[key.lower()])]:
            del turn[key]  # said again under the product's name, which holds
        result.append(turn)
    return result


def _turns(record: Mapping[str, Any], deep: int) -> tuple[str, Sequence[Any], dict[str, Any]] | None:
    """Find the list of turns: its name, the list, and what stands around it, outermost first."""
    for key, value in record.items():
        if isinstance(value, list) and key.lower() in TURNS:
            return key, value, {name: other for name, other in record.items() if name != key}
    for key, value in record.items():
        if deep and isinstance(value, Mapping):
            inside = _turns(value, deep - 1)
            if inside is not None:
                name, turns, around = inside
                return name, turns, {other: one for other, one in record.items() if other != key} | around
    return None


def _offsets(turns: Sequence[Mapping[str, Any]]) -> list[float | None]:
    """Give each turn's seconds from the start; None where it says nothing."""
    raw, unit = [], 1.0
    for turn in turns:
        value = None
        for names, factor in ((IN_MILLISECONDS, 0.001), (IN_SECONDS, 1.0), (OF_EITHER, 0.0)):
            number = _number(_first(turn, names))
            if number is not None and number < EPOCH_SECONDS:
                value = (number, factor)
                break
        raw.append(value)
    either = [number for one in raw if one is not None and one[1] == 0.0 for number in (one[0],)]
    if either and all(number == int(number) for number in either) and max(either) > NO_TURN_LASTS * len(turns):
        unit = 0.001
    return [None if one is None else one[0] * (one[1] or unit) for one in raw]


def _after(started: datetime, seconds: float) -> str:
    """Give when a turn was said; the start where its offset leads nowhere in time."""
    try:
        said_at = started + timedelta(seconds=seconds)
    except (OverflowError, ValueError):  # a number beyond all time, or none
        said_at = started
    return f"{said_at:%Y-%m-%d %H:%M:%S}"


def _first(record: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Give the first value under one of the names, in their order; names are compared without case."""
    values = {key.lower(): value for key, value in record.items()}
    return next((values[name] for name in names if values.get(name) not in (None, "")), None)


def _put(turn: Turn, own: Mapping[str, Any], name: str, names: Sequence[str]) -> None:
    if name not in own and (value := _first(own, names)) is not None:
        turn[name] = value


def _speaker(said: Any, stands_for: Any) -> Any:
    """Give who speaks; a number or letter by the record's own key, which is a mapping or a list in their order."""
    if isinstance(stands_for, Mapping):
        return stands_for.get(str(said), said)
    if isinstance(stands_for, list) and isinstance(said, int) and 0 <= said < len(stands_for):
        return stands_for[said]
    return said


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _moment(value: Any) -> datetime | None:
    """Read a start in ISO form or as seconds or milliseconds since 1970; other forms are left to the intake."""
    number = _number(value)
    if number is not None and number >= EPOCH_SECONDS:
        seconds = number / 1000 if number >= EPOCH_MILLISECONDS else number
        if seconds >= NO_MOMENT:
            return None
        return datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI).replace(tzinfo=None)
    if not isinstance(value, str):
        return None
    text = value.strip().replace("/", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        plain = PLAIN.fullmatch(text)
        if plain is None:
            return None
        try:
            return datetime(*(int(part or 0) for part in plain.groups()))  # type: ignore[arg-type]
        except ValueError:  # 2025-13-45
            return None
    try:
        return moment if moment.tzinfo is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)
    except OverflowError:  # the first or last day of all time, elsewhere
        return None


def _as_text(value: Any) -> Any:
    """Give a turn's own time; a number of seconds or milliseconds since 1970 as a date and time."""
    number = _number(value)
    if number is None or number < EPOCH_SECONDS:
        return value
    moment = _moment(value)
    return value if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")
