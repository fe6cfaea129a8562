"""What a reply to a closed question says by rule: its quantities, or yes or no; nothing where it stays open."""

from __future__ import annotations

import re

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
TENS = {"十": 10, "百": 100, "千": 1_000}
TENS_OF_THOUSANDS = ("万", "千", "百")  # alone no number: 万元起, 整万倍
NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万半]+"
AMOUNT = re.compile(
    rf"(百分之)?({NUMBER})个?(%|％|工作日|自然日|万元|小时|天|日|月|期|年|元|块|次|笔|倍|折"
    rf"|星期(?![一二三四五六日天])|周(?![一二三四五六日末年岁]))?"
)
DATE = re.compile(r"(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月份?)?(?:[0-9]{1,2}[日号])?|[0-9]{1,2}月(?:份|[0-9]{1,2}[日号])")
UNITS = {"％": "%", "日": "天", "自然日": "天", "期": "月", "笔": "次", "块": "元"}
LARGER = {"年": (12, "月"), "万元": (10_000, "元"), "周": (7, "天"), "星期": (7, "天")}
MONTHS = re.compile(r"次月|下个?月|当月")
NEXT_DAYS = {"次日": "1天", "第二天": "1天", "当日": "0天", "当天": "0天"}
AT_ONCE = re.compile(r"当场|立等|马上|即时|实时")
HOURS_OF_DAY, DAYS_OF_MONTH = 24, 30
TIMES = ("天", "工作日", "小时", "月")

MAY = re.compile(r"能否|可否|能不能|可不可以|可以.{0,8}吗")
HOW_MUCH = re.compile(r"多久|多少|几[天日月年期次笔]|多长")
HOW_LONG = re.compile(r"多久|几个?[天日月年期]|多长|多少[天日个]")
HOW_OFTEN = re.compile(r"几[次笔]|多少[次笔]")
WHETHER = re.compile(r"是否|要不要|需不需要|有没有")
# A denial and what it denies, modal words passed over; but not inside words that deny nothing: 不便 不足 不仅 不但
# 不同 不用 不必 (what is not needed may be done), 未来 未满 未还 未入账的, 免息期, 非柜面 非常.
DENIED = re.compile(
    r"(?:不(?![便足仅但同用必])|没有?|未(?![来满还]|[^，]{1,4}的)|无法|免(?!息期)|非(?!柜面|常)|拒绝?|禁止|严禁|暂停)"
    r"(?:再|会|能|可以?|予以?|得|允许|支持|提供|接受)*(.{0,5})"
)
REFUSED = re.compile(
    r"不能|不可(?!能)|不得|不予|不支持|不允许|不接受|不提供|不办理|不对外|无法|无权|禁止|严禁|拒绝|暂停|[只仅]能|[只仅]可|仅限|未开通|没有权限"
    r"|不便(?=向|于|对|提供|办)|[办改删退做开]不(?:了|到|出来)"
)
GRANTED = re.compile(r"(?<![不无只仅])可(?!能|否)|能(?!否|力|不能)|支持|已开通|允许|同意|没问题")
FREED = re.compile(r"(?:无需|无须|不用|不必|不需要?|免收?)(.{0,6})")  # what need not be done or paid
KEPT = re.compile(r"(?:不|无法|未)(?:再|能|会|可以?|予以?)*(?:减免|免除|免收|豁免|减收)")  # the charge stays
NOTHING = re.compile(r"为零|零收费|免费|为0元?")  # of a charge
SOON = r"(?:将|会|予以)[^，。；]{{0,6}}{predicate}"


def is_closed(question: str) -> bool:
    """Say whether a question asks for yes or no, or for a quantity: only those have a sense by rule."""
    return any(kind.search(question) for kind in (MAY, HOW_MUCH, WHETHER))


def sense(claim: str, question: str) -> str | None:
    """Give what a claim (clauses joined by “，”) says to a closed question; None where the rule cannot tell.

    How much, how long: its quantities of the kind that was asked for, in one unit each, dates left aside. Whether
    something is so: its quantities (“一年内收取1%” and “未满一年，违约金为1%”: “1%+12月”), else “否” where what was
    asked about is denied, “是” where it is spoken of undenied. Whether something may be done: “否” where it is refused,
    “是” where it is granted; where both are said, the one that names what was asked about.
    """
    if HOW_MUCH.search(question):
        return "+".join(_of_the_kind(quantities(claim), claim, question)) or None
    if MAY.search(question):
        return _may(claim, question)
    found = [one for one in quantities(claim) if not one.endswith("次")]
    return "+".join(found) if found else _whether(claim, question)


def _of_the_kind(found: list[str], claim: str, question: str) -> list[str]:
    """Leave those quantities that the question asks for; a time in days, a month counted as 30."""
    if HOW_OFTEN.search(question):
        return [one for one in found if one.endswith("次")]
    if not HOW_LONG.search(question):
        return [one for one in found if not one.endswith(TIMES)]
    days = {_in_days(one) for one in found if one.endswith(TIMES)}
    return sorted(days) or (["0天"] if AT_ONCE.search(claim) else [])


def _in_days(time: str) -> str:
    months = re.fullmatch(r"([0-9.]+)月", time)
    return f"{float(months[1]) * DAYS_OF_MONTH:g}天" if months else time


def _may(claim: str, question: str) -> str | None:
    asked, pairs = set(question), _pairs(question)
    predicate = MAY.split(question)[-1][:2]
    soon = re.compile(SOON.format(predicate=re.escape(predicate))) if predicate else None
    said: dict[str, bool] = {}
    for clause in claim.split("，"):
        about = any(pair in clause for pair in pairs)
        if REFUSED.search(clause) or any(set(found[:2]) & asked for found in DENIED.findall(clause)):
            said["否"] = said.get("否", False) or about
        elif GRANTED.search(clause) or (soon is not None and soon.search(clause)):
            said["是"] = said.get("是", False) or about
    answers = list(said) if len(said) == 1 else [answer for answer, about in said.items() if about]
    return answers[0] if len(answers) == 1 else None


def _whether(claim: str, question: str) -> str | None:
    claim, asked = KEPT.sub("", claim), _pairs(question)
    predicate = WHETHER.split(question)[-1][:1]
    denied = [*DENIED.findall(claim), *FREED.findall(claim)]
    if any(found and (found[0] == predicate or any(pair in found for pair in asked)) for found in denied):
        return "否"
    if NOTHING.search(claim) and "费" in question:
        return "否"
    spoken_of = any(pair in claim for pair in asked)
    return "是" if spoken_of and not denied else None


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def quantities(text: str) -> list[str]:
    """Give the quantities of a text, sorted: Chinese numerals as digits, years and terms as months, whole days of hours
    and the next day as days, 百分之 as %. Dates are none."""
    text = DATE.sub("", text)
    found = set(MONTHS.findall(text.replace("下个月", "次月").replace("下月", "次月")))
    found |= {days for word, days in NEXT_DAYS.items() if word in text}
    for percent, number, unit in AMOUNT.findall(text):
        if percent:
            found.add(f"{numeral(number):g}%")
        elif unit and number not in TENS_OF_THOUSANDS:
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
