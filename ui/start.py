"""What happens once a process: the store is opened, the demo bank loaded into an empty one, the inbox watched."""

from __future__ import annotations

import atexit
import gc
import sys
import threading

import streamlit as st

from answers.plan_preview import freeze_missing
from answers.risk_training import train_where_stale
from answers.turn_scores import score_all
from data.demo_store import DEMO_AS_OF, load_demo, wants_demo
from data.inbox import watch
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import N_, Language, Message, render
from ui.answering import answer
from ui.listen import keep_listening
from ui.packing import keep_packing
from ui.picture_library import place_library
from ui.states import loading
from ui.warm import keep_warm

TURN = 0.001  # seconds
_opened = threading.Event()
WAITING = N_("Preparing the data…")
WAITING_TEXT = N_(
    "At the first start a demo bank is loaded: 36 branches, three years of invented complaints. It takes some seconds."
)


def store_with_data(language: Language) -> Store:
    """Give the process's store, saying what is being waited for at the first start.

    Raises Problem where the store cannot be opened.
    """
    # The place is kept in every run: were it there at the first start alone, all below would move up by one in the next
    # run, and until its end the first run's pictures would stand below the new ones.
    place = st.empty()
    if _opened.is_set():
        return opened_store()
    with loading(place, render(Message(WAITING), language), render(Message(WAITING_TEXT), language)):
        return opened_store()


@st.cache_resource(show_spinner=False)
def opened_store() -> Store:
    """Open the store, once for all readers."""
    place_library()
    store = Store()
    if wants_demo(store):
        load_demo(store)
        score_all(store)
        train_where_stale(store, DEMO_AS_OF)
    freeze_missing(store, HEAD_OFFICE)
    watch(store)
    keep_warm(store)
    keep_listening(store)
    keep_packing(store)
    answer(store)
    # What lives as long as the process need not be looked at whenever garbage is collected.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
    # Every element of a page wakes the server's loop. While other threads work, each waking waits for a turn: short
    # turns (Python's own are 5 ms) let a page through.
    sys.setswitchinterval(TURN)
    _opened.set()
    return store
