"""Every step of a presentation fits its window; and a typed day is taken over by Enter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.demo.truth import PREPAYMENT
from tests.browser.driver import Screen, Server

Look = Callable[..., Screen]
# steps with the most cards, lines and words, and one whose picture fills the window
FULLEST = {"cases": (1, 2, 7), "review": (2, 4, 5), "": (1,)}


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_r24_the_fullest_steps_fit_the_window(demo_server: Server, look: Look, size: tuple[int, int]) -> None:
    screen = look(demo_server, fresh=True)
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})
    for path, steps in FULLEST.items():
        for step in steps:
            screen.open(path, class_=PREPAYMENT, present="1", step=str(step))
            screen.says("presentation_line", f"{step} / ")
            screen.shot(f"presented_{path or 'threshold'}_{step}_{size[0]}")
            main = "document.querySelector('[data-testid=stMain]')"
            assert screen.page.evaluate(f"{main}.scrollHeight - {main}.clientHeight") <= 1, (path, step)
            leave = screen.picker("leave_button").bounding_box()
            assert leave is not None
            assert leave["x"] + leave["width"] <= size[0], "the way out is in the window"
            assert leave["y"] < 60, "the line above does not break"


def test_r24_a_section_with_more_lines_than_fit_says_how_many_more(demo_server: Server, look: Look) -> None:
    screen = look(demo_server, fresh=True)
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    screen.open("cases", class_=PREPAYMENT, present="1", step="2")
    screen.reads("另有2笔")


def test_r24_enter_takes_over_a_typed_as_of_day(demo_server: Server, look: Look) -> None:
    screen = look(demo_server, fresh=True)
    screen.open()
    parts = screen.picker("as_of_picker").locator('[role="spinbutton"]')
    parts.first.click()
    screen.page.keyboard.type("20250615")
    screen.page.wait_for_timeout(300)
    assert "as_of=2025-06-15" not in screen.page.url, "nothing changes while somebody types"
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_function("location.search.includes('as_of=2025-06-15')", timeout=10_000)
    screen.idle()
    screen.draws("2025-06-15")
