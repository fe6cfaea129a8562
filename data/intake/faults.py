"""Why a row is set aside, and what was assumed about others: from the checks' columns to sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.intake.kinds import Kind
from data.intake.mapping import ColumnMapping
from texts import N_, Message

FAULT, NOTE = "fault_", "note_"

# By the last part of the name of a check's column. {column} is the header in the user's file, {value} what stood there.
TEMPLATES: Mapping[str, str] = {
    "missing": N_("Column {column} is empty, and a row needs it. Fill it in."),
    "shortened": N_(
        "“{value}” in column {column} is a number that a spreadsheet has shortened. Format the column as text and"
        " export again."
    ),
    "no_date": N_("“{value}” in column {column} is not a date. Write it as 2025-03-05 or 2025-03-05 10:30:00."),
    "implausible": N_("The date “{value}” in column {column} is before 2000 or after {latest}. Check the year."),
    "before_receipt": N_("“{value}” in column {column} lies before the receipt, {received}. Correct one of the two."),
    "no_number": N_("“{value}” in column {column} is not a number. Write it as 1234.50."),
    "negative": N_("“{value}” in column {column} is negative. Write the amount without a sign."),
    "too_large": N_("“{value}” in column {column} is too large for an amount in yuan. Check the unit."),
    "no_count": N_("“{value}” in column {column} is not a whole number that can be counted. Write it as 3."),
    "unknown_word": N_("“{value}” in column {column} is not a known word. Use one of: {words}."),
    "undated": N_("Column {column} says “{value}”, but no column gives a date for it. Fill in the date."),
}
NOTES: Mapping[str, str] = {
    "outcome_dated_by_stand_in": N_(
        "{count} rows have a first outcome without a date; the date was taken from {columns}, not before the receipt."
    ),
    "closed_dated_by_stand_in": N_("{count} rows have a final outcome without a date; it was taken from {columns}."),
    "date_without_outcome": N_("{count} rows have a date in column {column} but no outcome; the date was not used."),
}
NOTE_COLUMNS = {
    "outcome_dated_by_stand_in": "first_outcome_at",
    "closed_dated_by_stand_in": "closed_at",
    "date_without_outcome": "first_outcome_at",
}
WORD_LISTS = {
    "first_outcome": ("agreed", "not_agreed", "undecided"),
    "final_outcome": ("agreed", "not_agreed", "undecided"),
    "result": ("agreed", "not_agreed", "undecided"),
    "approval_granted": ("yes", "no"),
    "medium": ("call", "chat"),
    "speaker": ("customer", "agent"),
}
MOST_WORDS = 12


def header_of(name: str, mapping: ColumnMapping) -> str:
    """Give the user's own header for a canonical column, or its canonical name where the file has none."""
    source = mapping.columns.get(name)
    while source is not None and source.how == "same_as":
        name, source = source.columns[0], mapping.columns.get(source.columns[0])
    return " + ".join(source.columns) if source is not None and source.how != "constant" else name


def reason(fault: str, kind: Kind, values: Mapping[str, str], mapping: ColumnMapping, latest: date) -> Message:
    """Say why a row is set aside: `fault` is a check's column, `values` the row's text by canonical column."""
    name = next(
        c.name for c in sorted(kind.columns, key=lambda c: -len(c.name)) if fault.startswith(f"{FAULT}{c.name}_")
    )
    what = fault.removeprefix(f"{FAULT}{name}_")
    params: dict[str, object] = {"column": header_of(name, mapping)}
    if what != "missing":
        params["value"] = values.get(name, "")
    if what == "implausible":
        params["latest"] = latest.isoformat()
    if what == "before_receipt":
        params["received"] = values.get("received_at", "")
    if what == "unknown_word":
        lists = [mapping.words[key] for key in WORD_LISTS[name]]
        each = max(MOST_WORDS // len(lists), 2)
        params["words"] = ", ".join(word for words in lists for word in words[:each])
    return Message(TEMPLATES[what], params)


def note(what: str, count: int, mapping: ColumnMapping) -> Message:
    """Say what was assumed about `count` rows."""
    name = NOTE_COLUMNS[what]
    params: dict[str, object] = {"count": count}
    if what == "date_without_outcome":
        params["column"] = header_of(name, mapping)
    else:
        chain = [c for c in mapping.fallback.get(name, ()) if c in mapping.columns]
        params["columns"] = ", ".join(header_of(c, mapping) for c in chain)
    return Message(NOTES[what], params)
