"""Numbers in a chart, in its CSV and in the tickets behind it agree: every mark of the branch and the causes screen."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from answers.branches import BranchAnswer, branch_answer
from answers.cause_tickets import at_position, reply_tickets, round_tickets, tickets
from answers.causes import Asked, approvals, balance, demands, replies
from answers.handling import HandlingAnswer, handled_tickets, handling_answer, tickets_of_transition
from charts.branch_weeks import branch_weeks_figure
from charts.branch_words import LATE, RATE, SIZE, TICKETS, given
from charts.cause_approvals import approvals_figure, approvals_table
from charts.cause_balance import balance_figure, balance_table
from charts.cause_replies import OTHERS as OTHER_BRANCHES
from charts.cause_replies import drawn_alone, positions_table, replies_figure
from charts.cause_rounds import rounds_figure, rounds_table
from charts.contributions import OTHERS, contributions_csv, contributions_figure
from charts.funnel import funnel_csv, funnel_figure, late_csv
from charts.heat_map import heat_map_csv, heat_map_figure
from charts.process_map import flow_mark, process_map_csv, process_map_figure
from charts.risk_bars import risk_figure
from charts.threshold import Caption
from data.demo.truth import PREPAYMENT
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import Message, render
from ui.branch_frame import THIS_YEAR, TOGETHER
from ui.branch_tickets import Narrowed, tickets_behind

CAPTION = Caption(*(Message("{x}", {"x": "x"}) for _ in range(3)))
AS_OF = date(2025, 7, 27)
CLASSES = (PREPAYMENT, "信用卡分期")


@pytest.fixture(scope="module")
def store(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    opened = Store(demo_copy())
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=CLASSES)
def shown(store: Store, request: pytest.FixtureRequest) -> BranchAnswer:
    found = branch_answer(store, HEAD_OFFICE, request.param, 2025, AS_OF)
    assert found is not None
    assert found.findings is not None
    return found


@pytest.fixture(scope="module")
def handling(store: Store, shown: BranchAnswer) -> HandlingAnswer:
    found = handling_answer(store, HEAD_OFFICE, shown)
    assert found is not None
    return found


@pytest.fixture(scope="module", params=CLASSES)
def asked(store: Store, request: pytest.FixtureRequest) -> Asked:
    return Asked(store, HEAD_OFFICE, request.param, 2025, AS_OF)


def marks(figure: go.Figure) -> list[list[object]]:
    """What a click on each mark hands over, and what it says."""
    return [list(row) for trace in figure.data if trace.customdata is not None for row in trace.customdata]


def counted(store: Store, shown: BranchAnswer, **narrowed: object) -> tuple[int, int]:
    """Not agreed and decided customers among the tickets behind a mark."""
    found = tickets_behind(store, HEAD_OFFICE, shown, Narrowed(**narrowed))  # type: ignore[arg-type]
    assert found["ticket_id"].is_unique
    outcome = "first_outcome" if shown.answer.plan.reading == "first" else "final_outcome"
    return int((found[outcome] == "not_agreed").sum()), len(found)


@pytest.mark.parametrize("unit", ["branch_id", "cause"])
def test_r19_contributions_count_this_years_customers(store: Store, shown: BranchAnswer, unit: str) -> None:
    rows = shown.by_cause if unit == "cause" else shown.by_branch
    name = shown.branch if unit == "branch_id" else lambda key: render(given(key), "en")
    figure = contributions_figure(rows, unit, name, set(), CAPTION, "en", "light")
    drawn = [row for row in marks(figure) if len(row) > 1]
    csv = contributions_csv(rows, unit, name).set_index(rows[unit])
    kind = "cause" if unit == "cause" else "branch"
    for key, _, bad, decided, *_ in drawn:
        if key == OTHERS:
            behind = counted(store, shown, mark=f"{TOGETHER}|{kind}")
        else:
            assert [bad, decided] == csv.loc[str(key), ["not_agreed", "decided"]].tolist()
            behind = counted(store, shown, **{kind: key}, mark=THIS_YEAR)
        assert behind == (bad, decided), key
    assert sum(int(str(row[2])) for row in drawn) == shown.excess.actual or unit == "cause"


def test_r19_the_funnel_counts_all_years_compared(store: Store, shown: BranchAnswer) -> None:
    assert shown.findings is not None
    compared = shown.findings.branches
    csv = funnel_csv(compared, shown.branch, "en").set_index("branch_id")
    drawn = marks(funnel_figure(compared, shown.branch, CAPTION, "en", "light", rate=RATE, size=SIZE))
    assert len(drawn) == len(csv)
    for row in drawn:
        own = csv.loc[str(row[0])]
        assert row[2] == own["not_agreed"]
        assert counted(store, shown, branch=row[0]) == (own["not_agreed"], own["decided"])


def test_r19_every_cell_of_the_heat_map(store: Store, shown: BranchAnswer) -> None:
    assert shown.findings is not None
    compared = shown.findings.branch_causes
    csv = heat_map_csv(compared, shown.branch, "en")
    assert csv[["not_agreed", "decided"]].sum().tolist() == list(counted(store, shown))
    every = tickets_behind(store, HEAD_OFFICE, shown, Narrowed())
    groups = every.assign(cause=every["cause"].fillna("")).groupby(["branch_id", "cause"])["first_outcome"]
    behind = groups.agg([lambda own: int((own == "not_agreed").sum()), "size"])
    drawn = marks(heat_map_figure(compared, shown.branch, CAPTION, "en", "light"))
    for branch, cause, _, _, bad, decided, *_ in drawn:
        assert behind.loc[(branch, cause)].tolist() == [bad, decided]
    for branch, cause, _, _, bad, decided, *_ in drawn[:: max(len(drawn) // 12, 1)]:
        assert counted(store, shown, branch=branch, cause=cause) == (bad, decided)


def test_r19_weeks_and_channels_of_the_largest_branch(store: Store, shown: BranchAnswer) -> None:
    assert shown.findings is not None
    branch = shown.branch_ids[0]
    weeks = shown.weeks[shown.weeks["branch_id"] == branch]
    drawn = {str(row[0]) for row in marks(branch_weeks_figure(weeks, None, CAPTION, "en", "light"))}
    assert drawn == {f"{day:%Y-%m-%d}" for day in weeks["week_start"]}
    for row in weeks.itertuples():
        day = pd.Timestamp(str(row.week_start)).date()
        assert counted(store, shown, branch=branch, week=day) == (row.not_agreed, row.decided)
    cells = shown.findings.cells[shown.findings.cells["branch_id"] == branch]
    for channel, own in cells.groupby("channel"):
        expected = int(own["not_agreed"].sum()), int(own["decided"].sum())
        assert counted(store, shown, branch=branch, channel=channel) == expected


def test_r07_late_dispatch_by_branch(store: Store, shown: BranchAnswer, handling: HandlingAnswer) -> None:
    compared = handling.dispatch
    csv = late_csv(compared, shown.branch, "en").set_index("branch_id")
    drawn = marks(funnel_figure(compared, shown.branch, CAPTION, "en", "light", rate=LATE, size=TICKETS))
    every = handled_tickets(store, HEAD_OFFICE, shown)
    for row in drawn:
        own = every[every["branch_id"] == row[0]]
        late = int(own["dispatch_late"].fillna(False).astype(bool).sum())
        assert late == row[2] == csv.loc[str(row[0]), "late"]


@pytest.mark.parametrize("of_branch", [False, True])
def test_r19_every_stream_and_step_of_the_process_map(
    store: Store, shown: BranchAnswer, handling: HandlingAnswer, of_branch: bool
) -> None:
    branch = shown.branch_ids[0] if of_branch else None
    transitions, passed = handling.transitions_of(branch), handling.passed_of(branch)
    figure = process_map_figure(transitions, passed, CAPTION, "en", "light")
    drawn = {str(row[5]): row for row in marks(figure)}
    csv = process_map_csv(transitions, passed, "en").set_index(["step", "next_step"])
    behind = partial(tickets_of_transition, store, HEAD_OFFICE, shown, branch=branch)
    checked = 0
    for row in transitions.itertuples():
        mark = drawn.get(flow_mark(str(row.step), str(row.next_step)))
        if mark is not None:
            checked += 1
            assert mark[2:4] == [f"{row.transitions:,}", f"{row.tickets:,}"]
            assert csv.loc[(str(mark[0]), str(mark[1])), ["transitions", "tickets"]].tolist() == [
                row.transitions,
                row.tickets,
            ]
        assert len(behind(step=str(row.step), next_step=str(row.next_step))) == row.tickets
    for row in passed.itertuples():
        mark = drawn.get(flow_mark(str(row.step)))
        if mark is not None:
            checked += 1
            assert mark[1:3] == [f"{row.times:,}", f"{row.tickets:,}"]
        assert len(behind(step=str(row.step), next_step=None)) == row.tickets
    assert checked == len(drawn)


def test_r20_every_bar_of_every_question_has_its_replies(asked: Asked) -> None:
    answer = replies(asked)
    for question in answer.divergence.questions["question_key"].astype(str):
        table = positions_table(answer.counts, answer.divergence.apart, question, {})
        found = reply_tickets(asked, answer, question)
        alone = set(drawn_alone(table, "light")["branch_id"])
        figure = replies_figure(table, CAPTION, "en", "light")
        for bar in figure.data:
            for text, (branch, mark) in zip(bar.text, bar.customdata, strict=True):
                position = html.unescape(str(mark).partition("|")[2])
                own = found if branch == OTHER_BRANCHES else found[found["branch_id"] == branch]
                listed = at_position(own, position, alone if branch == OTHER_BRANCHES else ())
                assert int(listed["counted"].sum()) == int(text or 0), (question, branch, position)


def test_r14_every_mark_of_a_ticket_at_risk_leads_to_its_case_and_says_its_chance() -> None:
    rows = pd.DataFrame(
        {
            "ticket_id": ["T1", "T2"],
            "complaint_class": PREPAYMENT,
            "risk": [0.35, 0.12],
            "class_rate": 0.16,
            "reasons": ["渠道：监管转办；限期答复", ""],
        }
    )
    bars, rates = risk_figure(rows, CAPTION, "zh_CN", "light").data
    for trace in (bars, rates):  # the upright line of the rate lies on the bar: a click on it means the ticket too
        assert list(trace.customdata) == ["T1", "T2"]
        assert list(trace.hovertext) == [
            "T1：未达成一致的概率 35%，所属类别 16%<br>渠道：监管转办<br>限期答复",
            "T2：未达成一致的概率 12%，所属类别 16%",
        ]


def test_r20_every_dot_of_the_approvals_has_its_requests(asked: Asked) -> None:
    table = approvals_table(approvals(asked), {})
    figure = approvals_figure(table, CAPTION, "en", "light")
    drawn = {str(row[0]) for row in marks(figure)}
    assert drawn <= set(table["branch_id"])
    said = dict(zip((row[0] for row in figure.data[-1].customdata), figure.data[-1].text, strict=True))
    for row in table.itertuples():
        found = tickets(asked, "approvals", branch=str(row.branch_id))
        own = found[found["counted"].astype(bool)]
        assert (len(own), int(own["approval_granted"].astype(bool).sum())) == (row.requested, row.granted)
        if row.branch_id in said:
            granted = f"{row.granted:.0f} of {row.requested:.0f} granted = {row.rate:.0%}"
            assert said[row.branch_id] == f"{row.branch_name}: {granted}"


def test_r20_every_dot_of_the_balances_has_its_customers(asked: Asked) -> None:
    result = balance(asked)
    table = balance_table(result, {})
    drawn = {str(row[0]): row[2] for row in marks(balance_figure(result, table, CAPTION, "en", "light"))}
    assert drawn == dict(zip(table["branch_id"], table["customers"], strict=True))
    for branch, customers in drawn.items():
        assert int(tickets(asked, "customers", branch=branch)["counted"].sum()) == customers


def test_r21_every_mark_of_the_rounds_has_its_tickets(asked: Asked) -> None:
    result = demands(asked)
    csv = rounds_table(result).set_index(["kind", "round"])
    figure = rounds_figure(result, CAPTION, "en", "light")
    drawn = 0
    for trace in figure.data:
        for text, (mark,) in zip(trace.text, trace.customdata, strict=True):
            _, kind, number = str(mark).split("|")
            own = csv.loc[(kind, int(number))]
            states = round_tickets(asked, kind, int(number))["state"].value_counts()
            agreed, decided = map(int, text.strip().split("/"))
            assert (agreed, decided) == (own["agreed"], own["reached"] - own["waiting"])
            assert states.sum() == own["reached"]
            assert [states.get(state, 0) for state in ("agreed", "waiting")] == [agreed, own["waiting"]]
            drawn += 1
    assert drawn > 0
    for row in result.demands.itertuples():
        found = tickets(asked, "rounds", demands=[str(row.demand)], decided=True)
        assert (len(found), int((found["first_outcome"] == "not_agreed").sum())) == (row.decided, row.not_agreed)
