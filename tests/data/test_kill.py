"""Killed at any moment, an import is wholly in the store or not at all, and the store opens again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.import_speed import write_tickets
from data.store import Store

ROOT = Path(__file__).parents[2]
# In full: RESOLUTION_WATCH_KILLS=50, of a file of 200,000 rows.
KILLS = int(os.environ.get("RESOLUTION_WATCH_KILLS", "6"))
ROWS = 200_000 if KILLS >= 50 else 30_000
IMPORT = """
import sys
from datetime import date
from pathlib import Path
from data.intake import import_file
from data.store import Store
store = Store(Path(sys.argv[1]))
print("begin", flush=True)
with store.writing() as cursor:
    import_file(cursor, Path(sys.argv[2]), recorded_on=date(2026, 1, 1))
print("stored", flush=True)
store.close()
print("closed", flush=True)
"""


def importing(store: Path, csv: Path) -> subprocess.Popen[str]:
    """Start an import in a process of its own; give it once it has the store open."""
    command = [sys.executable, "-c", IMPORT, str(store), str(csv)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of Unix")
def test_an_import_killed_at_random_moments_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    csv = tmp_path / "tickets.csv"
    write_tickets(csv, ROWS)
    started = time.monotonic()
    with importing(tmp_path / "measure.duckdb", csv) as process:
        process.communicate()
    whole = time.monotonic() - started
    moments = random.Random(20250701)
    found = []
    for number in range(KILLS):
        store = tmp_path / f"{number}.duckdb"
        with importing(store, csv) as process:
            time.sleep(moments.uniform(0, whole * 1.05))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        opened = Store(store)
        try:
            ((tickets, current, imports),) = (
                opened.cursor()
                .execute(
                    "SELECT count(*), count(*) FILTER (WHERE superseded_on IS NULL),"
                    " (SELECT coalesce(sum(accepted), 0)::BIGINT FROM stored.imports) FROM stored.ticket_versions"
                )
                .fetchall()
            )
        finally:
            opened.close()
        assert (tickets, current, imports) in {(0, 0, 0), (ROWS, ROWS, ROWS)}
        found.append(tickets)
        for left in tmp_path.glob(f"{number}.duckdb*"):
            left.unlink()
    print(f"{KILLS} kills of an import of {ROWS} rows: {found.count(0)} times nothing, {found.count(ROWS)} times all")
