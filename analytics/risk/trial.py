"""Trained on the past, tested on the future: the walk through time that a model of risk is trusted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from scipy.stats import chi2, rankdata

from analytics.risk.model import (
    DRIFT_DAYS,
    LEARNER,
    Calibration,
    Regression,
    RiskModel,
    Trial,
    calibrated,
    drifted,
    drifts,
    fit_regression,
)
from analytics.risk.table import Feature, Vocabulary, table_of
from texts import N_, Message

LEAST_DECIDED, LEAST_NOT_AGREED = 300, 60  # below, a regression of this kind does no better than the class rate
TEACHING = 1 / 3  # of the tickets in order of receipt only teach
PARTS = 12  # that the others are cut into: each is predicted by a model learnt anew, as the product learns monthly
RATE_DAYS = 730  # of decided tickets that the class rate is measured on
RATE_WEIGHT = 20.0  # tickets that the bank's own rate counts as in a class's, at least
DIFFERENT = 0.10  # p-value up to which classes count as different from each other
SURE = 1.28  # standard errors by which the model must beat the class rate (one-sided 10%)
BINS = 10
DAY = np.timedelta64(1, "D")
TOO_FEW = N_(
    "Too few outcomes for a model of risk: {decided} decided, {not_agreed} of them not agreed; it takes {least} and "
    "{least_not_agreed}. Shown is the class rate."
)
NO_BETTER = N_(
    "The model of risk is no better than the class rate on later tickets (mean squared error {brier:.4f} against "
    "{rate:.4f}, {tickets} tickets), so the class rate is shown."
)


@dataclass(frozen=True)
class History:
    """Decided tickets to learn from, all known by the day of training.

    received, decided: days (datetime64), classes: complaint class, not_agreed: bool, each of shape (n,); described:
    what the model sees of each.
    """

    received: np.ndarray
    decided: np.ndarray
    classes: np.ndarray
    not_agreed: np.ndarray
    described: Sequence[dict[Feature, float]]

    def __len__(self) -> int:
        return len(self.received)

    def where(self, chosen: np.ndarray) -> History:
        """Give some of the tickets."""
        rows = np.flatnonzero(chosen)
        return History(
            self.received[rows],
            self.decided[rows],
            self.classes[rows],
            self.not_agreed[rows],
            [self.described[int(row)] for row in rows],
        )


def refusal(history: History) -> Message | None:
    """Say why no model can be trained, with the numbers; None where one can."""
    not_agreed = int(history.not_agreed.sum())
    if len(history) >= LEAST_DECIDED and min(not_agreed, len(history) - not_agreed) >= LEAST_NOT_AGREED:
        return None
    return Message(
        TOO_FEW,
        {
            "decided": len(history),
            "not_agreed": not_agreed,
            "least": LEAST_DECIDED,
            "least_not_agreed": LEAST_NOT_AGREED,
        },
    )


def train(history: History, known_on: date, reading: str) -> RiskModel:
    """Train a model on decided tickets and test it by time.

    Where outcomes are too few the regression is empty: the chances are the class rates, and there is no trial.
    """
    rates, rate = class_rates(history, np.datetime64(known_on) + DAY)
    model = RiskModel(
        known_on=known_on,
        reading=reading,
        decided=len(history),
        not_agreed=int(history.not_agreed.sum()),
        regression=Regression(Vocabulary(()), (), (), float(np.log(rate / (1 - rate)))),
        calibration=Calibration(),
        rates=rates,
        rate=rate,
        learner=LEARNER,
    )
    if refusal(history) is not None:
        return model
    walked = walk(history)
    calibration = calibrated(walked.log_odds, walked.not_agreed)
    late = walked.decided >= np.datetime64(known_on) - DRIFT_DAYS * DAY
    said = calibration.chances(walked.log_odds[late])
    return replace(
        model,
        regression=fit_regression(table_of(history.described), history.not_agreed),
        calibration=calibration,
        drift=drifts(walked.classes[late], said, walked.not_agreed[late]),
        trial=scores(walked),
    )


def unusable(model: RiskModel) -> Message | None:
    """Say why the class rate is shown instead of the model; None where the model stands."""
    trial = model.trial
    if trial is None:
        values = {"decided": model.decided, "not_agreed": model.not_agreed}
        return Message(TOO_FEW, values | {"least": LEAST_DECIDED, "least_not_agreed": LEAST_NOT_AGREED})
    if trial.gain <= SURE * trial.gain_error:
        return Message(NO_BETTER, {"brier": trial.brier, "rate": trial.rate_brier, "tickets": trial.tickets})
    return None


@dataclass(frozen=True)
class Walked:
    """Tickets that were predicted from earlier ones alone, shape (n,) each: the regression's log-odds, the final
    chances with the calibration and drift of that time, and the class rate of that time."""

    received: np.ndarray
    decided: np.ndarray
    classes: np.ndarray
    not_agreed: np.ndarray
    log_odds: np.ndarray
    chances: np.ndarray
    rates: np.ndarray


def walk(history: History) -> Walked:
    """Walk through time: at each cut learn from what was decided before it, and predict what was received after it."""
    cuts = np.quantile(
        history.received.astype("datetime64[s]").astype(np.int64), TEACHING + (1 - TEACHING) * np.arange(PARTS) / PARTS
    )
    cuts = np.unique(cuts.astype("datetime64[s]").astype("datetime64[D]"))
    ends = np.append(cuts[1:], history.received.max().astype("datetime64[D]") + DAY)
    table = table_of(history.described)
    done: list[Walked] = []
    for cut, end in zip(cuts, ends, strict=True):
        known, asked = history.decided < cut, (history.received >= cut) & (history.received < end)
        past, ahead = history.where(known), history.where(asked)
        kinds = past.not_agreed.sum()
        if not len(ahead) or kinds == 0 or kinds == len(past):
            continue
        before = joined(done)
        ended = None if before is None else before.decided < cut
        calibration = Calibration() if before is None else calibrated(before.log_odds[ended], before.not_agreed[ended])
        log_odds = fit_regression(table.where(known), past.not_agreed).log_odds(table.where(asked))
        rates, rate = class_rates(past, cut)
        step = Walked(
            ahead.received,
            ahead.decided,
            ahead.classes,
            ahead.not_agreed,
            log_odds,
            calibration.chances(log_odds),
            np.array([rates.get(str(name), rate) for name in ahead.classes]),
        )
        done.append(_with_drift(before, step))
    whole = joined(done)
    if whole is None:
        raise ValueError("nothing could be predicted from earlier tickets")
    return whole


def joined(parts: Sequence[Walked]) -> Walked | None:
    """Put steps of the walk one after the other; None without any."""
    if not parts:
        return None
    return Walked(*(np.concatenate([getattr(part, name) for part in parts]) for name in Walked.__dataclass_fields__))


def _with_drift(before: Walked | None, step: Walked) -> Walked:
    """Move a step's chances by the drift known on the first of the month in which each ticket came in."""
    chances = step.chances.copy()
    so_far = joined([step] if before is None else [before, step])
    assert so_far is not None
    months = step.received.astype("datetime64[M]")
    for month in np.unique(months):
        day = month.astype("datetime64[D]")
        late = (so_far.decided < day) & (so_far.decided >= day - DRIFT_DAYS * DAY)
        if late.any():
            drift = drifts(so_far.classes[late], so_far.chances[late], so_far.not_agreed[late])
            rows = months == month
            chances[rows] = drifted(step.chances[rows], step.classes[rows], drift)
    return replace(step, chances=chances)


def class_rates(history: History, day: np.datetime64) -> tuple[dict[str, float], float]:
    """Give each class's share not agreed among the tickets decided in the two years before a day, and the bank's.

    A class is drawn to the bank as far as the classes differ no more than chance makes them (variance between classes
    by moments, DerSimonian & Laird 1986), at least as if RATE_WEIGHT more tickets had ended like the bank's. Where
    they are fewer than LEAST_DECIDED, all tickets count.
    """
    late = history.decided >= day - RATE_DAYS * DAY
    if late.sum() < LEAST_DECIDED:
        late = np.ones(len(history), dtype=bool)
    rate = float((history.not_agreed[late].sum() + 1) / (late.sum() + 10)) if len(history) else 0.1
    frame = pd.DataFrame({"class": history.classes[late], "not_agreed": history.not_agreed[late].astype(float)})
    sums = frame.groupby("class")["not_agreed"].agg(["sum", "count"])
    count = sums["count"].to_numpy(float)
    chance = rate * (1 - rate)
    between = float((count * (sums["sum"] / count - rate) ** 2).sum())
    surplus = between - (len(count) - 1) * chance
    if len(count) > 1 and chi2.sf(between / chance, len(count) - 1) > DIFFERENT:
        surplus = 0.0  # chance alone makes classes differ so much
    spread = surplus / float(count.sum() - (count**2).sum() / count.sum()) if len(count) > 1 else 0.0
    weight = max(chance / spread, RATE_WEIGHT) if spread > 0 else np.inf
    pull = 1.0 if np.isinf(weight) else weight / (sums["count"] + weight)
    own = rate + (1 - pull) * (sums["sum"] / sums["count"] - rate)
    return {str(name): float(value) for name, value in own.items()}, rate


def scores(walked: Walked) -> Trial:
    """Score a walk: Brier 1950, the area under the curve, and the calibration error over tenths of the said risks."""
    happened = walked.not_agreed.astype(float)
    model, rate = (walked.chances - happened) ** 2, (walked.rates - happened) ** 2
    gain = rate - model
    bins = reliability(walked.chances, happened)
    return Trial(
        tickets=len(happened),
        not_agreed=int(happened.sum()),
        brier=float(model.mean()),
        rate_brier=float(rate.mean()),
        auc=area_under_curve(walked.chances, walked.not_agreed),
        rate_auc=area_under_curve(walked.rates, walked.not_agreed),
        calibration_error=calibration_error(bins),
        gain=float(gain.mean()),
        gain_error=float(gain.std() / np.sqrt(len(gain))),
        bins=bins,
        first=walked.received.min().astype("datetime64[D]").item(),
        last=walked.received.max().astype("datetime64[D]").item(),
    )


def reliability(chances: np.ndarray, happened: np.ndarray) -> tuple[tuple[float, float, int], ...]:
    """Give (mean chance said, share that happened, tickets) for each tenth of the tickets, lowest chances first."""
    order = np.argsort(chances, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return tuple((float(chances[p].mean()), float(happened[p].mean()), len(p)) for p in parts)


def calibration_error(bins: Sequence[tuple[float, float, int]]) -> float:
    """Give the mean distance between said and happened, weighted by tickets (Naeini et al. 2015)."""
    total = sum(count for _, _, count in bins)
    return float(sum(abs(said - happened) * count for said, happened, count in bins) / total) if total else 0.0


def area_under_curve(chances: np.ndarray, not_agreed: np.ndarray) -> float:
    """Give the chance that a ticket that ended not agreed had the higher chance (Hanley & McNeil 1982); ties half."""
    bad, good = int(not_agreed.sum()), int((~not_agreed).sum())
    if not bad or not good:
        return float("nan")
    return float((rankdata(chances)[not_agreed].sum() - bad * (bad + 1) / 2) / (bad * good))
