"""What kinds and canonical columns are called in sentences; a list of them as one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from texts import N_, Message

KIND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "tickets": N_("Tickets"),
        "events": N_("Case steps"),
        "branches": N_("Branches"),
        "balances": N_("Loan balances"),
        "interactions": N_("Calls and chats"),
    }
)
COLUMN_LABELS: Mapping[str, str] = MappingProxyType(
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
        "mediator": N_("Mediator"),
        "result": N_("Result of the step"),
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


def kind_label(name: str) -> Message:
    """Give what a kind of file is called."""
    return Message(KIND_LABELS[name])


def column_label(name: str) -> Message:
    """Give what a canonical column is called."""
    return Message(COLUMN_LABELS[name])


def listed(messages: Iterable[Message]) -> Message:
    """Give one or more messages as one, with the language's comma between them."""
    first, *others = messages
    return Message(N_("{first}, {others}"), {"first": first, "others": listed(others)}) if others else first


def column_labels(names: Iterable[str]) -> Message:
    """Give what one or more canonical columns are called, as a list."""
    return listed(column_label(name) for name in names)
