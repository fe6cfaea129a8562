"""How long each step of the first round may take before it stands out in the handling path, with unit and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from analytics.case_limits import REGULATION, SPECIFICATIONS
from texts import N_, Message

Step = Literal["dispatch", "contact", "reply", "outcome", "closing"]
Unit = Literal["working_hours", "days"]
CHOICE = Message(N_("this product's choice; the regulation sets none"))


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


STEP_LIMITS: Mapping[Step, StepLimit] = MappingProxyType(
    {
        limit.step: limit
        for limit in (
            StepLimit(
                "dispatch", "received_at", "dispatched_at", 4.0, "working_hours", Message(N_("dispatch")), CHOICE
            ),
            StepLimit(
                "contact",
                "dispatched_at",
                "first_contact_at",
                17.0,
                "working_hours",
                Message(N_("first contact")),
                CHOICE,
            ),
            StepLimit(
                "reply",
                "first_contact_at",
                "first_reply_at",
                34.0,
                "working_hours",
                Message(N_("first reply")),
                CHOICE,
            ),
            StepLimit(
                "outcome",
                "first_reply_at",
                "first_outcome_at",
                42.5,
                "working_hours",
                Message(N_("outcome of the first round")),
                CHOICE,
            ),
            StepLimit(
                "closing",
                "received_at",
                "closed_at",
                SPECIFICATIONS["close_simple"].default,
                "days",
                Message(N_("closing")),
                REGULATION,
            ),
        )
    }
)
