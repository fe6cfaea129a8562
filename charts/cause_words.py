"""What the cause analyses found, in words: one sentence each, the same on screen, in pictures and in packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.approval_standards import ApprovalStandards
from analytics.cause_limits import (
    FEWEST_APPROVALS,
    FEWEST_BRANCHES,
    FEWEST_CUSTOMERS,
    FEWEST_DEMANDS,
    FEWEST_REPLIES,
)
from analytics.demands import Demands
from analytics.loan_balance import BalanceRelation
from analytics.reply_divergence import ReplyDivergence
from charts.warning_words import listed
from texts import N_, Message

NAMED_AT_MOST = 3  # branches named in one sentence
SMALLEST_SAID = 0.001
Names = Mapping[str, str]


@dataclass(frozen=True)
class Basis:
    """Where the numbers of a cause picture come from: days looked at (both included), as-of day, the demo bank's."""

    first: date
    last: date
    as_of: date
    demo: bool


def basis_line(basis: Basis) -> Message:
    """Write the source line of a picture."""
    return Message(
        N_("Data: {data} · received {first} to {last}, as known on {as_of}"),
        {
            "data": Message(N_("demo bank")) if basis.demo else Message(N_("ticket exports")),
            "first": str(basis.first),
            "last": str(basis.last),
            "as_of": str(basis.as_of),
        },
    )


def chance_words(p: float) -> Message:
    """Say how often chance alone does this."""
    if p < SMALLEST_SAID:
        return Message(N_("in fewer than 1 of 1,000 cases"))
    return Message(N_("in {p:.1%} of cases"), {"p": p})


def replies_finding(result: ReplyDivergence, names: Names) -> Message:
    """Say whether branches answer the same questions alike."""
    if result.p is None:
        if result.questions.empty:
            return Message(N_("Reply positions cannot be compared: the tickets hold no replies to a named question."))
        return Message(
            N_("Reply positions cannot be compared yet: no question has {need} replies at two branches or more."),
            {"need": FEWEST_REPLIES},
        )
    apart = result.apart
    if not apart.empty:
        parts = [
            Message(
                N_("{branch} says “{position}” in {said} of {replies} replies on “{question}”, elsewhere {other:.0%}"),
                {
                    "branch": names.get(row.branch_id, row.branch_id),
                    "position": shortened(row.position),
                    "said": row.said,
                    "replies": row.replies,
                    "question": row.question_key,
                    "other": row.elsewhere_share,
                },
            )
            if row.share > row.elsewhere_share
            else Message(
                N_(
                    "{branch} says “{position}” in only {said} of {replies} replies on “{question}”, "
                    "elsewhere {other:.0%}"
                ),
                {
                    "branch": names.get(row.branch_id, row.branch_id),
                    "position": shortened(row.position),
                    "said": row.said,
                    "replies": row.replies,
                    "question": row.question_key,
                    "other": row.elsewhere_share,
                },
            )
            for row in apart.head(NAMED_AT_MOST).itertuples()
        ]
        return Message(N_("{parts}."), {"parts": _with_rest(parts, len(apart))})
    if result.differs:
        return Message(
            N_("Branches answer differently as a whole (chance alone does this {chance}); no single one stands apart."),
            {"chance": chance_words(result.p)},
        )
    return Message(
        N_("No difference in replies beyond chance: {replies} replies to {questions} questions compared."),
        {"replies": result.replies, "questions": int(result.questions["judged"].sum())},
    )


def approvals_finding(result: ApprovalStandards, names: Names) -> Message:
    """Say whether branches decide the same requests alike."""
    if result.p is None:
        if result.requested == 0:
            return Message(N_("Approval standards cannot be compared: the tickets hold no decided requests."))
        return Message(
            N_(
                "Approval standards cannot be compared yet: {requested} requests decided; {need} at two branches "
                "needed."
            ),
            {"requested": result.requested, "need": FEWEST_APPROVALS},
        )
    apart = result.apart
    if not apart.empty:
        parts = [
            Message(
                N_("{branch} grants {granted} of {requested} requests, others {others:.0%} of the same mix"),
                {
                    "branch": names.get(row.branch_id, row.branch_id),
                    "granted": row.granted,
                    "requested": row.requested,
                    "others": row.others if row.others == row.others else row.expected / row.requested,
                },
            )
            for row in apart.head(NAMED_AT_MOST).itertuples()
        ]
        return Message(N_("{parts}."), {"parts": _with_rest(parts, len(apart))})
    if result.differs:
        return Message(
            N_(
                "Approvals differ between branches as a whole (chance alone does this {chance}); no single one "
                "stands apart."
            ),
            {"chance": chance_words(result.p)},
        )
    return Message(
        N_("No difference in approvals beyond chance: {requested} requests decided, {granted} granted."),
        {"requested": result.requested, "granted": result.granted},
    )


def balance_finding(result: BalanceRelation, names: Names) -> Message:
    """Say whether complaints follow the loan balance, and which branches lie off the curve."""
    if result.elasticity is None or result.low is None or result.high is None:
        if result.branches.empty:
            return Message(N_("Complaints cannot be compared with loan balances: no balances are known."))
        return Message(
            N_(
                "Complaints cannot be compared with loan balances yet: {customers} customers at {branches} branches; "
                "{need} at {units} branches of different size needed."
            ),
            {
                "customers": result.customers,
                "branches": len(result.branches),
                "need": FEWEST_CUSTOMERS,
                "units": FEWEST_BRANCHES,
            },
        )
    if not result.rises:
        how = N_("Complaints do not rise with the loan balance beyond chance")
    elif result.high < 1:
        how = N_("Complaints rise with the loan balance, less than in proportion")
    elif result.low > 1:
        how = N_("Complaints rise with the loan balance, more than in proportion")
    else:
        how = N_("Complaints rise in proportion to the loan balance")
    slope = Message(
        N_("{how} (elasticity {elasticity:.2f}, {low:.2f}–{high:.2f})"),
        {"how": Message(how), "elasticity": result.elasticity, "low": result.low, "high": result.high},
    )
    apart = result.apart
    if apart.empty:
        return Message(N_("{slope}; no branch lies off the curve beyond branch noise."), {"slope": slope})
    parts = [
        Message(
            N_("{branch} has {customers} customers where its balance stands for {expected:.0f}"),
            {
                "branch": names.get(row.branch_id, row.branch_id),
                "customers": row.customers,
                "expected": row.expected,
            },
        )
        for row in apart.head(NAMED_AT_MOST).itertuples()
    ]
    return Message(N_("{slope}; {parts}."), {"slope": slope, "parts": _with_rest(parts, len(apart))})


def demands_finding(result: Demands, missing: pd.DataFrame, rounds: int) -> Message:
    """Say how unreasonable demands end, and who waits for mediation."""
    waiting = mediation_finding(missing, rounds)
    if not result.tickets or result.share is None:
        return Message(N_("Demands cannot be compared: no first round is decided. {waiting}"), {"waiting": waiting})
    numbers = {"count": result.unreasonable, "tickets": result.tickets, "share": result.share, "waiting": waiting}
    if result.p is None:
        return Message(
            N_(
                "Unreasonable demands: {count} of {tickets} tickets ({share:.0%}), fewer than the {need} needed to "
                "compare how they end. {waiting}"
            ),
            numbers | {"need": FEWEST_DEMANDS},
        )
    first = result.first.set_index("kind")
    numbers |= {"rate": first.at["unreasonable", "rate"], "other": first.at["other", "rate"]}
    if result.differs:
        return Message(
            N_(
                "Unreasonable demands: {count} of {tickets} tickets ({share:.0%}); {rate:.0%} of them end not "
                "agreed in "
                "the first round, {other:.0%} of the others. {waiting}"
            ),
            numbers,
        )
    return Message(
        N_(
            "Unreasonable demands: {count} of {tickets} tickets ({share:.0%}); they end no worse than the others "
            "beyond "
            "chance. {waiting}"
        ),
        numbers,
    )


def mediation_finding(missing: pd.DataFrame, rounds: int) -> Message:
    """Say how many qualify for mediation and are not there."""
    if missing.empty:
        return Message(N_("Everybody who qualifies for mediation is there."))
    return Message(
        N_(
            "{count} tickets with {rounds} rounds or more are not agreed and not in mediation, {open} of them "
            "still open."
        ),
        {"count": len(missing), "rounds": rounds, "open": int(missing["closed_at"].isna().sum())},
    )


def shortened(text: object, most: int = 20) -> str:
    """Shorten a derived position, which is a whole sentence."""
    words = str(text)
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _with_rest(parts: list[Message], count: int) -> Message:
    said = listed(parts)
    if count <= NAMED_AT_MOST:
        return said
    return Message(N_("{parts}, and {more} more"), {"parts": said, "more": count - NAMED_AT_MOST})
