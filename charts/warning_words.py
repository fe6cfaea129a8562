"""How a class's warning and its changes are said: an icon and a word, the same on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.alarm import Kind
from analytics.warned import Warned
from texts import N_, Message

WORDS: dict[Warned, str] = {
    "exceeded": N_("✖ exceeded"),
    "red": N_("▲ red"),
    "amber": N_("◆ amber"),
    "quiet": N_("● no alarm"),
    "small_bad": N_("◆ likely to break"),
    "small_ok": N_("● watched case by case"),
}
ALARM_WORDS: dict[Kind, str] = {
    "breach_red": N_("red"),
    "breach_amber": N_("amber"),
    "shift": N_("worse outcomes"),
    "volume": N_("more complaints"),
}


def listed(parts: Sequence[Message]) -> Message:
    """Join parts of a sentence with the language's comma."""
    joined = parts[0]
    for part in parts[1:]:
        joined = Message(N_("{first}, {second}"), {"first": joined, "second": part})
    return joined


def alarm_names(kinds: Sequence[Kind]) -> Message:
    """Name alarms in a row."""
    return listed([Message(ALARM_WORDS[kind]) for kind in kinds])
