"""The one warning of a class: what stands for its year, in the order in which a meeting takes the classes."""

from __future__ import annotations

from typing import Literal

from analytics.evaluation import Evaluation

Warned = Literal["exceeded", "red", "amber", "quiet", "small_bad", "small_ok"]
RANK: dict[Warned, int] = {"exceeded": 0, "red": 1, "small_bad": 2, "amber": 3, "small_ok": 4, "quiet": 5}
LIKELY = 0.5  # a small base whose year holds with less than this chance is more likely to break than not


def warned(evaluation: Evaluation) -> Warned:
    """Give the warning of a class: exceeded where the allowance is used up, else what stands for the year's end.

    A small base has no alarm on rates: it is small_bad where the year is more likely to break than to hold.
    """
    if evaluation.actual > evaluation.budget:
        return "exceeded"
    if evaluation.small is not None:
        return "small_bad" if evaluation.small.p_ok < LIKELY and not evaluation.year_over else "small_ok"
    if evaluation.warning == "none" or evaluation.year_over:
        return "quiet"
    return evaluation.warning
