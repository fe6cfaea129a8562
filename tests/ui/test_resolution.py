"""First-contact resolution by branch, cause, channel and week, each with its counts and the tickets behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from answers.branches import BranchAnswer, branch_answer, tickets_decided
from data.demo_store import DEMO_AS_OF, load_demo
from data.scope import HEAD_OFFICE
from data.store import Store
from ui.resolution import resolution_keys, resolution_rows
from ui.view import View

PREPAYMENT = "住房贷款提前还款"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    store = Store(tmp_path_factory.mktemp("demo") / "store.duckdb")
    load_demo(store)
    yield View(
        store=store,
        scope=HEAD_OFFICE,
        language="en",
        complaint_class=PREPAYMENT,
        year=DEMO_AS_OF.year,
        as_of=DEMO_AS_OF,
        present=False,
        demo=True,
        dark=False,
    )
    store.close()


@pytest.fixture(scope="module")
def shown(view: View) -> BranchAnswer:
    found = branch_answer(view.store, view.scope, PREPAYMENT, view.year, view.as_of)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["branch_id", "cause", "channel", "week"])
def test_r01_every_rate_has_its_numerator_its_denominator_and_its_tickets(
    view: View, shown: BranchAnswer, kind: str
) -> None:
    table, keys = resolution_rows(view, shown, kind), resolution_keys(shown, kind)
    assert len(table) == len(keys) > 0
    assert (table["fcr"] == 1 - (table["decided"] - table["agreed"]) / table["decided"]).all()
    assert ((table["low"] <= table["fcr"]) & (table["fcr"] <= table["high"])).all()
    names = {"branch_id": "branch"}.get(kind, kind)
    for row, key in list(zip(table.itertuples(), keys, strict=True))[:12]:
        chosen = {names: key} | ({"this_year": True} if kind == "week" else {})
        tickets = tickets_decided(view.store, view.scope, shown, **chosen)
        assert len(tickets) == row.decided
        assert (tickets["first_outcome"] == "agreed").sum() == row.agreed


def test_r01_all_weeks_together_are_the_classs_first_contact_resolution(view: View, shown: BranchAnswer) -> None:
    weeks = resolution_rows(view, shown, "week")
    assert weeks["decided"].sum() == shown.answer.fcr.decided
    assert weeks["decided"].sum() - weeks["agreed"].sum() == shown.answer.fcr.not_agreed
