"""Listening in the background: what customers say is scored as it comes in, and the model of risk is kept fresh."""

from __future__ import annotations

import logging
import threading
import time
from datetime import date

from answers.risk_training import take_wish, train_where_stale
from answers.turn_scores import score_arrived
from data.scope import HEAD_OFFICE
from data.store import Store
from ui.freshness import current_offer

log = logging.getLogger("resolution_watch")
LOOK_EVERY = 0.1  # seconds: two numbers are compared; with the inbox's second, a call is scored two after its arrival
TRAIN_EVERY = 5.0  # seconds between two looks at whether a model is wanted


def keep_listening(store: Store) -> threading.Thread:
    """Score calls and train models of risk as long as the process lives, in threads of their own."""
    threading.Thread(target=_training, args=(store,), name="risk", daemon=True).start()
    thread = threading.Thread(target=_scoring, args=(store,), name="listen", daemon=True)
    thread.start()
    return thread


def _scoring(store: Store) -> None:
    looked: tuple[int, int] | None = None
    while not store.closed:
        try:
            state = (store.changes, store.turns_heard)
            if state != looked:
                while score_arrived(store):
                    pass
                looked = state
        except Exception:
            if store.closed:
                return
            log.exception("calls could not be scored; they are tried again")
        time.sleep(LOOK_EVERY)


def _training(store: Store) -> None:
    while not store.closed:
        try:
            home: date | None = current_offer(store, HEAD_OFFICE).home
            take_wish(store)
            if home is not None:
                train_where_stale(store, home)
        except Exception:
            if store.closed:
                return
            log.exception("no model of risk could be trained; the class rate is shown until one can")
        time.sleep(TRAIN_EVERY)
