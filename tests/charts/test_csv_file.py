"""CSV files for spreadsheets: exact, harmless, and read back as they were written."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charts.csv_file import csv_bytes, harmless

EXPECTED_TABLE_CSV = (
    "\ufeff类别,客户,差额,'=SUM(A1),卡号\r\n"
    "提前还款,12,-0.5,'=1+1,\t6222021234567890123\r\n"
    "'@保险,,1e-07,,\t007\r\n"
    '"a,""b""",-3,0.1,第1周,12\r\n'
)


def lines(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"), newline="")))


def column(*values: object) -> list[str]:
    """One column's cells as they stand in the file."""
    return [row[0] for row in lines(pd.DataFrame({"x": pd.Series(values, dtype=object), "y": 1}))[1:]]


def test_r24_a_table_is_written_as_a_spreadsheet_reads_it() -> None:
    frame = pd.DataFrame(
        {
            "类别": ["提前还款", "@保险", 'a,"b"'],
            "客户": pd.Series([12, None, -3], dtype="Int64"),
            "差额": [-0.5, 1e-7, 0.1],
            "=SUM(A1)": ["=1+1", None, "第1周"],
            "卡号": ["6222021234567890123", "007", "12"],
        }
    )
    assert csv_bytes(frame).decode("utf-8") == EXPECTED_TABLE_CSV


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u200b=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        '=HYPERLINK("http://x","y")',
        "+8613800138000",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert column(text) == ["'" + text]


@pytest.mark.parametrize("text", ["-12", "+3.5", "-0.25", "12%", "-12.5%", "提前还款", "2025-07-21", "a=b", "–", ""])
def test_plain_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert column(text) == [text]


@pytest.mark.parametrize(
    "text", ["123456789012", "6222021234567890123", "007", "000000", "12E3", "1e5", "3 / 4", "3/4", "07-21", "1-2025"]
)
def test_digits_that_a_spreadsheet_would_change_are_kept_as_text(text: str) -> None:
    assert column(text) == ["\t" + text]


def test_numbers_in_numeric_columns_are_untouched() -> None:
    frame = pd.DataFrame({"a": [-1, 2], "b": [-0.1, np.nan], "c": [True, False], "d": [123456789012, -1]})
    assert lines(frame)[1:] == [["-1", "-0.1", "True", "123456789012"], ["2", "", "False", "-1"]]


def test_whole_numbers_longer_than_a_spreadsheet_keeps_are_text() -> None:
    frame = pd.DataFrame({"id": [6222021234567890123, 5], "n": [10**15 - 1, -3]})
    assert lines(frame)[1:] == [["\t6222021234567890123", "999999999999999"], ["5", "-3"]]


def test_every_kind_of_column_is_made_harmless() -> None:
    frame = pd.DataFrame(
        {
            "category": pd.Categorical(["=a", "b"]),
            "string": pd.array(["=a", None], dtype="string"),
            "mixed": pd.Series(["=a", -3], dtype=object),
            "object": pd.Series([Decimal("-3.50"), ["=a"]], dtype=object),
            "delta": pd.to_timedelta([-1, 2], unit="D"),
            "day": pd.to_datetime(["2025-07-21", None]),
            "date": pd.Series([date(2025, 7, 21), None], dtype=object),
        }
    )
    assert lines(frame)[1:] == [
        ["'=a", "'=a", "'=a", "-3.50", "'-1 days +00:00:00", "2025-07-21", "2025-07-21"],
        ["b", "", "-3", "['=a']", "2 days 00:00:00", "", ""],
    ]


def test_equal_headings_and_any_index_keep_every_column_and_row() -> None:
    frame = pd.DataFrame([["=a", 1], ["b", 2]], columns=["x", "x"], index=[7, 7])
    assert lines(frame) == [["x", "x"], ["'=a", "1"], ["b", "2"]]


def test_an_empty_table_keeps_its_headings() -> None:
    assert csv_bytes(pd.DataFrame({"周": [], "客户": []})) == "\ufeff周,客户\r\n".encode()


def test_the_table_given_is_not_changed() -> None:
    frame = pd.DataFrame({"x": ["=1", "007"]})
    csv_bytes(frame)
    assert frame["x"].tolist() == ["=1", "007"]


def test_half_a_surrogate_pair_does_not_stop_the_file() -> None:
    assert column("a\ud800b") == ["a?b"]


@example(["0/0", "007", "=1", "-1"])
@given(st.lists(st.text(max_size=12), min_size=1))
def test_no_text_begins_as_a_formula_and_each_is_read_back(texts: list[str]) -> None:
    cells = column(*texts)
    assert len(cells) == len(texts)
    for cell, text in zip(cells, texts, strict=True):
        assert cell in (text, "'" + text, "\t" + text)
        if cell == "\t" + text:  # digits that a spreadsheet would change; a tab before them makes them a text
            assert text[0] in "0123456789"
        elif cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
            float(cell.strip().rstrip("%"))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_number_is_read_back_exactly(numbers: list[float]) -> None:
    frame = pd.DataFrame({"x": numbers, "y": 1})
    assert [float(row[0]) for row in lines(frame)[1:]] == numbers


@given(st.text(max_size=20))
def test_a_text_is_harmless_to_write_again(text: str) -> None:
    assert harmless(text).endswith(text)
    assert len(harmless(text)) <= len(text) + 1
