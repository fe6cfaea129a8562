"""What calls and chats say: how they went, where they turn, what is new, each as known on a day."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.text.segment import content_words
from analytics.voice.calls import ANGRY_TURN, ANGRY_TURNS, by_week, turnings
from analytics.voice.rising import BEFORE_DAYS, LONGER_DAYS, RECENT_DAYS, Rising, rising_topics
from analytics.voice.steps import steps_of
from analytics.voice.topics import Causes, learn_causes
from analytics.voice.weak_points import WeakPoints, reached_steps, weak_points
from answers.kept import kept
from answers.lately import lately
from data.scope import Scope
from data.store import Store

WINDOW_DAYS = RECENT_DAYS + BEFORE_DAYS
READ_DAYS = LONGER_DAYS + BEFORE_DAYS  # what has risen is held against weeks further back
MOST_CALLS = 6_000  # calls that analyses over weeks look at; of more, as many are drawn
MOST_LEARNT = 6_000  # tickets that causes are learnt from
UNKNOWN = ""  # topic of a call whose class nobody knows


@dataclass(frozen=True)
class Counts:
    """Calls heard: of the day, of its week so far, and of the four weeks before; angry ones and those with a threat.

    unscored: customers' turns that have come in but are not scored yet. last_at: the last turn heard, None without any.
    """

    today: int
    angry_today: int
    threat_today: int
    week: int
    angry_week: int
    threat_week: int
    before: int
    angry_before: int
    threat_before: int
    unscored: int
    last_at: pd.Timestamp | None


@dataclass(frozen=True)
class Voice:
    """Calls of the last WINDOW_DAYS days.

    calls: a row a call, newest first: interaction_id, started_at, medium, branch_id, product, customer_id, ticket_id,
    topic (complaint class, UNKNOWN where nobody knows), cause (None likewise), turns, start, worst, end, angry_turns,
    turned_at, turned_step, shape, angry (bool), tendencies (tuple of (kind, words)). weeks: of
    analytics.voice.calls.by_week. weak: weak points. rising: rising topics. drawn: whether more calls were heard than
    looked at. waiting: calls that are still being scored, and so among none of these but the rising topics.
    """

    calls: pd.DataFrame
    weeks: pd.DataFrame
    weak: WeakPoints
    rising: Rising
    first: date
    drawn: bool
    waiting: int


def voice_counts(store: Store, scope: Scope, as_of: date) -> Counts:
    """Count the calls of the day and week; quick, and up to the last call."""
    row = store.read("voice_counts", scope, as_of, angry_turn=ANGRY_TURN, angry_turns=ANGRY_TURNS).iloc[0]
    last = None if pd.isna(row["last_at"]) else pd.Timestamp(row["last_at"])
    return Counts(**{str(name): int(row[name]) for name in row.index if name != "last_at"}, last_at=last)


def voice(store: Store, scope: Scope, as_of: date) -> Voice:
    """Put together what the calls of the last weeks say; renewed behind the readers' backs while calls come in."""
    return lately(store, voice_key(scope, as_of), lambda: _listen(store, scope, as_of))


def voice_key(scope: Scope, as_of: date) -> Hashable:
    """Name the result of `voice` for `answers.lately`."""
    return ("voice", scope, as_of)


def _listen(store: Store, scope: Scope, as_of: date) -> Voice:
    first = as_of - timedelta(days=WINDOW_DAYS - 1)
    further = as_of - timedelta(days=READ_DAYS - 1)
    turns = store.read("voice_turns", scope, as_of, since=further, most=MOST_CALLS)
    causes = _causes(store, scope, as_of)
    said = turns[turns["speaker"] == "customer"]
    words = {
        str(name): frozenset(content_words(" ".join(texts))) for name, texts in said.groupby("interaction_id")["text"]
    }
    heads = _heads(turns, causes, words)
    turned = turnings(turns)
    turns = turns.assign(step=steps_of(turns), topic=turns["interaction_id"].map(heads["topic"]))
    step_at = turns.set_index(["interaction_id", "turn"])["step"]
    calls = heads.join(turned.set_index("interaction_id"), how="left")
    calls["shape"] = calls["shape"].fillna("calm")
    places = [
        None if pd.isna(at) else step_at.get((name, int(at)))
        for name, at in zip(calls.index, calls["turned_at"], strict=True)
    ]
    calls = calls.assign(
        turned_step=pd.Series(places, index=calls.index, dtype=object),
        angry=calls["angry_turns"].fillna(0).ge(ANGRY_TURNS),
        tendencies=_tendencies(said).reindex(calls.index),
    )
    calls["tendencies"] = [found if isinstance(found, tuple) else () for found in calls["tendencies"]]
    known = {
        str(row.Index): (str(row.topic), str(row.cause)) for row in calls.itertuples() if isinstance(row.cause, str)
    }
    started = calls["started_at"]
    drawn = len(calls) >= MOST_CALLS
    calls = calls[started >= pd.Timestamp(first)]
    waits = calls.index.isin(said.loc[said["p_negative"].isna(), "interaction_id"])
    calls = calls[~waits].reset_index(names="interaction_id")
    named = turns[(turns["topic"] != UNKNOWN) & turns["interaction_id"].isin(calls["interaction_id"])]
    return Voice(
        calls=calls.sort_values(["started_at", "interaction_id"], ascending=False, ignore_index=True),
        weeks=by_week(calls),
        weak=weak_points(reached_steps(named, turned)),
        rising=rising_topics(known, words, started, as_of),
        first=first,
        drawn=drawn,
        waiting=int(waits.sum()),
    )


def _heads(turns: pd.DataFrame, causes: Causes, words: dict[str, frozenset[str]]) -> pd.DataFrame:
    """Give a row a call: when, where, about what."""
    heads = turns.groupby("interaction_id").agg(
        started_at=("happened_at", "min"),
        **{
            name: (name, "first")
            for name in ("medium", "branch_id", "product", "customer_id", "ticket_id", "complaint_class", "cause")
        },
    )
    topics, known = [], []
    for name, product, complaint_class, cause in heads[["product", "complaint_class", "cause"]].itertuples(name=None):
        own = complaint_class if isinstance(complaint_class, str) else None
        topic = own or causes.topic_of_product(product if isinstance(product, str) else None)
        told = cause if own and isinstance(cause, str) else None
        if told is None:
            found = causes.cause_of(words.get(str(name), frozenset()), topic)
            if found is not None:
                topic, told = found
        topics.append(topic or UNKNOWN)
        known.append(told)
    return heads.drop(columns="complaint_class").assign(
        topic=topics, cause=pd.Series(known, index=heads.index, dtype=object)
    )


def _causes(store: Store, scope: Scope, as_of: date) -> Causes:
    def work() -> Causes:
        tickets = store.read("learnt_causes", scope, as_of, most=MOST_LEARNT)
        words = [
            frozenset(content_words(text)) if isinstance(text, str) else frozenset() for text in tickets["narrative"]
        ]
        return learn_causes(tickets, words)

    return kept(store, ("causes_of_calls", scope, as_of), work)


def _tendencies(said: pd.DataFrame) -> pd.Series:
    """Give by call what was threatened or asked for: (kind, words) of every kind once, in the order spoken."""
    found: dict[str, dict[str, str]] = {}
    spoken = said[said["tendencies"].notna()]
    for name, text in zip(spoken["interaction_id"], spoken["tendencies"], strict=True):
        for one in json.loads(text):
            found.setdefault(str(name), {}).setdefault(one["kind"], one["words"])
    return pd.Series({name: tuple(kinds.items()) for name, kinds in found.items()}, dtype=object)
