"""Sessions write to the same cases while a file is imported, then kill -9: a small run of the benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.case_durability import run


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of Unix")
def test_every_acknowledged_entry_is_there_once_in_order_after_a_kill_during_an_import(tmp_path: Path) -> None:
    found = run(tmp_path, seconds=4, sessions=20, cases=10, rows=20_000)
    assert found.acknowledged > 20
    assert found.refused > 0, "sessions at the same case must have met"
    assert (found.lost, found.doubled, found.disordered) == (0, 0, 0)
    assert found.unacknowledged <= 20
