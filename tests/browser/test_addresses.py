"""The first screen is found at the bare address and by its own name alike."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.driver import Screen, Server


def test_r24_the_first_screen_is_found_by_its_name_too(demo_server: Server, look: Callable[..., Screen]) -> None:
    screen = look(demo_server, fresh=True)
    screen.open("threshold", as_of="2025-06-15")
    expect(screen.page.locator("h1")).to_have_text("全年允许量守得住吗？")
    screen.draws("2025-06-15")
    expect(screen.page.get_by_test_id("stSidebarNav").get_by_text("管控曲线")).to_have_count(1)
