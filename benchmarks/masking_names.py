"""Names in sentences for `benchmarks.masking`, made without the masker's lists: introduced, hardly, hard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

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
# Hardly introduced: the words around say little of a name.
AROUND_A_NAME_LOOSELY = [
    "投诉人姓名:{},联系方式见附件",
    "今天上午{}到网点投诉",
    "{}(客户)称从未办理该业务",
    "我爱人{}名下的贷款",
    "上周五我和{}一起到支行",
    "请通知{}本人前来办理",
    "网点的{}告诉我可以提前还",
    "支行长{}出面道歉",
    "信贷经理叫{}",
    "您好,我姓名{},身份证尾号1234",
    "来电人自称{}",
    "客户({})多次致电",
    "经核实,客户{}于2024年3月办理贷款",
    "经调查,{}所反映的问题属实",
    "理财经理{}向我推荐这款产品",
    "我妈妈{}今年七十岁",
    "账户持有人:{}",
    "贷款主借人为{}",
    "{}您好,您反映的问题已收悉",
    "{}:关于您的投诉答复如下",
    "尊敬的{}客户:",
    "把{}的电话号码泄露了",
    "联系人:{};电话:略",
    "我是{}的儿子",
    "工号1023的{}挂我电话",
    "{}、本人均未签字",
    "代{}投诉",
    "与{}先生沟通后",
    "已联系{}女士致歉",
    "{}老师,麻烦您再查一下",
    "寄件人{},收件人不详",
    "签名处写的是{}",
    "客户名称:{}",
    "法人代表{}",
    "谢谢你,{}",
    "投诉对象:柜员{}",
    "{}反映,网点排队时间长",
    "冒用{}的身份办卡",
    "业务员{}误导销售",
    "我叫做{}",
    "由分行{}经理负责跟进",
    "{}的贷款已经结清",
]


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


# Hard: a name after a verb or inside a sentence, in lists, with gaps; {0} and {1} are two people.
HARD = {
    "after verbs, in running text": [
        "我找到{0}问了两次都说没有",
        "听{0}说可以减免",
        "当时{0}也在场",
        "接电话的是{0}",
        "{0}这个人态度很差",
        "{0}把我的卡收走了",
        "{0}答应三天内回复",
        "他们派{0}过来谈",
        "钱已经转给了{0}",
        "我转账给{0}五万元",
        "房子是{0}的名字",
        "户主变更成{0}了",
        "我跟{0}一起去的网点",
        "是{0}接待的我",
        "曾与{0}联系过三次",
        "后来换{0}跟进",
        "合同上的签字不是{0}签的",
        "去年{0}去世后账户一直没处理",
        "卡是{0}在用",
        "密码只有{0}知道",
        "要求{0}当面道歉",
        "这笔贷款实际是{0}用的",
        "昨天{0}打电话来催收",
        "说是{0}批的",
        "{0}承认当时没有录音",
        "请{0}出示授权书",
    ],
    "in lists": [
        "参加人:{0}、{1}",
        "经理{0}和柜员{1}都在场",
        "{0}和{1}都不承认",
        "共同借款人{0}、{1}",
        "当事人为{0},{1}",
        "{0}、{1}两人均未签字",
        "受益人{0}(配偶)、{1}(女儿)",
        "投诉{0}及{1}互相推诿",
        "会议由{0}主持,{1}记录",
        "联系人{0}/{1}",
    ],
}
NICKNAMES = [
    "{}说可以办",
    "网点的{}让我等着",
    "我找{}问过",
    "{}一直不接电话",
    "是{}给我办的",
    "给{}打了电话",
    "后来{}又改口了",
    "和{}说好的",
    "当时{}在柜台",
    "{}答应退我手续费",
    "客户经理{}已离职",
    "加了{}的微信",
]
TITLES_AFTER = [
    "先生",
    "女士",
    "师傅",
    "经理",
    "主任",
    "行长",
    "总",
    "姐",
    "哥",
    "工",
    "会计",
    "律师",
    "老师",
    "阿姨",
    "主管",
    "科长",
]
WITH_GAPS = ["姓名:{}", "客户姓名 {}", "我叫{},请查", "联系人:{},电话略", "户名 {}", "签字:{}", "经办人 {}"]
ENGLISH = [
    "我叫{}",
    "客户{}来电反映",
    "姓名:{}",
    "{}先生要求回电",
    "联系人{},不会中文",
    "外籍客户{}称卡被吞",
    "持卡人为{}",
    "请转告{}女士",
    "经理{}说不行",
    "收款人{}",
    "汇款给{}未到账",
    "账户名{}",
]
FIRST = ["Jack", "Mary", "David", "Emily", "Tom", "Anna", "Michael", "Sophie", "Wei", "Xiaoming", "Li Na", "Mohammed"]
LAST = ["Smith", "Brown", "Wang", "Zhang", "Johnson", "Li", "Garcia", "Chen", "O'Brien", "Müller", "Ivanov", "Kim"]
TRADITIONAL = "陳張劉黃吳趙楊葉鄭許鄧蕭馮謝韓蔣呂蘇盧羅龍鐘譚陸賴嚴顧孫馬"
TRADITIONAL_GIVEN = "偉強麗華國慶雲鳳龍豔軍傑靜玲寶貴財興業學誠賢達錦鴻慧嫻婉儀豐潔瑩嘉雯詠詩穎"
TRADITIONAL_FRAMES = [
    "客戶{}來電反映貸款未結清",
    "{}先生對答覆不滿意",
    "我叫{},想查一下進度",
    "聯絡人:{}",
    "{}女士多次來電催促",
    "客戶經理{}承諾保本",
    "姓名:{},請回電",
]


def hard_names(rng: np.random.Generator, count: int) -> Iterator[tuple[str, list[str], str]]:
    """Give (kind, names, sentence), `count` of each kind."""
    source = (name for name in names(rng) if "·" not in name)
    for kind, frames in HARD.items():
        for _ in range(count):
            two = [next(source), next(source)]
            frame = str(rng.choice(frames))
            yield kind, two if "{1}" in frame else two[:1], frame.format(*two)
    for _ in range(count):
        family = str(rng.choice(list(FREQUENT)))
        name = str(rng.choice(["老", "小", "阿"])) + family
        yield "nicknames (老王, 小李)", [name], str(rng.choice(NICKNAMES)).format(name)
    for _ in range(count):
        family = str(rng.choice([*FREQUENT, *COMPOUND]))
        title = str(rng.choice(TITLES_AFTER))
        # Of the surname alone with its title nothing may be left of the surname.
        yield "surname and title (周律师)", [family + title], str(rng.choice(NICKNAMES)).format(family + title)
    for _ in range(count):
        name = next(source)
        gap = str(rng.choice([" ", "  ", "\u3000"]))
        yield "gaps inside a name", [name], str(rng.choice(WITH_GAPS)).format(gap.join(name))
    for _ in range(count):
        mark = str(rng.choice(["·", "•", " · ", "・"]))
        name = mark.join(rng.choice(PARTS, 2, replace=False))
        yield (
            "names of several parts",
            [name],
            str(rng.choice([*AROUND_A_NAME, *HARD["after verbs, in running text"]])).format(name),
        )
    for _ in range(count):
        first, last = str(rng.choice(FIRST)), str(rng.choice(LAST))
        name = str(rng.choice([f"{first} {last}", f"{first} {last}", f"{last} {first}".upper(), first]))
        yield "names in Latin letters", [name], str(rng.choice(ENGLISH)).format(name)
    for _ in range(count):
        given = "".join(rng.choice(list(TRADITIONAL_GIVEN), 1 + int(rng.random() < 0.75)))
        name = str(rng.choice(list(TRADITIONAL))) + given
        yield "traditional characters", [name], str(rng.choice(TRADITIONAL_FRAMES)).format(name)
