"""What the steps of a ticket are called, and which of them are bad news."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from charts.case_words import STEP_WORDS
from texts import N_, Message

# Name and place (left to right, top to bottom: 0 to 1) of the steps the product knows; a bank's own steps stand under
# their own names.
STEPS: Mapping[str, tuple[str, float, float]] = MappingProxyType(
    {
        "received": (N_("complaint received"), 0.01, 0.35),
        "dispatched": (N_("dispatched"), 0.13, 0.35),
        "returned": (N_("sent back"), 0.19, 0.80),
        "退回": (N_("sent back"), 0.19, 0.80),
        "redispatched": (N_("dispatched again"), 0.27, 0.93),
        "first_contact": (N_("first contact"), 0.35, 0.35),
        "first_reply": (N_("first reply"), 0.45, 0.35),
        "first_agreed": (N_("first round: agreed"), 0.57, 0.22),
        "first_not_agreed": (N_("first round: not agreed"), 0.55, 0.68),
        "meeting": (N_("meeting"), 0.65, 0.86),
        "tailored_solution": (N_("tailored solution"), 0.72, 0.96),
        "round_outcome": (N_("a further round"), 0.79, 0.66),
        "escalation": (N_("escalation"), 0.82, 0.44),
        "mediation_requested": (N_("mediation asked for"), 0.86, 0.86),
        "mediation_held": (N_("mediation held"), 0.935, 0.97),
        "closed_agreed": (N_("closed: agreed"), 0.99, 0.22),
        "closed_not_agreed": (N_("closed: not agreed"), 0.99, 0.74),
        "closed": (N_("closed"), 0.99, 0.5),
    }
)
BAD = ("first_not_agreed", "closed_not_agreed")
BACK = ("returned", "退回")


def step_name(step: str) -> Message:
    """Give what a step is called: as on this picture, else as in the cases, else as the bank writes it."""
    if step in STEPS:
        return Message(STEPS[step][0])
    return Message(STEP_WORDS[step]) if step in STEP_WORDS else Message(N_("{step}"), {"step": step})
