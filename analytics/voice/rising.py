"""Topics that rise: causes, and words no cause names yet, that calls of the last weeks are about more than before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from scipy.special import betainc

from analytics.multiplicity import adjusted_p

RECENT_DAYS = 56  # the last weeks, long enough for a handful of calls about something new
LONGER_DAYS = 112  # looked at too: a rise that has lasted is still news, and no part of what it is held against
BLOCK_DAYS = 14  # of the weeks before, by which it is measured how calls about one matter come together
BEFORE_DAYS = 182  # the weeks they are held against
LEAST_CALLS = 8  # of the last weeks, in which a word must stand
LEAST_RATIO = 1.6  # times as often as before: a rise worth a word in the review
FALSE_CAUSES, FALSE_WORDS = 0.05, 0.02  # false discovery rates
MATTER_LEAST_CALLS = 20  # about one cause, late and early together: chosen without looking at when they came
TOGETHER = 0.5  # share of the rarer word's calls in which two words stand together to be one topic
WORDS_SHOWN = 4
LEAST_BEFORE = 100  # calls before, without which nothing can be called new
LEAST_BEFORE_DAYS = 84  # days of calls before, likewise
# Share of looks that name a cause though none has risen: benchmarks/rising.py, without and with slow waves of classes.
FALSE_LOOKS = (0.05, 0.13)


@dataclass(frozen=True)
class Rising:
    """topics: a row a topic: `kind` ('cause' or 'words'), `name` (tuple: class and cause, or words, most telling
    first), `days` (RECENT_DAYS or LONGER_DAYS: the last days it is about), `calls` and `before` (calls of these days
    and of the weeks before), `share`, `share_before`, `ratio`, `q`; causes first, then most surely risen first. calls:
    topic (position) and interaction_id of the calls of these days behind it. recent, before: calls of the last
    RECENT_DAYS and of the weeks before. first: first day of the last weeks. tested: causes and words tested. enough:
    whether there were enough calls before to call anything new.
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

    The calls of the last RECENT_DAYS, and of the last LONGER_DAYS, about a cause are held against the BEFORE_DAYS
    before by the conditional binomial test (one-sided; Przyborowski & Wilenski 1940) with counts divided by their
    clustering (Rao & Scott 1992, Biometrics 48:577), all causes and both lengths together by Benjamini & Hochberg 1995.
    Words of the last RECENT_DAYS likewise, for what no cause names yet, by Benjamini & Yekutieli 2001, which holds for
    words that depend on each other; words that rise in the same calls are one topic, and one whose calls are mostly
    those of a risen cause is not said twice.
    """
    last = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    first = as_of - timedelta(days=RECENT_DAYS - 1)
    periods = [_period(day, last, days) for days in (RECENT_DAYS, LONGER_DAYS)]
    short = periods[0]
    periods = [one for one in periods if one.enough]
    if not periods or not short.late:
        nothing = pd.DataFrame(columns=["topic", "interaction_id"])
        return Rising(_topic_table([]), nothing, len(short.late), len(short.early), first, 0, enough=False)
    matters = {name: frozenset([" · ".join(cause)]) for name, cause in causes.items()}
    names = {" · ".join(cause): cause for cause in causes.values()}
    tried = [row for one in periods for row in _tried(matters, one, MATTER_LEAST_CALLS, early_too=True)]
    risen: dict[str, _Tried] = {}
    for row in sorted(_surely(tried, adjusted_p(_p_of(tried)), FALSE_CAUSES), key=lambda row: (row.q, row.days)):
        risen.setdefault(row.key, row)
    of_words = _tried(words, short, LEAST_CALLS, early_too=False) if short.enough else []
    steps = (1 / np.arange(1, len(of_words) + 1)).sum()
    words_risen = {
        row.key: row for row in _surely(of_words, np.minimum(adjusted_p(_p_of(of_words)) * steps, 1.0), FALSE_WORDS)
    }
    late = {one.days: one.late for one in periods}
    found: list[tuple[str, tuple[str, ...], _Tried, Mapping[str, frozenset[str]]]] = [
        ("cause", names[key], row, matters) for key, row in risen.items()
    ]
    told = {name for _, _, row, _ in found for name in late[row.days] if row.key in matters.get(name, frozenset())}
    for group in _together(list(words_risen), words, short.late):
        behind = [name for name in short.late if group[0] in words.get(name, frozenset())]
        if len(told.intersection(behind)) < TOGETHER * len(behind):
            found.append(("words", tuple(group[:WORDS_SHOWN]), words_risen[group[0]], words))
    calls = [
        (number, name)
        for number, (_, _, row, of) in enumerate(found)
        for name in late[row.days]
        if row.key in of.get(name, frozenset())
    ]
    return Rising(
        topics=_topic_table(
            [
                (kind, shown, row.days, row.calls, row.before, row.share, row.share_before, row.ratio, row.q)
                for kind, shown, row, _ in found
            ]
        ),
        calls=pd.DataFrame(calls, columns=["topic", "interaction_id"]),
        recent=len(short.late),
        before=len(short.early),
        first=first,
        tested=len({row.key for row in tried}) + len(of_words),
        enough=True,
    )


@dataclass(frozen=True)
class _Period:
    """The last days and the weeks before: the calls of each, and the fortnight of each early call."""

    days: int
    late: list[str]
    early: list[str]
    block: Mapping[str, int]
    enough: bool


def _period(day: pd.Series, last: pd.Timestamp, days: int) -> _Period:
    start = last - pd.Timedelta(days=days)
    since = start - pd.Timedelta(days=BEFORE_DAYS)
    late = list(day.index[(day >= start) & (day < last)])
    earlier = day[(day >= since) & (day < start)]
    long_enough = len(earlier) >= LEAST_BEFORE and (start - earlier.min()).days >= LEAST_BEFORE_DAYS
    return _Period(days, late, list(earlier.index), ((start - earlier).dt.days // BLOCK_DAYS).to_dict(), long_enough)


@dataclass(frozen=True)
class _Tried:
    """A matter tested: calls of the last days and before, their shares, the ratio, p, and q once adjusted."""

    key: str
    days: int
    calls: int
    before: int
    share: float
    share_before: float
    ratio: float
    p: float
    q: float = 1.0


def _tried(of: Mapping[str, frozenset[str]], period: _Period, least: int, *, early_too: bool) -> list[_Tried]:
    """Test every matter of at least so many calls, of the last days alone or with those before."""
    late, early = period.late, period.early
    now, then = _counted(of, late), _counted(of, early)
    inflation = _clustering(of, period)
    keys = sorted(key for key in now.keys() | then.keys() if now.get(key, 0) + early_too * then.get(key, 0) >= least)
    if not keys:
        return []
    k = np.array([now.get(key, 0) for key in keys], dtype=float)
    b = np.array([then.get(key, 0) for key in keys], dtype=float)
    # P(at least k of k + b fall into the late weeks), with counts divided by their clustering.
    p = betainc(np.maximum(k / inflation, 1e-9), b / inflation + 1, len(late) / (len(late) + len(early)))
    share, before = k / len(late), b / len(early)
    ratio = share / ((b + 0.5) / len(early))
    return [
        _Tried(key, period.days, int(k[i]), int(b[i]), float(share[i]), float(before[i]), float(ratio[i]), float(p[i]))
        for i, key in enumerate(keys)
    ]


def _p_of(tried: list[_Tried]) -> np.ndarray:
    return np.array([row.p for row in tried], dtype=float)


def _surely(tried: list[_Tried], q: np.ndarray, limit: float) -> list[_Tried]:
    """Give what has risen enough, most surely first."""
    rows = [replace(row, q=float(own)) for row, own in zip(tried, q, strict=True)]
    return sorted(
        (row for row in rows if row.q <= limit and row.ratio >= LEAST_RATIO), key=lambda row: (row.p, row.key)
    )


def _clustering(of: Mapping[str, frozenset[str]], period: _Period) -> float:
    """Give how much more the counts of a matter vary from fortnight to fortnight than independent calls would, ≥ 1.

    Pearson's statistic of the early counts against each matter's share of all calls, divided by its degrees of freedom:
    one customer calls several times, one event brings several customers, classes have their seasons.
    """
    blocks = sorted(set(period.block.values()))
    place = {one: number for number, one in enumerate(blocks)}
    counts: dict[str, np.ndarray] = {}
    whole = np.zeros(len(blocks))
    for name in period.early:
        number = place[period.block[name]]
        whole[number] += 1
        for key in of.get(name, frozenset()):
            counts.setdefault(key, np.zeros(len(blocks)))[number] += 1
    often = [row for row in counts.values() if row.sum() >= 2 * len(blocks)]
    if len(blocks) < 3 or not often:
        return 1.0
    observed = np.array(often)
    expected = observed.sum(axis=1, keepdims=True) * whole / whole.sum()
    statistic = ((observed - expected) ** 2 / np.maximum(expected, 0.1)).sum()
    return max(float(statistic / (len(often) * (len(blocks) - 1))), 1.0)


def _topic_table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["kind", "name", "days", "calls", "before", "share", "share_before", "ratio", "q"]
    )


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
