"""When a turn was said: the conversation's start plus the turn's offset, in whatever unit a service writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from data.intake.services import IN_MILLISECONDS, IN_SECONDS, IN_TICKS, OF_EITHER, SPAN, TEXT, named

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENDS, LASTS = ("end", "end_time", "finish"), ("duration",)
UNITS = ((IN_TICKS, 1e-7), (IN_MILLISECONDS, 1e-3), (IN_SECONDS, 1.0), (OF_EITHER, None))
NO_TURN_LASTS = 600  # seconds: offsets that would make the mean turn longer are milliseconds
SECONDS_A_CHARACTER, MILLISECONDS_A_CHARACTER = 6.0, 20_000.0  # most: a character is said in about a fifth of a second
EPOCH_SECONDS, EPOCH_MILLISECONDS = 1_000_000_000, 1_000_000_000_000
NO_MOMENT = 32_503_680_000  # seconds since 1970, the year 3000: a number beyond is an identifier or an error
PLAIN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
IN_A_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_.T ]?(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d))?(?!\d)")


def offsets(turns: Sequence[Mapping[str, Any]]) -> list[float | None]:
    """Give each turn's seconds from the start; None where it says nothing."""
    raw = [_offset(turn) for turn in turns]
    if all(one is None or one[1] is not None for one in raw):
        return [None if one is None else one[0] * (one[1] or 1.0) for one in raw]
    unit = _unit(turns, [one[0] for one in raw if one is not None and one[1] is None])
    return [None if one is None else one[0] * (one[1] or unit) for one in raw]


def after(started: datetime, seconds: float) -> str:
    """Give when a turn was said; the start where its offset leads nowhere in time."""
    try:
        said_at = started + timedelta(seconds=seconds)
    except (OverflowError, ValueError):  # a number beyond all time, or none
        said_at = started
    return f"{said_at:%Y-%m-%d %H:%M:%S}"


def moment(value: Any) -> datetime | None:
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
        found = datetime.fromisoformat(text)
    except ValueError:
        plain = PLAIN.fullmatch(text)
        return _made(plain.groups()) if plain is not None else None
    try:
        return found if found.tzinfo is None else found.astimezone(SHANGHAI).replace(tzinfo=None)
    except OverflowError:  # the first or last day of all time, elsewhere
        return None


def moment_in_name(name: str) -> datetime | None:
    """Give the date and time of day that a file's name holds, as 20250305100000 or 2025-03-05_10-00."""
    found = IN_A_NAME.search(name)
    return _made(found.groups()) if found is not None else None


def as_text(value: Any) -> Any:
    """Give a turn's own time; a number of seconds or milliseconds since 1970 as a date and time."""
    number = _number(value)
    if number is None or number < EPOCH_SECONDS:
        return value
    found = moment(value)
    return value if found is None else found.strftime("%Y-%m-%d %H:%M:%S")


def _offset(turn: Mapping[str, Any]) -> tuple[float, float | None] | None:
    """Give a turn's offset and its unit in seconds, None for a unit that the values tell."""
    for names, unit in UNITS:
        value = named(turn, names)
        span = _span(value)
        if span is not None:
            return span, 1.0
        number = _number(value)
        if number is not None and (unit == 1e-7 or number < EPOCH_SECONDS):
            return number, unit
    return None


def _unit(turns: Sequence[Mapping[str, Any]], values: Sequence[float]) -> float:
    """Give the unit of offsets that do not name it, in seconds: by how long a character takes to say, or where no turn
    says how long it lasts, by how long the turns would be."""
    paces = []
    for turn in turns:
        start, end, lasts = (_number(named(turn, names)) for names in (OF_EITHER, ENDS, LASTS))
        if lasts is None and start is not None and end is not None:
            lasts = end - start
        characters = len(str(named(turn, TEXT) or ""))
        if lasts is not None and lasts > 0 and characters:
            paces.append(lasts / characters)
    if paces:
        pace = median(paces)
        return 1.0 if pace < SECONDS_A_CHARACTER else 1e-3 if pace < MILLISECONDS_A_CHARACTER else 1e-7
    whole = all(number == int(number) for number in values)
    return 1e-3 if whole and max(values) > NO_TURN_LASTS * len(turns) else 1.0


def _span(value: Any) -> float | None:
    """Read PT1M2.5S or 62.5s; give seconds."""
    found = SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds, plain = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + plain


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _made(parts: Sequence[str | None]) -> datetime | None:
    """Give year, month, day, hour, minute, second as a moment; None where there is no such one, as 2025-13-45."""
    try:
        return datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type]
    except ValueError:
        return None
