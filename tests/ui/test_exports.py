import pandas as pd
import pytest

from charts.csv_file import csv_bytes, harmless
from ui.exports import file_name

EXPECTED = (
    "\ufeff类别,客户,金额,备注\r\n提前还款,\t6222021234567890123,0.1,'=1+1\r\n保险,\t007,80000000000000.02,正常\r\n"
)


def test_r24_a_table_leaves_as_utf8_with_bom_exact_numbers_whole_identifiers_and_no_formulas() -> None:
    table = pd.DataFrame(
        {
            "类别": ["提前还款", "保险"],
            "客户": ["6222021234567890123", "007"],
            "金额": [0.1, 80000000000000.02],
            "备注": ["=1+1", "正常"],
        }
    )
    assert csv_bytes(table).decode("utf-8") == EXPECTED


def test_numbers_come_back_bit_for_bit() -> None:
    table = pd.DataFrame({"threshold": [0.1 + 0.2, 1 / 3, 80.0, 5e-324]})
    lines = csv_bytes(table).decode("utf-8-sig").splitlines()
    assert lines[0] == "threshold"
    assert [float(line) for line in lines[1:]] == table["threshold"].tolist()


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+86 138", "-1+2", "@SUM(A1)", " =1", "\t=1", "＝1+1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["-5", "+3.5", "-12%", "提前还款", "", "2025-03-05", "12345678901"])
def test_what_a_spreadsheet_reads_rightly_stays_as_it_is(value: str) -> None:
    assert harmless(value) == value


def test_a_header_is_made_harmless_too() -> None:
    assert csv_bytes(pd.DataFrame({"=cmd": [1]})).decode("utf-8-sig") == "'=cmd\r\n1\r\n"


def test_the_table_itself_is_not_changed() -> None:
    table = pd.DataFrame({"a": ["=1"]})
    csv_bytes(table)
    assert table["a"].tolist() == ["=1"]


def test_a_file_name_has_no_character_that_a_file_system_refuses() -> None:
    assert file_name(["提前还款", "管控曲线", "2025W30"], "png") == "提前还款_管控曲线_2025W30.png"
    assert file_name(['a/b\\c:*?"<>|', "d e"], "csv") == "a-b-c_d-e.csv"
