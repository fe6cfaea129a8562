"""What a ticket is about: customer, cause, demand, channel, amount, question, temper; and repeats of a matter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.demo.material import ClassMaterial, classes
from data.demo.volume import Receipts, time_of_day

CHANNELS = {
    "电话": 0.34,
    "营业现场": 0.22,
    "移动客户端": 0.17,
    "网络公众平台": 0.08,
    "网银": 0.03,
    "第三方渠道": 0.04,
    "监管转办": 0.12,
}
REGULATOR_CHANNEL = "监管转办"
TEMPERS = {"calm": 0.40, "annoyed": 0.35, "angry": 0.19, "threatening": 0.06}
QUESTION_ASKED = 0.85  # share of the tickets of a cause with a question in which it was asked and answered
FITTING = 12.0  # how much likelier a demand is where it fits the cause
SECOND_CLASS = 0.05  # share of customers who also complain about another class
REPEATS = {"duplicate": 0.03, "agreed": 0.04, "not_agreed": 0.14}


def draw_matters(receipts: Receipts, branches: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give a row a complaining customer and class: the columns of a ticket that are known on receipt.

    Hidden beside them: temper, unreasonable.
    """
    count = len(receipts.day)
    table = pd.DataFrame(
        {
            "complaint_class": receipts.complaint_class,
            "received_at": receipts.day.astype("datetime64[us]") + time_of_day(count, rng),
            "branch_id": branches["branch_id"].to_numpy()[receipts.branch],
            "channel": rng.choice(list(CHANNELS), count, p=list(CHANNELS.values())),
            "temper": rng.choice(list(TEMPERS), count, p=list(TEMPERS.values())),
        }
    )
    table = pd.concat([_matter(name, group, rng) for name, group in table.groupby("complaint_class", sort=False)])
    table = table.sort_values("received_at", kind="stable", ignore_index=True)
    table["customer_id"] = _customers(table, rng)
    return table


def _matter(complaint_class: object, group: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add product, cause, demand, question, approval and amount to the tickets of one class."""
    material = classes()[str(complaint_class)]
    count = len(group)
    cause = rng.choice(len(material.causes), count, p=[cause.share for cause in material.causes])
    weights = _demand_weights(material)
    demand = (rng.random(count)[:, None] > weights.cumsum(axis=1)[cause]).sum(axis=1)
    questions = np.array([cause.question for cause in material.causes], dtype=object)[cause]
    asked = rng.random(count) < QUESTION_ASKED
    amount = material.amount_median * np.exp(rng.normal(0, 0.7, count))
    return group.assign(
        product=rng.choice(material.products, count),
        business_type=material.business_type,
        department=material.department,
        cause=np.array([cause.name for cause in material.causes], dtype=object)[cause],
        industry_cause=np.array([cause.industry_cause for cause in material.causes], dtype=object)[cause],
        demand=np.array([demand.name for demand in material.demands], dtype=object)[demand],
        unreasonable=np.array([demand.unreasonable for demand in material.demands])[demand],
        approval_requested=np.array([demand.approval for demand in material.demands], dtype=object)[demand],
        question_key=pd.Series(questions, index=group.index).where(asked),
        amount=np.where(amount >= 50_000, np.round(amount, -3), np.round(amount, 0)),
    )


def _demand_weights(material: ClassMaterial) -> np.ndarray:
    """Give the shares of the demands by cause (causes × demands).

    A demand that fits the cause is likelier; unreasonable ones have the same share in every cause.
    """
    unreasonable = np.array([demand.unreasonable for demand in material.demands])
    share = np.array([demand.share for demand in material.demands])
    fits = np.array([[cause.name in demand.fits for demand in material.demands] for cause in material.causes])
    weights = np.where(fits, FITTING * share, share)
    reasonable = np.where(unreasonable, 0.0, weights)
    reasonable *= (1 - share[unreasonable].sum()) / reasonable.sum(axis=1, keepdims=True)
    total: np.ndarray = np.where(unreasonable, share, reasonable)
    total[:, -1] += 1e-9  # so that no uniform draw falls behind the last share
    return total


def _customers(table: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Give every row a customer of its own, and let a few customers complain about a second class too."""
    count = len(table)
    numbers = rng.permutation(np.arange(100_000, 100_000 + 3 * count))[:count]
    identity = np.char.add("C", numbers.astype(str)).astype(object)
    order = rng.permutation(count)
    pairs = int(SECOND_CLASS * count)
    second, first = order[:pairs], order[pairs : 2 * pairs]
    classes_of = table["complaint_class"].to_numpy()
    differ = classes_of[second] != classes_of[first]
    identity[second[differ]] = identity[first[differ]]
    return identity


def draw_repeats(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give further tickets of the same customers about the same matter, received in the same calendar year.

    tickets: with first_outcome and first_outcome_at. A few are duplicates sent while the first is still open, the
    others come after its outcome, more of them where it was not agreed.
    """
    count = len(tickets)
    received = tickets["received_at"].to_numpy()
    decided = tickets["first_outcome_at"].to_numpy()
    not_agreed = (tickets["first_outcome"] == "not_agreed").to_numpy()
    draw = rng.random(count)
    duplicate = draw < REPEATS["duplicate"]
    after = ~duplicate & (draw < REPEATS["duplicate"] + np.where(not_agreed, REPEATS["not_agreed"], REPEATS["agreed"]))
    wait = np.where(duplicate, rng.integers(1, 4, count), rng.integers(2, 46, count)).astype("timedelta64[D]")
    start = np.where(duplicate, received, decided).astype("datetime64[D]")
    again = (start + wait).astype("datetime64[us]") + time_of_day(count, rng)
    same_year = again.astype("datetime64[Y]") == received.astype("datetime64[Y]")
    chosen = (duplicate | after) & same_year
    repeats = tickets.loc[chosen].copy()
    repeats["received_at"] = again[chosen]
    repeats["channel"] = rng.choice(list(CHANNELS), len(repeats), p=list(CHANNELS.values()))
    worse = {"calm": "annoyed", "annoyed": "angry", "angry": "angry", "threatening": "threatening"}
    repeats["temper"] = repeats["temper"].map(worse)
    return repeats
