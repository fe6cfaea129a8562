"""What the screen of causes names where there is nothing, what it finds, and how sure its elasticity is.

Run alone: `python -m benchmarks.causes [--banks N] [--seed N]`; prints false flags beside the naive rules, power,
coverage of the elasticity's interval, and how well positions are read from replies of the demo bank.
"""

from __future__ import annotations

import argparse
import warnings

import numpy as np
import pandas as pd
from scipy.stats import chi2, chi2_contingency, norm, t

from analytics.approval_standards import approval_standards
from analytics.demands import demands_and_rounds, scripts_and_outcomes
from analytics.loan_balance import balance_relation
from analytics.negative_binomial import fit_negative_binomial
from analytics.reply_divergence import reply_divergence
from analytics.reply_positions import positions
from benchmarks.cause_worlds import Bank, Planted, balances, bank

SIZES = (400, 700, 2_000)  # tickets
PAGE = ("replies", "approvals", "balance", "demands")


def flags(own: Bank, seed: int) -> dict[str, bool]:
    """Say which analyses of the page name any difference."""
    told, granted = reply_divergence(own.replies, seed=seed), approval_standards(own.approvals, seed=seed)
    ends = demands_and_rounds(own.rounds, ["赔偿精神损失"])
    return {
        "replies": told.differs or bool(len(told.apart)),
        "approvals": granted.differs or bool(len(granted.apart)),
        "balance": bool(len(balance_relation(own.customers).apart)),
        "demands": ends.differs or bool(len(scripts_and_outcomes(own.texts).apart)),
    }


def naive(own: Bank) -> dict[str, bool]:
    """Say what the usual rules name: χ² at 5%, branches 10 points off the average, 2 sd off a Poisson share."""
    by_branch = own.approvals.groupby("branch_id")[["requested", "granted"]].sum()
    table = np.column_stack([by_branch["granted"], by_branch["requested"] - by_branch["granted"]])
    rate = by_branch["granted"] / by_branch["requested"]
    off = (rate - by_branch["granted"].sum() / by_branch["requested"].sum()).abs()
    customers = own.customers
    expected = customers["balance"] / customers["balance"].sum() * customers["customers"].sum()
    return {
        "χ² of approvals": _chi2_p(table) <= 0.05,
        "χ² of replies": min(
            _chi2_p(group.pivot_table(index="branch_id", columns="position", values="replies", fill_value=0).to_numpy())
            for _, group in own.replies.groupby("question_key")
        )
        <= 0.05,
        "10 points off (≥ 10 requests)": bool((off[by_branch["requested"] >= 10] > 0.10).any()),
        "2 sd off a Poisson share": bool(((customers["customers"] - expected).abs() > 2 * np.sqrt(expected)).any()),
    }


def _chi2_p(table: np.ndarray) -> float:
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return float(chi2_contingency(table, correction=False).pvalue) if min(table.shape) > 1 else 1.0


def false_flag_table(banks: int, seed: int) -> pd.DataFrame:
    """Share of banks with nothing planted at which anything is named, by tickets: the page, its parts, naive rules."""
    rows = {}
    for size in SIZES:
        rng = np.random.default_rng([seed, size])
        found = []
        for number in range(banks):
            own = bank(size, rng)
            parts = flags(own, number)
            found.append({"the page": any(parts.values())} | parts | naive(own))
        rows[f"{size} tickets"] = pd.DataFrame(found).mean()
    return pd.DataFrame(rows).T


def power_table(banks: int, seed: int) -> pd.DataFrame:
    """Share of banks at which the planted branch is named, and any other branch with it, by what is planted."""
    planted = {
        "replies: 80% instead of 10% at the 3rd branch": Planted(2, reply_share=0.8),
        "replies: 50% instead of 10% at the 3rd branch": Planted(2, reply_share=0.5),
        "replies: 80% instead of 10% at the 12th branch": Planted(11, reply_share=0.8),
        "approvals: odds .15 at the 4th branch": Planted(3, odds=0.15),
        "approvals: odds .33 at the 4th branch": Planted(3, odds=1 / 3),
        "approvals: odds .15 at the 12th branch": Planted(11, odds=0.15),
    }
    rows = {}
    for place, (name, effect) in enumerate(planted.items()):
        for size in SIZES[1:]:
            rng = np.random.default_rng([seed, place, size])
            named, others = 0, 0
            for number in range(banks):
                own = bank(size, rng, effect)
                if effect.reply_share:
                    apart = reply_divergence(own.replies, seed=number, draws=99).apart["branch_id"]
                else:
                    apart = approval_standards(own.approvals, seed=number, draws=99).apart["branch_id"]
                branch = f"B{effect.branch + 1:02d}"
                named += int(apart.eq(branch).any())
                others += int((~apart.eq(branch)).any())
            rows[f"{name}, {size} tickets"] = {"named": named / banks, "another named too": others / banks}
    return pd.DataFrame(rows).T


def coverage_table(fits: int, seed: int) -> pd.DataFrame:
    """Share of 95% intervals of the elasticity that hold it (1.0), 36 branches, by customers and branch noise."""
    size = balances()
    x = np.log(size / np.exp(np.log(size).mean()))
    rows = {}
    for customers in (250, 700, 2_000):
        for noise in (0.0, 0.04, 0.2, 0.5):
            rng = np.random.default_rng([seed, customers, int(100 * noise)])
            mean = customers * size / size.sum()
            factor = rng.gamma(1 / noise, noise, (fits, len(x))) if noise else np.ones((fits, len(x)))
            counts = rng.poisson(mean * factor).astype(float)
            rows[f"{customers} customers, noise {noise:g}"] = _coverages(counts, x)
    return pd.DataFrame(rows).T


def _coverages(counts: np.ndarray, x: np.ndarray) -> dict[str, float]:
    fit = fit_negative_binomial(counts, x)
    error = np.sqrt(fit.slope_variance)
    student, normal = t.ppf(0.975, len(x) - 2), norm.ppf(0.975)
    poisson = _poisson(counts, x)
    off = np.abs(fit.slope - 1)
    held = {
        "product (t)": off <= student * error,
        "normal quantile": off <= normal * error,
        "HC3 (t)": off <= student * _hc3(counts, x, fit.means, fit.dispersion),
        "profile likelihood": _profile_holds(counts, x),
        "quasi-Poisson (t)": np.abs(poisson[0] - 1) <= student * poisson[1] * np.sqrt(poisson[2]),
        "Poisson": np.abs(poisson[0] - 1) <= normal * poisson[1],
    }
    return {name: float(hits.mean()) for name, hits in held.items()}


def _poisson(counts: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give slopes, standard errors and Pearson dispersions of Poisson fits, by Newton steps."""
    level, slope = np.log(counts.mean(axis=1)), np.ones(len(counts))
    for _ in range(30):
        means = np.exp(level[:, None] + slope[:, None] * x)
        s0, s1, s2 = means.sum(axis=1), means @ x, means @ x**2
        u0, u1 = (counts - means).sum(axis=1), (counts - means) @ x
        determinant = s0 * s2 - s1**2
        level = level + np.clip((s2 * u0 - s1 * u1) / determinant, -1, 1)
        slope = slope + np.clip((s0 * u1 - s1 * u0) / determinant, -1, 1)
    dispersion = np.maximum(((counts - means) ** 2 / means).sum(axis=1) / (len(x) - 2), 1.0)
    return slope, np.sqrt(s0 / determinant), dispersion


def _hc3(counts: np.ndarray, x: np.ndarray, means: np.ndarray, dispersion: np.ndarray) -> np.ndarray:
    """Give robust standard errors of the slope with leverages (MacKinnon and White 1985, J Econometrics 29:305)."""
    weight = means / (1 + dispersion[:, None] * means)
    s0, s1, s2 = weight.sum(axis=1)[:, None], (weight @ x)[:, None], (weight @ x**2)[:, None]
    determinant = s0 * s2 - s1**2
    leverage = weight * (s2 - 2 * s1 * x + s0 * x**2) / determinant
    influence = weight * (s0 * x - s1) / determinant * (counts - means) / means / (1 - leverage)
    result: np.ndarray = np.sqrt((influence**2).sum(axis=1))
    return result


def _profile_holds(counts: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Say whether the likelihood-ratio interval, each with its own dispersion of largest likelihood, holds 1.0."""
    free, held = _best_likelihood(counts, x, None), _best_likelihood(counts, x, 1.0)
    return np.asarray(2 * (free - held) <= chi2.ppf(0.95, 1))


def _best_likelihood(counts: np.ndarray, x: np.ndarray, slope: float | None) -> np.ndarray:
    from scipy.special import gammaln

    fit = fit_negative_binomial(counts, x, fixed_slope=slope)
    best = np.full(len(counts), -np.inf)
    for dispersion in np.concatenate([[1e-6], np.geomspace(0.003, 2.0, 40)]):
        size = 1 / dispersion
        means = fit.means
        logs = (
            gammaln(counts + size)
            - gammaln(size)
            + size * np.log(size / (size + means))
            + counts * np.log(means / (size + means))
        ).sum(axis=1)
        best = np.maximum(best, logs)
    return best


def positions_table() -> pd.DataFrame:
    """How well positions of the demo bank's replies are read: by question, with the coded ones and without any."""
    from sklearn.metrics import adjusted_rand_score

    from data.demo import demo_bank

    demo = demo_bank()
    last = (
        demo.tickets.groupby("ticket_id")
        .tail(1)
        .merge(demo.truth.tickets[["ticket_id", "true_position"]], on="ticket_id")
    )
    rows = []
    for _, own in last.groupby("complaint_class"):
        for way, given in (("like_coded", own), ("by_rule", own.assign(reply_position=np.nan))):
            read = positions(given).replies
            known = read[read["derived"] & read["true_position"].notna()]
            for question, group in known.groupby("question_key"):
                rows.append(
                    {
                        "way": way,
                        "question": question,
                        "derived": len(group),
                        "same name": (group["position"] == group["true_position"]).mean(),
                        "agreement (adjusted Rand)": adjusted_rand_score(group["true_position"], group["position"]),
                    }
                )
    return pd.DataFrame(rows)


def main() -> None:
    """Run all worlds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--banks", type=int, default=200)
    parser.add_argument("--fits", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pd.set_option("display.width", 250, "display.max_columns", 30)
    print(f"{options.banks} banks a row, {options.fits} fits, seed {options.seed}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # naive rules divide by empty margins
        print("Any false flag where nothing differs\n", false_flag_table(options.banks, options.seed).round(3).T, "\n")
    print("Power\n", power_table(options.banks, options.seed).round(3), "\n")
    print("Coverage of the elasticity's 95% interval\n", coverage_table(options.fits, options.seed).round(3), "\n")
    read = positions_table()
    print("Positions read from replies\n", read.round(3).to_string(index=False), "\n")
    print(read.groupby("way")["agreement (adjusted Rand)"].describe().round(3))


if __name__ == "__main__":
    main()
