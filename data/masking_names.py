"""Names of people in free text: found by the words around them, by surnames and by the tags of the word segmentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

NAME = "〔姓名〕"

# A field of a form: what follows is a name, whatever its surname.
FIELDS = frozenset(
    """
    姓名 户名 名字 全名 真名 大名 本名 曾用名 名叫 我叫 他叫 她叫 叫做 名为 联系人 紧急联系人 持卡人 持有人 申请人 被保险人 投保人
    受益人 借款人 共借人 贷款人 担保人 保证人 收款人 付款人 汇款人 经办人 代办人 委托人 代理人 继承人 法人 法定代表人 监护人
    开户人 收件人 寄件人 签字人 署名 签名 落款 承办人 联络人
    """.split()
)
# People: a name may follow.
PEOPLE = frozenset(
    """
    客户 用户 储户 顾客 消费者 配偶 投诉人 举报人 来电人 来访人 来信人 当事人 负责人 责任人 债务人 欠款人 丈夫 妻子 老公 老婆 爱人
    父亲 母亲 爸爸 妈妈 儿子 女儿 哥哥 弟弟 姐姐 妹妹 岳父 岳母 公公 婆婆 前夫 前妻 男友 女友 男朋友 女朋友 同事 朋友 同学 邻居
    户主 亲戚 孙子 孙女 外孙 侄子 表哥 表弟 表姐 表妹 堂哥 堂弟 舅舅 叔叔 姑姑 阿姨 爷爷 奶奶 父母 柜员 坐席 座席 客服 专员 业务员
    推销员 催收员 催收 保安 工作人员 营业员 员工 职员 经理 主任 行长 主管 会计 出纳 律师 中介 房东 老板 保险员 顾问 助理 理财师
    客户经理 大堂经理 理财经理 贷款经理 信贷员 支行长 副行长 本人 我是 我姓 免贵姓 叫 姓 老师 先生 女士
    """.split()
)
BEFORE_PEOPLE = frozenset("由 找 向 与 和 跟 请 让 被 给 对 同 及 致 为 替 是 问 联系 通知 转给 致电 打给 回复 尊敬的 亲爱的 、".split())
SURE_TITLES = frozenset("先生 女士 小姐 太太 夫人 同志 阿姨 大爷 大妈 大叔 大姐 大哥 师傅 老师 律师 行长 副行长 支行长".split())
TITLES = SURE_TITLES | frozenset(
    "经理 主任 总 总监 主管 科长 处长 部长 会计 同学 姐 哥 某 某某 医生 教授 法官 警官 局长 董事长 老板 客户经理 大堂经理".split()
)
# Surnames that are next to never a word of their own.
SURE_SURNAMES = frozenset(
    "王李张刘陈杨赵周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾魏薛阎潘杜戴钟汪姜姚谭廖邹熊陆郝崔"
    "邱秦侯邵孟尹黎龚欧阮邢赖殷庞聂焦俞翟岑骆倪樊邬耿闫佟覃韦裴霍靳蔺郎祁卞詹柯冉缪窦戚褚臧甄茹郜鄂逄亓禚邸苑冼廉"
)
# Surnames that a word segmentation may be believed with even where nothing introduces a name.
ORDINARY_SURNAMES = SURE_SURNAMES | frozenset(
    "高马何黄方石田任范金夏江史顾万段雷钱汤常武乔贺龙文毛康叶余丁孔洪伍俞施倪庄祝路柳安牛温柴凌岳葛桑裘农尚甘穆游宁欧宋成"
    "盛华古景荣代付肖岳游辛涂饶谷聂鲍申梅童司莫简向卜阙蓝闵宗蒲桂郁单植"
)
# What goes on after a name. PERSONAL: only people do that.
PERSONAL = "来电|来访|来信|致电|反映|投诉|表示|称|先生|女士|小姐|太太|老师傅|同志|要求|本人|认为"
ONGOING = (
    r"[,，。.;；:：!！?？、\s()（）〔〕\d０-９/|]|$|的|在|于|与|和|及|等|说|讲|去|来|到|是|已|也|还|就|没|不|被|把|让|给|要|想|签|办|现|态度|承诺"
    r"|服务|答应|告知|告诉|解释|推荐|销售|处理|接待|接听|联系|打|收|拒|曾|又|再|都|从|向|对|因|自|去年|今年|昨|今|名下|身份|电话|手机|"
) + PERSONAL
NO_GIVEN = frozenset(
    "的了着过吗呢吧啊呀哦嘛么地得是在与或也就还又不没我你他她它您这那哪谁什怎几把被让给从到于以但且则之者们说称讲问要想去打"
)
BUSY = frozenset(
    """
    来电 来信 来访 反映 表示 投诉 要求 认为 希望 称其 致电 拨打 咨询 办理 联系 申请 提出 说明 询问 强烈 情绪 先生 女士 小姐
    经理 主任 行长 昨天 今天 银行 网点 支行 我行 电话 手机 账户 身份 态度 服务 没有 已经 多次 再次 一直 回复 解释 处理 不满 满意
    """.split()
)
FUNCTION_TAGS = ("p", "c", "d", "r", "u", "y", "e", "f", "m", "t", "v", "x")
NOT_NAMES = frozenset(
    """
    高兴 高峰 金星 明白 白云 安康 温馨 平安 平和 康健 和平 安全 万事 万一 成功 成都 常常 时常 方便 方正 高大 高档 高端 古典 古朴 华丽
    华为 金色 金黄 乐意 马上 满意 满足 牛仔 牛奶 全新 全部 荣耀 石头 水果 宋体 唐装 汤汁 温和 文静 项目 小米 雪白 严重 严实 应该 余额
    元旦 云南 支付宝 钟爱 周到 周末 祝福 庄重 卓越 左右 黄瓜 黄金 黄色 白色 白菜 白糖 红色 苏宁 梅子 毛毛 花花 甘甜 甘蔗 贝贝 包包
    车厘子 易碎 厚实 苗条 柔软 安静 康师傅 麦当劳 肯德基 海尔 海底捞 国美 京东 关键 关注 顺丰 圆通 申通 韵达 中通 文艺 时尚 双十一
    向来 都是 曾经 于是 和谐 能干 能够 解决 权益 边上 那边 谢谢 谢了 谢啦 许多 许久 许诺 程度 程序 张贴 张嘴 王者 王牌 王国 李子 林子
    杨梅 杨桃 朱红 孔雀 江南 江湖 江山 夏天 夏季 秋天 秋季 冬天 金额 费用 费劲 费时 房贷 房子 车贷 车子 计划 计算 路上 路费 章程
    任何 任务 单位 单子 单纯 单独 易烊千玺 万元 万能 万分 贵宾 广发 广大 国家 国庆 党员 管理 管用 安心 安装 宁可 宁愿 申请 申诉
    查明 令人 言辞 顾客 家里人 家人 富士 连续 单独 司机 转错 农村 皮肤 安卓 麦克风 花生米 白金卡 金光 卡顿 白金 曼卡 哈密瓜 景区 管家 石家庄 王八蛋 王府井 李宁 张裕 周大福 周黑鸭 贾平凹
    明显 明确 明天 明明 齐全 齐刷刷 平台 平均 平板 平安银行 华夏 华夏银行 交通 上官 东方 公羊 司空 百里 西门 南门 第五 微生 段干
    """.split()
)
_SKIPPED = frozenset(":：是叫为系 （(")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOT = re.compile(r"(?<=[\u4e00-\u9fff])\s?[·•・‧∙．˙]\s?(?=[\u4e00-\u9fff])")
_LATIN = re.compile(
    r"(?<=[名人户叫是:：])\s?[A-Z][a-z]+(?:[ ·\-][A-Z][a-z]*\.?){1,3}"
    r"|(?<=[名人户叫是:：])\s?[A-Z]{2,}(?:[ ,/][A-Z]{2,}){1,2}"
)
_FIELD = re.compile(
    rf"(?:姓\s名|户\s名|客户姓名|{'|'.join(sorted(FIELDS | {'投诉人', '负责人'}, key=len, reverse=True))})(?:\s?(?:[:：]|[是为叫][:：]?)\s*|\s+)"
    r"(?P<name>[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3})(?=[,，。;；、！!？?\s()（）\d０-９〔/|]|$|先生|女士|电话|手机|身份|证件|卡号|账号|性别|地址|住址)"
)
_NOT_IN_A_FIELD = re.compile("^(?:是|为|叫|不|未|没|已|也|都|的|和|与|及|等|之|信息|电话|手机|地址|本人|我|你|他|她|您|方式|名单|错误|填写|要求)")


LONGEST_PART = 7  # characters of one part of a name with dots


@dataclass(frozen=True)
class _Token:
    word: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)


def mask_names(text: str) -> str:
    """Replace names of people in a text. A name that was found once goes wherever it stands in the text."""
    spans = name_spans(text)
    if not spans:
        return text
    found = {text[start:end].strip() for start, end in spans}
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{NAME}{text[end:]}"
    for name in sorted(found, key=len, reverse=True):
        if len(name) >= 3:
            text = text.replace(name, NAME)
    return text


def name_spans(text: str) -> list[tuple[int, int]]:
    """Give the places (start, end) of names, in order and without overlaps."""
    if not _HAN.search(text):
        return []
    spans = [match.span() for match in _LATIN.finditer(text)]
    for match in _FIELD.finditer(text):
        if not _NOT_IN_A_FIELD.match(match["name"]):
            spans.append(match.span("name"))
    tokens = _tokens(text)
    spans.extend(_by_tokens(tokens))
    spans.extend(_by_characters(text, tokens))
    spans.extend(_around_dot(tokens, match) for match in _DOT.finditer(text))
    spans.sort(key=lambda span: (span[0], -span[1]))
    apart: list[tuple[int, int]] = []
    for span in spans:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
        elif span[1] > apart[-1][1]:
            apart[-1] = (apart[-1][0], span[1])
    return apart


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Give the single and the compound surnames."""
    folder = Path(__file__).parent
    single = "".join((folder / "surnames.txt").read_text(encoding="utf-8").split())
    return frozenset(single), frozenset((folder / "compound_surnames.txt").read_text(encoding="utf-8").split())


@cache
def _segmentation():  # type: ignore[no-untyped-def]
    import rjieba

    return rjieba


def _unknown(token: _Token) -> bool:
    return not _in_dictionary(token.word)


def _in_dictionary(word: str) -> bool:
    """Whether the segmentation knows a word, so that it did not make it up from the text."""
    return bool(_segmentation().has_word(word))


def _tokens(text: str) -> list[_Token]:
    tokens, place = [], 0
    for word, tag in _segmentation().tag(text):
        tokens.append(_Token(word, tag, place))
        place += len(word)
    return tokens


def _by_tokens(tokens: list[_Token]) -> list[tuple[int, int]]:
    spans = []
    for place, token in enumerate(tokens):
        if token.word in TITLES:
            spans.append(_before_title(tokens, place))
        level = _introduced(tokens, place)
        if level:
            after = place + 1
            while after < len(tokens) and tokens[after].word in _SKIPPED and after <= place + 3:
                after += 1
            spans.append(_name_at(tokens, after, level))
        elif (place == 0 or not _HAN.match(tokens[place - 1].word)) and token.word[0] in SURE_SURNAMES:
            spans.append(_name_at(tokens, place, "start"))
        if token.tag.startswith("nr") and _whole(token) and _believed(token):
            spans.append(_name_at(tokens, place, "start"))
    return [span for span in spans if span is not None]


@cache
def _spelled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a name by its characters: after a word that introduces one, and where a sentence begins."""
    single, compound = surnames()
    family = f"(?:{'|'.join(sorted(compound))}|[{''.join(sorted(single))}])"
    name = rf"(?P<name>{family}[\u4e00-\u9fff]{{1,2}}?)(?="
    introduced = "|".join(sorted(FIELDS | PEOPLE | BEFORE_PEOPLE, key=len, reverse=True))
    return (
        re.compile(rf"(?P<by>{introduced})(?!员)[:：是叫为]?\s?{name}(?:{ONGOING}))"),
        re.compile(rf"(?P<by>^|[,，。;；!！?？、\s(（]){name}(?:{PERSONAL}))"),
    )


def _by_characters(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    """Find names by their characters and what stands around them, where the segmentation has cut them up."""
    starting = {token.start: token for token in tokens}
    spans = []
    for pattern in _spelled():
        for match in pattern.finditer(text):
            start, end = match.span("name")
            by = match["by"]
            if match.start() not in starting or not (len(by) > 1 or start in starting or _unknown(starting[match.start()])):
                continue
            weak = by in BEFORE_PEOPLE and len(match["name"]) == 2 and match["name"][0] not in ORDINARY_SURNAMES
            if by in FIELDS or (not weak and _looks_like_a_name(match["name"])):
                spans.append((start, end))
    return spans


@lru_cache(maxsize=4096)
def _looks_like_a_name(word: str) -> bool:
    """Whether a surname with one or two characters is no word, and begins with none, of the language."""
    single, compound = surnames()
    given = word[2:] if word[:2] in compound else word[1:]
    if word in NOT_NAMES or word in BUSY or word[:2] in BUSY or word[:2] in NOT_NAMES or any(c in NO_GIVEN for c in given):
        return False
    if given in BUSY or given in TITLES or given in PEOPLE or word in PEOPLE or word[:2] in PEOPLE:
        return False
    tokens = _tokens(word)
    first = tokens[0]
    if len(first.word) == 1:
        told = word[0] in SURE_SURNAMES or not first.tag.startswith(FUNCTION_TAGS)
        return told or (len(tokens) > 1 and (tokens[1].tag.startswith("nr") or not _in_dictionary(tokens[1].word)))
    known = first.tag.startswith("nr") or first.tag in ("x", "ns", "nz") or first.word in compound
    return known or not _in_dictionary(first.word)


def _around_dot(tokens: list[_Token], dot: re.Match[str]) -> tuple[int, int]:
    """Give the place of a name of several parts (阿卜杜拉·买买提) around one of its dots."""
    start = dot.start()
    for token in reversed([token for token in tokens if token.end <= dot.start()]):
        ends_it = _ends_a_name(token) or token.word in BEFORE_PEOPLE or dot.start() - token.start > LONGEST_PART
        if ends_it and start < dot.start():
            break
        start = token.start
    end = dot.end()
    for token in [token for token in tokens if token.start >= dot.end()]:
        if end > dot.end() and (_ends_a_name(token) or token.end - dot.end() > LONGEST_PART):
            break
        end = token.end
    return start, end


def _ends_a_name(token: _Token) -> bool:
    known = token.word in FIELDS or token.word in PEOPLE or token.word in BUSY or token.word in TITLES
    return known or not _HAN.fullmatch(token.word) or token.tag.startswith((*FUNCTION_TAGS, "v"))


def _introduced(tokens: list[_Token], place: int) -> str:
    """Say how sure one may be of a name after a token: 'field', 'people', 'before' or '' for not at all."""
    phrases = [tokens[place].word]
    for back in (1, 2):
        if place >= back:
            phrases.append(tokens[place - back].word + phrases[-1])
    if any(phrase in FIELDS for phrase in phrases):
        return "field"
    if any(phrase in PEOPLE for phrase in phrases):
        return "people"
    return "before" if phrases[0] in BEFORE_PEOPLE else ""


def _whole(token: _Token) -> bool:
    """Whether a token can be a surname with a given name."""
    word = token.word
    single, compound = surnames()
    if word in NOT_NAMES or not 2 <= len(word) <= 4 or not _HAN.fullmatch(word):
        return False
    return (word[0] in single and len(word) <= 3) or (word[:2] in compound and len(word) > 2)


def _believed(token: _Token) -> bool:
    """Whether a token tagged as a name is one where nothing introduces it."""
    _, compound = surnames()
    trusted = SURE_SURNAMES if len(token.word) == 2 else ORDINARY_SURNAMES
    return token.word[0] in trusted or token.word[:2] in compound


def _name_at(tokens: list[_Token], place: int, level: str) -> tuple[int, int] | None:
    """Give the place of the name that begins at a token; None where none does."""
    if place >= len(tokens) or not _HAN.fullmatch(tokens[place].word):
        return None
    token = tokens[place]
    word = token.word
    single, compound = surnames()
    if word in BUSY or word in TITLES:
        return None
    if _whole(token) and word not in compound:
        if word[1:] in TITLES:
            return token.start, token.start + 1
        if token.tag.startswith("nr") or (token.tag == "x" and not _in_dictionary(word[:2])) or level == "field":
            return token.start, _extended(tokens, place, word)
        if level == "people" and token.tag in ("ns", "nz") and len(word) == 3:
            return token.start, token.end
        return None
    if word in compound:
        return _with_given(tokens, place, level)
    if len(word) == 1 and place + 1 < len(tokens) and word + tokens[place + 1].word[:1] in compound:
        return _with_given(tokens, place, level)
    if len(word) == 1 and word in single:
        following = tokens[place + 1].tag if place + 1 < len(tokens) else "x"
        sure = word in SURE_SURNAMES or token.tag.startswith("nr") or level == "field"
        if sure or following.startswith("nr") or following in ("ns", "nz") or (level == "people" and following == "x"):
            return _with_given(tokens, place, level)
        return None
    if level == "field" and token.tag.startswith("nr") and len(word) <= 4:
        return token.start, token.end
    return None


def _extended(tokens: list[_Token], place: int, word: str) -> int:
    """Give the end of a name of two characters that may have a third in the next token (白雪|冰)."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if len(word) != 2 or after is None or len(after.word) != 1 or not _HAN.fullmatch(after.word):
        return token.end
    if after.word in NO_GIVEN or after.tag.startswith(FUNCTION_TAGS) or after.word in TITLES:
        return token.end
    return after.end


def _with_given(tokens: list[_Token], place: int, level: str) -> tuple[int, int] | None:
    """Give the place of a surname and the given name in the tokens after it; None where nothing can be one."""
    start = tokens[place].start
    taken, size = place + 1, 0
    while taken < len(tokens) and size < 2:
        token = tokens[taken]
        word = token.word
        if not _HAN.fullmatch(word) or word in BUSY or word in TITLES or word in FIELDS or word in PEOPLE:
            break
        if size + len(word) > 2 or word[0] in NO_GIVEN:
            break
        if size and token.tag.startswith(FUNCTION_TAGS):
            break
        if level in ("start", "before") and len(word) == 1 and size == 0 and token.tag.startswith(("p", "c", "u", "r")):
            break
        size += len(word)
        taken += 1
    if not size:
        return None
    return start, tokens[taken - 1].end


def _before_title(tokens: list[_Token], place: int) -> tuple[int, int] | None:
    """Give the place of the name before a title (王建国|先生); None where there is none."""
    single, compound = surnames()
    sure = tokens[place].word in SURE_TITLES
    end = tokens[place].start
    best = None
    text = ""
    for back in range(1, 5):
        if place - back < 0:
            break
        token = tokens[place - back]
        if not _HAN.fullmatch(token.word) or len(text) + len(token.word) > 4 or token.word in PEOPLE | FIELDS:
            break
        text = token.word + text
        if text in BUSY or (text in NOT_NAMES and not sure):
            break
        known = text[0] in SURE_SURNAMES or (text[0] in single and (sure or token.tag.startswith("nr")))
        if text[:2] in compound or (known and len(text) <= 3):
            best = token.start, end
            if back > 1 and text[0] not in SURE_SURNAMES and token.tag.startswith(("p", "c", "d", "v")):
                best = tokens[place - back + 1].start, end
                break
    return best
