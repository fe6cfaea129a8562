"""Waits against limits, late dispatch by branch, and paths that end badly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.funnel import JUDGED_FROM
from analytics.handling import (
    COLUMNS,
    in_whole_days,
    late_dispatch,
    path_outcomes,
    step_summary,
    steps_recorded,
    waits,
)

AS_OF = pd.Timestamp("2025-07-18")  # a Friday


def ticket(**moments: str) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(COLUMNS, pd.NaT)
    row |= {name: pd.Timestamp(moment) for name, moment in moments.items()}
    return {"branch_id": "B1", "returned": 0, "counted": False, "is_not_agreed": pd.NA, **row}


def frame(*tickets: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(list(tickets))
    return table.astype(dict.fromkeys(COLUMNS, "datetime64[us]"))


def test_r07_a_ticket_is_late_when_dispatched_after_four_working_hours() -> None:
    waited = waits(
        frame(
            ticket(received_at="2025-07-14 09:00", dispatched_at="2025-07-14 13:00"),
            ticket(received_at="2025-07-14 09:00", dispatched_at="2025-07-14 13:01"),
        ),
        AS_OF,
    )
    assert waited["dispatch_late"].tolist() == [False, True]
    assert waited["dispatch_wait"].tolist() == pytest.approx([4.0, 4 + 1 / 60])


def test_r07_an_undispatched_ticket_stands_out_as_soon_as_it_is_late_and_not_before() -> None:
    waited = waits(frame(ticket(received_at="2025-07-17 09:00"), ticket(received_at="2025-07-18 15:00")), AS_OF)
    assert waited["dispatch_open"].tolist() == [True, True]
    assert waited["dispatch_late"].tolist() == [True, pd.NA]
    summary = step_summary(waited).set_index("step").loc["dispatch"]
    assert (summary["tickets"], summary["late"], summary["open_late"]) == (1, 1, 1)


def test_a_step_passed_over_is_unknown_not_open() -> None:
    row = ticket(received_at="2025-07-01 09:00", first_reply_at="2025-07-02 09:00")
    waited = waits(frame(row), AS_OF)
    assert not waited["dispatch_open"].iloc[0]
    assert waited["dispatch_late"].isna().all()
    assert waited["contact_late"].isna().all()


def test_r07_a_step_that_the_export_never_dates_is_not_called_late() -> None:
    """An export without a closing date: nobody knows when its tickets were closed; of two tickets nobody may be."""
    row = ticket(received_at="2025-06-02 09:00", dispatched_at="2025-06-02 10:00")
    many, few = waits(frame(*[row] * JUDGED_FROM), AS_OF), waits(frame(row, row), AS_OF)
    assert "closing" not in steps_recorded(many)
    assert many["closing_late"].isna().all()
    assert not many["closing_open"].any()
    assert few["closing_late"].tolist() == [True, True]
    summary = step_summary(many).set_index("step")
    assert summary["tickets"].to_dict() == {
        "dispatch": JUDGED_FROM, "contact": 0, "reply": 0, "outcome": 0, "closing": 0
    }  # fmt: skip
    closed = ticket(received_at="2025-06-02 09:00", closed_at="2025-06-03 09:00")
    assert waits(frame(*[row] * JUDGED_FROM, closed), AS_OF)["closing_late"].sum() == JUDGED_FROM


def test_days_without_a_time_of_day_are_told() -> None:
    assert in_whole_days(frame(ticket(received_at="2025-07-14"), ticket(received_at="2025-07-15")))
    assert not in_whole_days(frame(ticket(received_at="2025-07-14"), ticket(received_at="2025-07-15 09:00")))


def test_closing_counts_days_of_the_calendar_as_the_board_of_cases_does_the_last_day_included() -> None:
    early, late = "2025-07-17 23:59", "2025-07-18 00:01"
    rows = [ticket(received_at="2025-07-02 09:00", closed_at=moment) for moment in (early, late)]
    assert waits(frame(*rows), AS_OF)["closing_late"].tolist() == [False, True]
    waiting = frame(*(ticket(received_at=f"{AS_OF - pd.Timedelta(days=days):%F} 08:00") for days in (15, 16)))
    assert waits(waiting, AS_OF)["closing_late"].tolist() == [pd.NA, True]


def test_a_class_without_any_moments_says_that_nothing_is_known() -> None:
    waited = waits(frame(ticket(received_at="2025-07-01 09:00", first_outcome_at="2025-07-05 09:00")), AS_OF)
    summary = step_summary(waited)
    assert summary.loc[summary["step"] != "closing", "tickets"].sum() == 0
    assert late_dispatch(waited).units.empty


def handled(late: int, number: int, branch: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "branch_id": branch,
            "dispatch_late": pd.array([True] * late + [False] * (number - late), dtype="boolean"),
            "dispatch_wait": 1.0,
            "dispatch_open": False,
        }
    )


def test_r07_the_branch_that_is_dispatched_to_late_is_marked_and_its_punctual_neighbours_are_not() -> None:
    found = late_dispatch(pd.concat([handled(40, 50, "B6"), *(handled(1, 100, f"N{i}") for i in range(10))]))
    assert found.marked["branch_id"].tolist() == ["B6"]
    assert "better" not in set(found.units["verdict"])


def decided(**marks: tuple[int, int, int, int]) -> pd.DataFrame:
    """Counted tickets with independent paths: path → (with, of them not agreed, without, of them not agreed)."""
    ((name, (with_decided, with_bad, without_decided, without_bad)),) = marks.items()
    went = [True] * with_decided + [False] * without_decided
    bad = [True] * with_bad + [False] * (with_decided - with_bad)
    bad += [True] * without_bad + [False] * (without_decided - without_bad)
    table = pd.DataFrame({"counted": True, "is_not_agreed": bad, "returned": 0})
    for path in ("dispatch_late", "contact_late", "reply_late", "outcome_late"):
        table[path] = pd.array(went if path == name else [False] * len(went), dtype="boolean")
    return table.assign(returned=np.array(went, dtype=int)) if name == "returned" else table


def test_a_path_that_ends_badly_more_often_is_marked_with_its_interval() -> None:
    found = path_outcomes(decided(returned=(60, 30, 600, 90))).set_index("path").loc["returned"]
    assert found["verdict"] == "worse"
    assert found["difference"] == pytest.approx(0.35)
    assert found["p"] == pytest.approx(stats.fisher_exact([[30, 30], [90, 510]])[1])
    assert found["low"] > 0


def test_a_path_of_fewer_than_35_customers_is_not_judged() -> None:
    found = path_outcomes(decided(reply_late=(34, 30, 600, 90))).set_index("path")
    assert found.loc["reply_late", "verdict"] == "not_judged"
    assert np.isnan(found.loc["reply_late", "p"])
    assert found.loc["dispatch_late", "verdict"] == "not_judged"  # nobody went that way


def test_tickets_that_were_not_counted_do_not_count_twice() -> None:
    table = decided(returned=(60, 30, 600, 90))
    repeats = table.assign(counted=False, is_not_agreed=pd.NA)
    twice = path_outcomes(pd.concat([table, repeats], ignore_index=True))
    pd.testing.assert_frame_equal(twice, path_outcomes(table))
