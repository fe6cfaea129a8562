"""Calls and chats of 2025, turn by turn, with emotion courses and complaint tendencies whose truth is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.demo.cases import case_interactions
from data.demo.material import classes, conversation_phrases
from data.demo.phrasing import Picker, slots
from data.demo.truth import RISING_TOPIC, WEAK_POINT
from data.demo.versions import EXPORT_END

INTERACTIONS = 2_850
LINKED = 0.45  # share that belongs to a ticket
CALLS = 0.6
YEAR_START = pd.Timestamp("2025-01-01")
EMOTIONS = {-1: "satisfied", 0: "neutral", 1: "annoyed", 2: "angry"}
STEPS = ("describe", "verify", "explain", "wait", "close")
COURSES = ("calm", "worsening", "appeased", "angry")
COURSE_SHARES = {
    "calm": (0.52, 0.20, 0.24, 0.04),
    "annoyed": (0.30, 0.30, 0.30, 0.10),
    "angry": (0.08, 0.32, 0.28, 0.32),
    "threatening": (0.02, 0.30, 0.20, 0.48),
}
UNLINKED_SHARES = (0.42, 0.22, 0.26, 0.10)
WORSENS_AT = {"verify": 0.25, "explain": 0.45, "wait": 0.30}
CALM_PLEASED = {"explain": 0.2, "wait": 0.25, "close": 0.6}  # chance of a satisfied turn in a calm course
TENDENCY_CHANCE = {2: 0.30, 1: 0.07}
OPTIONAL_STEPS = {"verify": 0.65, "wait": 0.80, "close": 0.85}
INTERACTION_COLUMNS = [
    "interaction_id",
    "turn",
    "at",
    "medium",
    "speaker",
    "text",
    "customer_id",
    "branch_id",
    "product",
    "ticket_id",
]


@dataclass(frozen=True)
class Conversations:
    """turns: INTERACTION_COLUMNS, a row a turn. truth: a row an interaction. turn_truth: step and emotion by turn."""

    turns: pd.DataFrame
    truth: pd.DataFrame
    turn_truth: pd.DataFrame


def draw_conversations(tickets: pd.DataFrame, branches: pd.DataFrame, rng: np.random.Generator) -> Conversations:
    """Draw the year's calls and chats, and add those of the document's case.

    tickets: the true tickets of `data.demo.tickets`. An interaction that belongs to a ticket happens at its receipt
    or while it is open, and is angrier where the ticket's customer is.
    """
    heads = _heads(tickets, rng)
    names = dict(zip(branches["branch_id"], branches["branch_name"], strict=True))
    pick = Picker(rng)
    rows: list[dict[str, Any]] = []
    truths = []
    for head in heads.to_dict("records"):
        turns, tendencies = _turns(pick, head, names[head["branch_id"]])
        rows.extend(turns)
        truths.append({key: head[key] for key in ("interaction_id", "topic", "cause", "course", "worsens_at")})
        truths[-1]["tendencies"] = ",".join(tendencies)
    told = case_interactions()
    table = pd.concat([pd.DataFrame(rows), told], ignore_index=True)
    table["at"] = pd.to_datetime(table["at"]).astype("datetime64[us]")
    table = table[table.groupby("interaction_id")["at"].transform("max") <= EXPORT_END]
    table = table.sort_values(["at", "interaction_id", "turn"], kind="stable", ignore_index=True)
    truth = pd.DataFrame(truths)
    return Conversations(
        turns=table[INTERACTION_COLUMNS],
        truth=truth[truth["interaction_id"].isin(table["interaction_id"])].reset_index(drop=True),
        turn_truth=table[["interaction_id", "turn", "step", "emotion"]],
    )


def _heads(tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give a row an interaction: when, about what, with whom, and the planned emotion course."""
    of_year = tickets[tickets["received_at"].between(YEAR_START, EXPORT_END)]
    rising = of_year["cause"].eq(RISING_TOPIC.cause) & (of_year["complaint_class"] == RISING_TOPIC.complaint_class)
    started = of_year["received_at"] >= pd.Timestamp(RISING_TOPIC.starts)
    drawn = of_year.iloc[rng.integers(0, len(of_year), INTERACTIONS)]
    more = round((RISING_TOPIC.size - 1) * INTERACTIONS * rising.mean() * started.mean())
    extra = of_year[rising].iloc[rng.integers(0, int(rising.sum()), more)].copy()
    span = of_year.loc[started, "received_at"].to_numpy()
    extra["received_at"] = span[rng.integers(0, len(span), more)]
    heads = pd.concat([drawn, extra], ignore_index=True)
    count = len(heads)
    linked = (rng.random(count) < LINKED) & (np.arange(count) < INTERACTIONS)
    later_in = linked & (rng.random(count) < 0.5)
    open_for = heads["first_outcome_at"] - heads["received_at"]
    shift = np.where(
        later_in,
        (open_for * pd.Series(rng.uniform(0.3, 1.2, count))).to_numpy(),
        -rng.integers(3, 90, count).astype("timedelta64[m]"),
    )
    spread = np.where(linked, 0, rng.integers(-3, 4, count)).astype("timedelta64[D]")
    moment = (heads["received_at"].to_numpy() + shift + spread).astype("datetime64[s]")
    # Calls and chats are answered from 8 to 22 o'clock.
    day = moment.astype("datetime64[D]")
    within = (moment - day).astype("timedelta64[s]").astype(int)
    moment = day + np.clip(within, 8 * 3600, 22 * 3600 - 900).astype("timedelta64[s]")
    heads = heads.assign(
        at=np.maximum(moment, YEAR_START.to_datetime64() + np.timedelta64(8, "h")),
        medium=np.where(rng.random(count) < CALLS, "call", "chat"),
        customer_id=np.where(linked, heads["customer_id"], _new_customers(count, rng)),
        ticket_id=heads["ticket_id"].where(linked),
        topic=heads["complaint_class"],
        course=_courses(heads["temper"].to_numpy(), linked, rng),
        worsens_at=rng.choice(list(WORSENS_AT), count, p=list(WORSENS_AT.values())),
    )
    weak = (heads["topic"] == WEAK_POINT.complaint_class) & heads["branch_id"].isin(WEAK_POINT.branches)
    at_weak = weak.to_numpy() & (rng.random(count) < WEAK_POINT.size)
    heads.loc[at_weak, "course"] = "worsening"
    heads.loc[at_weak, "worsens_at"] = WEAK_POINT.subject
    heads["worsens_at"] = heads["worsens_at"].where(heads["course"] == "worsening")
    heads = heads.sort_values("at", kind="stable", ignore_index=True)
    heads["interaction_id"] = "I" + heads["at"].dt.strftime("%Y%m%d") + "-"
    number = heads.groupby("interaction_id").cumcount() + 1
    heads["interaction_id"] += number.astype(str).str.zfill(3)
    return heads


def _new_customers(count: int, rng: np.random.Generator) -> np.ndarray:
    numbers: np.ndarray = np.char.add("C", (500_000 + rng.permutation(count)).astype(str)).astype(object)
    return numbers


def _courses(tempers: np.ndarray, linked: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    shares = np.array([COURSE_SHARES[temper] for temper in tempers])
    shares = np.where(linked[:, None], shares, UNLINKED_SHARES)
    place = (rng.random(len(tempers))[:, None] > shares.cumsum(axis=1)).sum(axis=1)
    courses: np.ndarray = np.array(COURSES, dtype=object)[np.minimum(place, len(COURSES) - 1)]
    return courses


def _emotions(pick: Picker, course: str, worsens_at: str) -> dict[str, int]:
    """Give the customer's emotion at every step of a conversation."""
    if course == "calm":
        pleased = {step: -int(pick.chance(CALM_PLEASED[step])) for step in CALM_PLEASED}
        return dict.fromkeys(STEPS, 0) | pleased
    if course == "angry":
        return dict.fromkeys(STEPS, 2)
    if course == "appeased":
        return {"describe": 2, "verify": 1 + pick.below(2), "explain": 1, "wait": -pick.below(2), "close": -1}
    turn = STEPS.index(worsens_at)
    return {step: 2 if place >= turn else pick.below(2) for place, step in enumerate(STEPS)}


def _turns(pick: Picker, head: dict[str, Any], branch_name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Write one conversation; give its turns and the tendencies that were spoken."""
    words = conversation_phrases()
    material = classes()[head["topic"]]
    cause = next(cause for cause in material.causes if cause.name == head["cause"])
    fill = slots(pick, "我", branch_name, head["amount"], pd.Timestamp(head["at"]).to_pydatetime())
    fill["fact"] = pick.one_of(cause.facts).format_map(fill)
    answers = (
        [text for position in material.questions[cause.question] for text in position.texts]
        if cause.question
        else list(material.replies)
    )
    emotions = _emotions(pick, head["course"], head["worsens_at"])
    lines: list[tuple[str, str, str, float]] = [
        ("greeting", "agent", pick.one_of(words["greeting"][head["medium"]]), np.nan)
    ]
    tendencies: list[str] = []
    for step in STEPS:
        if step == head["worsens_at"] or pick.chance(OPTIONAL_STEPS.get(step, 1.0)):
            emotion = emotions[step]
            if step != "describe":
                agent = pick.one_of(answers if step == "explain" else words[step]["agent"])
                if emotion == 2 and pick.chance(0.3):
                    agent = pick.one_of(words["apology"]["agent"]) + agent
                lines.append((step, "agent", agent, np.nan))
            text = pick.one_of(words[step][EMOTIONS[emotion]])
            if pick.chance(TENDENCY_CHANCE.get(emotion, 0.0)):
                tendency = pick.one_of(tuple(words["tendency"]))
                tendencies.append(tendency)
                text += pick.one_of(words["tendency"][tendency])
            lines.append((step, "customer", text, float(emotion)))
    moment = pd.Timestamp(head["at"]).to_pydatetime()
    gap = 18 if head["medium"] == "call" else 45
    turns = []
    seconds = 0
    for number, (step, speaker, text, level) in enumerate(lines, start=1):
        turns.append(
            {
                "interaction_id": head["interaction_id"],
                "turn": number,
                "at": np.datetime64(moment, "us") + np.timedelta64(seconds, "s"),
                "medium": head["medium"],
                "speaker": speaker,
                "text": text.format_map(fill),
                "customer_id": head["customer_id"],
                "branch_id": head["branch_id"],
                "product": head["product"],
                "ticket_id": head["ticket_id"],
                "step": step,
                "emotion": level,
            }
        )
        seconds += gap // 2 + pick.below(gap)
    return turns, tendencies
