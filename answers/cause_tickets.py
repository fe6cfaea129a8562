"""The tickets behind a mark of the causes screen, and the pairs to be read side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.comparable import comparable_pairs, contradictions
from answers.causes import MOST_TICKETS, Asked, Replies

HIDDEN = ["reply_text", "approval_granted", "approval_requested", "question_key", "position", "derived"]


def tickets(
    asked: Asked,
    subject: str,
    *,
    branch: str | None = None,
    question: str | None = None,
    approval: str | None = None,
    demands: Sequence[str] = (),
) -> pd.DataFrame:
    """Give the tickets of one analysis ('replies', 'approvals', 'customers', 'rounds'), newest first, with `counted`;
    at most MOST_TICKETS."""
    return asked.frame(
        "cause_tickets",
        subject=subject,
        branch=branch,
        question=question,
        approval=approval,
        demands=list(demands),
        most=MOST_TICKETS,
    )


def reply_tickets(asked: Asked, answer: Replies, question: str, branch: str | None = None) -> pd.DataFrame:
    """Give the replies to one question with `position` (coded or derived; NaN where unknown) and `derived` (bool)."""
    found = tickets(asked, "replies", branch=branch, question=question)
    from_text = found["ticket_id"].map(answer.derived["position"])
    coded = found["reply_position"].astype(object)
    return found.assign(position=coded.where(coded.notna(), from_text), derived=coded.isna() & from_text.notna())


def contradicting_replies(found: pd.DataFrame, branch: str | None, position: str | None, most: int = 3) -> pd.DataFrame:
    """Put contradicting replies side by side: a row a pair with left_… and right_… columns of the tickets.

    found: all replies to one question, from `reply_tickets`. First customers who were told two things, then the
    branch's replies with its own position beside those most like them elsewhere with the usual one.
    """
    told = found[found["position"].notna() & found["reply_text"].notna()]
    pairs = contradictions(told, 1)
    if branch is not None and position is not None:
        elsewhere = told[(told["branch_id"] != branch) & (told["position"] != position)]
        if not elsewhere.empty:
            usual = elsewhere["position"].value_counts().index[0]
            own = told[(told["branch_id"] == branch) & (told["position"] == position)]
            pairs += comparable_pairs(own, elsewhere[elsewhere["position"] == usual], most - len(pairs))
    return _side_by_side(told, pairs)


def cases_decided_differently(asked: Asked, branch: str, fewer: bool, most: int = 3) -> pd.DataFrame:
    """Put comparable requests side by side: refused at the branch and granted elsewhere (`fewer`), or the reverse."""
    found = tickets(asked, "approvals")
    granted = found["approval_granted"].astype(bool)
    here = found["branch_id"] == branch
    own, others = found[here & (granted != fewer)], found[~here & (granted == fewer)]
    pairs: list[tuple[str, str]] = []
    for kind, group in own.groupby("approval_requested", sort=False):
        pairs += comparable_pairs(group, others[others["approval_requested"] == kind], most)
    return _side_by_side(found, _closest(found, pairs)[:most])


def _closest(found: pd.DataFrame, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Order pairs by how near their amounts are."""
    amounts = found.drop_duplicates("ticket_id").set_index("ticket_id")["amount"].astype(float)

    def apart(pair: tuple[str, str]) -> float:
        one, other = (float(amounts[ticket]) for ticket in pair)
        return abs(one - other) / max(one, other, 1.0) if one == one and other == other else 1.0

    return sorted(pairs, key=apart)


def _side_by_side(found: pd.DataFrame, pairs: list[tuple[str, str]]) -> pd.DataFrame:
    table = found.drop_duplicates("ticket_id").set_index("ticket_id")
    columns = [name for name in table.columns if name != "counted"]
    rows = [
        {f"{side}_{name}": ticket if name == "ticket_id" else table.at[ticket, name]
         for side, ticket in zip(("left", "right"), pair, strict=True)
         for name in ("ticket_id", *columns)}
        for pair in pairs
    ]  # fmt: skip
    return pd.DataFrame(rows)
