"""How many customers complain, on which day and at which branch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.calendar import day_type, festival_offset, year_days
from data.demo.truth import COLLECTION, INSURANCE, PREPAYMENT, VOLUME_STEP

YEARS = (2023, 2024, 2025)
FIXED_YEAR = 2024  # its totals are exact, as the document gives them

# Customers a year and class, and how strongly the class follows the year (log amplitude).
CUSTOMERS = {
    PREPAYMENT: ((436, 412, 424), 0.26),
    "信用卡息费": ((240, 262, 265), 0.06),
    "信用卡分期": ((205, 214, 222), 0.06),
    COLLECTION: ((190, 196, 196), 0.08),
    "借记卡账户管控": ((160, 178, 182), 0.05),
    "理财销售": ((140, 132, 128), 0.08),
    "支付结算": ((112, 118, 120), 0.05),
    "手机银行": ((96, 104, 110), 0.05),
    "网点服务": ((104, 96, 94), 0.08),
    "个人信息": ((50, 58, 60), 0.05),
    INSURANCE: ((23, 21, 19), 0.05),
}
DAY_FACTOR = {"workday": 1.0, "adjusted_workday": 0.8, "weekend": 0.32, "holiday": 0.2}
WEEKDAY_FACTOR = np.array([1.15, 1.06, 1.0, 0.96, 0.90, 1.0, 1.0])
WEEK_NOISE_SD = 0.10
WEEK_NOISE_AR = 0.6
BRANCH_NOISE_SHAPE = 25.0  # gamma shape of the branch's year: a coefficient of variation of 0.2
LOAN_CLASSES = (PREPAYMENT,)  # follow the loan balance; the others follow the number of personal customers


@dataclass(frozen=True)
class Receipts:
    """Arrays of one length, a complaining customer each: class, day received, position of the branch."""

    complaint_class: np.ndarray
    day: np.ndarray
    branch: np.ndarray


def daily_intensity(complaint_class: str, year: int, rng: np.random.Generator) -> pd.Series:
    """Give the relative intensity of a class by day of one year (mean 1 before any planted step), without branches."""
    days = year_days(year)
    shape = day_type(days).map(DAY_FACTOR).to_numpy(dtype=float)
    weekdays = days.day_of_week.to_numpy()
    shape = shape * np.where(weekdays < 5, WEEKDAY_FACTOR[weekdays], 1.0)
    offset = festival_offset(days).to_numpy(dtype=float)
    after = np.where((offset >= 7) & (offset < 28), 0.35 * np.exp(-(offset - 7) / 10), 0.0)
    before = np.where((offset >= -14) & (offset < 0), -0.2 * (1 + offset / 14), 0.0)
    amplitude = CUSTOMERS[complaint_class][1]
    angle = 2 * np.pi * days.day_of_year.to_numpy() / 365.25
    # Two harmonics that peak around the turn of March to April and again in October.
    season = amplitude * (0.6 * np.cos(angle - 1.6) + 0.8 * np.cos(2 * (angle - 1.7)))
    weeks = (days - pd.Timestamp(year, 1, 1)).days.to_numpy() // 7
    noise = np.empty(weeks[-1] + 1)
    noise[0] = rng.normal(0, WEEK_NOISE_SD)
    for week in range(1, len(noise)):
        step = rng.normal(0, WEEK_NOISE_SD * np.sqrt(1 - WEEK_NOISE_AR**2))
        noise[week] = WEEK_NOISE_AR * noise[week - 1] + step
    intensity = shape * np.exp(after + before + season + noise[weeks])
    intensity = intensity / intensity.mean()
    if complaint_class == VOLUME_STEP.complaint_class and VOLUME_STEP.starts is not None:
        intensity = intensity * np.where(days >= pd.Timestamp(VOLUME_STEP.starts), VOLUME_STEP.size, 1.0)
    return pd.Series(intensity, index=days)


def draw_receipts(
    branches: pd.DataFrame, balances: pd.DataFrame, reserved: dict[tuple[str, int], int], rng: np.random.Generator
) -> Receipts:
    """Draw who complains when and where.

    branches, balances: from `data.demo.bank`. reserved: customers by class and year that are told elsewhere (the
    document's cases) and are taken off the exact totals.
    """
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    year_balance = balances.assign(year=balances["month"].dt.year).pivot_table(
        index="branch_id", columns="year", values="loan_balance", aggfunc="mean"
    )
    for complaint_class, (totals, _) in CUSTOMERS.items():
        for year, level in zip(YEARS, totals, strict=True):
            intensity = daily_intensity(complaint_class, year, rng)
            if year == FIXED_YEAR:
                count = level - reserved.get((complaint_class, year), 0)
            else:
                count = int(rng.poisson(level * intensity.mean()))
            exposure = (
                year_balance[year].to_numpy(dtype=float)
                if complaint_class in LOAN_CLASSES
                else branches["personal_customers"].to_numpy(dtype=float)
            )
            weight = exposure * rng.gamma(BRANCH_NOISE_SHAPE, 1 / BRANCH_NOISE_SHAPE, len(exposure))
            day = rng.choice(intensity.index.to_numpy(), count, p=(intensity / intensity.sum()).to_numpy())
            branch = rng.choice(len(exposure), count, p=weight / weight.sum())
            parts.append((np.full(count, complaint_class, dtype=object), day, branch))
    return Receipts(*(np.concatenate([part[place] for part in parts]) for place in range(3)))


def time_of_day(count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw times of receipt as timedelta64[m]: most between 9 and 17, a dip at noon, some in the evening."""
    hours = np.arange(7, 23)
    weight = np.array([1, 4, 10, 12, 10, 5, 6, 10, 11, 10, 7, 4, 3, 3, 2, 1], dtype=float)
    minutes = rng.choice(hours, count, p=weight / weight.sum()) * 60 + rng.integers(0, 60, count)
    return minutes.astype("timedelta64[m]")
