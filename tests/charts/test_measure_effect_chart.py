"""The picture of the measures' effects: what was worked out stands in it, names are texts, and nothing is claimed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.measure_effect import MeasureEffect
from charts.canvas import LEFT
from charts.lines import PROSE, ems
from charts.look import Mode, look
from charts.measure_effect import EffectRow, effect_csv, effect_figure

DAY = date(2025, 7, 27)
WORKED = EffectRow("2025-1", "<b>标准流程</b>", DAY, MeasureEffect("better", True, ratio=0.5, low=0.3, high=0.8))
UNCLEAR = EffectRow("2025-2", "话术", DAY, MeasureEffect("no_difference", False, ratio=1.1, low=0.7, high=1.6))
EARLY = EffectRow("2025-3", "培训", DAY, MeasureEffect("too_early", True))


@pytest.mark.parametrize("mode", ["light", "dark", "print", "present"])
def test_r23_the_picture_says_how_many_worked_and_draws_every_interval(mode: Mode) -> None:
    figure = effect_figure([WORKED, UNCLEAR], DAY, demo=True, language="zh_CN", mode=mode)
    assert "2项措施中有1项可以证明见效" in figure.layout.title.text
    lines = [tuple(trace.x) for trace in figure.data if trace.mode == "lines"]
    assert lines == [(0.3, 0.8), (0.7, 1.6)]
    assert [trace.text[0] for trace in figure.data if trace.text] == ["−50%", "+10%"]
    assert any("演示数据" in note.text for note in figure.layout.annotations)
    assert not any("<b>标准" in text for text in figure.layout.yaxis.ticktext)


def test_without_one_that_worked_nothing_is_claimed() -> None:
    figure = effect_figure([UNCLEAR], DAY, demo=False, language="en", mode="print")
    assert "No measure can be shown to have worked yet" in figure.layout.title.text


def test_the_csv_has_those_that_cannot_be_told_as_well() -> None:
    table = effect_csv([WORKED, EARLY])
    assert list(table["verdict"]) == ["better", "too_early"]
    assert pd.isna(table["ratio"].iloc[1])


@pytest.mark.parametrize("mode", ["light", "print", "present"])
def test_names_beside_the_picture_leave_its_lines_less_room(mode: Mode) -> None:
    long = EffectRow("2025-4", "提前还款预约办理进度主动告知客户工作要求", DAY, UNCLEAR.effect)

    def lines(row: EffectRow) -> list[str]:
        figure = effect_figure([row], DAY, demo=True, language="en", mode=mode)
        return str(figure.layout.title.subtitle.text).split("<br>")

    room = look(mode).line_width + LEFT - ems(effect_figure([long], DAY, True, "en", mode).layout.yaxis.ticktext[0])
    assert max(ems(line, PROSE) for line in lines(long)) <= room
    assert len(lines(long)) >= len(lines(UNCLEAR))
