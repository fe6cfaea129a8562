"""Files as banks send them, written by the tests themselves, and what the store holds afterwards."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from data.intake import ImportReport, import_file
from data.intake.kinds import TICKETS
from data.store import Store
from texts import Message, render

HEADERS = (
    *("工单编号", "客户编号", "受理时间", "投诉类别", "机构编号", "产品", "渠道", "投诉原因", "金额"),
    *("派发时间", "首轮结果", "首轮结果时间", "处理轮次", "投诉内容"),
)
NAMES = (
    *(
        "ticket_id",
        "customer_id",
        "received_at",
        "complaint_class",
        "branch_id",
        "product",
        "channel",
        "cause",
        "amount",
    ),
    *("dispatched_at", "first_outcome", "first_outcome_at", "rounds", "narrative"),
)
OUTCOMES = {"agreed": "达成一致", "not_agreed": "未达成一致", None: ""}
RECORDED_ON = date(2025, 7, 1)
Row = dict[str, Any]


def ticket(number: int, **changes: Any) -> Row:
    """Give one ticket under canonical names; dates are datetimes, empty values None."""
    received = datetime(2025, 1, 2, 9, 30) + timedelta(days=number % 150, minutes=number)
    row: Row = {
        "ticket_id": f"T{number:05d}",
        "customer_id": f"C{number % 900:04d}",
        "received_at": received,
        "complaint_class": ("提前还款", "信用卡", "保险争议")[number % 3],
        "branch_id": f"B{number % 36:02d}",
        "product": "个人住房贷款",
        "channel": "监管转办" if number % 4 == 0 else None,
        "cause": "答复口径不一致",
        "amount": 1234.5 + number,
        "dispatched_at": received + timedelta(hours=2),
        "first_outcome": (None, "agreed", "agreed", "not_agreed")[number % 4],
        "first_outcome_at": received + timedelta(days=3) if number % 4 else None,
        "rounds": 1 + number % 3,
        "narrative": f"客户称，办理“提前还款”须等待{number}天；要求尽快处理, 并书面答复",
    }
    return row | changes


def tickets(count: int) -> list[Row]:
    """Give tickets 0 … count − 1."""
    return [ticket(number) for number in range(count)]


def plain(name: str, value: Any) -> str:
    """Write a value as a text file would hold it."""
    if name == "first_outcome":
        return OUTCOMES[value]
    if value is None:
        return ""
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def csv_text(
    rows: Iterable[Row],
    write: Callable[[str, Any], str] = plain,
    delimiter: str = ",",
    headers: Sequence[str] = HEADERS,
    names: Sequence[str] = NAMES,
) -> str:
    """Write rows as delimited text with a header."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([[write(name, row.get(name)) for name in names] for row in rows])
    return out.getvalue()


def write_csv(path: Path, rows: Iterable[Row], encoding: str = "utf-8", **how: Any) -> Path:
    """Write rows as a CSV file."""
    path.write_bytes(csv_text(rows, **how).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as banks export them: two title rows, one of them merged, dates and numbers as real cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "投诉明细"
    sheet.append(["2025年投诉工单明细表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADERS))
    sheet.append(["制表单位：消费者权益保护部", None, None, "制表日期：2025年7月1日"])
    sheet.append(list(HEADERS))
    for row in rows:
        sheet.append([OUTCOMES[row[name]] or None if name == "first_outcome" else row[name] for name in NAMES])
    book.save(path)
    return path


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """Open a store for a while."""
    store = Store(path)
    try:
        yield store
    finally:
        store.close()


def take(store: Store, path: Path, **how: Any) -> ImportReport:
    """Import a file as the app does; every row of it must be accounted for."""
    with store.writing() as cursor:
        report = import_file(cursor, path, **{"recorded_on": RECORDED_ON, **how})
    assert report.rows_read == report.accepted + report.unchanged + report.set_aside
    return report


def held(store: Store) -> pd.DataFrame:
    """Give what the store holds of tickets, without the books of the imports: ticket columns and days of knowledge."""
    columns = ", ".join([*TICKETS.names, "known_on", "superseded_on"])
    return (
        store.cursor()
        .execute(f"SELECT {columns} FROM stored.ticket_versions ORDER BY ticket_id, known_on, status_at, content_hash")
        .df()
    )


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    """Check that two stores hold the same."""
    pd.testing.assert_frame_equal(left, right)


def english(messages: Iterable[Message]) -> list[str]:
    """Write messages out in English."""
    return [render(message, "en") for message in messages]
