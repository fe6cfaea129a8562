"""The branch screen as a reader uses it: the answer first, a click leads to the tickets, the link leads back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser.driver import Screen, Server

PREPAYMENT = "住房贷款提前还款"
CAUSE = "预约排队时间长"


def asked(screen: Screen) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlparse(screen.page.url).query).items()}


def text(screen: Screen) -> str:
    return screen.page.locator('[data-testid="stMainBlockContainer"]').inner_text()


def test_r19_a_click_on_a_cell_opens_its_tickets_and_the_link_opens_them_again(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("branches", class_=PREPAYMENT)
    shown = text(screen)
    assert "问题出在哪里" in shown
    assert f"杭州分行 B01的“{CAUSE}”，56位中25位未达成一致" in shown
    assert not screen.overflows()
    cell = screen.page.locator("text", has_text="25/56").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x - 3, y)
    screen.act(lambda: screen.page.mouse.click(x, y))
    assert (asked(screen)["branch"], asked(screen)["cause"]) == ("B01", CAUSE)
    assert "已有结果的客户56位，其中25位未达成一致" in text(screen)
    screen.shot("branches_cell")
    again = look(demo_server, dark=True)
    again.page.goto(screen.page.url)
    again.idle(90_000)
    assert "已有结果的客户56位，其中25位未达成一致" in text(again)
    again.press("all_branches")
    assert "branch" not in asked(again)
    assert "哪些机构与其他机构不同" in text(again)


def test_a_branch_that_is_not_there_is_said_calmly(look: Callable[..., Screen], demo_server: Server) -> None:
    screen = look(demo_server)
    screen.open("branches", class_=PREPAYMENT, branch='<b>"B99', cause="没有的原因", week="soon", lang="en")
    shown = text(screen)
    assert "B99” has no decided customers of this class; all branches are shown." in shown
    assert "没有的原因" in shown
    assert "Which branches differ from the others?" in shown


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1366, 768), (True, 1920, 1080)])
def test_r24_every_step_of_the_presentation_is_one_picture_that_fits(
    look: Callable[..., Screen], demo_server: Server, dark: bool, width: int, height: int
) -> None:
    screen = look(demo_server, dark=dark, fresh=True)
    screen.page.set_viewport_size({"width": width, "height": height})
    for step, words in (
        (1, "与管控值相差"),
        (3, "没有机构的差别超出偶然波动"),
        (5, "武汉分行 B06派发偏晚"),
        (6, "途中退回"),
    ):
        screen.open("branches", class_=PREPAYMENT, present="1", step=str(step))
        assert words in screen.chart()
        assert screen.page.locator('[data-testid="stPlotlyChart"]').count() == 1
        assert not screen.overflows()
        screen.shot(f"branches_step{step}_{width}")
