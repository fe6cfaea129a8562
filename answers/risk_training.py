"""When a model of risk is trained: by command, and once a month by itself."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from analytics.risk.model import LEARNER, RiskModel
from answers.risk import decided_by, months_asked_for, train_model
from data.risk_models import newest_model
from data.scope import HEAD_OFFICE
from data.store import Store

WISH = "train_risk.json"  # beside the store: a wish of the command line while the product has the store open
GROWN = 1.2  # times the decided tickets that a model knew: history has been brought in since, it is trained anew
WEEK = timedelta(days=7)


def month_of(day: date) -> date:
    """Give the day that the month's model knows everything up to: the first of the month."""
    return day.replace(day=1)


def train_where_stale(store: Store, as_of: date) -> list[RiskModel]:
    """Train the models that the day, the day a week before and readers want and the store lacks; give what was
    trained."""
    trained = []
    for known_on in sorted({month_of(as_of), month_of(as_of - WEEK), *months_asked_for(store)}):
        for reading in readings(store, as_of):
            if is_stale(store, known_on, reading):
                trained.append(train_model(store, known_on, reading))
    return trained


def is_stale(store: Store, known_on: date, reading: str) -> bool:
    """Say whether the store lacks the model of a day, or has been given much more history of that time since, or has
    one that was learnt in another way than models are now."""
    found = newest_model(store, reading, known_on)
    if found is None or found[0] < known_on:
        return decided_by(store, known_on, reading) > 0
    if RiskModel.from_json(found[2]).learner != LEARNER:
        return True
    return decided_by(store, known_on, reading) > GROWN * max(found[1], 1)


def readings(store: Store, as_of: date) -> tuple[str, ...]:
    """Give the readings in use: the first round's outcome always, the final one where a plan chose it."""
    chosen = store.read("plan_readings", HEAD_OFFICE, as_of)["reading"].tolist()
    return ("first", "final") if "final" in chosen else ("first",)


def wish(store_path: Path, as_of: date) -> Path:
    """Ask the running product for a model as of a day; it takes the wish within half a minute."""
    path = store_path.resolve().parent / WISH
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps({"as_of": as_of.isoformat()}), encoding="utf-8")
    unfinished.replace(path)
    return path


def take_wish(store: Store) -> list[RiskModel]:
    """Train what the command line asked for; give what was trained."""
    path = store.path.parent / WISH
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    path.unlink()
    try:
        as_of = date.fromisoformat(json.loads(text)["as_of"])
    except (ValueError, KeyError, TypeError):
        return []
    return [train_model(store, as_of, reading) for reading in readings(store, as_of)]
