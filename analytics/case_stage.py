"""Where one case stands, whose move it is, and until when: derived from its steps and what people entered.

An open case always has an owner, a next step and a due date. Where nobody has entered them, or a later step of the
bank's own systems has answered what was entered, they are proposed from the stage and its limit, and marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from analytics.case_limits import CaseLimits
from analytics.case_proposal import confirmation, default_owner, proposed_step, whose_move
from analytics.case_steps import BRINGS, STAGES, CaseEntry, Party, Stage, Step, as_day, moment, said, says_something
from texts import Message

Urgency = Literal["limit_passed", "overdue", "stage_over", "undecided", "due_today", "in_time", "closed"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
LATE: tuple[Urgency, ...] = ("limit_passed", "overdue", "stage_over")


@dataclass(frozen=True)
class Care:
    """Who does what by when. Texts are a person's words, or a Message where the product proposes them."""

    owner: str | Message
    next_step: str | Message
    due: date


@dataclass(frozen=True)
class CaseState:
    """How one case stands at the end of a day.

    entered: when each stage was reached, the current one included. care: None only of a closed case. owner_proposed,
    next_proposed: whether nobody has entered them. limit: last day for closing, limit_days from receipt; extended_to:
    days of the extension in force. waits_for: whose move it is, None where nobody waits; since: since when.
    days_open: from receipt to the as-of day or the closing. unconfirmed: closed here, not yet in the bank's system.
    newest_entry: number of the newest ledger entry, None where there is none. stage_due: the day by which the stage's
    own limit wants its next step done, whatever people entered.
    """

    ticket_id: str
    stage: Stage
    entered: Mapping[Stage, datetime]
    care: Care | None
    owner_proposed: bool
    next_proposed: bool
    limit: date
    limit_days: int
    extended_to: int | None
    waits_for: Party | None
    since: date
    days_open: int
    urgency: Urgency
    days_late: int
    unconfirmed: bool
    newest_entry: int | None
    stage_due: date

    @property
    def late(self) -> bool:
        """Whether the case is past its limit, its due date, or its stage's own limit."""
        return self.urgency in LATE


def care_of(body: Mapping[str, Any]) -> Care | None:
    """Give what an entry's body says of owner, next step and due date; None unless it says all three, in
    words (a dash names nobody)."""
    owner, next_step, due = said(body.get("owner")), said(body.get("next_step")), as_day(body.get("due"))
    if due is None or not says_something(owner) or not says_something(next_step):
        return None
    return Care(owner, next_step, due)


def stages_reached(steps: Sequence[Step]) -> dict[Stage, datetime]:
    """Give each stage a case has reached with the time at which it did; steps in order of time.

    A case that is sent back is received again until it is dispatched anew; one that is opened again is not closed. A
    failed first round brings it to the quick meeting.
    """
    reached: dict[Stage, datetime] = {"received": steps[0].at} if steps else {}
    for step in steps:
        if step.kind == "returned":
            reached.pop("dispatched", None)
        elif step.kind == "reopened":
            reached.pop("closed", None)
        elif step.kind == "first_outcome" and step.result == "not_agreed":
            reached.setdefault("first_round", step.at)
            reached.setdefault("analysis", step.at)
        elif step.kind in BRINGS:
            reached.setdefault(BRINGS[step.kind], step.at)
    return reached


def stage_of(reached: Mapping[Stage, datetime], steps: Sequence[Step]) -> Stage:
    """Give the stage of a case: the farthest reached; of mediation and escalation the one with the last step."""
    if "closed" not in reached and "mediation" in reached and "escalation" in reached:
        lately = [BRINGS[step.kind] for step in steps if BRINGS.get(step.kind) in ("mediation", "escalation")]
        return lately[-1]
    return max(reached, key=STAGES.index, default="received")


def case_state(
    ticket: Mapping[str, Any],
    steps: Sequence[Step],
    entries: Sequence[CaseEntry],
    limits: CaseLimits,
    as_of: date,
    *,
    branch: str,
) -> CaseState:
    """Work out how a case stands at the end of a day.

    ticket: its columns (docs/data.md). steps: all of them up to the day, in order (`analytics.case_steps`). entries:
    ledger entries that stand, oldest first, known on the day. branch: the branch's name for people.
    """
    received = moment(ticket.get("received_at")) or datetime.combine(as_of, datetime.min.time())
    reached = stages_reached(steps) or {"received": received}
    stage = stage_of(reached, steps)
    extended_to = extension_in_force(entries, limits)
    limit_days = limits.closing_days(extended_to)
    limit = received.date() + timedelta(days=limit_days)
    system_closed = moment(ticket.get("closed_at")) is not None
    unconfirmed = stage == "closed" and not system_closed
    ended = reached["closed"].date() if stage == "closed" else as_of
    proposal = confirmation(reached) if unconfirmed else proposed_step(stage, steps, reached, limits, limit)
    # A step that the files date before the receipt makes nothing due before it.
    proposal = proposal[0], max(proposal[1], received.date())
    entered = next((entry for entry in reversed(entries) if care_of(entry.body) is not None), None)
    care, owner_proposed, next_proposed = _care(
        entered, steps, proposal, default_owner(ticket, stage, branch), unconfirmed
    )
    done = stage == "closed" and not unconfirmed
    urgency, days_late = _urgency(None if done else care, limit, proposal[1], as_of, next_proposed, stage)
    waits_for = None if stage == "closed" else whose_move(stage, steps)
    return CaseState(
        ticket_id=said(ticket.get("ticket_id")),
        stage=stage,
        entered=reached,
        care=None if done else care,
        owner_proposed=owner_proposed,
        next_proposed=next_proposed,
        limit=limit,
        limit_days=limit_days,
        extended_to=extended_to,
        waits_for=waits_for,
        since=(steps[-1].at.date() if steps else received.date()),
        days_open=max((ended - received.date()).days, 0),
        urgency=urgency,
        days_late=days_late,
        unconfirmed=unconfirmed,
        newest_entry=max((entry.entry_id for entry in entries), default=None),
        stage_due=proposal[1],
    )


def extension_in_force(entries: Sequence[CaseEntry], limits: CaseLimits) -> int | None:
    """Give the days from receipt to which the time for closing was extended, None where it was not."""
    lengths = [entry.body.get("limit_days") for entry in entries if entry.kind == "case_extension"]
    allowed = [int(length) for length in lengths if length in limits.extensions]
    return max(allowed, default=None)


def worst_first(states: Sequence[CaseState]) -> list[CaseState]:
    """Put cases into the order of the board: past the limit, overdue, without a decided next step, then by due date."""
    far = date.max
    return sorted(
        states,
        key=lambda state: (
            URGENCIES.index(state.urgency),
            -state.days_late,
            state.care.due if state.care else far,
            state.ticket_id,
        ),
    )


def _care(
    entered: CaseEntry | None,
    steps: Sequence[Step],
    proposal: tuple[Message, date],
    owner: str | Message,
    closing: bool,
) -> tuple[Care, bool, bool]:
    """Put entered and proposed together: care, whether the owner is proposed, whether the next step is."""
    decided = care_of(entered.body) if entered else None
    if entered is None or decided is None:
        return Care(owner, *proposal), True, True
    answered = any(
        step.source in ("ticket", "event") and step.kind in BRINGS and step.at.date() > entered.on_day for step in steps
    )
    if answered or closing:
        return Care(decided.owner, *proposal), False, True
    return decided, False, False


def _urgency(
    care: Care | None, limit: date, stage_due: date, as_of: date, undecided: bool, stage: Stage
) -> tuple[Urgency, int]:
    if care is None:
        return "closed", 0
    if stage != "closed" and as_of > limit:
        return "limit_passed", (as_of - limit).days
    if as_of > care.due:
        return "overdue", (as_of - care.due).days
    if as_of > stage_due:
        return "stage_over", (as_of - stage_due).days
    if undecided and stage != "closed":  # what is left of a case closed here is known: the bank's system follows
        return "undecided", 0
    return ("due_today", 0) if care.due == as_of else ("in_time", 0)
