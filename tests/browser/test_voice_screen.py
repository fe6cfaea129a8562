"""The voice screen in a real browser: the answer first, a call turn by turn, and calls that come in by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.driver import Screen, Server


def test_r13_r14_the_screen_says_first_what_is_heard(demo_server: Server, look: Callable[..., Screen]) -> None:
    screen = look(demo_server)
    screen.open("voice")
    # The model of risk is trained in the background; the open screen shows it by itself.
    screen.page.get_by_text("的风险明显高于所属类别").first.wait_for(timeout=90_000)
    screen.idle()
    screen.reads("客户在说什么，哪里会升级？", "未达成一致的概率", "苏州分行“住房贷款提前还款”的解释环节")
    screen.fits()
    screen.shot("voice")


def test_a_call_opens_from_its_address_turn_by_turn(demo_server: Server, look: Callable[..., Screen]) -> None:
    screen = look(demo_server)
    screen.open("voice", call="I20250725-004", step="5")
    screen.draws("I20250725-004")
    screen.reads("在此转怒")
    screen.open("voice", call="I<script>alert(1)</script>", step="5")
    screen.reads("链接中的会话在此处不存在")


def test_the_parts_are_presented_one_by_one(demo_server: Server, look: Callable[..., Screen]) -> None:
    screen = look(demo_server)
    for step in ("1", "2", "4"):
        screen.open("voice", present="1", step=step)
        expect(screen.page.locator("body")).to_contain_text("截至")
    screen.draws("苏州分行")
    screen.shot("voice_present")


def test_r13_a_call_that_comes_in_shows_by_itself(empty_server: Server, look: Callable[..., Screen]) -> None:
    """A bank's own store: a ticket first, then a call put into the inbox while the screen is open."""
    inbox = empty_server.store.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    ticket = "工单编号,客户编号,受理时间,投诉类别,机构编号\nT1,C1,2025-07-25 09:00,提前还款,B01\n"
    screen = look(empty_server)
    screen.open("")  # loads the demo bank; a bank's own file takes its place
    (inbox / "t.csv").write_text(ticket, encoding="utf-8")
    taken = inbox / "accepted" / "t.csv.report.json"
    screen.until(taken.exists)
    screen.open("voice", as_of="2025-07-25")
    screen.reads("还没有通话或在线会话")
    turns = [
        {"at": "2025-07-25 10:00:00", "speaker": "agent", "text": "您好,请讲。"},
        {"at": "2025-07-25 10:00:09", "speaker": "customer", "text": "你们太欺负人了!我要打12378投诉!"},
    ]
    call = {"interaction_id": "I1", "medium": "call", "branch_id": "B01", "turns": turns}
    (inbox / "c.jsonl").write_text(json.dumps(call, ensure_ascii=False), encoding="utf-8")
    screen.page.get_by_text("1 / 1", exact=True).wait_for(timeout=60_000)
