"""For the tests of the screens: where no browser paints, nothing waits for it."""

from __future__ import annotations

import pytest

import ui.chart


@pytest.fixture(autouse=True)
def nothing_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the rest after a page's first picture."""
    monkeypatch.setattr(ui.chart, "PAINTING", 0.0)
