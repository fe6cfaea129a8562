"""Numbers, addresses and e-mail in free text: what is personal gives way to a word that says what stood there."""

from __future__ import annotations

import re

D = "[0-9０-９]"
GAP = r"[ \t\u3000\u00a0\-‐‑–—_.·]{0,2}"
PLAIN_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}

TELEPHONE, CARD, IDENTITY, NUMBER = "〔电话〕", "〔卡号〕", "〔证件号〕", "〔号码〕"
ADDRESS, EMAIL, PLATE = "〔地址〕", "〔邮箱〕", "〔车牌〕"

_YEAR = "(?:19|20)" + D + "{2}"
_DATE = (
    rf"(?<!{D}){_YEAR}[ ]?[-./年][ ]?(?:0?[1-9]|1[0-2])[ ]?[-./月][ ]?(?:0?[1-9]|[12][0-9]|3[01])日?(?!{D})"
    rf"(?:[ T]{{0,2}}[0-2]?[0-9][::][0-5][0-9](?:[::][0-5][0-9])?)?"
    rf"|(?<![{D[1:-1]}]){_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?!{GAP}{D})"
    rf"|(?<!{D}){_YEAR}[ ]?[-—–~至到][ ]?{_YEAR}(?!{GAP}{D})"
)
_AMOUNT = (
    r"(?<![0-9０-９A-Za-z])[¥￥$]\s?[0-9０-９]{1,3}(?:[,,][0-9０-９]{3})*(?:\.[0-9０-９]+)?(?!\d)"
    r"|(?<![0-9０-９A-Za-z])(?:[0-9０-９]{1,3}(?:[,,][0-9０-９]{3})+|[0-9０-９]{1,12})(?:[.．][0-9０-９]{1,4})?"
    r"\s?(?:多|余|来|几)?(?:元|块钱?|圆|万|亿|美元|欧元|港币|港元|日元|人民币|%|％)"
    r"|(?<![0-9０-９A-Za-z])[0-9０-９]{1,9}\.[0-9０-９]{1,2}(?![0-9０-９.])"
)
_EMAIL = r"[A-Za-z0-9._%+\-]+\s?[@＠]\s?[A-Za-z0-9\-]+(?:\s?[.．]\s?[A-Za-z0-9\-]+)+"
_PLATE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·•\s\-]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_STARRED = rf"{D}{{2,6}}[*＊xX•]{{3,}}{D}{{0,4}}"
_WECHAT = (
    r"(?P<chat>(?:微信|薇信|威信|V信|v信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat)(?:号码|号|ID|id)?\s?(?:是|为|:|：)?\s?)"
    r"(?P<handle>[A-Za-z][A-Za-z0-9]*(?:[_\-][A-Za-z0-9]+)+|(?=[A-Za-z]*[0-9])[A-Za-z][A-Za-z0-9]{5,19})"
)
_INSIDE_LINE = rf"(?:\s?(?:转|分机|-)\s?{D}{{2,6}}(?!{D}))?"
_SPOKEN = r"[零〇一二三四五六七八九幺两](?:[ \u3000\-,，、]?[零〇一二三四五六七八九幺两]){6,}"
_LONG = rf"(?:[+＋]?{D}|[(（]{D})(?:{GAP}[()（）]?{GAP}{D}){{6,}}{GAP}(?:[XxＸｘ×](?![A-Za-z]))?"
_FOURS = rf"(?<!{D}){D}{{4}}(?:[ ]?[,，][ ]?{D}{{4}}){{2,4}}(?:[ ]?[,，][ ]?{D}{{1,3}})?(?!{D})"
_MIXED = (
    r"(?<![A-Za-z0-9０-９])(?=[A-Za-z]{0,8}[-_]?(?:[A-Za-z_\-/]{0,4}[0-9０-９]){6})"
    r"[A-Za-z0-9０-９][A-Za-z0-9０-９_\-/]{6,}"
)
_NAMED = (
    r"(?P<label>(?:保单|保险单|保险合同|合同|账|帐|卡|存折|流水|交易|证件|身份证|护照|通行证|驾驶证|社保|公积金|户口|客户|会员|贷款|借据"
    r"|订单|快递|运单|单据|凭证|微信|QQ|qq|Q)(?:账户)?(?:号码|号|编号|ID|id)?\s?(?:是|为|:|:|尾号是)?\s?)"
    r"(?P<named>(?=[A-Za-z_\-/]{0,10}[0-9０-９])[A-Za-z0-9０-９][A-Za-z0-9０-９_\-/]{4,}(?<![\-/_])"
    r"(?:[ \u3000\-][0-9０-９]{2,}[XxＸｘ×]?)*[XxＸｘ×]?(?:[*＊•]{2,}[0-9０-９]{0,4})?)(?!\s?(?:元|万|年|月|%|块))"
)
_BIRTH = rf"(?:出生|生日|出生日期|出生年月)(?:是|为|于|:|:)?\s?{_YEAR}[-./年]?{D}{{1,2}}[-./月]?{D}{{0,2}}日?"

_HAN = r"[\u4e00-\u9fff]"
_UNIT = r"(?:号|栋|幢|单元|室|座|楼|层|弄|组|户|院)"
_ROAD = r"(?:大道|大街|路|街|巷|胡同|弄|村|庄|小区|花园|公寓|大厦|广场|新村|家园|苑|里|道|坊|镇|乡|屯|社区|工业园)"
_PLACED = (
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,7}}?(?:市|自治州|盟|地区))?(?:{_HAN}{{1,6}}?(?:区|县|旗|市))?"
    rf"(?:{_HAN}{{1,6}}?(?:镇|乡|街道))?"
)
_ADDRESS = (
    rf"{_PLACED}{_HAN}{{1,5}}?{_ROAD}(?:[东西南北中]段|[东西南北]侧)?{_HAN}{{0,8}}?[0-9０-９一二三四五六七八九十百甲乙]{{1,6}}"
    rf"(?:-[0-9]{{1,4}})?{_UNIT}(?:{_HAN}{{0,6}}?[0-9０-９A-Za-z一二三四五六七八九十]{{1,5}}(?:-[0-9]{{1,4}})*{_UNIT}?)*"
)
_BLOCK = (
    rf"{_HAN}{{2,6}}?(?:花园|小区|家园|公寓|新村|社区|新城|名城|庭|苑|府|湾|里)"
    rf"\s?{D}{{1,3}}[-—－]{D}{{1,4}}(?:[-—－]{D}{{1,4}})?(?!{D})"
)
_TO_THE_END = r"[^,,。;;!!??、\s\"'〔〕<>]"
_LED = (
    r"(?P<lead>(?:(?:家庭|通讯|通信|联系|邮寄|收货|单位|户籍|现居|居住|办公|注册)?(?:住址|地址|住所|居住地|户籍地)\s?(?:是|为|在|:|:)?\s?"
    rf"(?={_TO_THE_END}{{0,40}}?(?:省|市|区|县|镇|乡|村|路|街|道|巷|弄|胡同|号|栋|幢|室|苑|小区|花园|家园|公寓|里))"
    r"|(?:家住|现住|住在|居住在|寄到|寄往|寄至|邮寄到|邮寄至|送到家|户籍在|老家在|家在)\s?"
    rf"(?={_TO_THE_END}{{0,40}}?(?:[省市区县].{{0,12}}[镇乡村路街道巷里]|[0-9０-９一二三四五六七八九十]{{1,5}}(?:号|栋|幢|室|单元|组|弄)))))"
    rf"(?P<placed>{_TO_THE_END}{{3,60}})"
)

_KINDS = {
    "email": _EMAIL,
    "birth": _BIRTH,
    "led": _LED,
    "address": f"{_ADDRESS}|{_BLOCK}",
    "date": _DATE,
    "amount": _AMOUNT,
    "plate": _PLATE,
    "wechat": _WECHAT,
    "starred": _STARRED,
    "labelled": _NAMED,
    "long": f"{_FOURS}|{_LONG}{_INSIDE_LINE}",
    "mixed": _MIXED,
    "spoken": _SPOKEN,
}


def _pattern(*without: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items() if kind not in without))


_EVERYTHING, _WITHOUT_ADDRESSES = _pattern(), _pattern("address")
_MAY_HOLD_ADDRESS = re.compile(rf"[0-9０-９一二三四五六七八九十百甲乙]{_UNIT}|{_HAN}\s?{D}{{1,3}}[-—－]{D}")
_ANY_DIGIT = re.compile(
    r"[0-9０-９@＠零〇一二三四五六七八九幺两址住寄]|[A-Za-z][_\-][A-Za-z]|[A-Z]{5}|[A-Z][ ·\-][A-Z]"
)


def mask_numbers(text: str) -> str:
    """Replace e-mail, addresses, and telephone, identity, card, account and policy numbers of a text.

    A run of seven digits or more goes, whatever separates them, unless it is an amount of money or a date.
    """
    if not _ANY_DIGIT.search(text):
        return text
    # Looking for addresses is what takes long, and hardly any text has one.
    pattern = _EVERYTHING if _MAY_HOLD_ADDRESS.search(text) else _WITHOUT_ADDRESSES
    return pattern.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    kind = match.lastgroup
    for name in ("led", "labelled", "wechat"):
        if match[name] is not None:
            kind = name
    whole = match[0]
    if kind in ("date", "amount"):
        return whole
    if kind == "led":
        return f"{match['lead']}{ADDRESS}"
    if kind == "wechat":
        return f"{match['chat']}{NUMBER}"
    if kind == "labelled":
        return f"{match['label']}{_kind_of(match['named'], match['label'])}"
    if kind == "birth":
        return f"出生日期{NUMBER}"
    if kind in ("long", "starred", "spoken"):
        return _kind_of(whole, match.string[max(0, match.start() - 8) : match.start()]) + _trailing(whole)
    return {"email": EMAIL, "address": ADDRESS, "plate": PLATE, "mixed": NUMBER}[str(kind)]


_GAPS_AFTER = re.compile(rf"{GAP}$")
_SPOKEN_DIGITS = str.maketrans("零〇一二三四五六七八九幺两", "0012345678912")


def _trailing(whole: str) -> str:
    found = _GAPS_AFTER.search(whole)
    return found[0] if found else ""


def _kind_of(number: str, before: str) -> str:
    plain = number.translate(PLAIN_DIGITS).translate(_SPOKEN_DIGITS)
    digits = re.sub(r"\D", "", plain)
    letters = re.search(r"[A-Za-wyzYZ]", plain)
    if re.search(r"[XxＸｘ×]\W*$", plain) and len(digits) in (14, 17):
        return IDENTITY
    if re.search(r"证|身份|护照", before):
        return IDENTITY
    if letters is None:
        short = digits.removeprefix("86") if len(digits) == 13 else digits
        if re.fullmatch(r"1[3-9]\d{9}", short) or re.fullmatch(r"0\d{9,11}|[48]00\d{7}", digits):
            return TELEPHONE
        if len(digits) == 18 and re.fullmatch(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{6}", digits):
            return IDENTITY
        if re.search(r"电话|手机|拨打|致电|热线|座机", before):
            return TELEPHONE
        if 15 <= len(digits) <= 19:
            return CARD
    return NUMBER
