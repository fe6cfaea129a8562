"""Risk of ending not agreed: the product beside the class rate, the bank's rate and the demo bank's planted truth.

`python benchmarks/risk.py [CFPB.csv]`: the demo bank walked through time (each ticket predicted from what was decided
before it), then trained on what was known on 1 July 2025 and tested on the half-year after. With the public CFPB
complaints: trained on those of 2013, tested on those of 2016. Under a minute.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.risk.model import RiskModel
from analytics.risk.trial import History, area_under_curve, calibration_error, reliability, unusable, walk
from answers.risk import described, train_model
from answers.turn_scores import score_all
from data.arrival import bring_in
from data.demo import demo_bank
from data.demo_store import load_demo
from data.scope import HEAD_OFFICE
from data.store import Store
from texts import render

EVERYTHING = 200_000


def decided(store: Store, as_of: date, since: date) -> pd.DataFrame:
    """Give the decided tickets as they stood while their first round was open, by receipt."""
    tickets = store.read(
        "risk_tickets", HEAD_OFFICE, as_of, reading="first", since=since, open=False, complaint_class=None,
        most=EVERYTHING,
    )  # fmt: skip
    return tickets.sort_values(["received_at", "ticket_id"], ignore_index=True)


def history_of(tickets: pd.DataFrame) -> History:
    """Give decided tickets as a model learns them."""
    return History(
        received=tickets["received_at"].to_numpy("datetime64[us]"),
        decided=tickets["outcome_at"].to_numpy("datetime64[us]"),
        classes=tickets["complaint_class"].to_numpy(object),
        not_agreed=tickets["outcome"].eq("not_agreed").to_numpy(bool),
        described=described(tickets),
    )


def table(title: str, happened: np.ndarray, said: Mapping[str, np.ndarray]) -> None:
    """Print Brier score, area under the curve and calibration error of several chances of the same tickets."""
    print(f"\n{title}: {len(happened)} tickets, {happened.sum()} not agreed")
    print(f"{'':34s}{'Brier':>8s}{'AUC':>8s}{'calibration error':>20s}")
    for name, chances in said.items():
        error = calibration_error(reliability(chances, happened.astype(float)))
        area = area_under_curve(chances, happened)
        print(f"{name:34s}{((chances - happened) ** 2).mean():8.4f}{area:8.3f}{error:20.3f}")


def of_model(model: RiskModel, tickets: pd.DataFrame) -> dict[str, np.ndarray]:
    """Give what the product says of tickets, and what it is compared with."""
    classes = tickets["complaint_class"].to_numpy(object)
    rate = np.array([model.class_rate(str(name)) for name in classes])
    regression = model.chances(described(tickets), classes)
    refusal = unusable(model)
    return {
        "product" + (" (falls back to class rate)" if refusal else ""): rate if refusal else regression,
        "class rate": rate,
        "bank's rate": np.full(len(tickets), model.rate),
        **({"model that was refused": regression} if refusal else {}),
    }


def demo(folder: Path) -> None:
    """Walk the demo bank through time."""
    store = Store(folder / "demo.duckdb")
    load_demo(store)
    score_all(store)
    truth = demo_bank().truth.tickets.set_index("ticket_id")["p_not_agreed"].dropna()
    tickets = decided(store, date(2026, 1, 31), date(2023, 1, 1))
    tickets = tickets[tickets["ticket_id"].isin(truth.index)].reset_index(drop=True)
    walked = walk(history_of(tickets))
    planted = tickets.assign(planted=tickets["ticket_id"].map(truth))
    # A walk keeps the order of receipt from its first cut on.
    order = planted.tail(len(walked.chances)).reset_index(drop=True)
    assert np.array_equal(order["received_at"].to_numpy("datetime64[us]"), walked.received)
    compared = {
        "planted truth (oracle)": order["planted"].to_numpy(float),
        "product": walked.chances,
        "class rate": walked.rates,
    }
    table("Demo bank, each ticket predicted from earlier ones", walked.not_agreed, compared)
    model = train_model(store, date(2025, 7, 1))
    later = tickets[tickets["received_at"] >= pd.Timestamp(2025, 7, 1)]
    later = later[later["outcome_at"] > pd.Timestamp(2025, 7, 1)]
    oracle = {"planted truth (oracle)": later["ticket_id"].map(truth).to_numpy(float)}
    happened = later["outcome"].eq("not_agreed").to_numpy(bool)
    table("Demo bank, trained by 2025-07-01, received later", happened, oracle | of_model(model, later))
    store.close()


def cfpb(folder: Path, file: Path) -> None:
    """Train on the CFPB complaints of 2013 and test on those of 2016."""
    store = Store(folder / "cfpb.duckdb")
    bring_in(store, file)
    model = train_model(store, date(2013, 12, 31))
    later = decided(store, date(2017, 1, 1), date(2016, 1, 1))
    happened = later["outcome"].eq("not_agreed").to_numpy(bool)
    table("CFPB, trained on 2013, tested on 2016", happened, of_model(model, later))
    refusal = unusable(model)
    print("The product says:", "the model stands" if refusal is None else render(refusal, "en"))
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        demo(Path(place))
        if len(sys.argv) > 1:
            cfpb(Path(place), Path(sys.argv[1]))
