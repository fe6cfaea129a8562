"""The weekly review, letters and measures in a real browser: the document's second case, held from start to end."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from playwright.sync_api import Locator, expect

from tests.browser.driver import LOADED_WITHIN, Screen, Server

Look = Callable[..., Screen]
ROW, HEAD = 35, 36  # px of a table's row and of its heading
NUMBER = "消保提示〔2025〕4号"


def sign(screen: Screen, name: str) -> None:
    """Say who is at the window."""
    screen.picker("signer_name").locator("input").fill(name)
    screen.page.get_by_role("button", name="以此署名").click()
    screen.picker("signer_line").wait_for(timeout=LOADED_WITHIN)
    screen.idle()


def write(screen: Screen, key: str, text: str) -> None:
    """Fill a field and leave it."""
    field = screen.picker(key).locator("textarea, input").first
    field.fill(text)
    screen.act(field.blur)


def choose_row(screen: Screen, key: str, number: int) -> None:
    """Choose a row of a table, counted from 0."""
    grid = screen.picker(key).locator('[data-testid="stDataFrame"]').first
    screen.act(lambda: grid.click(position={"x": 18, "y": HEAD + ROW * number + ROW // 2}))


def button(screen: Screen, key: str) -> Locator:
    return screen.picker(key).locator("button:visible").first


def said(path: Path | bytes) -> str:
    """The texts of a .docx."""
    document = Document(io.BytesIO(path) if isinstance(path, bytes) else str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_r08_r09_a_review_is_held_from_start_to_end_with_letter_minutes_and_pack(
    own_server: Server, look: Look
) -> None:
    kept = own_server.store.parent
    screen = look(own_server)
    screen.open("review")
    screen.reads("上次决定 ▲1")
    screen.fits()
    sign(screen, "王敏")
    screen.shot("review")

    # last week's decision: what became of it
    choose_row(screen, "last_decisions", 0)
    write(screen, "step-decision-2025-7_text", "已全部启动")
    screen.press("step-decision-2025-7_enter")
    screen.reads("作出决定 7-7 → 改期 7-21 → 完成 7-27")

    # the class near its limit: a decision, with the owner and the day
    screen.act(screen.page.get_by_role("radio", name="类别").first.click)
    screen.reads("住房贷款提前还款")
    screen.press("agenda_classes_1_decide")
    write(screen, "form-decision_what", "对杭州分行预约排队下发提示书并复查")
    write(screen, "form-decision_owner", "总行消保")
    screen.press("decide")
    screen.reads("本次复盘的决定（1项）")
    expect(screen.picker("form-decision_what").locator("textarea")).to_have_value("")

    # the letter: from the warning, changed by hand, numbered and kept
    letters = look(own_server)
    letters.open("letters", branch="B01")
    sign(letters, "王敏")
    letters.press("draft_letter")
    expect(letters.picker("form-letter_addressee").locator("input")).to_have_value(re.compile("杭州分行"))
    write(letters, "form-letter_problem", "预约排队没有时限，客户首轮即不接受。")
    letters.press("send_letter")
    letters.reads(NUMBER)
    letters.shot("letter_sent")
    file = kept / "letters" / f"{NUMBER}.docx"
    written = said(file)
    assert all(part in written for part in ("预约排队没有时限，客户首轮即不接受。", "杭州分行", "演示数据"))
    write(letters, "step-letter-alert-2025-4-1_text", "杭州分行签收")
    letters.press("step-letter-alert-2025-4-1_enter")
    letters.reads("签收")

    # close
    write(screen, "form-close_attendees", "总行消保、个人信贷部")
    screen.act(button(screen, "close_review").click)
    screen.page.get_by_text("内容不再变更").wait_for(timeout=60_000)
    screen.idle()
    screen.shot("review_closed")
    folder = kept / "reviews" / "2025-07-27"
    minutes = said(folder / "周复盘纪要_2025-07-27.docx")
    for part in ("对杭州分行预约排队下发提示书并复查", "总行消保、个人信贷部", NUMBER, "已全部启动", "记录：王敏"):
        assert part in minutes
    # nobody waits for the pictures: the pack's button appears by itself when they are drawn
    screen.picker("pack_2025-07-27").wait_for(timeout=240_000)
    pack = folder / "快照_2025-07-27.zip"
    assert "manifest.json" in zipfile.ZipFile(pack).namelist()
    listing = zipfile.ZipFile(pack).read("closing.json")
    assert hashlib.sha256(listing).hexdigest()[:16] in minutes
    with screen.page.expect_download() as download:
        button(screen, "minutes_2025-07-27").click()
    assert Path(download.value.path()).read_bytes() == (folder / "周复盘纪要_2025-07-27.docx").read_bytes()
    expect(screen.picker("close_review")).to_have_count(0)

    # the next review opens with what was decided
    screen.open("review", as_of="2025-08-04")
    screen.reads("上一次在2025-07-27")
    screen.open("review", as_of="2025-08-04", present="1", step="1")
    screen.reads("对杭州分行预约排队下发提示书并复查")


def test_two_people_see_each_other_undo_stays_visible_and_drafts_survive(own_server: Server, look: Look) -> None:
    first, second = look(own_server), look(own_server, fresh=True)
    for screen, name in ((first, "王敏"), (second, "李娜")):
        screen.open("review")
        sign(screen, name)
        choose_row(screen, "last_decisions", 0)
    write(first, "step-decision-2025-7_text", "已启动九户")
    first.press("step-decision-2025-7_enter")
    first.reads("完成 7-27")
    # the other one has not seen it: she is told, refused once, and her text is still there
    write(second, "step-decision-2025-7_text", "不再需要")
    second.reads("王敏刚刚登记了“完成”")
    second.press("step-decision-2025-7_enter")
    expect(second.picker("step-decision-2025-7_text").locator("textarea")).to_have_value("不再需要")
    second.reads("完成 7-27")
    second.lacks("重新办理 7-27")

    # taken back: it no longer holds, and stays in the history, marked
    first.page.get_by_text("登记记录").first.click()
    first.press("decision_2025-7_undo")
    first.lacks("完成 7-27")  # and the history stays unfolded
    with first.page.expect_download() as download:
        button(first, "decision_2025-7_history").click()
    history = Path(download.value.path()).read_text("utf-8-sig")
    assert "已启动九户" in history
    assert "已撤回" in history

    # what was typed and not entered survives a lost connection: another session of the same person finds it
    write(first, "form-decision_what", "尚未写完的决定")
    second.open("review", step="2")
    second.press("signer_change")  # the window knows who sat at it: 李娜
    sign(second, "王敏")
    expect(second.picker("form-decision_what").locator("textarea")).to_have_value("尚未写完的决定")


def test_hazards_and_measures_open_by_link_and_the_effect_is_drawn(demo_server: Server, look: Look) -> None:
    screen = look(demo_server)
    screen.open("letters", hazard="2025-2", as_of="2025-12-31")
    screen.reads("苏州分行对违约金的答复与全行口径不一致", "消保提示〔2025〕3号")
    screen.open("letters", measure="2025-1", as_of="2025-12-31")
    screen.draws("6项措施中有1项可以证明见效")
    screen.reads("提前还款业务操作标准流程")
    screen.open("letters", letter="alert-2025-99")
    screen.reads("没有函件“消保提示〔2025〕99号”")
    screen.open("letters", letter="alert-2025-1", lang="en")
    screen.reads("letter sent")


def test_the_review_is_presented_one_step_at_a_time_in_both_themes(demo_server: Server, look: Look) -> None:
    for dark in (False, True):
        screen = look(demo_server, dark=dark)
        screen.open("review", present="1", step="2")
        screen.reads("保险争议")
        screen.fits()
        screen.shot(f"review_present_{'dark' if dark else 'light'}")
        screen.press("step_next")
        screen.reads("T20250718-002")
