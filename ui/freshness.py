"""What there is to choose from, by what the store holds and the day it is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from answers.freshness import EVERYTHING, as_date
from answers.kept import kept
from data.scope import Scope
from data.store import Store
from ui.selection import Offer, offer

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Give today's date in Shanghai."""
    return datetime.now(SHANGHAI).date()


def current_offer(store: Store, scope: Scope) -> Offer:
    """Say what the store has to choose from, as the reader may see it."""
    return kept(store, ("offer", scope), lambda: _offer(store, scope))


def _offer(store: Store, scope: Scope) -> Offer:
    fresh = store.read("freshness", scope, EVERYTHING).iloc[0]
    settings = store.read("settings", scope, EVERYTHING).set_index("name")["value"]
    data_through = as_date(fresh["data_through"])
    all_known = True
    if data_through is not None:
        known = store.read("freshness", scope, data_through).iloc[0]
        all_known = int(known["tickets"]) == int(fresh["tickets"])
    demo_as_of = settings.get("demo_as_of")
    return offer(
        data_from=as_date(fresh["data_from"]),
        data_through=data_through,
        last_import=as_date(fresh["last_import"]),
        all_known=all_known,
        demo_as_of=None if demo_as_of is None else date.fromisoformat(demo_as_of),
    )
