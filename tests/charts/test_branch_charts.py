"""The pictures of the branch screen: what they show is what was counted, in both languages and every look."""

from __future__ import annotations

import json
from typing import get_args

import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.branch_findings import BranchFindings, branch_findings
from analytics.contributions import contributions, excess
from charts.branch_captions import contributions_caption, funnel_caption, heat_map_caption, process_map_caption
from charts.branch_weeks import branch_weeks_figure
from charts.branch_words import RATE, SIZE, branch_sentence, given, judged_note, signed
from charts.contributions import OTHERS, SHOWN, contributions_csv, contributions_figure, folded
from charts.funnel import funnel_csv, funnel_figure
from charts.heat_map import BRANCHES, CAUSES, heat_map_csv, heat_map_figure, shown_axes
from charts.look import Mode
from charts.process_map import process_map_csv, process_map_figure
from charts.threshold import Caption
from texts import Language, Message, render

AS_OF = pd.Timestamp("2025-07-27").date()
SOURCE = Message("{x}", {"x": "source"})
HOSTILE = '<script>alert(1)</script> "支行" & Söhne'
CAPTION = Caption(Message("{x}", {"x": "finding"}), Message("{x}", {"x": "figures"}), SOURCE)


def cells(branches: int = 20, causes: int = 11) -> pd.DataFrame:
    """Branches of falling size; at B0 a good half are not agreed, in its first cause nine in ten."""
    rows = [
        {
            "branch_id": f"B{b}",
            "cause": "" if c == 3 else f"原因{c}",
            "channel": "电话",
            "year": year,
            "decided": 60 // (b + 1) + 2,
            "not_agreed": (55 if c == 0 else 35) if b == 0 else round(0.13 * (60 // (b + 1) + 2)),
        }
        for b in range(branches)
        for c in range(causes)
        for year in (2024, 2025)
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def found() -> BranchFindings:
    made = branch_findings(cells())
    assert made is not None
    return made


def name(branch: str) -> str:
    return HOSTILE if branch == "B1" else f"{branch}分行"


def checked(figure: go.Figure) -> dict[str, object]:
    """The figure as the browser gets it, after Plotly's own check of every attribute."""
    drawn: dict[str, object] = json.loads(go.Figure(json.loads(figure.to_json())).to_json())
    assert "<script>" not in json.dumps(drawn)
    return drawn


def points(figure: go.Figure) -> list[list[object]]:
    """What a click on each mark hands over."""
    return [list(row) for trace in figure.data if trace.customdata is not None for row in trace.customdata]


@pytest.mark.parametrize("mode", get_args(Mode))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_picture_stands_in_every_look_and_language(found: BranchFindings, mode: Mode, language: Language) -> None:
    rows = contributions(found.cells[found.cells["year"] == 2025], ["branch_id"], ("cause",), 0.1)
    weeks = pd.DataFrame({"week_start": pd.to_datetime(["2025-01-01", "2025-01-06"]), "decided": 3, "not_agreed": 1})
    transitions = pd.DataFrame(
        {
            "step": ["received", "dispatched", HOSTILE, "round_outcome"],
            "next_step": ["dispatched", HOSTILE, "closed", "round_outcome"],
            "transitions": [9, 8, 7, 3],
            "tickets": [9, 8, 7, 2],
            "median_hours": [1.0, 2.0, 3.0, 4.0],
        }
    )
    passed = pd.DataFrame(
        {"step": ["received", "dispatched", HOSTILE, "round_outcome", "closed"], "times": 9, "tickets": 9}
    )
    taken = excess(40, 300, 30.0, 0.2)
    way = process_map_caption("类别", transitions, AS_OF, SOURCE)
    for figure in (
        funnel_figure(found.branches, name, funnel_caption("类别", found, name, AS_OF, SOURCE), language, mode,
                      rate=RATE, size=SIZE),
        heat_map_figure(found.branch_causes, name, heat_map_caption("类", found, name, AS_OF, SOURCE), language, mode),
        contributions_figure(rows, "branch_id", name, {"B0"},
                             contributions_caption("类别", taken, 2025, AS_OF, SOURCE, causes=False), language, mode),
        branch_weeks_figure(weeks, "2025-01-06", CAPTION, language, mode),
        process_map_figure(transitions, passed, way, language, mode),
    ):  # fmt: skip
        checked(figure)


def test_a_branchs_only_week_is_drawn_a_week_wide_in_a_quarter() -> None:
    week = pd.DataFrame({"week_start": pd.to_datetime(["2025-09-01"]), "decided": [3], "not_agreed": [1]})
    figure = branch_weeks_figure(week, None, CAPTION, "en", "light")
    first, end = map(pd.Timestamp, figure.layout.xaxis.range)
    assert end - first == pd.Timedelta(weeks=13)
    assert [trace.width[0] < 7 * 86_400_000 for trace in figure.data] == [True, True]


def test_every_branch_of_the_funnel_is_a_mark_that_names_it(found: BranchFindings) -> None:
    figure = funnel_figure(found.branches, name, CAPTION, "en", "light", rate=RATE, size=SIZE)
    marks = points(figure)
    assert sorted(str(row[0]) for row in marks) == sorted(found.branches.units["branch_id"])
    csv = funnel_csv(found.branches, name, "en").set_index("branch_id")
    for row in marks:
        assert row[2] == csv.loc[str(row[0]), "not_agreed"]
    for trace in figure.data:
        if trace.customdata is not None:
            for x, y, row in zip(trace.x, trace.y, trace.customdata, strict=True):
                assert x == csv.loc[row[0], "decided"]
                assert y == pytest.approx(csv.loc[row[0], "rate"], abs=1e-4)


def test_only_branches_that_stand_out_are_named_in_the_funnel(found: BranchFindings) -> None:
    figure = funnel_figure(found.branches, name, CAPTION, "en", "light", rate=RATE, size=SIZE)
    named = [note.text for note in figure.layout.annotations if note.text.startswith("<b>")]
    marked = [f"<b>{name(str(branch))}</b>" for branch in found.branches.marked["branch_id"]]
    assert named == marked[:6]
    assert marked


def test_the_heat_map_shows_the_largest_and_the_marked_and_its_csv_all(found: BranchFindings) -> None:
    figure = heat_map_figure(found.branch_causes, name, CAPTION, "en", "light")
    branches, causes = shown_axes(found.branch_causes)
    assert (len(branches), len(causes)) == (BRANCHES, CAUSES)
    assert "B0" in branches
    drawn = points(figure)
    assert {str(row[0]) for row in drawn} == set(branches)
    assert len(heat_map_csv(found.branch_causes, name, "en")) == 20 * 11
    units = found.branch_causes.units.set_index(["branch_id", "cause"])
    texts = next(trace.text for trace in figure.data if trace.type == "scatter")
    for row, text in zip(drawn, texts, strict=True):
        unit = units.loc[(row[0], row[1])]
        assert f"{unit['not_agreed']}/{unit['decided']}" in text
        assert ("▲" in text) == (unit["verdict"] == "worse")


def test_a_cell_below_35_customers_has_no_colour_of_a_rate(found: BranchFindings) -> None:
    figure = heat_map_figure(found.branch_causes, name, CAPTION, "en", "light")
    branches, causes = shown_axes(found.branch_causes)
    coloured = figure.data[1].z
    for row in found.branch_causes.units.itertuples():
        if row.branch_id in branches and row.cause in causes:
            cell = coloured[branches.index(row.branch_id)][causes.index(row.cause)]
            assert (cell is None) == (row.decided < 35)


def test_contributions_fold_the_rest_and_the_csv_has_every_row(found: BranchFindings) -> None:
    rows = contributions(found.cells[found.cells["year"] == 2025], ["branch_id"], ("cause",), 0.1)
    table = folded(rows, "branch_id")
    assert len(table) == SHOWN + 1
    assert table["branch_id"].iloc[-1] == OTHERS
    assert table["excess"].sum() == pytest.approx(rows["excess"].sum())
    assert len(contributions_csv(rows, "branch_id", name)) == len(rows) == 20
    figure = contributions_figure(rows, "branch_id", name, {"B0"}, CAPTION, "en", "light")
    assert [row[0] for row in figure.data[0].customdata] == table["branch_id"].tolist()
    assert list(figure.data[-1].x) == pytest.approx(table["excess"].tolist(), abs=1e-4)
    said = figure.data[-1].hovertemplate  # the others together have no interval, and none is spoken of
    assert ["95%" in one for one in said] == [True] * SHOWN + [False]
    left, right = figure.layout.xaxis.range
    assert left < table["low"].min() < table["high"].max() < right, "no line touches a name or a number"


def test_r19_contributions_draw_the_largest_up_and_down_and_fold_what_hardly_counts() -> None:
    likely = [9.0, *([0.1] * 20), -0.2, -7.0]
    rows = pd.DataFrame(
        {"branch_id": [f"B{i}" for i in range(23)], "likely": likely, "decided": range(23, 0, -1), "not_agreed": 1}
    ).assign(on_plan=1.0, excess=likely)
    assert folded(rows, "branch_id", shown=3)["branch_id"].tolist() == ["B0", "B21", "B22", OTHERS]


def test_a_long_word_of_a_cause_is_cut_after_its_commas(found: BranchFindings) -> None:
    first, second, *_ = found.cells["cause"].unique()
    own = found.cells[found.cells["cause"].isin([first, second])]
    made = branch_findings(own.replace({"cause": {first: "Loan modification,collection,foreclosure"}}))
    assert made is not None
    words = heat_map_figure(made.branch_causes, name, CAPTION, "en", "light").layout.xaxis.ticktext
    assert "Loan modification,<br>collection,<br>foreclosure" in words


def test_loops_and_rare_transitions_are_in_the_table_if_not_in_the_map() -> None:
    transitions = pd.DataFrame(
        {
            "step": ["received", "round_outcome", "received"],
            "next_step": ["dispatched", "round_outcome", "meeting"],
            "transitions": [10_000, 500, 1],
            "tickets": [10_000, 200, 1],
            "median_hours": [1.0, 2.0, 3.0],
        }
    )
    passed = pd.DataFrame(
        {
            "step": ["received", "dispatched", "round_outcome"],
            "times": [10_001, 10_000, 700],
            "tickets": [10_001, 10_000, 300],
        }
    )
    drawn = {str(row[5]): row[:4] for row in points(process_map_figure(transitions, passed, CAPTION, "en", "light"))}
    assert drawn == {
        "flow|received|dispatched": ["complaint received", "dispatched", "10,000", "10,000"],
        "flow|received|": ["complaint received", "10,001", "10,001", ""],
        "flow|dispatched|": ["dispatched", "10,000", "10,000", ""],
    }
    loop = transitions[transitions["step"] == transitions["next_step"]]
    assert points(process_map_figure(loop, passed, CAPTION, "en", "light")) == []
    table = process_map_csv(transitions, passed, "en")
    assert table["transitions"].tolist() == [10_001, 10_000, 700, 10_000, 500, 1]
    assert table["next_step"].tolist()[:3] == ["", "", ""]


def test_what_is_said_where_nothing_can_be_judged() -> None:
    small = branch_findings(cells(3, 2).assign(decided=4, not_agreed=1))
    assert small is not None
    said = render(branch_sentence(small, name), "en")
    assert "cannot be told apart" in said
    assert "3 of 3 have fewer than 35" in render(judged_note(small.branches), "en")
    assert "too few" in render(funnel_caption("c", small, name, AS_OF, SOURCE).finding, "en")
    assert "no branch has enough" in render(heat_map_caption("c", small, name, AS_OF, SOURCE).finding, "en")


def test_numbers_with_signs_and_missing_causes_in_words() -> None:
    assert [signed(value) for value in (4.46, -3.64, 0.04, -0.04)] == ["+4.5", "−3.6", "0", "0"]
    assert render(given(""), "en") == "not given"
    assert render(given("{braces}"), "en") == "{braces}"


@pytest.mark.parametrize(
    ("actual", "decided", "said"),
    [
        (40, 300, "outcomes better than planned, 20.0 fewer not agreed"),
        (62, 300, "outcomes worse than planned, 2.0 more not agreed, as chance alone may do"),
        (60, 300, "outcomes as planned"),
        (0, 0, "nobody is decided yet"),
    ],
)
def test_the_excess_is_said_in_words_with_what_is_taken_apart_of_it(actual: int, decided: int, said: str) -> None:
    caption = contributions_caption("c", excess(actual, decided, 30.0, 0.2), 2025, AS_OF, SOURCE, causes=False)
    assert render(caption.finding, "en") == f"c: {said}"
    if actual == 40:  # 150 customers were planned at 20%, so that 150 more mean 30 more
        figures = render(caption.figures, "en")
        assert "threshold 30.0: 10.0 more · of it by the number of customers: 30.0 more · " in figures
        assert "by how complaints ended: 20.0 fewer, taken apart here by branch" in figures


def test_the_funnel_s_legend_names_no_line_that_is_not_drawn(found: BranchFindings) -> None:
    small = branch_findings(cells(3, 2).assign(decided=lambda table: table["decided"].clip(upper=12), not_agreed=1))
    assert small is not None
    for compared, said in ((found.branches, "dashed: 35 / 88 customers"), (small.branches, "dashed: 35 customers")):
        figure = funnel_figure(compared, name, CAPTION, "en", "light", rate=RATE, size=SIZE)
        lines = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
        assert len(lines) == said.count("/") + 1
        assert any(note.text.endswith(said) for note in figure.layout.annotations)
