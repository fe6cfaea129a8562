"""The demo bank's tickets, versions, events, balances and plans keep the promises of the data format."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from data.demo import EXPORT_END, TICKET_COLUMNS, DemoBank, demo_bank
from data.demo.phrasing import ID_CHECKS, ID_WEIGHTS, UNUSED_AREA, UNUSED_CARD, UNUSED_MOBILE

PREPAYMENT = "住房贷款提前还款"
STEP_COLUMNS = [
    "received_at",
    "dispatched_at",
    "first_contact_at",
    "first_reply_at",
    "first_outcome_at",
    "closed_at",
]


@pytest.fixture(scope="module")
def bank() -> DemoBank:
    return demo_bank()


@pytest.fixture(scope="module")
def last(bank: DemoBank) -> pd.DataFrame:
    """Every ticket as the last export said it."""
    return bank.tickets.groupby("ticket_id").tail(1).reset_index(drop=True)


def known_on(bank: DemoBank, day: str) -> pd.DataFrame:
    """Every ticket as it was known at the end of a day."""
    seen = bank.tickets[bank.tickets["updated_at"] < pd.Timestamp(day) + pd.Timedelta(days=1)]
    return seen.groupby("ticket_id").tail(1)


def test_r17_prepayment_is_23_percent_of_the_complaining_customers_of_2024_and_just_over_400(
    last: pd.DataFrame,
) -> None:
    year = last[last["received_at"].dt.year == 2024]
    customers = year.groupby("complaint_class")["customer_id"].nunique()
    assert 400 <= customers[PREPAYMENT] <= 430
    assert customers[PREPAYMENT] / customers.sum() == pytest.approx(0.23, abs=0.005)


def test_r17_the_plan_of_2025_allows_80_prepayment_customers_and_fewer_than_5_in_insurance(bank: DemoBank) -> None:
    plans = bank.plans.set_index(["complaint_class", "year"])
    assert plans.loc[(PREPAYMENT, 2025), ["regime", "budget"]].tolist() == ["weekly_threshold", 80]
    assert plans.loc[("保险争议", 2025), ["regime", "budget"]].tolist() == ["case_by_case", 4]
    assert set(bank.plans["complaint_class"]) == set(bank.tickets["complaint_class"])


def test_the_same_seed_gives_the_same_bank_and_another_seed_another_bank() -> None:
    first, second, other = demo_bank(3), demo_bank(3), demo_bank(4)
    for table in ("tickets", "events", "branches", "balances", "interactions", "plans"):
        pd.testing.assert_frame_equal(getattr(first, table), getattr(second, table))
    assert not first.tickets.equals(other.tickets)


def test_every_version_has_the_canonical_columns_and_the_required_ones_are_filled(bank: DemoBank) -> None:
    assert list(bank.tickets.columns) == list(TICKET_COLUMNS)
    required = ["ticket_id", "customer_id", "received_at", "complaint_class", "branch_id"]
    described = ["business_type", "industry_cause", "channel", "department", "product", "cause", "demand", "narrative"]
    assert bank.tickets[[*required, *described, "updated_at"]].notna().all(axis=None)
    assert set(bank.tickets["first_outcome"].dropna()) == {"agreed", "not_agreed"}
    assert set(bank.tickets["branch_id"]) <= set(bank.branches["branch_id"])
    assert len(bank.branches) == 36
    assert bank.branches["branch_id"].is_unique


def test_outcomes_come_with_their_dates(bank: DemoBank) -> None:
    tickets = bank.tickets
    assert (tickets["first_outcome"].notna() == tickets["first_outcome_at"].notna()).all()
    assert (tickets["final_outcome"].notna() == tickets["closed_at"].notna()).all()
    agreed_at_once = tickets["first_outcome"].eq("agreed") & tickets["final_outcome"].notna()
    assert tickets.loc[agreed_at_once, "final_outcome"].eq("agreed").mean() > 0.97  # all but late corrections


def test_the_steps_of_a_ticket_are_in_order_of_time(last: pd.DataFrame) -> None:
    for earlier, later in pairwise(STEP_COLUMNS):
        both = last[[earlier, later]].dropna()
        assert (both[earlier] <= both[later]).all(), (earlier, later)


def test_the_first_outcome_usually_takes_2_to_15_days(last: pd.DataFrame) -> None:
    days = (last["first_outcome_at"] - last["received_at"]).dropna() / pd.Timedelta(days=1)
    assert days.between(2, 15).mean() > 0.85
    assert days.min() > 0


def test_no_export_speaks_of_the_future(bank: DemoBank) -> None:
    night = bank.tickets["updated_at"].dt.normalize() + pd.Timedelta(days=1)
    for column in STEP_COLUMNS:
        assert not (bank.tickets[column] >= night).any(), column
    assert bank.tickets["updated_at"].max() <= EXPORT_END
    assert bank.events["at"].max() <= EXPORT_END


def test_a_ticket_changes_at_most_once_a_night_and_never_forgets_a_step(bank: DemoBank) -> None:
    versions = bank.tickets.sort_values(["ticket_id", "updated_at"], kind="stable")
    nights = versions["updated_at"].dt.normalize()
    assert not pd.DataFrame({"ticket": versions["ticket_id"], "night": nights}).duplicated().any()
    filled = versions[[*STEP_COLUMNS, "first_outcome", "final_outcome", "rounds", "reply_text"]].notna()
    step = filled.astype(int).groupby(versions["ticket_id"]).diff().fillna(0)
    assert step.min().min() >= 0
    fixed = ["customer_id", "received_at", "complaint_class", "branch_id", "cause", "demand", "narrative"]
    assert (versions.groupby("ticket_id")[fixed].nunique() == 1).all(axis=None)
    rounds = versions["rounds"].astype("float64").groupby(versions["ticket_id"]).diff()
    assert not (rounds < 0).any()


def test_some_outcomes_are_corrected_late_so_that_two_days_know_different_things(bank: DemoBank) -> None:
    outcomes = bank.tickets.dropna(subset=["first_outcome"]).groupby("ticket_id")["first_outcome"]
    changed = outcomes.nunique() > 1
    assert 0.01 < changed.mean() < 0.04
    before, after = known_on(bank, "2025-03-31"), known_on(bank, "2025-07-27")
    both = before.merge(after, on="ticket_id", suffixes=("_then", "_now"))
    decided = both["first_outcome_then"].notna()
    assert (both.loc[decided, "first_outcome_then"] != both.loc[decided, "first_outcome_now"]).any()
    assert len(after) > len(before)


def test_some_tickets_are_open_on_any_day(bank: DemoBank) -> None:
    for day in ("2024-06-30", "2025-07-27", "2025-12-31"):
        assert known_on(bank, day)["closed_at"].isna().sum() >= 20, day


def test_customers_come_back_about_one_matter_within_the_year(last: pd.DataFrame) -> None:
    year = last["received_at"].dt.year
    repeated = last.groupby(["customer_id", "complaint_class", year])["ticket_id"].size()
    assert 0.02 < (repeated > 1).mean() < 0.15
    matters = last.groupby(["customer_id", "complaint_class", year])[["branch_id", "cause"]].nunique()
    assert (matters == 1).all(axis=None)


def test_balances_cover_every_branch_and_month_and_spread_widely(bank: DemoBank) -> None:
    table = bank.balances.pivot_table(index="branch_id", columns="month", values="loan_balance")
    assert table.shape == (36, 37)
    assert table.columns[[0, -1]].tolist() == [pd.Timestamp("2022-12-01"), pd.Timestamp("2025-12-01")]
    assert table.notna().all(axis=None)
    assert 0.6 < np.log(table.iloc[:, 0]).std() < 1.1
    assert table.iloc[:, -1].sum() > table.iloc[:, 0].sum()


def test_events_belong_to_tickets_and_follow_their_receipt(bank: DemoBank, last: pd.DataFrame) -> None:
    events = bank.events.merge(last[["ticket_id", "received_at", "first_outcome_at", "rounds"]], on="ticket_id")
    assert len(events) == len(bank.events)
    inside = events["event"] != "customer_contact"  # what the customer did before complaining
    assert (events.loc[inside, "at"] >= events.loc[inside, "received_at"]).all()
    after_failure = events["event"].isin(["meeting", "tailored_solution", "round_outcome", "mediation_held"])
    assert (events.loc[after_failure, "at"] >= events.loc[after_failure, "first_outcome_at"]).all()
    mediated = events["event"] == "mediation_requested"
    assert mediated.sum() > 50
    assert (events.loc[mediated, "rounds"] >= 3).all()
    assert bank.events["party"].notna().all()


def test_mediation_is_requested_before_it_is_held(bank: DemoBank) -> None:
    at = bank.events.pivot_table(index="ticket_id", columns="event", values="at", aggfunc="min")
    both = at[["mediation_requested", "mediation_held"]].dropna()
    assert (both["mediation_requested"] <= both["mediation_held"]).all()


def test_narratives_and_replies_are_varied_and_leave_no_slot_open(last: pd.DataFrame) -> None:
    assert last["narrative"].nunique() / len(last) > 0.6
    assert last["reply_text"].dropna().nunique() / last["reply_text"].notna().sum() > 0.6
    texts = pd.concat([last["narrative"], last["reply_text"].dropna()])
    assert not texts.str.contains(r"[{}]").any()
    assert texts.str.len().between(8, 400).all()


def test_two_branches_have_narratives_with_awkward_characters(last: pd.DataFrame) -> None:
    awkward = last[last["narrative"].str.contains("<b>", regex=False)]
    assert len(awkward) >= 2
    assert awkward["branch_id"].nunique() == 2
    for character in ('"', "'", ",", "&"):
        assert awkward["narrative"].str.contains(character, regex=False).any(), character


def test_personal_data_in_texts_is_well_formed_and_belongs_to_nobody(last: pd.DataFrame) -> None:
    text = "\n".join(last["narrative"])
    mobiles = re.findall(r"(?<!\d)1\d{10}(?!\d)", text)
    cards = re.findall(r"(?<!\d)\d{19}(?!\d)", text)
    identities = re.findall(r"(?<!\d)(\d{17})([\dX])(?!\d)", text)
    assert min(len(mobiles), len(cards), len(identities)) > 50
    assert all(number.startswith(UNUSED_MOBILE) for number in mobiles)
    assert all(number.startswith(UNUSED_CARD) for number in cards)
    assert all(luhn_sum(number) % 10 == 0 for number in cards)
    for body, check in identities:
        assert body.startswith(UNUSED_AREA)
        assert ID_CHECKS[sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True)) % 11] == check


def luhn_sum(number: str) -> int:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit // 10 + digit % 10 for digit in doubled)
