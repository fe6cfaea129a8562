"""The limits of handling one case: the regulator's for closing it, the bank's own for each stage, each with unit,
meaning and source. A bank's own values are checked here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from analytics.calendar import day_type
from analytics.limits import Specification
from texts import N_, Message, Problem

DAYS = Message(N_("calendar days"))
WORKDAYS = Message(N_("workdays"))
WORKING_HOURS = Message(N_("working hours"))
ROUNDS = Message(N_("rounds of handling"))
YUAN = Message(N_("yuan"))

REGULATION = Message(
    N_(
        "Regulation: Measures for handling consumer complaints in banking and insurance (2020), 15 days from receipt, "
        "up to 30 when complex, a further 30 in special cases with approval"
    )
)
AT_ONCE = Message(
    N_("This product's choice, the regulation sets none: a complaint is to be handed on and taken up at once")
)
AFTER_ROUND_ONE = Message(
    N_("This product's choice, the regulation sets none: after a failed first round the next step follows soon")
)
MANY_ROUNDS = Message(
    N_("This product's choice, the regulation sets none: mediation after several rounds without agreement")
)
PATH = Message(
    N_("This product's choice, the regulation sets none: quicker than the limit of the stage, to show delay early")
)
ANSWER = Message(
    N_("This product's choice, the regulation sets none: proposed in a new letter, which may say another day")
)
GRAVE = Message(N_("This product's choice, the regulation sets none: management for complex or grave cases"))

SPECIFICATIONS: Mapping[str, Specification] = MappingProxyType(
    {
        "close_simple": Specification(
            15, 1, 15, DAYS, Message(N_("From receipt to closing, for a case whose facts are clear.")), REGULATION
        ),
        "close_complex": Specification(
            30, 15, 30, DAYS, Message(N_("From receipt to closing, once the time was extended as complex.")), REGULATION
        ),
        "close_special": Specification(
            60, 30, 60, DAYS, Message(N_("From receipt to closing, extended again with approval.")), REGULATION
        ),
        "dispatch": Specification(
            1, 0, 5, WORKDAYS, Message(N_("From receipt to dispatch to department and branch.")), AT_ONCE
        ),
        "first_contact": Specification(
            2, 0, 10, WORKDAYS, Message(N_("From dispatch to the first contact with the customer.")), AT_ONCE
        ),
        "first_outcome": Specification(
            5, 1, 15, WORKDAYS, Message(N_("From the first contact to the outcome of the first round.")), AT_ONCE
        ),
        "analysis": Specification(
            2, 0, 10, WORKDAYS, Message(N_("From a failed first round to the quick meeting.")), AFTER_ROUND_ONE
        ),
        "solution": Specification(
            3, 0, 15, WORKDAYS, Message(N_("From the meeting to the offer of a tailored solution.")), AFTER_ROUND_ONE
        ),
        "answer": Specification(
            5, 1, 15, WORKDAYS, Message(N_("From the offer to the customer's answer.")), AFTER_ROUND_ONE
        ),
        "mediation_request": Specification(
            3, 0, 15, WORKDAYS, Message(N_("From qualifying for mediation to its request.")), AFTER_ROUND_ONE
        ),
        "mediation": Specification(
            10, 1, 30, WORKDAYS, Message(N_("From the request for mediation to its date.")), AFTER_ROUND_ONE
        ),
        "escalation": Specification(
            3, 0, 15, WORKDAYS, Message(N_("From escalation to management's decision.")), AFTER_ROUND_ONE
        ),
        "close_agreed": Specification(
            3, 0, 15, WORKDAYS, Message(N_("From an agreement to closing the ticket.")), AFTER_ROUND_ONE
        ),
        "mediation_rounds": Specification(
            3, 2, 10, ROUNDS, Message(N_("From this round on a customer who does not agree goes to mediation.")),
            MANY_ROUNDS,
        ),
        "mediation_amount": Specification(
            100_000, 0, 1e9, YUAN,
            Message(N_("From this amount on a failed first round is enough for mediation.")), MANY_ROUNDS,
        ),
        "escalation_rounds": Specification(
            4, 2, 12, ROUNDS, Message(N_("From this round on management is asked in.")), GRAVE
        ),
        "escalation_amount": Specification(
            200_000, 0, 1e9, YUAN, Message(N_("From this amount on a failed first round goes to management.")), GRAVE
        ),
        "path_dispatch": Specification(
            4, 0.5, 42.5, WORKING_HOURS, Message(N_("Handling path: from receipt to dispatch.")), PATH
        ),
        "path_contact": Specification(
            17, 0.5, 85, WORKING_HOURS, Message(N_("Handling path: from dispatch to the first contact.")), PATH
        ),
        "path_reply": Specification(
            34, 0.5, 127.5, WORKING_HOURS,
            Message(N_("Handling path: from the first contact to the first reply.")), PATH,
        ),
        "path_outcome": Specification(
            42.5, 0.5, 127.5, WORKING_HOURS,
            Message(N_("Handling path: from the first reply to the outcome of the first round.")), PATH,
        ),
        "answer_alert": Specification(
            3, 1, 30, WORKDAYS, Message(N_("From an alert letter to its answer.")), ANSWER
        ),
        "answer_advice": Specification(
            10, 1, 60, WORKDAYS, Message(N_("From an advice letter to its answer.")), ANSWER
        ),
    }
)  # fmt: skip


# The limits that the regulation sets: a bank may set shorter ones, never longer.
REGULATED = tuple(name for name, limit in SPECIFICATIONS.items() if limit.source is REGULATION)

# The bounds that a class may have of its own: how many rounds and how much money are much or little depends on the
# business (a prepayment case is about a whole mortgage, a fee about some hundred yuan).
BY_CLASS = ("mediation_rounds", "mediation_amount", "escalation_rounds", "escalation_amount")


@dataclass(frozen=True)
class CaseLimits:
    """The limits in use; each field is explained in SPECIFICATIONS under its name. Whole numbers, hours halves too."""

    close_simple: float = SPECIFICATIONS["close_simple"].default
    close_complex: float = SPECIFICATIONS["close_complex"].default
    close_special: float = SPECIFICATIONS["close_special"].default
    dispatch: float = SPECIFICATIONS["dispatch"].default
    first_contact: float = SPECIFICATIONS["first_contact"].default
    first_outcome: float = SPECIFICATIONS["first_outcome"].default
    analysis: float = SPECIFICATIONS["analysis"].default
    solution: float = SPECIFICATIONS["solution"].default
    answer: float = SPECIFICATIONS["answer"].default
    mediation_request: float = SPECIFICATIONS["mediation_request"].default
    mediation: float = SPECIFICATIONS["mediation"].default
    escalation: float = SPECIFICATIONS["escalation"].default
    close_agreed: float = SPECIFICATIONS["close_agreed"].default
    mediation_rounds: float = SPECIFICATIONS["mediation_rounds"].default
    mediation_amount: float = SPECIFICATIONS["mediation_amount"].default
    escalation_rounds: float = SPECIFICATIONS["escalation_rounds"].default
    escalation_amount: float = SPECIFICATIONS["escalation_amount"].default
    path_dispatch: float = SPECIFICATIONS["path_dispatch"].default
    path_contact: float = SPECIFICATIONS["path_contact"].default
    path_reply: float = SPECIFICATIONS["path_reply"].default
    path_outcome: float = SPECIFICATIONS["path_outcome"].default
    answer_alert: float = SPECIFICATIONS["answer_alert"].default
    answer_advice: float = SPECIFICATIONS["answer_advice"].default

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            _check(name, value)

    def closing_days(self, extended_to: int | None) -> int:
        """Give the days from receipt to closing: of the extension in force, or of a simple case."""
        return int(self.close_simple if extended_to is None else extended_to)

    @property
    def extensions(self) -> tuple[int, int]:
        """The two lengths to which the time can be extended, days from receipt."""
        return int(self.close_complex), int(self.close_special)


def case_limits_with(overrides: Mapping[str, Any], base: CaseLimits | None = None) -> CaseLimits:
    """Give the default limits (or `base`: the bank's) with a bank's (or a class's) own values in place.

    overrides: limit name → number. Raises Problem for an unknown name, and a value that is no whole number (of hours:
    no half) or out of its range.
    """
    known = {field.name for field in fields(CaseLimits)}
    for name, value in overrides.items():
        if name not in known:
            raise Problem(
                Message(N_("There is no limit called “{name}”."), {"name": name}),
                Message(N_("Use one of: {names}."), {"names": ", ".join(sorted(known))}),
            )
        _check(name, value)
    return replace(base or CaseLimits(), **{name: float(value) for name, value in overrides.items()})


def step_of(name: str) -> float:
    """Give how finely a limit can be set: hours by halves, everything else by whole numbers."""
    return 0.5 if SPECIFICATIONS[name].unit is WORKING_HOURS else 1.0


@lru_cache(4096)
def workdays_after(day: date, workdays: float) -> date:
    """Give the day this many workdays after a day; 0 gives the day itself, or the next workday where it is none."""
    ahead = pd.date_range(day, periods=int(workdays) * 2 + 20, freq="D")
    worked = ahead[day_type(ahead).isin(("workday", "adjusted_workday")).to_numpy()]
    later = worked[worked > pd.Timestamp(day)] if workdays else worked
    place = max(int(workdays) - 1, 0)
    return later[place].date() if place < len(later) else day + timedelta(days=int(workdays) * 2)


def _check(name: str, value: Any) -> None:
    specification = SPECIFICATIONS[name]
    steps = step_of(name)
    number = isinstance(value, int | float) and not isinstance(value, bool) and (float(value) / steps).is_integer()
    if not number or not specification.low <= float(value) <= specification.high:
        raise Problem(
            Message(N_("The limit “{name}” cannot be {value}."), {"name": name, "value": str(value)}),
            Message(
                N_("Give a whole number from {low:g} to {high:g} ({unit}). {meaning}")
                if steps == 1
                else N_("Give whole or half hours from {low:g} to {high:g} ({unit}). {meaning}"),
                {
                    "low": specification.low,
                    "high": specification.high,
                    "unit": specification.unit,
                    "meaning": specification.meaning,
                },
            ),
        )
