"""Unreasonable demands and rounds: how many there are, how they end, and what the bank says to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from analytics.cause_limits import CONFIDENCE, FEWEST_DEMANDS, FEWEST_USES, LOOK_ERROR
from analytics.multiplicity import adjusted_p
from analytics.proportion import exact_interval

# Demands that a bank cannot owe by contract or law, by words; the head office may choose its own on the screen.
BEYOND = re.compile(
    r"精神损失|误工费|[十百]倍|全部利息|全部债务|免除.{0,6}(债务|本金|贷款)|超出合同|保底|登报|删除.{0,4}(真实|逾期记录)"
)
SENTENCE_END = re.compile(r"[。！？!?；;\n\r]+")
SHORTEST_SENTENCE = 6  # characters
MOST_SENTENCES = 40  # most used ones compared


@dataclass(frozen=True)
class Demands:
    """How unreasonable demands end against all others.

    tickets, unreasonable: tickets whose first round is decided, and those among them with such a demand. told: those
    that tell a demand at all; rounds_told: tickets, decided or not, that tell their number of rounds. low, high:
    interval of their share (`confidence`). first: two rows, kind 'unreasonable' and 'other': decided, not_agreed,
    rate, low, high: not agreed in the first round. p: of a difference at least as large by chance (Fisher); None where
    there are too few. course: a row a kind and round: kind, round, reached, agreed, ended (not agreed, and no later
    round known), waiting (without an outcome), rate (agreed among reached and not waiting), low, high. demands: a row a
    demand: demand, unreasonable, decided, not_agreed, rate, low, high.
    """

    tickets: int
    unreasonable: int
    told: int
    rounds_told: int
    low: float
    high: float
    first: pd.DataFrame
    p: float | None
    course: pd.DataFrame
    demands: pd.DataFrame
    confidence: float
    level: float

    @property
    def share(self) -> float | None:
        """The share of unreasonable demands, 0–1; None without tickets."""
        return self.unreasonable / self.tickets if self.tickets else None

    @property
    def differs(self) -> bool:
        """Whether unreasonable demands end otherwise than the others in the first round, beyond chance."""
        return self.p is not None and self.p <= self.level


def unreasonable_by_words(demands: Sequence[str]) -> tuple[str, ...]:
    """Propose which demands count as unreasonable, by words that ask for more than a bank can owe."""
    return tuple(demand for demand in demands if BEYOND.search(demand))


def demands_and_rounds(counts: pd.DataFrame, unreasonable: Collection[str], *, level: float = LOOK_ERROR) -> Demands:
    """Compare unreasonable demands with all others.

    counts: a row a combination: demand (NaN where none is told), rounds (NaN: one), first_outcome, final_outcome
    ('agreed', 'not_agreed' or NaN), tickets (whole number). unreasonable: the demands that count as such.
    Intervals of shares are exact (Clopper and Pearson 1934); p: hypergeometric, both sides (Fisher 1935).
    """
    own = counts.assign(
        kind=np.where(counts["demand"].isin(list(unreasonable)), "unreasonable", "other"),
        rounds=counts["rounds"].fillna(1).clip(lower=1).astype(int),
    )
    decided = own[own["first_outcome"].notna()]
    first = _ended(decided, "kind").set_index("kind").reindex(["unreasonable", "other"]).reset_index()
    first[["decided", "not_agreed"]] = first[["decided", "not_agreed"]].fillna(0).astype(int)
    sizes, bad = first["decided"].to_numpy(), first["not_agreed"].to_numpy()
    low, high = exact_interval(sizes[:1], sizes.sum(), CONFIDENCE)
    chance = None
    if sizes.min() >= FEWEST_DEMANDS:
        chance = float(_two_sided(bad[0], sizes.sum(), bad.sum(), sizes[0]))
    demands = _ended(decided.assign(demand=decided["demand"].fillna("")), "demand")
    demands.insert(1, "unreasonable", demands["demand"].isin(list(unreasonable)))
    return Demands(
        tickets=int(sizes.sum()),
        unreasonable=int(sizes[0]),
        told=int(decided.loc[decided["demand"].notna(), "tickets"].sum()),
        rounds_told=int(counts.loc[counts["rounds"].notna(), "tickets"].sum()),
        low=float(low[0]),
        high=float(high[0]),
        first=first,
        p=chance,
        course=_course(own),
        demands=demands.sort_values(["unreasonable", "decided"], ascending=False, ignore_index=True),
        confidence=CONFIDENCE,
        level=level,
    )


def _ended(decided: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count by a column how first rounds ended."""
    bad = decided["tickets"].where(decided["first_outcome"] == "not_agreed", 0)
    table = decided.assign(not_agreed=bad).groupby(by)[["tickets", "not_agreed"]].sum().reset_index()
    table = table.rename(columns={"tickets": "decided"})
    low, high = exact_interval(table["not_agreed"].to_numpy(), table["decided"].to_numpy(), CONFIDENCE)
    return table.assign(rate=table["not_agreed"] / table["decided"].clip(lower=1), low=low, high=high)


def state_in_round(tickets: pd.DataFrame, number: int) -> pd.Series:
    """Say of tickets that reached a round how they left it, as the course counts it: 'agreed', 'ended' (not agreed,
    no later round known), 'waiting' (without an outcome), or 'went_on' to the next.

    tickets: rounds (NaN: one), first_outcome, final_outcome, a row a ticket.
    """
    rounds = tickets["rounds"].fillna(1).clip(lower=1).astype(int)
    own = pd.Series(_last_state(tickets.assign(rounds=rounds)), index=tickets.index, dtype=object)
    return own.where(rounds == number, "went_on")


def _last_state(own: pd.DataFrame) -> np.ndarray:
    """Say how tickets stand in the last round they reached: agreed, ended, waiting."""
    of_first = own["first_outcome"].where(own["rounds"].eq(1))
    outcome = own["final_outcome"].where(own["final_outcome"].notna(), of_first)
    return np.where(outcome.eq("agreed"), "agreed", np.where(outcome.eq("not_agreed"), "ended", "waiting"))


def _course(own: pd.DataFrame) -> pd.DataFrame:
    """Follow the tickets from round to round: who agreed in it, who did not and went no further, who waits."""
    table = (
        own.assign(state=_last_state(own))
        .pivot_table(index=["kind", "rounds"], columns="state", values="tickets", aggfunc="sum", fill_value=0)
        .reindex(columns=["agreed", "ended", "waiting"], fill_value=0)
        .astype(int)
    )
    parts = []
    for kind in ("unreasonable", "other"):
        if kind not in table.index.get_level_values(0):
            continue
        rows = table.loc[kind]
        rows = rows.reindex(range(1, int(rows.index.max()) + 1), fill_value=0)
        reached = rows.sum(axis=1)[::-1].cumsum()[::-1]
        done = (reached - rows["waiting"]).to_numpy()
        low, high = exact_interval(rows["agreed"].to_numpy(), done, CONFIDENCE)
        with np.errstate(invalid="ignore"):
            rate = np.where(done > 0, rows["agreed"] / np.maximum(done, 1), np.nan)
        parts.append(
            rows.assign(kind=kind, reached=reached, rate=rate, low=low, high=high).rename_axis("round").reset_index()
        )
    columns = ["kind", "round", "reached", "agreed", "ended", "waiting", "rate", "low", "high"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


@dataclass(frozen=True)
class Scripts:
    """How tickets end by the standing sentences of their replies.

    decided: tickets read whose first round is decided. sentences: a row a sentence that stands in at least FEWEST_USES
    of them (and is left out of as many): sentence, used, not_agreed, rate, low, high, without (tickets),
    without_not_agreed, without_rate, p, adjusted, differs.
    """

    decided: int
    sentences: pd.DataFrame
    confidence: float
    level: float

    @property
    def apart(self) -> pd.DataFrame:
        """The sentences after which tickets end otherwise, most certain first."""
        return self.sentences[self.sentences["differs"]]


def scripts_and_outcomes(replies: pd.DataFrame, *, level: float = LOOK_ERROR) -> Scripts:
    """Compare the outcomes of the first round by the sentences that recur in the replies.

    replies: a row a ticket: reply_text, first_outcome ('agreed', 'not_agreed'; NaN rows are left out). Each sentence by
    the hypergeometric law, both sides; Benjamini–Hochberg over the sentences.
    """
    read = replies[replies["first_outcome"].notna() & replies["reply_text"].notna()].reset_index(drop=True)
    bad = (read["first_outcome"] == "not_agreed").to_numpy()
    pairs = pd.DataFrame({"sentence": read["reply_text"].map(sentences), "reply": read.index}).explode("sentence")
    pairs = pairs.dropna().drop_duplicates()
    pairs["bad"] = bad[pairs["reply"].to_numpy(dtype=int)]
    table = pairs.groupby("sentence")["bad"].agg(["size", "sum"]).rename(columns={"size": "used", "sum": "not_agreed"})
    table = table[(table["used"] >= FEWEST_USES) & (len(read) - table["used"] >= FEWEST_USES)]
    table = table.sort_values("used", ascending=False, kind="stable").head(MOST_SENTENCES).reset_index()
    used, ended = table["used"].to_numpy(dtype=int), table["not_agreed"].to_numpy(dtype=int)
    low, high = exact_interval(ended, used, CONFIDENCE)
    p = _two_sided(ended, len(read), int(bad.sum()), used)
    adjusted = adjusted_p(p)
    without = len(read) - used
    found = table.assign(
        not_agreed=ended,
        rate=ended / np.maximum(used, 1),
        low=low,
        high=high,
        without=without,
        without_not_agreed=int(bad.sum()) - ended,
        without_rate=(int(bad.sum()) - ended) / np.maximum(without, 1),
        p=p,
        adjusted=adjusted,
        differs=adjusted <= level,
    )
    return Scripts(len(read), found.sort_values("p", kind="stable", ignore_index=True), CONFIDENCE, level)


def sentences(text: str) -> list[str]:
    """Split a reply into its sentences, short ones left out."""
    return [part for part in map(str.strip, SENTENCE_END.split(text)) if len(part) >= SHORTEST_SENTENCE]


def _two_sided(hits: np.ndarray | int, total: int, marked: int, drawn: np.ndarray | int) -> np.ndarray:
    law = hypergeom(total, marked, drawn)
    result: np.ndarray = np.minimum(2 * np.minimum(law.cdf(hits), law.sf(np.asarray(hits) - 1)), 1.0)
    return result
