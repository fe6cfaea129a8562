"""The weekly meeting in a real browser: what changed, the register, links to a week, the way from a warning to its
source, and a connection that breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.driver import Screen, Server

PREPAYMENT, COLLECTION, CARDS = "住房贷款提前还款", "债务催收", "信用卡息费"
Look = Callable[..., Screen]
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); window.sockets.push(this); } };
"""


def tab(screen: Screen, name: str) -> None:
    screen.act(screen.page.get_by_role("tab", name=name).click)


def test_a_link_to_a_week_opens_that_week_with_its_tickets_in_any_browser(demo_server: Server, look: Look) -> None:
    for fresh in (False, True):
        screen = look(demo_server, fresh=fresh)
        screen.open(week="2025-06-02", as_of="2025-07-27", lang="zh")
        screen.chart()
        expect(screen.page.get_by_role("tab", name="逐周对照", selected=True)).to_be_visible()
        screen.reads("2025-06-02")
        expect(screen.page.locator(".st-key-week_tickets")).to_have_count(1)
        screen.asks(week="2025-06-02")
    screen.open(week="gestern")
    screen.chart()
    expect(screen.page.get_by_test_id("stException")).to_have_count(0)


def test_r08_what_changed_since_last_week_stands_beside_the_chart_with_its_customers(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open()
    screen.chart()
    tab(screen, "较上周变化")
    screen.reads("自 2025-07-20 以来")
    with screen.page.expect_download() as download:
        screen.picker("changed_tickets").locator("button:visible").first.click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2, "one customer became not agreed in the week of the demo's day"
    assert "本周新增" in lines[1]


def test_an_alarm_is_acknowledged_with_name_and_decision_and_everybody_sees_it(own_server: Server, look: Look) -> None:
    screen = look(own_server)
    screen.open()
    screen.chart()
    tab(screen, "预警登记")
    screen.reads("待确认")
    screen.page.get_by_label("姓名").fill("王敏")
    screen.act(screen.page.get_by_role("button", name="以此署名").click)
    screen.page.get_by_label("决定", exact=True).fill("发出消保提示书，三日内答复")
    screen.act(screen.page.get_by_role("button", name="确认预警").click)
    screen.page.get_by_text("王敏：发出消保提示书，三日内答复").first.wait_for()
    screen.lacks("待确认")
    other = look(own_server, fresh=True)
    other.open(part="register")
    other.reads("王敏：发出消保提示书，三日内答复")
    other.open("overview")
    other.shot("overview_register_zh")
    screen.open(class_="手机银行")
    tab(screen, "预警登记")
    screen.reads("当前没有预警，原因")


def test_r19_from_a_warning_one_click_leads_to_where_it_comes_from(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(class_=COLLECTION)
    screen.chart()
    screen.act(screen.picker("warning_sources").get_by_role("button", name="哪些机构").click)
    screen.until(lambda: urlsplit(screen.page.url).path == "/branches")
    screen.asks(class_=COLLECTION)
    screen.open("overview")
    screen.act(screen.page.get_by_role("button", name="哪些成因").nth(1).click)
    screen.until(lambda: urlsplit(screen.page.url).path == "/causes")
    screen.asks(class_=PREPAYMENT)


def test_the_view_survives_a_change_of_page_and_a_broken_connection(demo_server: Server, look: Look) -> None:
    screen = look(demo_server, fresh=True)
    screen.page.add_init_script(SOCKETS)
    screen.open(class_=CARDS, as_of="2025-06-15", week="2025-05-05", lang="zh")
    screen.draws(CARDS)
    drawn = screen.chart()
    screen.act(screen.page.get_by_role("link", name="管控方案").click)
    screen.act(screen.page.get_by_role("link", name="管控曲线").click)
    screen.until(lambda: screen.chart() == drawn)
    screen.asks(class_=CARDS, as_of="2025-06-15", week="2025-05-05")
    screen.page.evaluate("window.sockets.forEach(socket => socket.close())")
    screen.page.wait_for_timeout(3000)
    screen.idle()
    screen.until(lambda: screen.chart() == drawn)
    screen.pick("class_picker", COLLECTION)
    screen.draws(COLLECTION)
    screen.asks(week=None)


def test_r24_the_overview_is_presented_step_by_step(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open("overview", present="1")
    screen.says("presentation_line", "全行")
    screen.draws(PREPAYMENT)
    screen.act(lambda: screen.page.keyboard.press("ArrowRight"))
    expect(screen.page.get_by_test_id("stTable")).to_have_count(1)
    screen.act(lambda: screen.page.keyboard.press("ArrowRight"))
    screen.reads("第30周")
    expect(screen.main.get_by_role("button"), "back, next and leave alone").to_have_count(3)
