"""What a reply claims: the clauses that answer the question, without courtesies, and the sense of them by rule."""

from __future__ import annotations

import re

import pandas as pd

CLAUSE_END = re.compile(r"[。！？!?；;\n\r，,：:]+")
COURTESY = re.compile(
    r"(尊敬的.{0,8}|.{0,8}(您|你)好|.{0,4}(先生|女士)|经?与?.{0,14}(核实|确认|核查|了解)|感谢.{0,10}|.{0,8}如下)"
)
SHORTEST = 2  # characters of a clause
FEWEST = 2  # replies to the question that a clause stands in
TIMES_ELSEWHERE = 5.0  # how much more often a clause answers this question than it stands in the class's other replies

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1_000}
NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万半]+"
AMOUNT = re.compile(rf"(百分之)?({NUMBER})个?(%|％|工作日|万元|小时|天|日|月|期|年|元|次|倍|折)?")
UNITS = {"％": "%", "日": "天", "期": "月"}
LARGER = {"年": (12, "月"), "万元": (10_000, "元")}
MONTHS = re.compile(r"次月|下个?月|当月|次日|当日")
# A denial, but not inside words that deny nothing: 不便 不足 不仅 不但 不同, 未来 未满 未还, 免息期, 非柜面 非常.
DENIAL = re.compile(
    r"不(?![便足仅但同])|没有|未(?![来满还])|无法|无须|无需|免(?!息期)|非(?!柜面|常)|拒|禁止|暂停|只能|仅限|刚性"
)
CLOSED = re.compile(r"是否|能否|可否|能不能|可不可以|要不要|需不需要|有没有|多久|多少|几[天日月年期次]|多长")


def claims(replies: pd.DataFrame) -> pd.Series:
    """Give every reply's claim: its clauses that belong to its question, joined by “，”; empty where there is none.

    replies: reply_text and question_key (NaN where no question was asked: these replies show what is said anyway), of
    one complaint class. A clause belongs to a question when it stands in at least FEWEST replies to it, and
    TIMES_ELSEWHERE times as often as in the class's other replies; courtesies are left out before.
    """
    questions = replies["question_key"].fillna("")
    parts = replies["reply_text"].fillna("").map(clauses)
    pairs = pd.DataFrame({"question": questions, "clause": parts, "reply": range(len(replies))}).explode("clause")
    pairs = pairs.dropna().drop_duplicates(["reply", "clause"])
    sizes = questions.value_counts()
    found = pairs.groupby(["clause", "question"]).size().rename("here").reset_index()
    elsewhere = found.groupby("clause")["here"].transform("sum") - found["here"]
    size = found["question"].map(sizes)
    share_elsewhere = elsewhere / (len(replies) - size).clip(lower=1)
    own = (
        found["question"].ne("") & found["here"].ge(FEWEST) & (found["here"] / size > TIMES_ELSEWHERE * share_elsewhere)
    )
    belongs = set(zip(found.loc[own, "question"], found.loc[own, "clause"], strict=True))
    texts = [
        "，".join(clause for clause in own_parts if (question, clause) in belongs)
        for question, own_parts in zip(questions, parts, strict=True)
    ]
    return pd.Series(texts, index=replies.index, dtype=object)


def clauses(text: str) -> list[str]:
    """Split a reply into clauses, without courtesies."""
    parts = (part.strip() for part in CLAUSE_END.split(text))
    return [part for part in parts if len(part) >= SHORTEST and not COURTESY.fullmatch(part)]


def is_closed(question: str) -> bool:
    """Say whether a question asks for yes or no, or for a quantity: only those have a sense by rule."""
    return CLOSED.search(question) is not None


def sense(claim: str) -> str:
    """Give what a claim says by rule: its quantities in one unit each, else whether it denies.

    Two claims of the same sense count as one position: “一年内收取1%” and “未满一年，违约金为1%” both give “1%+12月”.
    """
    found = quantities(claim)
    if found:
        return "+".join(found)
    return "否" if DENIAL.search(claim) else "是"


def quantities(text: str) -> list[str]:
    """Give the quantities of a text, sorted: Chinese numerals as digits, years and terms as months, 百分之 as %."""
    found = set(MONTHS.findall(text.replace("下个月", "次月").replace("下月", "次月")))
    for percent, number, unit in AMOUNT.findall(text):
        if percent:
            found.add(f"{numeral(number):g}%")
        elif unit:
            factor, name = LARGER.get(unit, (1, UNITS.get(unit, unit)))
            found.add(f"{factor * numeral(number):g}{name}")
    return sorted(found)


def numeral(text: str) -> float:
    """Read a number in digits or in Chinese numerals (十五 is 15, 半 is 0.5)."""
    if text[0].isascii():
        return float(text)
    if text == "半":
        return 0.5
    total, part, digit = 0, 0, 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            part += (digit or 1) * TENS[character]
            digit = 0
        elif character == "万":
            total, part, digit = (total + part + digit) * 10_000, 0, 0
    return float(total + part + digit)
