"""The limits that cases are measured by: the bank's own as last set, and a class's own bounds in their place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from analytics.case_limits import BY_CLASS, CaseLimits, case_limits_with
from data.ledger import Entry, append, read_entries, standing
from data.scope import Scope
from data.store import Store
from texts import N_, Message, Problem

LIMITS_KIND = LIMITS_SUBJECT = "case_limits"


def limits_subject(complaint_class: str | None) -> str:
    """Give the ledger's subject of the bank's limits, or of one class's own."""
    return LIMITS_SUBJECT if complaint_class is None else f"{LIMITS_SUBJECT}:{complaint_class}"


def limits_in_force(store: Store, scope: Scope, as_of: date, complaint_class: str | None = None) -> CaseLimits:
    """Give the limits as last set on or before a day: the bank's, and over them the class's own (`BY_CLASS`); the
    product's where none were set."""
    last = _last(store, scope, as_of)
    bank = _allowed(last.get(LIMITS_SUBJECT), CaseLimits())
    if complaint_class is None:
        return bank
    own = last.get(limits_subject(complaint_class))
    return bank if own is None else _allowed(own, bank)


def own_bounds(store: Store, scope: Scope, as_of: date, complaint_class: str) -> Mapping[str, float]:
    """Give the bounds that a class has of its own, by name; empty where it follows the bank's."""
    own = _last(store, scope, as_of).get(limits_subject(complaint_class))
    return {} if own is None else {name: float(value) for name, value in own.body.items() if name in BY_CLASS}


def set_by(store: Store, scope: Scope, as_of: date, complaint_class: str) -> Mapping[str, Entry]:
    """Give limit name → the entry that set the value in force for a class (the bank's, or the class's own); names that
    nobody has set are left out: they stand at the product's values."""
    last = _last(store, scope, as_of)
    subjects = (LIMITS_SUBJECT, limits_subject(complaint_class))
    return {name: last[subject] for subject in subjects if subject in last for name in last[subject].body}


def set_limits(
    store: Store,
    scope: Scope,
    changed: Mapping[str, Any],
    *,
    who: str,
    on_day: date,
    complaint_class: str | None = None,
    seen: int | None = None,
) -> Entry:
    """Set the bank's limits, or a class's own bounds, from a day on.

    changed: limit name → value, those that differ from the product's (of a class: from the bank's); none to follow it
    again. seen: the newest entry of these limits that the writer had on screen. Raises Problem for a limit that is not
    there, that no class may have of its own, or whose value is out of range, and as `append`.
    """
    if not scope.may_change:
        raise Problem(
            Message(N_("Your role may not set limits.")), Message(N_("Ask the head office's consumer-protection team."))
        )
    if complaint_class is not None and (foreign := [name for name in changed if name not in BY_CLASS]):
        raise Problem(
            Message(N_("The limit “{name}” holds for the whole bank, not for one class."), {"name": foreign[0]}),
            Message(N_("Set it for the bank.")),
        )
    case_limits_with(changed)
    return append(
        store, scope, kind=LIMITS_KIND, subject=limits_subject(complaint_class), body=dict(changed), who=who,
        on_day=on_day, seen=seen,
    )  # fmt: skip


def newest_setting(store: Store, scope: Scope, as_of: date, complaint_class: str | None = None) -> int:
    """Give the number of the newest entry that set these limits, corrections included; 0 for none."""
    written = read_entries(store.read("case_limits", scope, as_of))
    subject = limits_subject(complaint_class)
    return max((entry.entry_id for entry in written if entry.subject == subject), default=0)


def _last(store: Store, scope: Scope, as_of: date) -> dict[str, Entry]:
    """Give subject (the bank's, or a class's) → the entry that set its limits last and still stands."""
    return {entry.subject: entry for entry in standing(read_entries(store.read("case_limits", scope, as_of)))}


def _allowed(entry: Entry | None, base: CaseLimits) -> CaseLimits:
    if entry is None:
        return base
    try:
        return case_limits_with(entry.body, base)
    except Problem:  # set under other rules than today's: what is beneath holds until they are set anew
        return base
