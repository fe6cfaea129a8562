"""The document's first case, told step by step, and earlier insurance cases like it at other branches.

The second case of the document is the class of prepayment complaints itself.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from data.demo.material import PHRASES, classes
from data.demo.outcomes import ROUND_COLUMNS
from data.demo.steps import EVENT_COLUMNS
from data.demo.truth import FINAL_NOT_AGREED, INSURANCE

CASE_ONE = "T20250512-A01"
STEP_COLUMNS = (
    "received_at",
    "dispatched_at",
    "first_contact_at",
    "first_reply_at",
    "first_outcome_at",
    "closed_at",
    *ROUND_COLUMNS,
)


@cache
def _told() -> tuple[dict[str, Any], ...]:
    """Read the told cases: a table a ticket, with its later steps and its calls."""
    raw = tomllib.loads((PHRASES / "cases.toml").read_text(encoding="utf-8"))
    return tuple(raw["cases"])


def case_tickets(beside: bool = False) -> pd.DataFrame:
    """Give the told tickets as rows with the columns of `data.demo.tickets.true_tickets`.

    beside: instead those told beside the drawn bank: they are put in once everything is drawn, so that nothing else
    depends on them.
    """
    material = classes()[INSURANCE]
    causes = {cause.name: cause.industry_cause for cause in material.causes}
    rows = []
    for case in _told():
        if case.get("beside", False) != beside:
            continue
        row = {key: value for key, value in case.items() if key not in ("steps", "calls", "beside")}
        row |= {column: case.get(column) for column in STEP_COLUMNS}
        row |= {
            "complaint_class": INSURANCE,
            "business_type": material.business_type,
            "department": material.department,
            "industry_cause": causes[case["cause"]],
            "true_position": case["reply_position"],
            "unreasonable": False,
            "mediated": False,
            "corrected_at": None,
            "p_not_agreed": np.nan,
            "p_final_not_agreed": FINAL_NOT_AGREED[False],
        }
        rows.append(row)
    table = pd.DataFrame(rows)
    for column in (*STEP_COLUMNS, "corrected_at"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[us]")
    return table


def case_events() -> pd.DataFrame:
    """Give the steps of the told cases that are not ticket columns, in the columns of events."""
    rows = [{"ticket_id": case["ticket_id"], **step} for case in _told() for step in case.get("steps", [])]
    table = pd.DataFrame(rows)
    table["at"] = pd.to_datetime(table["at"]).astype("datetime64[us]")
    return table.reindex(columns=EVENT_COLUMNS)


def case_interactions() -> pd.DataFrame:
    """Give the calls of the told cases turn by turn, in the columns of interactions and of the turns' truth."""
    rows = [
        {
            "interaction_id": call["interaction_id"],
            "turn": number,
            "at": pd.Timestamp(call["at"]) + pd.Timedelta(seconds=25 * (number - 1)),
            "medium": call["medium"],
            "speaker": turn["speaker"],
            "text": turn["text"],
            "customer_id": case["customer_id"],
            "branch_id": case["branch_id"],
            "product": case["product"],
            "ticket_id": case["ticket_id"],
            "cause": case["cause"],
            "course": call["course"],
            "step": turn["step"],
            "emotion": turn.get("emotion", np.nan),
        }
        for case in _told()
        for call in case.get("calls", [])
        for number, turn in enumerate(call["turns"], start=1)
    ]
    return pd.DataFrame(rows)
