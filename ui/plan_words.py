"""How a plan's choices are called on screen."""

from __future__ import annotations

from data.plans import Reading, Regime
from texts import N_

REGIMES: dict[Regime, str] = {
    "weekly_threshold": N_("by week"),
    "case_by_case": N_("case by case"),
}
READINGS: dict[Reading, str] = {"first": N_("first round"), "final": N_("at closing (milder)")}
