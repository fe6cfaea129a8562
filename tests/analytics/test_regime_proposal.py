"""The proposed regime follows the document's two examples."""

from __future__ import annotations

import pytest

from analytics.regime_proposal import propose_regime
from texts import LANGUAGES, render


@pytest.mark.parametrize(
    ("customers", "budget", "target", "regime"),
    [
        (412, 80, 0.80, "weekly_threshold"),  # the document's prepayment complaints
        (23, 4, 0.80, "case_by_case"),  # the document's insurance disputes
        (100, 20, None, "weekly_threshold"),  # at the boundary
        (100, 19, None, "case_by_case"),
        (2000, 60, 0.97, "case_by_case"),  # a strict target on a large base
    ],
)
def test_r04_the_regime_follows_base_and_target(customers: int, budget: int, target: float | None, regime: str) -> None:
    proposal = propose_regime(customers, budget, target)
    assert proposal.regime == regime
    for language in LANGUAGES:
        assert str(customers) in render(proposal.reason, language)
