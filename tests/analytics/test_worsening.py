"""When a signal began to rise, and the shares before and after."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.worsening import EVERYTHING, change_week, worsening


def test_the_change_is_the_week_after_the_signal_last_stood_at_its_start() -> None:
    signal = pd.Series([0.5, 0.0, 0.8, 0.0, 0.4, 1.9, 4.4], index=range(1, 8))
    assert change_week(signal, since=7) == 5
    assert change_week(signal, since=7, start=0.5) == 6
    assert change_week(pd.Series([3.0, 5.0], index=[1, 2]), since=2) == 1


def test_shares_before_and_after_add_up_with_newcombes_interval() -> None:
    weeks = pd.DataFrame(
        {
            "cause": ["a", "a", "b", "b"],
            "week_start": pd.to_datetime(["2025-01-06", "2025-06-02", "2025-01-06", "2025-06-02"]),
            "decided": [80, 70, 5, 0],
            "not_agreed": [48, 56, 1, 0],
        }
    )
    found = worsening(weeks, "cause", pd.Timestamp("2025-06-02"))
    assert found["cause"].tolist() == [EVERYTHING, "a", "b"]
    assert found.loc[0, ["before_decided", "before_not_agreed", "after_decided", "after_not_agreed"]].tolist() == [
        85,
        49,
        70,
        56,
    ]
    row = found.loc[1]
    assert (row["low"], row["high"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # 56/70 − 48/80 in Newcombe 1998
    assert pd.isna(found.loc[2, "difference"])
