"""Hints that a row is qualitative (定性), and which worded values leave nothing to opinion."""

from __future__ import annotations

import re
from functools import lru_cache

from models.target_clues import found
from models.target_hints import COMPARED, Hint, is_measured
from models.target_rows import Form, Row, has_word

_PERIODIC = re.compile("每(?:月|季度?|年|周|学期).{0,3}(?:日|末|底|前)")
_AT_ONCE = re.compile(
    "^(?:当场|当[日天月季]|次[日月]|即办)|^按[月季年旬周]度?(?:支付|发放|拨付|兑付|结算|缴纳)?$"
)
"""When, without a date: 当场, 按季支付."""
_ALL = re.compile(
    "^应.{1,3}尽.{1,3}$|^(?:全部|均已?|全数|全体|全员|无一|逐[一户人项村件])"
    "(?!.{0,3}(?:提升|提高|改善|增强|优化|完善|加强|促进|增加|增长|良好|满意|好))"
)
YES_NO = re.compile("^[是否]$")

_ASKED = re.compile("是否|不[高低超大小多少]|[高低]于|无违|零")
_STANDARD = re.compile(
    "(?:[ⅠⅡⅢⅣⅤ]|I{1,3}V?|V)类|国[四五六ⅣⅤⅥ]|等保[二三四]级|^[A-Z]{1,2}[0-9]{2,}"
    r"|(?<![A-Za-z])(?:[A-Z]{2,6}|[TQ])(?:\s*/\s*[A-Z]{1,4})?\s*[-—]?\s*[A-Z]?\d{2,}"
    "|[红橙黄绿蓝]色(?:区间|等级|档|区域|预警|码|类)|(?:^|[为在属])[低中]风险|级(?:标准|及?以上)$|《[^》]*(?:标准|规范|规程|规则|导则|细则|技术|限值|图集|定额|指南)[^》]*》"
)
"""A standard by its number, title or class, which can be looked up: GB 36246—2018."""
_TESTS = (
    "批复|许可证?|验收|认证|认定|备案|证书|审查|评审|星级|[一二三]级|检查|检测|检验|质检|检定|校准|审核|审定"
    "|复核|复审|抽检|抽查|鉴定|评定|评估|核查|测评|测试|考核|考试|论证|公告|命名|标识|资质|称号|质评"
)
_DOCUMENTED = re.compile(
    f"(?:取得|获得?|通过|具备|经(?![常济营费办])).{{0,20}}(?:{_TESTS})"
    "|达到.{0,20}(?:批复|验收|认证|备案|评审|星级|[一二三]级)"
)
"""Somebody else has found so, or a paper says so: 通过省厅质检软件检查."""
_OUTSIDE_TEST = re.compile(
    "室间质评|质评|能力验证|盲样|飞行检查|比对试验|等保|等级保护|复审|资质认定|计量认证|强制检定"
    "|(?:国家|部|省|市|县|区|州|盟|上级|第三方|主管部门|审计)级?[一-龥]{0,6}(?:验收|检查|抽检|抽查|考核|评审|评估|检测|审核|测评|复核)"
    "|(?:考核|评价|评估|信用|测评|(?<!质量)评定)(?:结果|等次|等级|评级|定级)$"
)
_TEST = re.compile(
    "(?:鉴定|检定|检验|检测|质检|验收|评审|审查|测评|评测|认证|认定|复审|复核|抽检|抽查|试验|测试|考核|评估|论证|年检|年审|检查|备案)$"
)
_PASSED = re.compile("^(?:均|全部|一次性?|顺利)*(?:通过|获批|过关)$")
"""Whether a test is passed is an event: 蓄水安全鉴定 — 通过."""
_TEST_RESULT = re.compile(
    "^(?:结果)?(?:为|达到?)?(?:一次性?)?(?:通过|合格|达标|优秀|良好|优良|优|良|过关|满分|[A-D]{1,3}级?)"
    "(?:等次|等级|以上|及以上)*$"
)

_NOT_NONE = (
    "断(?![供档流电网水气粮线炊])|定期|间断|错|低|高|少|多|同|良|明|强|足|够|满|限|适|宜|合|大|小|超|会"
    "|影响|折|懈|松|动摇|走样|忘|辜负|失时机"
)
"""不断提高, 不定期, 不错, 不折不扣 say nothing of the kind."""
_STILL = "(?:确保|做到|保证|实现|力争|坚决|全年|年内|年度内?|期间|辖区内?|一律|基本)*"
_NOTHING = re.compile(
    f"^{_STILL}(?:不|未|没有|无)(?:再|得)?(?:发生|出现|产生|存在|新增|查出|检出|接到|漏|拖欠|欠|逾期|超期"
    "|积压|返贫|致贫|脱管|失控|失联|垮|溃|决|漫|塌|死|亡|伤|撂荒|流失|外流|扩散|蔓延|中断|停|脱销|过期|丢失"
    "|遗漏|重复|冒烟|见明火|成灾|复发|复吸|辍学|失学|失信|违规|违法|越级|上访)"
)
"""None at all, in words: 不发生, 未出现, 不垮坝, 不断供."""
_ANY_OTHER = re.compile(
    f"^{_STILL}(?:不|未|无)(?!{_NOT_NONE})[一-龥]{{1,4}}(?:[、,，](?:不|未|无)[一-龥]{{1,4}})*$"
)
_ZERO = re.compile(
    "零(?:发生|事故|投诉|差错|失误|伤亡|死亡|亡人|新增|增长|违规|违纪|违法|上访|信访|出现|案件|报告|返贫|污染"
    "|排放|缺陷|感染|故障|积压|拖欠|逾期|遗漏|辍学|火情|火灾|非正常|重复|欠薪|案发|发案|记录|退单|返工|超标)"
    "|(?:杜绝|避免|防止|无)[^,，。;；]{0,14}(?:发生|出现)$"
)
_NO_WORSE = re.compile(
    "^(?:总[量数体]|保持|[较比同与](?:上年|去年|往年|同期|现状)|上年|去年|同比)*"
    "(?:不(?:减少|降低|下降|恶化|反弹|萎缩|缩水|增加|增长|上升|扩大|变|下滑|回升|倒退)|(?:只|有)增[不无]减|(?:只|有)减[不无]增|持平|不变)$"
    "|^(?:[较比同与](?:上年|去年|往年)(?:度|同期)?|同比|环比)(?:下降|减少|降低|增长|增加|上升|提高)$"
)
_BASELINE = re.compile(
    "面积|等级$|级别$|(?<!质)量$|[次人户件起个]数|次数|件数|起数|总量|存量|容量|容积|蓄积|里程|长度|存栏|产量|产能|收入|总?额$|水位|浓度|规模|价格|费率|率$|率(?:情况)?$|标准$"
)
"""What has a figure that can be compared with the last one."""
_SPEECH = re.compile("明显|显著|较大幅|大幅|有效|不良|影响|基本")
_NAMED_LIMIT = re.compile(
    "^(?:(?:严格)?控制在|不[超高多突大]|未[超突]|低于|小于|不超过|限于|≤|<|在)[^,，。;；]{0,16}"
    "(?:预算|概算|估算|批复|价|投资|限额|定额|额度|指标|金额|规定标准|标准)(?:数|总额|范围|金额|额|之|以)*内?$"
)
"""A limit that a paper of the project names: 不超财政评审价."""


@lru_cache(maxsize=4096)
def _decides(target: str) -> bool:
    """Tell whether a worded value by itself leaves nothing to opinion, whatever its name."""
    named = _PERIODIC, _DOCUMENTED, _STANDARD, _AT_ONCE, _ALL, COMPARED, _ZERO, _NAMED_LIMIT
    if any(pattern.search(target) for pattern in named):
        return True
    if _SPEECH.search(target) or _NO_WORSE.match(target):
        return False
    return bool(_NOTHING.match(target) or _ANY_OTHER.match(target))


def names_standard(text: str) -> bool:
    """Tell whether a text names a standard by its number, title or class."""
    return _STANDARD.search(text) is not None


def is_decidable(row: Row) -> bool:
    """Tell whether words of a value can be decided by counting, measuring or looking it up.

    They name a standard or its class, an outside test that is passed, an event, how often, all or
    none at all, or compare with a figure that exists.
    """
    if row.parsed.kind != "words":
        return False
    if row.by_event or row.periodic or _decides(row.target):
        return True
    if _NO_WORSE.match(row.target):
        return _BASELINE.search(row.bare_name) is not None
    if YES_NO.match(row.target):
        # 采暖期前投入使用: 是; 采购价格不高于市场价: 是
        return row.says_done or _ASKED.search(row.name) is not None
    if _PASSED.match(row.target) and _TEST.search(row.bare_name):
        return True
    return bool(_TEST_RESULT.match(row.target) and _OUTSIDE_TEST.search(row.bare_name))


def _worded(row: Row, form: Form) -> bool:
    if row.parsed.kind != "words" or is_decidable(row):
        return False
    return not has_word(row.target, "grade") or has_word(row.target, "degree")


def _worded_with_number(row: Row, form: Form) -> bool:
    text = re.sub(r"\d", "", row.target)
    return is_measured(row) and len(text) > 12 and has_word(row.target, "degree")


QUALITATIVE: tuple[Hint, ...] = (
    Hint("worded", _worded, "target", "指标值只是文字描述，无法计量"),
    Hint(
        "worded_with_number",
        _worded_with_number,
        "target",
        "指标值以文字描述为主",
        (found("target", "degree"),),
    ),
)
