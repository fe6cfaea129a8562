"""Whose page is being made: readers who press in the same moment get their first pictures one after another.

Made all at once they would all be ready when the last one is. What follows a first picture, and the work done ahead of
the readers, gives way.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

GIVE_WAY_FOR = 0.5  # seconds after the last page was made
LONGEST_TURN = 0.4  # seconds; a page that takes longer to its first picture holds nobody up any more
LONGEST_REST = 3.0  # seconds for which the rest of a page waits for other readers' first pictures
LONGEST_WAIT = 30.0  # seconds; readers without a pause do not stop the work for good


@dataclass(eq=False)
class Turn:
    """One page on its way to its first picture. began: on the clock `time.monotonic`; None while it waits."""

    began: float | None = None


class Pages:
    """The pages that are being made now, in the order in which they were asked for, and when the last one was done."""

    def __init__(self) -> None:
        self._made = 0
        self._last = 0.0
        self._turns: list[Turn] = []
        self._changed = threading.Condition()
        self._own = threading.local()

    @contextmanager
    def making(self) -> Iterator[None]:
        """Mark the time in which a reader's page is being made; wait first for those who pressed before."""
        turn = self._own.turn = Turn()
        with self._changed:
            self._made += 1
            self._turns.append(turn)
        try:
            self._wait_for(turn)
            yield
        finally:
            self.first_picture_sent()
            with self._changed:
                self._made -= 1
                self._last = time.monotonic()

    def _wait_for(self, turn: Turn) -> None:
        """Wait until the page before has sent its first picture, or has been at it for its longest time."""
        with self._changed:
            while (place := self._turns.index(turn)) > 0:
                before = self._turns[place - 1].began
                left = None if before is None else before + LONGEST_TURN - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._changed.wait(left)
            turn.began = time.monotonic()
            self._changed.notify_all()

    def first_picture_sent(self) -> None:
        """End this thread's turn: its page's first picture is on its way to the browser."""
        turn = getattr(self._own, "turn", None)
        self._own.turn = None
        with self._changed:
            if turn in self._turns:
                self._turns.remove(turn)
                self._changed.notify_all()

    def let_others_first(self) -> None:
        """Wait until the pages now on their way to a first picture have sent it, at most LONGEST_REST seconds."""
        with self._changed:
            others = set(self._turns)
            self._changed.wait_for(lambda: others.isdisjoint(self._turns), LONGEST_REST)

    def give_way(self, quiet: float = GIVE_WAY_FOR) -> None:
        """Wait until no page is being made and none was for some seconds."""
        end = time.monotonic() + max(LONGEST_WAIT, 3 * quiet)
        while time.monotonic() < end and (self._made or time.monotonic() - self._last < quiet):
            time.sleep(0.05)


pages = Pages()
