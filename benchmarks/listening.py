"""Calls coming in while ten browsers have the voice screen open, at the pace of 100,000 turns an hour.

    python benchmarks/listening.py [--pace 100000] [--minutes 4] [--browsers 10] [--elsewhere 9]

The product runs as it is started for people, on a store with the demo bank's tickets as a bank's own. So many Chromium
sessions, each a browser of its own, have the voice screen open; a further one goes on working: it chooses another class
on the threshold screen every few seconds, before anything arrives and while it does. A file of conversations comes into
the inbox every two seconds. Measured, by what stands on the screens: the time from a file's arrival to its calls being
counted, with every turn scored, in the first and in the last of the browsers; and the click of the working reader.
Printed at the end: what the store then holds. Needs requirements-dev.txt and a Chromium.

So many browsers paint on the very processors of the server. With --elsewhere N of them have their machine elsewhere, as
people do: they speak to the server as a browser does, over the same socket, look again as often as they are told to,
and paint nothing.
"""

from __future__ import annotations

import argparse
import builtins
import itertools
import math
import random
import re
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from playwright.sync_api import Page, TimeoutError, ViewportSize, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from benchmarks.arrival import bank, conversations
from benchmarks.redraw import ROOT, change_class, open_page
from benchmarks.running import launched, serving
from benchmarks.viewers import run_wish, socket_to
from data.demo import demo_bank
from data.demo_store import DEMO_AS_OF
from data.store import Store

EVERY = 2.0  # seconds between two files
CLICK_EVERY = 5.0  # seconds between two changes of class of the working reader
PATIENCE = 60.0  # seconds waited for the last files
SIZE: ViewportSize = {"width": 1366, "height": 768}
COUNT = "[data-testid=stMetricValue]"
READ = """() => {
    const value = document.querySelector('[data-testid="stMetricValue"]');
    return [value ? value.innerText : '', document.body.innerText.includes('%s')];
}"""
SCORED = "all turns scored"


@dataclass
class Sent:
    """A file: when it was put there, how many calls the screens show once it is counted, when browsers showed it."""

    at: float
    calls: int
    shown: dict[int, float] = field(default_factory=dict)


class Screen(Protocol):
    """A voice screen that somebody has open."""

    def shows(self) -> tuple[int, bool]:
        """Give the calls of the day that it shows (−1 without any), and whether it says that all turns are scored."""


class Painted:
    """A voice screen in a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        page.goto(address)
        page.wait_for_selector(COUNT, timeout=120_000)

    def shows(self) -> tuple[int, bool]:
        value, scored = self._page.evaluate(READ % SCORED)
        return calls_of(value), bool(scored)


class Elsewhere:
    """A voice screen whose browser paints on another machine: the messages without the painting."""

    def __init__(self, address: str, query: str, open_pages: ExitStack) -> None:
        """Open the page, and keep reading and looking in a thread until `open_pages` closes the socket."""
        self._query = query
        self._socket = socket_to(address, open_pages)
        self._due: dict[str, tuple[float, float]] = {}  # part of the page → seconds between looks, next look
        self._page = ""  # Streamlit's name of it
        self._shown, self._calls = (-1, False), -1
        self._socket.send(self._wish().SerializeToString())
        threading.Thread(target=self._live, daemon=True).start()
        until = time.monotonic() + PATIENCE
        while self._shown[0] < 0:
            if time.monotonic() > until:
                raise RuntimeError("the voice screen has not come")
            time.sleep(0.1)

    def shows(self) -> tuple[int, bool]:
        return self._shown

    def _wish(self, part: str = "") -> BackMsg:
        wish = run_wish(self._query)
        wish.rerun_script.page_name = "" if self._page else "voice"
        wish.rerun_script.page_script_hash = self._page
        wish.rerun_script.fragment_id = part
        wish.rerun_script.is_auto_rerun = bool(part)
        return wish

    def _live(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                with suppress(builtins.TimeoutError):
                    self._hear(ForwardMsg.FromString(bytes(self._socket.recv(timeout=0.05))))  # type: ignore[arg-type]
                now = time.monotonic()
                for part, (every, due) in list(self._due.items()):
                    if now >= due:
                        self._due[part] = (every, now + every)
                        self._socket.send(self._wish(part).SerializeToString())

    def _hear(self, said: ForwardMsg) -> None:
        element = said.delta.new_element
        if said.HasField("auto_rerun"):
            every = said.auto_rerun.interval
            self._due[said.auto_rerun.fragment_id] = (every, time.monotonic() + every)
        elif said.HasField("stop_auto_rerun"):
            self._due.pop(said.stop_auto_rerun.fragment_id, None)
        elif said.HasField("navigation"):
            self._page = said.navigation.page_script_hash
        elif element.HasField("metric") and element.metric.label.startswith("Calls and chats"):
            self._calls = calls_of(element.metric.body)
        elif element.HasField("markdown") and "turns being scored" in element.markdown.body:
            self._shown = (self._calls, False)
        elif element.HasField("markdown") and SCORED in element.markdown.body:
            self._shown = (self._calls, True)


def calls_of(value: str) -> int:
    """Give the calls of the day out of the figure that a screen shows; −1 without one."""
    found = re.match(r"(\d[\d,]*)", value)
    return int(found[1].replace(",", "")) if found else -1


def look(screens: list[Screen], waiting: list[Sent]) -> None:
    """Note which files the screens show as counted and scored."""
    for number, screen in enumerate(screens):
        calls, scored = screen.shows()
        if scored:
            for one in waiting:
                if calls >= one.calls:
                    one.shown.setdefault(number, time.monotonic())


def main(pace: int, minutes: float, browsers: int, elsewhere: int) -> None:
    """Serve, open the browsers, send, look, and print."""
    random.seed(7)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "store.duckdb"
        bank(path).close()
        classes = [str(name) for name in demo_bank().tickets["complaint_class"].value_counts().index[:6]]
        told = demo_bank().interactions.groupby("interaction_id")[["speaker", "text"]]
        sample = [list(map(tuple, one.to_numpy())) for _, one in itertools.islice(told, 800)]
        environment = {"RESOLUTION_WATCH_STORE": str(path)}
        with (
            serving(ROOT / "app.py", ROOT, environment) as address,
            sync_playwright() as playwright,
            ExitStack() as open_pages,
        ):
            chromium = launched(playwright)
            query = f"as_of={DEMO_AS_OF}&lang=en"
            worker = chromium.new_page(viewport=SIZE)
            open_page(worker, f"{address}/threshold?{query}")
            pages = [chromium.new_context(viewport=SIZE).new_page() for _ in range(browsers - elsewhere)]
            screens: list[Screen] = [Painted(page, f"{address}/voice?{query}") for page in pages]
            screens += [Elsewhere(address, query, open_pages) for _ in range(elsewhere)]
            time.sleep(20)
            before = clicks(worker, classes, 10)
            files, during, held = send(screens, worker, classes, sample, Store.inbox_of(path), pace, minutes)
            chromium.close()
        report(files, before, during, browsers)
        store = Store(path)
        counted = store.cursor().execute(
            "SELECT count(*), count(DISTINCT interaction_id) FROM stored.interactions WHERE interaction_id LIKE 'LIVE%'"
        )
        turns, calls = counted.fetchall()[0]
        print(f"sent {held[0]:,} turns of {held[1]:,} calls; stored {turns:,} of {calls:,}; lost {held[0] - turns:,}")
        store.close()


def clicks(worker: Page, classes: list[str], count: int) -> list[float]:
    """Choose one class after the other; milliseconds to the painted chart."""
    taken = []
    for number in range(count):
        taken.append(change_class(worker, classes[(number + 1) % len(classes)]))
        worker.wait_for_timeout(500)
    return taken


def answered(worker: Page, name: str) -> float:
    """Choose a class; milliseconds to the painted chart, infinite where there is none after a minute."""
    try:
        return change_class(worker, name)
    except TimeoutError:
        return math.inf


def send(
    screens: list[Screen],
    worker: Page,
    classes: list[str],
    sample: list[list[tuple[str, str]]],
    inbox: Path,
    pace: int,
    minutes: float,
) -> tuple[list[Sent], list[float], tuple[int, int]]:
    """Put files into the inbox at the pace; give what became of them, the clicks, and turns and calls sent."""
    number = itertools.count()
    calls = max(screen.shows()[0] for screen in screens)
    per_file = round(pace / 3600 * EVERY)
    files: list[Sent] = []
    taken: list[float] = []
    turns = sent_calls = 0
    began = time.monotonic()
    clicked = began
    while time.monotonic() < began + minutes * 60:
        text, names = conversations(sample, per_file, number)
        part = inbox / f"calls-{len(files):05d}.jsonl.part"
        part.write_text(text, encoding="utf-8")
        part.replace(part.with_suffix(""))
        turns += text.count('"speaker"')
        sent_calls += len(names)
        files.append(Sent(time.monotonic(), calls + sent_calls))
        while time.monotonic() < began + len(files) * EVERY:
            look(screens, [one for one in files if len(one.shown) < len(screens)])
            if time.monotonic() - clicked > CLICK_EVERY:
                clicked = time.monotonic()
                taken.append(answered(worker, classes[len(taken) % len(classes)]))
            time.sleep(0.05)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(len(one.shown) < len(screens) for one in files):
        look(screens, [one for one in files if len(one.shown) < len(screens)])
        time.sleep(0.05)
    return files, taken, (turns, sent_calls)


def report(files: list[Sent], before: list[float], during: list[float], browsers: int) -> None:
    """Print the delays and the clicks."""
    whole = [one for one in files if len(one.shown) == browsers]
    print(f"{len(files)} files, {len(files) - len(whole)} not seen in all {browsers} browsers")
    print(f"{'seconds from arrival, counted and scored':44s}{'median':>8s}{'95%':>8s}{'longest':>9s}")
    for name, pick in (("on the first screen", min), ("on the last of the screens", max)):
        late = np.array([pick(one.shown.values()) - one.at for one in whole] or [np.nan])
        print(f"{name:44s}{np.median(late):8.1f}{np.quantile(late, 0.95):8.1f}{late.max():9.1f}")
    print(f"{'another class, ms':44s}{'median':>8s}{'95%':>8s}{'longest':>9s}{'clicks':>8s}")
    for name, ms in (("before anything arrives", before), ("while calls come in", during)):
        most = np.quantile(ms, 0.95, method="higher")  # between infinite ones there is no middle
        print(f"{name:44s}{statistics.median(ms):8.0f}{most:8.0f}{max(ms):9.0f}{len(ms):8d}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pace", type=int, default=100_000, help="turns an hour")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--browsers", type=int, default=10)
    parser.add_argument("--elsewhere", type=int, default=0, help="of the browsers, how many paint on another machine")
    arguments = parser.parse_args()
    main(arguments.pace, arguments.minutes, arguments.browsers, arguments.elsewhere)
