"""What the tickets say: the customer's narrative and the bank's first reply."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data.demo.material import Demand, classes, common
from data.demo.matters import REGULATOR_CHANNEL
from data.demo.phrasing import Picker, slots

WRITTEN_CHANNELS = ("移动客户端", "网络公众平台", "网银")  # customers write themselves, in the first person
THREAT_CHANCE = {"calm": 0.0, "annoyed": 0.10, "angry": 0.45, "threatening": 1.0}
CONTACT_CHANCE = 0.28

# Two narratives with characters that break careless exports and pages.
AWKWARD = (
    '客户说:"今天必须解决",<b>否则</b>就投诉;合同写的是"随时可还",柜台却说要排队, 前后矛盾。',
    "短信原文为'您的申请已受理, 请<b>耐心等待</b>',客户质疑\"受理\"二字的含义,要求逐字解释 & 书面回复。",
)


def write_narratives(tickets: pd.DataFrame, branch_names: dict[str, str], rng: np.random.Generator) -> list[str]:
    """Give every ticket's narrative, in the order of the rows."""
    pick = Picker(rng)
    facts = {(name, cause.name): cause.facts for name, material in classes().items() for cause in material.causes}
    demands = {(name, demand.name): demand for name, material in classes().items() for demand in material.demands}
    columns = ("complaint_class", "cause", "demand", "channel", "temper", "branch_id", "amount", "received_at")
    narratives = [
        _narrative(
            pick,
            facts[row[0], row[1]],
            demands[row[0], row[2]],
            row[3],
            row[4],
            (branch_names[row[5]], row[6], row[7].to_pydatetime()),
        )
        for row in tickets[list(columns)].itertuples(index=False, name=None)
    ]
    return _with_awkward(tickets, narratives)


def _narrative(
    pick: Picker,
    facts: tuple[str, ...],
    demand: Demand,
    channel: str,
    temper: str,
    place: tuple[str, float, Any],
) -> str:
    words = common()
    written = channel in WRITTEN_CHANNELS
    who = pick.one_of(words["who_first"] if written else words["who_third"])
    intro = "regulator" if channel == REGULATOR_CHANNEL else "first" if written else "third"
    parts = [
        pick.one_of(words["intros"][intro]),
        pick.one_of(facts) + "。",
        pick.one_of(words["attempts"]),
        pick.one_of(words["tempers_first" if written else "tempers"][temper]),
    ]
    if pick.chance(THREAT_CHANCE[temper]):
        parts.append(pick.one_of(words["threats"][pick.one_of(tuple(words["threats"]))]))
    parts.append(pick.one_of(demand.texts) + "。")
    if pick.chance(CONTACT_CHANCE):
        parts.append(pick.one_of(words["contacts"]["texts"]))
    return "".join(parts).format_map(slots(pick, who, *place))


def _with_awkward(tickets: pd.DataFrame, narratives: list[str]) -> list[str]:
    """Put the awkward texts into the last prepayment tickets of two different branches in mid-2025."""
    middle = tickets[tickets["received_at"].between("2025-06-01", "2025-06-30")]
    places = middle.groupby("branch_id", sort=True).head(1).index[: len(AWKWARD)]
    for place, text in zip(places, AWKWARD, strict=True):
        narratives[place] = text
    return narratives


def write_replies(tickets: pd.DataFrame, branch_names: dict[str, str], rng: np.random.Generator) -> list[str]:
    """Give every ticket's first reply; where a question was asked, the reply states the true position in words."""
    pick = Picker(rng)
    words = common()["reply"]
    replies = []
    columns = ["complaint_class", "question_key", "true_position", "branch_id", "amount", "first_reply_at"]
    wordings = {
        (name, question, position.name): position.texts
        for name, material in classes().items()
        for question, positions in material.questions.items()
        for position in positions
    }
    for name, question, position, branch, amount, moment in tickets[columns].itertuples(index=False, name=None):
        parts = [pick.one_of(words["openings"])]
        if isinstance(position, str):
            parts.append(pick.one_of(wordings[name, question, position]))
        if not isinstance(position, str) or pick.chance(0.4):
            parts.append(pick.one_of(classes()[name].replies))
        parts.append(pick.one_of(words["closings"]))
        filled = slots(pick, "您", branch_names[branch], amount, moment.to_pydatetime())
        replies.append("".join(parts).format_map(filled))
    return replies
