"""The frame in a real browser: the first screen, languages, links, the back button, presentation."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Screen, Server

PREPAYMENT, COLLECTION = "住房贷款提前还款", "债务催收"
FIRST_VIEW = {"class": PREPAYMENT, "year": "2025", "as_of": "2025-07-27", "lang": "zh"}
Look = Callable[..., Screen]


def test_the_first_screen_is_the_threshold_chart_of_prepayment_and_speaks_the_language_that_is_chosen(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open()
    screen.draws(PREPAYMENT)
    screen.until(lambda: screen.asked() == FIRST_VIEW)
    screen.says("demo_line", "演示数据")
    screen.fits()
    with screen.page.expect_download() as download:
        screen.picker("threshold_chart_csv").locator("button:visible").first.click()
    assert download.value.suggested_filename == f"{PREPAYMENT}_管控曲线_2025W30.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") > 50

    screen.act(screen.page.get_by_role("radio", name="English").click)
    screen.says("demo_line", "Demo data")
    expect(screen.page.get_by_role("link", name="Threshold")).to_be_visible()
    screen.asks(lang="en")
    screen.draws("Cumulative customers not agreed")


def test_a_new_machine_finds_the_demo_bank_whatever_link_is_opened_first(empty_server: Server, look: Look) -> None:
    screen = look(empty_server)
    screen.open("data", lang="en")
    screen.page.get_by_role("heading", name="How far do the data reach").wait_for()
    expect(screen.page.get_by_role("link", name="Threshold")).to_be_visible()
    screen.says("demo_line", "Demo data")
    screen.page.get_by_role("link", name="Threshold").click()
    screen.draws(PREPAYMENT)


def test_a_copied_link_opens_the_same_view_in_a_fresh_browser(demo_server: Server, look: Look) -> None:
    first = look(demo_server)
    first.open()
    first.pick("class_picker", COLLECTION)
    first.pick("year_picker", "2024")
    first.draws(COLLECTION)
    first.asks(class_=COLLECTION, year="2024")
    link, drawn = first.page.url, first.chart()
    second = look(demo_server, fresh=True)
    second.visit(link)
    second.until(lambda: second.chart() == drawn)
    second.until(lambda: second.page.url == link)


def test_a_wrong_value_in_a_link_is_repaired_and_said(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(class_="没有这一类", year="1999", as_of="2025-13-45", lang="zh")
    screen.until(lambda: screen.asked() == FIRST_VIEW)
    screen.says("address_notes", "没有这一类", "1999", "2025-13-45")
    screen.pick("class_picker", COLLECTION)
    expect(screen.picker("address_notes")).to_have_count(0)


def test_back_and_forward_step_through_the_views(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open()
    screen.pick("class_picker", COLLECTION)
    screen.act(screen.page.get_by_role("link", name="数据", exact=True).click)
    screen.page.get_by_role("heading", name="数据到哪一天").wait_for()
    screen.asks(class_=COLLECTION)

    def step(go: Callable[[], object], path: str, complaint_class: str) -> bool:
        screen.act(go)
        return urlsplit(screen.page.url).path == path and screen.asked()["class"] == complaint_class

    # Streamlit may leave a page turned to twice in the history; both entries show the same view
    if urlsplit(screen.page.url).path == "/data" and not step(screen.page.go_back, "/", COLLECTION):
        assert step(screen.page.go_back, "/", COLLECTION)
    assert step(screen.page.go_back, "/", PREPAYMENT)
    screen.draws(PREPAYMENT)
    assert step(screen.page.go_forward, "/", COLLECTION)
    screen.draws(COLLECTION)


def test_choosing_an_as_of_day_shows_the_class_as_it_was_known_then(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(as_of="2025-03-31")
    early = screen.chart()
    screen.press("home_button")
    screen.asks(as_of="2025-07-27")
    screen.until(lambda: screen.chart() != early)
    expect(screen.page.get_by_role("button", name="回到 2025-07-27")).to_have_count(0)


def test_r24_presentation_shows_one_chart_without_the_sidebar_and_always_its_day(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open(present="1")
    screen.draws(PREPAYMENT)
    expect(screen.page.get_by_test_id("stSidebar")).to_be_hidden()
    screen.says("presentation_line", "2025-07-27")
    expect(screen.charts).to_have_count(1)
    screen.shot("threshold_zh_present")
    screen.press("leave_button")
    expect(screen.page.get_by_test_id("stSidebar")).to_be_visible()
    screen.asks(present=None)


def test_r24_the_picture_is_white_whole_and_of_fixed_size_whatever_the_screen_looks_like(
    demo_server: Server, look: Look
) -> None:
    pillow = pytest.importorskip("PIL.Image")
    screen = look(demo_server, dark=True)
    screen.open(lang="en")
    screen.chart()
    screen.shot("threshold_en_dark")
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == f"{PREPAYMENT}_threshold-curve_2025W30.png"
    picture = pillow.open(BytesIO(Path(download.value.path()).read_bytes())).convert("RGB")
    assert picture.size == (2560, 1440)
    edge = [picture.getpixel((x, y)) for x in (0, 1280, 2559) for y in (0, 1439)]
    assert edge == [(255, 255, 255)] * 6
    assert len(set(picture.resize((64, 36)).get_flattened_data())) > 20


@pytest.mark.parametrize(("language", "dark"), [("zh", False), ("en", True)])
def test_no_screen_is_wider_than_a_small_notebook_s(demo_server: Server, look: Look, language: str, dark: bool) -> None:
    screen = look(demo_server, dark=dark)
    screen.open("data", lang=language)
    screen.shot(f"data_{language}_{'dark' if dark else 'light'}")
    screen.fits()
    screen.act(screen.page.get_by_role("link", name="管控曲线" if language == "zh" else "Threshold").click)
    screen.chart()
    screen.shot(f"threshold_{language}_{'dark' if dark else 'light'}")
    screen.fits()


def test_r24_presentation_steps_by_keyboard_and_every_step_has_an_address(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(present="1")
    screen.chart()
    keys = screen.page.keyboard
    screen.says("presentation_line", "1 / ")
    screen.act(lambda: keys.press("ArrowRight"))
    screen.asks(step="2")
    screen.says("presentation_line", "2 / ")
    expect(screen.charts).to_have_count(0)
    link = screen.page.url
    screen.act(lambda: keys.press("Home"))
    expect(screen.charts).to_have_count(1)
    screen.act(lambda: keys.press("PageDown"))
    screen.act(lambda: keys.press("End"))
    screen.until(lambda: int(screen.asked()["step"]) > 2)
    screen.act(lambda: keys.press("PageUp"))
    screen.act(lambda: keys.press("Escape"))
    screen.asks(present=None, step=None)
    expect(screen.page.get_by_test_id("stSidebar")).to_be_visible()
    other = look(demo_server, fresh=True)
    other.visit(link)
    other.says("presentation_line", "2 / ")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_r24_the_presented_picture_fills_the_window_and_nothing_scrolls(
    demo_server: Server, look: Look, size: tuple[int, int]
) -> None:
    screen = look(demo_server, fresh=True)
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})
    screen.open(present="1")
    screen.chart()
    screen.shot(f"present_{size[0]}")
    box = screen.charts.bounding_box()
    assert box is not None
    assert box["height"] > 0.86 * size[1]
    main = "document.querySelector('[data-testid=stMain]')"
    assert screen.page.evaluate(f"{main}.scrollHeight <= {main}.clientHeight + 1")
    smallest = screen.page.evaluate(
        "Math.min(...[...document.querySelectorAll('.js-plotly-plot text')].filter(t => t.textContent.trim())"
        ".map(t => parseFloat(getComputedStyle(t).fontSize)))"
    )
    assert smallest >= 0.022 * size[1]
