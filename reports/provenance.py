"""What the data behind a pack are: how far they reach, how old they are, and the version of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from answers.freshness import EVERYTHING, as_date, rhythms, staleness
from data.scope import Scope
from data.store import Store

TIMES_OF_IMPORTING = ["started_at", "finished_at", "notes"]  # of the run, not of what it brought


@dataclass(frozen=True)
class DataState:
    """The data as known on a day, as one reader may see them.

    data_from, data_through: first and last day with a ticket; last_import: day of the last ticket import recorded by
    then; None where there is none. rhythm_days: usual longest gap between days with tickets, by class. imports,
    last_import_id, imports_sha256: all the store holds, whatever the day; the digest is of the list of imports, so
    that two packs with the same digest come from the same data.
    """

    as_of: date
    data_from: date | None
    data_through: date | None
    last_import: date | None
    tickets: int
    demo: bool
    rhythm_days: Mapping[str, float]
    imports: int
    last_import_id: int | None
    imports_sha256: str

    @property
    def reaches(self) -> date | None:
        """The last day anything is known of: the last import, or the last ticket of a history loaded later."""
        known = [day for day in (self.data_through, self.last_import) if day is not None]
        return max(known) if known else None

    @property
    def days_old(self) -> int:
        """Days from the last day anything is known of to the as-of day."""
        return 0 if self.reaches is None else max((self.as_of - self.reaches).days, 0)

    def is_stale(self, complaint_class: str) -> bool:
        """Whether the data are older than the class's rhythm, at least a day; equality is still fresh."""
        return staleness(self.reaches, self.rhythm_days.get(complaint_class), self.as_of) is not None


def data_state(store: Store, scope: Scope, as_of: date) -> DataState:
    """Ask the store what it knows on a day, and what it holds at all."""
    fresh = store.read("freshness", scope, as_of).iloc[0]
    imports = store.read("imports", scope, EVERYTHING).sort_values("import_id")
    listing = imports.drop(columns=TIMES_OF_IMPORTING).to_json(orient="records", force_ascii=False, date_format="iso")
    return DataState(
        as_of=as_of,
        data_from=as_date(fresh["data_from"]),
        data_through=as_date(fresh["data_through"]),
        last_import=as_date(fresh["last_import"]),
        tickets=int(fresh["tickets"]),
        demo=bool(imports["demo"].any()),
        rhythm_days=rhythms(store, scope, as_of),
        imports=len(imports),
        last_import_id=int(imports["import_id"].iloc[-1]) if len(imports) else None,
        imports_sha256=hashlib.sha256(listing.encode()).hexdigest(),
    )
