"""Rows that fail are set aside with every reason, as they stood; nothing else is lost with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.intake import import_frame
from data.intake.faults import NOTES, TEMPLATES
from data.intake.lines import Layout, batches
from data.store import Store
from tests.data.bank_files import (
    HEADERS,
    RECORDED_ON,
    csv_text,
    english,
    held,
    opened,
    take,
    ticket,
    tickets,
    write_csv,
)
from texts import Problem, render


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


def reasons(store: Store, tmp_path: Path, **changes: object) -> list[str]:
    """Import one ticket with changes that make it fail; give the reasons in English."""
    report = take(store, write_csv(tmp_path / "t.csv", [ticket(1, **changes)]))
    assert (report.rows_read, report.set_aside) == (1, 1)
    return english(report.examples[0].reasons)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ticket_id": None}, "Column 工单编号 is empty, and a row needs it."),
        ({"ticket_id": "4.21E+17"}, "“4.21E+17” in column 工单编号 is a number that a spreadsheet has shortened."),
        ({"customer_id": " N/A "}, "Column 客户编号 is empty"),
        ({"received_at": None}, "Column 受理时间 is empty"),
        ({"received_at": "昨天"}, "“昨天” in column 受理时间 is not a date."),
        ({"received_at": "2025-02-30"}, "“2025-02-30” in column 受理时间 is not a date."),
        ({"received_at": "1999-12-31"}, "The date “1999-12-31” in column 受理时间 is before 2000 or after 2025-07-02."),
        ({"received_at": "2025-07-03"}, "The date “2025-07-03” in column 受理时间 is before 2000 or after 2025-07-02."),
        ({"complaint_class": ""}, "Column 投诉类别 is empty"),
        ({"branch_id": "—"}, "Column 机构编号 is empty"),
        ({"amount": "-3"}, "“-3” in column 金额 is negative."),
        ({"amount": "三百"}, "“三百” in column 金额 is not a number."),
        ({"amount": "1e15"}, "“1e15” in column 金额 is too large for an amount in yuan."),
        ({"rounds": "2.5"}, "“2.5” in column 处理轮次 is not a whole number that can be counted."),
        ({"dispatched_at": "2051-01-01"}, "The date “2051-01-01” in column 派发时间 is before 2000 or after"),
        ({"first_outcome_at": "2025-01-02"}, "“2025-01-02” in column 首轮结果时间 lies before the receipt"),
    ],
)
def test_every_fault_has_its_reason(store: Store, tmp_path: Path, changes: dict[str, object], said: str) -> None:
    found = reasons(store, tmp_path, **changes)
    assert any(reason.startswith(said) for reason in found), found
    assert len(held(store)) == 0


def test_an_unknown_outcome_word_names_the_known_ones(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(csv_text([ticket(1)]).replace("达成一致", "差不多"), encoding="utf-8")
    (reason,) = english(take(store, path).examples[0].reasons)
    assert reason.startswith("“差不多” in column 首轮结果 is not a known word. Use one of: agreed, 达成一致")


def test_an_outcome_on_the_day_of_the_receipt_is_possible(store: Store, tmp_path: Path) -> None:
    row = ticket(1, received_at=datetime(2025, 3, 5, 16, 0), first_outcome_at="2025-03-05", dispatched_at=None)
    assert take(store, write_csv(tmp_path / "t.csv", [row])).accepted == 1


def test_all_reasons_of_a_row_are_given_in_both_languages(store: Store, tmp_path: Path) -> None:
    row = ticket(1, ticket_id=None, received_at="昨天", amount="-3", rounds="多次")
    report = take(store, write_csv(tmp_path / "t.csv", [row]))
    messages = report.examples[0].reasons
    assert len(messages) == 4
    for message in messages:
        assert render(message, "zh_CN") != render(message, "en")


def test_the_row_number_is_the_one_in_the_file_and_the_text_is_as_it_stood(store: Store, tmp_path: Path) -> None:
    rows = tickets(30)
    rows[20]["received_at"], rows[20]["narrative"] = "待补", ' 含"引号", 逗号'
    lines = ["投诉工单明细", "", *csv_text(rows).splitlines()]
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.accepted, report.set_aside) == (29, 1)
    ((number, raw, said),) = store.cursor().execute("SELECT row_number, raw, reasons FROM stored.set_aside").fetchall()
    assert number == 2 + 1 + 21
    assert list(json.loads(raw)) == list(HEADERS)
    assert json.loads(raw)["受理时间"] == "待补"
    assert json.loads(raw)["投诉内容"] == ' 含"引号", 逗号'
    assert json.loads(said)[0]["params"] == {"column": "受理时间", "value": "待补"}


def test_rows_set_aside_can_be_corrected_and_sent_again(store: Store, tmp_path: Path) -> None:
    rows = tickets(10)
    rows[3]["received_at"] = "待补"
    assert take(store, write_csv(tmp_path / "a.csv", rows)).set_aside == 1
    report = take(store, write_csv(tmp_path / "b.csv", [ticket(3)]))
    assert (report.accepted, len(held(store))) == (1, 10)


def test_an_outcome_without_a_date_takes_the_next_date_and_the_report_says_so(store: Store, tmp_path: Path) -> None:
    names = ["ticket_id", "customer_id", "received_at", "complaint_class", "branch_id", "first_outcome", "closed_at"]
    headers = ["工单编号", "客户编号", "受理时间", "投诉类别", "机构", "首轮结果", "结案时间"]
    rows = [
        ticket(1, closed_at="2025-02-01"),
        ticket(2, closed_at=None),
        ticket(3, first_outcome=None, closed_at="2025-02-01"),
    ]
    report = take(store, write_csv(tmp_path / "t.csv", rows, headers=headers, names=names))
    assert (report.accepted, report.set_aside) == (2, 1)
    assert "but no column gives a date for it" in english(report.examples[0].reasons)[0]
    assert held(store)["first_outcome_at"].dropna().dt.date.tolist() == [date(2025, 2, 1)]
    assert any(note.startswith("1 rows have a first outcome without a date") for note in english(report.notes))


def test_a_date_without_an_outcome_is_not_counted_as_decided(store: Store, tmp_path: Path) -> None:
    report = take(store, write_csv(tmp_path / "t.csv", [ticket(4, first_outcome_at="2025-03-01")]))
    assert report.accepted == 1
    assert held(store)["first_outcome_at"].isna().all()
    assert any(
        note.startswith("1 rows have a date in column 首轮结果时间 but no outcome") for note in english(report.notes)
    )


def test_undecided_words_are_no_outcome(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(csv_text([ticket(1, first_outcome_at=None)]).replace("达成一致", "处理中"), encoding="utf-8")
    assert take(store, path).accepted == 1
    assert held(store)["first_outcome"].isna().all()


@pytest.mark.parametrize("word", ["未化解", "否", "NOT AGREED", "不满意"])
def test_the_usual_words_for_not_agreed(store: Store, tmp_path: Path, word: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(csv_text([ticket(3)]).replace("未达成一致", word), encoding="utf-8")
    assert take(store, path).accepted == 1
    assert held(store)["first_outcome"].tolist() == ["not_agreed"]


def test_blank_lines_are_no_rows(store: Store, tmp_path: Path) -> None:
    lines = csv_text(tickets(4)).splitlines()
    lines[2:2] = ["", "   ", "," * (len(HEADERS) - 1), "\u3000"]
    (tmp_path / "t.csv").write_text("\n".join([*lines, "", ""]), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.rows_read, report.accepted) == (4, 4)


def test_ragged_rows_are_set_aside_and_empty_fields_at_the_end_are_not(store: Store, tmp_path: Path) -> None:
    lines = csv_text(tickets(6)).splitlines()
    lines[2] += ",,"
    lines[3] = lines[3].rsplit(",", 3)[0]
    lines[4] += ",多出来的"
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.rows_read, report.accepted) == (6, 4)
    assert [row.row_number for row in report.examples] == [4, 5]
    assert english(report.examples[1].reasons)[0].startswith("The row has 15 fields where the header has 14.")
    assert report.examples[1].raw["+1"] == "多出来的"


def test_nul_bytes_cost_their_row(store: Store, tmp_path: Path) -> None:
    lines = csv_text(tickets(5)).splitlines()
    lines[2] = lines[2].replace("B", "B\0")
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.accepted, [row.row_number for row in report.examples]) == (4, [3])
    assert "NUL" in english(report.examples[0].reasons)[0]


def test_a_quotation_mark_that_never_closes_costs_its_line_only(store: Store, tmp_path: Path) -> None:
    lines = csv_text(tickets(2000)).splitlines()
    for at in (3, 700, 701, 1500):
        lines[at] = lines[at].replace(",个人住房贷款", ',"个人住房贷款')
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.rows_read, report.accepted) == (2000, 1996)
    assert [row.row_number for row in report.examples] == [4, 701, 702, 1501]
    assert english(report.examples[0].reasons)[0].startswith("A quotation mark opens in this row and never closes")


def test_two_open_quotation_marks_in_last_columns_do_not_swallow_the_row_between(store: Store, tmp_path: Path) -> None:
    lines = csv_text([ticket(i, narrative="无") for i in range(5)]).splitlines()
    lines[2] = lines[2].removesuffix("无") + '"他说'
    lines[3] = lines[3].removesuffix("无") + '好"'
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    report = take(store, tmp_path / "t.csv")
    assert (report.rows_read, report.accepted, [row.row_number for row in report.examples]) == (5, 4, [3])


def test_quotation_marks_inside_a_text_are_read_as_they_stand(store: Store, tmp_path: Path) -> None:
    narrative = '他说"马上办", 但"一直"没办'
    lines = csv_text([ticket(1), ticket(2)]).splitlines()
    lines[1] = lines[1].rsplit(",", 1)[0].rsplit(',"', 1)[0] + ',他说"马上办"没办'
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    take(store, tmp_path / "t.csv")
    take(store, write_csv(tmp_path / "u.csv", [ticket(3, narrative=narrative)]))
    stored = dict(held(store)[["ticket_id", "narrative"]].itertuples(index=False, name=None))
    assert stored["T00001"] == '他说"马上办"没办'
    assert stored["T00003"] == narrative


def test_a_text_over_several_lines_is_one_row(store: Store, tmp_path: Path) -> None:
    narrative = "第一段\n\n第二段, 有逗号\n“第三段”"
    report = take(store, write_csv(tmp_path / "t.csv", [ticket(1, narrative=narrative), ticket(2)]))
    assert (report.rows_read, report.accepted) == (2, 2)
    assert held(store)["narrative"][0] == narrative


def test_a_field_may_run_over_the_end_of_a_block() -> None:
    text = "a,b,c\n" + "".join(f'{i},"x\ny{i}",z\n' for i in range(50))
    data = text.encode()
    layout = Layout(",", ("a", "b", "c"), 1)
    whole = [batch.rows.to_pylist() for batch in batches(iter([data]), layout)]
    lines = text.splitlines(keepends=True)
    for cut in range(1, len(lines)):
        blocks = ["".join(lines[:cut]).encode(), "".join(lines[cut:]).encode()]
        parts = [row for batch in batches(iter(blocks), layout) for row in batch.rows.to_pylist()]
        assert sorted(parts, key=lambda row: int(row["a"])) == sorted(whole[0], key=lambda row: int(row["a"]))


def test_a_file_without_a_required_column_is_a_problem_with_the_columns_found_and_a_guess(
    store: Store, tmp_path: Path
) -> None:
    headers = [header if header != "客户编号" else "客户的编号" for header in HEADERS]
    with pytest.raises(Problem) as refused:
        take(store, write_csv(tmp_path / "t.csv", tickets(5), headers=headers))
    what, where, to_do = english(refused.value.parts())
    assert what == "The file lacks columns that it needs (Tickets): Customer number."
    assert "客户的编号" in where
    assert "Customer number ← 客户的编号" in to_do


def test_a_missing_optional_column_is_noted(store: Store, tmp_path: Path) -> None:
    headers, names = HEADERS[:5], ["ticket_id", "customer_id", "received_at", "complaint_class", "branch_id"]
    report = take(store, write_csv(tmp_path / "t.csv", tickets(3), headers=headers, names=names))
    assert report.accepted == 3
    assert any("no column for" in note and "Complaint text" in note for note in english(report.notes))


def test_a_frame_goes_the_same_way(store: Store) -> None:
    import pandas as pd

    frame = pd.DataFrame([ticket(1), ticket(2, branch_id=None)])
    with store.writing() as cursor:
        report = import_frame(cursor, "tickets", frame, name="demo", recorded_on=RECORDED_ON, demo=True)
    assert (report.accepted, report.set_aside, report.demo) == (1, 1, True)
    assert english(report.examples[0].reasons) == ["Column branch_id is empty, and a row needs it. Fill it in."]


def test_every_reason_and_note_stands_in_both_languages() -> None:
    from texts import LANGUAGES, missing_texts

    for language in LANGUAGES:
        assert missing_texts([*TEMPLATES.values(), *NOTES.values()], language) == []
