"""The branches of the demo bank and their loan balances."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

BANK_NAME = "澜川银行"

# Name and region; the order is the order of size.
BRANCHES = (
    ("杭州分行", "浙江"),
    ("南京分行", "江苏"),
    ("苏州分行", "江苏"),
    ("宁波分行", "浙江"),
    ("合肥分行", "安徽"),
    ("武汉分行", "华中"),
    ("温州分行", "浙江"),
    ("无锡分行", "江苏"),
    ("长沙分行", "华中"),
    ("福州分行", "福建"),
    ("南昌分行", "华中"),
    ("绍兴分行", "浙江"),
    ("常州分行", "江苏"),
    ("厦门分行", "福建"),
    ("嘉兴分行", "浙江"),
    ("南通分行", "江苏"),
    ("台州分行", "浙江"),
    ("芜湖分行", "安徽"),
    ("金华分行", "浙江"),
    ("徐州分行", "江苏"),
    ("泉州分行", "福建"),
    ("扬州分行", "江苏"),
    ("湖州分行", "浙江"),
    ("宜昌分行", "华中"),
    ("镇江分行", "江苏"),
    ("蚌埠分行", "安徽"),
    ("株洲分行", "华中"),
    ("赣州分行", "华中"),
    ("盐城分行", "江苏"),
    ("安庆分行", "安徽"),
    ("漳州分行", "福建"),
    ("衢州分行", "浙江"),
    ("丽水分行", "浙江"),
    ("舟山分行", "浙江"),
    ("黄山分行", "安徽"),
    ("宁德分行", "福建"),
)
MEDIAN_BALANCE = 1.2e10  # yuan of loans
BALANCE_LOG_SD = 0.85


def branch_table(rng: np.random.Generator) -> pd.DataFrame:
    """Give a row a branch: branch_id, branch_name, region, outlets, personal_customers, loan_balance (start, yuan).

    Balances lie on the quantiles of a lognormal, so that every seed has the same wide spread.
    """
    count = len(BRANCHES)
    quantiles = norm.ppf((np.arange(count, 0, -1) - 0.5) / count)
    balance = MEDIAN_BALANCE * np.exp(BALANCE_LOG_SD * quantiles + rng.normal(0, 0.02, count))
    personal = balance / 12_000 * np.exp(rng.normal(0, 0.2, count))
    return pd.DataFrame(
        {
            "branch_id": [f"B{number:02d}" for number in range(1, count + 1)],
            "branch_name": [name for name, _ in BRANCHES],
            "region": [region for _, region in BRANCHES],
            "outlets": np.maximum(4, np.round(22 * (balance / MEDIAN_BALANCE) ** 0.7)).astype("int64"),
            "personal_customers": np.round(personal, -2).astype("int64"),
            "loan_balance": balance,
        }
    )


def balance_table(branches: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give a row a branch and month from 2022-12 to 2025-12: branch_id, month (first day), loan_balance (yuan)."""
    months = pd.date_range("2022-12-01", "2025-12-01", freq="MS")
    growth = rng.normal(0.045 / 12, 0.02 / 12, (len(branches), 1))
    steps = np.arange(len(months))[None, :] * growth
    noise = np.cumsum(rng.normal(0, 0.002, (len(branches), len(months))), axis=1)
    balances = branches["loan_balance"].to_numpy()[:, None] * np.exp(steps + noise)
    return pd.DataFrame(
        {
            "branch_id": np.repeat(branches["branch_id"].to_numpy(), len(months)),
            "month": np.tile(months.to_numpy(), len(branches)),
            "loan_balance": np.round(balances.ravel(), 2),
        }
    )
