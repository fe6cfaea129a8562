"""The data screen in a real browser: files in, rows set aside out, the demo away and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Screen, Server

Look = Callable[..., Screen]
CLASS = "房贷提前还款争议"
HEADERS = "工单编号,客户编号,受理时间,投诉类别,机构,投诉原因,渠道,首轮结果,首轮结果时间"


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A bank's export as it comes: GB18030, Chinese dates, 60 good rows and two that cannot be stored."""
    first = date(2025, 1, 6)
    lines = [HEADERS]
    for number in range(60):
        received = first + timedelta(days=3 * number)
        outcome = "未达成一致" if number % 4 == 0 else "达成一致"
        lines.append(
            f"G{number:04d},K{number:04d},{chinese_day(received)},{CLASS},杭州分行,答复口径不一致,电话,"
            f"{outcome},{chinese_day(received + timedelta(days=2))}"
        )
    lines.insert(3, f"G9001,K9001,去年春天,{CLASS},杭州分行,答复口径不一致,电话,达成一致,2025年3月5日")
    lines.append(f"G9002,,2025年3月5日,{CLASS},杭州分行,=答复,电话,达成一致,2025年3月6日")
    path = tmp_path / "投诉工单导出.csv"
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


def tab(screen: Screen, name: str) -> None:
    screen.act(screen.page.get_by_role("tab", name=name, exact=True).click)


def choose(screen: Screen, path: Path) -> None:
    """Put a file into the file box."""
    screen.act(lambda: screen.page.locator('input[type="file"]').set_input_files(path))


def test_a_bank_s_export_ends_in_the_chart_of_its_tickets_and_its_bad_rows_in_a_file(
    own_server: Server, look: Look, export: Path
) -> None:
    screen = look(own_server)
    screen.open("data")
    tab(screen, "导入文件")
    choose(screen, export)
    expect(screen.main).to_contain_text("GB18030", ignore_case=True)
    screen.reads("当前装有演示银行", "去年春天")
    screen.shot("upload_preview_zh")
    screen.says("demo_line", "演示数据")

    screen.press("import_button")
    screen.page.get_by_text("读取行数").wait_for()
    screen.idle()
    screen.shot("upload_report_zh")
    screen.reads("读取行数 62 已接收 60 已有，未变 0 搁置 2")
    expect(screen.picker("demo_line")).to_have_count(0)

    tab(screen, "导入记录与搁置行")
    screen.page.get_by_role("heading", name="“投诉工单导出.csv”的搁置行").wait_for()
    screen.shot("set_aside_zh")
    with screen.page.expect_download() as download:
        screen.picker("set_aside_csv").locator("button:visible").first.click()
    assert download.value.suggested_filename == "投诉工单导出_搁置行.csv"
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "文件行号,搁置原因," + HEADERS
    assert len(lines) == 3
    assert "去年春天" in lines[1]
    assert "'=答复" in lines[2]

    screen.act(screen.page.get_by_test_id("stSidebarNav").get_by_role("link", name="管控曲线").click)
    screen.draws(CLASS)
    screen.shot("threshold_own_zh")


def test_the_demo_is_removed_with_one_click_and_a_question_and_can_be_loaded_again(
    own_server: Server, look: Look
) -> None:
    screen = look(own_server)
    screen.open()
    screen.chart()
    screen.press("remove_demo")
    screen.press("confirm_remove_demo")
    screen.page.get_by_role("dialog").wait_for(state="detached")
    expect(screen.picker("demo_line")).to_have_count(0)
    expect(screen.charts).to_have_count(0)
    screen.shot("empty_threshold_zh")
    expect(screen.page.get_by_text("还没有工单。")).to_be_visible()
    screen.act(screen.main.get_by_role("link", name="导入文件").click)
    screen.page.get_by_text("每晚自动导入").wait_for()
    screen.shot("empty_data_zh")
    screen.press("load_demo")
    screen.picker("demo_line").wait_for(timeout=90_000)


def test_a_file_that_is_no_table_is_refused_with_what_to_do_and_nothing_is_stored(
    demo_server: Server, look: Look, tmp_path: Path
) -> None:
    screen = look(demo_server)
    screen.open("data")
    tab(screen, "导入文件")
    path = tmp_path / "图片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    choose(screen, path)
    screen.page.get_by_test_id("stAlert").first.wait_for()
    screen.shot("refused_zh")
    expect(screen.picker("import_button")).to_have_count(0)
    screen.says("demo_line", "演示数据")
