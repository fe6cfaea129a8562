"""Figures to PNG bytes with a browser of the machine: within a time limit, whatever the browser does."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from reports.browsers import BROWSER_VARIABLE, find_browser
from reports.fonts import font_environment
from texts import N_, Message, Problem

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ("-m", "reports.drawing")
CLOSING = 10  # seconds a browser may take to close once everything is drawn
MOST_HANGS = 3  # figures given up one by one before the browser itself is given up
logger = logging.getLogger(__name__)
_one_browser = threading.Lock()  # ten people asking for a pack at once share the machine's memory


@dataclass(frozen=True)
class Limits:
    """Seconds to wait: for the browser to start, for one picture, for all of them together."""

    start: float = 60
    picture: float = 30
    overall: float = 900


@dataclass(frozen=True)
class Drawn:
    """What came of drawing.

    pictures: PNG bytes for every figure in order, None where one could not be drawn. fault: why, and what to do; None
    where every picture is there.
    """

    pictures: tuple[bytes | None, ...]
    fault: Problem | None


def unseen(_step: object) -> None:
    """Show no progress."""


def draw(
    figures: Sequence[go.Figure | str],
    progress: Callable[[int], None] = unseen,
    *,
    limits: Limits | None = None,
) -> Drawn:
    """Draw figures (or their JSON) as PNG, 1280 × 720 at scale 2, in one browser and in order.

    progress: called with the number of figures finished. Never raises for a missing, broken or hanging browser and
    never waits longer than the limits: what is drawn by then is given, and the fault says why the rest is not.
    """
    if not figures:
        return Drawn((), None)
    limits = limits or Limits()
    try:
        browser = find_browser()
    except Problem as fault:
        return Drawn((None,) * len(figures), fault)
    if not _one_browser.acquire(timeout=limits.overall):
        return Drawn((None,) * len(figures), _too_slow(limits.overall))
    try:
        with tempfile.TemporaryDirectory(prefix="pictures-", ignore_cleanup_errors=True) as name:
            return _draw_in(Path(name), browser, figures, progress, limits)
    finally:
        _one_browser.release()


def _draw_in(
    workplace: Path, browser: Path, figures: Sequence[go.Figure | str], progress: Callable[[int], None], limits: Limits
) -> Drawn:
    """Draw through the folder `workplace`, with a fresh browser after one that hung."""
    folder = workplace / "figures"
    folder.mkdir()
    for number, figure in enumerate(figures):
        (folder / f"{number:05d}.json").write_text(
            figure if isinstance(figure, str) else figure.to_json(), encoding="utf-8"
        )
    environment = _environment(workplace, browser)
    until = time.monotonic() + limits.overall
    fault: Problem | None = None
    hangs = 0
    while any(folder.glob("*.json")) and hangs < MOST_HANGS:
        with _Drawing(folder, environment, workplace / "log.txt") as drawing:
            fault = _attend(drawing, folder, browser, progress, limits, until) or fault
        hangs += 1
        if time.monotonic() >= until or not drawing.ready:
            break
    pictures = (folder / f"{number:05d}.png" for number in range(len(figures)))
    return Drawn(tuple(path.read_bytes() if path.exists() else None for path in pictures), fault)


def _attend(
    drawing: _Drawing, folder: Path, browser: Path, progress: Callable[[int], None], limits: Limits, until: float
) -> Problem | None:
    """Follow one drawing process to its end or its hanging; the figures it finished leave the folder."""
    fault: Problem | None = None
    while True:
        waiting = sorted(folder.glob("*.json"))
        left = until - time.monotonic()
        patience = limits.start if not drawing.ready else limits.picture if waiting else CLOSING
        fact = drawing.next_fact(min(patience, left))
        if fact is None and not waiting:
            return fault
        if fact is None:
            if drawing.ended:
                logger.warning("drawing ended early: %s", drawing.last_words())
                waiting[0].unlink()
                return _broken(browser)
            if left <= patience:
                return _too_slow(limits.overall)
            if not drawing.ready:
                return _not_started(browser, limits.start)
            waiting[0].unlink()
            return _hung(limits.picture)
        finished = fact.get("drawn", fact.get("failed"))
        if "failed" in fact:
            fault = _refused(str(fact["reason"]))
        if finished is not None:
            (folder / f"{finished:05d}.json").unlink()
            progress(int(finished) + 1)


def _environment(workplace: Path, browser: Path) -> dict[str, str]:
    """Give the drawing process's variables; its temporary files go with the workplace, also after a hard end."""
    temporary = workplace / "tmp"
    temporary.mkdir()
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    return {
        **os.environ,
        **font_environment(workplace),
        BROWSER_VARIABLE: str(browser),
        "PYTHONPATH": path,
        "PYTHONUTF8": "1",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
    }


class _Drawing:
    """A running drawing process: what it says, and its certain end."""

    def __init__(self, folder: Path, environment: dict[str, str], log: Path) -> None:
        self.ready = False
        self.ended = False
        self._browser: int | None = None
        self._closed = False
        self._log = log
        self._facts: queue.Queue[dict[str, Any] | None] = queue.Queue()
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, *DRAWING, str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                cwd=ROOT,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> _Drawing:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process and its browser, which is a session of its own."""
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
        elif self._browser is not None and not self._closed:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._browser, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        if self._process.stdout is not None and not self._reader.is_alive():
            self._process.stdout.close()

    def next_fact(self, seconds: float) -> dict[str, Any] | None:
        """Give what the process says next; None where it says nothing in time, or has ended."""
        try:
            fact = self._facts.get(timeout=max(seconds, 0))
        except queue.Empty:
            return None
        if fact is None:
            self.ended = True
            return None
        self._browser = fact.get("browser", self._browser)
        self.ready = self.ready or "ready" in fact
        self._closed = self._closed or "closed" in fact
        return fact

    def last_words(self) -> str:
        """Give the last line of the process's log."""
        lines = [line.strip() for line in self._log.read_text("utf-8", errors="replace").splitlines()]
        return next((line for line in reversed(lines) if line), "")[:300]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                self._facts.put(json.loads(line))
        self._facts.put(None)


def _not_started(browser: Path, seconds: float) -> Problem:
    return Problem(
        Message(
            N_("The browser {path} did not start within {seconds:g} seconds; pictures are missing."),
            {"path": str(browser), "seconds": seconds},
        ),
        Message(
            N_("Check that {path} runs on this machine, or set {variable} to another, and make the pack again."),
            {"path": str(browser), "variable": BROWSER_VARIABLE},
        ),
    )


def _broken(browser: Path) -> Problem:
    return Problem(
        Message(N_("The browser {path} stopped; pictures are missing."), {"path": str(browser)}),
        Message(
            N_(
                "Run “{path} --version” to see whether it works on this machine, or set {variable} to another, and "
                "make the pack again."
            ),
            {"path": str(browser), "variable": BROWSER_VARIABLE},
        ),
    )


def _hung(seconds: float) -> Problem:
    return Problem(
        Message(N_("A picture was not finished within {seconds:g} seconds and is missing."), {"seconds": seconds}),
        Message(N_("Make the pack again when the machine is less busy.")),
    )


def _too_slow(seconds: float) -> Problem:
    return Problem(
        Message(
            N_("The pictures were not finished within {seconds:g} seconds; those missing are listed."),
            {"seconds": seconds},
        ),
        Message(N_("Make the pack again when the machine is less busy.")),
    )


def _refused(reason: str) -> Problem:
    return Problem(
        Message(N_("A picture could not be drawn and is missing. The browser said: {reason}"), {"reason": reason}),
        Message(N_("Make the pack again; where it happens again, report it with this text.")),
    )
