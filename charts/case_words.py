"""How a case's stage, its parties, steps and urgency are said; the same on every screen, picture and file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.case_stage import Urgency
from analytics.case_steps import Party, Source, Stage, Step
from texts import N_, Message

STAGE_WORDS: Mapping[Stage, str] = MappingProxyType(
    {
        "received": N_("Taken in"),
        "dispatched": N_("Dispatch"),
        "first_round": N_("First round"),
        "analysis": N_("Quick meeting, analysis"),
        "solution": N_("Tailored solution"),
        "mediation": N_("Mediation"),
        "escalation": N_("Management"),
        "closed": N_("Case closed"),
    }
)
PARTY_WORDS: Mapping[Party, str] = MappingProxyType(
    {
        "customer": N_("customer"),
        "branch": N_("branch"),
        "department": N_("department"),
        "head_office": N_("head office"),
        "management": N_("management"),
        "mediator": N_("mediator"),
    }
)
URGENCY_WORDS: Mapping[Urgency, str] = MappingProxyType(
    {
        "limit_passed": N_("✖ past the limit by {days} days"),
        "overdue": N_("▲ overdue by {days} days"),
        "stage_over": N_("▲ stage over its limit by {days} days"),
        "undecided": N_("◆ next step not decided"),
        "due_today": N_("● due today"),
        "in_time": N_("● in time"),
        "closed": N_("✔ closed"),
    }
)
URGENCY_LEVELS: Mapping[Urgency, str] = MappingProxyType(
    {
        "limit_passed": "over",
        "overdue": "over",
        "stage_over": "near",
        "undecided": "near",
        "due_today": "on_track",
        "in_time": "on_track",
        "closed": "on_track",
    }
)
SOURCE_WORDS: Mapping[Source, str] = MappingProxyType(
    {
        "ticket": N_("ticket"),
        "event": N_("step in the bank's system"),
        "entry": N_("entered here"),
        "letter": N_("letter or decision"),
        "conversation": N_("call or chat"),
    }
)
RESULT_WORDS: Mapping[str, str] = MappingProxyType({"agreed": N_("agreed"), "not_agreed": N_("not agreed")})
STEP_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "received": N_("complaint received"),
        "dispatched": N_("dispatched"),
        "returned": N_("sent back"),
        "contact": N_("customer contacted"),
        "reply": N_("reply"),
        "first_outcome": N_("first round"),
        "round_outcome": N_("further round"),
        "customer_contact": N_("customer came"),
        "customer_demand": N_("customer's demand"),
        "customer_response": N_("customer's answer"),
        "meeting": N_("quick meeting"),
        "analysis": N_("case analysed"),
        "solution": N_("solution offered"),
        "mediation_requested": N_("mediation requested"),
        "mediation_date": N_("mediation dated"),
        "mediation_held": N_("mediation held"),
        "escalation": N_("management asked"),
        "escalation_granted": N_("management granted"),
        "extension": N_("time extended"),
        "assigned": N_("owner, next step set"),
        "note": N_("note"),
        "closed": N_("case closed"),
        "reopened": N_("opened again"),
        "review": N_("weekly review"),
        "alert_letter": N_("alert letter"),
        "advice_letter": N_("advice letter"),
        "letter_received": N_("letter received"),
        "letter_answered": N_("letter answered"),
        "viewing_offered": N_("viewing offered"),
        "viewing_held": N_("recording viewed"),
        "surrender_requested": N_("surrender signed"),
        "policy_surrendered": N_("policy surrendered"),
        "refund_paid": N_("refund paid"),
        "call": N_("call"),
        "chat": N_("chat"),
        "letter_sent": N_("letter sent out"),
        "letter_verified": N_("letter's answer verified"),
        "letter_returned": N_("letter's answer sent back"),
        "letter_withdrawn": N_("letter withdrawn"),
        "hazard_found": N_("hazard found"),
        "hazard_linked": N_("hazard linked"),
        "hazard_closed": N_("hazard closed"),
        "decision_made": N_("decision made"),
        "decision_done": N_("decision carried out"),
        "decision_moved": N_("decision put off"),
        "measure_taken": N_("measure taken"),
        "hazard": N_("hazard"),
        "decision": N_("decision"),
        "letter": N_("letter"),
        "measure": N_("measure"),
    }
)


def step_word(step: Step) -> Message:
    """Name a step, with its result where it has one; the file's own word for a step that is not known."""
    kind = step.kind if step.kind in STEP_WORDS or step.source != "letter" else step.kind.split("_")[0]
    word = Message(STEP_WORDS[kind]) if kind in STEP_WORDS else Message("{word}", {"word": kind})
    if step.result in RESULT_WORDS:
        return Message(N_("{step}: {result}"), {"step": word, "result": Message(RESULT_WORDS[step.result or ""])})
    return word


def party_word(step: Step) -> Message:
    """Name who took a step; the file's own word for a party that is not known, “–” where none is said."""
    if step.party is not None:
        return Message(PARTY_WORDS[step.party])
    return Message("{word}", {"word": step.said_party or "–"})


def urgency_word(urgency: Urgency, days_late: int) -> Message:
    """Say how urgent a case is, with icon and word."""
    return Message(URGENCY_WORDS[urgency], {"days": days_late} if "{days}" in URGENCY_WORDS[urgency] else {})
