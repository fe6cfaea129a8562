"""The line under a title breaks where it may be broken, so that a picture never cuts it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from charts.lines import PROSE, ems, wrapped


def test_parts_stand_together_while_they_fit() -> None:
    assert wrapped("54 not agreed · threshold 49.5", 62) == ["54 not agreed · threshold 49.5"]
    assert wrapped("54 not agreed · threshold 49.5", 12) == ["54 not agreed", "threshold 49.5"]


def test_a_part_wider_than_a_line_breaks_at_a_space_or_after_a_chinese_mark() -> None:
    assert wrapped("by the number of customers", 12) == ["by the number of", "customers"]
    assert wrapped("其中客户数量带来三点六，处理结果带来八点一", 12) == [
        "其中客户数量带来三点六，",
        "处理结果带来八点一",
    ]


def test_a_number_is_never_broken() -> None:
    assert wrapped("late were 1,133 of them", 6) == ["late were", "1,133 of", "them"]


@given(st.text(alphabet="ab 中，·", max_size=60), st.integers(1, 30))
def test_nothing_is_lost_and_only_what_cannot_be_broken_is_wider_than_a_line(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()).replace("·", "") == "".join(text.split()).replace("·", "")
    for line in lines:
        assert ems(line, PROSE) <= width or not re.search("[ ，][^ ，]", line.strip())
