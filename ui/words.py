"""What the store's kinds, columns and checks are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from texts import N_, Message

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "tickets": N_("Tickets"),
        "events": N_("Case steps"),
        "branches": N_("Branches"),
        "balances": N_("Loan balances"),
        "interactions": N_("Calls and chats"),
    }
)
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "ticket_id": N_("Ticket number"),
        "customer_id": N_("Customer number"),
        "received_at": N_("Received"),
        "complaint_class": N_("Complaint class"),
        "product": N_("Product"),
        "business_type": N_("Business type (JR/T 0169)"),
        "channel": N_("Channel"),
        "branch_id": N_("Branch"),
        "department": N_("Department in charge"),
        "cause": N_("Cause"),
        "industry_cause": N_("Cause (JR/T 0169)"),
        "demand": N_("Demand"),
        "amount": N_("Amount (yuan)"),
        "dispatched_at": N_("Dispatched"),
        "first_contact_at": N_("First contact"),
        "first_reply_at": N_("First reply"),
        "first_outcome": N_("First outcome"),
        "first_outcome_at": N_("First outcome on"),
        "rounds": N_("Rounds"),
        "final_outcome": N_("Final outcome"),
        "closed_at": N_("Closed"),
        "question_key": N_("Question number"),
        "reply_position": N_("Reply position"),
        "reply_text": N_("Reply"),
        "approval_requested": N_("Approval asked for"),
        "approval_granted": N_("Approval granted"),
        "narrative": N_("Complaint text"),
        "updated_at": N_("Last changed"),
        "event": N_("Step"),
        "at": N_("Time"),
        "party": N_("Party"),
        "detail": N_("Detail"),
        "branch_name": N_("Branch name"),
        "region": N_("Region"),
        "outlets": N_("Outlets"),
        "personal_customers": N_("Personal customers"),
        "month": N_("Month"),
        "loan_balance": N_("Loan balance"),
        "interaction_id": N_("Conversation number"),
        "turn": N_("Turn"),
        "medium": N_("Call or chat"),
        "speaker": N_("Speaker"),
        "text": N_("Words"),
    }
)
CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "undispatched": N_("No dispatch time"),
        "no_cause": N_("No cause"),
        "no_channel": N_("No channel"),
        "undecided_60_days": N_("No first outcome after 60 days"),
        "closed_without_outcome": N_("Closed, no first outcome"),
        "unknown_branch": N_("Branch not in the list"),
    }
)


def in_words(message: Message) -> Message:
    """Give a message of the intake with the store's column names in words, as in "no column for: cause, demand"."""
    params = {}
    for name, value in message.params.items():
        parts = value.split(", ") if isinstance(value, str) else []
        if name in ("column", "columns") and parts and all(part in COLUMNS for part in parts):
            params[name] = listed([Message(COLUMNS[part]) for part in parts])
        else:
            params[name] = in_words(value) if isinstance(value, Message) else value
    return Message(message.id, params)


def listed(messages: list[Message]) -> Message:
    """Give several messages as one, with the language's comma between them."""
    first, *others = messages
    return Message(N_("{first}, {others}"), {"first": first, "others": listed(others)}) if others else first


def word(table: Mapping[str, str], name: str) -> Message:
    """Give the word for a name; the name itself where the table has none."""
    return Message(table.get(name, "{name}"), {} if name in table else {"name": name})
