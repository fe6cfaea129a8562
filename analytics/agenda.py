"""The agenda of a weekly review: sections in the order of the meeting, each a question and the lines that answer it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from texts import N_, Message

Level = Literal["bad", "watch", "calm"]
SectionName = Literal[
    "decisions", "classes", "not_agreed", "branches", "cases", "mediation", "hazards", "letters", "measures", "data"
]
MARKS: dict[Level, str] = {"bad": "▲", "watch": "◆", "calm": "●"}
TITLES: dict[SectionName, str] = {
    "decisions": N_("What did we decide, and was it done?"),
    "classes": N_("Which classes are near or over, or raise an alarm?"),
    "not_agreed": N_("Who did not agree since the last review?"),
    "branches": N_("Where is the allowance being lost?"),
    "cases": N_("Which open cases are late?"),
    "mediation": N_("Who qualifies for mediation and is not there?"),
    "hazards": N_("Which hazards stand?"),
    "letters": N_("Which letters wait for an answer?"),
    "measures": N_("Did the measures work?"),
    "data": N_("Can the data be relied on?"),
}
NOTHING: dict[SectionName, str] = {
    "decisions": N_("Nothing was decided before, and nothing is due."),
    "classes": N_("No class is near or over, and no alarm stands."),
    "not_agreed": N_("Nobody new."),
    "branches": N_("Nobody was not agreed in the last four weeks."),
    "cases": N_("No open case is late."),
    "mediation": N_("Everybody who qualifies for mediation is there."),
    "hazards": N_("No hazard stands."),
    "letters": N_("No letter waits for an answer."),
    "measures": N_("No measure is running."),
    "data": N_("The data are fresh, and no row was set aside."),
}


@dataclass(frozen=True)
class Item:
    """One line of the agenda.

    level: bad (needs a decision), watch, or calm (for information). focus: what a click drills down to.
    """

    text: Message
    level: Level = "calm"
    focus: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """One section. more: how many further lines are left out."""

    name: SectionName
    items: tuple[Item, ...]
    more: int = 0

    @property
    def title(self) -> Message:
        """The question."""
        return Message(TITLES[self.name])

    @property
    def nothing(self) -> Message:
        """What is said where there is no line."""
        return Message(NOTHING[self.name])

    def count(self, level: Level) -> int:
        """How many lines have a level."""
        return sum(item.level == level for item in self.items)


@dataclass(frozen=True)
class Agenda:
    """The agenda of one review.

    day: the as-of day it is held on; since: the day of the review before, or a week earlier. first: whether no review
    was closed before.
    """

    day: date
    since: date
    first: bool
    sections: tuple[Section, ...]

    def section(self, name: SectionName) -> Section:
        """Give one section; empty where the agenda has none of the name."""
        return next((one for one in self.sections if one.name == name), Section(name, ()))

    def to_json(self) -> dict[str, Any]:
        """Give plain JSON values, without a language; numbers of numpy become plain ones."""
        value = {
            "day": self.day.isoformat(),
            "since": self.since.isoformat(),
            "first": self.first,
            "sections": [
                {
                    "name": section.name,
                    "more": section.more,
                    "items": [
                        {"text": item.text.to_json(), "level": item.level, "focus": dict(item.focus)}
                        for item in section.items
                    ],
                }
                for section in self.sections
            ],
        }
        found: dict[str, Any] = json.loads(json.dumps(value, ensure_ascii=False, default=lambda number: number.item()))
        return found

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Agenda:
        """Read what `to_json` wrote; sections that this version does not know are left aside."""
        return cls(
            day=date.fromisoformat(value["day"]),
            since=date.fromisoformat(value["since"]),
            first=bool(value["first"]),
            sections=tuple(
                Section(
                    section["name"],
                    tuple(
                        Item(
                            Message.from_json(item["text"]),
                            item["level"] if item["level"] in MARKS else "calm",
                            {str(key): str(one) for key, one in item["focus"].items()},
                        )
                        for item in section["items"]
                    ),
                    int(section["more"]),
                )
                for section in value["sections"]
                if section["name"] in TITLES
            ),
        )
