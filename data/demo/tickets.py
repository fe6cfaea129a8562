"""The tickets of the demo bank as they truly went, from receipt to closing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.cases import case_tickets
from data.demo.handling import draw_steps
from data.demo.matters import draw_matters, draw_repeats
from data.demo.narratives import write_narratives, write_replies
from data.demo.outcomes import class_levels, draw_approvals, draw_outcomes, draw_positions
from data.demo.volume import draw_receipts

TEXT_COLUMNS = (
    "ticket_id",
    "customer_id",
    "complaint_class",
    "product",
    "business_type",
    "channel",
    "branch_id",
    "department",
    "cause",
    "industry_cause",
    "demand",
    "first_outcome",
    "final_outcome",
    "question_key",
    "reply_position",
    "true_position",
    "reply_text",
    "approval_requested",
    "narrative",
    "temper",
)


def true_tickets(branches: pd.DataFrame, balances: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give a row a ticket with its whole course, also past the last export, and the hidden columns of the truth.

    branches, balances: from `data.demo.bank`.
    """
    cases = case_tickets()
    told = cases.groupby([cases["complaint_class"], cases["received_at"].dt.year]).size()
    reserved = {(str(name), int(year)): int(count) for (name, year), count in told.items()}
    matters = draw_matters(draw_receipts(branches, balances, reserved, rng), branches, rng)
    levels = class_levels(matters)
    first = draw_outcomes(draw_steps(matters, rng), levels, rng)
    repeats = draw_outcomes(draw_steps(draw_repeats(first, rng), rng), levels, rng)
    tickets = pd.concat([first, repeats], ignore_index=True)
    tickets = draw_positions(draw_approvals(tickets, rng), rng)
    names = dict(zip(branches["branch_id"], branches["branch_name"], strict=True))
    tickets["narrative"] = write_narratives(tickets, names, rng)
    tickets["reply_text"] = write_replies(tickets, names, rng)
    tickets = pd.concat([tickets, cases], ignore_index=True)
    tickets = tickets.sort_values(["received_at", "customer_id"], kind="stable", ignore_index=True)
    tickets["ticket_id"] = _ticket_ids(tickets)
    tickets["approval_granted"] = tickets["approval_granted"].astype("boolean")
    return tickets.astype(dict.fromkeys(TEXT_COLUMNS, "str"))


def _ticket_ids(tickets: pd.DataFrame) -> pd.Series:
    """Give running numbers within the day of receipt, such as T20250512-003; a case keeps the id it came with."""
    day = tickets["received_at"].dt.strftime("%Y%m%d")
    number = day.groupby(day).cumcount() + 1
    running = "T" + day + "-" + number.astype(str).str.zfill(3)
    return tickets["ticket_id"].where(tickets["ticket_id"].notna(), running)
