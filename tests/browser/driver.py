"""Driving the product as a reader does: the real server, a real window."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, TimeoutError

ROOT = Path(__file__).resolve().parents[2]
STORE = "store.duckdb"
STARTED_WITHIN = 30  # seconds for the server itself
LOADED_WITHIN = 90_000  # ms for the first page, which loads the demo bank
HEARD_WITHIN = 10_000  # ms
IDLE_WITHIN = 60_000  # ms for any later page


def chromium() -> str | None:
    """Give the browser's program: CHROMIUM, else Debian's, else Chrome's; None where there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@dataclass(frozen=True)
class Server:
    """A running product with a store of its own."""

    address: str
    store: Path
    log: Path


@dataclass
class Screen:
    """One reader's browser window on one server."""

    page: Page
    server: Server
    shots: Path
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "", **params: str) -> None:
        """Open an address and wait until everything is painted."""
        query = "?" + urlencode({key.rstrip("_"): value for key, value in params.items()}) if params else ""
        self.page.goto(f"{self.server.address}/{path}{query}")
        self.page.wait_for_selector('[data-testid="stMainBlockContainer"] *', timeout=LOADED_WITHIN)
        self.idle(LOADED_WITHIN)

    def idle(self, within: float = IDLE_WITHIN) -> None:
        """Wait until the script has run and stays at rest."""
        quiet = """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            const busy = document.querySelector('[data-testid="stSpinner"], [data-stale="true"]');
            const rest = app && app.dataset.testScriptState === 'notRunning' && !busy;
            window.__quiet = rest ? (window.__quiet ?? performance.now()) : undefined;
            return rest && performance.now() - window.__quiet > 300;
        }"""
        self.page.evaluate("window.__quiet = undefined")
        self.page.wait_for_function(quiet, timeout=within, polling=50)

    def act(self, action: Callable[[], object], within: float = IDLE_WITHIN) -> None:
        """Do something that makes the page run again, and wait until it has run and stays at rest (`within` ms)."""
        self.page.evaluate("""() => {
            const app = document.querySelector('[data-testid="stApp"]');
            window.__runs = 0;
            window.__watch?.disconnect();
            window.__watch = new MutationObserver(() => {
                if (app.dataset.testScriptState !== 'notRunning') window.__runs += 1;
            });
            window.__watch.observe(app, {attributeFilter: ['data-test-script-state']});
        }""")
        action()
        try:
            self.page.wait_for_function("window.__runs > 0", timeout=HEARD_WITHIN)
        except TimeoutError:  # a click on an element that was just being replaced goes unheard: once more
            action()
            self.page.wait_for_function("window.__runs > 0", timeout=IDLE_WITHIN)
        self.idle(within)

    def press(self, key: str) -> None:
        """Press the button of a key."""
        self.act(self.picker(key).locator("button:visible").first.click)

    def chart(self) -> str:
        """Give the texts drawn in the first chart."""
        svg = self.page.locator('[data-testid="stPlotlyChart"] .main-svg')
        svg.first.wait_for(timeout=LOADED_WITHIN)
        return " ".join(text or "" for text in svg.all_text_contents())

    def picker(self, key: str) -> Locator:
        """Give a picker by its key."""
        return self.page.locator(f".st-key-{key}")

    def pick(self, key: str, text: str) -> None:
        """Choose an entry of a picker."""
        option = self.page.get_by_role("option").filter(has_text=text).first
        self.picker(key).locator('[data-baseweb="select"], input').first.click()
        try:
            option.wait_for(timeout=HEARD_WITHIN)
        except TimeoutError:  # the page ran again and closed the list that was just opened: once more
            self.picker(key).locator('[data-baseweb="select"], input').first.click()
        self.act(option.click)

    def says(self, key: str, text: str) -> None:
        """Wait until the element of a key says a text; a busy machine may paint it a moment after the run."""
        self.picker(key).filter(has_text=text).first.wait_for(timeout=IDLE_WITHIN)

    def shot(self, name: str) -> None:
        """Keep a picture of the window."""
        self.page.screenshot(path=self.shots / f"{name}.png")

    def overflows(self) -> bool:
        """Say whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int | None = None, options: Sequence[str] = ()) -> Iterator[Server]:
    """Run the product as the README says, on a free port, with a store in a folder and further options."""
    port = port or free_port()
    store, log = folder / STORE, folder / "server.log"
    environment = {**os.environ, "RESOLUTION_WATCH_STORE": str(store)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    command += options
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield Server(f"http://127.0.0.1:{port}", store, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; fails where it ends or does not answer in time."""
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the server did not start")


def note(screen: Screen, message: ConsoleMessage) -> None:
    """Keep a console error; Streamlit's own search for its server from a page's path (a 404, then found) is none."""
    if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
        screen.faults.append(f"{message.text} {message.location}")
