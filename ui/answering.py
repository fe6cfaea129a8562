"""Packs that the command line asks for while this process has the store open."""

from __future__ import annotations

import logging
import threading
import time

from data.store import Store
from reports.requests import answer_requests

log = logging.getLogger("resolution_watch")
LOOK_EVERY = 1.0  # seconds


def answer(store: Store) -> threading.Thread:
    """Answer requests for packs as long as the process lives, in a thread of its own."""
    thread = threading.Thread(target=_answering, args=(store,), name="requests", daemon=True)
    thread.start()
    return thread


def _answering(store: Store) -> None:
    while not store.closed:
        try:
            answer_requests(store)
        except Exception:
            if store.closed:
                return
            log.exception("a request for a pack could not be answered")
        time.sleep(LOOK_EVERY)
