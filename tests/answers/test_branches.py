"""The demo bank's branches: what is planted is found and nothing else, and every number has its tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from answers.branches import BranchAnswer, branch_answer, tickets_decided
from answers.class_year import class_year
from answers.handling import HandlingAnswer, handled_tickets, handling_answer, tickets_of_transition
from answers.worsening import worsened
from charts.branch_words import branch_sentence, excess_sentence
from charts.funnel import funnel_csv
from charts.heat_map import heat_map_csv
from data.demo.truth import BRANCH_CAUSE, COLLECTION, DISPATCH, SHIFT, VOLUME_STEP
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import render

PREPAYMENT = "住房贷款提前还款"
YEAR = DEMO_AS_OF.year


@pytest.fixture(scope="module")
def demo(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    store = Store(demo_copy())
    yield store
    store.close()


def shown_of(demo: Store, complaint_class: str = PREPAYMENT, as_of: date = DEMO_AS_OF) -> BranchAnswer:
    shown = branch_answer(demo, HEAD_OFFICE, complaint_class, as_of.year, as_of)
    assert shown is not None
    assert shown.findings is not None
    return shown


def handled_of(demo: Store, complaint_class: str = PREPAYMENT) -> HandlingAnswer:
    handling = handling_answer(demo, HEAD_OFFICE, shown_of(demo, complaint_class))
    assert handling is not None
    return handling


@pytest.fixture(scope="module")
def classes(demo: Store) -> list[str]:
    names = demo.read("classes", HEAD_OFFICE, DEMO_AS_OF, year=YEAR)["complaint_class"]
    return [str(name) for name in names]


def test_r19_the_planted_branch_and_cause_stand_out_and_nothing_else_does(demo: Store, classes: list[str]) -> None:
    marked = set()
    for name in classes:
        found = shown_of(demo, name).findings
        assert found is not None
        for family in (found.branches, found.this_year, found.causes, found.channels):
            assert family is None or family.marked.empty, name
        marked |= {(name, row.branch_id, row.cause) for row in found.branch_causes.marked.itertuples()}
    assert marked == {(PREPAYMENT, BRANCH_CAUSE.branches[0], BRANCH_CAUSE.cause)}


def test_r07_the_planted_late_dispatch_stands_out_and_nothing_else_does(demo: Store, classes: list[str]) -> None:
    marked = set()
    for name in classes:
        handling = handled_of(demo, name)
        marked |= set(handling.dispatch.marked["branch_id"])
        assert not handling.paths["verdict"].isin(["worse", "better"]).any(), name
    assert marked == set(DISPATCH.branches)
    assert not handled_of(demo).dispatch.marked.empty


def test_r19_an_excess_by_volume_is_told_from_one_by_outcomes(demo: Store) -> None:
    """Debt collection is over by volume alone (planted ×1.6 from March on)."""
    taken = shown_of(demo, COLLECTION).excess
    ratio = taken.decided / taken.planned
    assert ratio == pytest.approx(VOLUME_STEP.size, abs=0.25)
    assert taken.volume > 10 > taken.everywhere
    assert not taken.low > 0


def test_r19_the_planted_shift_is_dated_to_its_week_and_seen_at_the_causes(demo: Store) -> None:
    shown = shown_of(demo, as_of=date(2025, 9, 28))
    found = worsened(demo, HEAD_OFFICE, shown)
    assert found is not None
    assert SHIFT.starts is not None
    assert abs((found.starts - pd.Timestamp(SHIFT.starts)).days) <= 14
    everything = found.by_cause.iloc[0]
    assert everything["low"] > 0
    assert everything["after_decided"] == found.by_cause["after_decided"].iloc[1:].sum()
    assert everything["after_not_agreed"] + everything["before_not_agreed"] == shown.excess.actual
    assert (found.by_branch.iloc[0, 1:5] == everything.iloc[1:5]).all()


def test_no_worsening_is_said_where_no_signal_stands(demo: Store) -> None:
    assert worsened(demo, HEAD_OFFICE, shown_of(demo, COLLECTION)) is None


def test_branches_causes_channels_and_weeks_sum_to_the_class(demo: Store, classes: list[str]) -> None:
    for name in classes:
        shown = shown_of(demo, name)
        answer = class_year(demo, HEAD_OFFICE, name, YEAR, DEMO_AS_OF)
        assert answer is not None
        now = shown.findings.cells.query("year == @YEAR") if shown.findings else pd.DataFrame()
        for counts in (now, shown.weeks, shown.by_branch, shown.by_cause):
            assert counts["decided"].sum() == answer.fcr.decided
            assert counts["not_agreed"].sum() == answer.fcr.not_agreed
        assert shown.excess.actual == answer.threshold.actual
        assert shown.excess.volume + shown.excess.everywhere == pytest.approx(
            answer.threshold.actual - answer.threshold.threshold_now
        )


def test_r01_the_numbers_of_chart_csv_and_tickets_agree(demo: Store) -> None:
    shown = shown_of(demo)
    found = shown.findings
    assert found is not None
    funnel = funnel_csv(found.branches, shown.branch, "zh_CN")
    cells = heat_map_csv(found.branch_causes, shown.branch, "zh_CN")
    assert cells["decided"].sum() == funnel["decided"].sum()
    for row in funnel.itertuples():
        tickets = tickets_decided(demo, HEAD_OFFICE, shown, branch=row.branch_id)
        assert len(tickets) == row.decided
        assert tickets["customer_id"].groupby(tickets["first_outcome_at"].dt.year).nunique().sum() == row.decided
        assert (tickets["first_outcome"] == "not_agreed").sum() == row.not_agreed
        assert row.rate == row.not_agreed / row.decided
    for unit in found.branch_causes.units.head(40).itertuples():
        tickets = tickets_decided(demo, HEAD_OFFICE, shown, branch=unit.branch_id, cause=unit.cause)
        assert (len(tickets), (tickets["first_outcome"] == "not_agreed").sum()) == (unit.decided, unit.not_agreed)
    for unit in found.channels.units.itertuples():
        assert len(tickets_decided(demo, HEAD_OFFICE, shown, channel=unit.channel)) == unit.decided
    for row in shown.weeks.head(40).itertuples():
        week = row.week_start.date()
        tickets = tickets_decided(demo, HEAD_OFFICE, shown, branch=row.branch_id, week=week, this_year=True)
        assert (len(tickets), (tickets["first_outcome"] == "not_agreed").sum()) == (row.decided, row.not_agreed)
    for row in shown.by_branch.itertuples():
        tickets = tickets_decided(demo, HEAD_OFFICE, shown, branch=row.branch_id, this_year=True)
        assert (len(tickets), (tickets["first_outcome"] == "not_agreed").sum()) == (row.decided, row.not_agreed)


def test_r07_the_tickets_behind_late_dispatch_and_transitions_are_the_ones_counted(demo: Store) -> None:
    shown, handling = shown_of(demo), handled_of(demo)
    for row in handling.dispatch.units.head(8).itertuples():
        tickets = handled_tickets(demo, HEAD_OFFICE, shown, row.branch_id)
        assert int(tickets["dispatch_late"].sum()) == row.not_agreed
        assert int(tickets["dispatch_late"].notna().sum()) == row.decided
    for branch in (None, "B01"):
        for row in handling.transitions_of(branch).head(30).itertuples():
            found = tickets_of_transition(demo, HEAD_OFFICE, shown, row.step, row.next_step, branch)
            assert len(found) == row.tickets


def test_transitions_of_the_branches_sum_to_all(demo: Store) -> None:
    transitions = handled_of(demo).transitions
    own = transitions.dropna(subset=["branch_id"]).groupby(["step", "next_step"])["transitions"].sum()
    everything = handled_of(demo).transitions_of(None).set_index(["step", "next_step"])["transitions"]
    pd.testing.assert_series_equal(own.sort_index(), everything.sort_index(), check_dtype=False)


def test_a_branch_reader_sees_its_own_branch_and_is_told_that_there_is_nothing_to_compare(demo: Store) -> None:
    scope = Scope("branch", "B01")
    shown = branch_answer(demo, scope, PREPAYMENT, YEAR, DEMO_AS_OF)
    assert shown is not None
    assert shown.findings is not None
    assert shown.branch_ids == ("B01",)
    assert not shown.findings.may_compare
    assert "nothing to compare" in render(branch_sentence(shown.findings, shown.branch), "en")
    assert set(tickets_decided(demo, scope, shown)["branch_id"]) == {"B01"}
    assert set(tickets_decided(demo, scope, shown, branch="B02")["branch_id"]) == set()
    handling = handling_answer(demo, scope, shown)
    assert handling is not None
    assert set(handling.transitions["branch_id"].dropna()) == {"B01"}


def test_what_is_said_is_what_was_counted(demo: Store) -> None:
    shown = shown_of(demo)
    assert shown.findings is not None
    told = render(branch_sentence(shown.findings, shown.branch), "en")
    cell = shown.findings.branch_causes.marked.iloc[0]
    assert f"杭州分行 B01, 预约排队时间长: {cell['not_agreed']} of {cell['decided']}" in told
    taken = render(excess_sentence(shown.excess), "en")
    assert f"{shown.excess.actual} not agreed against a threshold of {shown.excess.threshold:.1f}" in taken
    quiet = replace(
        shown.findings, branch_causes=replace(shown.findings.branch_causes, units=cell.to_frame().T.iloc[:0])
    )
    assert "nothing points to single branches" in render(branch_sentence(quiet, shown.branch), "en")


def test_early_in_the_year_there_is_no_worsening_and_no_page_breaks(demo: Store) -> None:
    shown = shown_of(demo, as_of=date(2025, 1, 6))
    assert worsened(demo, HEAD_OFFICE, shown) is None
    first = branch_answer(demo, HEAD_OFFICE, PREPAYMENT, 2023, date(2023, 1, 8))
    assert first is not None
