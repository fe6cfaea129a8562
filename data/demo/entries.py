"""What people of the demo bank entered into the ledger, as rows that `data.demo_store.load_demo` inserts.

A row: kind, subject, branch_id (None for the whole bank), on_day (business day), entered_at (the clock), who, body
(plain JSON values). Rows of one subject are in the order of their days.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import Any

from data.demo.material import PHRASES
from data.demo.review_entries import review_entries

Row = dict[str, Any]


def demo_entries() -> list[Row]:
    """Give every ledger row of the demo bank, in the order in which they were entered."""
    return sorted([*case_entries(), *review_entries()], key=lambda row: row["entered_at"])


@cache
def _told() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((PHRASES / "case_entries.toml").read_text(encoding="utf-8"))


def case_entries() -> list[Row]:
    """Give the entries about single cases (phrases/case_entries.toml): steps, owners, next steps, extensions."""
    rows: list[Row] = []
    for case in _told()["cases"]:
        for number, told in enumerate(case["entries"]):
            day: date = told["day"]
            body = {key: _plain(value) for key, value in told.items() if key not in ("day", "who", "kind")}
            if told["kind"] != "case_assign":
                body.setdefault("on", day.isoformat())
            rows.append(
                {
                    "kind": told["kind"],
                    "subject": f"ticket:{case['ticket_id']}",
                    "branch_id": case["branch_id"],
                    "on_day": day,
                    "entered_at": datetime.combine(day, time(16, 30 + number)),
                    "who": told["who"],
                    "body": body,
                }
            )
    return rows


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
