"""For all tests: examples may take as long as the machine needs; the demo bank, loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from data.demo_store import load_demo
from data.store import Store

Copy = Callable[[], Path]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the demo bank and nothing else, to be copied; nobody opens it."""
    path = tmp_path_factory.mktemp("demo_bank") / "store.duckdb"
    store = Store(path)
    load_demo(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def demo_copy(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Give the address of a new copy of the demo bank's store."""

    def copy() -> Path:
        return Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo_copy") / "store.duckdb"))

    return copy
