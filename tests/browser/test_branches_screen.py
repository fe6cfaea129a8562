"""The branch screen as a reader uses it: the answer first, a click leads to the tickets, the link leads back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Screen, Server

PREPAYMENT = "住房贷款提前还款"
CAUSE = "预约排队时间长"


def test_r19_a_click_on_a_cell_opens_its_tickets_and_the_link_opens_them_again(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("branches", class_=PREPAYMENT)
    screen.reads("问题出在哪里", f"杭州分行 B01的“{CAUSE}”，56位中25位未达成一致")
    screen.fits()
    cell = screen.page.locator("text", has_text="25/56").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x - 3, y)
    screen.act(lambda: screen.page.mouse.click(x, y))
    screen.asks(branch="B01", cause=CAUSE)
    screen.reads("已有结果的客户56位，其中25位未达成一致")
    screen.shot("branches_cell")
    again = look(demo_server, dark=True)
    again.visit(screen.page.url)
    again.reads("已有结果的客户56位，其中25位未达成一致")
    again.press("all_branches")
    again.asks(branch=None)
    again.reads("哪些机构与其他机构不同")


def test_a_branch_that_is_not_there_is_said_calmly(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("branches", class_=PREPAYMENT, branch='<b>"B99', cause="没有的原因", week="soon", lang="en")
    screen.reads("B99” has no decided customers of this class; all branches are shown.")
    screen.reads("没有的原因")
    screen.reads("Which branches differ from the others?")


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1366, 768), (True, 1920, 1080)])
def test_r24_every_step_of_the_presentation_is_one_picture_that_fits(
    look: Callable[..., Screen], demo_server: Server, dark: bool, width: int, height: int
) -> None:
    screen = look(demo_server, dark=dark, fresh=True)
    screen.page.set_viewport_size({"width": width, "height": height})
    for step, words in (
        (1, "处理结果差于方案，未达成一致多8.1位"),
        (3, "没有机构的差别超出偶然波动"),
        (5, "武汉分行 B06派发偏晚"),
        (6, "途中退回"),
    ):
        screen.open("branches", class_=PREPAYMENT, present="1", step=str(step))
        screen.draws(words)
        expect(screen.charts).to_have_count(1)
        screen.fits()
        screen.shot(f"branches_step{step}_{width}")
