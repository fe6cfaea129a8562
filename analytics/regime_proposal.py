"""Which regime suits a class: watched by week against a threshold, or case by case (R04)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analytics.limits import SPECIFICATIONS
from texts import N_, Message

STRICT_TARGET = 0.95  # from this target on nearly every case must be agreed, whatever the base


@dataclass(frozen=True)
class RegimeProposal:
    """A proposed regime and the reason in one sentence; the manager decides."""

    regime: Literal["weekly_threshold", "case_by_case"]
    reason: Message


def propose_regime(
    customers_last_year: int, budget: int, target_fcr: float | None, small_base: float | None = None
) -> RegimeProposal:
    """Propose a regime from the base and the strictness of the target.

    customers_last_year, budget: customers a year; target_fcr: 0–1, None where the budget was entered by hand;
    small_base: the budget below which no alarm on rates is possible (default: the limit of that name). Below it, or
    with a target of STRICT_TARGET or more, every case is watched by itself (the document's 强干预、逐笔盯盘).
    """
    small = SPECIFICATIONS["small_base"].default if small_base is None else small_base
    counted = {"customers": customers_last_year, "budget": budget, "small": f"{small:.0f}"}
    if budget < small:
        return RegimeProposal(
            "case_by_case",
            Message(
                N_(
                    "{customers} customers last year, {budget} allowed: below {small} a rate says nothing in time, "
                    "so every case counts by itself."
                ),
                counted,
            ),
        )
    if target_fcr is not None and target_fcr >= STRICT_TARGET:
        return RegimeProposal(
            "case_by_case",
            Message(
                N_(
                    "A target of {target:.0%} leaves no room for rates: every case must be agreed, "
                    "though {customers} customers complained last year."
                ),
                counted | {"target": target_fcr},
            ),
        )
    return RegimeProposal(
        "weekly_threshold",
        Message(
            N_("{customers} customers last year, {budget} allowed: enough to be watched by week against a threshold."),
            counted,
        ),
    )
