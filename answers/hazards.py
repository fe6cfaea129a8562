"""The hazard register (隐患清单): what may go wrong, where it was seen, and why it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from analytics.case_steps import says_something
from analytics.course import HAZARD, LETTER
from answers.registers import Record, begin, records
from data.ledger import Entry
from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

Source = Literal["review", "test", "hand"]
SOURCES: tuple[Source, ...] = get_args(Source)
LINKS = ("letter", "measure", "decision", "ticket")


@dataclass(frozen=True)
class Hazard:
    """One hazard.

    what: in one sentence. source: found in a review, by a test of the analyses, or entered by hand; test: which one.
    about: class, branch, cause, review. tickets: that show it. links: (letter | measure | decision | ticket, key),
    entered by hand, and the letters drawn from it.
    told: the reason it was closed with, or the last remark.
    """

    record: Record
    what: str
    source: Source
    test: str
    about: Mapping[str, str]
    tickets: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    told: str

    @property
    def number(self) -> str:
        """Its number."""
        return self.record.key

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return HAZARD.is_open(self.record.state)

    @property
    def found_on(self) -> date:
        """The day it was found."""
        return self.record.begun.on_day

    def days_open(self, on: date) -> int:
        """Days it has stood, up to its closing."""
        last = self.record.last("hazard_closed")
        end = on if self.is_open or last is None else last.on_day
        return (end - self.found_on).days


def hazards(store: Store, scope: Scope, as_of: date) -> list[Hazard]:
    """Give every hazard as it stood on a day, in the order found."""
    found = records(store, scope, as_of, HAZARD)
    if not found:  # most screens ask at every finding
        return []
    written = _letters_written(store, scope, as_of)
    return [_hazard(one, written[one.key]) for one in found]


def find_hazard(
    store: Store,
    scope: Scope,
    *,
    what: str,
    source: Source,
    who: str,
    on_day: date,
    about: Mapping[str, str] | None = None,
    tickets: Sequence[str] = (),
    test: str = "",
    token: str | None = None,
) -> Entry:
    """Put a hazard on the register; raises Problem where it says nothing."""
    if not says_something(what):
        raise Problem(
            Message(N_("A hazard says what may go wrong.")),
            Message(N_("Write it in one sentence, then enter it again.")),
        )
    body: dict[str, Any] = {
        "what": what.strip(),
        "source": source,
        "test": test,
        "about": dict(about or {}),
        "tickets": list(dict.fromkeys(tickets)),
    }
    return begin(store, scope, HAZARD, body, who=who, on_day=on_day, branch_id=(about or {}).get("branch"), token=token)


def _letters_written(store: Store, scope: Scope, as_of: date) -> defaultdict[str, list[tuple[str, str]]]:
    """Give number of a hazard → links to the letters that were drawn from it and not withdrawn."""
    written: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for sent in records(store, scope, as_of, LETTER):
        number = dict(sent.begun.body["content"].get("about") or {}).get("hazard")
        if number and sent.state != "withdrawn":
            written[str(number)].append(("letter", sent.key))
    return written


def _hazard(found: Record, written: Sequence[tuple[str, str]]) -> Hazard:
    body = found.begun.body
    linked = [(str(step.body["to"]), str(step.body["key"])) for step in found.steps if step.kind == "hazard_linked"]
    last = found.steps[-1]
    source = body.get("source")
    return Hazard(
        record=found,
        what=str(body["what"]),
        source=source if source in SOURCES else "hand",
        test=str(body.get("test", "")),
        about={str(key): str(value) for key, value in dict(body.get("about") or {}).items()},
        tickets=tuple(str(ticket) for ticket in body.get("tickets") or ()),
        links=tuple(dict.fromkeys([*linked, *written])),
        told="" if last is found.begun else str(last.body.get("text", "")),
    )
