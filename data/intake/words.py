"""The words that coded columns are told from, and units of amounts, where a mapping does not say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Compared in lower case; a mapping may replace any list under [words].
DEFAULT_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(word.strip() for word in words.split("|"))
        for name, words in {
            "agreed": "agreed | 达成一致 | 已达成一致 | 达成 | 已达成 | 一致 | 已化解 | 化解 | 化解成功 | 已和解 |"
            " 和解 | 成功 | 满意 | resolved | settled | 是 | yes | y | true | 1",
            "not_agreed": "not_agreed | 未达成一致 | not agreed | 未达成 | 不一致 | 未化解 | 化解失败 | 未和解 | 失败 |"
            " 不满意 | unresolved | not settled | 否 | no | n | false | 0",
            "undecided": "处理中 | 待定 | 未出结果 | 进行中 | 沟通中 | pending | open | in progress",
            "yes": "是 | 同意 | 批准 | 已批准 | 通过 | 已通过 | 审批通过 | yes | y | true | 1 | approved | granted",
            "no": "否 | 不同意 | 未批准 | 不批准 | 拒绝 | 驳回 | 未通过 | 不通过 | 审批不通过 | no | n | false | 0 |"
            " rejected | refused | declined",
            "call": "call | 电话 | 通话 | 热线 | 语音 | phone",
            "chat": "chat | 在线 | 在线聊天 | 聊天 | 文字 | 在线客服 | web chat",
            "customer": "customer | 客户 | 顾客 | 投诉人 | 用户 | 来电人 | 访客 | 主叫 | client |"
            " user | caller | visitor",
            "agent": "agent | 坐席 | 座席 | 坐席员 | 客服 | 客服代表 | 员工 | 经办 | 机器人 | 被叫 | staff | operator |"
            " assistant | representative | bot",
        }.items()
    }
)
# Units that may stand in brackets in a header, in yuan.
UNITS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("元", "人民币", "人民币元", "rmb", "cny", "yuan"), 1.0),
        **{"千元": 1e3, "万元": 1e4, "万": 1e4, "百万元": 1e6, "千万元": 1e7, "亿元": 1e8, "亿": 1e8},
    }
)
