"""Cases that are alike and were treated differently, to be read side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

# What makes two tickets less alike, in one currency: another cause counts as much as an amount e times as large.
OTHER_CAUSE, OTHER_DEMAND, DAYS_OF_ONE = 1.0, 1.0, 180.0
MOST_COMPARED = 400  # newest tickets of each side


def comparable_pairs(one: pd.DataFrame, other: pd.DataFrame, most: int = 3) -> list[tuple[str, str]]:
    """Give up to `most` pairs (ticket of `one`, ticket of `other`), the most alike first, no ticket twice.

    one, other: ticket_id, received_at, cause, demand, amount (yuan; NaN where none). Distance: |log of the amounts'
    ratio| (1 where one is unknown) + OTHER_CAUSE + OTHER_DEMAND where these differ + days apart ÷ DAYS_OF_ONE.
    """
    left, right = one.head(MOST_COMPARED), other.head(MOST_COMPARED)
    if left.empty or right.empty:
        return []
    distance = _apart(left["amount"], right["amount"])
    for column, weight in (("cause", OTHER_CAUSE), ("demand", OTHER_DEMAND)):
        distance += weight * (
            left[column].fillna("").to_numpy(dtype=object)[:, None]
            != right[column].fillna("").to_numpy(dtype=object)[None, :]
        )
    days = (
        left["received_at"].to_numpy()[:, None].astype("datetime64[D]")
        - right["received_at"].to_numpy()[None, :].astype("datetime64[D]")
    ).astype(float)
    distance += np.abs(days) / DAYS_OF_ONE
    pairs: list[tuple[str, str]] = []
    for _ in range(min(most, len(left), len(right))):
        first, second = np.unravel_index(int(distance.argmin()), distance.shape)
        pairs.append((str(left["ticket_id"].iloc[first]), str(right["ticket_id"].iloc[second])))
        distance[first, :] = np.inf
        distance[:, second] = np.inf
    return pairs


def contradictions(replies: pd.DataFrame, most: int = 3) -> list[tuple[str, str]]:
    """Give up to `most` pairs of tickets in which one customer got two positions on one question, newest first.

    replies: ticket_id, customer_id, question_key, position, received_at.
    """
    told = replies[replies["position"].notna()].sort_values("received_at", ascending=False, kind="stable")
    asked = ["customer_id", "question_key"]
    twice = told[told.duplicated(asked, keep=False)]
    twice = twice[twice.groupby(asked)["position"].transform("nunique") > 1]
    pairs = []
    for _, own in twice.groupby(asked, sort=False):
        newest = own.iloc[0]
        before = own[own["position"] != newest["position"]].iloc[0]
        pairs.append((str(newest["ticket_id"]), str(before["ticket_id"])))
        if len(pairs) == most:
            break
    return pairs


def _apart(one: pd.Series, other: pd.Series) -> np.ndarray:
    left = one.to_numpy(dtype=float)[:, None]
    right = other.to_numpy(dtype=float)[None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.abs(np.log(left) - np.log(right))
    result: np.ndarray = np.where(np.isfinite(distance), distance, 1.0)
    return result
