"""What a reply to a closed question says by rule: its quantities, or yes or no; nothing where it stays open."""

from __future__ import annotations

import re

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1_000}
NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万半]+"
AMOUNT = re.compile(rf"(百分之)?({NUMBER})个?(%|％|工作日|万元|小时|天|日|月|期|年|元|次|倍|折)?")
UNITS = {"％": "%", "日": "天", "期": "月"}
LARGER = {"年": (12, "月"), "万元": (10_000, "元")}
MONTHS = re.compile(r"次月|下个?月|当月")
NEXT_DAYS = {"次日": "1天", "当日": "0天", "当天": "0天"}
HOURS_OF_DAY = 24

MAY = re.compile(r"能否|可否|能不能|可不可以|可以.{0,8}吗")
HOW_MUCH = re.compile(r"多久|多少|几[天日月年期次]|多长")
WHETHER = re.compile(r"是否|要不要|需不需要|有没有")
# A denial and what it denies, modal words passed over; but not inside words that deny nothing: 不便 不足 不仅 不但
# 不同 不用 不必 (what is not needed may be done), 未来 未满 未还, 免息期, 非柜面 非常.
DENIED = re.compile(
    r"(?:不(?![便足仅但同用必])|没有?|未(?![来满还])|无法|免(?!息期)|非(?!柜面|常)|拒绝?|禁止|严禁|暂停)"
    r"(?:再|会|能|可以?|予以?|得|允许|支持|提供|接受)*(.{0,5})"
)
REFUSED = re.compile(
    r"不能|不可(?!能)|不得|不予|不支持|不允许|不接受|不提供|不办理|无法|禁止|严禁|拒绝|暂停|只能|仅限|未开通|没有权限"
)
GRANTED = re.compile(r"(?<![不无])可(?!能|否)|能(?!否|力|不能)|支持|已开通|允许|同意")
SOON = r"(?:将|会|予以)[^，。；]{{0,6}}{predicate}"


def is_closed(question: str) -> bool:
    """Say whether a question asks for yes or no, or for a quantity: only those have a sense by rule."""
    return any(kind.search(question) for kind in (MAY, HOW_MUCH, WHETHER))


def sense(claim: str, question: str) -> str | None:
    """Give what a claim says to a closed question; None where the rule cannot tell.

    How much, how long: its quantities in one unit each. Whether something is so: its quantities (“一年内收取1%” and
    “未满一年，违约金为1%” both give “1%+12月”), else “否” where what was asked about is denied, “是” where it is
    spoken of undenied. Whether something may be done: “否” where it is refused, “是” where it is granted.
    """
    if HOW_MUCH.search(question):
        return "+".join(quantities(claim)) or None
    if MAY.search(question):
        return _may(claim, question)
    found = quantities(claim)
    return "+".join(found) if found else _whether(claim, question)


def _may(claim: str, question: str) -> str | None:
    asked = set(question)
    if REFUSED.search(claim) or any(set(found[:2]) & asked for found in DENIED.findall(claim)):
        return "否"
    predicate = MAY.split(question)[-1][:2]
    soon = re.search(SOON.format(predicate=re.escape(predicate)), claim) if predicate else None
    return "是" if soon or GRANTED.search(claim) else None


def _whether(claim: str, question: str) -> str | None:
    asked = {question[place : place + 2] for place in range(len(question) - 1)}
    denied = DENIED.findall(claim)
    if any(found[:2] and any(pair in found for pair in asked) for found in denied):
        return "否"
    spoken_of = any(pair in claim for pair in asked)
    return "是" if spoken_of and not denied else None


def quantities(text: str) -> list[str]:
    """Give the quantities of a text, sorted: Chinese numerals as digits, years and terms as months, whole days of hours
    and the next day as days, 百分之 as %."""
    found = set(MONTHS.findall(text.replace("下个月", "次月").replace("下月", "次月")))
    found |= {days for word, days in NEXT_DAYS.items() if word in text}
    for percent, number, unit in AMOUNT.findall(text):
        if percent:
            found.add(f"{numeral(number):g}%")
        elif unit:
            amount = numeral(number)
            factor, name = LARGER.get(unit, (1.0, UNITS.get(unit, unit)))
            if unit == "小时" and amount and amount % HOURS_OF_DAY == 0:
                factor, name = 1 / HOURS_OF_DAY, "天"
            found.add(f"{factor * amount:g}{name}")
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
