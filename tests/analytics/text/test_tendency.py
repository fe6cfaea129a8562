"""Complaint tendency: what is threatened or asked for, with the words; not what is denied, named or said by agents."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text.tendency import KINDS, THREATS, tendencies, tendencies_of_turns, without_threats
from data.demo import DemoBank

FOUND = {
    "我现在就打12378。": [("regulator", "打12378")],
    "那我只能去金融监管局投诉。": [("regulator", "去金融监管局投诉")],
    "不排除向银保监会投诉": [("regulator", "银保监会投诉")],
    "你以为我不敢去人民银行告你们吗": [("regulator", "去人民银行告")],
    "我要找电视台曝光你们": [("media", "找电视台")],
    "不给我退钱的话我就发抖音": [("media", "发抖音")],
    "微博上见。": [("media", "微博上见")],
    "不解决就去法院告你们": [("court", "去法院告")],
    "我已经咨询过律师了": [("court", "律师")],
    "这已经是我第五次打来了。": [("repetition", "第五次打")],
    "为同一件事我投诉过三回了": [("repetition", "投诉过三回")],
    "不赔偿我不会罢休": [("compensation", "赔偿")],
    "误工费一分都不能少": [("compensation", "误工费")],
    "今天之内必须给我答复": [("deadline", "今天之内必须给我答复")],
    "给你们三天时间": [("deadline", "给你们三天时间")],
    "要求银行承诺三天内答复": [("deadline", "三天内答复")],
    "我多次联系我行客服": [("repetition", "多次联系")],
    "12378转来转去没人管": [("regulator", "12378")],
    "再不赔钱我就打12378,三天之内给我答复": [
        ("regulator", "打12378"),
        ("compensation", "赔钱"),
        ("deadline", "三天之内给我答复"),
    ],
}
WRITTEN_OTHERWISE = {
    "再不处理我就投.诉到银 监 会": [("regulator", "投.诉到银 监 会")],
    "我打1 2 3 7 8去了": [("regulator", "打1 2 3 7 8去")],
    "我打１２３７８": [("regulator", "打１２３７８")],
    "找監管部門投訴": [("regulator", "找監管部門投訴")],
    "我已經諮詢律師，準備起訴": [("court", "準備起訴")],
    "法 院 见": [("court", "法 院 见")],
    "曝.光.你们": [("media", "曝.光")],
    "我要头诉到国金局": [("regulator", "头诉到国金局")],
}
NOT_FOUND = [
    "我不会向 银 监 会 投 诉",
    "卡号是6212 3784 0012",
    "你这是想骗我？法规院里都写着",
    "我不会投诉到银监会",
    "不会去投诉你们,也不想找媒体",
    "我没打算找律师",
    "我可没说要去法院起诉",
    "我从来没有投诉过你们",
    "我不要赔偿,道歉就行",
    "我不是来要赔偿的",
    "请问12378是什么",
    "按照人民银行规定利率应该下调",
    "网上银行登不上去",
    "我在网上看到你们的广告",
    "法院拍卖的房子能办按揭吗",
    "外包公司寄来律师函",
    "三天内到账吗",
    "第一次打电话",
    "人行道旁边的网点",
    "监管部门转来投诉材料",
    "12378转办投诉:客户称已结清贷款",
    "银保监局转交我行的投诉",
    "支行负责人答应三天内回复,至今没有回音",
    "你们保证过三天内退款的",
    "希望给予一年宽限期",
    "催收机构反复联系客户的家人",
    "一直反复打我电话",
    "",
]


@pytest.mark.parametrize("text", WRITTEN_OTHERWISE)
def test_r13_a_threat_is_read_however_it_is_written(text: str) -> None:
    """Apart, in traditional characters, with full-width digits, mistyped; the words are shown as they stand there."""
    assert [(one.kind, one.words) for one in tendencies(text)] == WRITTEN_OTHERWISE[text]


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_r13_a_tendency_is_found_with_its_words(text: str, expected: list[tuple[str, str]]) -> None:
    found = tendencies(text)
    assert [(one.kind, one.words) for one in found] == expected
    assert all(text[one.start : one.end] == one.words for one in found)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_r13_what_is_denied_or_only_named_is_no_tendency(text: str) -> None:
    assert tendencies(text) == ()


def test_r13_an_agent_who_names_the_regulator_threatens_nobody() -> None:
    turns = pd.DataFrame(
        {
            "interaction_id": "I1",
            "turn": [1, 2],
            "speaker": ["agent", "customer"],
            "text": ["您也可以拨打12378投诉", "那我就去法院起诉"],
        }
    )
    assert tendencies_of_turns(turns)[["turn", "kind"]].to_numpy().tolist() == [[2, "court"]]


def test_r13_planted_tendencies_are_found(bank: DemoBank) -> None:
    found = tendencies_of_turns(bank.interactions).groupby("interaction_id")["kind"].agg(set)
    planted = bank.truth.interactions.set_index("interaction_id")["tendencies"].astype(object).fillna("")
    for kind in KINDS:
        spoken = planted[[kind in names.split(",") for names in planted]].index
        assert (
            found.reindex(spoken).map(lambda kinds, kind=kind: isinstance(kinds, set) and kind in kinds)
        ).mean() >= 0.98


def test_r02_what_stands_beside_a_threat_is_given_without_it() -> None:
    text = "客户非常愤怒，认为银行欺骗。称将拨打12378投诉。要求赔偿误工费!限银行三日内答复。"
    assert without_threats(text) == "客户非常愤怒，认为银行欺骗。要求赔偿误工费!"
    assert without_threats("请尽快核实，谢谢。") == "请尽快核实，谢谢。"
    assert without_threats("法院见") == ""


def test_r02_a_calm_customer_of_the_demo_bank_threatens_nobody(bank: DemoBank) -> None:
    """Whom the truth calls calm was given no threat to say: none is read out of the rest of the narrative."""
    temper = bank.truth.tickets.set_index("ticket_id")["temper"]
    told = bank.tickets.drop_duplicates("ticket_id").dropna(subset="narrative")
    threatens = told["narrative"].map(lambda text: any(one.kind in THREATS for one in tendencies(text)))
    shares = threatens.groupby(told["ticket_id"].map(temper)).mean()
    assert shares["calm"] == 0
    assert shares["annoyed"] == pytest.approx(0.10, abs=0.02)
    assert shares["angry"] == pytest.approx(0.45, abs=0.04)
    assert shares["threatening"] == 1


@given(st.text(alphabet="不没去打找法院律师12378赔偿三天内必须投诉,。吗?我就", max_size=40))
def test_any_text_gives_at_most_one_of_each_kind_inside_the_text(text: str) -> None:
    found = tendencies(text)
    assert len({one.kind for one in found}) == len(found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
