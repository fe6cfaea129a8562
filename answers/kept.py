"""Results kept until the store changes: nothing is worked out twice for two readers or two clicks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from data.store import Store

Result = TypeVar("Result")
MOST = 1_024
_results: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def is_kept(store: Store, what: Hashable) -> bool:
    """Say whether a result stands ready."""
    with _lock:
        return (str(store.path), store.changes, what) in _results


def kept(store: Store, what: Hashable, work: Callable[[], Result]) -> Result:
    """Give a result, worked out once for each state of the store.

    what: everything the result depends on besides the store's content: name of the result, scope, class, year, as-of
    day. The result is shared by all readers and must not be changed. Two threads that ask at the same moment may both
    work; the first result stays.
    """
    key = (str(store.path), store.changes, what)
    with _lock:
        if key in _results:
            _results.move_to_end(key)
            found: Result = _results[key]
            return found
    result = work()
    with _lock:
        _results.setdefault(key, result)
        while len(_results) > MOST:
            _results.popitem(last=False)
    return result
