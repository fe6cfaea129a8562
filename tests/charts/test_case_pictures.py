"""The pictures of cases: what is drawn is what the states say, and nothing that people wrote becomes markup."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import cast

import pytest

from analytics.case_limits import CaseLimits
from analytics.case_stage import CaseState, case_state
from analytics.case_steps import Party, Step, ticket_steps
from analytics.case_waits import Wait, waits
from charts.canvas import LEFT
from charts.case_clock import MOST_BARS, ClockRow, clock_figure
from charts.case_story import marks, story_figure
from charts.case_words import SOURCE_WORDS, STAGE_WORDS, STEP_WORDS, URGENCY_LEVELS, URGENCY_WORDS
from charts.lines import PROSE, ems
from charts.look import Mode, look
from texts import LANGUAGES, Language, Message, translate

DAY = date(2025, 5, 30)
HOSTILE = "<b>T</b>&"


def stood(name: str, received: datetime) -> CaseState:
    ticket = {"ticket_id": name, "received_at": received}
    return case_state(ticket, ticket_steps(ticket), (), CaseLimits(), DAY, branch="x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bar_is_as_long_as_its_case_is_old_and_its_stroke_stands_at_its_limit(language: Language) -> None:
    rows = [ClockRow(stood(f"T{age}", datetime(2025, 5, 30 - age)), HOSTILE) for age in (20, 3)]
    figure = clock_figure(HOSTILE, rows, 2, str(DAY), Message(HOSTILE), language, "print")
    assert list(figure.data[0].x) == [20, 3]
    assert list(figure.data[0].customdata) == ["T20", "T3"]
    assert [shape.x0 for shape in figure.layout.shapes] == [15, 15]
    drawn = [
        figure.layout.title.text,
        *figure.layout.yaxis.ticktext,
        *(note.text for note in figure.layout.annotations),
    ]
    assert all("<b>T</b>" not in text for text in drawn)
    assert figure.data[1].text[0].startswith("✖")


def test_more_bars_than_fit_are_left_out_and_it_is_said_of_how_many() -> None:
    rows = [ClockRow(stood(f"T{n}", datetime(2025, 5, 29)), "x") for n in range(MOST_BARS + 5)]
    figure = clock_figure("x", rows, 400, str(DAY), Message("x"), "en", "light")
    assert len(figure.data[0].x) == MOST_BARS
    assert "20 most urgent of 400" in figure.layout.title.subtitle.text


def test_r16_a_story_has_a_lane_a_party_and_a_mark_a_day_and_party() -> None:
    state = stood("T1", datetime(2025, 5, 12, 9))
    steps = [
        Step(datetime(2025, 5, 12, 9), "received", "customer", "", HOSTILE, "ticket"),
        Step(datetime(2025, 5, 12, 10), "dispatched", "head_office", "", "", "ticket"),
        Step(datetime(2025, 5, 13, 10), "contact", "branch", "", "", "ticket"),
        Step(datetime(2025, 5, 13, 15), "reply", "branch", "", "", "ticket"),
        Step(datetime(2025, 5, 14, 9), "something", None, "外部", "", "event"),
        Step(datetime(2025, 5, 16, 9), "first_outcome", "customer", "", "", "ticket", "not_agreed"),
    ]
    assert [(str(mark.day), mark.party, len(mark.steps)) for mark in marks(steps)] == [
        ("2025-05-12", "customer", 1),
        ("2025-05-12", "head_office", 1),
        ("2025-05-13", "branch", 2),
        ("2025-05-16", "customer", 1),
    ]
    stretches = waits(steps, datetime(2025, 5, 30), state.waits_for)
    figure = story_figure(state, steps, stretches, DAY, Message("x"), "zh_CN", "print")
    assert list(figure.layout.yaxis.ticktext) == ["客户", "机构", "总行消保"]
    assert list(figure.data[1].marker.symbol) == ["circle", "circle", "circle", "diamond"]
    assert all("<b>T</b>" not in text for text in figure.data[1].text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["light", "print", "present"])
def test_names_in_a_lane_do_not_meet(language: Language, mode: Mode) -> None:
    kinds = ("received", "contact", "first_outcome", "solution", "round_outcome", "mediation_held", "review", "closed")
    steps = [Step(datetime(2025, 5, 12 + n, 9), kind, "customer", "", "", "ticket") for n, kind in enumerate(kinds)]
    figure = story_figure(stood("T1", datetime(2025, 5, 12, 9)), steps, (), DAY, Message("x"), language, mode)
    days = figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0]
    a_day = (look(mode).line_width - figure.layout.margin.l / look(mode).size) / days.days
    notes = [note for note in figure.layout.annotations if note.yref != "paper"]
    assert len(notes) >= 4
    for one, other in itertools.combinations(notes, 2):
        apart = abs((other.x - one.x).total_seconds()) / 86_400 * a_day * look(mode).size
        width = (ems(one.text) * one.font.size + ems(other.text) * other.font.size) / 2
        assert one.yshift != other.yshift or apart >= width * 0.95


@pytest.mark.parametrize("mode", ["light", "print", "present"])
def test_a_long_finding_and_the_line_under_it_break_where_the_lanes_leave_less_room(mode: Mode) -> None:
    state = stood("T20250703-001", datetime(2025, 5, 12, 9))
    turns = [("customer", 3), ("branch", 5), ("department", 4), ("head_office", 6)]
    stretches = [
        Wait(cast(Party, party), datetime(2025, 5, 12 + n), datetime(2025, 5, 12 + n, hours))
        for n, (party, hours) in enumerate(turns)
    ]
    steps = [Step(datetime(2025, 5, 12, 9), "received", cast(Party, party), "", "", "ticket") for party, _ in turns]
    figure = story_figure(state, steps, stretches, DAY, Message("x"), "en", mode)
    room = look(mode).line_width + LEFT - figure.layout.margin.l / look(mode).size
    assert all(ems(line, PROSE) <= room + 0.1 for line in figure.layout.title.subtitle.text.split("<br>"))


@pytest.mark.parametrize("words", [STAGE_WORDS, STEP_WORDS, URGENCY_WORDS, SOURCE_WORDS])
def test_every_word_is_said_in_chinese(words: dict[str, str]) -> None:
    assert all(translate(text, "zh_CN") != text for text in words.values())
    assert set(URGENCY_LEVELS) == set(URGENCY_WORDS)
