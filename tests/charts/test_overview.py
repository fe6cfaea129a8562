"""The overview's picture and table: every class with its share, its mark, its level in words, harmless names."""

from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest

from analytics.fcr import Fcr
from analytics.warned import Warned
from charts.look import Mode, look
from charts.overview import (
    MOST_BARS,
    WIDEST,
    ClassLine,
    overview_caption,
    overview_figure,
    overview_numbers,
    overview_table,
)
from texts import LANGUAGES, Language, Message, render

SOURCE = Message("s")


def line(name: str, warning: Warned = "quiet", actual: int = 20, budget: int = 40) -> ClassLine:
    return ClassLine(name, warning, actual, budget, 25.0, "on_track", 0.3, Fcr(20, 200), (1, 2, 3), None, Message("x"))


def drawn(lines: list[ClassLine], language: Language = "zh_CN", mode: Mode = "light") -> go.Figure:
    return overview_figure(lines, overview_caption(lines, "2025-07-27", SOURCE), language, mode)


def test_a_bar_is_the_used_share_of_the_allowance_and_the_mark_is_the_threshold_s() -> None:
    figure = drawn([line("甲"), line("乙", "exceeded", 50, 40)])
    assert list(figure.data[1].x) == [0.5, 1.25]
    marks = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert [shape.x0 for shape in marks] == [0.625, 0.625]


def test_a_bar_that_has_run_off_is_cut_and_says_its_numbers() -> None:
    figure = drawn([line("甲", "exceeded", 400, 40)])
    assert list(figure.data[1].x) == [WIDEST]
    assert "400 / 40" in " ".join(note.text for note in figure.layout.annotations)


def test_an_allowance_of_nobody_is_no_division_by_nothing() -> None:
    assert list(drawn([line("甲", "exceeded", 1, 0), line("乙", "quiet", 0, 0)]).data[1].x) == [WIDEST, 0.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_warning_stands_in_words_and_the_finding_counts_them(language: Language) -> None:
    lines = [line("甲", "red"), line("乙", "amber"), line("丙", "small_bad"), line("丁")]
    words = " ".join(note.text for note in drawn(lines, language).layout.annotations)
    for word in {"zh_CN": ("红色", "黄色", "无预警"), "en": ("red", "amber", "no alarm")}[language]:
        assert word in words
    finding = render(overview_caption(lines, "2025-07-27", SOURCE).finding, language)
    assert "4" in finding
    assert "1" in finding
    assert "2" in finding
    quiet = render(overview_caption([line("甲")], "2025-07-27", SOURCE).finding, "en")
    assert quiet == "Of 1 classes none has an alarm"


def test_more_classes_than_are_legible_are_counted_in_the_foot() -> None:
    figure = drawn([line(f"类{n}") for n in range(MOST_BARS + 3)], "en")
    assert len(figure.data[1].x) == MOST_BARS
    assert "3 further classes are not drawn" in " ".join(note.text for note in figure.layout.annotations)


def test_a_class_name_cannot_become_markup() -> None:
    figure = drawn([line("<script>x</script>")])
    assert "&lt;script&gt;" in figure.layout.yaxis.ticktext[0]


@pytest.mark.parametrize("mode", ["light", "dark", "print", "present", "present_dark"])
def test_every_attribute_of_the_picture_is_one_that_plotly_knows(mode: Mode) -> None:
    figure = drawn([line("甲", "amber")], mode=mode)
    assert figure.layout.paper_bgcolor == look(mode).background
    assert json.loads(str(go.Figure(figure.to_dict()).to_json())) == json.loads(str(figure.to_json()))


def test_the_table_has_a_row_a_class_in_words() -> None:
    table = overview_table([line("甲", "red")], "en")
    assert table.loc[0, "used"] == "20 / 40"
    assert table.loc[0, "breach"] == "30%"
    assert table.loc[0, "fcr"] == "90.0% (180/200)"


def test_r24_the_file_beside_the_picture_holds_the_numbers_that_are_drawn() -> None:
    lines = [line("甲", "red", 25), line("乙")]
    table = overview_numbers(lines, "zh_CN")
    figure = drawn(lines)
    assert (table["not_agreed"] / table["budget"]).tolist() == list(figure.data[1].x)
    marks = [shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert (table["threshold"] / table["budget"]).tolist() == marks
    assert table["breach_probability"].tolist() == [0.3, 0.3]
    assert table[["agreed", "decided", "fcr"]].iloc[0].tolist() == [180, 200, 0.9]
    assert "红色" in table.loc[0, "warning"]
