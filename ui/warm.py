"""Work done ahead of the readers: after every change of the store, all classes of the day most people look at.

It gives way: while anybody's page is being made it stops between two pieces of work, and takes none of the time that
is needed for a click. Garbage is collected here, too, in such a pause.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Sequence
from datetime import date

from answers.causes import Asked as Wanted
from answers.causes import work_ahead
from answers.class_year import class_year
from answers.evidence import standing
from answers.overview import overview, overview_row
from answers.register import evaluate_weeks
from data.alarms import due_since
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import Problem
from ui.freshness import current_offer, today
from ui.pickers import usual_class
from ui.selection import DEFAULT_LANGUAGE, Asked, settled_days
from ui.threshold_chart import drawn
from ui.turns import pages

log = logging.getLogger("resolution_watch")
LOOK_EVERY = 2.0  # seconds
COLLECT_EVERY = 60.0  # seconds between two collections of garbage
SETTLED_AFTER = 2.0  # seconds without a further change: a row of imports is worked on once, not after each
REGISTER_AFTER = 20.0  # seconds without any page: the register's weeks are nobody's first wish
REGISTER_GIVES_WAY_FOR = 3.0  # seconds: a reader who clicks on is not met by them at every click


def keep_warm(store: Store) -> threading.Thread:
    """Evaluate all classes for the usual as-of day after every change of the store, in a thread of its own."""
    thread = threading.Thread(target=_warming, args=(store,), name="warm", daemon=True)
    thread.start()
    return thread


def _warming(store: Store) -> None:
    done: int | None = None
    collected = time.monotonic()
    while not store.closed:
        changes = store.changes
        if changes != done:
            time.sleep(SETTLED_AFTER)
            if store.changes == changes and _warm(store, changes):
                done = changes
        if time.monotonic() - collected > COLLECT_EVERY:
            pages.give_way()
            gc.collect()
            collected = time.monotonic()
        time.sleep(LOOK_EVERY)


def _warm(store: Store, changes: int) -> bool:
    """Do the work; False where the store changed meanwhile and it has to begin anew."""
    try:
        offered = current_offer(store, HEAD_OFFICE)
        if offered.home is None:
            return True
        home, year, _ = settled_days(Asked(), offered, today())
        names = tuple(str(name) for name in store.read("classes", HEAD_OFFICE, home, year=year)["complaint_class"])
        pieces = (
            lambda name: class_year(store, HEAD_OFFICE, name, year, home),
            lambda name: overview_row(store, HEAD_OFFICE, name, year, home),
            lambda name: _draw(store, name, year, home),
        )
        for piece in pieces:  # every class's position first, then the evidence
            for name in names:
                pages.give_way()
                if store.changes != changes:
                    return False
                piece(name)
        pages.give_way()
        overview(store, HEAD_OFFICE, year, home)
        pages.give_way()
        usual = usual_class(store, HEAD_OFFICE, names, year, home)
        if usual is not None:
            work_ahead(Wanted(store, HEAD_OFFICE, usual, year, home))
        # what is kept now lives until the data change: the collector after every page need not look at it
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _keep_the_register(store, changes, names, year, home)
    except Problem:
        pass  # whoever opens the screen is told
    except Exception:
        if store.closed:
            return True
        log.exception("working ahead failed; the screens work out what they need themselves")
    return True


def _draw(store: Store, name: str, year: int, home: date) -> None:
    """Draw a class's curve as most people see it."""
    shown = standing(store, HEAD_OFFICE, name, year, home)
    if shown is not None:
        drawn(store, HEAD_OFFICE, shown, DEFAULT_LANGUAGE, "light")


def _keep_the_register(store: Store, changes: int, names: Sequence[str], year: int, home: date) -> None:
    """Evaluate the weeks that the register lacks, class by class, and give way after every week."""
    pages.give_way(REGISTER_AFTER)
    due = due_since(store, HEAD_OFFICE, year, home)
    for name in names:
        for _ in evaluate_weeks(store, name, year, home, due.get(name, date.max)):
            pages.give_way(REGISTER_GIVES_WAY_FOR)
            if store.changes != changes:
                return
