"""Risks of the demo bank's open tickets: against the planted truth, as known on a day, and in the evidence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analytics.risk.model import LEARNER, RiskModel
from analytics.risk.trial import area_under_curve, calibration_error, reliability, unusable
from answers import risk_training
from answers.cli import app
from answers.evidence import standing
from answers.risk import described, months_asked_for, open_risks, risk_basis, train_model
from answers.risk_training import is_stale, month_of, take_wish, train_where_stale, wish
from data.arrival import bring_in
from data.demo import demo_bank
from data.demo.truth import MEASURE_WORKS
from data.demo_store import DEMO_AS_OF
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from tests.data.bank_files import ticket, write_csv
from texts import render

PREPAYMENT = "住房贷款提前还款"
TRAINED = date(2025, 7, 1)


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return demo_bank().truth.tickets.set_index("ticket_id")


def model_of_the_day(store: Store) -> RiskModel:
    """Give the model that holds on the demo bank's day."""
    model = risk_basis(store, DEMO_AS_OF).model
    assert model is not None
    return model


def test_r02_the_riskiest_open_tickets_come_first_with_reasons(heard_demo: Store) -> None:
    risks = open_risks(heard_demo, HEAD_OFFICE, None, 2025, DEMO_AS_OF)
    assert len(risks) > 10
    assert risks["risk"].is_monotonic_decreasing
    assert risks["risk"].between(0, 1).all()
    assert len(risks["reasons"].iloc[0]) >= 1
    one = open_risks(heard_demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert set(one["complaint_class"]) == {PREPAYMENT}
    assert "narrative" not in risks


def test_r02_predicted_on_the_next_half_year_the_risk_is_close_to_the_planted_truths_own(
    heard_demo: Store, truth: pd.DataFrame
) -> None:
    """Trained on what was known on 1 July 2025, asked about every ticket received after it."""
    model = model_of_the_day(heard_demo)
    assert model.known_on == TRAINED
    later = heard_demo.read(
        "risk_tickets", HEAD_OFFICE, date(2026, 1, 1), reading="first", since=TRAINED, open=False, complaint_class=None,
        most=10_000,
    )  # fmt: skip
    later = later[later["ticket_id"].isin(truth.index)]
    happened = later["ticket_id"].map(truth["first_outcome"]).eq("not_agreed").to_numpy(bool)
    planted = later["ticket_id"].map(truth["p_not_agreed"]).to_numpy(float)
    # A measure that began after the training changes what nobody could know then.
    measured = later["complaint_class"].eq(MEASURE_WORKS.complaint_class) & later["branch_id"].isin(
        MEASURE_WORKS.branches
    )
    known = ~np.isnan(planted) & ~measured.to_numpy(bool)
    later, happened, planted = later[known], happened[known], planted[known]
    classes = later["complaint_class"].to_numpy(object)
    said = model.chances(described(later), classes)
    rate = np.array([model.class_rate(name) for name in classes])
    oracle, brier, plain = (((one - happened) ** 2).mean() for one in (planted, said, rate))
    assert brier < plain
    assert brier - oracle < 0.010
    assert area_under_curve(said, happened) > area_under_curve(planted, happened) - 0.07
    assert calibration_error(reliability(said, happened.astype(float))) < 0.045  # 900 tickets: chance alone makes .025


def test_r02_the_walk_through_time_is_calibrated_within_three_points(heard_demo: Store) -> None:
    basis = risk_basis(heard_demo, DEMO_AS_OF)
    assert basis.refusal is None
    assert basis.model is not None
    trial = basis.model.trial
    assert trial is not None
    assert trial.calibration_error <= 0.03
    assert trial.brier < trial.rate_brier
    assert trial.last <= TRAINED


def test_a_day_is_never_told_by_a_model_that_knew_more(heard_demo: Store) -> None:
    before = risk_basis(heard_demo, date(2025, 6, 1))
    assert before.model is None
    assert before.refusal is not None
    risks = open_risks(heard_demo, HEAD_OFFICE, None, 2025, date(2025, 6, 1))
    assert (risks["risk"] == risks["class_rate"]).all()
    assert risks["risk"].between(0.03, 0.4).all()
    late = risk_basis(heard_demo, date(2025, 12, 31))
    assert late.model is None  # half a year old: not asked any more


def test_a_model_learns_only_what_was_known(heard_demo: Store) -> None:
    known = heard_demo.read(
        "risk_tickets", HEAD_OFFICE, TRAINED, reading="first", since=date(2022, 7, 1), open=False, complaint_class=None,
        most=40_000,
    )  # fmt: skip
    assert (known["outcome_at"] < pd.Timestamp(TRAINED) + pd.Timedelta(days=1)).all()
    assert (known["look_at"] <= known["outcome_at"]).all()
    for step in ("dispatched_at", "first_contact_at", "first_reply_at"):
        assert (known[step].isna() | (known[step] <= known["look_at"])).all()


def test_a_branch_reader_sees_the_risks_of_its_own_tickets(heard_demo: Store) -> None:
    own = open_risks(heard_demo, Scope("branch", "B01"), None, 2025, DEMO_AS_OF)
    assert set(own["branch_id"]) <= {"B01"}


def test_the_evidence_counts_open_customers_with_their_own_risks(heard_demo: Store) -> None:
    shown = standing(heard_demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert shown is not None
    risks = open_risks(heard_demo, HEAD_OFFICE, PREPAYMENT, 2025, DEMO_AS_OF)
    assert shown.evaluation.open_cases == shown.answer.open_customers == risks["customer_id"].nunique()


def test_a_model_is_trained_once_a_month_and_again_when_history_arrives(heard_demo: Store) -> None:
    risk_basis(heard_demo, date(2025, 3, 20))  # a reader looks at a month without a model: it is noted, once
    assert date(2025, 3, 1) in months_asked_for(heard_demo)
    assert months_asked_for(heard_demo) == []
    assert month_of(DEMO_AS_OF) == TRAINED
    assert not is_stale(heard_demo, TRAINED, "first")
    assert train_where_stale(heard_demo, DEMO_AS_OF) == []
    assert is_stale(heard_demo, date(2025, 9, 1), "first")


def test_a_model_that_was_learnt_in_another_way_is_trained_anew(
    heard_demo: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = model_of_the_day(heard_demo)
    assert model.learner == LEARNER
    kept = json.loads(model.to_json())
    del kept["learner"]  # as models were kept before they said how they had been learnt
    assert RiskModel.from_json(json.dumps(kept)).learner < LEARNER
    monkeypatch.setattr(risk_training, "LEARNER", LEARNER + 1)
    assert is_stale(heard_demo, TRAINED, "first")


def test_r02_too_few_outcomes_show_the_class_rate_and_say_how_many_it_takes(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.duckdb")
    write_csv(tmp_path / "t.csv", [ticket(number) for number in range(150)])
    bring_in(store, tmp_path / "t.csv", recorded_on=date(2025, 7, 1))
    model = train_model(store, date(2025, 7, 1))
    refusal = unusable(model)
    assert refusal is not None
    assert "300" in render(refusal, "zh_CN")
    risks = open_risks(store, HEAD_OFFICE, None, 2025, date(2025, 7, 1))
    assert (risks["risk"] == risks["class_rate"]).all()
    store.close()


def test_the_command_trains_and_a_running_product_takes_the_wish(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    store = Store(path)
    write_csv(tmp_path / "t.csv", [ticket(number) for number in range(150)])
    bring_in(store, tmp_path / "t.csv", recorded_on=date(2025, 7, 1))
    wish(path, date(2025, 7, 1))
    assert [model.known_on for model in take_wish(store)] == [date(2025, 7, 1)]
    assert take_wish(store) == []
    store.close()
    said = CliRunner().invoke(app, ["train", "--store", str(path), "--as-of", "2025-07-01", "--json"])
    assert said.exit_code == 0
    assert '"known_on": "2025-07-01"' in said.output
    assert CliRunner().invoke(app, ["train", "--store", str(tmp_path / "none.duckdb")]).exit_code == 1
