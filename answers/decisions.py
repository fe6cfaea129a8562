"""What was decided, by whom it is to be done, by when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.case_steps import says_something
from analytics.course import DECISION
from answers.registers import Record, begin, one_at_a_time, records
from answers.reviews import refuse_closed
from data.ledger import Entry
from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem


@dataclass(frozen=True)
class Decision:
    """One decision.

    number: e.g. 2025-31. what, owner, due: due after all moves. review: the day of the review it was taken in, None
    outside of one. about: what it concerns (class, branch, ticket, hazard, letter, measure). told: what became of it,
    in the words of the last step; moved: how often its date was moved.
    """

    record: Record
    what: str
    owner: str
    due: date
    review: date | None
    about: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    moved: int = 0

    @property
    def number(self) -> str:
        """Its number."""
        return self.record.key

    @property
    def state(self) -> str:
        """pending, done or dropped."""
        return self.record.state

    def overdue(self, on: date) -> bool:
        """Whether it is still open after its date; on the date itself there is still time."""
        return DECISION.is_open(self.state) and self.due < on

    @property
    def ended_on(self) -> date | None:
        """The day on which it was done or dropped."""
        last = self.record.last("decision_done", "decision_dropped")
        return last.on_day if last is not None and not DECISION.is_open(self.state) else None


def decisions(store: Store, scope: Scope, as_of: date) -> list[Decision]:
    """Give every decision as it stood on a day, in the order taken."""
    return [_decision(found) for found in records(store, scope, as_of, DECISION)]


def decide(
    store: Store,
    scope: Scope,
    *,
    what: str,
    owner: str,
    due: date,
    who: str,
    on_day: date,
    review: date | None = None,
    about: Mapping[str, str] | None = None,
    token: str | None = None,
) -> Entry:
    """Take a decision; raises Problem where it says nothing, nobody is to do it, or its date has passed."""
    what, owner = what.strip(), " ".join(owner.split())
    if not (says_something(what) and says_something(owner)):
        raise Problem(
            Message(N_("A decision says what is to be done, and who does it.")),
            Message(N_("Fill in both, then enter it again.")),
        )
    if due < on_day:
        raise Problem(
            Message(N_("The date {due} lies before {day}."), {"due": str(due), "day": str(on_day)}),
            Message(N_("Choose a date from the as-of day on.")),
        )
    body: dict[str, Any] = {
        "what": what,
        "owner": owner,
        "due": due.isoformat(),
        "review": None if review is None else review.isoformat(),
        "about": dict(about or {}),
    }
    branch = (about or {}).get("branch")
    with one_at_a_time:  # a review that is being closed takes no further decision
        if review is not None:
            refuse_closed(store, scope, review)
        return begin(store, scope, DECISION, body, who=who, on_day=on_day, branch_id=branch, token=token)


def _decision(found: Record) -> Decision:
    body = found.begun.body
    moved = [step for step in found.steps if step.kind == "decision_moved"]
    last = found.steps[-1]
    review = body.get("review")
    return Decision(
        record=found,
        what=str(body["what"]),
        owner=str(body["owner"]),
        due=date.fromisoformat(str(moved[-1].body["due"] if moved else body["due"])),
        review=date.fromisoformat(str(review)) if review else None,
        about={str(key): str(value) for key, value in dict(body.get("about") or {}).items()},
        told="" if last is found.begun else str(last.body.get("text", "")),
        moved=len(moved),
    )
