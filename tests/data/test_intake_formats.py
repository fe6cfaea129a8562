"""The same tickets in every format, encoding and habit of writing come to the same store content."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwt

from data.intake import Progress, import_file, preview
from data.intake.decode import encoding_of
from data.intake.sheets import cell_text
from data.store import Store
from tests.data.bank_files import (
    HEADERS,
    NAMES,
    OUTCOMES,
    RECORDED_ON,
    Row,
    csv_text,
    held,
    opened,
    plain,
    same,
    take,
    ticket,
    tickets,
    write_csv,
    write_xlsx,
)
from texts import Problem

COUNT = 120


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("expected")
    with opened(folder / "store.duckdb") as store:
        take(store, write_csv(folder / "tickets.csv", tickets(COUNT)))
        return held(store)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


def test_what_is_stored_is_what_the_rows_say(expected: pd.DataFrame) -> None:
    rows = {row["ticket_id"]: row for row in tickets(COUNT)}
    assert list(expected["ticket_id"]) == sorted(rows)
    for name in NAMES:
        column = expected[name].astype(object).where(expected[name].notna(), None)
        assert list(column) == [rows[ticket_id][name] for ticket_id in expected["ticket_id"]], name


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter(
    store: Store, tmp_path: Path, expected: pd.DataFrame, encoding: str, delimiter: str
) -> None:
    report = take(store, write_csv(tmp_path / "t.csv", tickets(COUNT), encoding, delimiter=delimiter))
    assert (report.rows_read, report.accepted) == (COUNT, COUNT)
    same(held(store), expected)


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_every_line_end(store: Store, tmp_path: Path, expected: pd.DataFrame, line_end: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(csv_text(tickets(COUNT)).replace("\n", line_end).encode("gb18030"))
    take(store, path)
    same(held(store), expected)


def test_a_workbook_with_two_title_rows(store: Store, tmp_path: Path, expected: pd.DataFrame) -> None:
    report = take(store, write_xlsx(tmp_path / "t.xlsx", tickets(COUNT)))
    assert (report.rows_read, report.accepted) == (COUNT, COUNT)
    same(held(store), expected)


def test_an_old_workbook(store: Store, tmp_path: Path, expected: pd.DataFrame) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("明细")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    sheet.write_merge(0, 0, 0, len(HEADERS) - 1, "投诉工单明细")
    for column, header in enumerate(HEADERS):
        sheet.write(2, column, header)
    for number, row in enumerate(tickets(COUNT), start=3):
        for column, name in enumerate(NAMES):
            value = OUTCOMES[row[name]] if name == "first_outcome" else row[name]
            if isinstance(value, datetime):
                sheet.write(number, column, value, style)
            elif value is not None:
                sheet.write(number, column, value)
    book.save(str(tmp_path / "t.xls"))
    take(store, tmp_path / "t.xls")
    same(held(store), expected)


def test_parquet(store: Store, tmp_path: Path, expected: pd.DataFrame) -> None:
    frame = pd.DataFrame(tickets(COUNT))
    frame["complaint_class"] = frame["complaint_class"].astype("category")
    frame["received_at"] = frame["received_at"].dt.tz_localize("Asia/Shanghai").dt.tz_convert("UTC")
    frame.rename(columns=dict(zip(NAMES, HEADERS, strict=True))).to_parquet(tmp_path / "t.parquet")
    take(store, tmp_path / "t.parquet")
    same(held(store), expected)


def chinese_date(name: str, value: Any) -> str:
    return (
        f"{value.year}年{value.month}月{value.day}日 {value:%H:%M:%S}"
        if isinstance(value, datetime)
        else plain(name, value)
    )


def slashes(name: str, value: Any) -> str:
    return (
        f"{value.year}/{value.month}/{value.day} {value:%H:%M:%S}"
        if isinstance(value, datetime)
        else plain(name, value)
    )


def digits_only(name: str, value: Any) -> str:
    return f"{value:%Y%m%d%H%M%S}" if isinstance(value, datetime) else plain(name, value)


def serial(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return repr((value - datetime(1899, 12, 30)) / timedelta(days=1))
    return plain(name, value)


def full_width(name: str, value: Any) -> str:
    text = plain(name, value)
    wide = str.maketrans("0123456789-:.TCB", "０１２３４５６７８９－：．ＴＣＢ")
    return text if name in ("narrative", "cause") else text.translate(wide)


def twelve_hours(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d} {'下午' if value.hour >= 12 else '上午'} {value:%I:%M:%S}"
    return plain(name, value)


def with_money_signs(name: str, value: Any) -> str:
    return f"￥{value:,.2f}元" if name == "amount" else plain(name, value)


def with_blanks(name: str, value: Any) -> str:
    return f"\u3000 {plain(name, value)}\t " if value is not None else " N/A "


@pytest.mark.parametrize(
    "write",
    [chinese_date, slashes, digits_only, serial, full_width, twelve_hours, with_money_signs, with_blanks],
)
def test_every_habit_of_writing(
    store: Store, tmp_path: Path, expected: pd.DataFrame, write: Callable[[str, Any], str]
) -> None:
    take(store, write_csv(tmp_path / "t.csv", tickets(COUNT), write=write))
    same(held(store), expected)


def test_a_day_without_time_is_its_midnight(store: Store, tmp_path: Path) -> None:
    days = ["2025-3-5", "2025/3/5", "2025.3.5", "2025年3月5日星期三", "20250305"]
    rows = [ticket(0, ticket_id=f"T{i}", received_at=day) for i, day in enumerate(days)]
    write_csv(tmp_path / "t.csv", rows)
    assert take(store, tmp_path / "t.csv").accepted == 5
    assert set(held(store)["received_at"]) == {pd.Timestamp(2025, 3, 5)}


def test_merged_cells_hold_their_value_in_every_row(store: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["投诉明细"])
    sheet.merge_cells("A1:E1")
    sheet.append(["工单编号", "客户编号", "受理时间", "投诉类别", "机构"])
    for i in range(4):
        sheet.append([f"T{i}", f"C{i}", datetime(2025, 3, 5 + i), "信用卡", "北京分行" if i in (0, 3) else None])
    sheet.merge_cells("E3:E5")
    book.save(tmp_path / "t.xlsx")
    take(store, tmp_path / "t.xlsx")
    assert list(held(store)["branch_id"]) == ["北京分行"] * 4


def test_a_sheet_that_is_no_table_is_passed_over_and_said(store: Store, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", tickets(3))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book.create_sheet("说明", 0).append(["本表由系统导出"])
    book.save(tmp_path / "t.xlsx")
    report = take(store, tmp_path / "t.xlsx")
    assert report.accepted == 3
    assert "Only the sheet {sheet} was read; not read: {others}." in {note.id for note in report.notes}


def test_a_formula_counts_with_the_value_the_workbook_keeps(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["工单编号", "客户编号", "受理时间", "投诉类别", "机构"])
    book.active.append(["T1", '=HYPERLINK("http://example.org","x")', datetime(2025, 3, 5), "信用卡", "B1"])
    book.save(tmp_path / "t.xlsx")
    shown = preview(tmp_path / "t.xlsx", recorded_on=RECORDED_ON)
    assert shown.rows_as_read["客户编号"].tolist() == [""]


def test_a_workbook_that_would_burst_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", tickets(1))
    with zipfile.ZipFile(tmp_path / "t.xlsx") as whole, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as bomb:
        for entry in whole.infolist():
            data = whole.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            bomb.writestr(entry, data)
    with pytest.raises(Problem, match="too large"):
        preview(tmp_path / "bomb.xlsx")


def test_cells_are_written_out_plainly() -> None:
    given = [None, True, 3.0, 0.1 + 0.2, 1e20, date(2025, 3, 5), datetime(2025, 3, 5, 9, 59, 59, 999_999), "a\r\nb"]
    assert [cell_text(value) for value in given] == [
        *("", "TRUE", "3", "0.30000000000000004", "1e+20"),
        *("2025-03-05", "2025-03-05 10:00:00", "a\nb"),
    ]


def test_an_amount_of_a_spreadsheet_and_of_a_text_are_the_same(store: Store, tmp_path: Path) -> None:
    take(store, write_csv(tmp_path / "a.csv", [ticket(1, amount="0.30")]))
    report = take(store, write_csv(tmp_path / "b.csv", [ticket(1, amount=0.1 + 0.2)]))
    assert report.unchanged == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("工单编号,客户编号\nT1,张\n", "utf-8"),
        ("工单编号,客户编号\nT1,张\n", "gb18030"),
        ("a,b\n1,2\n", "utf-8"),
        ("a,b\n" + "1,2\n" * 300_000 + "1,投诉客户\n", "gb18030"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    assert encoding_of(tmp_path / "t.csv") == encoding


def test_a_few_broken_bytes_do_not_change_the_encoding_and_cost_only_their_rows(store: Store, tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        lines = csv_text(tickets(60)).encode(encoding).split(b"\n")
        lines[7] = lines[7].replace("提".encode(encoding), "提".encode(encoding)[:-1] + b"\xff")
        lines[8] = lines[8].replace(b",B", b",\x80\xff")
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(b"\n".join(lines))
        report = take(store, path)
        assert (report.encoding, report.rows_read) == (encoding, 60)
        assert [row.row_number for row in report.examples][-1:] == [9]
        assert report.examples[-1].reasons[0].id.startswith("The row holds bytes that do not fit")


def test_the_books_keep_the_files_digest(store: Store, tmp_path: Path) -> None:
    for path in (write_csv(tmp_path / "t.csv", tickets(3), "gb18030"), write_xlsx(tmp_path / "t.xlsx", tickets(3))):
        take(store, path)
        ((sha256,),) = (
            store.cursor().execute("SELECT sha256 FROM stored.imports ORDER BY import_id DESC LIMIT 1").fetchall()
        )
        assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n \n\n",
        b"\x00" * 5000,
        bytes(range(256)) * 40,
        b"PK\x03\x04 but no archive",
        b"\xd0\xcf\x11\xe0 but no workbook",
        b"PAR1 but no parquet PAR1",
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"\x1f\x8b\x08 packed",
        b"1,2,3\n4,5,6\n",
        b"{}\n{}\n",
        b"{not json\n",
        "工单编号\n".encode(),
    ],
)
def test_what_is_no_table_is_a_problem_and_nothing_is_stored(store: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "what.csv"
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        take(store, path)
    assert all(message.id for message in refused.value.parts())
    assert store.cursor().execute("SELECT count(*) FROM stored.imports").fetchall() == [(0,)]


def test_an_import_says_how_far_it_is(store: Store, tmp_path: Path) -> None:
    for path, total in (
        (write_csv(tmp_path / "t.csv", tickets(40)), None),
        (write_xlsx(tmp_path / "t.xlsx", tickets(40)), 40),
    ):
        told: list[Progress] = []
        take(store, path, progress=told.append)
        assert [progress.rows for progress in told] == sorted(progress.rows for progress in told)
        assert {progress.total for progress in told[:-1]} == {total}
        assert [progress.phase.id for progress in told][-2:] == ["Reading and checking the rows", "Storing the rows"]
        assert (told[-1].rows, told[-1].share) == (40, 1.0)


def test_a_header_without_rows_is_an_import_of_nothing(store: Store, tmp_path: Path) -> None:
    report = take(store, write_csv(tmp_path / "t.csv", []))
    assert report.rows_read == 0
    assert "The file has a header but no rows." in {note.id for note in report.notes}


def test_an_import_outside_a_transaction_is_one_of_its_own(store: Store, tmp_path: Path) -> None:
    rows: list[Row] = tickets(5)
    report = import_file(store.cursor(), write_csv(tmp_path / "t.csv", rows), recorded_on=RECORDED_ON)
    assert report.accepted == 5
    assert len(held(store)) == 5
