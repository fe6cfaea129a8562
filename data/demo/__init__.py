"""The demo bank: a synthetic bank with known truth, three years of complaints from a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.bank import BANK_NAME, balance_table, branch_table
from data.demo.cases import CASE_ONE, case_events, case_tickets
from data.demo.conversations import draw_conversations
from data.demo.measured import with_measure
from data.demo.plans import plan_table
from data.demo.steps import draw_steps_beside
from data.demo.tickets import true_tickets
from data.demo.truth import EFFECTS, PlantedEffect, Truth
from data.demo.versions import EXPORT_END, TICKET_COLUMNS, nightly_versions

__all__ = [
    "BANK_NAME",
    "CASE_ONE",
    "DEMO_SEED",
    "EXPORT_END",
    "TICKET_COLUMNS",
    "DemoBank",
    "PlantedEffect",
    "Truth",
    "demo_bank",
]

DEMO_SEED = 142


@dataclass(frozen=True)
class DemoBank:
    """Everything the demo bank's systems export, and apart from it what is planted.

    tickets: a row a ticket version, as the nightly exports said it (TICKET_COLUMNS). events: ticket_id, event, at,
    party, detail. branches: branch_id, branch_name, region, outlets, personal_customers. balances: branch_id,
    month (first day), loan_balance (yuan at its end). interactions: interaction_id, turn, at, medium, speaker, text,
    customer_id, branch_id, product, ticket_id. plans: the columns of stored.plans.
    """

    tickets: pd.DataFrame
    events: pd.DataFrame
    branches: pd.DataFrame
    balances: pd.DataFrame
    interactions: pd.DataFrame
    plans: pd.DataFrame
    truth: Truth


def demo_bank(seed: int = DEMO_SEED) -> DemoBank:
    """Generate the demo bank: 36 branches, 2023-01-01 to 2025-12-31; the same seed gives the same bank."""
    rng = np.random.default_rng(seed)
    branches = branch_table(rng)
    balances = balance_table(branches, rng)
    tickets = true_tickets(branches, balances, rng)
    planned, tickets = tickets, with_measure(tickets)
    told = case_events()
    drawn = draw_steps_beside(tickets[~tickets["ticket_id"].isin(told["ticket_id"])], rng)
    events = pd.concat([drawn, told], ignore_index=True)
    conversations = draw_conversations(planned, branches, rng)  # what was said before the outcome stays
    beside = case_tickets(beside=True).reindex(columns=tickets.columns).astype(tickets.dtypes.to_dict())
    tickets = pd.concat([tickets, beside], ignore_index=True)
    truth = tickets[
        [
            "ticket_id",
            "temper",
            "unreasonable",
            "p_not_agreed",
            "p_final_not_agreed",
            "first_outcome",
            "final_outcome",
            "true_position",
            "corrected_at",
        ]
    ]
    return DemoBank(
        tickets=nightly_versions(tickets),
        events=events.sort_values(["at", "ticket_id", "event"], kind="stable", ignore_index=True),
        branches=branches.drop(columns="loan_balance"),
        balances=balances,
        interactions=conversations.turns,
        plans=plan_table(),
        truth=Truth(EFFECTS, truth, conversations.truth, conversations.turn_truth),
    )
