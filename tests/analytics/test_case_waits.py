"""Who waited for whom: the stretches follow each other without a gap and sum to the case's whole time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from analytics.case_steps import Party, Step, in_order
from analytics.case_waits import days_by_party, waits

START = datetime(2025, 5, 12, 9)


def step(hours: float, kind: str, party: Party | None) -> Step:
    return Step(START + timedelta(hours=hours), kind, party, "", "", "event")


def test_r16_the_time_up_to_a_step_belongs_to_the_party_that_took_it() -> None:
    steps = [
        step(-48, "customer_contact", "customer"),
        step(0, "received", "customer"),
        step(1, "dispatched", "head_office"),
        step(25, "contact", "branch"),
        step(49, "reply", "branch"),
        step(73, "first_outcome", "customer"),
    ]
    found = waits(steps, START + timedelta(hours=97), "head_office")
    assert [(w.party, w.length / timedelta(hours=1)) for w in found] == [
        ("head_office", 1),
        ("branch", 48),
        ("customer", 24),
        ("head_office", 24),
    ]
    assert days_by_party(found) == {"branch": 2.0, "customer": 1.0, "head_office": 25 / 24}


def test_plans_and_notes_are_no_steps_and_a_closed_case_waits_for_nobody() -> None:
    steps = [step(0, "received", "customer"), step(5, "assigned", "head_office"), step(9, "note", "head_office"),
             step(24, "closed", "branch")]  # fmt: skip
    found = waits(steps, START + timedelta(days=9), None)
    assert [(w.party, w.length) for w in found] == [("branch", timedelta(days=1))]


@given(
    st.lists(st.tuples(st.floats(0, 2_000), st.sampled_from([*get_args(Party), None])), max_size=12),
    st.floats(0, 2_500),
    st.sampled_from(get_args(Party)),
)
def test_the_stretches_of_an_open_case_sum_to_its_whole_time(
    taken: list[tuple[float, Party | None]], until: float, moves: Party
) -> None:
    steps = in_order([step(0, "received", "customer"), *(step(hours, "x", party) for hours, party in taken)])
    end = START + timedelta(hours=until)
    found = waits(steps, end, moves)
    assert sum((w.length for w in found), timedelta()) == end - START
    assert all(a.ends == b.begins and a.party != b.party for a, b in pairwise(found))
