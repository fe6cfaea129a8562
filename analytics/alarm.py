"""An alarm's memory: armed → raised → acknowledged → recovered → armed, and the register of every evaluation.

Pure: every function gives a new value, the store keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from texts import N_, Message, Problem

State = Literal["armed", "raised", "acknowledged", "recovered"]
Kind = Literal["position", "breach_amber", "breach_red", "shift", "volume"]

# Values are sums of fractions: this close to a limit counts as equal to it.
SAME = 1e-9


@dataclass(frozen=True)
class Reading:
    """One evaluation of one alarm.

    on: the day it is about. value: what was measured, None where it could not be. limit: where the alarm is raised,
    margin: how far below the limit the value must fall to recover (equality recovers). at_limit: whether equality
    with the limit raises; true for every alarm but the position's “over”, where having used exactly what was allowed
    is allowed.
    """

    on: date
    value: float | None
    limit: float
    margin: float
    at_limit: bool = True

    @property
    def beyond(self) -> bool:
        """Whether the value raises the alarm."""
        if self.value is None:
            return False
        return self.value >= self.limit - SAME if self.at_limit else self.value > self.limit + SAME

    @property
    def clear(self) -> bool:
        """Whether the value has fallen below the limit by the margin."""
        return self.value is not None and not self.beyond and self.value <= self.limit - self.margin + SAME


@dataclass(frozen=True)
class Alarm:
    """One alarm of one class and year as it stands.

    kind: what it watches. state: armed (quiet), raised (somebody must look), acknowledged (somebody has, with a
    decision), recovered (the value is clear again; shown until the next evaluation). raised_on, acknowledged_on,
    recovered_on, who, decision: of the current episode, None before. episodes: how often it has been raised.
    """

    kind: Kind
    state: State = "armed"
    raised_on: date | None = None
    acknowledged_on: date | None = None
    recovered_on: date | None = None
    who: str | None = None
    decision: str | None = None
    episodes: int = 0


@dataclass(frozen=True)
class Entry:
    """One line of the register: what was read, what the alarm was before, what it is after, and why in words."""

    reading: Reading
    before: Alarm
    after: Alarm
    why: Message

    def to_json(self) -> dict[str, Any]:
        """Give the entry as plain JSON values."""
        return {
            "reading": _plain(asdict(self.reading)),
            "before": _plain(asdict(self.before)),
            "after": _plain(asdict(self.after)),
            "why": self.why.to_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Entry:
        """Read what `to_json` wrote."""
        return cls(
            Reading(**_dated(value["reading"])),
            Alarm(**_dated(value["before"])),
            Alarm(**_dated(value["after"])),
            Message.from_json(value["why"]),
        )


def evaluated(alarm: Alarm, reading: Reading, why: Message) -> Entry:
    """Take one evaluation into account and write its line of the register, also where nothing is raised.

    armed or recovered and beyond the limit → raised, a new episode. acknowledged and clear → recovered. raised stays
    raised until somebody acknowledges it, even when the value has come back: nobody can miss it. recovered and not
    beyond → armed. A value between the clear mark and the limit changes nothing, nor does one that is missing.
    """
    after = alarm
    if alarm.state in ("armed", "recovered") and reading.beyond:
        after = Alarm(alarm.kind, "raised", raised_on=reading.on, episodes=alarm.episodes + 1)
    elif alarm.state == "acknowledged" and reading.clear:
        after = replace(alarm, state="recovered", recovered_on=reading.on)
    elif alarm.state == "recovered" and reading.value is not None:
        after = Alarm(alarm.kind, episodes=alarm.episodes)
    return Entry(reading, alarm, after, why)


def acknowledged(alarm: Alarm, on: date, who: str, decision: str) -> Alarm:
    """Take a raised alarm in hand. Raises Problem where it is not raised, or nobody or nothing is named."""
    if alarm.state != "raised":
        raise Problem(
            Message(N_("There is nothing to acknowledge: this alarm is not raised.")),
            Message(N_("Reload the page; somebody may have acknowledged it meanwhile.")),
        )
    if not who.strip() or not decision.strip():
        raise Problem(
            Message(N_("An alarm is acknowledged by somebody, with a decision.")),
            Message(N_("Give a name and what was decided.")),
        )
    return replace(alarm, state="acknowledged", acknowledged_on=on, who=who.strip(), decision=decision.strip())


def stood_since(readings: Sequence[Reading]) -> int | None:
    """Give the index of the reading at which the present stand began; None where it does not stand.

    It stands from the first value beyond the limit until a value is clear; values in between, and missing ones, leave
    it as it was. This is the evidence itself, whoever has acknowledged what.
    """
    since: int | None = None
    for index, reading in enumerate(readings):
        if since is None and reading.beyond:
            since = index
        elif since is not None and reading.clear:
            since = None
    return since


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    days = ("on", "raised_on", "acknowledged_on", "recovered_on")
    return {
        name: date.fromisoformat(value) if name in days and value is not None else value
        for name, value in values.items()
    }
