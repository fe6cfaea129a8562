"""The causes screen as a reader uses it: the findings first, then one analysis, its tickets, and the link to it."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.driver import Screen, Server

PREPAYMENT = "住房贷款提前还款"


def test_r20_the_findings_come_first_and_the_chosen_analysis_stands_in_the_address(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT)
    screen.reads(
        "苏州分行对“提前还款是否收取违约金”的 16 条答复中有 12 条为“一年内收取1%”", "宁波分行 28 笔申请仅同意 3 笔"
    )
    screen.reads("弹性 1.01", "未进入三方调解的工单 23 笔", "互相矛盾的答复对照")
    screen.fits()
    tab = screen.picker("cause_section").get_by_text("审批标准不一致")
    screen.act(tab.first.click)
    screen.asks(step="3")
    screen.reads("情形相近、审批不同的工单")
    screen.fits()


def test_r21_a_branch_in_the_link_shows_its_tickets_and_a_strange_one_is_said_calmly(
    look: Callable[..., Screen], demo_server: Server
) -> None:
    screen = look(demo_server)
    screen.open("causes", class_=PREPAYMENT, step="4", branch="B03")
    screen.reads("按贷款余额分配的 2025 年投诉量额度", "苏州分行的工单")
    strange = look(demo_server, dark=True)
    strange.open("causes", class_=PREPAYMENT, step="4", branch='<b>"X', lang="en")
    strange.reads('The branch of the link is not known here: <b>"X')
