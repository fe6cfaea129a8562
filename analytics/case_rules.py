"""Which cases go to mediation by a third party, which to management, and why: rules, never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.case_limits import CaseLimits
from analytics.case_steps import Step, said
from texts import N_, Message

# How a channel says that the regulator passed the complaint on, and how customers speak of going public.
REGULATOR_WORDS = ("监管", "12378", "12363", "金融监管局", "银保监", "人民银行转", "regulator", "cfpb referral")
MEDIA_WORDS = ("媒体", "电视台", "曝光", "记者", "短视频", "抖音", "微博", "热搜", "发到网上", "小红书", "newspaper")


@dataclass(frozen=True)
class Qualification:
    """Why a case qualifies for mediation and for management; empty where it does not.

    mediation_begun, escalated: whether either was already asked for.
    """

    mediation: tuple[Message, ...]
    escalation: tuple[Message, ...]
    mediation_begun: bool
    escalated: bool

    @property
    def mediation_missing(self) -> bool:
        """Whether the case qualifies for mediation and is not yet there."""
        return bool(self.mediation) and not self.mediation_begun

    @property
    def escalation_missing(self) -> bool:
        """Whether the case qualifies for management and is not yet there."""
        return bool(self.escalation) and not self.escalated


def qualification(
    ticket: Mapping[str, Any], steps: Sequence[Step], limits: CaseLimits, *, days_open: int, limit_days: int
) -> Qualification:
    """Say whether a case qualifies for mediation or management, and by which rules.

    Mediation: the first round failed, and the customer has been through `mediation_rounds` rounds or the amount reaches
    `mediation_amount`. Management: the case came through the regulator and its first round failed, the customer speaks
    of going to the media, the rounds or the amount reach their bounds, or the time for closing has passed. Bounds
    count from the bound on. Customers who agreed, and closed cases, qualify for neither.
    """
    kinds = {step.kind for step in steps}
    begun = bool(kinds & {"mediation_requested", "mediation_date", "mediation_held"})
    escalated = bool(kinds & {"escalation", "escalation_granted"})
    failed = any(step.kind == "first_outcome" and step.result == "not_agreed" for step in steps)
    if "closed" in kinds or not steps:
        return Qualification((), (), begun, escalated)
    rounds = rounds_so_far(ticket, steps)
    amount = ticket.get("amount")
    yuan = 0.0 if amount is None or pd.isna(amount) else float(amount)
    mediation, escalation = [], []
    if failed and rounds >= limits.mediation_rounds:
        mediation.append(Message(N_("{rounds} rounds without agreement"), {"rounds": rounds}))
    if failed and yuan >= limits.mediation_amount:
        mediation.append(Message(N_("{amount:,.0f} yuan at stake"), {"amount": yuan}))
    if failed and came_from_regulator(said(ticket.get("channel"))):
        escalation.append(Message(N_("passed on by the regulator, first round failed")))
    if word := media_word(ticket, steps):
        escalation.append(Message(N_("the customer speaks of going public (“{word}”)"), {"word": word}))
    if failed and rounds >= limits.escalation_rounds:
        escalation.append(Message(N_("{rounds} rounds without agreement"), {"rounds": rounds}))
    if failed and yuan >= limits.escalation_amount:
        escalation.append(Message(N_("{amount:,.0f} yuan at stake"), {"amount": yuan}))
    if days_open > limit_days:
        escalation.append(Message(N_("{days} days past the limit"), {"days": days_open - limit_days}))
    return Qualification(tuple(mediation), tuple(escalation), begun, escalated)


def rounds_so_far(ticket: Mapping[str, Any], steps: Sequence[Step]) -> int:
    """Give the rounds of handling so far: what the ticket says, or what the steps show where that is more."""
    stated = ticket.get("rounds")
    shown = sum(step.kind in ("first_outcome", "round_outcome") for step in steps)
    return max(0 if stated is None or pd.isna(stated) else int(stated), shown)


def came_from_regulator(channel: str) -> bool:
    """Say whether a channel is the regulator's."""
    return any(word in channel.lower() for word in REGULATOR_WORDS)


def media_word(ticket: Mapping[str, Any], steps: Sequence[Step]) -> str | None:
    """Give the word with which the customer speaks of going public, in the complaint or a step; None without one."""
    texts = [said(ticket.get("narrative")), *(step.text for step in steps if step.party == "customer")]
    return next((word for word in MEDIA_WORDS for text in texts if word in text), None)
