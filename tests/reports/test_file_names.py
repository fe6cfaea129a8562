"""File names of any class name: safe on every system, no two alike."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.file_names import DEVICES, file_stems

AWKWARD = st.text(st.sampled_from('ab提 ./\\:*?"<>|\x00\n\u202e\u200bCONnul1.~\ud800') | st.characters(), max_size=150)


def is_safe(stem: str) -> bool:
    """Microsoft's rules for names (learn.microsoft.com, "Naming Files, Paths, and Namespaces"), and Linux's length."""
    return (
        0 < len(stem.encode("utf-8")) <= 180
        and not set(stem) & set('<>:"/\\|?*' + string.whitespace)
        and not any(ord(character) < 32 for character in stem)
        and stem[-1] not in ". "
        and not stem.startswith(".")
        and stem.split(".", maxsplit=1)[0].casefold() not in DEVICES
    )


def test_r24_the_name_is_the_one_the_document_of_the_bank_asks_for() -> None:
    assert file_stems([("提前还款", "管控曲线", "2025W30")]) == ["提前还款_管控曲线_2025W30"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("信用卡/分期", "信用卡-分期"),
        ('say "no"', "say-no"),
        ("<script>alert(1)</script>", "script-alert(1)-script"),
        ("尾. . ", "尾"),
        ("..\\..\\etc", "etc"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("a\u202eb", "a-b"),
        ("e\u0301", "\u00e9"),
        ("...", "_"),
    ],
)
def test_what_file_systems_refuse_is_replaced(name: str, stem: str) -> None:
    assert file_stems([(name,)]) == [stem]


def test_names_that_come_out_alike_are_told_apart_whatever_their_order() -> None:
    names = [("a/b", "x"), ("A:b", "x"), ("c", "x")]
    stems = file_stems(names)
    assert len({stem.casefold() for stem in stems}) == 3
    assert stems[2] == "c_x", "what stands alone keeps its name"
    assert file_stems(names[::-1]) == stems[::-1]


def test_a_long_name_is_cut_and_keeps_what_follows_it() -> None:
    one, other = file_stems([("保险" * 60 + "甲", "管控曲线", "2025W30"), ("保险" * 60 + "乙", "管控曲线", "2025W30")])
    assert one != other
    assert "_管控曲线_2025W30" in one
    assert is_safe(one)


@given(st.lists(st.tuples(AWKWARD, AWKWARD), max_size=6))
def test_every_name_is_safe_and_its_own(names: list[tuple[str, str]]) -> None:
    stems = file_stems(names)
    assert len(stems) == len(names)
    assert all(is_safe(stem) for stem in stems), stems
    assert len({stem.casefold() for stem in stems}) == len(names)
