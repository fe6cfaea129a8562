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
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, TimeoutError, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
STORE = "store.duckdb"
STARTED_WITHIN = 30  # seconds for the server itself
LOADED_WITHIN = 90_000  # ms for the first page, which loads the demo bank
HEARD_WITHIN = 10_000  # ms
IDLE_WITHIN = 60_000  # ms for any later page

expect.set_options(timeout=IDLE_WITHIN)


def chromium() -> str | None:
    """Give the browser's program: CHROMIUM, else the one without windows, else Debian's or Chrome's, else None."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Server:
    """A running product with a store of its own."""

    address: str
    store: Path
    log: Path


@dataclass
class Talk:
    """What a window and its server have said to each other: runs that the reader asked for, and their ends.

    The page itself shows only whether a script runs now; a short run begins and ends between two looks.
    """

    asked: int = 0
    begun: bool = True
    done: bool = True

    def listen(self, socket: WebSocket) -> None:
        """Follow a connection of the window."""
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, str):  # the handshake
            return
        message = BackMsg.FromString(frame)
        if message.HasField("rerun_script") and not message.rerun_script.is_auto_rerun:
            self.asked, self.begun, self.done = self.asked + 1, False, False

    def _received(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            return
        message = ForwardMsg.FromString(frame)
        if message.HasField("new_session"):
            self.begun = True
        elif message.HasField("script_finished") and self.begun:  # not the end of a run that began before
            self.done = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Screen:
    """One reader's browser window on one server. Whatever looks at the page waits until it is so, or fails."""

    page: Page
    server: Server
    shots: Path
    faults: list[str] = field(default_factory=list)
    talk: Talk = field(default_factory=Talk)

    def __post_init__(self) -> None:
        self.page.on("websocket", self.talk.listen)

    def open(self, path: str = "", **params: str) -> None:
        """Open an address and wait until everything is painted."""
        query = "?" + urlencode({key.rstrip("_"): value for key, value in params.items()}) if params else ""
        self.visit(f"{self.server.address}/{path}{query}")

    def visit(self, link: str) -> None:
        """Open a whole link and wait until everything is painted."""
        self.load(lambda: self.page.goto(link))

    def load(self, action: Callable[[], object]) -> None:
        """Load the page anew by an action and wait until everything is painted."""
        asked = self.talk.asked
        action()
        self.until(lambda: self.talk.asked > asked, LOADED_WITHIN)
        self.page.wait_for_selector('[data-testid="stMainBlockContainer"] *', timeout=LOADED_WITHIN)
        self.idle(LOADED_WITHIN)

    def idle(self, within: float = IDLE_WITHIN) -> None:
        """Wait until what was asked for has run, and the page stays as it is."""
        self.until(lambda: self.talk.done, within)
        quiet = """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            const unfinished = '[data-testid="stSpinner"], [data-testid="stSkeleton"], [data-stale="true"]';
            if (!window.__seen) {
                const seen = window.__seen = {at: performance.now(), looks: 0};
                new MutationObserver(() => { seen.at = performance.now(); seen.looks = 0; })
                    .observe(document.body, {childList: true, characterData: true, subtree: true});
            }
            const rest = app && app.dataset.testScriptState === 'notRunning' && !document.querySelector(unfinished);
            window.__seen.looks = rest ? window.__seen.looks + 1 : 0;
            return window.__seen.looks > 5 && performance.now() - window.__seen.at > 300;
        }"""
        self.page.wait_for_function(quiet, timeout=within, polling=50)

    def act(self, action: Callable[[], object], within: float = IDLE_WITHIN) -> None:
        """Do something that makes the page run again, and wait until it has run and stays at rest (`within` ms)."""
        asked = self.talk.asked
        action()
        try:
            self.until(lambda: self.talk.asked > asked, HEARD_WITHIN)
        except AssertionError:  # a click on an element that was just being replaced goes unheard: once more
            action()
            self.until(lambda: self.talk.asked > asked, within)
        self.idle(within)

    def until(self, true: Callable[[], bool], within: float = IDLE_WITHIN) -> None:
        """Wait until something is true; fails after `within` ms."""
        end = time.monotonic() + within / 1000
        while not true():
            assert time.monotonic() < end, f"not so within {within / 1000:.0f} s"
            self.page.wait_for_timeout(50)

    @property
    def main(self) -> Locator:
        """The page outside the sidebar."""
        return self.page.get_by_test_id("stMain")

    def reads(self, *texts: str) -> None:
        """Wait until all of the texts can be read on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text, use_inner_text=True)

    def lacks(self, *texts: str) -> None:
        """Wait until none of the texts can be read on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text, use_inner_text=True)

    def asks(self, **wanted: str | None) -> None:
        """Wait until the window's address asks for these values; None: does not say the key at all."""
        self.until(lambda: {key: self.asked().get(key.rstrip("_")) for key in wanted} == wanted)

    def asked(self) -> dict[str, str]:
        """Give what the window's address asks for."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    def press(self, key: str) -> None:
        """Press the button of a key."""
        self.act(self.picker(key).locator("button:visible").first.click)

    @property
    def charts(self) -> Locator:
        """The charts of the page."""
        return self.page.get_by_test_id("stPlotlyChart")

    def chart(self) -> str:
        """Give the texts drawn in the first chart."""
        svg = self.charts.first.locator(".main-svg")
        svg.first.wait_for(timeout=LOADED_WITHIN)
        return " ".join(text or "" for text in svg.all_text_contents())

    def draws(self, *texts: str) -> None:
        """Wait until all of the texts stand in the first chart."""
        for text in texts:
            expect(self.charts.first.locator(".svg-container")).to_contain_text(text, timeout=LOADED_WITHIN)

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

    def says(self, key: str, *texts: str) -> None:
        """Wait until the element of a key says all of the texts."""
        for text in texts:
            expect(self.picker(key).first).to_contain_text(text, use_inner_text=True)

    def shot(self, name: str) -> None:
        """Keep a picture of the window."""
        self.page.screenshot(path=self.shots / f"{name}.png")

    def fits(self) -> None:
        """Wait until the page is no wider than the window."""
        self.until(lambda: bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")))


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
