"""The demo bank, drawn once for all tests of texts."""

from __future__ import annotations

import pytest

from data.demo import DemoBank, demo_bank


@pytest.fixture(scope="session")
def bank() -> DemoBank:
    return demo_bank()
