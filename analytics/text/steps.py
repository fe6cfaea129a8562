"""The handling step of each turn: what the agent was doing when the customer spoke."""

from __future__ import annotations

import re
from typing import Literal, get_args

import numpy as np
import pandas as pd

Step = Literal["describe", "verify", "explain", "wait", "close"]
STEPS: tuple[Step, ...] = get_args(Step)

# Read in this order: an agent who closes may thank for waiting, one who asks to wait may explain why.
_WORDS: dict[Step, str] = {
    "close": """
        还有(?:其他|别的|什么) 祝您 生活愉快 再见 感谢您的(?:来电|咨询|致电|反馈) 评价 满意度 工单号 已(?:经)?记录
        带来不便 先这样
    """,
    "wait": """
        登记 加急 工作日 转(?:接|给|交|到) 耐心等 等待 稍等片刻 再等 反馈给 上报 跟进 回电 回复您
        尽快(?:回|处理|联系|答) 专人联系 处理中 排队 前面还有 下班前 核实后联系
    """,
    "verify": """
        核实 核对 验证 身份(?:证|信息) 证件 预留 手机号 卡号 后四位 尾号 本人(?:来电|吗|办理) 姓名 您贵姓
        哪个网点 什么时候办 您的记录 查(?:一下|询)(?:您|记录)
    """,
}
_AGENT_DOES = [(step, re.compile("|".join(words.split()))) for step, words in _WORDS.items()]
_GREETING = re.compile(r"^(?:亲|您好|你好|早上好|下午好|晚上好|欢迎|尊敬)|为您服务|接入人工|可以帮")


def steps_of_turns(turns: pd.DataFrame) -> pd.Series:
    """Give the step of every turn, with the index of `turns`.

    turns: columns interaction_id, turn, speaker, text, in any order. An agent's turn is read by its words: it asks who
    the customer is (verify), puts off or passes on (wait), ends (close); anything else explains. A customer's turn
    belongs to the step of the agent's turn before it; before the agent has done more than greet, the customer
    describes the matter.
    """
    ordered = turns.sort_values(["interaction_id", "turn"], kind="stable")
    names = ordered["interaction_id"].to_numpy()
    new = np.r_[True, names[1:] != names[:-1]] if len(names) else np.array([], dtype=bool)
    steps: list[Step] = []
    current: Step = "describe"
    described = False
    for first, speaker, text in zip(new, ordered["speaker"], ordered["text"], strict=True):
        if first:
            current, described = "describe", False
        if speaker == "customer":
            described = True
        elif described or not _GREETING.search(text):
            current = _agent_does(text)
        steps.append(current)
    return pd.Series(steps, index=ordered.index, dtype=object).reindex(turns.index)


def _agent_does(text: str) -> Step:
    return next((step for step, words in _AGENT_DOES if words.search(text)), "explain")
