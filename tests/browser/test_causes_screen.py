"""The causes screen as a reader uses it: the findings first, then one analysis, its tickets, and the link to it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

from tests.browser.driver import Screen, Server

PREPAYMENT = "住房贷款提前还款"


def asked(screen: Screen) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlparse(screen.page.url).query).items()}


def text(screen: Screen) -> str:
    return screen.page.locator('[data-testid="stMainBlockContainer"]').inner_text()


def test_r20_the_findings_come_first_and_the_chosen_analysis_stands_in_the_address(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT)
    shown = text(screen)
    assert "苏州分行对“提前还款是否收取违约金”的 16 条答复中有 12 条为“一年内收取1%”" in shown
    assert "宁波分行 28 笔申请仅同意 3 笔" in shown
    assert "弹性 1.01" in shown
    assert "未进入三方调解的工单 23 笔" in shown
    assert "互相矛盾的答复对照" in shown
    assert not screen.overflows()
    tab = screen.picker("cause_section").get_by_text("审批标准不一致")
    screen.act(tab.first.click)
    assert asked(screen)["step"] == "3"
    assert "情形相近、审批不同的工单" in text(screen)
    assert not screen.overflows()


def test_r21_a_branch_in_the_link_shows_its_tickets_and_a_strange_one_is_said_calmly(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="4", branch="B03")
    shown = text(screen)
    assert "按贷款余额分配的 2025 年投诉量额度" in shown
    assert "苏州分行的工单" in shown
    strange = look(demo_server, dark=True)
    strange.open("causes", class_=PREPAYMENT, step="4", branch='<b>"X', lang="en")
    assert 'The branch of the link is not known here: <b>"X' in text(strange)
