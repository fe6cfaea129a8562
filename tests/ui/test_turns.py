"""Readers who press in the same moment get their first pictures one after another, and nobody is held up for long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

import ui.turns
from ui.turns import Pages

PATIENCE = 20.0  # seconds; a test that would wait for ever fails instead


def started(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def ended(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


class Reader:
    """A reader whose page is being made in a thread; the test says when its first picture is sent, and when it ends."""

    def __init__(self, pages: Pages, fails: bool = False) -> None:
        self.begun, self.picture, self.sent, self.rest = (threading.Event() for _ in range(4))
        self.alone = threading.Event()

        def page() -> None:
            with pages.making():
                self.begun.set()
                assert self.picture.wait(PATIENCE)
                if fails:
                    raise KeyError
                pages.first_picture_sent()
                self.sent.set()
                pages.let_others_first()
                self.alone.set()
                assert self.rest.wait(PATIENCE)

        def run() -> None:
            with suppress(KeyError):
                page()

        self.thread = started(run)


def in_line(pages: Pages, reader: Reader, place: int) -> Reader:
    """Wait until a reader stands in the line at a place."""
    for _ in range(int(PATIENCE / 0.01)):
        if len(pages._turns) > place:
            return reader
        threading.Event().wait(0.01)
    raise AssertionError("did not come")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.turns, "LONGEST_TURN", 10 * PATIENCE)
    monkeypatch.setattr(ui.turns, "LONGEST_REST", 10 * PATIENCE)


@pytest.mark.usefixtures("patient")
def test_first_pictures_are_made_in_the_order_of_the_presses_and_the_rest_after_them() -> None:
    pages = Pages()
    readers = [in_line(pages, Reader(pages), place) for place in range(3)]
    for place, reader in enumerate(readers):
        assert reader.begun.wait(PATIENCE)
        assert not any(later.begun.is_set() for later in readers[place + 1 :])
        assert not any(earlier.alone.is_set() for earlier in readers[:place])
        reader.picture.set()
        assert reader.sent.wait(PATIENCE)
    for reader in readers:
        assert reader.alone.wait(PATIENCE)
        reader.rest.set()
    ended(*(reader.thread for reader in readers))


def test_a_page_that_takes_long_holds_nobody_up_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.turns, "LONGEST_TURN", 0.01)
    pages = Pages()
    slow, quick = Reader(pages), Reader(pages)
    assert slow.begun.wait(PATIENCE)
    assert quick.begun.wait(PATIENCE)
    for reader in (quick, slow):
        reader.picture.set()
        reader.rest.set()
    ended(slow.thread, quick.thread)


def test_the_rest_of_a_page_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui.turns, "LONGEST_TURN", 0.01)
    monkeypatch.setattr(ui.turns, "LONGEST_REST", 0.01)
    pages = Pages()
    slow, quick = Reader(pages), Reader(pages)
    quick.picture.set()
    assert quick.alone.wait(PATIENCE)
    assert not slow.sent.is_set()
    for reader in (quick, slow):
        reader.picture.set()
        reader.rest.set()
    ended(slow.thread, quick.thread)


@pytest.mark.usefixtures("patient")
def test_the_rest_of_a_page_does_not_wait_for_those_who_press_later() -> None:
    pages = Pages()
    first = in_line(pages, Reader(pages), 0)
    second = in_line(pages, Reader(pages), 1)
    first.picture.set()
    assert second.begun.wait(PATIENCE)
    later = in_line(pages, Reader(pages), 1)
    second.picture.set()
    assert first.alone.wait(PATIENCE)
    assert not later.sent.is_set()
    later.picture.set()
    for reader in (first, second, later):
        reader.rest.set()
    ended(first.thread, second.thread, later.thread)


@pytest.mark.usefixtures("patient")
def test_a_page_that_ends_without_a_picture_or_fails_lets_the_next_one_begin() -> None:
    pages = Pages()
    failing = in_line(pages, Reader(pages, fails=True), 0)
    later = in_line(pages, Reader(pages), 1)
    failing.picture.set()
    assert later.begun.wait(PATIENCE)
    later.picture.set()
    later.rest.set()
    ended(failing.thread, later.thread)

    def another() -> None:
        with pages.making():
            pass

    ended(started(another))


@pytest.mark.usefixtures("patient")
def test_work_done_ahead_gives_way_while_a_page_is_made() -> None:
    pages = Pages()
    reader = Reader(pages)
    assert reader.begun.wait(PATIENCE)
    given = threading.Event()

    def ahead() -> None:
        pages.give_way(0.0)
        given.set()

    waiting = started(ahead)
    assert not given.wait(0.2)
    reader.picture.set()
    reader.rest.set()
    assert given.wait(PATIENCE)
    ended(reader.thread, waiting)
