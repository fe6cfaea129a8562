"""A logistic regression with normal priors, kept as plain numbers: fitted, asked, written and read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit, logit

from analytics.risk.features import PRIOR_SD, prior_sds, vocabulary_of
from analytics.risk.logistic import posterior_mode
from analytics.risk.manner import fit_manner
from analytics.risk.table import Feature, Table, Vocabulary, table_of

DRIFT_DAYS = 120  # of decided tickets that tell whether a class does worse of late than its tickets would suggest
DRIFT_WEIGHT = 20.0  # tickets expected not agreed that the prior (no drift) counts as
CALIBRATION_SD = (0.3, 0.1)  # priors of intercept and slope around 0 and 1
LEARNER = 2  # the way of learning: the running month's model is trained anew where it was learnt in another way
CLOSEST = 1e-4  # a chance is never said to be nearer to 0 or 1


@dataclass(frozen=True)
class Regression:
    """Coefficients in log-odds by feature, the intercept, and the mean value of each feature in the tickets learnt."""

    vocabulary: Vocabulary
    coefficients: tuple[float, ...]
    means: tuple[float, ...]
    intercept: float

    def log_odds(self, table: Table) -> np.ndarray:
        """Give the log-odds of every ticket, shape (n,)."""
        odds: np.ndarray = table.columns(self.vocabulary) @ np.array(self.coefficients, dtype=float) + self.intercept
        return odds

    def shares(self, of: dict[Feature, float]) -> dict[Feature, float]:
        """Give what each feature of a ticket adds to its log-odds, against the average ticket."""
        place = self.vocabulary.place
        return {
            feature: self.coefficients[place[feature]] * (value - self.means[place[feature]])
            for feature, value in of.items()
            if feature in place
        }


def fit_regression(table: Table, not_agreed: np.ndarray) -> Regression:
    """Fit the posterior mode of a logistic regression; priors N(0, prior_sds²) on log-odds, none on the intercept.

    Hoerl & Kennard 1970 (ridge); le Cessie & van Houwelingen 1992, Applied Statistics 41:191 (logistic). not_agreed:
    bool, shape (n,), with both values in it. The customer's manner is one more column; as it is a sum over words, what
    it adds is kept as coefficients of these words.
    """
    vocabulary = vocabulary_of(table)
    matrix = table.columns(vocabulary)
    scale = prior_sds(table, vocabulary)
    manner = fit_manner(table)
    if manner is not None:
        matrix = sparse.hstack([matrix, sparse.csr_matrix(manner.scores[:, np.newaxis])])
        scale = np.append(scale, PRIOR_SD["manner"])
    if not len(scale):
        return Regression(vocabulary, (), (), float(logit(np.clip(not_agreed.mean(), CLOSEST, 1 - CLOSEST))))
    scaled, intercept = posterior_mode(matrix.multiply(scale).tocsr(), not_agreed)
    weights = (scaled * scale).tolist()
    of_manner = 0.0 if manner is None else weights.pop()
    coefficients: dict[Feature, float] = dict(zip(vocabulary.features, weights, strict=True))
    if manner is not None:
        intercept -= of_manner * manner.mean
        for feature, weight in manner.weights.items():
            coefficients[feature] = coefficients.get(feature, 0.0) + of_manner * weight
    vocabulary = Vocabulary(tuple(coefficients))
    means = np.asarray(table.columns(vocabulary).mean(axis=0)).ravel()
    return Regression(vocabulary, tuple(coefficients.values()), tuple(means.tolist()), intercept)


@dataclass(frozen=True)
class Calibration:
    """log-odds said = intercept + slope × log-odds of the regression (Platt 1999)."""

    intercept: float = 0.0
    slope: float = 1.0

    def chances(self, log_odds: np.ndarray) -> np.ndarray:
        """Give chances, 0–1, from the regression's log-odds."""
        chances: np.ndarray = np.clip(expit(self.intercept + self.slope * log_odds), CLOSEST, 1 - CLOSEST)
        return chances


def calibrated(log_odds: np.ndarray, not_agreed: np.ndarray) -> Calibration:
    """Fit a calibration on tickets the regression had not seen; few tickets leave it near to none (priors)."""
    if not len(log_odds):
        return Calibration()

    def loss(at: np.ndarray) -> float:
        line = at[0] + at[1] * log_odds
        fit = np.logaddexp(0, line).sum() - line[not_agreed].sum()
        prior = (at[0] / CALIBRATION_SD[0]) ** 2 / 2 + ((at[1] - 1) / CALIBRATION_SD[1]) ** 2 / 2
        return float(fit + prior)

    found = minimize(loss, np.array([0.0, 1.0]), method="L-BFGS-B", bounds=[(-3, 3), (0, 3)])
    return Calibration(float(found.x[0]), float(found.x[1]))


def drifts(classes: np.ndarray, chances: np.ndarray, not_agreed: np.ndarray) -> dict[str, float]:
    """Give by class the log of (observed + w) ÷ (expected + w) among the tickets decided of late.

    A class whose outcomes have worsened for a reason that no ticket shows (a new rule, a product in trouble) is told
    by this alone; w = DRIFT_WEIGHT draws a small class to no drift.
    """
    frame = pd.DataFrame({"class": classes, "expected": chances, "observed": not_agreed.astype(float)})
    sums = frame.groupby("class")[["expected", "observed"]].sum()
    ratio = np.log((sums["observed"] + DRIFT_WEIGHT) / (sums["expected"] + DRIFT_WEIGHT))
    return {str(name): float(value) for name, value in ratio.items()}


@dataclass(frozen=True)
class Trial:
    """How the model did on later tickets than it had learnt from, beside the class rate known at the same time.

    tickets, not_agreed: how many were tested, and ended so. brier, auc, calibration_error: the model's; rate_brier,
    rate_auc: the class rate's. gain, gain_error: mean of Brier of rate − Brier of model by ticket, and its standard
    error. bins: (said, happened, tickets) by tenth of the said risks. first, last: days of receipt of what was tested.
    """

    tickets: int
    not_agreed: int
    brier: float
    rate_brier: float
    auc: float
    rate_auc: float
    calibration_error: float
    gain: float
    gain_error: float
    bins: tuple[tuple[float, float, int], ...]
    first: date
    last: date


@dataclass(frozen=True)
class RiskModel:
    """A model as of a day.

    reading: whose outcome it learnt, 'first' or 'final'. decided, not_agreed: tickets learnt from. drift: by class, in
    log-odds. rates: by class, the share not agreed of the last year drawn to the bank's; the fallback. rate: the
    bank's. trial: the test on later tickets; None where there were too few to hold any back.
    learner: the way in which it was learnt (LEARNER).
    """

    known_on: date
    reading: str
    decided: int
    not_agreed: int
    regression: Regression
    calibration: Calibration
    drift: dict[str, float] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    rate: float = 0.0
    trial: Trial | None = None
    learner: int = 1

    def chances(self, described: Sequence[dict[Feature, float]], classes: np.ndarray) -> np.ndarray:
        """Give the chance of ending not agreed of every ticket, 0–1, shape (n,)."""
        said = self.calibration.chances(self.regression.log_odds(table_of(described)))
        return drifted(said, classes, self.drift)

    def class_rate(self, complaint_class: str) -> float:
        """Give the share not agreed of a class; the bank's for one without tickets."""
        return self.rates.get(complaint_class, self.rate)

    def to_json(self) -> str:
        """Write the model; no ticket is in it."""
        body = asdict(replace(self, regression=replace(self.regression, vocabulary=Vocabulary(()))))
        body["regression"] = [
            [group, value, coefficient, mean]
            for (group, value), coefficient, mean in zip(
                self.regression.vocabulary.features, self.regression.coefficients, self.regression.means, strict=True
            )
        ]
        body["intercept"] = self.regression.intercept
        return json.dumps(body, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> RiskModel:
        """Read what `to_json` wrote."""
        body: dict[str, Any] = json.loads(text)
        rows = body.pop("regression")
        trial = body.pop("trial")
        intercept = body.pop("intercept")
        body["known_on"] = date.fromisoformat(body["known_on"])
        if trial is not None:
            trial |= {"bins": tuple(map(tuple, trial["bins"]))}
            trial |= {day: date.fromisoformat(trial[day]) for day in ("first", "last")}
        regression = Regression(
            Vocabulary(tuple((row[0], row[1]) for row in rows)),
            tuple(row[2] for row in rows),
            tuple(row[3] for row in rows),
            intercept,
        )
        body["calibration"] = Calibration(**body["calibration"])
        return cls(regression=regression, trial=None if trial is None else Trial(**trial), **body)


def drifted(chances: np.ndarray, classes: np.ndarray, drift: dict[str, float]) -> np.ndarray:
    """Move chances by their class's drift in log-odds."""
    moved: np.ndarray = expit(logit(chances) + np.array([drift.get(str(name), 0.0) for name in classes]))
    return moved
