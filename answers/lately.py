"""Results over weeks of calls, which one call more does not change: kept while calls come in, and renewed behind the
readers' backs, so that nobody waits for them."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from data.store import Store

Result = TypeVar("Result")
log = logging.getLogger("resolution_watch")
FRESH_FOR = 3.0  # seconds for which such a result may lag behind the last call at least
SHARE_OF_TIME = 0.1  # at most so much of the time is spent on renewing one result
MOST = 64


@dataclass
class _Kept:
    """One result: what had been heard when it was begun, when it was done, how long it took, how often renewed."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    result: Any = None
    there: bool = False
    heard: int = -1
    done_at: float = 0.0
    took: float = 0.0
    version: int = 0
    renewing: bool = False


_kept: OrderedDict[Hashable, _Kept] = OrderedDict()
_lock = threading.Lock()


def _of(store: Store, what: Hashable) -> _Kept:
    key = (str(store.path), store.changes, what)
    with _lock:
        one = _kept.setdefault(key, _Kept())
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
        return one


def lately(store: Store, what: Hashable, work: Callable[[], Result]) -> Result:
    """Give a result of the store's calls: worked out once for each state of the tickets, by one reader while the others
    wait, and renewed in a thread of its own while calls come in: not within FRESH_FOR seconds, and no more often than
    takes SHARE_OF_TIME of the time.

    what: as in `answers.kept.kept`. The result is shared by all readers and must not be changed.
    """
    one = _of(store, what)
    with one.lock:
        if not one.there:
            _renew(store, one, work)
    found: Result = one.result
    due = time.monotonic() - one.done_at >= max(FRESH_FOR, one.took / SHARE_OF_TIME)
    if one.heard != store.turns_heard and due and not one.renewing:
        one.renewing = True
        threading.Thread(target=_behind, args=(store, one, work), name="lately", daemon=True).start()
    return found


def version(store: Store, what: Hashable) -> int:
    """Give a number that grows when the result has been renewed."""
    return _of(store, what).version


def _behind(store: Store, one: _Kept, work: Callable[[], Any]) -> None:
    try:
        _renew(store, one, work)
    except Exception:
        log.exception("an analysis of calls could not be renewed; the one before is shown")
        one.done_at = time.monotonic()
    finally:
        one.renewing = False


def _renew(store: Store, one: _Kept, work: Callable[[], Any]) -> None:
    heard, began = store.turns_heard, time.monotonic()
    one.result = work()
    one.there, one.heard, one.done_at = True, heard, time.monotonic()
    one.took = one.done_at - began
    one.version += 1
