"""The demo bank with its calls scored and its model of risk trained, once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answers.risk_training import train_where_stale
from answers.turn_scores import score_all
from data.demo_store import DEMO_AS_OF, load_demo
from data.store import Store


@pytest.fixture(scope="session")
def heard_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("heard") / "store.duckdb")
    load_demo(store)
    score_all(store)
    train_where_stale(store, DEMO_AS_OF)
    yield store
    store.close()
