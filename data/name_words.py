"""The words that masking knows names by, from names.toml, and the patterns made of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_KNOWN: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(_KNOWN[table][name].split())


def _characters(table: str, name: str) -> frozenset[str]:
    return frozenset("".join(_KNOWN[table][name].split()))


def _any(words: frozenset[str]) -> str:
    """Give a pattern of any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


SINGLE, COMPOUND = _characters("surnames", "single"), _words("surnames", "compound")
SURE = _characters("surnames", "sure")
ORDINARY = SURE | _characters("surnames", "ordinary")
GIVEN, SOFT_GIVEN = _characters("surnames", "given"), _characters("surnames", "soft")
FIELDS, PEOPLE, BEFORE_PEOPLE = _words("around", "fields"), _words("around", "people"), _words("around", "before")
SURE_TITLES = _words("around", "sure_titles")
TITLES = SURE_TITLES | _words("around", "other_titles")
NO_NAME_BEGINS = tuple(_words("never", "begins"))
NO_NICKNAME, NO_TWICE = _words("never", "called"), _words("never", "twice")
NO_GIVEN, BUSY, NOT_NAMES = _characters("never", "given"), _words("never", "busy"), _words("never", "names")
PERSON_ENDINGS = _characters("around", "endings")
LAST = PERSON_ENDINGS | frozenset(word[-1] for word in FIELDS | PEOPLE | BEFORE_PEOPLE)
QUOTES = '“"「『‘【'  # before what somebody wants to be read apart
SKIPPED = frozenset(f":：是叫为系 （({QUOTES}")
# Tags of the segmentation for words that are no part of a name.
FUNCTION_TAGS = ("p", "c", "d", "r", "u", "y", "e", "f", "m", "t", "v", "x")

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, from broken files: not for the segmentation
HAN = re.compile(r"[\u4e00-\u9fff]+")
DOT = re.compile(r"(?<=[\u4e00-\u9fff])\s?[·•・‧∙．˙]\s?(?=[\u4e00-\u9fff])")
LATIN = re.compile(
    r"(?<=[名人户叫是:：])\s?[A-Z][a-z]+(?:[ ·\-][A-Z][a-z]*\.?){1,3}"
    r"|(?<=[名人户叫是:：])\s?[A-Z]{2,}(?:[ ,/][A-Z]{2,}){1,2}"
)

_FORM = _any(FIELDS | {"投诉人", "负责人", "客户姓名"})
_FORM_GOES_ON = "先生|女士|电话|手机|身份|证件|卡号|账号|性别|地址|住址"
FIELD = re.compile(
    rf"(?:姓\s名|户\s名|{_FORM})(?:\s?(?:[:：]|[是为叫][:：]?)\s*|\s+)"
    r"(?P<name>[\u4e00-\u9fff](?:\s{0,3}[\u4e00-\u9fff]){1,3})"
    rf"(?=[,，。;；、！!？?\s()（）\d０-９〔/|]|$|{_FORM_GOES_ON})"
)
# A name written with gaps (王 小 明) after such a word.
GAPPED = re.compile(
    rf"(?:{_FORM}|签字|签名|署名|本人)\s?[:：是为叫]?\s*"
    rf"(?P<name>[{_any(SINGLE).replace('|', '')}欧上诸皇尉令东公澹慕司夏](?:\s{{1,3}}[\u4e00-\u9fff]){{1,3}})"
    rf"(?=[,，。;；、！!？?()（）\d０-９〔/|]|$|\s)"
)
NOT_IN_A_FIELD = re.compile(
    "^(?:是|为|叫|不|未|没|已|也|都|的|和|与|及|等|之|信息|电话|手机|地址|本人|我|你|他|她|您|方式|名单|错误|填写|要求)"
)

# A name by its characters: after a word that introduces one, and where a sentence begins.
_NAME = rf"(?P<name>(?:{_any(COMPOUND)}|[{_any(SINGLE).replace('|', '')}])[\u4e00-\u9fff]{{1,2}}?)"
_PERSONAL, _ONGOING = _any(_words("around", "personal")), _any(_words("around", "ongoing"))
INTRODUCED = re.compile(
    rf"(?P<by>{_any(FIELDS | PEOPLE | BEFORE_PEOPLE)})(?!员)[:：是叫为]?[\s{QUOTES}]?{_NAME}"
    rf"(?=[,，。.;；:：!！?？、\s()（）〔〕”\"」』’】\d０-９/|]|$|{_ONGOING}|{_PERSONAL})"
)
_LONG_LEADS = _any(frozenset(word for word in FIELDS | PEOPLE if len(word) > 1))
LEADING = re.compile(rf"(?:{_LONG_LEADS})(?!员)[:：是叫为系]?[\s{QUOTES}]?(?=[\u4e00-\u9fff])")
CLAUSE_BEGINS = re.compile(rf"(?:^|[,，。.;；:：!！?？、\s(（)）{QUOTES}])$")
CLAUSE_ENDS = re.compile(r"[,，。.;；:：!！?？、\s()（）/|”\"」』’】]|$|您好|你好|客户")
# A sheet, a week, an hour, and no surname: 这张卡, 上周转账, 三点钟才来.
COUNTED = re.compile(r"[这那一二三四五六七八九十两几每上下本多半第哪分点刻末\d][张周钟]$")
_GIVEN = "".join(sorted(GIVEN))
CANDIDATE = re.compile(rf"(?=(?:{_any(COMPOUND)}|[{_any(SINGLE).replace('|', '')}])[{_GIVEN}])")
DOING = re.compile(f"{_PERSONAL}|{_any(_words('around', 'doing'))}")  # what only people do or have
# Where a person may be named, and what that person then does.
WHO = re.compile(rf"(?:^|[,，。.;；:：!！?？、\s(（“\"「]|{_any(_words('around', 'who'))})$")
CLEARLY_ACTS, MAY_ACT = (re.compile(_any(_words("around", name))) for name in ("clearly_acts", "may_act"))
AFTER_ONE = re.compile(rf"[,，。.;；:：!！?？、\s()（）〔〕\d０-９/|]|$|{_ONGOING}|{_PERSONAL}")
BEGINNING = re.compile(rf"(?P<by>^|[,，。;；!！?？、\s(（]){_NAME}(?=(?:{_PERSONAL}))")
