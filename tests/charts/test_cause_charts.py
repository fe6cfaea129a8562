"""The cause pictures: every number of the table, names as they are, whatever they contain."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.approval_standards import approval_standards
from analytics.demands import demands_and_rounds
from analytics.loan_balance import balance_relation
from analytics.reply_divergence import reply_divergence
from charts.cause_approvals import approvals_figure, approvals_table
from charts.cause_balance import balance_figure, balance_table
from charts.cause_captions import approvals_caption, balance_caption, replies_caption, rounds_caption
from charts.cause_replies import positions_table, replies_figure
from charts.cause_rounds import rounds_figure
from charts.cause_rows import MOST_ROWS
from charts.cause_words import Basis, approvals_finding, balance_finding, chance_words, replies_finding
from charts.lines import broken, ems
from charts.look import Mode
from texts import Language, render

HOSTILE = "<script>alert('1')</script> \"分行\""
BASIS = Basis(date(2024, 1, 1), date(2025, 7, 27), date(2025, 7, 27), demo=True)
BRANCHES = [f"B{number:02d}" for number in range(1, 31)]
NAMES = {branch: f"{branch}分行" for branch in BRANCHES} | {"B03": HOSTILE}


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    """Thirty branches answer one question; B03 mostly the other way."""
    rows = [(branch, "是否收取", said, n) for branch in BRANCHES for said, n in (("不收", 9), ("收1%", 1))]
    rows[4:6] = [("B03", "是否收取", "不收", 1), ("B03", "是否收取", "收1%", 19)]
    return pd.DataFrame(rows, columns=["branch_id", "question_key", "position", "replies"])


def test_r20_the_bars_hold_every_reply_of_the_table_once(counts: pd.DataFrame) -> None:
    found = reply_divergence(counts, draws=199)
    table = positions_table(counts, found.apart, "是否收取", NAMES)
    assert table["replies"].sum() == counts["replies"].sum()
    figure = replies_figure(table, replies_caption(found, "是否收取", NAMES, BASIS), "zh_CN", "light")
    drawn = sum(int(text or 0) for bar in figure.data for text in bar.text)
    assert drawn == counts["replies"].sum()
    assert len(figure.data[0].y) == MOST_ROWS + 1, "the rest together in one more bar"
    assert figure.data[0].customdata[0][0] == "B03", "who stands apart comes first"
    assert list(found.apart["branch_id"]) == ["B03"]


@pytest.mark.parametrize("mode", ["light", "dark", "print", "present", "present_dark"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_names_are_shown_as_they_are_in_every_picture(counts: pd.DataFrame, mode: Mode, language: Language) -> None:
    told = reply_divergence(counts, draws=199)
    approvals = approval_standards(
        pd.DataFrame({"branch_id": BRANCHES, "approval_requested": "减免", "requested": 20, "granted": 12})
    )
    balances = balance_relation(
        pd.DataFrame({"branch_id": BRANCHES, "customers": range(5, 35), "balance": np.geomspace(1e9, 8e9, 30)})
    )
    frames = (positions_table(counts, told.apart, "是否收取", NAMES), approvals_table(approvals, NAMES))
    figures = [
        replies_figure(frames[0], replies_caption(told, "是否收取", NAMES, BASIS), language, mode, "B03"),
        approvals_figure(frames[1], approvals_caption(approvals, NAMES, BASIS), language, mode, "B03"),
        balance_figure(
            balances, balance_table(balances, NAMES), balance_caption(balances, NAMES, BASIS), language, mode, "B03"
        ),
    ]
    for figure in figures:
        texts = str(figure.layout.to_plotly_json())
        assert "&lt;script&gt;" in texts
        assert "<script>" not in texts


def test_r20_the_course_of_the_rounds_shows_whoever_reached_each_and_was_decided() -> None:
    own = pd.DataFrame(
        {
            "demand": ["无理", "无理", "退费", "退费", "退费"],
            "rounds": [1, 3, 1, 2, 2],
            "first_outcome": ["agreed", "not_agreed", "agreed", "not_agreed", "not_agreed"],
            "final_outcome": ["agreed", "not_agreed", "agreed", "agreed", None],
            "tickets": [10, 14, 80, 15, 5],
        }
    )
    found = demands_and_rounds(own, ["无理"])
    course = found.course.set_index(["kind", "round"])
    assert course.loc[("unreasonable", 1), ["reached", "agreed"]].tolist() == [24, 10]
    assert course.loc[("unreasonable", 3), ["reached", "agreed", "ended"]].tolist() == [14, 0, 14]
    assert course.loc[("other", 2), ["reached", "agreed", "waiting"]].tolist() == [20, 15, 5]
    figure = rounds_figure(found, rounds_caption(found, BASIS), "zh_CN", "print")
    assert [text.strip() for text in figure.data[1].text] == [
        "80/100",  # whoever waits in round 2 did not agree in round 1
        "15/15",
    ]


def test_r20_who_did_not_agree_in_the_first_round_counts_there_also_where_no_round_and_no_end_are_told() -> None:
    """An export with the first outcome alone: 43 of 247 did not agree, and nobody knows what came of them."""
    own = pd.DataFrame(
        {
            "demand": "退费",
            "rounds": None,
            "first_outcome": ["agreed", "not_agreed", None],
            "final_outcome": None,
            "tickets": [204, 43, 16],
        }
    )
    found = demands_and_rounds(own, [])
    (only,) = found.course.to_dict("records")
    assert (only["reached"], only["agreed"], only["ended"], only["waiting"]) == (263, 204, 43, 16)
    caption = rounds_caption(found, BASIS)
    figure = rounds_figure(found, caption, "en", "print")
    assert [text.strip() for trace in figure.data for text in trace.text or ()] == ["204/247"]
    assert "do not tell their rounds" in render(caption.figures, "en")


def test_what_cannot_be_judged_is_said_in_words() -> None:
    nothing = pd.DataFrame(columns=["branch_id", "question_key", "position", "replies"])
    assert "没有注明问题的答复" in render(replies_finding(reply_divergence(nothing), {}), "zh_CN")
    none = pd.DataFrame(columns=["branch_id", "approval_requested", "requested", "granted"]).astype({"requested": int})
    assert "没有已审批的申请" in render(approvals_finding(approval_standards(none), {}), "zh_CN")
    unknown = pd.DataFrame({"branch_id": ["B01"], "customers": [3], "balance": [np.nan]})
    assert "没有贷款余额数据" in render(balance_finding(balance_relation(unknown), {}), "zh_CN")
    assert "千分之一" in render(chance_words(0.0005), "zh_CN")


def test_long_titles_are_broken_at_their_pauses() -> None:
    lines = broken(
        "“提前还款是否收取违约金”：苏州分行75%答复“一年内收取1%”，其他机构8%，绝大多数答复为不收取违约金", 30
    )
    assert len(lines) > 1
    assert all(ems(line) <= 32 for line in lines)
