"""Names as people are called: 老王 and 小李, a surname with a title (周经理), and names in Latin letters."""

from __future__ import annotations

import re

from data.name_segments import Token, in_dictionary
from data.name_words import (
    AFTER_ONE,
    BEFORE_PEOPLE,
    COMPOUND,
    DOING,
    FIELDS,
    GIVEN,
    NO_NICKNAME,
    ORDINARY,
    PEOPLE,
    SINGLE,
    SURE,
)

# Surnames that are said with 老, 小 and 阿, and may be followed by a title of the bank's: no other word is meant.
_CALLED = (ORDINARY | frozenset("白陶严于曾")) - frozenset("时何文方万金石毛黄单成安华") | frozenset("何方黄金石毛")
NICKNAME = re.compile(f"[老小阿](?:[{''.join(sorted(_CALLED))}])")
_LINKING = "给找和跟与让问被对向由请是叫的了过为说道来加有因经、，,。；;：:！!？?（(“\"'「 　\t\n"
_SINGLE_OF_TITLE = SINGLE - frozenset("和于从向与时有来对都那应后行全常别同单区支查部分正副总任")
_SURE_TITLE = "先生|女士|小姐|太太|夫人|同志|师傅|律师|老师|阿姨|大爷|大妈|大叔|大姐|大哥"
_BANK_TITLE = (
    "经理|主任|行长|主管|科长|处长|部长|局长|会计|助理|警官|法官|医生|教授|校长|队长|组长|班长|"
    "总监|总(?![行是部共额数体之会经理算统计结量])|工(?![作程单号资行人商业时厂地会])|姐(?![妹夫])|哥(?![们哥])"
)
_FAMILY_SURE = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(_SINGLE_OF_TITLE | frozenset('常于')))}])"
_FAMILY_CALLED = (
    f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted((_CALLED | frozenset('黄何方金石万毛')) - frozenset('常')))}])"
)
_INTRODUCING = re.compile(
    "(?:找|给|跟|和|与|让|听|问|被|叫|联系|当时|昨天|今天|上次|加了|经理|[网柜行点]的|认识|是|是不是)$"
)
_PERSONAL_VERB = re.compile(
    "一直|答应|后来|说|讲|又|不接|那边|帮|上次|昨天|今天|当时|已经|离职|休假|经手|接的|办的|问过|也"
)
TITLED = re.compile(
    rf"(?:(?<=^)|(?<=[{re.escape(_LINKING)}])|(?<=当时)|(?<=经理)|(?<=支行)|(?<=柜员))(?:(?P<sure>{_FAMILY_SURE})(?={_SURE_TITLE})|"
    rf"(?P<called>{_FAMILY_CALLED})(?={_BANK_TITLE}))"
)
# Surnames that are also everyday words, where a clause begins.
_AT_BEGINNING = re.compile(
    r"(?:^|(?<=[,，。;；:：!！?？、\s]))(?P<name>[时单车文查华管全明言关温解连水常游成安易应])"
    r"(?=(?:先生|女士|小姐|经理|主任|行长|主管|科长)(?![都也]|要求))"
)
TITLED_SURELY = re.compile(f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SURE))}])(?={_SURE_TITLE}|{_BANK_TITLE})")

_ANY = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])"
_GIVEN = f"[{''.join(sorted(GIVEN))}]"
BESIDE_AFTER = re.compile(
    rf"\s?(?:[、,，/和与及跟]|以及)\s?(?P<name>{_ANY}{_GIVEN}{{1,2}})(?=[,，、。;；/)）（(\s]|$|两人|二人|三人|等人|都|均|互相|一起|记录|主持|签|也|之间|共同)"
)
BESIDE_BEFORE = re.compile(
    rf"(?:^|[,，、。;；:：/(（\s由投诉人为是])(?P<name>{_ANY}{_GIVEN}{{1,2}})\s?(?:[、/和与及跟]|以及)\s?$"
)
BESIDE_AT_TOKEN = re.compile(rf"(?P<name>{_ANY}{_GIVEN}{{1,2}})[、/]$")

_WORD = r"[A-ZÀ-Þ](?:['’][A-Z])?[A-Za-zÀ-ÿ'’\-]*[a-zà-ÿ]"
_LOUD = r"[A-ZÀ-Þ][A-ZÀ-Þ'’]+"
_NAME = rf"(?:{_WORD}(?:\s{{1,2}}{_WORD}|\s?[·.]\s?{_WORD}){{0,2}}|{_LOUD}(?:[ ,/]{_LOUD}){{1,2}})"
_LEADS = "|".join(sorted(FIELDS | PEOPLE | {word for word in BEFORE_PEOPLE if len(word) > 1}, key=len, reverse=True))
_BEFORE = "转告|汇款给|转账给|转给|账户名|是|给|找|叫|由|跟|与|向|让|听|问|请|认识"
_LED = rf"(?:(?:{_LEADS})(?:姓名|名字)?|{_BEFORE})\s?[:：是为]?\s?"
_AFTER = r"\s?(?:跟我|让我|骗我|推荐|答应|先生|女士|小姐|太太|经理|老师|来电|致电|来信|称|表示|反映|本人|说|告诉|承诺)"
LATIN_LED = re.compile(rf"{_LED}(?P<name>{_NAME})(?![A-Za-z0-9])")
LATIN_BEFORE = re.compile(rf"(?<![A-Za-z0-9])(?P<name>{_NAME})(?={_AFTER})")
LATIN_WHOLE = re.compile(rf"(?<=[\u4e00-\u9fff])\s?(?P<name>{_WORD}\s{_WORD})(?=\s?[\u4e00-\u9fff])")
_NO_PERSON = re.compile(
    r"\b(?:App|APP|Apple|Pay|Bank|Card|Visa|VISA|Master|MasterCard|Wifi|WiFi|Android|Huawei|Xiaomi|Vivo|Oppo|Samsung|Excel|"
    r"Word|Online|Windows|Google|Chrome|Safari|Face|Touch|Mate|Pro|Max|Plus|Mini|Union|UnionPay|Paypal|PayPal|Alipay|Wechat|"
    r"WeChat|Mac|Air|Watch|Pos|Atm|Vip|Sim|China|Hong|Kong|Express|American|Gold|Platinum|Amazon|Taobao|Logo|Ok|Hi|Hello|Sorry|"
    r"Kindle|Pad|Note|Home|Intel|Amd|Dell|Sony|Nike|Adidas|Kitty)\b"
)


def called_spans(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Give the places (start, end) of nicknames, of surnames before titles and of names in Latin letters."""
    spans = [match.span() for match in TITLED.finditer(text)]
    starts = {token.start: token for token in tokens}
    spans.extend(match.span("name") for match in _AT_BEGINNING.finditer(text))
    spans.extend(match.span() for match in TITLED_SURELY.finditer(text) if match.start() in starts)
    for match in NICKNAME.finditer(text):
        token = starts.get(match.start())
        if token is not None and _is_nickname(text, token, match.end()):
            spans.append(match.span())
    for pattern in (LATIN_LED, LATIN_BEFORE, LATIN_WHOLE):
        spans.extend(match.span("name") for match in pattern.finditer(text) if not _NO_PERSON.search(match["name"]))
    return spans


def names_beside(spans: list[tuple[int, int]], text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Give the names in a list with one that was found: before or after it, with 、 和 or the like between."""
    found: list[tuple[int, int]] = []
    begins = {token.start for token in tokens}
    for start, end in spans:
        place = end
        while (after := BESIDE_AFTER.match(text, place)) and not _is_word(after["name"]):
            found.append(after.span("name"))
            place = after.end("name")
        shift = max(0, start - 6)
        before = BESIDE_BEFORE.search(text[shift:start]) or BESIDE_AT_TOKEN.search(text[shift:start])
        at_token = before is not None and (before.re is BESIDE_BEFORE or shift + before.start("name") in begins)
        if before and at_token and not _is_word(before["name"]):
            found.append((shift + before.start("name"), shift + before.end("name")))
    return found


def _is_word(name: str) -> bool:
    return in_dictionary(name) or any(in_dictionary(name[place : place + 2]) for place in range(len(name) - 1))


def _is_nickname(text: str, token: Token, end: int) -> bool:
    """Whether 老, 小 or 阿 with a surname is a person: no word of the language, and what only people do follows."""
    word = text[token.start : end]
    if token.end > end:
        return False
    if word in NO_NICKNAME or (in_dictionary(word) and not token.tag.startswith("nr") and word[1] not in SURE):
        return False
    if word[1] in SURE and (token.end == end or not in_dictionary(text[end - 1 : end + 1])):
        return True
    led = _INTRODUCING.search(text[: token.start])
    return bool(led or AFTER_ONE.match(text, end) or DOING.match(text, end) or _PERSONAL_VERB.match(text, end))
