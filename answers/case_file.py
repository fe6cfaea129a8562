"""One case with everything about it: its story, what was entered, letters that name it, calls, earlier cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.case_steps import Step, in_order, said
from analytics.letter_number import number_of
from analytics.similar_cases import SimilarCases, similar_cases
from answers.case_board import CASE_KINDS, Case, put_cases, subject_of
from answers.case_limits import limits_in_force
from answers.kept import kept
from data.ledger import Entry, entries, read_entries, standing
from data.scope import Scope
from data.store import Store

MOST_EARLIER = 1_500  # earlier cases that a case is compared with, the latest
MOST_SIMILAR = 5
OF_BRANCH = ("letter_received", "letter_answered")


@dataclass(frozen=True)
class CaseFile:
    """Everything about one case on a day.

    case: with the steps of columns, events and entries. story: those steps and the conversations and mentions, in
    order of time. written: the ledger's entries about the case, corrections included. mentions: letters, hazards,
    decisions and measures that name it, as they stand; mentioned: the same as steps, one by one. conversations:
    DataFrame of turns (query `case_conversations`). similar: earlier cases like it, with `solution`, what was offered
    then.
    """

    case: Case
    story: tuple[Step, ...]
    written: tuple[Entry, ...]
    mentions: tuple[Entry, ...]
    mentioned: tuple[Step, ...]
    conversations: pd.DataFrame
    similar: SimilarCases


def case_file(store: Store, scope: Scope, ticket_id: str, as_of: date) -> CaseFile | None:
    """Put one case's file together; None where the ticket is not known on the day, or not the reader's to see."""
    tickets = store.read("case_ticket", scope, as_of, ticket_id=ticket_id)
    if tickets.empty:
        return None
    limits = limits_in_force(store, scope, as_of, str(tickets["complaint_class"].iloc[0]))
    (case,) = put_cases(store, scope, tickets, as_of, limits)
    written = entries(store, scope, as_of, kinds=CASE_KINDS, subject=subject_of(ticket_id))
    mentions = standing(read_entries(store.read("case_mentions", scope, as_of, ticket_id=ticket_id)))
    mentioned = mention_steps(mentions)
    turns = store.read("case_conversations", scope, as_of, ticket_id=ticket_id)
    return CaseFile(
        case=case,
        story=tuple(in_order([*case.steps, *conversation_steps(turns), *mentioned])),
        written=tuple(written),
        mentions=tuple(mentions),
        mentioned=tuple(mentioned),
        conversations=turns,
        similar=_similar(store, scope, tickets, as_of),
    )


def conversation_steps(turns: pd.DataFrame) -> list[Step]:
    """Give a step a conversation: when it began, and what the customer said last."""
    steps = []
    for _, part in turns.groupby("interaction_id", sort=False):
        own = part[part["speaker"] == "customer"]
        text = str(own["text"].iloc[-1]) if len(own) else ""
        kind = str(part["medium"].iloc[0])
        steps.append(Step(part["happened_at"].iloc[0].to_pydatetime(), kind, "customer", "", text, "conversation"))
    return steps


def mention_steps(mentions: list[Entry]) -> list[Step]:
    """Give a step a letter, hazard, decision or measure that names the case; what a branch does with a letter is the
    branch's step."""
    return [
        Step(
            entry.entered_at.combine(entry.on_day, entry.entered_at.time()),
            entry.kind,
            "branch" if entry.kind in OF_BRANCH else "head_office",
            "",
            _told(entry.body),
            "letter",
            who=entry.who,
            entry_id=entry.entry_id,
        )
        for entry in mentions
    ]


def _told(body: Mapping[str, Any]) -> str:
    """Give what an entry of another kind is about, in its own words: of a letter its title, of a link to one its
    number, else its remark."""
    content = body.get("content")
    if said(body.get("addressee")) and said(body.get("text")):
        return f"{said(body.get('addressee'))} · {said(body.get('text'))}"
    if body.get("to") == "letter":
        return number_of(said(body.get("key")))
    for part in (content if isinstance(content, Mapping) else {}, body):
        for name in ("title", "what", "text", "told", "remark", "reason"):
            if said(part.get(name)):
                return said(part.get(name))
    return ""


def _similar(store: Store, scope: Scope, ticket: pd.DataFrame, as_of: date) -> SimilarCases:
    own = ticket.iloc[0]

    def work() -> SimilarCases:
        earlier = store.read(
            "earlier_cases",
            scope,
            as_of,
            complaint_class=own["complaint_class"],
            ticket_id=own["ticket_id"],
            before=own["received_at"].to_pydatetime(),
            most=MOST_EARLIER,
        )
        found = similar_cases(ticket, earlier, MOST_SIMILAR)
        ids = [str(ticket_id) for ticket_id in found.cases["ticket_id"]]
        offered: dict[str, str] = {}
        if ids:
            happened = store.read("case_events", scope, as_of, tickets=ids)
            for event in ("tailored_solution", "个性化方案", "mediation_held", "三方调解"):
                for row in happened[happened["event"] == event].itertuples():
                    offered.setdefault(str(row.ticket_id), said(row.detail))
        with_solution = found.cases.assign(solution=[offered.get(ticket_id, "") for ticket_id in ids])
        return SimilarCases(with_solution, found.agreed, found.decided, found.days)

    return kept(store, ("similar_cases", scope, own["ticket_id"], as_of), work)
