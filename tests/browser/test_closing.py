"""Following up until it is closed, in a real browser: findings become hazards, mediation is asked for from the review,
people see each other's entries, and what is typed outlives the connection."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.driver import LOADED_WITHIN, Screen, Server
from tests.browser.test_cases import day
from tests.browser.test_review_screen import sign

PREPAYMENT, INSURANCE = "住房贷款提前还款", "保险争议"
WAITING, NEW = "T20250628-A01", "T20250725-A01"
NUMBERED = re.compile(r"已列入隐患清单，编号2025-\d+")
NOTICED_WITHIN = 12_000  # ms: every five seconds, and a busy machine
Look = Callable[..., Screen]


def test_r08_a_finding_goes_to_the_hazard_list_with_its_branch_cause_and_tickets_and_stands_there_once(
    own_server: Server, look: Look
) -> None:
    screen = look(own_server)
    screen.open("branches", class_=PREPAYMENT)
    screen.reads("▲ 住房贷款提前还款、杭州分行 B01、预约排队时间长")
    screen.act(screen.picker("offer_branches_0").locator("button:visible").first.click)
    screen.page.locator(".st-key-signer_branches_0_name input").fill("王敏")
    screen.act(screen.page.get_by_role("button", name="以此署名").click)
    screen.press("enter_branches_0")
    expect(screen.main).to_contain_text(NUMBERED)
    expect(screen.picker("offer_branches_0")).to_have_count(0)
    screen.press("open_branches_0")
    screen.picker("hazard_detail").wait_for(timeout=LOADED_WITHIN)
    screen.says("hazard_detail", "56位客户中25位未达成一致")
    screen.says("hazard_detail", "分析：机构差异")
    screen.press("hazard_letter")  # from the hazard to a letter about it, in one click
    expect(screen.picker("letter_hazard").locator("input")).to_have_value(re.compile("预约排队时间长"))
    # another screen's finding beside it: the causes
    screen.open("causes", class_=PREPAYMENT)
    screen.act(screen.picker("offer_causes_0_0").locator("button:visible").first.click)
    screen.press("enter_causes_0_0")
    expect(screen.main).to_contain_text(NUMBERED)
    screen.shot("finding_on_the_list")


def test_r22_who_qualifies_for_mediation_stands_on_the_agenda_and_is_put_forward_from_there(
    own_server: Server, look: Look
) -> None:
    screen = look(own_server)
    screen.open("review", step="6")
    screen.reads(WAITING)
    sign(screen, "王敏")
    line = screen.page.locator('[class*="st-key-agenda_mediation_"]').filter(has_text=WAITING).first
    screen.shot("review_mediation")
    screen.act(line.get_by_role("button", name="申请调解").click)
    screen.picker(f"case_{WAITING}_mediator").wait_for(timeout=LOADED_WITHIN)
    for name, text in (("mediator", "金融消费纠纷调解中心"), ("text", "客户书面同意"), ("next_step", "商定调解日期")):
        screen.picker(f"case_{WAITING}_{name}").locator("input, textarea").first.fill(text)
    day(screen, f"case_{WAITING}_due", "2025-07-28")
    screen.press(f"enter_{WAITING}")
    screen.says("case_head", "三方调解")
    screen.open("review", step="6")
    screen.lacks(WAITING)


def test_what_others_enter_is_told_within_seconds_and_limits_are_not_overwritten(
    own_server: Server, look: Look
) -> None:
    first, second = look(own_server), look(own_server, fresh=True)
    first.open("cases", class_=INSURANCE)
    second.open("cases", class_=INSURANCE, ticket=NEW)
    second.picker("case_signer_name").locator("input").fill("李娜")
    second.act(second.page.get_by_test_id("stFormSubmitButton").get_by_role("button").click)
    second.picker(f"case_{NEW}_text").locator("textarea").fill("已派发宜昌分行")
    second.picker(f"case_{NEW}_next_step").locator("input").fill("首次联系客户")
    second.press(f"enter_{NEW}")
    # nobody touches the first window
    first.picker("newer_entries").wait_for(timeout=NOTICED_WITHIN)
    first.says("newer_entries", "李娜")
    first.press("show_newer")
    expect(first.picker("newer_entries")).to_have_count(0)

    for screen, name in ((first, "王敏"), (second, None)):
        if screen is second:
            screen.open("cases", class_=INSURANCE)
        screen.act(screen.page.get_by_text("现行时限").first.click)
        if name is not None:
            screen.picker("limits_signer_name").locator("input").fill(name)
            screen.act(screen.page.get_by_role("button", name="以此署名").click)
    submit = 'button:has-text("为本类别设置")'
    amount = 'input[aria-label^="调解金额"], input[aria-label*="金额"]'
    second.page.locator(amount).first.fill("500000")
    second.act(second.page.locator(submit).click)
    first.picker("newer_entries").wait_for(timeout=NOTICED_WITHIN)
    first.page.locator(amount).first.fill("300000")
    first.act(first.page.locator(submit).click)
    first.reads("李娜")


def test_a_drafted_letter_outlives_a_reload_with_its_table_and_the_words_that_were_just_typed(
    own_server: Server, look: Look
) -> None:
    screen = look(own_server)
    screen.open("letters", branch="B01")
    sign(screen, "王敏")
    screen.press("draft_letter")
    table = screen.picker("letter_form").get_by_test_id("stTable")
    before = table.inner_text()
    field = screen.picker("form-letter_problem").locator("textarea")
    field.click()
    field.press("End")
    screen.act(lambda: field.press_sequentially("尚未离开此栏"))  # kept after a pause, without leaving the field
    assert field.evaluate("field => document.activeElement === field")
    screen.load(screen.page.reload)
    screen.says("signer_line", "王敏")  # the window knows who sits at it
    expect(field).to_have_value(re.compile("尚未离开此栏"))
    expect(table).to_have_text(before, use_inner_text=True)
    # somebody else sits down: the window forgets, also over a reload
    screen.press("signer_change")
    screen.load(screen.page.reload)
    screen.picker("signer_name").wait_for(timeout=LOADED_WITHIN)
    expect(screen.picker("signer_line")).to_have_count(0)


def test_r09_each_addressee_of_a_letter_signs_for_itself_and_the_review_names_those_who_have_not_answered(
    own_server: Server, look: Look
) -> None:
    screen = look(own_server)
    screen.open("letters", letter="alert-2025-3")
    sign(screen, "王敏")
    screen.pick("choice_addressee", "合肥分行")
    screen.reads("合肥分行的下一步")
    screen.press("step-letter-alert-2025-3-2_enter")
    screen.reads("发出 7-21 → 签收 7-27")
    screen.pick("choice_addressee", "苏州分行")
    screen.reads("发出 7-21 → 签收 7-22")
    field = screen.picker("step-letter-alert-2025-3-1_text").locator("textarea")
    field.fill("已逐笔更正")
    screen.act(field.blur)
    screen.press("step-letter-alert-2025-3-1_enter")
    screen.shot("letter_addressees")
    screen.open("review", as_of="2025-08-04", step="8")
    screen.reads("▲ 2家中1家逾期未答复：合肥分行（5天）")
