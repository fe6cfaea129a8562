"""The running product and the browser that the benchmarks of its screens measure in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Playwright

LOOK_EVERY, IDLE = 2.0, 0.1  # seconds; processor seconds a second
IDLE_LOOKS = 15  # in a row: the product begins some of its work after twenty seconds without a page


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(script: Path, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run a Streamlit script on a free port of this machine; give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true",
         "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_until_idle(most: float, looks: int = IDLE_LOOKS) -> None:
    """Wait until the served scripts have done the work that they do ahead, or after a picture, at most some seconds:
    what they do between two turns would slow the other page's turns down. looks: so many in a row must find them idle.
    Says so where they have not."""
    served = [child for child in psutil.Process().children() if "streamlit" in child.cmdline()]

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in served)

    end, idle, before = time.monotonic() + most, 0, used()
    while time.monotonic() < end and idle < looks:
        time.sleep(LOOK_EVERY)
        now = used()
        idle = idle + 1 if now - before < IDLE * LOOK_EVERY else 0
        before = now
    if idle < looks:
        print("The served scripts had not done their work; it slowed down the empty page, too.")


def launched(playwright: Playwright) -> Browser:
    """Start Chromium: CHROMIUM, else the one on the path. Ends the program, saying so, where there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        sys.exit("no Chromium found: put `chromium` on the path or set CHROMIUM")
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
