"""Every view has an address that opens it in any browser; the way from a warning; the key that fills the screen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Screen, Server

PREPAYMENT, COLLECTION = "住房贷款提前还款", "债务催收"
Look = Callable[..., Screen]
VIEWS = {
    "": {"part": "changes", "class_": COLLECTION},
    "overview": {"as_of": "2025-06-15"},
    "branches": {"branch": "B01", "week": "2025-06-02"},
    "causes": {"step": "4", "basis": "not_agreed"},
    "cases": {"register": "management"},
    "voice": {"only": "own"},
    "review": {"step": "2"},
    "letters": {"step": "2"},
    "plan": {"class_": COLLECTION},
    "data": {"part": "imports"},
}


def marks(screen: Screen) -> list[str]:
    """What is shown: headings, figures, and which tab or button of a row is chosen."""
    shown = '[data-testid="stHeading"], [data-testid="stMetricValue"], [role="tab"][aria-selected="true"]'
    chosen = '[data-testid="stMain"] [role="radio"][aria-checked="true"]'
    return [" ".join(text.split()) for text in screen.page.locator(f"{shown}, {chosen}").all_inner_texts()]


@pytest.mark.parametrize("path", list(VIEWS))
def test_a_pasted_link_shows_another_reader_the_same_view_of_every_screen(
    demo_server: Server, look: Look, path: str
) -> None:
    first = look(demo_server)
    first.open(path, lang="zh", **VIEWS[path])
    link = first.page.url
    first.asks(**VIEWS[path])
    second = look(demo_server, fresh=True)
    second.visit(link)
    second.until(lambda: bool(marks(second)) and marks(second) == marks(first))
    assert second.page.url == link


def test_the_tab_that_is_opened_stands_in_the_address_and_back_leads_to_the_one_before(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open(lang="zh")
    screen.chart()
    opened = screen.page.locator('[role="tab"][aria-selected="true"]')
    screen.act(screen.page.get_by_role("tab", name="预警登记").click)
    screen.asks(part="register")
    screen.act(screen.page.get_by_role("tab", name="逐周对照").click)
    screen.asks(part="weeks")
    screen.act(screen.page.go_back)
    screen.asks(part="register")
    expect(opened).to_have_text("预警登记")
    screen.act(screen.page.go_forward)
    expect(opened).to_have_text("逐周对照")


def test_one_press_of_back_returns_from_a_screen_that_a_button_or_the_sidebar_turned_to(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open(lang="zh")
    screen.chart()
    screen.act(screen.page.get_by_role("tab", name="逐周对照").click)
    screen.asks(part="weeks")
    before = screen.page.url
    for step in (
        screen.page.get_by_role("button", name="哪些机构").first,
        screen.page.get_by_test_id("stSidebarNav").get_by_role("link", name="总览"),
    ):
        screen.act(step.click)
        screen.until(lambda: screen.page.url != before and "class=" in screen.page.url)
        turned_to = screen.page.url
        screen.act(screen.page.go_back)
        screen.until(lambda: screen.page.url == before)
        expect(screen.page.locator('[role="tab"][aria-selected="true"]')).to_have_text("逐周对照")
        screen.act(screen.page.go_forward)
        expect(screen.page).to_have_url(turned_to)
        screen.act(screen.page.go_back)
        screen.until(lambda: screen.page.url == before)


def test_r19_one_click_beside_a_warning_opens_the_branch_that_stands_out(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(lang="zh")
    screen.chart()
    screen.act(screen.page.get_by_role("button", name="机构 杭州分行 B01").click)
    screen.until(lambda: urlsplit(screen.page.url).path == "/branches")
    screen.asks(branch="B01")
    screen.reads("B01")


def test_r24_the_key_f_fills_the_screen_and_gives_it_back(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(present="1", lang="zh")
    screen.chart()
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("document.fullscreenElement !== null")
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("document.fullscreenElement === null")
    screen.asks(present="1")  # the presentation goes on


def test_r24_the_overview_counts_its_classes_and_says_a_line_for_every_warning(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open("overview", lang="zh")
    screen.page.get_by_test_id("stMetricValue").nth(2).wait_for(timeout=60_000)  # the evidence comes class by class
    screen.idle()
    metrics = screen.page.get_by_test_id("stMetricValue")
    for number, count in enumerate(("0", "0", "2")):  # exceeded, red, amber or likely to break
        expect(metrics.nth(number)).to_have_text(count)
    screen.reads(PREPAYMENT, "保险争议")
    screen.reads("第30周超出：实际54，管控值49.5", "全年超限概率83%", "机构 杭州分行 B01")
