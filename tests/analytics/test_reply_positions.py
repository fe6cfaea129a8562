"""Positions read from replies that nobody coded, against the demo bank's truth."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from analytics.reply_claims import clauses
from analytics.reply_positions import RULE_TRIAL, positions
from analytics.reply_sense import is_closed, numeral, quantities, sense
from benchmarks.replies import trial
from benchmarks.reply_writings import FIRST, SECOND
from benchmarks.reply_writings_third import THIRD
from data.demo import demo_bank
from data.demo.truth import PREPAYMENT


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    """The last version of every prepayment ticket with the position that was truly told."""
    every = all_tickets()
    return every[every["complaint_class"] == PREPAYMENT].reset_index(drop=True)


@cache
def all_tickets() -> pd.DataFrame:
    demo = demo_bank()
    last = demo.tickets.groupby("ticket_id").tail(1)
    return last.merge(demo.truth.tickets[["ticket_id", "true_position"]], on="ticket_id")


def test_r20_uncoded_replies_get_the_true_position_of_coded_ones_like_them(tickets: pd.DataFrame) -> None:
    found = positions(tickets)
    derived = found.replies[found.replies["derived"] & found.replies["true_position"].notna()]
    assert len(derived) > 150
    assert (derived["position"] == derived["true_position"]).mean() > 0.99
    assert (found.questions.loc[found.questions["way"] == "like_coded", "agreement"] >= 0.8).all()


def test_r20_without_any_coding_closed_questions_are_read_by_rule_and_open_ones_are_not(tickets: pd.DataFrame) -> None:
    found = positions(tickets.assign(reply_position=np.nan))
    ways = found.questions.set_index("question_key")["way"]
    assert ways["提前还款后当月利息怎么算"] == "none"
    read = found.replies[found.replies["derived"] & found.replies["true_position"].notna()]
    for question in ("提前还款是否收取违约金", "提前还款预约需要等多久", "还款满多久可以申请提前还款"):
        own = read[read["question_key"] == question]
        assert adjusted_rand_score(own["true_position"], own["position"]) > 0.95, question


def test_r20_where_nothing_is_coded_the_rule_reads_a_question_well_or_not_at_all_as_the_page_says() -> None:
    read, of, worst = 0, 0, 1.0
    for _, own in all_tickets().groupby("complaint_class"):
        found = positions(own.assign(reply_position=np.nan))
        for row in found.questions[found.questions["question_key"].map(is_closed)].itertuples():
            of += 1
            told = found.replies[found.replies["question_key"].eq(row.question_key) & found.replies["derived"]]
            told = told[told["true_position"].notna()]
            read += row.way == "by_rule"
            if row.way == "by_rule":
                worst = min(worst, adjusted_rand_score(told["true_position"], told["position"]))
    assert (read, of) == RULE_TRIAL[:2]
    assert worst >= RULE_TRIAL[2]


@pytest.mark.parametrize(("writings", "read"), [(FIRST, 7), (SECOND, 5), (THIRD, 6)])
def test_r20_of_replies_each_in_its_own_words_a_question_is_read_rightly_or_refused(
    writings: dict[str, dict[str, tuple[str, ...]]], read: int
) -> None:
    table = trial(writings)
    own = table[table["read"] > 0]
    assert (len(own), len(table)) == (read, 12)
    assert (own["index"] == 1).all()
    assert (own["read"] >= 0.8 * own["replies"]).all()


def test_replies_that_share_nothing_with_the_coded_ones_stay_unknown() -> None:
    coded = [("提前还款不收取违约金。", "不收")] * 30 + [("放款一年内按1%收取违约金。", "收1%")] * 30
    strange = [("请您持证件前往柜面咨询办理。", None)] * 3
    frame = pd.DataFrame([*coded, *strange], columns=["reply_text", "reply_position"]).assign(question_key="是否收取")
    found = positions(frame)
    assert found.replies["position"].isna().sum() == 3
    assert found.questions.loc[0, ["coded", "derived", "unknown"]].tolist() == [60, 0, 3]


def test_no_replies_and_no_texts_are_no_fault() -> None:
    empty = pd.DataFrame({"question_key": [], "reply_position": [], "reply_text": []}, dtype=object)
    assert positions(empty).questions.empty
    bare = pd.DataFrame({"question_key": ["是否收取"], "reply_position": [None], "reply_text": [None]}, dtype=object)
    assert positions(bare).questions.loc[0, "unknown"] == 1


@pytest.mark.parametrize(
    ("question", "claim", "said"),
    [
        ("是否收取违约金", "一年内提前还款收取1%违约金", "1%+12月"),
        ("是否收取违约金", "未满十二期的按百分之一收取", "1%+12月"),
        ("是否收取违约金", "提前还款免收违约金", "否"),
        ("是否收取违约金", "需补收三个月利息", "3月"),
        ("是否收取违约金", "违约金按合同收取", "是"),
        ("是否收取违约金", "请您以合同为准", None),
        ("是否收取手续费", "手机银行转账手续费为零", "否"),
        ("是否收取手续费", "跨行汇款不收费", "否"),
        ("是否收取手续费", "提前结清不减免后面的手续费", "是"),
        ("是否收取手续费", "未入账的手续费一次性收取", "是"),
        ("一年可以还几次", "一年内消费六笔", "6次"),
        ("多久能还", "您2024年3月5日申请，排期一个月", "30天"),
        ("多久能开", "结清证明当场打印", "0天"),
        ("多久办结", "十五个工作日内办结", "15工作日"),
        ("多久到账", "四十八小时内到账", "2天"),
        ("多久到账", "次日到账", "1天"),
        ("多久到账", "一周内到账", "7天"),
        ("多久到账", "两个星期到账", "14天"),
        ("多久到账", "每月第2周一到账", None),
        ("要不要收工本费", "挂失不收钱，但新卡要10块钱工本费", "10元"),
        ("多久到账", "请耐心等待", None),
        ("能否线上办理", "给您带来不便,可以办理", "是"),
        ("能否线上办理", "手机银行可以自助办理,不必到网点", "是"),
        ("能否线上办理", "将为您线上办理", "是"),
        ("能否线上办理", "只能到柜台办理", "否"),
        ("能否线上办理", "手机银行上办不了", "否"),
        ("能否缩短年限", "仅可降低每期还款额", "否"),
        ("能否查看录像", "我行不便向客户展示", "否"),
        ("能否查看录像", "可以到网点查看录像，我行不提供拷贝", "是"),
        ("能否线上办理", "线上尚不支持", "否"),
        ("能否线上办理", "请携带身份证到经办行", None),
        ("理财是否保本", "基本不会亏损", None),
    ],
)
def test_r20_a_reply_says_a_quantity_or_yes_or_no_or_is_left_unread(question: str, claim: str, said: str) -> None:
    assert sense(claim, question) == said


def test_chinese_numerals_courtesies_and_closed_questions_are_told_apart() -> None:
    assert [numeral(text) for text in ("十五", "三十六", "二百零五", "两", "半", "1.5")] == [15, 36, 205, 2, 0.5, 1.5]
    assert quantities("退还三万元") == ["30000元"]
    assert clauses("尊敬的客户:您好,经与杭州分行核实,提前还款不收违约金。") == ["提前还款不收违约金"]
    assert is_closed("能否停息分期还款")
    assert not is_closed("当月利息怎么算")
