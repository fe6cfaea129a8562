"""The risk of every open ticket: which model holds on a day, what it says, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.breach import DIGITS
from analytics.delay import LONGEST
from analytics.risk.features import features_of
from analytics.risk.model import RiskModel
from analytics.risk.reasons import reasons
from analytics.risk.table import Feature
from analytics.risk.trial import History, train, unusable
from analytics.text.tendency import THREATS, without_threats
from answers.kept import kept
from answers.lately import lately
from answers.turn_scores import moods_of, tendencies_of
from data.masking import mask_columns
from data.plans import plans
from data.risk_models import keep_model, newest_model
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from texts import N_, Message

HISTORY_DAYS = 3 * 365  # of tickets that a model learns from
MOST_LEARNT = 40_000  # tickets; of more, as many are drawn
OLDEST = 100  # days after which a model is no longer asked
MOST_OPEN = 60_000  # open tickets that risks are worked out for
NO_MODEL = N_("No model of risk has been trained with what was known by {day}; shown is the class rate.")
COLUMNS = [
    *("ticket_id", "customer_id", "received_at", "complaint_class", "branch_id", "channel", "cause", "demand"),
    *("amount", "risk", "class_rate", "reasons"),
]


# Months that readers looked at without a model of their own: the background trains them (answers/risk_training.py).
_asked_for: set[tuple[str, date]] = set()


def months_asked_for(store: Store) -> list[date]:
    """Give, once, the days (firsts of months) whose model readers of this process missed."""
    own = [one for one in _asked_for.copy() if one[0] == str(store.path)]
    _asked_for.difference_update(own)
    return sorted(day for _, day in own)


@dataclass(frozen=True)
class RiskBasis:
    """What the risks of a day rest on. model: the newest that holds, None without any. refusal: why the class rate is
    shown instead of the model, None where the model stands."""

    model: RiskModel | None
    refusal: Message | None


def train_model(store: Store, known_on: date, reading: str = "first") -> RiskModel:
    """Train a model on what was known by the end of a day, test it by time, and keep it.

    It takes the store's own decided tickets, all classes and branches together.
    """
    since = known_on - timedelta(days=HISTORY_DAYS)
    tickets = store.read(
        "risk_tickets",
        HEAD_OFFICE,
        known_on,
        reading=reading,
        since=since,
        open=False,
        complaint_class=None,
        most=MOST_LEARNT,
    ).sort_values(["received_at", "ticket_id"])
    history = History(
        received=tickets["received_at"].to_numpy("datetime64[us]"),
        decided=tickets["outcome_at"].to_numpy("datetime64[us]"),
        classes=tickets["complaint_class"].to_numpy(object),
        not_agreed=tickets["outcome"].eq("not_agreed").to_numpy(bool),
        described=described(tickets),
    )
    model = train(history, known_on, reading)
    keep_model(store, reading, known_on, decided_by(store, known_on, reading), model.to_json())
    return model


def decided_by(store: Store, day: date, reading: str) -> int:
    """Give how many tickets a model of a day could learn from."""
    since = day - timedelta(days=HISTORY_DAYS)
    return int(store.read("decided_count", HEAD_OFFICE, day, reading=reading, since=since)["decided"].iloc[0])


def risk_basis(store: Store, as_of: date, reading: str = "first") -> RiskBasis:
    """Give the model that holds on a day: the newest that knew nothing later, at most OLDEST days old.

    A month without a model of its own is noted for the background to train.
    """

    def work() -> RiskBasis:
        found = newest_model(store, reading, as_of)
        if found is None or found[0] < as_of.replace(day=1):
            _asked_for.add((str(store.path), as_of.replace(day=1)))
        if found is None or (as_of - found[0]).days > OLDEST:
            return RiskBasis(None, Message(NO_MODEL, {"day": str(as_of)}))
        model = RiskModel.from_json(found[2])
        return RiskBasis(model, unusable(model))

    return kept(store, ("risk_basis", as_of, reading), work)


def described(tickets: pd.DataFrame) -> list[dict[Feature, float]]:
    """Describe tickets of data/queries/risk_tickets.sql for a model."""
    narratives = [text if isinstance(text, str) else "" for text in tickets["narrative"]]
    tendencies = [tendencies_of(text) for text in narratives]
    beside = [
        text if kinds.isdisjoint(THREATS) else without_threats(text)
        for text, kinds in zip(narratives, tendencies, strict=True)
    ]
    return features_of(tickets, moods_of(narratives), tendencies, beside)


def open_risks(store: Store, scope: Scope, complaint_class: str | None, year: int, as_of: date) -> pd.DataFrame:
    """Give every open ticket of a class (None: of all) with its risk of ending not agreed, riskiest first.

    Open: received in the last LONGEST days and without an outcome in the reading of its class's plan of the year.
    Columns: COLUMNS; risk and class_rate are chances, 0–1; reasons is a tuple of messages, empty where the risk is the
    class rate (see `risk_basis`).
    """

    def work() -> pd.DataFrame:
        parts = [_of_reading(store, scope, reading, as_of) for reading in ("first", "final")]
        found = parts[0]
        if not parts[1].empty:
            final = {name for name in parts[1]["complaint_class"].unique() if _reading(store, scope, name, year, as_of)}
            found = pd.concat(
                [
                    parts[0][~parts[0]["complaint_class"].isin(final)],
                    parts[1][parts[1]["complaint_class"].isin(final)],
                ],
                ignore_index=True,
            )
        return found.sort_values(["risk", "ticket_id"], ascending=[False, True], ignore_index=True)

    whole = lately(store, ("open_risks", scope, year, as_of), work)
    return whole if complaint_class is None else whole[whole["complaint_class"] == complaint_class]


def _reading(store: Store, scope: Scope, name: str, year: int, as_of: date) -> bool:
    """Say whether the plan in force of a class reads the final outcome."""
    versions = plans(store, scope, name, year, as_of)
    return bool(versions) and versions[-1].reading == "final"


def _of_reading(store: Store, scope: Scope, reading: str, as_of: date) -> pd.DataFrame:
    tickets = store.read(
        "risk_tickets",
        scope,
        as_of,
        reading=reading,
        since=as_of - timedelta(days=LONGEST),
        open=True,
        complaint_class=None,
        most=MOST_OPEN,
    )
    basis = risk_basis(store, as_of, reading)
    classes = tickets["complaint_class"].to_numpy(object)
    if basis.model is None:
        rates = _plain_rates(store, scope, reading, as_of)
        rate = np.array([rates.get(str(name), np.nan) for name in classes], dtype=float)
        return tickets.assign(risk=rate, class_rate=rate, reasons=[()] * len(tickets))[COLUMNS]
    rate = np.array([basis.model.class_rate(str(name)) for name in classes], dtype=float)
    if basis.refusal is not None or tickets.empty:
        return tickets.assign(risk=rate, class_rate=rate, reasons=[()] * len(tickets))[COLUMNS]
    of = described(tickets)
    seen = mask_columns(tickets)["narrative"].fillna("")
    told = [reasons(basis.model, *one) for one in zip(of, classes.astype(str), seen, strict=True)]
    risk = np.round(basis.model.chances(of, classes), DIGITS)
    return tickets.assign(risk=risk, class_rate=rate, reasons=told)[COLUMNS]


def _plain_rates(store: Store, scope: Scope, reading: str, as_of: date) -> dict[str, float]:
    """Give the share not agreed by class among the last year's decided tickets, where no model has been trained."""
    counted = store.read("class_rates", scope, as_of, reading=reading)
    return dict(zip(counted["complaint_class"].astype(str), counted["rate"].astype(float), strict=True))


def customer_risks(
    store: Store, scope: Scope, complaint_class: str, year: int, as_of: date, reading: str
) -> tuple[float, ...] | None:
    """Give the risk of every open customer of a class who is not yet counted, the highest of their tickets.

    None where no valid model stands: then the class's own rate is the better guess.
    """
    if risk_basis(store, as_of, reading).refusal is not None:
        return None
    wanted = store.read(
        "open_customers", scope, as_of, complaint_class=complaint_class, year=year, reading=reading, longest=LONGEST
    )
    tickets = open_risks(store, scope, complaint_class, year, as_of)
    risks = tickets.groupby("customer_id")["risk"].max().reindex(wanted["customer_id"])
    return None if risks.isna().any() else tuple(float(risk) for risk in risks)
