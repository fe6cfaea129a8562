"""The more voice screens look at what comes in, the less often each of them does: all together ask for as much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.voice_live import GONE_AFTER, LOOK_EVERY, LOOKS_A_SECOND, Lookers, look_every


def test_screens_are_counted_while_they_look() -> None:
    lookers = Lookers()
    assert [lookers.seen(name, at) for name, at in (("a", 0.0), ("b", 1.0), ("a", 2.0))] == [1, 2, 2]
    assert lookers.seen("b", 2.0 + GONE_AFTER) == 1


@given(st.integers(1, 500))
def test_all_screens_together_look_no_more_often_than_is_bearable(screens: int) -> None:
    assert look_every(screens) >= LOOK_EVERY
    assert screens / look_every(screens) <= LOOKS_A_SECOND
