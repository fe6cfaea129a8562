"""How long each step of handling may take: the bank's limits, in one place, with unit, meaning and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from texts import N_, Message

Step = Literal["dispatch", "contact", "reply", "outcome", "closing"]
Unit = Literal["working_hours", "days"]
CONVENTION = Message(N_("convention of this product; the bank may set its own"))
AT_ONCE = Message(N_("to be dispatched “at once”; four working hours are this product's choice"))
RULE = Message(
    N_("Measures for handling consumer complaints in banking and insurance (2020): 15 days, longer for complex cases")
)


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
                "dispatch", "received_at", "dispatched_at", 4.0, "working_hours", Message(N_("dispatch")), AT_ONCE
            ),
            StepLimit(
                "contact",
                "dispatched_at",
                "first_contact_at",
                17.0,
                "working_hours",
                Message(N_("first contact")),
                CONVENTION,
            ),
            StepLimit(
                "reply",
                "first_contact_at",
                "first_reply_at",
                34.0,
                "working_hours",
                Message(N_("first reply")),
                CONVENTION,
            ),
            StepLimit(
                "outcome",
                "first_reply_at",
                "first_outcome_at",
                42.5,
                "working_hours",
                Message(N_("outcome of the first round")),
                CONVENTION,
            ),
            StepLimit("closing", "received_at", "closed_at", 15.0, "days", Message(N_("closing")), RULE),
        )
    }
)
