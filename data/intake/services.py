"""Where speech-to-text services put the list of turns, and what they wrap around each of them, taken off.

Shapes, each by its documentation: Alibaba Cloud (file transcription, Paraformer), AWS Transcribe, Azure (batch and fast
transcription), Baidu, FunASR, Google, Huawei Cloud, iFlytek (both versions), Tencent Cloud, Volcano Engine, Whisper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

WRITTEN = ("turns", "对话", "messages", "dialogue")
SPOKEN = (
    "segments",
    "utterances",
    "sentences",
    "sentence_list",
    "resultdetail",
    "sentence_info",
    "lattice",
    "recognizedphrases",
    "phrases",
    "detailed_result",
    "audio_segments",
)  # such lists come from speech: a conversation without a medium is then a call
UNNAMED = ("data", "result", "results")  # may be the list itself, where what it holds looks like spoken turns
PACKED = ("data", "result", "orderresult", "json_1best", "response")  # may hold JSON written into a text
DEEPEST = 4  # levels of nesting in which the list of turns is looked for
BEST_FIRST = ("nbest", "alternatives")  # lists of readings of one turn
WRAPPED = ("st", "result", "analysis_info", "additions")  # what a turn says of itself one level down
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
    "display",
    "displaytext",
    "res",
    "texts",
)
CHANNEL = ("channel_id", "channelid", "channel", "channel_number")
# Names of an offset from the start in milliseconds, in seconds, in ticks of 100 ns, and those whose unit their values
# tell.
IN_MILLISECONDS = (
    "begintime",
    "begin_time",
    "startms",
    "start_ms",
    "bg",
    "offset_ms",
    "starttime",
    "start_offset",
    "offsetmilliseconds",
    "offsetinms",
)
IN_SECONDS = ("start_seconds", "offset_seconds", "start_sec", "resultendtime", "resultendoffset")
IN_TICKS = ("offsetinticks",)
OF_EITHER = ("start", "offset", "begin", "start_time")
OFFSETS = (*IN_MILLISECONDS, *IN_TICKS, *OF_EITHER, *IN_SECONDS)
SPAN = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?|(\d+(?:\.\d+)?)s")  # PT1M2.5S, 62.5s

Turn = dict[str, Any]


def found_turns(record: Mapping[str, Any], deep: int = DEEPEST) -> tuple[list[Any], bool, dict[str, Any]] | None:
    """Find the list of turns: give it with flat turns, whether it comes from speech, and what stands around it,
    outermost first; None where the record holds no such list."""
    opened = {key: _unpacked(key, value) for key, value in record.items()}
    for key, value in opened.items():
        name = key.lower()
        if isinstance(value, list) and (
            name in WRITTEN or name in SPOKEN or (name in UNNAMED and spoken_turns(value) is not None)
        ):
            turns = [flat(turn) if isinstance(turn, Mapping) else turn for turn in value]
            around = {other: one for other, one in opened.items() if other != key}
            if name == "recognizedphrases":
                around.pop("timestamp", None)  # when it was written down, not when it was said
            return turns, name not in WRITTEN, around
    for key, value in opened.items():
        inside = _inside(value, deep)
        if inside is not None:
            turns, spoken, around = inside
            return turns, spoken, {other: one for other, one in opened.items() if other != key} | around
    return None


def spoken_turns(held: Any) -> list[Turn] | None:
    """Give a list without a name as flat turns where each of its records has a text and an offset; None otherwise."""
    if not isinstance(held, list) or not held or not all(isinstance(one, Mapping) for one in held):
        return None
    turns = [flat(one) for one in held]
    return turns if all(named(turn, TEXT) is not None and _is_offset(named(turn, OFFSETS)) for turn in turns) else None


def flat(turn: Mapping[str, Any]) -> Turn:
    """Give a turn with its text, speaker and offset beside each other; what it says outside holds."""
    result: Turn = {key: _unpacked(key, value) for key, value in turn.items()}
    for _ in range(DEEPEST):
        wrapped = [key for key, value in result.items() if _wraps(key, value)]
        if not wrapped:
            break
        for key in wrapped:
            value = result.pop(key)
            inner = value[0] if isinstance(value, list) else value
            result = {**{name: _unpacked(name, one) for name, one in inner.items()}, **result}
    words = _joined(result.pop("rt")) if isinstance(result.get("rt"), list) else ""
    if words:
        result["text"] = words
        if str(result.get("rl", "0")) != "0":  # 0: the speakers were not told apart
            result.setdefault("speaker", result["rl"])
    return {key: "".join(map(str, value)) if _pieces(key, value) else value for key, value in result.items()}


def named(record: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Give the first value under one of the names, in their order; names are compared without case."""
    values = {key.lower(): value for key, value in record.items()}
    return next((values[name] for name in names if values.get(name) not in (None, "")), None)


def _inside(value: Any, deep: int) -> tuple[list[Any], bool, dict[str, Any]] | None:
    """Look one level down: in a record, in the only record of a list, or in a list with a record for every channel."""
    if not deep:
        return None
    if isinstance(value, Mapping):
        return found_turns(value, deep - 1)
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        return None
    parts = [found_turns(one, deep - 1) for one in value]
    if parts[0] is None or any(part is None for part in parts):
        return None
    if len(parts) == 1:
        return parts[0]
    channels = [named(one, CHANNEL) for one in value]
    if len(set(map(str, channels))) < len(parts) or None in channels:
        return None  # several conversations, or none knows which
    turns = [
        {"channel_id": channel, **turn}
        for part, channel in zip(parts, channels, strict=True)
        if part is not None
        for turn in part[0]
        if isinstance(turn, Mapping)
    ]
    try:
        turns.sort(key=lambda turn: float(named(turn, OFFSETS)))
    except (TypeError, ValueError):
        return None
    return turns, True, {}


def _is_offset(value: Any) -> bool:
    """Tell whether a value may be an offset: a number, or a span as PT5.4S or 5.4s; a date is none."""
    if isinstance(value, str) and SPAN.fullmatch(value):
        return True
    try:
        float(value)
    except (TypeError, ValueError, OverflowError):
        return False
    return not isinstance(value, bool)


def _unpacked(key: str, value: Any) -> Any:
    """Open JSON that was written into a text."""
    if key.lower() in PACKED and isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _wraps(key: str, value: Any) -> bool:
    name = key.lower()
    if name in BEST_FIRST:
        return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    return (name in WRAPPED or name == "json_1best") and isinstance(value, Mapping)


def _pieces(key: str, value: Any) -> bool:
    """Tell whether a text is given in pieces."""
    return key.lower() in TEXT and isinstance(value, list) and all(isinstance(one, str) for one in value)


def _joined(parts: Sequence[Any]) -> str:
    """Join the words of a lattice: rt → ws → cw → w, the first candidate of each."""
    words = []
    for part in parts:
        for place in (part.get("ws") or []) if isinstance(part, Mapping) else []:
            candidates = place.get("cw") if isinstance(place, Mapping) else None
            if isinstance(candidates, list) and candidates and isinstance(candidates[0], Mapping):
                words.append(str(candidates[0].get("w", "")))
    return "".join(words)
