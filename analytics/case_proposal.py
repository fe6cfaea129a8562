"""What the product proposes for a case that nobody has moved on: who owns it, the next step, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from analytics.case_limits import CaseLimits, workdays_after
from analytics.case_steps import Party, Stage, Step, said, says_something
from texts import N_, Message

CONFIRM_DAYS = 7  # from a closing entered here until the bank's own system should say so too


def default_owner(ticket: Mapping[str, Any], stage: Stage, branch: str) -> str | Message:
    """Give who has to move at a stage while nobody was named: head office, the branch, or the department."""
    department = said(ticket.get("department"))
    if stage == "received":
        return Message(N_("head-office consumer protection"))
    if stage in ("dispatched", "first_round") or not says_something(department):
        return branch.strip() if says_something(branch) else Message(N_("the branch"))
    return department


def proposed_step(
    stage: Stage, steps: Sequence[Step], reached: Mapping[Stage, datetime], limits: CaseLimits, limit: date
) -> tuple[Message, date]:
    """Propose the next step of a case and its due date, not later than the day by which it has to be closed."""
    last = {step.kind: step for step in steps}

    def by(text: str, since: datetime, workdays: float) -> tuple[Message, date]:
        return Message(text), min(workdays_after(since.date(), workdays), limit)

    if stage == "received":
        since = last["returned"].at if "returned" in last else reached["received"]
        return by(N_("dispatch to department and branch"), since, limits.dispatch)
    if stage == "dispatched":
        return by(N_("first contact with the customer"), reached["dispatched"], limits.first_contact)
    if stage == "first_round":
        if "first_outcome" in last:
            return by(N_("carry out what was agreed and close"), last["first_outcome"].at, limits.close_agreed)
        text = N_("learn whether the customer agrees") if "reply" in last else N_("give the first reply")
        return by(text, reached["first_round"], limits.first_outcome)
    if stage == "analysis":
        met = max((last[kind].at for kind in ("meeting", "analysis") if kind in last), default=None)
        if met is None:
            return by(N_("hold the quick meeting and analyse the case"), reached["analysis"], limits.analysis)
        return by(N_("offer the customer a tailored solution"), met, limits.solution)
    if stage == "solution":
        answer = customer_answer(steps)
        if answer is not None:
            return by(N_("act on the customer's answer"), answer.at, limits.solution)
        return by(N_("learn whether the customer accepts the solution"), last["solution"].at, limits.answer)
    if stage == "mediation":
        held = last.get("mediation_held")
        if held is not None:
            text = (
                N_("carry out what was agreed and close")
                if held.result == "agreed"
                else N_("decide with management how to go on")
            )
            return by(text, held.at, limits.close_agreed)
        return by(N_("hold the mediation"), reached["mediation"], limits.mediation)
    granted = last.get("escalation_granted")
    if granted is not None:
        return by(N_("use what was granted to come to an agreement"), granted.at, limits.answer)
    return by(N_("get management's decision"), reached.get("escalation", reached["received"]), limits.escalation)


def customer_answer(steps: Sequence[Step]) -> Step | None:
    """Give the customer's latest step, or the round's outcome, after the last solution offered; None while there is
    none: then the bank waits."""
    answer = None
    for step in steps:
        if step.kind == "solution":
            answer = None
        elif step.kind == "round_outcome" or (step.party == "customer" and step.source in ("event", "entry")):
            answer = step
    return answer


def confirmation(reached: Mapping[Stage, datetime]) -> tuple[Message, date]:
    """Propose to close a case in the bank's own system too, after it was closed here."""
    return Message(N_("close it in the complaint system too")), reached["closed"].date() + timedelta(days=CONFIRM_DAYS)


def whose_move(stage: Stage, steps: Sequence[Step]) -> Party:
    """Say whose move it is, by the stage and what has been done in it."""
    kinds = [step.kind for step in steps]
    if stage == "received":
        return "head_office"
    if stage == "dispatched":
        return "branch"
    if stage == "first_round":
        answered = "reply" in kinds and "first_outcome" not in kinds
        return "customer" if answered else "branch"
    if stage == "analysis":
        return "department" if {"meeting", "analysis"} & set(kinds) else "head_office"
    if stage == "solution":
        return "customer" if customer_answer(steps) is None else "branch"
    if stage == "mediation":
        return "branch" if "mediation_held" in kinds else "mediator"
    return "department" if "escalation_granted" in kinds else "management"
