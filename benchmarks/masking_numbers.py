"""Numbers, addresses and other marks of people in sentences for `benchmarks.masking`, plain and in odd writings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

AROUND_A_NUMBER = {
    "mobile": (
        "手机{}。",
        "联系电话{},请回电",
        "我电话是{}",
        "请打{}联系",
        "号码{}打不通",
        "({})",
        "预留手机号:{}",
        "加微信{}",
    ),
    "landline": ("座机{}", "单位电话{}转办公室", "请打{}联系我", "电话:{}"),
    "identity": ("身份证号{}", "身份证{},姓名不对", "证件号码:{}", "我报一下,{},你查", "证件号{}。", "{}是我的证件"),
    "card": ("卡号{}", "卡号是{},你查一下", "还款账户{}扣款失败", "转到{}里了", "账号:{}", "银行卡{}。"),
    "policy": ("保单号{}", "保单{}要求退保", "保险合同号:{}", "合同编号{}", "保单号码为{}"),
    "address": ("住址{}", "我家住{}", "请寄到{}。", "地址:{},邮编不详", "现住{},来电催办"),
    "email": ("邮箱{}", "请发到{}", "邮件:{}"),
}


def _spaced(digits: str, groups: tuple[int, ...], gap: str) -> str:
    parts, place = [], 0
    for size in groups:
        parts.append(digits[place : place + size])
        place += size
    return gap.join([*parts, digits[place:]] if place < len(digits) else parts)


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text)


def _digits(rng: np.random.Generator, count: int) -> str:
    return "".join(str(digit) for digit in rng.integers(0, 10, count))


def _mobile(rng: np.random.Generator) -> str:
    number = f"1{rng.integers(3, 10)}{_digits(rng, 9)}"
    return str(
        rng.choice(
            [
                number,
                number,
                _spaced(number, (3, 4, 4), " "),
                _spaced(number, (3, 4, 4), "-"),
                "+86 " + number,
                _wide(number),
            ]
        )
    )


def _identity(rng: np.random.Generator) -> str:
    number = (
        f"{rng.integers(11, 66)}{_digits(rng, 4)}{rng.integers(1940, 2010)}{rng.integers(1, 13):02d}"
        f"{rng.integers(1, 29):02d}"
        f"{_digits(rng, 3)}{rng.choice([*'0123456789', 'X', 'X', 'x', 'X'])}"
    )
    return str(
        rng.choice([number, number, _spaced(number, (6, 8, 4), " "), _wide(number), _spaced(number, (6, 4, 4, 4), "-")])
    )


def _card(rng: np.random.Generator) -> str:
    number = str(rng.choice(["62", "4", "5", "60"]))
    number += _digits(rng, int(rng.choice([16, 19])) - len(number))
    return str(
        rng.choice([number, _spaced(number, (4, 4, 4, 4), " "), _wide(number), _spaced(number, (4, 4, 4, 4), "-")])
    )


def _policy(rng: np.random.Generator) -> str:
    return str(
        rng.choice(
            [
                f"P{rng.integers(2015, 2026)}{_digits(rng, 8)}",
                f"PICC-{rng.integers(2015, 2026)}-{_digits(rng, 6)}",
                _digits(rng, 12),
                f"{_digits(rng, 4)}LIFE{_digits(rng, 6)}",
                f"BX{_digits(rng, 9)}",
                _wide(_digits(rng, 15)),
            ]
        )
    )


def _address(rng: np.random.Generator) -> str:
    city = str(rng.choice(["杭州市西湖区", "四川省成都市武侯区", "北京市朝阳区", "昆山市玉山镇", "", "吉首市"]))
    road = str(
        rng.choice(["马鞍山路", "前进东大街", "幸福里小区", "石碑村", "虹桥镇新桥村", "望京西园三区", "翠微南里"])
    )
    ends = [
        f"{rng.integers(1, 400)}号",
        f"{rng.integers(1, 30)}栋{rng.integers(1, 5)}单元{rng.integers(101, 2500)}室",
        "7组12号",
    ]
    return city + road + str(rng.choice(ends))


def _email(rng: np.random.Generator) -> str:
    return (
        f"{rng.choice(['li.na', 'zhang_wei88', 'wangfang'])}@{rng.choice(['163.com', 'mail.example.com.cn', 'qq.com'])}"
    )


def _landline(rng: np.random.Generator) -> str:
    area = str(rng.choice(["010", "021", "0571", "0755"]))
    return str(rng.choice([f"{area}-{_digits(rng, 8)}", f"({area}){_digits(rng, 8)}", f"{area}{_digits(rng, 7)}"]))


MAKERS: dict[str, Callable[[np.random.Generator], str]] = {
    "mobile": _mobile,
    "landline": _landline,
    "identity": _identity,
    "card": _card,
    "policy": _policy,
    "address": _address,
    "email": _email,
}


def _hard_identity(rng: np.random.Generator) -> str:
    number = (
        f"{rng.integers(11, 66)}{_digits(rng, 4)}{rng.integers(1940, 2010)}{rng.integers(1, 13):02d}"
        f"{rng.integers(1, 29):02d}{_digits(rng, 3)}"
    )
    last = str(rng.choice([*"0123456789", "X", "x", "Ｘ", "×"]))
    return str(
        rng.choice(
            [
                _spaced(number, (4, 4, 4, 4), " ") + " " + last,
                _spaced(number, (6, 4, 4), " ") + last,
                _wide(number) + ("Ｘ" if last in "Xx" else _wide(last)),
                _spaced(number, (3, 3, 4, 4), "-") + last,
                number[:6] + number[8:] + "",  # the old form of fifteen digits
                " ".join(number) + " " + last,
                _spaced(number, (6, 8), "\u3000") + last,
                number + " " + last,
            ]
        )
    )


def _hard_card(rng: np.random.Generator) -> str:
    number = "62" + _digits(rng, int(rng.choice([14, 17])))
    return str(
        rng.choice(
            [
                _spaced(number, (6, 5, 4), " "),
                _spaced(number, (4, 4, 4, 4), "  "),
                _spaced(number, (4, 4, 4, 4), "."),
                _wide(_spaced(number, (4, 4, 4, 4), " ")),
                _spaced(number, (4, 4, 4, 4), ","),
                number[:6] + "******" + number[-4:],
            ]
        )
    )


def _hard_landline(rng: np.random.Generator) -> str:
    area = str(rng.choice(["010", "021", "0571", "0755", "0931"]))
    number = str(rng.integers(2, 9)) + _digits(rng, 7 if len(area) == 3 else 6 + int(rng.random() < 0.5))
    return str(
        rng.choice(
            [
                f"{area} {number[:4]} {number[4:]}",
                f"{area}-{number}转8012",
                f"{area}-{number}-806",
                f"{number}",
                f"{area}—{number}",
                f"+86 {area[1:]} {number}",
                _wide(f"{area}{number}"),
            ]
        )
    )


def _hard_policy(rng: np.random.Generator) -> str:
    return str(
        rng.choice(
            [
                f"PB{_digits(rng, 2)} {rng.integers(2015, 2026)} {_digits(rng, 7)}",
                f"{rng.integers(2015, 2026)}-{_digits(rng, 6)}-{_digits(rng, 2)}",
                f"886{_digits(rng, 9)}",
                f"A{_digits(rng, 7)}B{_digits(rng, 3)}",
                f"GP{_digits(rng, 4)}/{_digits(rng, 6)}",
                f"Ｐ{_wide(_digits(rng, 11))}",
            ]
        )
    )


def _wechat(rng: np.random.Generator) -> str:
    return str(
        rng.choice(
            [
                f"wxid_{rng.choice(['ab3k9x', 'q8w7e6r5', 'zz9911aa'])}",
                f"zhang{_digits(rng, 4)}",
                f"lina-{_digits(rng, 3)}",
                "xiaoyu_love",
                "Mr_chen",
                f"abc{_digits(rng, 6)}",
            ]
        )
    )


def _plate(rng: np.random.Generator) -> str:
    start = str(rng.choice(["京A", "沪B", "粤B", "苏E", "浙A", "川A", "鄂A"]))
    end = "".join(rng.choice(list("ABCDEFGHJK0123456789"), 5))
    return str(rng.choice([start + end, f"{start}·{end}", f"{start} {end}", f"{start}D{end}", f"{start}-{end}"]))


def _hard_address(rng: np.random.Generator) -> str:
    return str(
        rng.choice(
            [
                f"幸福小区{rng.integers(1, 30)}号楼{rng.integers(1, 5)}单元{rng.integers(101, 2500)}",
                f"阳光花园{rng.integers(1, 30)}-{rng.integers(1, 5)}-{rng.integers(101, 999)}",
                f"朝阳区建国路{rng.integers(1, 200)}号现代城A座{rng.integers(101, 2500)}",
                f"张家村{rng.integers(1, 12)}组{rng.integers(1, 90)}号",
                f"江苏省苏州市吴中区木渎镇金枫南路{rng.integers(1, 900)}号",
                f"人民路{rng.integers(1, 900)}弄{rng.integers(1, 90)}号{rng.integers(101, 909)}室",
                f"万达广场{rng.integers(1, 9)}栋{rng.integers(1001, 3200)}室",
                f"河西大街{_wide(str(rng.integers(1, 300)))}号",
                f"解放路二十{rng.choice(['一', '二', '三'])}号院五号楼",
            ]
        )
    )


def _hard_email(rng: np.random.Generator) -> str:
    return str(
        rng.choice(
            [
                "li.na ＠163.com",
                "zhang_wei88@qq .com",
                "wangfang＠mail.example.com.cn",
                "chen-2020@126.com",
                "a.b+c@example.cn",
            ]
        )
    )


HARD_MAKERS: dict[str, Callable[[np.random.Generator], str]] = {
    "identity, odd writing": _hard_identity,
    "card, odd writing": _hard_card,
    "landline, odd writing": _hard_landline,
    "policy, odd writing": _hard_policy,
    "WeChat id": _wechat,
    "number plate": _plate,
    "address, less plain": _hard_address,
    "email, odd writing": _hard_email,
}
AROUND_HARD = {
    "identity, odd writing": ("身份证号码{}", "证件号:{},请核对", "身份证是{}没错", "他报的证件是 {} ,不符"),
    "card, odd writing": ("卡号 {}", "尾数不对,卡号是{},你查", "银行卡:{}。", "从{}扣的款"),
    "landline, odd writing": ("座机{}", "办公室电话:{}", "请打{}找我", "单位电话是{},白天有人"),
    "policy, odd writing": ("保单号:{}", "保单号码是{},要求退保", "保险合同号 {}", "保单{}未收到"),
    "WeChat id": ("微信号{}", "微信:{}", "我的微信是{}", "加他微信 {} 联系", "vx:{}", "V信{}", "微信号是{},请加"),
    "number plate": ("车牌{}", "车牌号:{}", "我的车{}停在门口", "开{}来的"),
    "address, less plain": ("住{}", "家住{}", "地址:{}", "寄到{}就行", "我在{},可以上门", "住址是{},随时在家"),
    "email, odd writing": ("邮箱{}", "请发到 {}", "邮箱是{},请发资料"),
}
