"""Mappings: which one fits a file, what is proposed, and what a person's choice does."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data.intake import known_mappings, load_mapping, preview, to_toml
from data.intake.kinds import KINDS
from data.intake.mapping import ColumnMapping, Source, normalised, resolve, unit_of
from data.store import Store
from tests.data.bank_files import HEADERS, NAMES, RECORDED_ON, english, held, opened, take, ticket, tickets, write_csv
from texts import Problem

CFPB = Path(__file__).parents[3] / "shared" / "data" / "cfpb_2013_2016.csv"
needs_cfpb = pytest.mark.skipif(not CFPB.exists(), reason=f"the public CFPB file is not at {CFPB}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


@pytest.mark.parametrize("mapping", known_mappings().values(), ids=lambda mapping: mapping.name)
def test_a_shipped_mapping_knows_every_header_once_and_only_real_columns(mapping: ColumnMapping) -> None:
    headers = Counter(
        normalised(column)
        for s in mapping.columns.values()
        if s.how == "any_of"
        for column in set(map(normalised, s.columns))
    )
    assert [header for header, count in headers.items() if count > 1 and mapping.name != "cfpb"] == []
    assert set(mapping.columns) <= set(KINDS[mapping.kind].names)
    assert set(KINDS[mapping.kind].required) <= set(mapping.columns)


@pytest.mark.parametrize("mapping", known_mappings().values(), ids=lambda mapping: mapping.name)
def test_a_mapping_written_and_read_again_is_the_same(tmp_path: Path, mapping: ColumnMapping) -> None:
    path = tmp_path / f"{mapping.name}.toml"
    path.write_text(to_toml(mapping), encoding="utf-8")
    assert load_mapping(path) == mapping


def test_headers_are_compared_without_case_width_spaces_and_units() -> None:
    assert normalised("金额（元）") == normalised("金额") == normalised(" 金 额 ")
    assert normalised("Ｔｉｃｋｅｔ_ID") == normalised("ticket id")
    assert [unit_of(h) for h in ("贷款余额(亿元)", "余额【万元】", "余额（单位：千元）", "余额(年末)")] == [
        1e8,
        1e4,
        1e3,
        1.0,
    ]


def test_the_english_headers_are_found(tmp_path: Path) -> None:
    seen = preview(write_csv(tmp_path / "t.csv", tickets(30), headers=NAMES), recorded_on=RECORDED_ON)
    assert (seen.mapping.name, seen.missing, seen.unmapped, seen.problems) == ("english", (), (), ())


def test_a_preview_shows_both_sides_and_stores_nothing(tmp_path: Path) -> None:
    seen = preview(write_csv(tmp_path / "t.csv", tickets(100), "gb18030", delimiter=";"), recorded_on=RECORDED_ON)
    assert (seen.kind, seen.format, seen.encoding, seen.delimiter, seen.header_row) == (
        "tickets",
        "csv",
        "gb18030",
        ";",
        1,
    )
    assert seen.rows_as_read["工单编号"].tolist() == [f"T{i:05d}" for i in range(20)]
    assert seen.rows_as_stored["received_at"].tolist() == [row["received_at"] for row in tickets(20)]
    assert seen.proposed["branch_id"] == ("机构编号",)


def test_a_preview_says_what_would_be_set_aside(tmp_path: Path) -> None:
    rows = [ticket(0), ticket(1, received_at="昨天")]
    seen = preview(write_csv(tmp_path / "t.csv", rows), recorded_on=RECORDED_ON)
    assert [
        problem.startswith("Row 3: “昨天” in column 受理时间 is not a date") for problem in english(seen.problems)
    ] == [True]
    assert len(seen.rows_as_stored) == 1


def test_unknown_headers_are_guessed_from_likeness_where_the_values_fit(tmp_path: Path) -> None:
    headers = ["投诉工单的编号", "客户编号码", "投诉受理的时间", "投诉大类别", "经办机构编号", *HEADERS[5:]]
    seen = preview(write_csv(tmp_path / "t.csv", tickets(30), headers=headers), recorded_on=RECORDED_ON)
    assert {name: seen.proposed[name] for name in seen.guesses} == {
        "ticket_id": ("投诉工单的编号",),
        "customer_id": ("客户编号码",),
        "received_at": ("投诉受理的时间",),
        "complaint_class": ("投诉大类别",),
        "branch_id": ("经办机构编号",),
    }
    assert seen.missing == ()
    assert len(seen.rows_as_stored) == 20


def test_a_likely_header_whose_values_do_not_fit_is_not_guessed(tmp_path: Path) -> None:
    headers = ["受理时间点" if header == "受理时间" else header for header in HEADERS]
    rows = [ticket(i, received_at="一号窗口") for i in range(5)]
    seen = preview(write_csv(tmp_path / "t.csv", rows, headers=headers), recorded_on=RECORDED_ON)
    assert seen.missing == ("received_at",)


def test_what_a_person_chose_is_used(store: Store, tmp_path: Path) -> None:
    headers = [f"列{i}" for i in range(len(HEADERS))]
    path = write_csv(tmp_path / "t.csv", tickets(10), headers=headers)
    chosen = dict(zip(NAMES, headers, strict=True))
    assert preview(path, chosen, kind="tickets", recorded_on=RECORDED_ON).missing == ()
    assert take(store, path, mapping=chosen, kind="tickets").accepted == 10
    assert held(store)["branch_id"].tolist() == [ticket(i)["branch_id"] for i in range(10)]


def test_two_columns_can_be_joined(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("工单编号,客户编号,日期,时刻,投诉类别,机构\nT1,C1,2025年3月5日,10:30,信用卡,B1\n", encoding="utf-8")
    chosen = {"ticket_id": "工单编号", "customer_id": "客户编号", "received_at": ["日期", "时刻"]}
    take(store, path, mapping=chosen | {"complaint_class": "投诉类别", "branch_id": "机构"}, kind="tickets")
    assert held(store)["received_at"][0] == pd.Timestamp(2025, 3, 5, 10, 30)


def test_words_dates_constants_and_scales_of_a_mapping_are_used(store: Store, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'kind = "tickets"\n[columns]\nticket_id = ["A"]\ncustomer_id = { same_as = "ticket_id" }\nreceived_at = ["B"]\n'
        'complaint_class = { constant = "保险争议" }\nbranch_id = ["C"]\nfirst_outcome = ["D"]\namount = ["E"]\n'
        '[dates]\nformats = ["%d/%m/%Y"]\n[words]\nagreed = ["A1"]\nnot_agreed = ["A2"]\n'
        '[fallback]\nfirst_outcome_at = ["received_at"]\n[scale]\namount = 10000\n',
        encoding="utf-8",
    )
    (tmp_path / "t.csv").write_text("A,B,C,D,E\nT1,05/03/2025,B1,a2,1.5\n", encoding="utf-8")
    take(store, tmp_path / "t.csv", mapping_folders=[tmp_path])
    assert take(store, tmp_path / "t.csv", mapping=str(tmp_path / "own.toml")).unchanged == 1
    (row,) = held(store).to_dict("records")
    assert (row["customer_id"], row["complaint_class"], row["first_outcome"]) == ("T1", "保险争议", "not_agreed")
    assert (row["received_at"], row["first_outcome_at"], row["amount"]) == (datetime(2025, 3, 5),) * 2 + (15000.0,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kind = 'x'",
        "[columns]\nno_such = ['A']",
        "[columns]\nticket_id = 3",
        "[columns]\nticket_id = { wrong = 'A' }",
        "=",
    ],
)
def test_a_mapping_file_that_is_none_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Problem):
        load_mapping(tmp_path / "own.toml")


def test_an_unknown_mapping_or_kind_is_a_problem(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", tickets(2))
    for wrong in (
        {"mapping": "none"},
        {"kind": "none"},
        {"mapping": "chinese", "kind": "events"},
        {"mapping": "english"},
    ):
        with pytest.raises(Problem):
            take(store, path, **wrong)
    with pytest.raises(Problem):
        take(store, path, mapping={"no_such_column": "工单编号"}, kind="tickets")


def test_a_digest_makes_one_ticket_of_rows_alike_or_one_each(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "日期,类别,机构,结果\n2025-03-05,信用卡,B1,是\n2025-03-05,信用卡,B1,是\n2025-03-05,信用卡,B1,否\n",
        encoding="utf-8",
    )
    columns = {
        "ticket_id": Source(("日期", "类别", "机构"), "digest"),
        "customer_id": Source(("ticket_id",), "same_as"),
        "received_at": Source(("日期",)),
        "complaint_class": Source(("类别",)),
        "branch_id": Source(("机构",)),
        "first_outcome": Source(("结果",)),
    }
    one = ColumnMapping("one", "tickets", columns, fallback={"first_outcome_at": ("received_at",)})
    each = replace(one, columns=columns | {"ticket_id": Source(("日期", "类别", "机构"), "digest", "each")})
    assert take(store, path, mapping=one).accepted == 2
    assert held(store)["ticket_id"].nunique() == 1
    with opened(tmp_path / "each" / "store.duckdb") as other:
        report = take(other, path, mapping=each)
        assert report.accepted == 3
        assert held(other)["ticket_id"].nunique() == held(other)["customer_id"].nunique() == 3
        assert take(other, path, mapping=each).unchanged == 3


@needs_cfpb
def test_the_cfpb_database_comes_in_through_its_shipped_mapping(store: Store) -> None:
    report = take(store, CFPB)
    assert (report.mapping, report.rows_read, report.accepted, report.set_aside) == ("cfpb", 1705, 1705, 0)
    assert "7 rows are like an earlier one in every column of the ticket's id; each is a ticket of its own." in english(
        report.notes
    )
    file, stored = pd.read_csv(CFPB, keep_default_na=False), held(store)
    assert stored["ticket_id"].nunique() == 1705
    disputed = file["Consumer disputed?"].map({"Yes": "not_agreed", "No": "agreed", "": None})
    assert stored["first_outcome"].value_counts().to_dict() == disputed.value_counts().to_dict()
    assert stored["complaint_class"].value_counts().to_dict() == file["Product"].value_counts().to_dict()
    received, sent = (pd.to_datetime(file[c], format="%m/%d/%Y") for c in ("Date received", "Date sent to company"))
    decided = pd.concat([received, sent], axis=1).max(axis=1)[disputed.notna()]
    assert sorted(stored["first_outcome_at"].dropna()) == sorted(decided)
    assert take(store, CFPB, recorded_on=date(2025, 8, 1)).unchanged == 1705


@needs_cfpb
def test_the_digest_of_the_cfpb_rows_is_that_of_their_columns(store: Store) -> None:
    take(store, CFPB)
    file = pd.read_csv(CFPB, keep_default_na=False, dtype=str)
    columns = known_mappings()["cfpb"].columns["ticket_id"].columns

    def text(column: str, value: str) -> str:
        """A date is written out, also what merely reads as a spreadsheet's day number: a five-digit ZIP code."""
        if column.startswith("Date"):
            return f"{datetime.strptime(value, '%m/%d/%Y'):%Y-%m-%d %H:%M:%S}"
        if column == "ZIP code" and value.isdigit() and 36526 <= int(value) <= 73051:
            return f"{pd.Timestamp('1899-12-30') + pd.Timedelta(days=int(value)):%Y-%m-%d %H:%M:%S}"
        return {"N/A": ""}.get(value.strip(), value.strip())

    ids = {
        hashlib.md5("\x1f".join(text(c, row[c]) for c in columns).encode()).hexdigest()[:20]: row["Company"]
        for row in file.to_dict("records")
    }
    stored = dict(held(store)[["ticket_id", "branch_id"]].itertuples(index=False, name=None))
    assert {ticket_id: stored[ticket_id] for ticket_id in ids} == ids


def test_resolving_leaves_out_what_the_file_lacks() -> None:
    resolution = resolve(known_mappings()["chinese"], ["工单编号", "客户编号", "受理时间", "别的"])
    assert resolution.missing == ("complaint_class", "branch_id")
    assert resolution.unmapped == ("别的",)
