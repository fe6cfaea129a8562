"""The threshold chart says what the result says, in both languages, and its words cannot be turned into markup."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.allocation import split_by
from analytics.evaluation import Evaluation, evaluate
from analytics.fcr import Fcr
from analytics.threshold import ThresholdYear, threshold_year
from charts.look import Mode, look
from charts.threshold import threshold_figure
from charts.threshold_caption import Provenance, threshold_caption
from charts.threshold_hover import against_threshold
from charts.threshold_places import threshold_place
from charts.weekly_table import csv_table, screen_table
from texts import LANGUAGES, Language, render

PROVENANCE = Provenance(
    demo=True, plan_version=1, plan_from=date(2025, 1, 1), reading="first", data_through=date(2025, 7, 27)
)


def evaluated(year: ThresholdYear) -> Evaluation:
    counts = year.days[["customers", "not_agreed"]].assign(decided=year.days["customers"])
    as_of = year.as_of if year.as_of is not None else pd.Timestamp(year.year - 1, 12, 30)
    forecast = pd.Series(2.0, index=year.days.index)
    threshold = year.days["threshold"]
    return evaluate(counts.dropna(), threshold, forecast, int(year.budget), as_of)


def result(as_of: str = "2025-07-27", every: int = 5, budget: float = 80) -> ThresholdYear:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), budget, "even")
    counts = pd.DataFrame({"customers": 2.0, "not_agreed": (np.arange(len(days)) % every == 0) * 1.0}, index=days)
    return threshold_year(counts[:as_of], split, split, pd.Timestamp(as_of), near=0.8, over=1.0)


def drawn(name: str, language: Language = "zh_CN", mode: Mode = "light", **changes: str) -> go.Figure:
    year = result(**changes)  # type: ignore[arg-type]
    return threshold_figure(
        year, threshold_caption(name, year, evaluated(year), Fcr(42, 250), PROVENANCE), language, mode
    )


def trace(figure: go.Figure, shape: str | None) -> go.Scatter:
    return next(t for t in figure.data if t.mode == "lines" and t.line.shape == shape)


def test_the_actual_is_drawn_up_to_as_of_and_ends_at_its_count() -> None:
    actual = trace(drawn("提前还款"), "hv")
    assert pd.Timestamp(actual.x[-1]) == pd.Timestamp("2025-07-27")
    assert actual.y[-1] == 42


def test_the_threshold_is_drawn_for_the_whole_year_and_ends_at_the_budget() -> None:
    threshold = trace(drawn("提前还款"), None)
    assert len(threshold.x) == 365
    assert threshold.y[-1] == pytest.approx(80)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("every", "level"), [(8, "on_track"), (5, "near"), (3, "over")])
def test_the_title_says_the_level_in_words(language: Language, every: int, level: str) -> None:
    words = {
        "zh_CN": {"on_track": "正常", "near": "接近", "over": "超出"},
        "en": {"on_track": "on track", "near": "near", "over": "over"},
    }
    year = result(every=every)
    assert year.position is not None
    assert year.position.level == level
    figure = threshold_figure(
        year, threshold_caption("提前还款", year, evaluated(year), Fcr(1, 2), PROVENANCE), language, "light"
    )
    assert words[language][level] in figure.layout.title.text


def test_first_contact_resolution_stands_with_numerator_and_denominator() -> None:
    year = result()
    caption = threshold_caption("提前还款", year, evaluated(year), Fcr(42, 250), PROVENANCE)
    assert "83.2%" in render(caption.figures, "en")
    assert "208 of 250" in render(caption.figures, "en")
    nobody = threshold_caption("提前还款", year, evaluated(year), Fcr(0, 0), PROVENANCE)
    assert "nobody decided yet" in render(nobody.figures, "en")


def test_a_class_name_cannot_become_markup() -> None:
    figure = drawn('<script>alert("x")</script>&<b>')
    assert "<script" not in figure.to_json().replace("\\u003c", "<").replace("\\u003e", ">")
    assert "&lt;script&gt;" in figure.layout.title.text


@pytest.mark.parametrize("mode", ["light", "dark", "print", "present", "present_dark"])
def test_every_mode_paints_its_own_background_and_leaves_no_colour_to_a_template(mode: Mode) -> None:
    figure = drawn("提前还款", mode=mode)
    assert figure.layout.paper_bgcolor == look(mode).background
    assert all(t.line.color for t in figure.data if t.mode == "lines")


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two hex colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_word_has_a_contrast_of_at_least_four_and_a_half(mode: Mode) -> None:
    style = look(mode)
    for colour in (style.ink, style.muted, style.threshold, style.on_track, style.near, style.over):
        assert contrast(colour, style.background) >= 4.5, colour


def test_a_year_that_has_not_begun_shows_its_threshold_only() -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    split = split_by(pd.Series(1.0, index=days), 80, "even")
    nothing = pd.DataFrame({"customers": [], "not_agreed": []}, index=pd.DatetimeIndex([]), dtype=float)
    year = threshold_year(nothing, split, split, pd.Timestamp("2024-12-30"), near=0.8, over=1.0)
    figure = threshold_figure(year, threshold_caption("x", year, evaluated(year), Fcr(0, 0), PROVENANCE), "en", "light")
    assert [t.line.shape for t in figure.data if t.mode == "lines"] == [None]
    assert "has not begun" in figure.layout.title.text


def test_the_screen_table_sums_to_the_budget_and_the_csv_is_exact() -> None:
    year = result("2025-07-30", budget=83)
    screen = screen_table(year, evaluated(year), "en")
    assert screen["allocation"].sum() == 83
    assert screen["position"].str.contains("running").sum() == 1
    assert (screen["position"] == "to come").sum() == (year.weeks["state"] == "to_come").sum()
    exact = csv_table(year, evaluated(year))
    assert exact["allocation"].sum() == pytest.approx(83)
    assert exact["week_start"].iloc[0] == "2025-01-01"
    assert exact["cumulative_not_agreed"].dropna().iloc[-1] == year.actual


@pytest.mark.parametrize("mode", ["light", "dark", "print", "present", "present_dark"])
def test_every_attribute_of_the_picture_is_one_that_plotly_knows(mode: Mode) -> None:
    figure = drawn("提前还款", mode=mode)
    checked = go.Figure(figure.to_dict())  # raises for an attribute or a value that is not one
    assert json.loads(str(checked.to_json())) == json.loads(str(figure.to_json()))


def test_the_hover_says_how_the_actual_stands_against_the_threshold() -> None:
    days = pd.date_range("2025-01-01", periods=3)
    said = against_threshold(pd.Series([1.0, 5.0, 6.0], days), pd.Series([2.5, 5.01, 4.0], days), "en")
    assert said == [
        "actual 1, 1.5 below the threshold",
        "actual 5, just at the threshold",
        "actual 6, 2.0 more than the threshold",
    ]
    assert list(trace(drawn("x"), "hv").customdata)[-1].startswith("实际 42 位，比管控值")


def test_the_threshold_s_name_gives_way_to_a_projection_that_runs_below_its_line() -> None:
    year = result()
    rest = pd.date_range("2025-08-03", "2025-12-28", freq="W")
    line = year.days["threshold"]
    top = 1.1 * float(line.max())
    assert threshold_place(year, None, top)[1] == "below"
    assert threshold_place(year, line[rest] - 0.05 * top, top)[1] == "above"
    assert threshold_place(year, line[rest] - 0.3 * top, top)[1] == "below"
