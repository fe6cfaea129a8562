"""Every view has an address that opens it in any browser; the way from a warning; the key that fills the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.driver import Screen, Server

PREPAYMENT, COLLECTION = "住房贷款提前还款", "债务催收"
Look = Callable[..., Screen]
PAINTED_WITHIN = 40.0  # seconds; parts of a page are painted after it has run
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


def asked(screen: Screen) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(screen.page.url).query).items()}


def said(screen: Screen) -> str:
    return screen.page.get_by_test_id("stMain").inner_text()


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
    assert {key.rstrip("_"): value for key, value in VIEWS[path].items()}.items() <= asked(first).items()
    second = look(demo_server, fresh=True)
    second.page.goto(link)
    second.page.wait_for_selector('[data-testid="stMainBlockContainer"] *')
    end = time.monotonic() + PAINTED_WITHIN
    while marks(first) != marks(second) and time.monotonic() < end:
        second.page.wait_for_timeout(300)
    assert marks(second) == marks(first)
    assert marks(first)
    assert second.page.url == link


def test_the_tab_that_is_opened_stands_in_the_address_and_back_leads_to_the_one_before(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open(lang="zh")
    screen.chart()

    def opened() -> str:
        return screen.page.locator('[role="tab"][aria-selected="true"]').inner_text()

    screen.act(screen.page.get_by_role("tab", name="预警登记").click)
    assert asked(screen)["part"] == "register"
    screen.act(screen.page.get_by_role("tab", name="逐周对照").click)
    assert asked(screen)["part"] == "weeks"
    screen.act(screen.page.go_back)
    assert asked(screen)["part"] == "register"
    assert opened() == "预警登记"
    screen.act(screen.page.go_forward)
    assert opened() == "逐周对照"


def test_r19_one_click_beside_a_warning_opens_the_branch_that_stands_out(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(lang="zh")
    screen.chart()
    screen.act(screen.page.get_by_role("button", name="机构 杭州分行 B01").click)
    assert urlsplit(screen.page.url).path == "/branches"
    assert asked(screen)["branch"] == "B01"
    assert "B01" in said(screen)


def test_r24_the_key_f_fills_the_screen_and_gives_it_back(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(present="1", lang="zh")
    screen.chart()
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("document.fullscreenElement !== null")
    screen.page.keyboard.press("f")
    screen.page.wait_for_function("document.fullscreenElement === null")
    assert asked(screen)["present"] == "1", "the presentation goes on"


def test_r24_the_overview_counts_its_classes_and_says_a_line_for_every_warning(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open("overview", lang="zh")
    screen.page.get_by_test_id("stMetricValue").nth(2).wait_for(timeout=60_000)  # the evidence comes class by class
    screen.idle()
    words = said(screen)
    metrics = screen.page.get_by_test_id("stMetricValue").all_inner_texts()
    assert metrics[:3] == ["0", "0", "2"], "exceeded, red, amber or likely to break"
    for name in (PREPAYMENT, "保险争议"):
        assert name in words
    assert "第30周超出：实际54，管控值49.5" in words
    assert "全年超限概率83%" in words
    assert "机构 杭州分行 B01" in words
