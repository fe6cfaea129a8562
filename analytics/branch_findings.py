"""Everything the branch screen marks, tested together, so that the screen as a whole keeps its rate of false marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analytics.case_mix import expected
from analytics.funnel import Comparison, compared

PAGE_RATE = 0.05  # chance of any mark on the screen where nothing differs
# What of it each family of comparisons may use up (Bonferroni between families, Benjamini–Hochberg inside).
FAMILY_RATES: Mapping[str, float] = MappingProxyType(
    {
        "branches": 0.020,
        "this_year": 0.010,
        "cells": 0.010,
        "causes": 0.001,
        "channels": 0.001,
        "dispatch": 0.004,
        "paths": 0.004,
    }
)
MIX = ("cause", "channel", "year")


@dataclass(frozen=True)
class BranchFindings:
    """Who differs beyond chance.

    cells: the counts they come from, DataFrame of `branch_id`, `cause`, `channel`, `year`, `decided`, `not_agreed`,
    `expected` (by cause, channel and year). branches, branch_causes, causes, channels: over all years of `cells`;
    this_year: branches in the year asked for alone, None where it is the only one or nobody is decided in it. years:
    first and last.
    """

    cells: pd.DataFrame
    branches: Comparison
    this_year: Comparison | None
    branch_causes: Comparison
    causes: Comparison
    channels: Comparison
    years: tuple[int, int]

    @property
    def period(self) -> str:
        """The years compared, e.g. 2023–2025."""
        first, last = self.years
        return str(last) if first == last else f"{first}–{last}"

    @property
    def may_compare(self) -> bool:
        """Whether there are branches to compare at all: at least two."""
        return len(self.branches.units) > 1


def branch_findings(cells: pd.DataFrame, year: int | None = None) -> BranchFindings | None:
    """Compare branches, causes, channels and each branch's causes.

    cells: DataFrame of `branch_id`, `cause`, `channel`, `year`, `decided`, `not_agreed` (customers), one row a
    combination. year: what "this year" is, by default the last of them. None where nobody is decided.
    """
    if cells.empty or cells["decided"].sum() == 0:
        return None
    table = cells.assign(expected=expected(cells, MIX))
    first, last = int(table["year"].min()), int(table["year"].max())
    now = table[table["year"] == (last if year is None else year)]
    return BranchFindings(
        cells=table,
        branches=_family(table, ["branch_id"], "branches"),
        this_year=None if first == last or now.empty else _family(_again(now), ["branch_id"], "this_year"),
        branch_causes=_family(table, ["branch_id", "cause"], "cells"),
        causes=_family(_again(table, ("channel", "year")), ["cause"], "causes"),
        channels=_family(_again(table, ("cause", "year")), ["channel"], "channels"),
        years=(first, last),
    )


def _again(cells: pd.DataFrame, mix: tuple[str, ...] = MIX) -> pd.DataFrame:
    """Give cells with what another mix leads one to expect."""
    return cells.assign(expected=expected(cells, mix))


def _family(cells: pd.DataFrame, by: list[str], family: str) -> Comparison:
    units = cells.groupby(by, sort=False)[["decided", "not_agreed", "expected"]].sum().reset_index()
    return compared(
        units.sort_values("decided", ascending=False, kind="stable", ignore_index=True), FAMILY_RATES[family]
    )
