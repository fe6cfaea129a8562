"""What masking finds and what it masks needlessly: `python -m benchmarks.masking`.

Recall: on generated sentences with names, mobile and landline numbers, identity cards, bank cards, policies,
addresses and e-mail, whose generator knows nothing of the masker's lists: surnames are drawn half from the hundred
most frequent and half from rare and compound ones, given names from characters written here. A thing counts as
found when nothing of it is left (for a name: none of its given name's characters side by side, for a number: no four
digits in a row).
Over-masking: masks in texts in which nothing personal stands: the demo bank's narratives and replies without their
contact sentences, the agents' turns, and, where they are at hand, the public shopping reviews.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from data.masking import mask_text

FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
RARE = (
    "敖晏亓逄禚缑仝苟佘宓臧亢郁岑蔚漆厉屈楚凌甄柏查阮靳祁冀麦边卞苗蒲詹娄霍骆植荆游耿桑沙祝管单鞠连盛路和解"
    "伍阎涂谷冷简车牟隋蒙强艾翁燕嵇佟瞿窦鲍练展司相商闻劳米巩储乐花成班乌易宫洪宗应鄢隗阙揭"
)
COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "司徒",
    "皇甫",
    "尉迟",
    "慕容",
    "令狐",
    "东方",
    "夏侯",
    "闻人",
    "公孙",
    "澹台",
    "长孙",
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国志文海燕晓雨欣子涵浩然思远博佳怡梦洁春秋立新景行若溪"
    "鸣瑞翔凯琳慧颖婷雪梅莉倩颖宁宇轩睿泽航晨曦嘉豪俊熙诗琪语嫣紫萱一诺沐阳辰逸梓可馨怀瑾握瑜守信长福有才德胜"
    "利民卫东爱党振兴永康乐安青山如意来宝喜顺"
)
PARTS = (
    *("阿卜杜拉", "买买提", "古丽娜尔", "艾尼瓦尔", "吐尔逊", "热依汗", "阿依努尔", "努尔兰"),
    *("迪丽热巴", "帕尔哈提", "扎西", "卓玛"),
)
AROUND_A_NAME = [
    "客户{}来电反映贷款未结清。",
    "客户{},请尽快回复。",
    "我叫{},想查一下进度。",
    "联系人{}。",
    "姓名:{}",
    "姓名:{},尽快联系",
    "户名{},开户行城东支行",
    "持卡人{}本人办理",
    "{}先生称被多扣了手续费",
    "{}女士对答复不满意",
    "客户姓名为{},要求回电",
    "请回电给{}。",
    "投诉人{}表示不接受",
    "由{}办理的业务",
    "经办人{}态度不好",
    "我丈夫{}的卡被冻结了",
    "我女儿{}在国外读书",
    "被保险人{}于去年投保",
    "收款人是{},金额不对",
    "客户经理{}承诺保本",
    "我是{},昨天打过电话",
    "申请人({})已补交材料",
    "他叫{},是你们的员工",
    "担保人:{}。",
    "{}来电投诉服务态度",
    "我找{}签的合同",
    "尊敬的{}先生:",
    "借款人{}、担保人不详",
    "本人{},现投诉如下",
    "柜员{}说没有这项规定",
    "{}小姐多次来电催促",
    "户主{}要求销户",
]
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
SHOPPING = Path(__file__).resolve().parents[2] / "shared" / "data" / "shopping_reviews.csv.gz"


def names(rng: np.random.Generator) -> Iterator[str]:
    """Give names without end: frequent, rare and compound surnames, one or two characters, some of several parts."""
    while True:
        kind = rng.random()
        if kind < 0.06:
            yield "·".join(rng.choice(PARTS, 2, replace=False))
            continue
        family = str(
            rng.choice(list(FREQUENT)) if kind < 0.5 else rng.choice(list(RARE)) if kind < 0.9 else rng.choice(COMPOUND)
        )
        yield family + "".join(rng.choice(list(GIVEN), 1 + int(rng.random() < 0.75)))


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
BARE_DIGITS = re.compile(r"[0-9０-９]{4}")


def left_over(kind: str, thing: str, masked: str) -> bool:
    """Whether something of a personal thing is still to be read in a masked text."""
    if kind == "name":
        parts = thing.split("·") if "·" in thing else [thing[-2:] if len(thing) > 2 else thing]
        return any(part in masked for part in parts)
    if kind == "address":
        return thing[-3:] in masked
    if kind == "email":
        return "@" in masked
    return bool(BARE_DIGITS.search(masked))


def recall(count: int, seed: int) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Give found and tried by kind, and what was missed: (kind, sentence, masked)."""
    rng = np.random.default_rng(seed)
    tried: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    source = names(rng)
    for kind in ("name", *MAKERS):
        frames = AROUND_A_NAME if kind == "name" else AROUND_A_NUMBER[kind]
        for _ in range(count if kind == "name" else count // 4):
            thing = next(source) if kind == "name" else MAKERS[kind](rng)
            sentence = str(rng.choice(frames)).format(thing)
            masked = mask_text(sentence)
            tried[kind] += 1
            if left_over(kind, thing, masked):
                missed.append((kind, sentence, masked))
    lost = Counter(kind for kind, _, _ in missed)
    table = pd.DataFrame({"tried": pd.Series(tried), "missed": pd.Series({kind: lost[kind] for kind in tried})})
    return table.assign(recall=1 - table["missed"] / table["tried"]), missed


def over_masking(texts: list[str]) -> tuple[float, Counter[str]]:
    """Give the share of texts in which something was masked although nothing personal is in them, and what it was."""
    taken: Counter[str] = Counter()
    touched = 0
    for text in texts:
        masked = mask_text(text)
        if masked != text:
            touched += 1
            taken[_difference(text, masked)] += 1
    return touched / max(1, len(texts)), taken


def _difference(text: str, masked: str) -> str:
    start = next((i for i, (a, b) in enumerate(zip(text, masked, strict=False)) if a != b), 0)
    return text[max(0, start - 3) : start + 6]


def innocent_texts() -> dict[str, list[str]]:
    """Give texts without personal data, by where they come from."""
    from data.demo import demo_bank

    bank = demo_bank()
    with_contact = bank.tickets["narrative"].str.contains(r"电话|姓名|手机|卡号|联系人|账户\d|尾号|回电", regex=True)
    texts = {
        "demo narratives without contacts": bank.tickets.loc[~with_contact, "narrative"].unique().tolist(),
        "demo replies without salutation": bank.tickets["reply_text"]
        .dropna()
        .str.replace(r"^[^,,]{1,3}(?:先生|女士)您好[,,]", "", regex=True)
        .unique()
        .tolist(),
    }
    if SHOPPING.exists():
        reviews = pd.read_csv(SHOPPING)["review"].dropna()
        texts["public shopping reviews"] = reviews.sample(10_000, random_state=1).tolist()
    return texts


def main() -> None:
    """Print recall by kind and over-masking by source."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=4_000, help="names tried; a quarter of that of each number")
    arguments.add_argument("--seed", type=int, default=20251)
    arguments.add_argument("--examples", type=int, default=0, help="misses and needless masks to show")
    given = arguments.parse_args()
    table, missed = recall(given.count, given.seed)
    print(table.to_string(float_format="{:.4f}".format))
    for kind, sentence, masked in missed[: given.examples]:
        print(f"  missed {kind}: {sentence} → {masked}")
    for source, texts in innocent_texts().items():
        share, taken = over_masking(texts[: 4 * given.count])
        print(f"needless masks, {source}: {share:.4f} of {min(len(texts), 4 * given.count)} texts")
        for words, count in taken.most_common(given.examples):
            print(f"  {count} × …{words}…")


if __name__ == "__main__":
    main()
