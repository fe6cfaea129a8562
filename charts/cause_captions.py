"""The words around the cause pictures: the finding, its figures, its source."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.approval_standards import ApprovalStandards
from analytics.demands import Demands
from analytics.loan_balance import BalanceRelation
from analytics.reply_divergence import ReplyDivergence
from charts.cause_words import (
    Basis,
    Names,
    approvals_finding,
    balance_finding,
    basis_line,
    chance_words,
    shortened,
)
from charts.threshold import Caption
from charts.warning_words import listed
from texts import N_, Message

NAMED = 2  # branches named in a picture's title


def replies_caption(result: ReplyDivergence, question: str, names: Names, basis: Basis) -> Caption:
    """Write what one question's picture shows."""
    rows = result.questions.set_index("question_key")
    row = rows.loc[question]
    apart = result.apart[result.apart["question_key"] == question]
    numbers = {"replies": int(row["replies"]), "branches": int(row["branches"])}
    if not row["judged"]:
        finding = Message(N_("“{question}”: too few replies to compare"), {"question": question})
        figures = Message(N_("{replies} replies at {branches} branches"), numbers)
        return Caption(finding, figures, basis_line(basis))
    if apart.empty:
        finding = Message(N_("“{question}”: no branch stands apart"), {"question": question})
    else:
        parts = [
            Message(
                N_("{branch} says “{position}” in {share:.0%}, elsewhere {other:.0%}"),
                {
                    "branch": names.get(one.branch_id, one.branch_id),
                    "position": shortened(one.position),
                    "share": one.share,
                    "other": one.elsewhere_share,
                },
            )
            for one in apart.head(NAMED).itertuples()
        ]
        finding = Message(N_("“{question}”: {parts}"), {"question": question, "parts": listed(parts)})
    figures = Message(
        N_(
            "{replies} replies at {branches} branches · divergence {divergence:.3f} (0: all alike), by chance "
            "{expected:.3f} on average · chance alone reaches this {chance}"
        ),
        numbers
        | {
            "divergence": float(row["divergence"]),
            "expected": float(row["expected"]),
            "chance": chance_words(float(row["p"])),
        },
    )
    return Caption(finding, figures, basis_line(basis))


def approvals_caption(result: ApprovalStandards, names: Names, basis: Basis) -> Caption:
    """Write what the picture of the approvals shows."""
    if result.p is None:
        return Caption(
            approvals_finding(result, names),
            Message(N_("{requested} requests decided"), {"requested": result.requested}),
            basis_line(basis),
        )
    figures = Message(
        N_(
            "{requested} requests decided, {granted} granted · compared within {types} types of request · "
            "chance alone reaches these differences {chance}"
        ),
        {
            "requested": result.requested,
            "granted": result.granted,
            "types": len(result.types),
            "chance": chance_words(result.p),
        },
    )
    return Caption(approvals_finding(result, names), figures, basis_line(basis))


def balance_caption(result: BalanceRelation, names: Names, basis: Basis) -> Caption:
    """Write what the picture of customers against balances shows."""
    figures = Message(
        N_("{customers} customers at {branches} branches · 1% more balance goes with {slope:.2f}% more customers"),
        {"customers": result.customers, "branches": len(result.branches), "slope": result.elasticity or 0.0},
    )
    if result.elasticity is None:
        figures = Message(
            N_("{customers} customers at {branches} branches"),
            {"customers": result.customers, "branches": len(result.branches)},
        )
    return Caption(balance_finding(result, names), figures, basis_line(basis))


def of_class(caption: Caption, name: str) -> Caption:
    """Name the class in a picture that leaves the house: on the screen it stands above the picture."""
    return replace(caption, figures=Message(N_("{name} · {figures}"), {"name": name, "figures": caption.figures}))


def rounds_caption(result: Demands, basis: Basis) -> Caption:
    """Write what the picture of the rounds shows."""
    course = result.course
    numbers = {
        "tickets": result.tickets,
        "unreasonable": result.unreasonable,
        "several": _reached(course, 2),
        "three": _reached(course, 3),
    }
    figures = Message(
        N_(
            "{tickets} tickets decided, {unreasonable} with an unreasonable demand · {several} reach round 2, "
            "{three} round 3 · beside the marks: agreed / reached and decided"
        )
        if result.rounds_told
        else N_(
            "{tickets} tickets decided, {unreasonable} with an unreasonable demand · the tickets do not tell their "
            "rounds: the first is drawn · beside the marks: agreed / decided"
        ),
        numbers,
    )
    if result.p is None:
        finding = Message(N_("Too few unreasonable demands to compare how they end"))
    else:
        first = result.first.set_index("kind")["rate"]
        said = {"rate": float(first["unreasonable"]), "other": float(first["other"])}
        finding = (
            Message(
                N_("Not agreed in the first round: {rate:.0%} of unreasonable demands, {other:.0%} of the others"), said
            )
            if result.differs
            else Message(N_("Unreasonable demands end no worse than the others beyond chance"))
        )
    return Caption(finding, figures, basis_line(basis))


def _reached(course: pd.DataFrame, number: int) -> int:
    return int(course.loc[course["round"] == number, "reached"].sum())
