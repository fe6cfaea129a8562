"""The document's case 1, played through day by day in a real browser: each step leaves its trace."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, expect

from data.demo import CASE_ONE
from data.store import Store
from tests.browser.driver import STORE, Screen, Server, serving

INSURANCE = "保险争议"
Look = Callable[..., Screen]


@pytest.fixture
def fresh_case(demo_store: Path, tmp_path: Path) -> Iterator[Server]:
    """A server on the demo bank whose people have entered nothing yet about the document's case."""
    shutil.copy(demo_store, tmp_path / STORE)
    store = Store(tmp_path / STORE)
    with store.entering() as cursor:
        cursor.execute("DELETE FROM stored.ledger WHERE subject = ?", [f"ticket:{CASE_ONE}"])
    store.close()
    with serving(tmp_path) as server:
        yield server


def day(screen: Screen, key: str, text: str) -> None:
    """Type a day (2025-05-19) into a field for days, part by part."""
    for part, digits in zip(("year", "month", "day"), text.split("-"), strict=True):
        screen.picker(key).locator(f'[role="spinbutton"][data-type="{part}"]').click()
        screen.page.keyboard.type(digits)


def on(screen: Screen, text: str) -> None:
    """Turn to a day."""
    day(screen, "as_of_picker", text)
    screen.act(screen.page.get_by_role("heading", name="个案档案").click)
    screen.page.wait_for_function(f"location.search.includes('as_of={text}')", timeout=10_000)
    screen.idle()


def fill(screen: Screen, **texts: str) -> None:
    """Fill fields of the form."""
    for name, text in texts.items():
        if name == "due":
            day(screen, f"case_{CASE_ONE}_due", text)
            continue
        screen.picker(f"case_{CASE_ONE}_{name}").locator("input, textarea").first.fill(text)


def choose(screen: Screen, name: str, text: str) -> None:
    """Choose an entry of a list of the form; a list that a run of the page has just closed is opened again."""
    field = screen.picker(f"case_{CASE_ONE}_{name}").locator("input").first
    option = screen.page.get_by_role("option").filter(has_text=text).first
    field.click()
    try:
        option.wait_for(timeout=2_000)
    except TimeoutError:
        field.press("ArrowDown")
    screen.act(option.click)


def enter(screen: Screen, what: str, **texts: str) -> None:
    """Enter what was done, who has it now, what comes next and until when."""
    choose(screen, "what", what)
    fill(screen, **texts)
    screen.press(f"enter_{CASE_ONE}")


def test_r15_the_document_s_case_1_is_played_through_from_the_first_call_to_the_surrender(
    fresh_case: Server, look: Look
) -> None:
    screen = look(fresh_case)
    screen.open("cases", class_=INSURANCE, as_of="2025-05-12")
    screen.press(f"open_{CASE_ONE}")
    screen.until(lambda: CASE_ONE in screen.page.url)
    screen.reads("首次联系客户（建议）")
    screen.picker("case_signer_name").locator("input").fill("王敏")
    screen.act(screen.page.get_by_test_id("stFormSubmitButton").get_by_role("button").click)
    enter(screen, "指定责任人和下一步", text="逐笔盯办", owner="陈建国", next_step="了解客户诉求", due="2025-05-14")
    screen.reads("了解客户诉求", "2025-05-14")

    on(screen, "2025-05-19")
    screen.says("case_head", "快速会议/个案分析")
    screen.draws("消保提示书")
    enter(screen, "快速会议", text="三方开会:同意协助全额退保", owner="林静", next_step="拟定方案", due="2025-05-21")

    on(screen, "2025-05-21")
    enter(screen, "提出方案", text="邀请查看录像,协助退保", owner="陈建国", next_step="陪同查看", due="2025-05-23")
    screen.says("case_offer", "邀请查看录像")
    screen.says("case_head", "个性化方案")

    on(screen, "2025-05-26")
    screen.reads("2025-05-27")
    enter(
        screen,
        "延长时限",
        text="保险公司审批需要时间",
        approved_by="赵立新",
        owner="陈建国",
        next_step="跟进到账",
        due="2025-06-03",
    )
    screen.reads("2025-06-11", "已延至 30 天")

    on(screen, "2025-06-03")
    choose(screen, "what", "办结")
    choose(screen, "result", "达成一致")
    fill(screen, text="本金和利息均已到账,客户满意")
    screen.press(f"enter_{CASE_ONE}")
    screen.reads("行内投诉系统尚未显示办结")

    on(screen, "2025-06-04")
    screen.draws("受理", "派发", "首轮结果", "消保提示书", "快速会议", "提出方案", "查看录像", "完成退保", "办结")
    entered = screen.page.locator("[class*='st-key-entry_']")
    for number, what in enumerate(("办结：达成一致", "延长时限", "提出方案", "快速会议", "指定责任人和下一步")):
        expect(entered.nth(number)).to_have_text(re.compile(rf"^\s*{what}"), use_inner_text=True)
    screen.lacks("行内投诉系统尚未显示办结")
    screen.shot("case_one_closed")
