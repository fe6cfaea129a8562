"""The causes screen on the demo bank: what was planted is found and nothing more; every number has its tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from answers.cause_tickets import cases_decided_differently, contradicting_replies, reply_tickets
from answers.causes import Asked, all_demands, approvals, balance, demands, mediation, missing_mediation, replies
from answers.quotas import quotas
from data.demo.truth import APPROVAL, MEDIATION_ROUNDS, PREPAYMENT, REPLY_PENALTY, REPLY_QUEUE
from data.intake import import_file
from data.scope import HEAD_OFFICE, Scope
from data.store import Store

AS_OF = date(2025, 12, 31)
CFPB = Path(__file__).parents[2].parent / "shared" / "data" / "cfpb_2013_2016.csv"


@pytest.fixture(scope="module")
def store(demo_copy: Callable[[], Path]) -> Iterator[Store]:
    opened = Store(demo_copy())
    yield opened
    opened.close()


@pytest.fixture
def asked(store: Store) -> Asked:
    return Asked(store, HEAD_OFFICE, PREPAYMENT, 2025, AS_OF)


def test_r20_the_branches_with_another_reply_position_are_found_and_no_others(asked: Asked) -> None:
    found = replies(asked).divergence
    assert found.differs
    assert set(found.apart["branch_id"]) == {*REPLY_PENALTY.branches, *REPLY_QUEUE.branches}


def test_r20_the_branch_with_other_approval_standards_is_found_and_no_other(asked: Asked) -> None:
    found = approvals(asked)
    assert found.differs
    assert tuple(found.apart["branch_id"]) == APPROVAL.branches


def test_r20_complaints_grow_with_the_loan_balance_as_planted(asked: Asked) -> None:
    found = balance(asked)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 1.0 <= found.high
    assert found.rises
    assert found.apart.empty


def test_r20_unreasonable_demands_end_not_agreed_more_often(asked: Asked) -> None:
    found = demands(asked)
    rate = found.first.set_index("kind")["rate"]
    assert found.differs
    assert rate["unreasonable"] > rate["other"]
    assert set(found.demands["demand"]) <= {"", *all_demands(asked)}


@pytest.mark.parametrize("name", ["债务催收", "信用卡息费", "信用卡分期", "理财销售", "借记卡账户管控"])
def test_r20_where_nothing_was_planted_no_branch_is_named(store: Store, name: str) -> None:
    own = Asked(store, HEAD_OFFICE, name, 2025, AS_OF)
    assert replies(own).divergence.apart.empty
    assert approvals(own).apart.empty


def test_r20_every_reply_counted_has_its_ticket(asked: Asked) -> None:
    answer = replies(asked)
    for question, group in answer.counts.groupby("question_key"):
        listed = reply_tickets(asked, answer, str(question))
        counted = listed[listed["counted"] & listed["position"].notna()]
        own = counted.groupby(["branch_id", "position"]).size()
        expected = group.groupby(["branch_id", "position"])["replies"].sum()
        pd.testing.assert_series_equal(own, expected, check_names=False, check_dtype=False)


def test_r20_contradicting_replies_stand_side_by_side(asked: Asked) -> None:
    answer = replies(asked)
    first = answer.divergence.apart.iloc[0]
    listed = reply_tickets(asked, answer, first["question_key"])
    pairs = contradicting_replies(listed, first["branch_id"], first["position"])
    assert not pairs.empty
    different = cases_decided_differently(asked, APPROVAL.branches[0], fewer=True)
    assert not different.empty


def test_r21_where_nobody_is_expected_there_is_no_quota(store: Store) -> None:
    assert quotas(Asked(store, HEAD_OFFICE, PREPAYMENT, 2023, date(2023, 12, 31)), "customers") is None


@pytest.mark.parametrize("basis", ["customers", "not_agreed"])
def test_r21_every_branch_has_its_quota_by_balance_and_they_sum_to_the_total(asked: Asked, basis: str) -> None:
    found = quotas(asked, basis)  # type: ignore[arg-type]
    assert found is not None
    assert found.table["quota"].sum() == found.total
    assert found.table["share"].sum() == pytest.approx(1)
    largest = found.table.sort_values("balance", ascending=False)
    assert largest["quota"].is_monotonic_decreasing
    if basis == "not_agreed":
        assert found.total == 80


def test_r22_whoever_has_three_rounds_without_agreement_and_no_mediation_is_on_the_list(asked: Asked) -> None:
    listed = mediation(asked)
    missing = missing_mediation(listed)
    assert len(missing) > 0
    assert (missing["rounds"] >= MEDIATION_ROUNDS).all()
    events = asked.store.cursor().execute(
        "SELECT DISTINCT ticket_id FROM stored.events WHERE event LIKE '%调解%' AND happened_at <= '2025-12-31'"
    ).df()  # fmt: skip
    assert set(missing["ticket_id"]).isdisjoint(events["ticket_id"])


def test_a_branch_reader_is_not_shown_the_other_branches_replies(asked: Asked) -> None:
    own = replies(replace(asked, scope=Scope("branch", "B03")))
    assert set(own.counts["branch_id"]) <= {"B03"}
    assert own.divergence.apart.empty


def test_a_class_that_is_not_there_says_nothing_and_breaks_nothing(store: Store) -> None:
    own = Asked(store, HEAD_OFFICE, "不存在'<script>", 2025, AS_OF)
    assert replies(own).divergence.p is None
    assert approvals(own).p is None
    assert balance(own).elasticity is None
    assert demands(own).p is None
    assert quotas(own, "customers") is None


@pytest.mark.skipif(not CFPB.exists(), reason="the real complaints are not on this machine")
def test_real_complaints_without_replies_approvals_and_balances_are_not_judged(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    with store.writing() as cursor:
        import_file(cursor, CFPB, mapping="cfpb", recorded_on=date(2016, 2, 1))
    own = Asked(store, HEAD_OFFICE, "Mortgage", 2015, date(2015, 12, 31))
    assert (replies(own).divergence.p, approvals(own).p, balance(own).elasticity) == (None, None, None)
    store.close()
