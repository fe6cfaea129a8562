"""How often the branch screen marks something where nothing differs, and what it finds where something does.

Run alone: `python -m benchmarks.branches [--banks N] [--seed N]`; prints false marks and power beside naive rules.
A bank is one class of 36 branches of very different sizes over three years (benchmarks/branch_worlds.py).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
import pandas as pd

from analytics.branch_findings import BranchFindings, branch_findings
from analytics.handling import late_dispatch, path_outcomes
from analytics.multiplicity import stands_out
from analytics.proportion import two_sided
from benchmarks.branch_worlds import QUIET, World, cells, draw

SIZES = (35, 50, 88, 150, 300)
RATIOS = (2.0, 3.0)


def page_marks(customers: pd.DataFrame, *, mix: bool) -> dict[str, int]:
    """Count the marks on the branch screen of one bank, by family; with a true mix, causes and channels do differ, and
    their marks are no false ones."""
    found = branch_findings(cells(customers))
    assert found is not None
    paths = path_outcomes(customers)
    marks = {
        "branches": len(found.branches.marked),
        "this year": 0 if found.this_year is None else len(found.this_year.marked),
        "cells": len(found.branch_causes.marked),
        "dispatch": len(late_dispatch(customers).marked),
        "paths": int(paths["verdict"].isin(["worse", "better"]).sum()),
    }
    return marks if mix else marks | {"causes": len(found.causes.marked), "channels": len(found.channels.marked)}


def units_of(customers: pd.DataFrame) -> pd.DataFrame:
    """Give `decided`, `not_agreed` a branch, indexed by branch_id."""
    counts = customers.groupby("branch_id")["is_not_agreed"].agg(decided="size", not_agreed="sum")
    return counts.astype(int)


def ten_points(customers: pd.DataFrame) -> set[str]:
    """Mark every branch whose rate lies 10 points or more above the average."""
    units = units_of(customers)
    rate = units["not_agreed"] / units["decided"]
    return set(units.index[rate >= units["not_agreed"].sum() / units["decided"].sum() + 0.10])


def worst_three(customers: pd.DataFrame) -> set[str]:
    """Mark the three branches with the highest rates: the league table."""
    units = units_of(customers)
    return set((units["not_agreed"] / units["decided"]).nlargest(3).index)


def plain_limits(customers: pd.DataFrame) -> set[str]:
    """Mark every branch outside of its own exact 95% limits, one by one."""
    units = units_of(customers)
    share = units["not_agreed"].sum() / units["decided"].sum()
    return set(units.index[two_sided(units["not_agreed"], units["decided"], share) < 0.05])


def branches_alone(customers: pd.DataFrame) -> set[str]:
    """Mark branches by exact tails and Benjamini–Hochberg at 5%, without case mix, whatever their size."""
    units = units_of(customers)
    share = units["not_agreed"].sum() / units["decided"].sum()
    return set(units.index[stands_out(two_sided(units["not_agreed"], units["decided"], share), 0.05)])


NAIVE: dict[str, Callable[[pd.DataFrame], set[str]]] = {
    "10 points above the average": ten_points,
    "worst three": worst_three,
    "95% limits one by one": plain_limits,
    "exact + BH 5%, no mix": branches_alone,
}


def false_marks(banks: int, seed: int, worlds: tuple[World, ...] = QUIET) -> pd.DataFrame:
    """Give, world by world, the share of banks with any mark on the whole screen, and for naive rules the share of
    banks with any marked branch; `marks of 10 points` is the mean number of branches that rule marks."""
    rows = []
    for place, world in enumerate(worlds):
        rng = np.random.default_rng([seed, place])
        any_mark, by_rule, ten = 0, dict.fromkeys(NAIVE, 0), 0
        for _ in range(banks):
            customers = draw(world, rng)
            any_mark += any(page_marks(customers, mix=world.mix).values())
            for name, rule in NAIVE.items():
                marked = rule(customers)
                by_rule[name] += bool(marked)
                ten += len(marked) if rule is ten_points else 0
        rows.append(
            {
                "world": world.name,
                "product, whole screen": any_mark / banks,
                **{name: hits / banks for name, hits in by_rule.items()},
                "marks of 10 points": ten / banks,
            }
        )
    return pd.DataFrame(rows).set_index("world")


def power(banks: int, seed: int, sizes: tuple[int, ...] = SIZES, ratios: tuple[float, ...] = RATIOS) -> pd.DataFrame:
    """Give, for one branch of each size whose odds are `ratio` times the others', the share of banks in which the
    product marks it as worse; beside it the plain exact test with BH at 5%; the class has 1,050 customers, rate 20%."""
    rows = []
    for ratio in ratios:
        for size in sizes:
            world = World("planted", 1_050, planted=ratio, planted_size=size)
            rng = np.random.default_rng([seed, size, int(10 * ratio)])
            name = f"B{world.planted_at}"
            ours = alone = others = 0
            for _ in range(banks):
                customers = draw(world, rng)
                found = branch_findings(cells(customers))
                assert found is not None
                worse = worse_branches(found)
                ours += name in worse
                others += bool(worse - {name})
                alone += name in branches_alone(customers)
            rows.append(
                {
                    "odds ratio": ratio,
                    "customers": size,
                    "product": ours / banks,
                    "exact + BH 5%, no mix": alone / banks,
                    "product marks another": others / banks,
                }
            )
    return pd.DataFrame(rows).set_index(["odds ratio", "customers"])


def worse_branches(found: BranchFindings) -> set[str]:
    """Give the branches marked as worse."""
    marked = found.branches.marked
    return set(marked.loc[marked["verdict"] == "worse", "branch_id"])


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banks", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pd.set_option("display.width", 220, "display.max_columns", 20)
    print(f"{options.banks} banks a world, seed {options.seed}\n")
    print("Share of banks with any mark where nothing differs (stated rate of the whole screen: 5%)")
    print(false_marks(options.banks, options.seed).round(3).to_string(), "\n")
    print("Share of banks in which the one branch that differs is marked")
    print(power(options.banks, options.seed).round(3).to_string())


if __name__ == "__main__":
    main()
