"""The register of mediations and of what management was asked for and granted, of one class and year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.case_steps import BRINGS, EVENT_KINDS, Stage, as_day, said
from answers.case_board import subject_of
from answers.kept import kept
from data.ledger import entries, standing
from data.scope import Scope
from data.store import Store

COLUMNS = ["ticket_id", "branch_name", "asked_on", "asked_of", "held_on", "result", "told", "final_outcome"]
ASKS = ("mediation_requested", "escalation")


def case_register(
    store: Store, scope: Scope, complaint_class: str, year: int, as_of: date, stage: Stage
) -> pd.DataFrame:
    """Give a row a mediation (`stage` "mediation") or escalation ("escalation") of a class and year, the latest first.

    Columns: ticket_id, branch_name, asked_on (first asked for), asked_of (the mediator, or who in management and what
    was asked), held_on (day of the mediation or of the decision; the day it is set for while it is to come), result
    (agreed, not_agreed; "" where nobody said), told (what came of it, in words), final_outcome (of the ticket).
    """
    return kept(
        store,
        ("case_register", scope, complaint_class, year, as_of, stage, store.entries_made),
        lambda: _put_together(store, scope, complaint_class, year, as_of, stage),
    )


def _put_together(
    store: Store, scope: Scope, complaint_class: str, year: int, as_of: date, stage: Stage
) -> pd.DataFrame:
    begins = {"from": date(year, 1, 1)}
    names = [name for name, kind in EVENT_KINDS.items() if BRINGS.get(kind) == stage]
    happened = store.read("case_further", scope, as_of, complaint_class=complaint_class, events=names, **begins)
    tickets = store.read("case_further_tickets", scope, as_of, complaint_class=complaint_class, **begins)
    rows: dict[str, dict[str, object]] = {}

    def row(ticket_id: str, branch: str, outcome: object) -> dict[str, object]:
        blank: dict[str, object] = {**dict.fromkeys(COLUMNS, ""), "asked_on": None, "held_on": None}
        return rows.setdefault(
            ticket_id, {**blank, "ticket_id": ticket_id, "branch_name": branch, "final_outcome": said(outcome)}
        )

    for step in happened.itertuples():
        own = row(str(step.ticket_id), str(step.branch_name), step.final_outcome)
        day, detail = step.happened_at.date(), said(step.detail)
        if EVENT_KINDS[str(step.event)] in ASKS:
            named = said(step.mediator) or detail
            _fill(own, asked_on=day, **({"asked_of": named} if stage == "mediation" else {"told": detail}))
        else:
            own |= {"held_on": day, "told": detail, "result": said(step.result)}
            if said(step.mediator):
                own["asked_of"] = said(step.mediator)
    known = {subject_of(str(ticket.ticket_id)): ticket for ticket in tickets.itertuples()}
    written = entries(store, scope, as_of, kinds=("case_step",), subjects=list(known)) if known else []
    for entry in standing(written):
        kind = said(entry.body.get("step"))
        if BRINGS.get(kind) != stage:
            continue
        ticket = known[entry.subject]
        own = row(str(ticket.ticket_id), str(ticket.branch_name), ticket.final_outcome)
        day = as_day(entry.body.get("on")) or entry.on_day
        if kind in ASKS:
            _fill(own, asked_on=day)
            own["asked_of"] = said(entry.body.get("mediator")) or said(entry.body.get("asked_of"))
        elif kind == "mediation_date":
            own["held_on"] = as_day(entry.body.get("scheduled"))
        else:
            granted = said(entry.body.get("granted")) or said(entry.body.get("text"))
            own |= {"held_on": day, "told": granted, "result": said(entry.body.get("result"))}
    table = pd.DataFrame(list(rows.values()), columns=COLUMNS)
    order = table["asked_on"].fillna(table["held_on"])
    return table.iloc[order.argsort(kind="stable")[::-1]].reset_index(drop=True) if len(table) else table


def _fill(row: dict[str, object], **values: object) -> None:
    """Set what is not known yet."""
    for name, value in values.items():
        if not row[name]:
            row[name] = value
