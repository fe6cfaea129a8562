"""What the product does while nobody waits: the garbage of all readers' pages is collected then, and only then."""

from __future__ import annotations

import gc
import threading
import tomllib
from pathlib import Path
from typing import cast

import pytest

import ui.warm
from data.store import Store
from ui.turns import Pages

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
PATIENCE = 20.0  # seconds


class Opened:
    """A store without data that never changes."""

    closed = False
    changes = 0


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOOK_EVERY", "SETTLED_AFTER", "COLLECT_EVERY"):
        monkeypatch.setattr(ui.warm, name, 0.01)
    monkeypatch.setattr(ui.warm, "_warm", lambda store, changes: True)


def test_streamlit_does_not_collect_garbage_after_every_run() -> None:
    assert tomllib.loads(CONFIG.read_text(encoding="utf-8"))["runner"]["postScriptGC"] is False


@pytest.mark.usefixtures("at_once")
def test_garbage_is_collected_in_a_pause_between_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    pages, store, collected = Pages(), Opened(), threading.Event()
    monkeypatch.setattr(ui.warm, "pages", pages)
    monkeypatch.setattr(gc, "collect", collected.set)
    with pages.making():
        thread = ui.warm.keep_warm(cast(Store, store))
        assert not collected.wait(0.5)
    assert collected.wait(PATIENCE)
    store.closed = True
    thread.join(PATIENCE)
    assert not thread.is_alive()
