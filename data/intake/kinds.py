"""The kinds of file the intake knows, and the columns of each: one place for names, types and what is required."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from texts import N_, Message, Problem

KindName = Literal["tickets", "events", "branches", "balances", "interactions"]
ColumnType = Literal["id", "text", "moment", "month", "amount", "integer", "outcome", "yes_no", "medium", "speaker"]


@dataclass(frozen=True)
class Column:
    """One canonical column: its name in the store, how its text is read, and whether a row needs it."""

    name: str
    type: ColumnType
    required: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of file: its columns in the order of the store's table, and the table it goes to."""

    name: KindName
    table: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a row cannot be stored."""
        return tuple(c.name for c in self.columns if c.required)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """Give a column by name; KeyError where the kind has none of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


TICKETS = Kind(
    "tickets",
    "stored.ticket_versions",
    (
        Column("ticket_id", "id", True),
        Column("customer_id", "id", True),
        Column("received_at", "moment", True),
        Column("complaint_class", "text", True),
        Column("product", "text"),
        Column("business_type", "text"),
        Column("channel", "text"),
        Column("branch_id", "id", True),
        Column("department", "text"),
        Column("cause", "text"),
        Column("industry_cause", "text"),
        Column("demand", "text"),
        Column("amount", "amount"),
        Column("dispatched_at", "moment"),
        Column("first_contact_at", "moment"),
        Column("first_reply_at", "moment"),
        Column("first_outcome", "outcome"),
        Column("first_outcome_at", "moment"),
        Column("rounds", "integer"),
        Column("final_outcome", "outcome"),
        Column("closed_at", "moment"),
        Column("question_key", "id"),
        Column("reply_position", "text"),
        Column("reply_text", "text"),
        Column("approval_requested", "text"),
        Column("approval_granted", "yes_no"),
        Column("narrative", "text"),
        Column("updated_at", "moment"),
    ),
)
EVENTS = Kind(
    "events",
    "stored.events",
    (
        Column("ticket_id", "id", True),
        Column("event", "text", True),
        Column("at", "moment", True),
        Column("party", "text"),
        Column("detail", "text"),
        Column("mediator", "text"),
        Column("result", "outcome"),
    ),
)
BRANCHES = Kind(
    "branches",
    "stored.branches",
    (
        Column("branch_id", "id", True),
        Column("branch_name", "text", True),
        Column("region", "text"),
        Column("outlets", "integer"),
        Column("personal_customers", "integer"),
    ),
)
BALANCES = Kind(
    "balances",
    "stored.branch_balances",
    (
        Column("branch_id", "id", True),
        Column("month", "month", True),
        Column("loan_balance", "amount", True),
    ),
)
INTERACTIONS = Kind(
    "interactions",
    "stored.interactions",
    (
        Column("interaction_id", "id", True),
        Column("turn", "integer", True),
        Column("at", "moment", True),
        Column("medium", "medium", True),
        Column("speaker", "speaker", True),
        Column("text", "text", True),
        Column("customer_id", "id"),
        Column("branch_id", "id"),
        Column("product", "text"),
        Column("ticket_id", "id"),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {kind.name: kind for kind in (TICKETS, EVENTS, BRANCHES, BALANCES, INTERACTIONS)}
)


def kind_named(name: str) -> Kind:
    """Give the kind of a name; raises Problem for a name the intake does not know."""
    if name not in KINDS:
        raise Problem(
            Message(N_("“{kind}” is not a kind of file."), {"kind": name}),
            Message(N_("Use one of: {kinds}."), {"kinds": ", ".join(KINDS)}),
        )
    return KINDS[name]
