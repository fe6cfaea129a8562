"""The plans of the demo bank: what each class may lose in 2024 and 2025."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from data.demo.truth import ACCOUNT_CONTROL, COLLECTION, INSURANCE, PREPAYMENT

NEAR = 0.8
OVER = 1.0

# Class: regime, target FCR, budget 2024, budget 2025 (customers).
TARGETS = {
    PREPAYMENT: ("weekly_threshold", 0.81, 83, 80),
    "信用卡息费": ("weekly_threshold", 0.82, 43, 47),
    "信用卡分期": ("weekly_threshold", 0.82, 37, 39),
    COLLECTION: ("weekly_threshold", 0.75, 47, 49),
    ACCOUNT_CONTROL: ("weekly_threshold", 0.80, 32, 36),
    "理财销售": ("weekly_threshold", 0.78, 31, 29),
    "支付结算": ("weekly_threshold", 0.80, 22, 24),
    "手机银行": ("weekly_threshold", 0.80, 19, 22),
    "网点服务": ("weekly_threshold", 0.79, 22, 20),
    "个人信息": ("case_by_case", 0.83, 10, 10),
    INSURANCE: ("case_by_case", 0.80, 5, 4),
}
NOTES = {
    (PREPAYMENT, 2025): "按上年投诉客户量与目标一次性化解率测算,全年允许未达成一致约80位",
    (INSURANCE, 2025): "全年未达成一致客户少于5名,逐笔盯盘",
}


def plan_table() -> pd.DataFrame:
    """Give a row a class and year: the first version of every plan, in the columns of stored.plans."""
    rows = [
        {
            "complaint_class": name,
            "year": year,
            "version": 1,
            "regime": regime,
            "target_fcr": target,
            "budget": budget,
            "reading": "first",
            "near": NEAR,
            "over": OVER,
            "valid_from": date(year, 1, 1),
            "made_at": datetime(year - 1, 12, 23, 10, 0),
            "made_by": "总行消保",
            "note": NOTES.get((name, year), "年度管控方案"),
        }
        for name, (regime, target, *budgets) in TARGETS.items()
        for year, budget in zip((2024, 2025), budgets, strict=True)
    ]
    return pd.DataFrame(rows)
