"""The course of one alarm over a year: every weekly evaluation and every acknowledgement, in the order of their days.

Pure; what is kept of evaluations and acknowledgements is read by `answers.register`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.alarm import Alarm, Kind, Reading, acknowledged, evaluated
from texts import Message

What = Literal["raised", "acknowledged", "recovered", "armed", "evaluated"]


@dataclass(frozen=True)
class Evaluated:
    """One evaluation of the alarm. week: its plan week; running: made before the week was over, not for keeps."""

    week: int
    reading: Reading
    why: Message
    running: bool = False


@dataclass(frozen=True)
class Acknowledgement:
    """Somebody took the alarm in hand on a day. reading: what was on the screen, so that an alarm acknowledged before
    its week was over is known to have been raised."""

    on: date
    who: str
    decision: str
    reading: Reading


@dataclass(frozen=True)
class Turn:
    """One line of the alarm's course. what: what it did to the alarm, `evaluated` where nothing; alarm: as it stood
    afterwards; week and why: of an evaluation, None for an acknowledgement."""

    on: date
    what: What
    alarm: Alarm
    reading: Reading
    week: int | None
    why: Message | None


def course(kind: Kind, evaluations: Sequence[Evaluated], taken: Sequence[Acknowledgement]) -> list[Turn]:
    """Give an alarm's course, oldest first; the last line's alarm is how it stands.

    On one day the evaluation comes before the acknowledgement. An acknowledgement of an alarm that was not raised, not
    even on the screen of whoever made it, does nothing and is left out.
    """
    steps: list[tuple[date, int, Evaluated | Acknowledgement]] = [
        *((one.reading.on, 0, one) for one in evaluations),
        *((one.on, 1, one) for one in taken),
    ]
    alarm = Alarm(kind)
    turns: list[Turn] = []
    for on, _, step in sorted(steps, key=lambda step: step[:2]):
        if isinstance(step, Evaluated):
            entry = evaluated(alarm, step.reading, step.why)
            changed = entry.after.state != alarm.state
            alarm = entry.after
            turns.append(Turn(on, alarm.state if changed else "evaluated", alarm, step.reading, step.week, step.why))
            continue
        if alarm.state in ("armed", "recovered") and step.reading.beyond:
            alarm = evaluated(alarm, step.reading, Message("")).after
        if alarm.state == "raised":
            alarm = acknowledged(alarm, on, step.who, step.decision)
            turns.append(Turn(on, "acknowledged", alarm, step.reading, None, None))
    return turns
