"""Did a measure work? The rate before and after it at the branches concerned, against the same change elsewhere.

Difference in differences on the log scale: what changed everywhere at the same time cancels out, and so does what a
branch always was. A measure is usually taken where things have just gone badly, and chance alone brings such a branch
back; the weeks that led to the measure are therefore left out of the time before it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

Verdict = Literal["not_begun", "too_early", "too_few", "better", "worse", "no_difference"]

LEAD_DAYS = 56  # before a measure that are left out: they are what it was taken for
BEFORE_DAYS = 364  # looked back at before them, at most; whole weeks, so that weekdays balance
LEAST_BEFORE = 56  # days without which there is nothing to compare with
SOONEST = 28  # days after which an effect is first spoken of
LEAST_EVENTS = 5.0  # counted before, and expected after without an effect: below it the interval says nothing
LEVEL = 0.95
TELLING = (0.5, 1.5)  # an interval that holds both could be half or half as much again: it tells nothing


@dataclass(frozen=True)
class MeasureEffect:
    """What can be said of one measure.

    verdict: not_begun, too_early (under four weeks, or no time before it), too_few (counts too small to tell), better
    or worse (the interval excludes 1), no_difference. ratio, low, high: rate after ÷ before at the branches concerned,
    divided by the same at the others where `compared`; with a 95% interval; None where it cannot be said. own, others:
    the two ratios it is made of. events_before, events_after: counted at the branches concerned; expected: after the
    measure had nothing changed but what changed elsewhere. dispersion: variance ÷ its nominal value between branches,
    at least 1. before, after: first and last day of the two times; days: of the time after.
    """

    verdict: Verdict
    compared: bool
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    own: float | None = None
    others: float | None = None
    events_before: int = 0
    events_after: int = 0
    expected: float = 0.0
    dispersion: float = 1.0
    before: tuple[pd.Timestamp, pd.Timestamp] | None = None
    after: tuple[pd.Timestamp, pd.Timestamp] | None = None

    @property
    def days(self) -> int:
        """Days since the measure began."""
        return 0 if self.after is None else (self.after[1] - self.after[0]).days + 1


def measure_effect(
    counts: pd.DataFrame,
    branches: Collection[str],
    starts: pd.Timestamp,
    as_of: pd.Timestamp,
    *,
    known_from: pd.Timestamp,
    share: bool = True,
    lead: int = LEAD_DAYS,
) -> MeasureEffect:
    """Compare the rate before and after a measure.

    counts: DataFrame with `branch_id`, `day`, `events` (customers not agreed, say) and `base` (customers decided; with
    share=False, where events are not part of a base, ignored: the days are the base). branches: those concerned; empty
    for all, and then nothing is left to compare with (`compared` is False and the ratio is plain before and after).
    starts: first day of the measure. known_from: first day that anything is known of. lead: days left out before it.

    Rate ratios within branches by Mantel and Haenszel, their variance by Greenland and Robins 1985 (Biometrics 41:55),
    widened by the dispersion that branches show in the change of their rates (quasi-likelihood, McCullagh and Nelder
    1989), Student's t with the branches' degrees of freedom.
    """
    if as_of < starts:
        return MeasureEffect("not_begun", bool(branches))
    last_before = starts - pd.Timedelta(days=lead + 1)
    first_before = max(last_before - pd.Timedelta(days=BEFORE_DAYS - 1), known_from)
    table = _table(counts, (first_before, last_before), (starts, as_of), share)
    concerned = table.index.isin(list(branches)) if branches else np.ones(len(table), dtype=bool)
    own, rest = table[concerned], table[~concerned]
    compared = bool(branches) and bool(rest["events_0"].sum() and rest["events_1"].sum())
    known: dict[str, object] = {
        "compared": compared,
        "events_before": int(own["events_0"].sum()),
        "events_after": int(own["events_1"].sum()),
        "before": (first_before, last_before),
        "after": (starts, as_of),
    }
    if (as_of - starts).days + 1 < SOONEST or (last_before - first_before).days + 1 < LEAST_BEFORE:
        return MeasureEffect("too_early", **known)  # type: ignore[arg-type]
    others, others_variance = _ratio(rest, share) if compared else (1.0, 0.0)
    base = own["base_1"].sum() / own["base_0"].sum() if own["base_0"].sum() > 0 else 0.0
    expected = float(own["events_0"].sum() * base * others)
    known["expected"] = expected
    if own["events_0"].sum() < LEAST_EVENTS or expected < LEAST_EVENTS:
        return MeasureEffect("too_few", **known)  # type: ignore[arg-type]
    ratio, variance = _ratio(own, share)
    dispersion, free = _dispersion([own, rest] if compared else [own])
    effect = ratio / others
    quantile = stats.t.ppf(0.5 + LEVEL / 2, free) if free else stats.norm.ppf(0.5 + LEVEL / 2)
    reach = float(quantile) * float(np.sqrt((variance + others_variance) * dispersion))
    low, high = effect * np.exp(-reach), effect * np.exp(reach)
    verdict: Verdict = "better" if high < 1 else "worse" if low > 1 else "no_difference"
    if verdict == "no_difference" and low < TELLING[0] and high > TELLING[1]:
        verdict = "too_few"
    return MeasureEffect(
        verdict,
        ratio=float(effect),
        low=float(low),
        high=float(high),
        own=float(ratio),
        others=float(others) if compared else None,
        dispersion=dispersion,
        **known,  # type: ignore[arg-type]
    )


def change(ratio: float) -> str:
    """Write a ratio as a change in whole percent: −20%, 0%, +35%."""
    percent = round((ratio - 1) * 100)
    return "0%" if percent == 0 else f"{percent:+d}%".replace("-", "−")


def _table(
    counts: pd.DataFrame,
    before: tuple[pd.Timestamp, pd.Timestamp],
    after: tuple[pd.Timestamp, pd.Timestamp],
    share: bool,
) -> pd.DataFrame:
    """Sum by branch: events_0, base_0 before, events_1, base_1 after; branches without either are left out."""
    parts = {}
    for number, (first, last) in enumerate((before, after)):
        inside = counts[(counts["day"] >= first) & (counts["day"] <= last)]
        sums = inside.groupby("branch_id")[["events", "base"]].sum()
        parts[f"events_{number}"] = sums["events"]
        parts[f"base_{number}"] = sums["base"]
    table = pd.DataFrame(parts).fillna(0.0)
    if not share:
        for number, (first, last) in enumerate((before, after)):
            table[f"base_{number}"] = float((last - first).days + 1)
    return table[(table["base_0"] > 0) & (table["base_1"] > 0)]


def _ratio(table: pd.DataFrame, share: bool) -> tuple[float, float]:
    """Give the rate ratio after ÷ before within branches, and the variance of its logarithm.

    Where one side has no event at all, half an event is put on each, as usual.
    """
    a, c = table["events_1"].to_numpy(dtype=float), table["events_0"].to_numpy(dtype=float)
    n1, n0 = table["base_1"].to_numpy(dtype=float), table["base_0"].to_numpy(dtype=float)
    if a.sum() == 0 or c.sum() == 0:
        after, before = a.sum() + 0.5, c.sum() + 0.5
        return float(after / n1.sum() / (before / n0.sum())), float(1 / after + 1 / before)
    total = n1 + n0
    up, down = a * n0 / total, c * n1 / total
    spread = (a + c) * n1 * n0 - (a * c * total if share else 0.0)
    variance = float((spread / total**2).sum() / (up.sum() * down.sum()))
    return float(up.sum() / down.sum()), max(variance, 0.0)


def _dispersion(groups: list[pd.DataFrame]) -> tuple[float, float]:
    """Give how much more branches differ in their change than chance lets them (≥ 1), and its degrees of freedom.

    Given a branch's events of both times, those after are binomial with n1 r ÷ (n0 + n1 r), r the group's ratio. The
    squared distances from that are summed as they are, so that the large branches count as they do in the ratio;
    degrees of freedom after Satterthwaite.
    """
    square, nominal, free = 0.0, 0.0, 0.0
    for group in groups:
        events = (group["events_0"] + group["events_1"]).to_numpy()
        if (events > 0).sum() < 2:
            continue
        ratio, _ = _ratio(group, share=False)
        odds = (group["base_1"] * ratio / group["base_0"]).to_numpy()
        expected = events * odds / (1 + odds)
        variance = expected / (1 + odds)
        square += float(((group["events_1"].to_numpy() - expected) ** 2).sum())
        nominal += float(variance.sum() - (variance**2).sum() / variance.sum())
        free += float(variance.sum() ** 2 / (variance**2).sum() - 1)
    return (max(square / nominal, 1.0), free) if free > 0 else (1.0, 0.0)
