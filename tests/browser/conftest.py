"""The real server and a real Chromium for every test of this folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from answers.risk_training import train_where_stale
from answers.turn_scores import score_all
from data.demo_store import DEMO_AS_OF, load_demo
from data.store import Store
from tests.browser.driver import STORE, Screen, Server, chromium, note, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it, saying so, where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: install one, or name it in CHROMIUM"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("RESOLUTION_WATCH_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the demo bank, to be copied; nobody opens it. Calls are scored and the models of risk of the
    days that tests look at are trained, so that no number changes behind a test's back."""
    path = tmp_path_factory.mktemp("store") / STORE
    store = Store(path)
    load_demo(store)
    score_all(store)
    for day in (DEMO_AS_OF, date(2025, 6, 15)):
        train_where_stale(store, day)
    store.close()
    return path


@pytest.fixture(scope="session")
def demo_server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demo bank that no test changes."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(demo_store, folder / STORE)
    with serving(folder) as server:
        yield server


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A server that starts with no store at all, as on a new machine."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def own_server(demo_store: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on the demo bank that the test may change."""
    shutil.copy(demo_store, tmp_path / STORE)
    with serving(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Callable[[bool], BrowserContext]]:
    """Give the light or the dark reader's browser, which keeps what it has loaded from test to test."""
    opened: dict[bool, BrowserContext] = {}

    def context(dark: bool) -> BrowserContext:
        if dark not in opened:
            opened[dark] = new_context(browser, dark)
        return opened[dark]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def look(browser: Browser, windows: Callable[[bool], BrowserContext], shots: Path) -> Iterator[Callable[..., Screen]]:
    """Open a window on a server; at the test's end nothing may have gone wrong in it. fresh: in a new browser."""
    opened: list[Screen] = []
    own: list[BrowserContext] = []

    def window(server: Server, *, dark: bool = False, fresh: bool = False) -> Screen:
        context = new_context(browser, dark) if fresh else windows(dark)
        if fresh:
            own.append(context)
        screen = Screen(context.new_page(), server, shots)
        screen.page.on("pageerror", lambda error: screen.faults.append(str(error)))
        screen.page.on("console", lambda message: note(screen, message))
        opened.append(screen)
        return screen

    yield window
    faults = [fault for screen in opened for fault in screen.faults]
    for screen in opened:
        screen.page.close()
    for context in own:
        context.close()
    assert faults == []


def new_context(browser: Browser, dark: bool) -> BrowserContext:
    """Give a browser of its own on a small notebook's screen, of a reader who has asked for less motion: without a
    graphics card, moving pictures alone take a processor."""
    return browser.new_context(
        viewport={"width": 1366, "height": 768},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="zh-CN",
        accept_downloads=True,
    )
