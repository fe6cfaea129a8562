"""Drafts: what somebody was typing, kept in the store so that a lost connection loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data.ledger import LONGEST_BODY, SHANGHAI
from data.store import Store

KEPT_DAYS = 60  # a draft older than this is thrown away when another is saved


@dataclass(frozen=True)
class Draft:
    """A form as it was left: field → plain value, and when."""

    body: Mapping[str, Any]
    saved_at: datetime


def save_draft(store: Store, form: str, who: str, body: Mapping[str, Any]) -> bool:
    """Keep what somebody has typed into a form so far, in place of what was kept of it before.

    body: plain JSON values. Gives whether it was kept: a draft too long for an entry is not. Two windows of one person
    write the same draft; the later one holds.
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    if len(text) > LONGEST_BODY:
        return False
    now = datetime.now(SHANGHAI).replace(tzinfo=None)
    with store.drafting() as cursor:
        cursor.execute(
            "DELETE FROM stored.drafts WHERE saved_at < ? AND NOT (form = ? AND who = ?)",
            [now - timedelta(days=KEPT_DAYS), form, who],
        )
        cursor.execute(
            "INSERT INTO stored.drafts VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
            [form, who, text, now],
        )
    return True


def read_draft(store: Store, form: str, who: str) -> Draft | None:
    """Give what somebody left in a form; None where there is nothing."""
    rows = (
        store.cursor()
        .execute("SELECT CAST(body AS VARCHAR), saved_at FROM stored.drafts WHERE form = ? AND who = ?", [form, who])
        .fetchall()
    )
    return Draft(json.loads(rows[0][0]), rows[0][1]) if rows else None


def drop_draft(store: Store, form: str, who: str) -> None:
    """Throw a draft away: it was entered, or is not wanted any more."""
    with store.drafting() as cursor:
        cursor.execute("DELETE FROM stored.drafts WHERE form = ? AND who = ?", [form, who])
