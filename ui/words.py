"""What the store's kinds, columns and checks are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from data.intake.labels import COLUMN_LABELS, KIND_LABELS, listed
from texts import N_, Message

KINDS, COLUMNS = KIND_LABELS, COLUMN_LABELS
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


def word(table: Mapping[str, str], name: str) -> Message:
    """Give the word for a name; the name itself where the table has none."""
    return Message(table.get(name, "{name}"), {} if name in table else {"name": name})
