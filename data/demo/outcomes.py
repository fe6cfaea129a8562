"""How rounds end, what is answered and what is approved, with the planted differences."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from data.demo.handling import later
from data.demo.material import classes
from data.demo.matters import REGULATOR_CHANNEL
from data.demo.truth import (
    ACCOUNT_CONTROL,
    APPROVAL,
    BRANCH_CAUSE,
    COLLECTION,
    FINAL_NOT_AGREED,
    INSURANCE,
    MEDIATION_ROUNDS,
    PREPAYMENT,
    RECOVERY,
    REGULATOR_LOG_ODDS,
    REPLY_PENALTY,
    REPLY_QUEUE,
    SHIFT,
    TEMPER_LOG_ODDS,
    UNREASONABLE_LOG_ODDS,
    PlantedEffect,
)

# Mean probability of a not-agreed first round without anything planted.
NOT_AGREED = {
    PREPAYMENT: 0.147,
    "信用卡息费": 0.115,
    "信用卡分期": 0.145,
    COLLECTION: 0.19,
    ACCOUNT_CONTROL: 0.105,
    "理财销售": 0.15,
    "支付结算": 0.10,
    "手机银行": 0.11,
    "网点服务": 0.12,
    "个人信息": 0.09,
    INSURANCE: 0.10,
}
APPROVAL_RATE = {"加急办理提前还款": 0.60, "减免违约金": 0.52, "变更还款计划": 0.66, "核减利息": 0.42}
USUAL_APPROVAL_RATE = 0.55
POSITION_NOT_CODED = 0.20  # answers whose position nobody entered; the text alone tells it
CORRECTED = 0.025  # outcomes first recorded wrongly
MEDIATED = 0.55  # of the customers who qualify for mediation
MOST_ROUNDS = 6
ROUND_COLUMNS = [f"round_{number}_at" for number in range(2, MOST_ROUNDS + 1)]


def base_log_odds(tickets: pd.DataFrame) -> np.ndarray:
    """Give the class-wide log-odds of a not-agreed first round that a ticket's own content adds."""
    temper = tickets["temper"].map(TEMPER_LOG_ODDS).to_numpy(dtype=float)
    unreasonable = tickets["unreasonable"].to_numpy(dtype=float)
    regulator = (tickets["channel"] == REGULATOR_CHANNEL).to_numpy(dtype=float)
    odds: np.ndarray = temper + UNREASONABLE_LOG_ODDS * unreasonable + REGULATOR_LOG_ODDS * regulator
    return odds


def class_levels(tickets: pd.DataFrame) -> dict[str, float]:
    """Give each class's intercept at which its tickets' mean probability is the one of NOT_AGREED."""
    levels = {}
    for name, group in tickets.groupby("complaint_class"):
        odds, target = base_log_odds(group), NOT_AGREED[str(name)]
        levels[str(name)] = float(
            brentq(lambda level, odds=odds, target=target: expit(level + odds).mean() - target, -8.0, 8.0)
        )
    return levels


def not_agreed_probability(tickets: pd.DataFrame, levels: dict[str, float]) -> np.ndarray:
    """Give every ticket's planted probability of a not-agreed first round."""
    odds = tickets["complaint_class"].map(levels).to_numpy(dtype=float) + base_log_odds(tickets)
    at_planted = _concerns(tickets, BRANCH_CAUSE) & (tickets["cause"] == BRANCH_CAUSE.cause).to_numpy()
    probability: np.ndarray = expit(odds + np.log(BRANCH_CAUSE.size) * at_planted)
    day = tickets["first_outcome_at"].to_numpy().astype("datetime64[D]")
    for effect in (SHIFT, RECOVERY):
        begun = day >= np.datetime64(effect.starts) if effect.starts else True
        running = day <= np.datetime64(effect.ends) if effect.ends else True
        inside = _concerns(tickets, effect) & begun & running
        probability = np.where(inside, np.minimum(probability * effect.size, 0.95), probability)
    return probability


def _concerns(tickets: pd.DataFrame, effect: PlantedEffect) -> np.ndarray:
    inside = np.ones(len(tickets), dtype=bool)
    if effect.complaint_class:
        inside &= (tickets["complaint_class"] == effect.complaint_class).to_numpy()
    if effect.branches:
        inside &= tickets["branch_id"].isin(effect.branches).to_numpy()
    return inside


def draw_outcomes(tickets: pd.DataFrame, levels: dict[str, float], rng: np.random.Generator) -> pd.DataFrame:
    """Add first_outcome, later rounds, final_outcome and closed_at; hidden beside them p_not_agreed,
    p_final_not_agreed, mediated, round_2_at …, corrected_at."""
    count = len(tickets)
    probability = not_agreed_probability(tickets, levels)
    not_agreed = rng.random(count) < probability
    unreasonable = tickets["unreasonable"].to_numpy()
    stays = np.where(unreasonable, FINAL_NOT_AGREED[True], FINAL_NOT_AGREED[False])
    ends_not_agreed = not_agreed & (rng.random(count) < stays)
    extra = 1 + rng.poisson(0.5 + 0.8 * ends_not_agreed + 0.6 * unreasonable, count)
    rounds = np.where(not_agreed, np.minimum(1 + extra, MOST_ROUNDS), 1)
    moment = tickets["first_outcome_at"].to_numpy()
    dates = {}
    for number, column in enumerate(ROUND_COLUMNS, start=2):
        held = rounds >= number
        moment = np.where(held, later(moment, 1.5 + rng.gamma(2.0, 1.6, count)), moment)
        dates[column] = np.where(held, moment, np.datetime64("NaT", "us"))
    mediated = (rounds >= MEDIATION_ROUNDS) & (rng.random(count) < MEDIATED)
    # Mediation is asked for and held between the last round and the closing.
    closed = later(moment, np.where(mediated, rng.uniform(5, 12, count), 0.1 + rng.gamma(1.2, 0.8, count)))
    wrong = rng.random(count) < CORRECTED
    correction = np.where(wrong, later(closed, rng.uniform(5, 25, count)), np.datetime64("NaT", "us"))
    return tickets.assign(
        p_not_agreed=probability,
        p_final_not_agreed=probability * stays,
        first_outcome=np.where(not_agreed, "not_agreed", "agreed"),
        rounds=rounds,
        final_outcome=np.where(ends_not_agreed, "not_agreed", "agreed"),
        mediated=mediated,
        closed_at=closed,
        corrected_at=correction,
        **dates,
    )


def draw_approvals(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add approval_granted (None where nothing had to be approved).

    Who is granted what was asked agrees more often, in such a way that a branch's own approval rate depends on
    its standard alone: mixing the two conditional rates by the ticket's own probability gives the standard back.
    """
    requested = tickets["approval_requested"]
    standard = requested.map(APPROVAL_RATE).fillna(USUAL_APPROVAL_RATE).to_numpy(dtype=float)
    other = _concerns(tickets, APPROVAL)
    standard = np.where(other, expit(logit(standard) + np.log(APPROVAL.size)), standard)
    pull = 0.5 * np.minimum(standard, 1 - standard)
    probability = tickets["p_not_agreed"].to_numpy()
    not_agreed = (tickets["first_outcome"] == "not_agreed").to_numpy()
    granted = rng.random(len(tickets)) < standard + pull * (probability - not_agreed)
    values = np.where(requested.notna().to_numpy(), granted.astype(object), None)
    return tickets.assign(approval_granted=values)


def draw_positions(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add the position with which the question was answered: true_position, and reply_position where it was coded."""
    positions = np.full(len(tickets), None, dtype=object)
    for (name, question), group in tickets.groupby(["complaint_class", "question_key"]):
        choices = classes()[name].questions[question]
        shares = np.array([position.share for position in choices])
        names = np.array([position.name for position in choices], dtype=object)
        drawn = names[rng.choice(len(names), len(group), p=shares / shares.sum())]
        for effect in (REPLY_PENALTY, REPLY_QUEUE):
            asked, _, answered = (effect.subject or "").partition(":")
            if asked != question:
                continue
            other = np.where(names == answered, 0.0, shares)
            planted = np.where(names == answered, effect.size, other / other.sum() * (1 - effect.size))
            redrawn = names[rng.choice(len(names), len(group), p=planted)]
            drawn = np.where(_concerns(group, effect), redrawn, drawn)
        positions[group.index.to_numpy()] = drawn
    coded = rng.random(len(tickets)) >= POSITION_NOT_CODED
    given = pd.Series(positions, index=tickets.index)
    return tickets.assign(true_position=given, reply_position=given.where(coded))
