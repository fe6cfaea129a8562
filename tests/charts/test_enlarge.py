"""A figure drawn larger: everything measured in pixels grows alike, data and texts stay."""

from __future__ import annotations

import plotly.graph_objects as go

from charts.enlarge import enlarged


def test_type_lines_marks_and_margins_grow_and_the_data_stay() -> None:
    figure = go.Figure(
        go.Scatter(x=[1, 2], y=[10, 20], mode="markers", marker={"size": [4, 8], "line": {"width": 1}}),
        {
            "font": {"size": 10},
            "margin": {"t": 20},
            "height": 500,
            "title": {"text": "t", "font": {"size": 12}, "pad": {"t": 6}},
            "annotations": [{"text": "a", "x": 1, "y": 10, "xshift": -4}],
        },
    )
    larger = enlarged(figure, 2)
    assert (larger.layout.font.size, larger.layout.margin.t, larger.layout.title.font.size) == (20, 40, 24)
    assert larger.layout.title.pad.t == 12
    assert larger.layout.annotations[0].xshift == -8
    assert list(larger.data[0].marker.size) == [8, 16]
    assert larger.data[0].marker.line.width == 2
    assert list(larger.data[0].y) == [10, 20]
    assert larger.layout.annotations[0].y == 10
    assert larger.layout.height is None
    assert figure.layout.font.size == 10


def test_at_its_own_size_a_figure_stays_as_it_is() -> None:
    figure = go.Figure()
    assert enlarged(figure, 1.0) is figure
