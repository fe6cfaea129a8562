"""The words of complaint tendency: regular expressions for each kind, written from how customers threaten and ask."""

from __future__ import annotations

import re

END = ",\uff0c\u3002.!\uff01?\uff1f;\uff1b\u3001\u2026\n"  # what ends a clause: ASCII and full-width marks
NUMBER = r"[一二两三四五六七八九十几好多数\d]+"
TIMES = r"(?:[二两三四五六七八九十几好多数\d]+|一[二两三四五六七八九十]+)"  # more than once
UNIT = r"(?:个)?(?:小时|钟头|天|日|个?工作日|周|星期|礼拜|分钟)"
ANYTHING = rf"[^{END}]"
CALLED = "打|来电|投诉|反映|致电|联系|拨打|沟通"
# Who is called where somebody else keeps calling (催收反复联系客户): it is not the customer who calls again.
CUSTOMER = "我(?!们?[行司])|本人|客户(?!经理|服)|投诉人|来电人|家人|亲|单位|同事"

# Typing errors of one character, as input methods make them.
MISTYPED = {
    "投诉": "头诉 投拆 投述 投速 透诉",
    "曝光": "报光 爆光 暴光",
    "起诉": "起拆 起述",
    "举报": "举爆 举抱",
    "律师": "律是 律帅",
    "赔偿": "赔尝 陪偿",
    "法院": "法元",
}


def _any(alternatives: str) -> str:
    return "(?:" + "|".join(alternatives.split()) + ")"


REGULATOR = _any(
    r"""
    (?:国家)?金融监督?管理?总?局 金融监管(?:总局|局|部门)? 金管局
    金监(?:总)?局 国金(?:总)?局 银保监(?:会|局)? 银监(?:会|局) 保监(?:会|局)
    证监会
    监管(?:部门|机构|局|单位|热线|总局)? (?:中国)?人民银行 央行 人行(?!道)
    (?<!\d)(?:12378|12363|12345|12315)(?!\d) 一二三七八 幺二三七八
    消(?:费者)?协(?:会)? 市长热线 信访(?:局|办)? 国务院 纪委 巡视组 上级(?:部门|主管)
    """
)
MEDIA = _any(
    r"""
    电视台 记者 媒体 报社 报纸 曝光 新闻(?:热线|栏目)? 短视频 抖音 快手 小红[书薯] 微博 公众号 网上 上网 互联网
    发(?:到)?朋友圈 热搜 头条 黑猫(?:投诉)? 315晚会 3·15 直播 论坛 自媒体
    """
)
COURT = _any(
    r"""
    法院 法庭 起诉 诉讼 打官司 律师(?:函)? 仲裁 报警 报案 公安(?:局|机关)? 派出所 经侦 刑事责任
    法律(?:途径|手段|程序|武器|责任) 走法律 控告 上诉
    """
)
REPETITION = "|".join(
    (
        rf"第(?:[二两三四五六七八九十几好多\d]+|一[二三四五六七八九十百]+)(?:次|回|遍|趟)(?:{CALLED}|来|找|问|报|说|跑|催|申请|要求|了)?",
        rf"(?:{CALLED}|说|讲|跑|来|找|催|问|报)(?:了|过|电话)*{TIMES}多?(?:次|回|遍|趟|个电话|通电话)",
        rf"{TIMES}(?:次|回|遍|趟)(?:{CALLED}|找|催)",
        r"又(?:来|打|投诉|反映|要)(?:电话|投诉|找)",
        rf"(?:再次|反复|多次)(?:{CALLED})(?!给?(?:{CUSTOMER}))",
        rf"上(?:次|回|个月|周|星期|个工单){ANYTHING}{{0,10}}(?:投诉|工单|反映|打过|就打|登记|没有?解决|没处理|没人)",
        r"(?:之前|以前|早就)(?:已经?)?(?:投诉|反映|打过|来电|报过|说过)",
        r"还是(?:老问题|没人管|没有人管|没处理)",
    )
)
COMPENSATION = "|".join(
    (
        r"赔偿|赔付|补偿|索赔|赔(?:我|钱|给|礼|多少|吗|不赔)?|误工费|精神损失费?|(?:交通|车马|律师)费|退一赔[一二三十]",
        r"双倍(?:返还|退还|赔)|十倍",
        rf"(?:承担|弥补){ANYTHING}{{0,6}}损失|损失{ANYTHING}{{0,8}}(?:谁|你们|银行|负责|承担|赔)",
    )
)
_ANSWER = "必须|给|回|答复|解决|处理|办|到账|退|要|不"
DEADLINE = "|".join(
    (
        rf"(?:限|给)(?:你们?|银行|贵行|网点)?{NUMBER}{UNIT}(?:时间|内|之内)?",
        rf"{NUMBER}{UNIT}(?:之内|以内|内){ANYTHING}{{0,6}}(?:{_ANSWER})(?!{ANYTHING}{{0,4}}[吗么?\uff1f])",
        r"(?:今天|今日|今晚|明天|后天|本周|这周|下周|周[一二三四五六日天末]|星期[一二三四五六日天]|月底|本月|年底|下班"
        rf"|[一二三四五六七八九十\d]+[号日点])(?:之?前|之?内|以前){ANYTHING}{{0,8}}(?:{_ANSWER}|没有?|结果)",
        rf"(?:今天|现在|马上|立刻|立即)就?(?:必须|一定要){ANYTHING}{{0,8}}",
        rf"必须在?(?:今天|今日|明天|马上|立刻|立即|现在){ANYTHING}{{0,8}}",
        r"(?<!宽)限期|最后期限|最后通牒",
    )
)

# What makes a body or a medium a threat: somebody goes there or tells it. Needed where people also name it for other
# reasons (人民银行规定, 法院拍卖, 网上银行).
MOVE = _any(
    """
    投诉 举报 反映 反应 告 去 找 打 拨 上报 申诉 举证 交给 递交 寄 写信 提交 发 公布 公开
    传 评评理 看看 见 诉 联系 咨询 委托 准备 走 请 报 管 治 查 让 介入 维权 披露 上访
    """
)
# Hits that are a threat by themselves.
ALONE = {
    "regulator": _any(r"(?<!\d)(?:12378|12363|12345|12315)(?!\d) 一二三七八 幺二三七八"),
    "media": r"曝光|黑猫投诉|发(?:到)?朋友圈|热搜|315晚会|3·15",
    "court": r"起诉|打官司|律师函|诉讼|报警|报案|走法律|控告|仲裁|法律(?:途径|手段|程序|武器)|法庭",
}
# Named without a threat: 请问12378是什么, 人民银行的规定, 收到律师函, 监管部门转来投诉材料.
NAMED_ONLY = _any(
    """
    是什么 什么意思 是哪里的 在哪里 的?规定 要求银行 政策 利率 征信 备案 公告 发布的 批准 牌照
    支付系统 网上银行 拍卖 判决书 查封 冻结 收到 寄来 寄了 发来 发了律师函 接到 止付
    网上看 网上(?:查|搜|说|买|办|申请|预约) 公安(?:部|局)?(?:联网|核查)
    转办 转来(?!转去) 转(?:交|送|给)(?:我|本|贵|你们?|分|支)行
    """
)
DENIALS = {
    "threat": _any(
        """
        不 没 没有 未 别 勿 无需 不必 不用 不想 不会 不打算 不准备 不愿 不需要 不要求
        没想 没打算 没要 没必要 并非 并不 从未 从没 绝不 不是
        """
    ),
    # 不赔偿就不罢休 asks for it: only who says that he does not want any denies it.
    "wish": _any(
        """
        不要 不用 不需要 不是 不图 不求 不要求 没要 没有要 没想要? 无需 不必 放弃 没要求
        并非 不谈 也不要
        """
    ),
}
# Before a time: it was promised, not set (负责人答应三天内回复), unless the promise is what is asked for.
PROMISED = re.compile(
    rf"^(?!{ANYTHING}*(?:要求|必须|请|得)){ANYTHING}*(?:答应|承诺|许诺|保证|说好|讲好)(?:了|过|我|客户|的|在|最[多晚迟]){{0,3}}$"
)
AFTER_DENIAL = _any(
    """
    再 要 想 去 会 能 打算 准备 是 为了 说 真的? 向 到 找 通过 考虑 有 进行 必要 把 跟 对
    在 给 你们? 银行 过 曾 任何 什么 要求 一定 来
    """
)
TELLING = re.compile(
    _any("投诉 举报 反映 起诉 联系 咨询 委托 打电话 打 拨 找 告 去 发布 发") + _any("给 到 向 至 往 去 上") + "?$"
)
