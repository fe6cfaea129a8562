"""What a pack shows of a class's causes: the pictures of what differs beyond chance, and the quotas."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analytics.demands import Demands
from answers.causes import (
    Asked,
    Replies,
    approvals,
    balance,
    branch_names,
    demands,
    mediation,
    missing_mediation,
    other_business,
    replies,
)
from answers.quotas import Basis, quotas
from charts.cause_approvals import approvals_figure, approvals_table
from charts.cause_balance import balance_figure, balance_table
from charts.cause_captions import approvals_caption, balance_caption, of_class, replies_caption, rounds_caption
from charts.cause_replies import positions_table, replies_figure
from charts.cause_rounds import rounds_figure, rounds_table
from charts.cause_words import Basis as Origin
from charts.cause_words import Names, mediation_finding
from reports.exhibit import Exhibit
from texts import N_, Language, Message, render

QUOTA_NAMES: dict[Basis, str] = {
    "customers": N_("quotas of complaining customers"),
    "not_agreed": N_("quotas of customers not agreed"),
}


def cause_exhibits(asked: Asked, demo: bool, language: Language, week: str, rounds: int) -> list[Exhibit]:
    """Give the exhibits of one class's causes; none where nothing can be compared, or one branch alone is seen.

    A picture of replies or approvals is there where a branch stands apart, of the rounds where unreasonable demands
    end otherwise, of balances where they can be judged and the class is about loans; the quotas and who is not in
    mediation are tables.
    """
    if asked.scope.branch_scope is not None:
        return []
    names = branch_names(asked)
    origin = Origin(asked.first, asked.last, asked.as_of, demo)
    told = replies(asked)
    found = [
        _replies(asked, told, question, names, origin, language, week)
        for question in dict.fromkeys(told.divergence.apart["question_key"].astype(str))
    ]
    granted = approvals(asked)
    if not granted.apart.empty or granted.differs:
        table, caption = approvals_table(granted, names), approvals_caption(granted, names, origin)
        found.append(
            Exhibit(
                name=(asked.complaint_class, _said(N_("approval standards"), language), week),
                title=render(caption.finding, language),
                figure=partial(approvals_figure, table, of_class(caption, asked.complaint_class), language, "print"),
                table=partial(_as_is, table),
            )
        )
    follows = balance(asked)
    if follows.elasticity is not None and other_business(asked) is None:
        table, caption = balance_table(follows, names), balance_caption(follows, names, origin)
        found.append(
            Exhibit(
                name=(asked.complaint_class, _said(N_("complaints and loan balance"), language), week),
                title=render(caption.finding, language),
                figure=partial(
                    balance_figure, follows, table, of_class(caption, asked.complaint_class), language, "print"
                ),
                table=partial(_as_is, table),
            )
        )
        found += [exhibit for basis in QUOTA_NAMES if (exhibit := _quotas(asked, basis, names, language, week))]
    ends = demands(asked)
    if ends.differs:
        found.append(_rounds(asked, ends, origin, language, week))
    missing = missing_mediation(mediation(asked))
    if not missing.empty:
        found.append(
            Exhibit(
                name=(asked.complaint_class, _said(N_("not in mediation"), language), week),
                title=render(mediation_finding(missing, rounds), language),
                figure=None,
                table=partial(_as_is, missing),
            )
        )
    return found


def _replies(
    asked: Asked, told: Replies, question: str, names: Names, origin: Origin, language: Language, week: str
) -> Exhibit:
    table = positions_table(told.counts, told.divergence.apart, question, names)
    caption = replies_caption(told.divergence, question, names, origin)
    return Exhibit(
        name=(asked.complaint_class, _said(N_("reply positions"), language), question, week),
        title=render(caption.finding, language),
        figure=partial(replies_figure, table, of_class(caption, asked.complaint_class), language, "print"),
        table=partial(_as_is, table),
    )


def _rounds(asked: Asked, ends: Demands, origin: Origin, language: Language, week: str) -> Exhibit:
    caption = rounds_caption(ends, origin)
    return Exhibit(
        name=(asked.complaint_class, _said(N_("rounds"), language), week),
        title=render(caption.finding, language),
        figure=partial(rounds_figure, ends, of_class(caption, asked.complaint_class), language, "print"),
        table=partial(rounds_table, ends),
    )


def _quotas(asked: Asked, basis: Basis, names: Names, language: Language, week: str) -> Exhibit | None:
    shared = quotas(asked, basis)
    if shared is None:
        return None
    table = shared.table.copy()
    table.insert(1, "branch_name", table["branch_id"].map(lambda branch: names.get(str(branch), str(branch))))
    title = Message(
        N_("{total} customers shared out by balance^{elasticity:.2f}"),
        {"total": shared.total, "elasticity": shared.elasticity},
    )
    return Exhibit(
        name=(asked.complaint_class, _said(QUOTA_NAMES[basis], language), week),
        title=render(title, language),
        figure=None,
        table=partial(_as_is, table),
    )


def _said(text: str, language: Language) -> str:
    return render(Message(text), language)


def _as_is(table: pd.DataFrame) -> pd.DataFrame:
    return table
