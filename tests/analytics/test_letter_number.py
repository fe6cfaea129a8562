"""Numbers of letters: written as banks write them, read however people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.letter_number import LetterKind, called, key, next_number, read, written
from texts import Problem, render


def test_r09_a_number_is_written_as_banks_write_it() -> None:
    assert written("alert", 2025, 7) == "消保提示〔2025〕7号"
    assert written("advice", 2025, 12) == "消保建议〔2025〕12号"


@pytest.mark.parametrize(
    "text",
    [
        "消保提示〔2025〕7号",
        "消保提示[2025]7号",
        "消保提示（2025）7 号",
        " 消保提示【2025】 7",
        "alert-2025-7",
        "消保提示(2025)07号",
    ],
)
def test_a_number_is_read_however_it_is_typed(text: str) -> None:
    assert read(text.replace(" 号", "号")) == ("alert", 2025, 7)


@given(st.sampled_from(["alert", "advice"]), st.integers(1990, 2999), st.integers(1, 99_999))
def test_what_is_written_is_read_back(kind: LetterKind, year: int, number: int) -> None:
    assert read(written(kind, year, number)) == read(key(kind, year, number)) == (kind, year, number)


@pytest.mark.parametrize(
    "text", ["", "7", "消保〔2025〕7号", "消保提示〔25〕7号", "alert-2025-7; DROP", "消保提示〔2025〕号"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Problem, match="消保提示〔2025〕7号"):
        read(text)


def test_the_next_number_leaves_no_gap() -> None:
    assert next_number([]) == 1
    assert next_number([1, 2, 3]) == 4


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("letter:alert-2025-1", "消保提示〔2025〕1号"),
        ("letter:advice-2025-12#2", "消保建议〔2025〕12号"),
        ("hazard:2025-3", "隐患2025-3"),
        ("decision:2025-31", "决定2025-31"),
        ("measure:2025-1", "措施2025-1"),
        ("ticket:T2025#1", "工单T2025#1"),
        ("something:else", "something:else"),
    ],
)
def test_r09_nobody_is_shown_the_key_of_an_entry_for_its_name(subject: str, said: str) -> None:
    assert render(called(subject), "zh_CN") == said
