"""The one owner of the DuckDB file: cursors for readers, one writer at a time."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.class_copies import ClassCopies
from data.masking import mask_columns
from data.migrations import migrate
from data.queries import Query, query
from data.scope import Scope
from texts import N_, Message, Problem

STORE_VARIABLE = "RESOLUTION_WATCH_STORE"
OPEN_ELSEWHERE = N_("The store {path} is open in another process.")
KEPT_RESULTS = 2_048
KEPT_BYTES = 256_000_000


def default_path() -> Path:
    """Give the store's place: RESOLUTION_WATCH_STORE, else var/resolution_watch.duckdb beside the product."""
    configured = os.environ.get(STORE_VARIABLE)
    return (
        Path(configured) if configured else Path(__file__).resolve().parent.parent / "var" / "resolution_watch.duckdb"
    )


class Store:
    """An open store. Readers call `read` from any thread; `writing` is one transaction under the write lock.

    Raises Problem where another process has the file open, or the file is not a store.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_path()).resolve()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        self._write_lock = threading.RLock()
        self._results: OrderedDict[tuple[Any, ...], pd.DataFrame] = OrderedDict()
        self._results_bytes = 0
        self._results_lock = threading.Lock()
        self._entry_lock = threading.RLock()
        self._hearing_lock = threading.RLock()
        self._cursor_lock = threading.Lock()
        self._changes = self._entries_made = self._turns_heard = 0
        self._only_turns = self.closed = False
        self._connection = self._open()
        migrate(self._connection)
        self._copies = ClassCopies(self.new_cursor)

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            return duckdb.connect(str(self.path), config={"enable_external_access": "false"})
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise Problem(
                    Message(OPEN_ELSEWHERE, {"path": str(self.path)}),
                    Message(N_("Leave the other process to do it: put files into its inbox, or stop it first.")),
                ) from error
            raise self._unreadable(error) from error
        except duckdb.Error as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> Problem:
        return Problem(
            Message(N_("The file {path} cannot be read as a store."), {"path": str(self.path)}),
            Message(
                N_("Check the path, or move the file away and start again. The engine said: {reason}"),
                {"reason": str(error).splitlines()[0]},
            ),
        )

    @property
    def inbox(self) -> Path:
        """The folder that files from outside are put into."""
        return self.inbox_of(self.path)

    @property
    def mappings(self) -> Path:
        """The folder of this bank's own column mappings."""
        return self.path.parent / "mappings"

    @staticmethod
    def inbox_of(path: Path | None) -> Path:
        """Give the inbox of a store by its path, without opening it."""
        return (path or default_path()).resolve().parent / "inbox"

    @property
    def changes(self) -> int:
        """A number that grows with every committed write of data by this process: part of any cache's key."""
        return self._changes

    @property
    def entries_made(self) -> int:
        """A number that grows with every committed entry of the ledger: analyses of the data do not depend on it."""
        return self._entries_made

    @property
    def turns_heard(self) -> int:
        """A number that grows when calls and chats come in or are scored: what is said of tickets does not depend on
        it."""
        return self._turns_heard

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Give this thread's own cursor."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self.new_cursor()
            self._local.cursor = cursor
        return cursor

    def new_cursor(self) -> duckdb.DuckDBPyConnection:
        """Give a cursor of one's own; the engine refuses two threads that ask in the same moment."""
        with self._cursor_lock:
            return self._connection.cursor()

    def read(self, name: str, scope: Scope, as_of: date, **parameters: Any) -> pd.DataFrame:
        """Run a named query as a reader on a day; the result is kept until something is written.

        Free text (`data.masking.FREE_TEXT`) comes masked, unless the query says `-- text: raw` or the reader's role
        may see personal data. Raises Problem where the reader's role may not run it.
        """
        wanted = query(name)
        if wanted.access == "head_office" and scope.role != "head_office":
            raise Problem(
                Message(N_("Your role may not see this.")),
                Message(N_("Ask the head office's consumer-protection team.")),
            )
        bound = {"as_of": as_of, "branch_scope": scope.branch_scope, **parameters}
        arguments = {key: bound[key] for key in wanted.parameters}
        state = (
            self._changes,
            self._entries_made if wanted.of_ledger else 0,
            self._turns_heard if wanted.of_turns else 0,
        )
        clear = wanted.raw_text or scope.sees_personal_data
        key = (name, state, clear, tuple((name, _hashable(value)) for name, value in sorted(arguments.items())))
        with self._results_lock:
            kept = self._results.get(key)
            if kept is not None:
                self._results.move_to_end(key)
                return kept.copy(deep=False)
        frame = self._run(wanted, arguments)
        if not clear:
            frame = mask_columns(frame, self._ticket_texts(frame, scope, as_of) if wanted.ticket_names else None)
        with self._results_lock:
            if key not in self._results:
                self._results[key] = frame
                self._results_bytes += _size(frame)
            while len(self._results) > 1 and (len(self._results) > KEPT_RESULTS or self._results_bytes > KEPT_BYTES):
                self._results_bytes -= _size(self._results.popitem(last=False)[1])
        return frame.copy(deep=False)

    def _ticket_texts(self, frame: pd.DataFrame, scope: Scope, as_of: date) -> pd.DataFrame | None:
        """Give the texts of a table's tickets, for the names in them; those of calls where it is one ticket."""
        tickets = sorted(frame["ticket_id"].dropna().unique())
        return self.read("ticket_texts", scope, as_of, tickets=tickets, spoken=len(tickets) == 1) if tickets else None

    def _run(self, wanted: Query, arguments: dict[str, Any]) -> pd.DataFrame:
        if wanted.counts_one_class:
            macro = self._copies.macro(arguments["complaint_class"], self._changes)
            if macro is not None:
                with suppress(duckdb.CatalogException):  # the copy was thrown away meanwhile
                    return self.cursor().execute(wanted.sql.replace("seen.outcomes", macro), arguments).df()
        return self.cursor().execute(wanted.sql, arguments).df()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor inside one transaction: committed at the end, rolled back at any error."""
        with self._write_lock, self._transaction() as cursor:
            self._only_turns = False
            yield cursor
            cursor.execute("COMMIT")
            if self._only_turns:
                self._heard()
                return
            self._changes += 1
            with self._results_lock:
                self._results.clear()
                self._results_bytes = 0

    def only_turns(self) -> None:
        """Say inside `writing` that nothing but calls and chats is written: what is said of tickets stays kept."""
        self._only_turns = True

    @contextmanager
    def hearing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor for what is worked out of calls and chats: one transaction as in `writing`, one at a time, but
        without waiting for an import that is under way, and without throwing away what is said of tickets."""
        with self._hearing_lock, self._transaction() as cursor:
            yield cursor
            cursor.execute("COMMIT")
            self._heard()

    def _heard(self) -> None:
        """Throw away what was read of calls before: nobody asks for it again, and it would push out what is kept."""
        self._turns_heard += 1
        with self._results_lock:
            for key in [key for key in self._results if query(key[0]).of_turns]:
                self._results_bytes -= _size(self._results.pop(key))

    @contextmanager
    def entering(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor for what people enter: one transaction as in `writing`, one at a time, but without waiting for
        an import that is under way, and without throwing away results that do not depend on entries."""
        with self._entry_lock, self._transaction() as cursor:
            yield cursor
            cursor.execute("COMMIT")
            self._entries_made += 1

    @contextmanager
    def drafting(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor for what people have not entered yet: as `entering`, and no result depends on it."""
        with self._entry_lock, self._transaction() as cursor:
            yield cursor
            cursor.execute("COMMIT")

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self.new_cursor()
        cursor.execute("BEGIN")
        try:
            yield cursor
        except BaseException:
            with suppress(duckdb.Error):  # a failed COMMIT has already rolled back
                cursor.execute("ROLLBACK")
            raise
        finally:
            cursor.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._write_lock, self._entry_lock, self._hearing_lock:
            self.closed = True
            with self._cursor_lock:
                self._connection.close()


def _size(frame: pd.DataFrame) -> int:
    """Give about how many bytes a result holds, texts aside: asking pandas itself takes as long as a small query."""
    return 8 * len(frame) * len(frame.columns) + 200


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
