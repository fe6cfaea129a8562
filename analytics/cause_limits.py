"""The limits of the cause analyses, each with its unit, meaning and source."""

from __future__ import annotations

PAGE_ERROR = 0.05  # chance that the page of causes names any difference at a bank where nothing differs, at one look
ANALYSES = 4  # reply positions, approval standards, loan balance, demands and rounds
LOOKS = 2  # within an analysis: all branches (or demands) together, and single ones
LOOK_ERROR = PAGE_ERROR / (ANALYSES * LOOKS)  # Bonferroni: the parts sum to PAGE_ERROR whatever their dependence

MOST_DRAWS = 1_999  # permutations; the smallest p-value is 1 ÷ (draws + 1)
FEWEST_DRAWS = 499  # so that the smallest p-value lies well below LOOK_ERROR
DEALT = 12_000_000  # cases dealt out in all permutations together: a second of one processor, however large the bank
CONFIDENCE = 0.95  # of every interval on the page

FEWEST_REPLIES = 30  # replies to a question; with fewer the question is not judged
FEWEST_AT_BRANCH = 5  # replies or approvals of a branch; even 5 of 5 against 10% elsewhere is only p = 10⁻⁵
FEWEST_APPROVALS = 60  # requests decided, of all branches together
FEWEST_BRANCHES = 10  # with a balance; below that the slope's interval is wider than any use of it
FEWEST_CUSTOMERS = 60  # of all branches together
FEWEST_DEMANDS = 20  # tickets with an unreasonable demand and a decided first round
FEWEST_USES = 30  # decided tickets that a sentence of the replies stands in


def draws_for(cases: int) -> int:
    """Give how many permutations of so many cases to draw."""
    return min(max(DEALT // max(cases, 1), FEWEST_DRAWS), MOST_DRAWS)
