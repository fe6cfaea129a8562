"""How a class's warning is shown: an icon, a word and a colour name, the same on every screen."""

from __future__ import annotations

from typing import Literal

from analytics.evaluation import Evaluation
from texts import N_

Warned = Literal["exceeded", "red", "amber", "quiet", "small_bad", "small_ok"]
WORDS: dict[Warned, str] = {
    "exceeded": N_("✖ exceeded"),
    "red": N_("▲ red"),
    "amber": N_("◆ amber"),
    "quiet": N_("● no alarm"),
    "small_bad": N_("◆ likely to break"),
    "small_ok": N_("● watched case by case"),
}
RANK: dict[Warned, int] = {"exceeded": 0, "red": 1, "small_bad": 2, "amber": 3, "small_ok": 4, "quiet": 5}


def warned(evaluation: Evaluation) -> Warned:
    """Give the warning of a class: what stands for its year, worst first."""
    if evaluation.actual > evaluation.budget:
        return "exceeded"
    if evaluation.small is not None:
        return "small_bad" if evaluation.small.p_ok < 0.5 and not evaluation.year_over else "small_ok"
    if evaluation.warning == "none" or evaluation.year_over:
        return "quiet"
    return evaluation.warning
