"""Calls coming in while people look: nothing lost, scored within seconds, screens answering.

`python benchmarks/arrival.py [--turns 20000] [--minutes 2] [--readers 10]`: files of conversations are put into the
inbox of a store that holds the demo bank's tickets as a bank's own; the product's own threads take and score them; so
many readers ask for what the voice, overview and threshold screens show, each every three seconds. The default is six
times the pace of 100,000 turns an hour (`--turns 100000 --minutes 60` is that hour).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from answers.class_year import class_year
from answers.evidence import standing
from answers.overview import overview
from answers.risk import open_risks
from answers.risk_training import train_where_stale
from answers.turn_scores import score_all
from answers.voice import voice, voice_counts
from data.demo import demo_bank
from data.demo_store import DEMO_AS_OF
from data.inbox import watch
from data.intake import import_frame
from data.scope import HEAD_OFFICE
from data.store import Store
from ui.listen import keep_listening

EVERY = 2.0  # seconds between two files
PREPAYMENT = "住房贷款提前还款"
PAUSE = 3.0  # seconds between two looks of one reader


def bank(path: Path) -> Store:
    """Give a store with the demo bank's data as a bank's own."""
    store, demo = Store(path), demo_bank()
    with store.writing() as cursor:
        for kind in ("branches", "balances", "tickets", "events", "interactions"):
            import_frame(cursor, kind, getattr(demo, kind), name=kind, recorded_on=DEMO_AS_OF)
    score_all(store)
    train_where_stale(store, DEMO_AS_OF)
    return store


def conversations(
    sample: list[list[tuple[str, str]]], count: int, number: itertools.count[int]
) -> tuple[str, list[str]]:
    """Give at least `count` turns as JSON Lines, and the numbers of their conversations."""
    lines, names, turns = [], [], 0
    start = datetime(2025, 7, 27, 9) + timedelta(seconds=random.randrange(20_000))
    while turns < count:
        told = random.choice(sample)
        name = f"LIVE{next(number):07d}"
        said = [{"start": 9.0 * place, "speaker": speaker, "text": text} for place, (speaker, text) in enumerate(told)]
        head = {
            "interaction_id": name,
            "started_at": start.isoformat(),
            "medium": "call",
            "branch_id": f"B{random.randrange(1, 37):02d}",
            "segments": said,
        }
        lines.append(json.dumps(head, ensure_ascii=False))
        names.append(name)
        turns += len(told)
    return "\n".join(lines) + "\n", names


def looks(store: Store, taken: dict[str, list[float]], stop: threading.Event, faults: list[str]) -> None:
    """Look at one screen's answers after the other, as a reader does."""
    day, year = DEMO_AS_OF, DEMO_AS_OF.year
    screens: dict[str, Callable[[], object]] = {
        "voice, live figures": lambda: voice_counts(store, HEAD_OFFICE, day),
        "voice, whole": lambda: (voice(store, HEAD_OFFICE, day), open_risks(store, HEAD_OFFICE, None, year, day)),
        "overview": lambda: overview(store, HEAD_OFFICE, year, day),
        "threshold": lambda: (
            class_year(store, HEAD_OFFICE, PREPAYMENT, year, day),
            standing(store, HEAD_OFFICE, PREPAYMENT, year, day),
        ),
    }
    while not stop.is_set():
        name = random.choice(list(screens))
        began = time.perf_counter()
        try:
            screens[name]()
        except Exception as error:
            faults.append(f"{name}: {error!r}")
        taken[name].append(time.perf_counter() - began)
        stop.wait(PAUSE * random.uniform(0.5, 1.5))


def scored_of(store: Store, names: list[str]) -> int:
    """Count the turns of conversations that have a score."""
    found = store.cursor().execute(
        "SELECT count(*) FROM stored.turn_scores WHERE interaction_id BETWEEN ? AND ?", [names[0], names[-1]]
    )
    return int(found.fetchall()[0][0])


def main(turns: int, minutes: float, readers: int) -> None:
    """Run and print one table."""
    random.seed(7)
    with tempfile.TemporaryDirectory() as place:
        store = bank(Path(place) / "store.duckdb")
        before = store.cursor().execute("SELECT count(*) FROM stored.interactions").fetchall()[0][0]
        told = demo_bank().interactions.groupby("interaction_id")[["speaker", "text"]]
        sample = [list(map(tuple, one.to_numpy())) for _, one in itertools.islice(told, 800)]
        overview(store, HEAD_OFFICE, DEMO_AS_OF.year, DEMO_AS_OF)
        watch(store)
        keep_listening(store)
        taken: dict[str, list[float]] = defaultdict(list)
        faults: list[str] = []
        stop, number = threading.Event(), itertools.count()
        people = [
            threading.Thread(target=looks, args=(store, taken, stop, faults), daemon=True) for _ in range(readers)
        ]
        for person in people:
            person.start()
        files = max(int(minutes * 60 / EVERY), 1)
        sent = 0
        waiting: list[tuple[float, list[str], int]] = []
        delays: list[float] = []
        began = time.monotonic()
        for file in range(files):
            text, names = conversations(sample, round(turns / files), number)
            customers = text.count('"speaker": "customer"')
            part = store.inbox / f"calls-{file:05d}.jsonl.part"
            part.write_text(text, encoding="utf-8")
            part.replace(part.with_suffix(""))
            sent += text.count('"speaker"')
            waiting.append((time.monotonic(), names, customers))
            while time.monotonic() < began + (file + 1) * EVERY or (file == files - 1 and waiting):
                for one in list(waiting):
                    if scored_of(store, one[1]) >= one[2]:
                        delays.append(time.monotonic() - one[0])
                        waiting.remove(one)
                time.sleep(0.1)
                if time.monotonic() - began > minutes * 60 + 120:
                    break
        took = time.monotonic() - began
        stop.set()
        held = store.cursor().execute("SELECT count(*) FROM stored.interactions").fetchall()[0][0] - before
        scored = (
            store.cursor()
            .execute("SELECT count(*) FROM stored.turn_scores WHERE interaction_id LIKE 'LIVE%'")
            .fetchall()[0][0]
        )
        print(
            f"{sent:,} turns in {files} files over {took:.0f} s ({sent / took * 3600:,.0f} an hour), {readers} readers"
        )
        print(f"stored {held:,}, lost {sent - held:,}; scored {scored:,} turns of customers; faults {len(faults)}")
        late = np.array(delays)
        print(
            f"from the file's arrival to its scores, seconds: median {np.median(late):.1f}, "
            f"95% {np.quantile(late, 0.95):.1f}, longest {late.max():.1f}; files not yet scored {len(waiting)}"
        )
        print(f"{'answers, ms':24s}{'asked':>8s}{'median':>9s}{'95%':>9s}{'longest':>9s}")
        for name, seconds in sorted(taken.items()):
            ms = 1000 * np.array(seconds)
            print(f"{name:24s}{len(ms):8d}{np.median(ms):9.1f}{np.quantile(ms, 0.95):9.1f}{ms.max():9.1f}")
        for fault in faults[:5]:
            print(fault)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--readers", type=int, default=10)
    arguments = parser.parse_args()
    main(arguments.turns, arguments.minutes, arguments.readers)
