"""Narrow copies of single classes' tickets in memory: what is counted again and again, without the long texts.

A count of one class out of a million tickets reads its 30,000 rows instead of looking through all. The macros over a
copy are the very texts of `seen.tickets` and `seen.outcomes`: there is one definition of what was known on a day.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import duckdb

SEEN = Path(__file__).parent / "schema" / "seen"
COPIED = (
    "customer_id",
    "received_at",
    "complaint_class",
    "branch_id",
    "first_outcome",
    "first_outcome_at",
    "final_outcome",
    "closed_at",
    "known_on",
    "superseded_on",
)
FEW_ROWS = 100_000  # a store with fewer ticket versions is quick enough without copies
MOST_ROWS = 4_000_000  # of all copies together; about 60 bytes each


class ClassCopies:
    """The copies of one open store, made when a class is first counted and thrown away when the data change."""

    def __init__(self, new_cursor: Callable[[], duckdb.DuckDBPyConnection], few_rows: int = FEW_ROWS) -> None:
        self._new_cursor = new_cursor
        self._few_rows = few_rows
        self._lock = threading.Lock()
        self._made = 0
        self._changes: int | None = None
        self._small = True
        self._rows: OrderedDict[str, tuple[int, int]] = OrderedDict()  # class → number of its copy, rows
        new_cursor().execute("ATTACH ':memory:' AS kept")

    def macro(self, complaint_class: str, changes: int) -> str | None:
        """Give the macro to read instead of `seen.outcomes` for one class; None in a small store.

        changes: the state of the store that the copy has to show.
        """
        with self._lock:
            if changes != self._changes:
                self._start_over(changes)
            if self._small:
                return None
            if complaint_class not in self._rows:
                self._rows[complaint_class] = self._copy(complaint_class)
                while len(self._rows) > 1 and sum(rows for _, rows in self._rows.values()) > MOST_ROWS:
                    _, (oldest, _) = self._rows.popitem(last=False)
                    self._drop(oldest)
            self._rows.move_to_end(complaint_class)
            return f"kept.outcomes_{self._rows[complaint_class][0]}"

    def _start_over(self, changes: int) -> None:
        for number, _ in self._rows.values():
            self._drop(number)
        self._rows.clear()
        (versions,) = self._new_cursor().execute("SELECT count(*) FROM stored.ticket_versions").fetchall()[0]
        self._small = versions < self._few_rows
        self._changes = changes

    def _copy(self, complaint_class: str) -> tuple[int, int]:
        self._made += 1
        number, cursor = self._made, self._new_cursor()
        cursor.execute(
            f"CREATE TABLE kept.rows_{number} AS SELECT {', '.join(COPIED)} FROM stored.ticket_versions "
            "WHERE complaint_class = $complaint_class",
            {"complaint_class": complaint_class},
        )
        columns = [row[0] for row in cursor.execute("DESCRIBE stored.ticket_versions").fetchall()]
        absent = ", ".join(f"NULL AS {name}" for name in columns if name not in COPIED)
        cursor.execute(f"CREATE VIEW kept.versions_{number} AS SELECT *, {absent} FROM kept.rows_{number}")
        for name in ("tickets", "outcomes"):
            text = (SEEN / f"{name}.sql").read_text(encoding="utf-8")
            text = text.replace("stored.ticket_versions", f"kept.versions_{number}")
            cursor.execute(text.replace("seen.tickets(", f"kept.tickets_{number}(").replace(
                "seen.outcomes(", f"kept.outcomes_{number}("
            ))  # fmt: skip
        (rows,) = cursor.execute(f"SELECT count(*) FROM kept.rows_{number}").fetchall()[0]
        return number, int(rows)

    def _drop(self, number: int) -> None:
        cursor = self._new_cursor()
        cursor.execute(f"DROP MACRO TABLE kept.outcomes_{number}")
        cursor.execute(f"DROP MACRO TABLE kept.tickets_{number}")
        cursor.execute(f"DROP VIEW kept.versions_{number}")
        cursor.execute(f"DROP TABLE kept.rows_{number}")
