"""At which step of the handling a turn was said: describing, verifying, explaining, waiting or closing."""

from __future__ import annotations

import re
from typing import Literal, get_args

import numpy as np
import pandas as pd

Step = Literal["describe", "verify", "explain", "wait", "close"]
STEPS: tuple[Step, ...] = get_args(Step)

# What an agent says at a step; the first that fits, in this order. Explaining is what remains.
_CLOSE = re.compile(
    r"(?:还有|有).{0,6}(?:其他|别的).{0,8}(?:帮|需要|问题)|感谢您的?(?:来电|致电|咨询|耐心)|祝您|再见|评价|打分|满意度|已(?:经)?(?:为您)?记录"
    r"|工单号|稍后.{0,6}短信|给您(?:带来|造成).{0,4}不便"
)
_VERIFY = re.compile(
    r"核实(?:一下)?(?:您|身份)|核对|身份(?:信息|验证)|(?:提供|报|说)(?:一下)?.{0,8}(?:姓名|证件|卡号|手机号|身份证|预留)|预留的?手机|后四位"
    r"|是?本人(?:来电|吗)|查(?:一下|询)?.{0,4}(?:记录|信息)|哪个网点办"
)
_WAIT = re.compile(
    r"等待|耐心等|请(?:您)?(?:再)?(?:稍等|等)|稍等|转(?:接|给|交|至)|加急|登记|反馈给|上报|跟进|处理中|工作日内?|前面还有|回电|尽快(?:回复|联系|答复)|排队处理"
)
_GREETING = re.compile(
    r"^(?:您好|你好|欢迎致电|亲|喂|(?:早上|上午|中午|下午|晚上)好)|为您服务|请(?:讲|说|留言)|接入人工"
)
_PATIENCE = re.compile(r"耐心等|稍等|再等|转接|我(?:这边|会|帮您|来)|跟进")
_LONG = 26  # characters: a longer turn that speaks of waiting without asking for patience explains something
_CLOSE_FROM = 0.5  # a conversation's second half; thanks at its start close nothing


def step_of_agent(text: str, *, first: bool, late: bool) -> Step:
    """Give the step of what an agent says. first: nothing was said before; late: in the conversation's second half."""
    if first and _GREETING.search(text) and not _VERIFY.search(text):
        return "describe"
    if late and _CLOSE.search(text):
        return "close"
    if _VERIFY.search(text):
        return "verify"
    if _WAIT.search(text) and (len(text) <= _LONG or _PATIENCE.search(text)):
        return "wait"
    return "explain"


def steps_of(turns: pd.DataFrame) -> pd.Series:
    """Give the step of every turn, in the index of `turns`: an agent's by what is said, a customer's by what the agent
    said just before; describing until the agent has said more than a greeting.

    turns: interaction_id, turn, speaker, text.
    """
    ordered = turns.sort_values(["interaction_id", "turn"], kind="stable")
    names = ordered["interaction_id"].to_numpy()
    agent = (ordered["speaker"] == "agent").to_numpy()
    texts = ordered["text"].tolist()
    found = np.full(len(ordered), "describe", dtype=object)
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]]) if len(names) else np.array([], dtype=int)
    for start, end in zip(starts, np.r_[starts[1:], len(names)], strict=False):
        step: Step = "describe"
        for place in range(start, end):
            if agent[place]:
                late = place - start >= _CLOSE_FROM * (end - start)
                step = step_of_agent(texts[place], first=place == start, late=late)
            found[place] = step
    return pd.Series(found, index=ordered.index).reindex(turns.index)
