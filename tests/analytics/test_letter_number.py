"""Numbers of letters: written as banks write them, read however people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.letter_number import LetterKind, key, next_number, read, written
from texts import Problem


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
