"""Drawing the packs of closed reviews beside the screens: nobody waits for pictures, and nobody has to ask for them."""

from __future__ import annotations

import logging
import threading
import time

from data.store import Store
from reports.packing import draw_packs

log = logging.getLogger("resolution_watch")
AFTER_START = 10.0  # seconds: whoever opens a screen comes first
_wanted = threading.Event()


def keep_packing(store: Store) -> threading.Thread:
    """Draw what is missing now, and whenever a review is closed, in a thread as long as the process lives."""
    thread = threading.Thread(target=_packing, args=(store,), name="packing", daemon=True)
    _wanted.set()
    thread.start()
    return thread


def draw_soon() -> None:
    """Say that a review was closed."""
    _wanted.set()


def _packing(store: Store) -> None:
    time.sleep(AFTER_START)
    while not store.closed:
        _wanted.wait()
        _wanted.clear()
        try:
            draw_packs(store)
        except Exception:
            if store.closed:
                return
            log.exception("the pack of a review could not be drawn")
