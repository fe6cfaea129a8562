"""The handling path of tickets: how long each step took against its limit, who dispatches late, which paths end
badly."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analytics.branch_findings import FAMILY_RATES
from analytics.funnel import JUDGED_FROM, Comparison, compared
from analytics.multiplicity import adjusted_p
from analytics.proportion import difference_interval, exact_interval, same_share
from analytics.step_limits import STEP_LIMITS, Step, StepLimit
from analytics.working_time import working_hours
from texts import N_

COLUMNS = ("received_at", "dispatched_at", "first_contact_at", "first_reply_at", "first_outcome_at", "closed_at")
# What is known of a ticket's path before its first round is decided.
PATHS: Mapping[str, str] = {
    "returned": N_("sent back and dispatched again"),
    "dispatch_late": N_("dispatched late"),
    "contact_late": N_("first contact late"),
    "reply_late": N_("first reply late"),
    "outcome_late": N_("first round decided late"),
}


def steps_recorded(tickets: pd.DataFrame, limits: Mapping[Step, StepLimit] = STEP_LIMITS) -> frozenset[Step]:
    """Give the steps that the tickets date: not those that none of at least JUDGED_FROM tickets which could have come
    to it has, because the export does not tell them; of fewer tickets nobody may have come there yet."""
    return frozenset(
        step
        for step, limit in limits.items()
        if tickets[limit.ends].notna().any() or tickets[limit.starts].notna().sum() < JUDGED_FROM
    )


def in_whole_days(tickets: pd.DataFrame) -> bool:
    """Say whether the tickets were received on days without a time of day."""
    received = tickets["received_at"].dropna()
    return len(received) > 0 and bool((received == received.dt.normalize()).all())


def waits(
    tickets: pd.DataFrame,
    as_of: pd.Timestamp,
    recorded: Collection[Step] | None = None,
    limits: Mapping[Step, StepLimit] = STEP_LIMITS,
) -> pd.DataFrame:
    """Give every ticket's wait for each step and whether it was too long.

    tickets: DataFrame with COLUMNS (moments), a row a ticket, in any order. recorded: steps that the export dates, else
    `steps_recorded` of these tickets. Result: the same with, for every step, `<step>_wait` (the limit's unit; up to the
    end of as_of while it is still waited for), `<step>_late` (nullable bool: over the limit; missing where the wait is
    still within it or cannot be known) and `<step>_open` (bool: still waited for). A step without a moment although a
    later one has one is not known, nor is one that is not recorded.
    """
    recorded = steps_recorded(tickets, limits) if recorded is None else recorded
    today = as_of.normalize()
    end_of_day = today + pd.Timedelta(days=1)
    found: dict[str, pd.Series] = {}
    for step, limit in limits.items():
        start, end = tickets[limit.starts], tickets[limit.ends]
        after = list(COLUMNS[COLUMNS.index(limit.ends) + 1 :])
        passed_over = tickets[after].notna().any(axis=1) if after else pd.Series(False, index=tickets.index)
        is_open = end.isna() & start.notna() & ~passed_over & (step in recorded)
        if limit.unit == "days":  # as the regulation counts: the day of receipt does not count, the last one does
            until = end.where(~is_open, today).dt.normalize()
            wait = ((until - start.dt.normalize()) / pd.Timedelta(days=1)).clip(lower=0)
        else:
            wait = working_hours(start, end.where(~is_open, end_of_day))
        over = wait > limit.limit
        late = pd.Series(pd.NA, index=tickets.index, dtype="boolean")
        late[end.notna() & start.notna()] = over
        late[is_open & over] = True
        found |= {f"{step}_wait": wait, f"{step}_late": late, f"{step}_open": is_open}
    return tickets.assign(**found)


def step_summary(waited: pd.DataFrame, limits: Mapping[Step, StepLimit] = STEP_LIMITS) -> pd.DataFrame:
    """Give one row a step: `step`, `limit`, `unit`, `tickets` (whose wait is known or already too long), `late`,
    `share` with its exact 95% interval `low`–`high`, `median` and `ninth` (90% are through by then) of the finished
    waits, `open_late` (still waited for and already late)."""
    rows = []
    for step, limit in limits.items():
        late = waited[f"{step}_late"].dropna()
        finished = waited[f"{step}_wait"][~waited[f"{step}_open"]].dropna()
        low, high = exact_interval(late.sum(), len(late))
        rows.append(
            {
                "step": step,
                "limit": limit.limit,
                "unit": limit.unit,
                "tickets": len(late),
                "late": int(late.sum()),
                "share": float(late.mean()) if len(late) else np.nan,
                "low": float(low),
                "high": float(high),
                "median": float(finished.median()) if len(finished) else np.nan,
                "ninth": float(finished.quantile(0.9)) if len(finished) else np.nan,
                "open_late": int((late & waited[f"{step}_open"][late.index]).sum()),
            }
        )
    return pd.DataFrame(rows)


def late_dispatch(waited: pd.DataFrame) -> Comparison:
    """Compare branches by their share of tickets dispatched late or still lying there late (R07).

    Result: units `branch_id`, `decided` (tickets), `not_agreed` (late ones), `median` (working hours), `open_late`.
    Only branches later than the others are looked for.
    """
    known = waited[waited["dispatch_late"].notna()]
    late = known["dispatch_late"].astype(bool)
    share = float(late.mean()) if len(known) else 0.0
    units = (
        known.assign(late=late, lying=late & known["dispatch_open"])
        .groupby("branch_id", sort=False)
        .agg(
            decided=("late", "size"),
            not_agreed=("late", "sum"),
            median=("dispatch_wait", "median"),
            open_late=("lying", "sum"),
        )
        .reset_index()
    )
    units = units.assign(expected=units["decided"] * share)
    units = units.sort_values("decided", ascending=False, kind="stable", ignore_index=True)
    return compared(units, FAMILY_RATES["dispatch"], only_worse=True)


def path_marks(waited: pd.DataFrame) -> dict[str, pd.Series]:
    """Give for every path in PATHS which tickets went that way (nullable bool)."""
    sent_back = (waited["returned"] > 0).astype("boolean")
    return {path: sent_back if path == "returned" else waited[path] for path in PATHS}


def path_outcomes(waited: pd.DataFrame) -> pd.DataFrame:
    """Compare, path by path, how often customers who went that way end not agreed.

    waited: from `waits`, with `returned`, `counted`, `is_not_agreed`; counted tickets alone are used, one a customer.
    Result: DataFrame a path: `path`, `with_decided`, `with_not_agreed`, `without_decided`, `without_not_agreed`,
    `difference`
    of the shares with its interval `low`–`high` (Newcombe), `p` (Fisher, missing where either group is below
    JUDGED_FROM), `p_adjusted`, `verdict` as in `analytics.funnel`. An association only: what delays a ticket may
    also be what makes its customer disagree.
    """
    counted = waited[waited["counted"].astype(bool)]
    bad = counted["is_not_agreed"].astype(bool)
    rows = []
    for path, went in path_marks(counted).items():
        known = went.dropna().astype(bool)
        hits, misses = bad[known.index][known], bad[known.index][~known]
        row = {
            "path": path,
            "with_decided": len(hits),
            "with_not_agreed": int(hits.sum()),
            "without_decided": len(misses),
            "without_not_agreed": int(misses.sum()),
            "difference": np.nan,
            "low": np.nan,
            "high": np.nan,
            "p": np.nan,
        }
        if len(hits) and len(misses):
            numbers = int(hits.sum()), len(hits), int(misses.sum()), len(misses)
            row["difference"] = float(hits.mean() - misses.mean())
            row["low"], row["high"] = difference_interval(*numbers)
            if min(len(hits), len(misses)) >= JUDGED_FROM:
                row["p"] = same_share(*numbers)
        rows.append(row)
    table = pd.DataFrame(rows)
    adjusted = adjusted_p(table["p"])
    marked = adjusted <= FAMILY_RATES["paths"]
    verdict = np.select(
        [table["p"].isna(), marked & (table["difference"] > 0), marked], ["not_judged", "worse", "better"], "usual"
    )
    return table.assign(p_adjusted=adjusted, verdict=verdict)
