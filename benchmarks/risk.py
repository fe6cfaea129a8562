"""Risk of ending not agreed: the product beside the class rate, the bank's rate and the demo bank's planted truth.

`python benchmarks/risk.py [CFPB.csv] [--seeds 7 8 9 11]`: the demo bank walked through time (each ticket predicted from
what was decided before it), then trained on what was known on 1 July 2025 and tested on the half-year after. The same
walk over banks of other seeds. With the public CFPB complaints: trained on those of 2013, tested on those of 2016.
About 30 seconds a bank.

*by chance*: the calibration error that the planted chances themselves would have on as many tickets, mean over draws of
the outcomes: no method gets below it. *learner given the truth's own features*: the same regression, learnt from the
same past tickets, but told every ticket's true temper and whether its demand is unreasonable instead of reading text:
what is left between it and the oracle is what so many outcomes do not teach. *without its shifts*: the planted chances
but for the two changes of a class's level in mid-year. *product told …*: the product's features and that one truth.
*without the manner*: the product without what the threats teach of the words beside them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from scipy.special import expit

from analytics.risk.model import RiskModel
from analytics.risk.table import Feature
from analytics.risk.trial import History, Walked, area_under_curve, calibration_error, reliability, unusable, walk
from answers.risk import described, train_model
from answers.turn_scores import score_all
from data.arrival import bring_in
from data.demo import DEMO_SEED, demo_bank
from data.demo.outcomes import base_log_odds, class_levels
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
    print(f"{'':36s}{'Brier':>8s}{'AUC':>8s}{'calibration error':>20s}")
    for name, chances in said.items():
        error = calibration_error(reliability(chances, happened.astype(float)))
        area = area_under_curve(chances, happened)
        print(f"{name:36s}{((chances - happened) ** 2).mean():8.4f}{area:8.3f}{error:20.3f}")


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


def by_chance(chances: np.ndarray, draws: int = 300) -> float:
    """Give the mean calibration error of true chances on outcomes drawn with them."""
    rng = np.random.default_rng(1)
    drawn = (rng.random((draws, len(chances))) < chances).astype(float)
    return float(np.mean([calibration_error(reliability(chances, happened)) for happened in drawn]))


def true_features(tickets: pd.DataFrame, truth: pd.DataFrame) -> list[dict[Feature, float]]:
    """Describe tickets by what the demo bank's truth says of them, in the place of text, demand and cause."""
    return [
        {
            ("class", complaint_class): 1.0,
            ("channel", channel): 1.0,
            ("manner", f"temper {temper}"): 1.0,
            ("manner", f"unreasonable {unreasonable}"): 1.0,
        }
        for complaint_class, channel, temper, unreasonable in zip(
            tickets["complaint_class"],
            tickets["channel"],
            tickets["ticket_id"].map(truth["temper"]),
            tickets["ticket_id"].map(truth["unreasonable"]),
            strict=True,
        )
    ]


def with_truth(history: History, true: list[dict[Feature, float]], which: str) -> list[dict[Feature, float]]:
    """Give what the product sees of each ticket and one thing more that only the truth knows."""
    return [
        dict(seen) | {feature: value for feature, value in more.items() if feature[1].startswith(which)}
        for seen, more in zip(history.described, true, strict=True)
    ]


def unshifted(tickets: pd.DataFrame, truth: pd.DataFrame) -> np.ndarray:
    """Give the planted chances without anything that changes by time or concerns single branches."""
    hidden = truth.loc[tickets["ticket_id"], ["temper", "unreasonable"]].reset_index(drop=True)
    whole = tickets.assign(temper=hidden["temper"], unreasonable=hidden["unreasonable"].astype(bool))
    level = whole["complaint_class"].map(class_levels(whole)).to_numpy(float)
    chances: np.ndarray = expit(level + base_log_odds(whole))
    return chances


def demo(folder: Path, seed: int) -> None:
    """Walk a demo bank through time; the shipped one also with a model of one day and the half-year after it."""
    store, bank = Store(folder / f"demo{seed}.duckdb"), demo_bank(seed)
    load_demo(store, bank)
    score_all(store)
    of_tickets = bank.truth.tickets.set_index("ticket_id")
    truth = of_tickets["p_not_agreed"].dropna()
    tickets = decided(store, date(2026, 1, 31), date(2023, 1, 1))
    tickets = tickets[tickets["ticket_id"].isin(truth.index)].reset_index(drop=True)
    history = history_of(tickets)
    walked = walk(history)
    true = true_features(tickets, of_tickets)
    told = walk(replace(history, described=true))
    of_temper = walk(replace(history, described=with_truth(history, true, "temper")))
    of_demand = walk(replace(history, described=with_truth(history, true, "unreasonable")))
    with patch("analytics.risk.model.fit_manner", return_value=None):
        without_manner = walk(history)
    # A walk keeps the order of receipt from its first cut on.
    order = tickets.tail(len(walked.chances)).reset_index(drop=True)
    assert np.array_equal(order["received_at"].to_numpy("datetime64[us]"), walked.received)
    planted = order["ticket_id"].map(truth).to_numpy(float)
    compared = {
        "planted truth (oracle)": planted,
        "planted truth without its shifts": unshifted(tickets, of_tickets)[-len(planted) :],
        "product": walked.chances,
        "product told the true temper": of_temper.chances,
        "product told what is unreasonable": of_demand.chances,
        "product without the manner": without_manner.chances,
        "class rate": walked.rates,
        "learner given the truth's features": told.chances,
    }
    name = f"Demo bank, seed {seed}" + (" (shipped)" if seed == DEMO_SEED else "")
    table(f"{name}, each ticket predicted from earlier ones", walked.not_agreed, compared)
    halves(walked, planted)
    if seed == DEMO_SEED:
        model = train_model(store, date(2025, 7, 1))
        later = tickets[tickets["received_at"] >= pd.Timestamp(2025, 7, 1)]
        later = later[later["outcome_at"] > pd.Timestamp(2025, 7, 1)]
        oracle = {"planted truth (oracle)": later["ticket_id"].map(truth).to_numpy(float)}
        happened = later["outcome"].eq("not_agreed").to_numpy(bool)
        table(f"{name}, trained by 2025-07-01, received later", happened, oracle | of_model(model, later))
    store.close()


def halves(walked: Walked, planted: np.ndarray) -> None:
    """Print the calibration error of each half-year."""
    half = walked.received.astype("datetime64[M]").astype(int) // 6
    print(f"{'calibration error':22s}{'tickets':>10s}{'product':>9s}{'oracle':>9s}{'by chance':>11s}")
    parts = [(f"half-year of {np.datetime64(int(one) * 6, 'M')}", half == one) for one in np.unique(half)]
    for name, rows in [*parts, ("the whole walk", np.ones(len(half), dtype=bool))]:
        happened = walked.not_agreed[rows].astype(float)
        product, oracle = (
            calibration_error(reliability(one[rows], happened)) for one in (walked.chances, planted)
        )  # fmt: skip
        print(f"{name:22s}{rows.sum():10d}{product:9.3f}{oracle:9.3f}{by_chance(planted[rows]):11.3f}")


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cfpb", nargs="?", type=Path, help="the public CFPB complaints")
    parser.add_argument("--seeds", type=int, nargs="*", default=[], help="further demo banks")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for one in [DEMO_SEED, *arguments.seeds]:
            demo(Path(place), one)
        if arguments.cfpb:
            cfpb(Path(place), arguments.cfpb)
