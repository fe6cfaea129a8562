"""How long each step of the first round may take before it stands out in the handling path, with unit and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from analytics.case_limits import REGULATED, REGULATION, SPECIFICATIONS, CaseLimits
from texts import N_, Message

Step = Literal["dispatch", "contact", "reply", "outcome", "closing"]
Unit = Literal["working_hours", "days"]
CHOICE = Message(N_("this product's choice; the regulation sets none"))
OWN = Message(N_("the bank's own, set under “Limits in use” on the screen of cases"))


@dataclass(frozen=True)
class StepLimit:
    """One step of the first round: from one dated column of a ticket to another, and how long it may take.

    unit: working_hours (9:00 to 17:30 on working days) or days of the calendar.
    """

    step: Step
    starts: str
    ends: str
    limit: float
    unit: Unit
    name: Message
    source: Message


def step_limits(limits: CaseLimits) -> Mapping[Step, StepLimit]:
    """Give the limits of the handling path by a bank's limits, each with who set it."""
    hours: Unit = "working_hours"
    path = (
        StepLimit("dispatch", "received_at", "dispatched_at", limits.path_dispatch, hours, Message(N_("dispatch")),
                  _source(limits, "path_dispatch")),
        StepLimit("contact", "dispatched_at", "first_contact_at", limits.path_contact, hours,
                  Message(N_("first contact")), _source(limits, "path_contact")),
        StepLimit("reply", "first_contact_at", "first_reply_at", limits.path_reply, hours, Message(N_("first reply")),
                  _source(limits, "path_reply")),
        StepLimit("outcome", "first_reply_at", "first_outcome_at", limits.path_outcome, hours,
                  Message(N_("outcome of the first round")), _source(limits, "path_outcome")),
        StepLimit("closing", "received_at", "closed_at", limits.close_simple, "days", Message(N_("closing")),
                  _source(limits, "close_simple")),
    )  # fmt: skip
    return MappingProxyType({limit.step: limit for limit in path})


def _source(limits: CaseLimits, name: str) -> Message:
    """Say where a limit comes from: the bank's own where it is not the one that holds without it."""
    if getattr(limits, name) != SPECIFICATIONS[name].default:
        return OWN
    return REGULATION if name in REGULATED else CHOICE


STEP_LIMITS = step_limits(CaseLimits())
