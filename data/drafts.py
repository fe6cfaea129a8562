"""Drafts: what somebody has typed and not entered yet, kept in the store because a session dies with its connection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from data.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST = 50_000  # characters of a draft; more is cut off nowhere and simply not kept


def keep_draft(store: Store, who: str, form: str, content: Mapping[str, str]) -> None:
    """Keep what a person has typed into a form, in the place of what was kept before; an empty one is removed."""
    text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True)
    if len(text) > LONGEST:
        return
    with store.entering() as cursor:
        cursor.execute("DELETE FROM stored.drafts WHERE who = ? AND form = ?", [who, form])
        if any(value for value in content.values()):
            now = datetime.now(SHANGHAI).replace(tzinfo=None)
            cursor.execute("INSERT INTO stored.drafts VALUES (?, ?, ?, ?)", [who, form, text, now])


def kept_draft(store: Store, who: str, form: str) -> dict[str, str]:
    """Give what a person had typed into a form, empty where nothing was kept."""
    rows = (
        store.cursor()
        .execute("SELECT CAST(content AS VARCHAR) FROM stored.drafts WHERE who = ? AND form = ?", [who, form])
        .fetchall()
    )
    return {str(key): str(value) for key, value in json.loads(rows[0][0]).items()} if rows else {}


def drop_draft(store: Store, who: str, form: str) -> None:
    """Forget a draft; it has been entered, or its writer does not want it."""
    keep_draft(store, who, form, {})
