"""Topics that rise: causes, and words no cause names yet, that calls of the last weeks are about more than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import betainc

from analytics.multiplicity import adjusted_p

RECENT_DAYS = 56  # the last weeks, long enough for a handful of calls about something new
BLOCK_DAYS = 14  # of the weeks before, by which it is measured how calls about one matter come together
BEFORE_DAYS = 182  # the weeks they are held against
LEAST_CALLS = 8  # of the last weeks, in which a word must stand
LEAST_RATIO = 1.6  # times as often as before: a rise worth a word in the review
FALSE_DISCOVERIES = 0.02
MATTER_LEAST_CALLS = 6  # of the last weeks about one cause
TOGETHER = 0.5  # share of the rarer word's calls in which two words stand together to be one topic
WORDS_SHOWN = 4
LEAST_BEFORE = 100  # calls before, without which nothing can be called new


@dataclass(frozen=True)
class Rising:
    """topics: a row a topic: `kind` ('cause' or 'words'), `name` (tuple: class and cause, or words, most telling
    first), `calls` and `before` (calls of the last weeks and of the weeks before), `share`, `share_before`, `ratio`,
    `q`; causes first, then most surely risen first. calls: topic (position) and interaction_id of the calls of the
    last weeks behind it. recent, before: calls compared. first: first day of the last weeks. tested: causes and words
    tested. enough: whether there were enough calls before to call anything new.
    """

    topics: pd.DataFrame
    calls: pd.DataFrame
    recent: int
    before: int
    first: date
    tested: int
    enough: bool


def rising_topics(
    causes: Mapping[str, tuple[str, str]], words: Mapping[str, frozenset[str]], day: pd.Series, as_of: date
) -> Rising:
    """Find what calls are about more than before.

    causes: by interaction_id class and cause, where known. words: by interaction_id the words of the customer's turns
    that can name a matter. day: by interaction_id when it was (datetime).

    The calls of the last RECENT_DAYS about a cause are held against the BEFORE_DAYS before by the conditional binomial
    test (one-sided; Przyborowski & Wilenski 1940) with counts divided by their clustering (Rao & Scott 1992,
    Biometrics 48:577), all causes together by Benjamini & Hochberg 1995. Words likewise, for what no cause names yet,
    by Benjamini & Yekutieli 2001, which holds for words that depend on each other; words that rise in the same calls
    are one topic, and one whose calls are mostly those of a risen cause is not said twice.
    """
    last = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    start = last - pd.Timedelta(days=RECENT_DAYS)
    since = start - pd.Timedelta(days=BEFORE_DAYS)
    late = list(day.index[(day >= start) & (day < last)])
    early = list(day.index[(day >= since) & (day < start)])
    block = ((start - day).dt.days // BLOCK_DAYS).to_dict()
    first = as_of - timedelta(days=RECENT_DAYS - 1)
    if len(early) < LEAST_BEFORE or not late:
        nothing = pd.DataFrame(columns=["topic", "interaction_id"])
        return Rising(_topic_table([]), nothing, len(late), len(early), first, 0, enough=False)
    matters = {name: frozenset([" · ".join(cause)]) for name, cause in causes.items()}
    names = {" · ".join(cause): cause for cause in causes.values()}
    classes = {key: complaint_class for key, (complaint_class, _) in names.items()}
    by_cause = _risen(matters, late, early, block, classes, MATTER_LEAST_CALLS, "bh")
    by_word = _risen(words, late, early, block, {}, LEAST_CALLS, "by")
    found: list[_Found] = [("cause", names[key], key, row, matters) for key, row in by_cause.risen]
    told = {name for _, _, key, _, of in found for name in late if key in of.get(name, frozenset())}
    rows = dict(by_word.risen)
    for group in _together(list(rows), words, late):
        behind = [name for name in late if group[0] in words.get(name, frozenset())]
        if len(told.intersection(behind)) < TOGETHER * len(behind):
            found.append(("words", tuple(group[:WORDS_SHOWN]), group[0], rows[group[0]], words))
    calls = [
        (number, name)
        for number, (_, _, key, _, of) in enumerate(found)
        for name in late
        if key in of.get(name, frozenset())
    ]
    return Rising(
        topics=_topic_table([(kind, shown, *row) for kind, shown, _, row, _ in found]),
        calls=pd.DataFrame(calls, columns=["topic", "interaction_id"]),
        recent=len(late),
        before=len(early),
        first=first,
        tested=by_cause.tested + by_word.tested,
        enough=True,
    )


Row = tuple[int, int, float, float, float, float]  # calls, before, share, share before, ratio, q
_Found = tuple[str, tuple[str, ...], str, Row, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class _Risen:
    risen: list[tuple[str, Row]]
    tested: int


def _risen(
    of: Mapping[str, frozenset[str]],
    late: list[str],
    early: list[str],
    block: Mapping[str, int],
    group: Mapping[str, str],
    least: int,
    method: Literal["bh", "by"],
) -> _Risen:
    """Give what stands in more of the late calls than of the early ones, most surely first."""
    now, then = _counted(of, late), _counted(of, early)
    inflation = _clustering(of, early, block, group)
    tested = sorted(key for key, count in now.items() if count >= least)
    if not tested:
        return _Risen([], 0)
    k = np.array([now[key] for key in tested])
    b = np.array([then.get(key, 0) for key in tested])
    # P(at least k of k + b fall into the late weeks), with counts divided by their clustering.
    p = betainc(k / inflation, b / inflation + 1, len(late) / (len(late) + len(early)))
    q = adjusted_p(p)
    if method == "by":
        q = np.minimum(q * (1 / np.arange(1, len(q) + 1)).sum(), 1.0)
    share, before = k / len(late), b / len(early)
    ratio = share / ((b + 0.5) / len(early))
    rows = [
        (tested[i], (int(k[i]), int(b[i]), float(share[i]), float(before[i]), float(ratio[i]), float(q[i])))
        for i in np.argsort(p, kind="stable")
        if q[i] <= FALSE_DISCOVERIES and ratio[i] >= LEAST_RATIO
    ]
    return _Risen(rows, len(tested))


def _clustering(
    of: Mapping[str, frozenset[str]], early: list[str], block: Mapping[str, int], group: Mapping[str, str]
) -> float:
    """Give how much more the counts of a matter vary from fortnight to fortnight than independent calls would, ≥ 1.

    Pearson's statistic of the counts against each matter's share of its group's calls (`group`: matter → class; one
    group where it names none), divided by its degrees of freedom: one customer calls several times, one event brings
    several customers. Whether a whole class rises is another question, which the alarm on volume answers.
    """
    blocks = sorted({block[name] for name in early})
    place = {one: number for number, one in enumerate(blocks)}
    counts: dict[str, np.ndarray] = {}
    for name in early:
        for key in of.get(name, frozenset()):
            counts.setdefault(key, np.zeros(len(blocks)))[place[block[name]]] += 1
    totals: dict[str, np.ndarray] = {"": np.array([sum(block[name] == one for name in early) for one in blocks], float)}
    for key, row in counts.items():
        if key in group:
            totals[group[key]] = totals.get(group[key], np.zeros(len(blocks))) + row
    often = [key for key, row in counts.items() if row.sum() >= 2 * len(blocks)]
    if len(blocks) < 3 or not often:
        return 1.0
    observed = np.array([counts[key] for key in often])
    whole = np.array([totals[group.get(key, "")] for key in often])
    expected = observed.sum(axis=1, keepdims=True) * whole / whole.sum(axis=1, keepdims=True)
    statistic = ((observed - expected) ** 2 / np.maximum(expected, 0.1)).sum()
    return max(float(statistic / (len(often) * (len(blocks) - 1))), 1.0)


def _topic_table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "name", "calls", "before", "share", "share_before", "ratio", "q"])


def _counted(words: Mapping[str, frozenset[str]], names: list[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name in names:
        for word in words.get(name, frozenset()):
            counted[word] = counted.get(word, 0) + 1
    return counted


def _together(risen: list[str], words: Mapping[str, frozenset[str]], names: list[str]) -> list[list[str]]:
    """Put risen words (most surely risen first) together that stand in the same calls."""
    calls = {word: {name for name in names if word in words.get(name, frozenset())} for word in risen}
    groups: list[list[str]] = []
    for word in risen:
        for group in groups:
            shared = max(len(calls[word] & calls[one]) / min(len(calls[word]), len(calls[one])) for one in group)
            if shared >= TOGETHER:
                group.append(word)
                break
        else:
            groups.append([word])
    return groups
