"""What is planted in the demo bank, so that tests can ask whether the analyses find it, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

PREPAYMENT = "住房贷款提前还款"
COLLECTION = "债务催收"
ACCOUNT_CONTROL = "借记卡账户管控"
MOBILE_BANK = "手机银行"
INSURANCE = "保险争议"

MEDIATION_ROUNDS = 3  # customers with this many rounds qualify for mediation


@dataclass(frozen=True)
class PlantedEffect:
    """One planted difference.

    measure: what `size` is: odds_ratio, risk_ratio, volume_ratio, share, median_working_hours, elasticity.
    branches: the branches concerned, empty for all. starts, ends: first and last day of the effect (day of the
    outcome for outcomes, of receipt for volumes), None for always. baseline: the value elsewhere, where size is
    not a ratio.
    """

    name: str
    measure: str
    size: float
    complaint_class: str | None = None
    branches: tuple[str, ...] = ()
    cause: str | None = None
    subject: str | None = None
    baseline: float | None = None
    starts: date | None = None
    ends: date | None = None


SHIFT = PlantedEffect("shift", "risk_ratio", 1.6, PREPAYMENT, starts=date(2025, 6, 2))
RECOVERY = PlantedEffect(
    "recovery", "risk_ratio", 3.2, ACCOUNT_CONTROL, starts=date(2025, 1, 1), ends=date(2025, 4, 27)
)
VOLUME_STEP = PlantedEffect("volume_step", "volume_ratio", 1.6, COLLECTION, starts=date(2025, 3, 3))
ELASTICITY = PlantedEffect("elasticity", "elasticity", 1.0, PREPAYMENT)
BRANCH_CAUSE = PlantedEffect("branch_cause", "odds_ratio", 3.0, PREPAYMENT, branches=("B01",), cause="预约排队时间长")
REPLY_PENALTY = PlantedEffect(
    "reply_position",
    "share",
    0.80,
    PREPAYMENT,
    branches=("B03",),
    subject="提前还款是否收取违约金:一年内收取1%",
    baseline=0.10,
)
REPLY_QUEUE = PlantedEffect(
    "reply_position",
    "share",
    0.80,
    PREPAYMENT,
    branches=("B05",),
    subject="提前还款预约需要等多久:按排队顺序没有时限",
    baseline=0.05,
)
APPROVAL = PlantedEffect("approval_standard", "odds_ratio", 0.15, PREPAYMENT, branches=("B04",))
USUAL_DISPATCH_HOURS = 0.8
DISPATCH = PlantedEffect(
    "dispatch_delay", "median_working_hours", 12.0, branches=("B06",), baseline=USUAL_DISPATCH_HOURS
)
WEAK_POINT = PlantedEffect("weak_point", "share", 0.65, PREPAYMENT, branches=("B03",), subject="explain", baseline=0.22)
RISING_TOPIC = PlantedEffect(
    "rising_topic",
    "volume_ratio",
    4.0,
    MOBILE_BANK,
    cause="登录与人脸识别失败",
    starts=date(2025, 9, 1),
)

# One measure that works, and one that changes nothing: what the screen says of them is held against this.
MEASURE_WORKS = PlantedEffect(
    "measure_works",
    "risk_ratio",
    0.2,
    COLLECTION,
    branches=("B01", "B02", "B03", "B04", "B05", "B06", "B08", "B10"),
    starts=date(2025, 7, 1),
)
MEASURE_WITHOUT_EFFECT = PlantedEffect(
    "measure_without_effect", "risk_ratio", 1.0, PREPAYMENT, branches=("B03", "B04", "B05"), starts=date(2025, 6, 30)
)

EFFECTS = (
    SHIFT,
    RECOVERY,
    VOLUME_STEP,
    ELASTICITY,
    BRANCH_CAUSE,
    REPLY_PENALTY,
    REPLY_QUEUE,
    APPROVAL,
    DISPATCH,
    WEAK_POINT,
    RISING_TOPIC,
    MEASURE_WORKS,
    MEASURE_WITHOUT_EFFECT,
)

# Log-odds of a not-agreed first round by what the ticket says, the same in every class and branch.
TEMPER_LOG_ODDS = {"calm": -0.45, "annoyed": 0.0, "angry": 0.6, "threatening": 1.0}
UNREASONABLE_LOG_ODDS = 1.3
REGULATOR_LOG_ODDS = 0.6

# Probability that a customer who did not agree in the first round still does not agree at the end.
FINAL_NOT_AGREED = {False: 0.38, True: 0.62}  # by unreasonable demand


@dataclass(frozen=True)
class Truth:
    """The planted truth of one generated bank.

    effects: every planted difference. tickets: a row a ticket (ticket_id, temperament, unreasonable, p_not_agreed,
    p_final_not_agreed, first_outcome, final_outcome, reply_position, corrected). interactions: a row a call or chat
    (interaction_id, topic, cause, course, worsens_at, tendencies). turns: a row a turn (interaction_id, turn, step,
    emotion: −1 satisfied, 0 neutral, 1 annoyed, 2 angry; NaN for agents).
    """

    effects: tuple[PlantedEffect, ...]
    tickets: pd.DataFrame
    interactions: pd.DataFrame
    turns: pd.DataFrame

    def planted(self, name: str) -> tuple[PlantedEffect, ...]:
        """Give the planted effects of one name; KeyError where there are none."""
        found = tuple(effect for effect in self.effects if effect.name == name)
        if not found:
            raise KeyError(name)
        return found

    def as_json(self) -> dict[str, Any]:
        """Give the planted effects and class-wide coefficients as plain JSON values."""
        return {
            "effects": [_jsonable(asdict(effect)) for effect in self.effects],
            "log_odds": {
                "temperament": TEMPER_LOG_ODDS,
                "unreasonable_demand": UNREASONABLE_LOG_ODDS,
                "regulator_forwarded": REGULATOR_LOG_ODDS,
            },
            "final_not_agreed": {
                "reasonable": FINAL_NOT_AGREED[False],
                "unreasonable": FINAL_NOT_AGREED[True],
            },
            "mediation_rounds": MEDIATION_ROUNDS,
        }


def _jsonable(values: dict[str, Any]) -> dict[str, Any]:
    convert: dict[type, Callable[[Any], Any]] = {date: date.isoformat, tuple: list}
    return {key: convert.get(type(value), lambda same: same)(value) for key, value in values.items()}
