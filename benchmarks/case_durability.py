"""Entries about cases under load: sessions write to the same cases while imports run, then the process is killed.

    python -m benchmarks.case_durability [--seconds 300] [--sessions 20] [--cases 10] [--rows 50000]

Every session looks at a case, enters a step with what it has seen, and looks again where somebody else was faster.
An entry counts as acknowledged once `append` has returned; the acknowledgement leaves the process at once. Meanwhile
ticket files are imported one after the other. Then the process gets SIGKILL, the store is opened again, and every
acknowledged entry must be there, once, in order. Held to: nothing lost, nothing double, nothing out of order.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2025, 7, 27)


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    acknowledged, refused: entries taken, and those refused because somebody else had written first. imports: ticket
    files taken in meanwhile. lost, doubled, disordered: acknowledged entries that are missing, there twice, or not in
    the order in which their session made them; unacknowledged: entries on disk whose acknowledgement the kill cut off
    (at most one a session). median, slowest: milliseconds an acknowledged entry took.
    """

    acknowledged: int
    refused: int
    imports: int
    lost: int
    doubled: int
    disordered: int
    unacknowledged: int
    median: float
    slowest: float


def run(folder: Path, *, seconds: float, sessions: int, cases: int, rows: int) -> Outcome:
    """Let the sessions write for some seconds, kill the process, and look at what is on disk."""
    from benchmarks.import_speed import write_tickets

    write_tickets(folder / "tickets.csv", rows)
    command = [sys.executable, "-m", "benchmarks.case_durability", "--write", str(folder)]
    command += ["--sessions", str(sessions), "--cases", str(cases)]
    told: list[dict[str, object]] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begin\n"

        def listen() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                if line.endswith("\n"):  # the kill may cut the last line
                    told.append(json.loads(line))

        listener = threading.Thread(target=listen)
        listener.start()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        listener.join()
    return _compared(folder / "store.duckdb", told)


def _compared(path: Path, told: list[dict[str, object]]) -> Outcome:
    from data.ledger import entries
    from data.scope import HEAD_OFFICE
    from data.store import Store

    taken = [line for line in told if line["what"] == "entry"]
    store = Store(path)
    kept = entries(store, HEAD_OFFICE, DAY)
    store.close()
    there = Counter(str(entry.body["mark"]) for entry in kept)
    marks = [str(line["mark"]) for line in taken]
    by_id = {str(entry.body["mark"]): entry.entry_id for entry in kept}
    disordered = 0
    for session in {line["session"] for line in taken}:
        own = [by_id[str(line["mark"])] for line in taken if line["session"] == session and str(line["mark"]) in by_id]
        disordered += sum(later <= earlier for earlier, later in pairwise(own))
    clock = [(entry.entry_id, entry.entered_at) for entry in kept]
    disordered += sum(b[1] < a[1] for a, b in pairwise(clock))
    took = sorted(float(str(line["ms"])) for line in taken)
    return Outcome(
        acknowledged=len(taken),
        refused=sum(line["what"] == "refused" for line in told),
        imports=sum(line["what"] == "import" for line in told),
        lost=sum(there[mark] == 0 for mark in marks),
        doubled=sum(number > 1 for number in there.values()),
        disordered=disordered,
        unacknowledged=len(there) - len(set(marks) & set(there)),
        median=took[len(took) // 2] if took else 0.0,
        slowest=took[-1] if took else 0.0,
    )


def write(folder: Path, sessions: int, cases: int) -> None:
    """Write entries and import files until the process is killed; never returns."""
    from data.intake import import_file
    from data.ledger import append, entries
    from data.scope import HEAD_OFFICE
    from data.store import Store
    from texts import Problem

    store = Store(folder / "store.duckdb")

    def tell(**line: object) -> None:
        os.write(1, (json.dumps(line) + "\n").encode())  # one write: lines of sessions do not mix

    def session(number: int) -> None:
        draw = random.Random(number)
        made = 0
        while True:
            subject = f"ticket:T{draw.randrange(cases)}"
            seen = max((entry.entry_id for entry in entries(store, HEAD_OFFICE, DAY, subject=subject)), default=0)
            time.sleep(draw.uniform(0, 0.05))  # the person types
            mark, begun = f"{number}-{made}", time.perf_counter()
            try:
                append(
                    store,
                    HEAD_OFFICE,
                    kind="case_step",
                    subject=subject,
                    body={"mark": mark, "text": "电话联系客户"},
                    who=f"S{number}",
                    on_day=DAY,
                    seen=seen,
                    token=mark,
                )
            except Problem:
                tell(what="refused")
                continue
            tell(what="entry", session=number, mark=mark, ms=1000 * (time.perf_counter() - begun))
            made += 1

    os.write(1, b"begin\n")
    for number in range(sessions):
        threading.Thread(target=session, args=(number,), daemon=True).start()
    while True:
        with store.writing() as cursor:
            import_file(cursor, folder / "tickets.csv", recorded_on=date(2026, 1, 1))
            # taken out again, so that every import has its whole work to do
            cursor.execute("DELETE FROM stored.ticket_versions")
            cursor.execute("DELETE FROM stored.imports")
        tell(what="import")


def main() -> None:
    """Run and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write, options.sessions, options.cases)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = run(
            Path(folder), seconds=options.seconds, sessions=options.sessions, cases=options.cases, rows=options.rows
        )
    print(f"{options.sessions} sessions, {options.cases} cases, {options.seconds:.0f} s, then kill -9")
    for name, value in vars(found).items():
        print(f"{name:16}{value:>12,.0f}" if isinstance(value, int) else f"{name:16}{value:>12.1f} ms")


if __name__ == "__main__":
    main()
