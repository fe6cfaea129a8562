"""The process of one small log: by hand, and against PM4Py on the same log where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data.intake import import_frame
from data.scope import HEAD_OFFICE
from data.store import Store

MOMENTS = {
    "received": "received_at",
    "dispatched": "dispatched_at",
    "first_contact": "first_contact_at",
    "first_reply": "first_reply_at",
}
AS_OF = date(2025, 12, 31)
ASKED = {"complaint_class": "提前还款", "first_year": 2025, "last_year": 2025}


def tickets(number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tickets at random with steps in the usual order, some sent back, some with further rounds; no two steps of a
    ticket at one moment, so that no tool has to guess their order."""
    draw = np.random.default_rng(7)
    rows, events = [], []
    for n in range(number):
        moment = datetime(2025, 1, 6, 9) + timedelta(minutes=int(draw.integers(0, 200 * 1440)))
        row: dict[str, object] = {
            "ticket_id": f"T{n:04d}",
            "customer_id": f"C{n:04d}",
            "complaint_class": "提前还款",
            "branch_id": f"B{n % 5}",
            "received_at": moment,
        }

        def later(moment: datetime) -> datetime:
            return moment + timedelta(minutes=int(draw.integers(1, 3_000)))

        moment = row["dispatched_at"] = later(moment)
        if draw.random() < 0.2:
            for event in ("returned", "redispatched"):
                moment = later(moment)
                events.append({"ticket_id": row["ticket_id"], "event": event, "at": moment})
        for column in ("first_contact_at", "first_reply_at", "first_outcome_at"):
            moment = row[column] = later(moment)
        row["first_outcome"] = draw.choice(["agreed", "not_agreed"])
        for _ in range(int(draw.integers(0, 3)) if row["first_outcome"] == "not_agreed" else 0):
            moment = later(moment)
            events.append({"ticket_id": row["ticket_id"], "event": "round_outcome", "at": moment})
        row["closed_at"], row["final_outcome"] = later(moment), draw.choice(["agreed", "not_agreed"])
        rows.append(row)
    return pd.DataFrame(rows), pd.DataFrame(events)


@pytest.fixture(scope="module")
def log() -> tuple[pd.DataFrame, pd.DataFrame]:
    return tickets(120)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, log: tuple[pd.DataFrame, pd.DataFrame]) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("log") / "store.duckdb"
    opened = Store(path)
    with opened.writing() as cursor:
        for kind, rows in zip(("tickets", "events"), log, strict=True):
            table = pa.Table.from_pandas(rows, preserve_index=False)
            import_frame(cursor, kind, table, name=kind, recorded_on=AS_OF)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def transitions(store: Store) -> pd.DataFrame:
    found = store.read("transitions", HEAD_OFFICE, AS_OF, **ASKED)
    return found[found["branch_id"].isna()]


def flat(log: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """The log as any process tool reads it: a row a step."""
    rows, events = log
    parts = [
        rows[["ticket_id", column]].set_axis(["case", "at"], axis=1).assign(step=step)
        for step, column in MOMENTS.items()
    ]
    for column, outcome, prefix in (
        ("first_outcome_at", "first_outcome", "first_"),
        ("closed_at", "final_outcome", "closed_"),
    ):
        part = rows[["ticket_id", column]].set_axis(["case", "at"], axis=1)
        parts.append(part.assign(step=prefix + rows[outcome]))
    parts.append(events.set_axis(["case", "step", "at"], axis=1))
    steps = pd.concat(parts, ignore_index=True)
    return steps.sort_values(["case", "at"], ignore_index=True)


def test_transitions_are_the_steps_that_follow_each_other(
    transitions: pd.DataFrame, log: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    counts: dict[tuple[str, str], list[float]] = {}
    for _, own in flat(log).groupby("case"):
        steps, moments = own["step"].tolist(), own["at"].tolist()
        for place in range(len(steps) - 1):
            hours = (moments[place + 1] - moments[place]).total_seconds() / 3_600
            counts.setdefault((steps[place], steps[place + 1]), []).append(hours)
    assert len(transitions) == len(counts)
    for row in transitions.itertuples():
        by_hand = counts[row.step, row.next_step]
        assert row.transitions == len(by_hand)
        assert row.median_hours == pytest.approx(float(np.median(by_hand)))


def test_pm4py_finds_the_same_process(transitions: pd.DataFrame, log: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    pm4py = pytest.importorskip("pm4py", exc_type=ImportError)
    steps = flat(log).set_axis(["case:concept:name", "time:timestamp", "concept:name"], axis=1)
    steps["time:timestamp"] = steps["time:timestamp"].dt.tz_localize("UTC")
    graph, starts, _ends = pm4py.discover_dfg(steps)
    ours = {(row.step, row.next_step): row.transitions for row in transitions.itertuples()}
    assert ours == dict(graph.items())
    assert starts == {"received": 120}
    waits, _, _ = pm4py.discover_performance_dfg(steps)
    for row in transitions.itertuples():
        assert row.median_hours == pytest.approx(waits[row.step, row.next_step]["median"] / 3_600, abs=1e-6)
