"""The tickets behind a mark of the causes screen, and the pairs to be read side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analytics.comparable import comparable_pairs, contradictions
from analytics.demands import sentences, state_in_round
from answers.causes import MOST_READ, MOST_TICKETS, Asked, Replies, unreasonable_demands


def tickets(
    asked: Asked,
    subject: str,
    *,
    branch: str | None = None,
    question: str | None = None,
    approval: str | None = None,
    demands: Sequence[str] = (),
    without_demands: Sequence[str] = (),
    least_rounds: int = 1,
    decided: bool = False,
) -> pd.DataFrame:
    """Give the tickets of one analysis ('replies', 'approvals', 'customers', 'rounds'), newest first, with `counted`;
    at most MOST_TICKETS.

    demands: of these alone ("" is none told); without_demands: of all but these; least_rounds: that reached this
    round; decided: whose first round is decided.
    """
    return asked.frame(
        "cause_tickets",
        subject=subject,
        branch=branch,
        question=question,
        approval=approval,
        demands=list(demands),
        without_demands=list(without_demands),
        least_rounds=least_rounds,
        decided=decided,
        most=MOST_TICKETS,
    )


def reply_tickets(asked: Asked, answer: Replies, question: str, branch: str | None = None) -> pd.DataFrame:
    """Give the replies to one question with `position` (coded or derived; NaN where unknown) and `derived` (bool)."""
    found = tickets(asked, "replies", branch=branch, question=question)
    from_text = found["ticket_id"].map(answer.derived["position"])
    coded = found["reply_position"].astype(object)
    return found.assign(position=coded.where(coded.notna(), from_text), derived=coded.isna() & from_text.notna())


def at_position(found: pd.DataFrame, position: str, without: Collection[str] = ()) -> pd.DataFrame:
    """Give those of the replies from `reply_tickets` that hold a position, but for those of the branches `without`."""
    return found[found["position"].eq(position) & ~found["branch_id"].isin(list(without))].reset_index(drop=True)


def round_tickets(asked: Asked, kind: str, number: int) -> pd.DataFrame:
    """Give the tickets of a kind of demand ('unreasonable', 'other') that reached a round, as the mark counts them.

    `state`: 'agreed' in it, 'ended' (not agreed, no later round known), 'waiting' in it, 'went_on' to the next.
    """
    chosen = unreasonable_demands(asked)
    if kind == "unreasonable" and not chosen:
        return tickets(asked, "rounds").head(0).assign(state="")
    found = (
        tickets(asked, "rounds", least_rounds=number, demands=chosen)
        if kind == "unreasonable"
        else tickets(asked, "rounds", least_rounds=number, without_demands=chosen)
    )
    return found.assign(state=state_in_round(found, number))


def sentence_tickets(asked: Asked, sentence: str) -> pd.DataFrame:
    """Give the decided tickets, of those read for `answers.causes.scripts`, whose reply holds a standing sentence."""
    read = asked.frame("cause_replies", most=MOST_READ)
    decided = read[read["first_outcome"].notna() & read["reply_text"].notna()]
    return decided[decided["reply_text"].map(lambda text: sentence in sentences(text))].reset_index(drop=True)


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
