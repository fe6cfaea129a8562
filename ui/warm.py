"""Work done ahead of the readers: after every change of the store, all classes of the day most people look at."""

from __future__ import annotations

import logging
import threading
import time
from datetime import date

from answers.causes import Asked, work_ahead
from answers.overview import overview
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import Problem
from ui.freshness import current_offer
from ui.pickers import class_sizes, usual_class

log = logging.getLogger("resolution_watch")
LOOK_EVERY = 2.0  # seconds
SETTLED_AFTER = 2.0  # seconds without a further change: a row of imports is worked on once, not after each


def keep_warm(store: Store) -> threading.Thread:
    """Evaluate all classes for the usual as-of day after every change of the store, in a thread of its own."""
    thread = threading.Thread(target=_warming, args=(store,), name="warm", daemon=True)
    thread.start()
    return thread


def _warming(store: Store) -> None:
    done: int | None = None
    while True:
        changes = store.changes
        if changes != done:
            time.sleep(SETTLED_AFTER)
            if store.changes == changes:
                _warm(store)
                done = changes
        time.sleep(LOOK_EVERY)


def _warm(store: Store) -> None:
    try:
        home: date | None = current_offer(store, HEAD_OFFICE).home
        if home is not None:
            overview(store, HEAD_OFFICE, home.year, home)
            names = tuple(class_sizes(store, HEAD_OFFICE, home.year))
            usual = usual_class(store, HEAD_OFFICE, names, home.year, home)
            if usual is not None:
                work_ahead(Asked(store, HEAD_OFFICE, usual, home.year, home))
    except Problem:
        return  # whoever opens the screen is told
    except Exception:
        log.exception("working ahead failed; the screens work out what they need themselves")
