"""The course of what people follow up: a decision, a hazard, a letter, a measure. Which state, and what may come next.

A course is a table of moves; the state is what the steps so far lead to. Nothing else decides what a screen offers and
what the store takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from texts import N_, Message, Problem


@dataclass(frozen=True)
class Course:
    """A course of states.

    first: the step that begins it. begins: the state it begins in. moves: (state, step) → state. ended: the states in
    which nobody is waited for.
    """

    first: str
    begins: str
    moves: Mapping[tuple[str, str], str]
    ended: frozenset[str]

    def state(self, steps: Iterable[str]) -> str | None:
        """Give the state that steps lead to, in their order; None before the first one. Steps without a move in the
        state they come in change nothing."""
        now: str | None = None
        for step in steps:
            now = self.begins if step == self.first else self.moves.get((now or "", step), now)
        return now

    def possible(self, state: str | None) -> tuple[str, ...]:
        """Give the steps that may come next, in the order of the table."""
        if state is None:
            return (self.first,)
        return tuple(step for before, step in self.moves if before == state)

    def after(self, state: str | None, step: str) -> str:
        """Give the state after one more step; raises Problem where the step may not come now."""
        if step not in self.possible(state):
            raise Problem(
                Message(
                    N_("“{step}” is not possible now: it stands at “{state}”."),
                    {
                        "step": Message(STEP_WORDS[step]),
                        "state": Message(STATE_WORDS.get(state or "", N_("not begun"))),
                    },
                ),
                Message(N_("Load the page again; somebody may have entered something meanwhile.")),
            )
        return self.begins if step == self.first else self.moves[(state or "", step)]

    def is_open(self, state: str | None) -> bool:
        """Whether somebody still has to do something."""
        return state is not None and state not in self.ended


LETTER = Course(
    first="letter_sent",
    begins="sent",
    moves={
        ("sent", "letter_received"): "received",
        ("received", "letter_answered"): "answered",
        ("answered", "letter_verified"): "verified",
        ("answered", "letter_returned"): "received",  # the answer does not do: another one is asked for
        ("sent", "letter_withdrawn"): "withdrawn",
        ("received", "letter_withdrawn"): "withdrawn",
    },
    ended=frozenset({"verified", "withdrawn"}),
)
DECISION = Course(
    first="decision_made",
    begins="pending",
    moves={
        ("pending", "decision_done"): "done",
        ("pending", "decision_moved"): "pending",
        ("pending", "decision_dropped"): "dropped",
        ("done", "decision_reopened"): "pending",
    },
    ended=frozenset({"done", "dropped"}),
)
HAZARD = Course(
    first="hazard_found",
    begins="open",
    moves={
        ("open", "hazard_linked"): "open",
        ("open", "hazard_closed"): "closed",
        ("closed", "hazard_reopened"): "open",
    },
    ended=frozenset({"closed"}),
)
MEASURE = Course(
    first="measure_taken",
    begins="running",
    moves={
        ("running", "measure_kept"): "kept",
        ("running", "measure_ended"): "ended",
        ("kept", "measure_ended"): "ended",
    },
    ended=frozenset({"kept", "ended"}),
)

# Steps that say nothing without words of their own.
REASONED = frozenset(
    {
        "letter_answered",
        "letter_returned",
        "letter_withdrawn",
        "decision_done",
        "decision_moved",
        "decision_dropped",
        "hazard_closed",
        "hazard_reopened",
        "measure_kept",
        "measure_ended",
    }
)
STEP_WORDS: dict[str, str] = {
    "letter_sent": N_("letter sent"),
    "letter_received": N_("receipt signed"),
    "letter_answered": N_("answered"),
    "letter_verified": N_("answer verified"),
    "letter_returned": N_("answer returned"),
    "letter_withdrawn": N_("letter withdrawn"),
    "decision_made": N_("decision taken"),
    "decision_done": N_("done"),
    "decision_moved": N_("date moved"),
    "decision_dropped": N_("dropped"),
    "decision_reopened": N_("taken up again"),
    "hazard_found": N_("hazard found"),
    "hazard_linked": N_("linked"),
    "hazard_closed": N_("hazard closed"),
    "hazard_reopened": N_("hazard taken up again"),
    "measure_taken": N_("measure taken"),
    "measure_kept": N_("kept as a standard"),
    "measure_ended": N_("measure ended"),
    "review_noted": N_("noted in the review"),
    "review_closed": N_("review closed"),
}
STATE_WORDS: dict[str, str] = {
    "sent": N_("● sent"),
    "received": N_("● received"),
    "answered": N_("◆ answered, to be verified"),
    "verified": N_("✔ verified"),
    "withdrawn": N_("✖ withdrawn"),
    "pending": N_("● to be done"),
    "open": N_("● open"),
    "done": N_("✔ done"),
    "dropped": N_("✖ dropped"),
    "closed": N_("✔ hazard closed"),
    "running": N_("● running"),
    "kept": N_("✔ kept as a standard"),
    "ended": N_("✖ ended"),
}
