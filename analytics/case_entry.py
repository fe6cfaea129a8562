"""What may be entered about a case. Every entry leaves an open case with an owner, a next step and a due date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

from analytics.case_limits import CaseLimits
from analytics.case_stage import CaseState
from analytics.case_steps import BLANK, PARTIES, Party, as_day, said, says_something
from texts import N_, Message, Problem

EntryKind = Literal["case_step", "case_assign", "case_extension"]
RESULTS = ("agreed", "not_agreed")
LONGEST_TEXT, LONGEST_NAME = 2_000, 60  # characters
# Must say something: a dash names nobody.
TELLING = ("owner", "next_step", "mediator", "asked_of", "granted", "approved_by")
LONGEST_DUE = 60  # days ahead, once the limit for closing has passed

# What can be entered as done, by whom it usually is, and what else it needs.
STEP_PARTY: Mapping[str, Party] = MappingProxyType(
    {
        "contact": "branch",
        "reply": "branch",
        "customer_response": "customer",
        "meeting": "head_office",
        "analysis": "department",
        "solution": "department",
        "mediation_requested": "branch",
        "mediation_date": "mediator",
        "mediation_held": "mediator",
        "escalation": "head_office",
        "escalation_granted": "management",
        "note": "head_office",
        "closed": "branch",
        "reopened": "head_office",
    }
)
NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mediation_requested": ("mediator",),
        "mediation_date": ("scheduled",),
        "mediation_held": ("result",),
        "escalation": ("asked_of",),
        "escalation_granted": ("granted",),
        "closed": ("result",),
    }
)
WHAT = MappingProxyType(
    {
        "text": N_("what was done"),
        "owner": N_("the owner"),
        "next_step": N_("the next step"),
        "due": N_("the due date"),
        "mediator": N_("the mediator"),
        "scheduled": N_("the date of the mediation"),
        "result": N_("the result"),
        "asked_of": N_("who in management was asked"),
        "granted": N_("what was granted"),
        "reason": N_("the reason"),
        "approved_by": N_("who approved it"),
    }
)


@dataclass(frozen=True)
class NextMove:
    """Who does what by when, as typed in; checked by the functions below."""

    owner: str
    next_step: str
    due: date | None


def step_body(
    state: CaseState,
    move: NextMove,
    as_of: date,
    *,
    step: str,
    on: date,
    party: str,
    text: str,
    received_on: date,
    details: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Give the body of a step that was done; a closing needs no further move.

    details: what `NEEDS` asks for, by name (dates as `date`). Raises Problem for what is missing or cannot be.
    """
    if step not in STEP_PARTY or party not in PARTIES:
        raise Problem(
            Message(N_("There is no step “{step}” of “{party}”."), {"step": step, "party": party}),
            Message(N_("Choose a step and a party from the lists.")),
        )
    if (step == "reopened") != (state.stage == "closed"):
        raise Problem(
            Message(N_("A closed case can only be opened again, and only a closed one.")),
            Message(N_("Choose another step.")),
        )
    if not received_on <= on <= as_of:
        raise Problem(
            Message(
                N_("The step is dated {on}; it must lie between receipt on {first} and the as-of day {last}."),
                {"on": str(on), "first": str(received_on), "last": str(as_of)},
            ),
            Message(N_("Choose a day in between.")),
        )
    given = dict(details or {})
    body: dict[str, Any] = {"step": step, "on": on.isoformat(), "party": party, "text": _text("text", text)}
    for name in NEEDS.get(step, ()):
        value = given.get(name)
        if name == "scheduled":
            if not isinstance(value, date) or value < on:
                raise _missing(name)
            body[name] = value.isoformat()
        elif name == "result":
            if value not in RESULTS:
                raise _missing(name)
            body[name] = value
        else:
            body[name] = _text(name, value, LONGEST_NAME if name == "mediator" else LONGEST_TEXT)
    return body if step == "closed" else body | _move(state, move, as_of)


def assign_body(state: CaseState, move: NextMove, as_of: date, text: str = "") -> dict[str, Any]:
    """Give the body of a change of owner, next step or due date; raises Problem where one is missing or cannot be."""
    return {"text": text.strip()[:LONGEST_TEXT]} | _move(state, move, as_of)


def extension_body(
    state: CaseState,
    move: NextMove,
    as_of: date,
    limits: CaseLimits,
    *,
    on: date,
    limit_days: int,
    reason: str,
    approved_by: str,
    customer_told: bool,
) -> dict[str, Any]:
    """Give the body of an extension of the time for closing, decided on a day not after the limit in force.

    First to a complex case's length, only then, with approval and the customer told, to a special one's. Raises
    Problem where an extension is not possible, or something is missing.
    """
    complex_days, special_days = limits.extensions
    wanted = complex_days if state.extended_to is None else special_days
    if limit_days != wanted or state.limit_days >= special_days:
        raise Problem(
            Message(N_("The time for closing cannot be extended to {days} days now."), {"days": limit_days}),
            Message(
                N_("It is {now} days; first it goes to {complex}, then with approval to {special}, and no further."),
                {"now": state.limit_days, "complex": complex_days, "special": special_days},
            ),
        )
    if not on <= min(state.limit, as_of):
        raise Problem(
            Message(N_("The extension is dated {on}, after the limit {limit}."), {"on": on, "limit": state.limit}),
            Message(N_("An extension must be decided while the time is still running.")),
        )
    body = {
        "limit_days": limit_days,
        "on": on.isoformat(),
        "reason": _text("reason", reason),
        "text": _text("reason", reason),
        "approved_by": _text("approved_by", approved_by, LONGEST_NAME),
        "customer_told": bool(customer_told),
    }
    if limit_days == special_days and not customer_told:
        raise Problem(
            Message(N_("A special extension has to be told to the customer.")),
            Message(N_("Tell the customer first, then enter the extension.")),
        )
    later = state.limit + timedelta(days=limit_days - state.limit_days)
    body["until"] = later.isoformat()
    return body | _checked_move(move, as_of, later)


def corrected_body(
    state: CaseState, body: Mapping[str, Any], as_of: date, *, text: str, move: NextMove | None
) -> dict[str, Any]:
    """Give what an entry should have said: another text and, where the entry has them, another owner, next step and
    due date. What the entry is about, its day and its details stay.

    move: None for an entry without a next move (a closing). A due date that stays as it was needs not be checked anew.
    Raises Problem where something would be missing afterwards.
    """
    corrected = dict(body)
    if said(body.get("text")) or said(text):
        corrected["text"] = _text("text", text)
    if "reason" in body:
        corrected["reason"] = corrected["text"]
    if "owner" not in body:
        return corrected
    if move is None:
        raise _missing("owner")
    unchanged = move.due is not None and move.due == as_day(body.get("due"))
    first = min(as_of, move.due) if unchanged and move.due else as_of
    limit = max(state.limit, move.due) if unchanged and move.due else state.limit
    return corrected | _checked_move(move, first, limit)


def _move(state: CaseState, move: NextMove, as_of: date) -> dict[str, Any]:
    return _checked_move(move, as_of, state.limit)


def _checked_move(move: NextMove, as_of: date, limit: date) -> dict[str, Any]:
    """Check owner, next step and due date: none is missing, and the due date lies from today to the limit."""
    owner = _text("owner", move.owner, LONGEST_NAME)
    next_step = _text("next_step", move.next_step, LONGEST_TEXT)
    if move.due is None:
        raise _missing("due")
    latest = limit if as_of <= limit else as_of + timedelta(days=LONGEST_DUE)
    if not as_of <= move.due <= latest:
        raise Problem(
            Message(
                N_("The due date {due} must lie between {first} and {last}."),
                {"due": str(move.due), "first": str(as_of), "last": str(latest)},
            ),
            Message(N_("Choose a day in between, or extend the time for closing first.")),
        )
    return {"owner": owner, "next_step": next_step, "due": move.due.isoformat()}


def _text(name: str, value: Any, longest: int = LONGEST_TEXT) -> str:
    given = value if isinstance(value, str) else ""
    shown = "".join(c if (c.isprintable() or c == "\n") and c not in BLANK else " " for c in given).strip()
    if not shown or (name in TELLING and not says_something(shown)):
        raise _missing(name)
    if len(shown) > longest:
        raise Problem(
            Message(N_("{what}: more than {longest} characters."), {"what": Message(WHAT[name]), "longest": longest}),
            Message(N_("Say it in fewer words.")),
        )
    return shown


def _missing(name: str) -> Problem:
    return Problem(
        Message(N_("Missing: {what}."), {"what": Message(WHAT[name])}),
        Message(N_("Fill it in; an open case is never without owner, next step and due date.")),
    )
