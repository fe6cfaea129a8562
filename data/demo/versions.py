"""The nightly exports: what they said of every ticket, each night on which something had changed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.outcomes import ROUND_COLUMNS

EXPORT_END = pd.Timestamp("2025-12-31 23:59:00")
DAY = np.timedelta64(1, "D")
MINUTE = np.timedelta64(1, "m")

# The canonical columns of a ticket export, in the order of docs/data.md.
TICKET_COLUMNS = (
    "ticket_id",
    "customer_id",
    "received_at",
    "complaint_class",
    "product",
    "business_type",
    "channel",
    "branch_id",
    "department",
    "cause",
    "industry_cause",
    "demand",
    "amount",
    "dispatched_at",
    "first_contact_at",
    "first_reply_at",
    "first_outcome",
    "first_outcome_at",
    "rounds",
    "final_outcome",
    "closed_at",
    "question_key",
    "reply_position",
    "reply_text",
    "approval_requested",
    "approval_granted",
    "narrative",
    "updated_at",
)
CHANGES = (
    "received_at",
    "dispatched_at",
    "first_contact_at",
    "first_reply_at",
    "first_outcome_at",
    *ROUND_COLUMNS,
    "closed_at",
    "corrected_at",
)
# What an export leaves empty until the night of a change.
KNOWN_FROM = {
    "dispatched_at": "dispatched_at",
    "first_contact_at": "first_contact_at",
    "first_reply_at": "first_reply_at",
    "reply_text": "first_reply_at",
    "reply_position": "first_reply_at",
    "question_key": "first_reply_at",
    "rounds": "first_reply_at",
    "first_outcome": "first_outcome_at",
    "first_outcome_at": "first_outcome_at",
    "approval_granted": "first_outcome_at",
    "final_outcome": "closed_at",
    "closed_at": "closed_at",
}
OPPOSITE = {"agreed": "not_agreed", "not_agreed": "agreed"}


def nightly_versions(tickets: pd.DataFrame) -> pd.DataFrame:
    """Give the ticket versions as the nightly exports said them until the end of 2025.

    tickets: the finished truth, a row a ticket. Result: a row a ticket and night of change, TICKET_COLUMNS, sorted by
    updated_at (the latest change that the night knew of). Outcomes to be corrected later stand as first recorded.
    """
    moments = np.column_stack([tickets[column].to_numpy().astype("datetime64[us]") for column in CHANGES])
    nights = moments.astype("datetime64[D]")
    last_of_night = np.ones(moments.shape, dtype=bool)
    for place in range(moments.shape[1] - 1):
        # Steps are in order of time, so a later step in the same night takes the earlier one's place.
        later_same_night = (nights[:, place + 1 :] == nights[:, [place]]).any(axis=1)
        last_of_night[:, place] = ~later_same_night
    exported = last_of_night & ~np.isnat(moments) & (moments <= EXPORT_END.to_datetime64())
    row, change = np.nonzero(exported)
    versions = tickets.iloc[row].reset_index(drop=True)
    updated = moments[row, change]
    night_end = updated.astype("datetime64[D]") + DAY - MINUTE
    corrected_later = versions["corrected_at"].to_numpy() > night_end
    for column in ("first_outcome", "final_outcome"):
        as_recorded = versions[column].map(OPPOSITE)
        versions[column] = versions[column].where(~corrected_later, as_recorded)
    held = (moments[row][:, [CHANGES.index(column) for column in ROUND_COLUMNS]] <= night_end[:, None]).sum(axis=1)
    versions["rounds"] = pd.array(1 + held, dtype="Int64")
    visible = {
        column: versions[since].to_numpy().astype("datetime64[us]") <= night_end for column, since in KNOWN_FROM.items()
    }
    for column, known in visible.items():
        versions[column] = versions[column].where(known)
    versions["updated_at"] = updated
    return versions.sort_values(["updated_at", "ticket_id"], kind="stable", ignore_index=True)[list(TICKET_COLUMNS)]
