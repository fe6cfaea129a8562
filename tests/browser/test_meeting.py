"""The weekly meeting in a real browser: what changed, the register, links to a week, the way from a warning to its
source, and a connection that breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.browser.driver import Screen, Server

PREPAYMENT, COLLECTION, CARDS = "住房贷款提前还款", "债务催收", "信用卡息费"
Look = Callable[..., Screen]
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); window.sockets.push(this); } };
"""


def asked(screen: Screen) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(screen.page.url).query).items()}


def tab(screen: Screen, name: str) -> None:
    screen.act(screen.page.get_by_role("tab", name=name).click)


def main_text(screen: Screen) -> str:
    return screen.page.get_by_test_id("stMain").inner_text()


def test_a_link_to_a_week_opens_that_week_with_its_tickets_in_any_browser(demo_server: Server, look: Look) -> None:
    for fresh in (False, True):
        screen = look(demo_server, fresh=fresh)
        screen.open(week="2025-06-02", as_of="2025-07-27", lang="zh")
        screen.chart()
        assert screen.page.get_by_role("tab", name="逐周对照").get_attribute("aria-selected") == "true"
        assert "2025-06-02" in main_text(screen)
        assert screen.page.locator(".st-key-week_tickets").count() == 1
        assert asked(screen)["week"] == "2025-06-02"
    screen.open(week="gestern")
    screen.chart()
    assert screen.page.get_by_test_id("stException").count() == 0


def test_r08_what_changed_since_last_week_stands_beside_the_chart_with_its_customers(
    demo_server: Server, look: Look
) -> None:
    screen = look(demo_server)
    screen.open()
    screen.chart()
    tab(screen, "较上周变化")
    said = main_text(screen)
    assert "自 2025-07-20 以来" in said
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
    assert "待确认" in main_text(screen)
    screen.page.get_by_label("姓名").fill("王敏")
    screen.act(screen.page.get_by_role("button", name="以此署名").click)
    screen.page.get_by_label("决定", exact=True).fill("发出消保提示书，三日内答复")
    screen.act(screen.page.get_by_role("button", name="确认预警").click)
    screen.page.get_by_text("王敏：发出消保提示书，三日内答复").first.wait_for()
    assert "待确认" not in main_text(screen)
    other = look(own_server, fresh=True)
    other.open("overview")
    other.shot("overview_register_zh")
    assert (
        "◆ 已确认" in str(other.page.get_by_test_id("stDataFrame").first.inner_text())
        or other.page.get_by_text("待确认预警").is_visible()
    )
    screen.open(class_="手机银行")
    tab(screen, "预警登记")
    assert "当前没有预警，原因" in main_text(screen)


def test_r19_from_a_warning_one_click_leads_to_where_it_comes_from(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open(class_=COLLECTION)
    screen.chart()
    screen.act(screen.picker("warning_sources").get_by_role("button", name="哪些机构").click)
    assert urlsplit(screen.page.url).path == "/branches"
    assert asked(screen)["class"] == COLLECTION
    screen.open("overview")
    screen.act(screen.page.get_by_role("button", name="哪些成因").nth(1).click)
    assert urlsplit(screen.page.url).path == "/causes"
    assert asked(screen)["class"] == PREPAYMENT


def test_the_view_survives_a_change_of_page_and_a_broken_connection(demo_server: Server, look: Look) -> None:
    screen = look(demo_server, fresh=True)
    screen.page.add_init_script(SOCKETS)
    screen.open(class_=CARDS, as_of="2025-06-15", week="2025-05-05", lang="zh")
    drawn = screen.chart()
    assert CARDS in drawn
    screen.act(screen.page.get_by_role("link", name="管控方案").click)
    screen.act(screen.page.get_by_role("link", name="管控曲线").click)
    assert screen.chart() == drawn
    assert {"class": CARDS, "as_of": "2025-06-15", "week": "2025-05-05"}.items() <= asked(screen).items()
    screen.page.evaluate("window.sockets.forEach(socket => socket.close())")
    screen.page.wait_for_timeout(3000)
    screen.idle()
    assert screen.chart() == drawn
    screen.pick("class_picker", COLLECTION)
    assert COLLECTION in screen.chart()
    assert "week" not in asked(screen), "a week belongs to the class it was chosen for"


def test_r24_the_overview_is_presented_step_by_step(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open("overview", present="1")
    assert "全行" in screen.picker("presentation_line").inner_text()
    assert PREPAYMENT in screen.chart()
    screen.act(lambda: screen.page.keyboard.press("ArrowRight"))
    assert screen.page.get_by_test_id("stTable").count() == 1
    screen.act(lambda: screen.page.keyboard.press("ArrowRight"))
    assert "第30周" in main_text(screen)
    assert screen.page.get_by_test_id("stMain").get_by_role("button").count() == 3, "back, next and leave alone"
