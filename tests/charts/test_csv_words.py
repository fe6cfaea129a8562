"""A table's CSV says in words what it holds; the weekly table alone keeps its agreed names."""

import pandas as pd
from pandas.testing import assert_frame_equal

from charts.csv_words import FIXED, HEADINGS, worded
from texts import LANGUAGES, translate


def test_headings_coded_values_and_yes_or_no_are_words_and_numbers_stay() -> None:
    found = pd.DataFrame(
        {
            "ticket_id": ["T1", "T2"],
            "first_outcome": ["not_agreed", None],
            "rate": [0.1234567890123, 1.0],
            "apart": [True, False],
            "approval_granted": [True, None],
            "销售渠道": ["on_track", "x"],
        }
    )
    shown = worded(found, "zh_CN")
    assert list(shown.columns) == ["工单编号", "首轮结果", "占比", "超出偶然波动", "是否批准", "销售渠道"]
    assert shown["首轮结果"].tolist()[0] == "未达成一致"
    assert shown["首轮结果"].isna().tolist() == [False, True]
    assert shown["占比"].tolist() == [0.1234567890123, 1.0]
    assert shown["超出偶然波动"].tolist() == ["是", "否"]
    assert shown["是否批准"].tolist()[0] == "是"
    assert shown["销售渠道"].tolist() == ["on_track", "x"], "a column without a word of ours is nobody's code"
    assert list(worded(found, "en").columns)[:3] == ["Ticket number", "First outcome", "Share"]


def test_a_level_is_a_word_and_a_reply_that_stands_in_a_column_of_that_name_stays() -> None:
    assert worded(pd.DataFrame({"position": ["over", "不收违约金"]}), "zh_CN")["位置"].tolist() == [
        "▲ 超出",
        "不收违约金",
    ]


def test_a_column_is_called_after_what_it_is_in_its_table() -> None:
    assert list(worded(pd.DataFrame(columns=["step", "next_step"]), "en").columns) == ["From step", "To step"]
    assert list(worded(pd.DataFrame(columns=["topic", "step"]), "en").columns) == ["Topic", "Step"]
    assert "答复口径" in worded(pd.DataFrame(columns=["position", "replies"]), "zh_CN").columns


def test_two_columns_never_get_one_heading() -> None:
    found = pd.DataFrame({"branch": ["杭州分行 B01"], "branch_name": ["杭州分行"], "low": [1.0], "low_95": [2.0]})
    assert list(worded(found, "en").columns) == ["Branch", "branch_name", "95% from", "low_95"]


def test_the_weekly_table_keeps_the_names_other_programs_read() -> None:
    weekly = pd.DataFrame({name: [1] for name in (*sorted(FIXED), "threshold", "position")})
    assert_frame_equal(worded(weekly, "zh_CN"), weekly)


def test_every_heading_has_a_text_in_every_language() -> None:
    for language in LANGUAGES:
        assert all(translate(text, language) for text in HEADINGS.values())
    chinese = [translate(text, "zh_CN") for text in HEADINGS.values()]
    assert not [text for text in chinese if text.isascii()]
