"""Faults that make a published indicator row unfit to be recommended or shown as evidence.

Such rows stay in the corpus: statistics and evaluation need them. Only recommending leaves them
out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.records import Indicator, ParsedTarget
from corpus.target import parse_target
from corpus.taxonomy import LEVELS
from corpus.text import normalise

FAULTS: dict[str, str] = {
    "name_blank": "指标名称空白或只是占位符",
    "name_level": "指标名称只是级别名称",
    "name_template": "指标名称残留模板符号",
    "name_garbled": "指标名称文字残缺或乱码",
    "name_period": "指标名称只是时间",
    "name_generic": "指标名称没有写明衡量对象",
    "name_procedure": "指标名称只是资金投入、预算控制或办事程序",
    "name_sentence": "指标名称是一句话，不是指标",
    "name_compound": "一个指标里写了几件事",
    "name_effect": "指标名称是对效果的笼统描述，指标值也不能核实",
    "name_abstract": "指标名称是抽象的状态，指标值不能核实",
    "name_question": "指标名称只问有无或是否",
    "target_blank": "指标值空白或只是占位符",
    "target_choice": "指标值残留模板选项",
    "target_contradiction": "指标值与指标名称矛盾",
    "target_direction": "指标值的方向与指标名称矛盾",
}
"""Reason codes and what they mean."""


def _any_of(words: str) -> str:
    """Return a pattern for any run of the words, longest first.

    Possessive: words overlap, and backtracking through a hostile name would not end.
    """
    ordered = sorted(words.split(), key=len, reverse=True)
    return f"(?:{'|'.join(ordered)})*+"


_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_PLACEHOLDER = re.compile(
    rf"^(?:[^{_CJK}A-Za-z]*|(?:三级)?指标\s*[\d一二三四五六七八九十]*|[xX×*]+|无|暂无|略|其他|测试)$"
)
_TEMPLATE = re.compile(r"\*{2,}|[xX×]{2,}|_{2,}|[?？]{2,}")
_GARBLED = re.compile(
    r"\ufffd|[锟烫]{2,}|(?:[^\w\s()%.,:;/<>=\-+~·、，。“”\"‰‱《》【】—…≥≤≯≮]){3,}"
)
_PERIOD = re.compile(
    r"^(?:(?:20)?\d{2,4}年?度?)?(?:全年|贯穿全年|\d{1,2}月(?:份)?(?:底|末)?|\d{1,2}个?[年月天日]|"
    r"第?[一二三四1-4]季度)*+(?:底|末)?(?:之?前|以前|以内|内)?(?:完成|完工|实施|执行)?$"
)
_QUESTION = re.compile(
    r"^是否|无(?:经济|社会|生态)?效益|不涉及|不适用|是否.+(?:影响|价值|效益|问题)|有无"
)
_SENTENCE_MARK = re.compile(r"^[该本]项目|[。！!；;]|，.*，|,.*,")
_BRACKETS = re.compile(r"\([^()]*\)")

_FACETS = (
    "数量 个数 次数 总数 数额 数 期 质量 时效 进度 总成本 成本 费用 时间 时限 期限 情况 程度 "
    "完成率 完成情况 及时率 及时性 合格率 达标率 优良率 覆盖率 增长率 控制率 执行率 使用率 "
    "完成 完工 竣工 率 性 水平 能力 效果 效益 影响力 影响 作用 标准 要求"
)
_FILLERS = (
    "项目 工作 任务 目标 计划 年度 当年 本年 当期 全年 各项 各类 总体 整体 全部 实际 相关 有关 "
    "按时 按期 及时 如期 按质 按量 保质 保量 按要求 预期 预定 规定 实施 开展 "
    "服务 社会 经济 综合 主要 指标 人员 维持 持续 的 和 与 及 其他 本 该"
)
_PROCEDURE = re.compile(
    r"^(?:项目|专项|补助|补贴|本级|财政|年度)*(?:资金|经费|预算|投资|成本)"
    r"(?:[有足]\w)?(?:使用|执行|支出|支付|拨付|到位|配套|投入|落实|控制|管理)"
    r"(?!.*(?:满意|审减|违规|违纪|节约)).{0,4}(?:率|情况|性|效率|进度|程度)$|"
    r"^(?:按要求|按规定|按政策|严格按|严格执行|以.{1,10}为.{0,4}原则)"
)
_BARE = re.compile(rf"^{_any_of(_FILLERS)}{_any_of(_FACETS)}$")
_KEPT_GENERIC = re.compile(
    r"^(?:项目|工程|任务|服务|年度|当期)+.*(?:合格率|及时率|完成率|达标率|通过率|完工率|及时性)$|"
    r"(?:开工|完工|竣工)率$|(?:完成|完工|竣工|实施|执行)(?:时间|时限|期限)$"
)
"""Generic but unambiguous where the project is one thing: accepted by the labelling rubric."""

_MEASURE_END = re.compile(
    r"(?:率|数|数量|人次|比例|比重|占比|面积|里程|长度|时长|天数|次数|户数|人数|总量|总额|金额|产值|"
    r"产量|收入|标准|满意度|程度|指数|覆盖面|增幅|降幅|幅度|增速|系数|倍数|规模|时间|时限|损失|人口|场次|成本|额|量|费)$"
)
_EFFECT_VERBS = (
    "促进|提升|提高|改善|保障|增强|推动|推进|优化|加强|带动|维护|确保|助力|满足|丰富|完善|实现|"
    "助推|加快|巩固|进一步|持续|长期|充分|逐步|稳步|有效|切实|不断|显著|大力|使|为|对|让|引导|"
    "激发|繁荣|弘扬|方便|便于|营造|发挥|形成|建立|健全|支持|扶持"
)
_EFFECT = re.compile(
    rf"^(?:{_EFFECT_VERBS})[{_CJK}]{{2,}}|"
    r"(?:显著|明显|有序|繁荣|和谐|到位|良好)$|"
    rf"(?:得到|获得|有所|明显|显著|不断|逐步)[{_CJK}]*(?:提升|提高|改善|增强|好转|保障)$|"
    rf"(?:提升|提高|改善|增强|加强|发展|改进)$"
)
_ABSTRACT = re.compile(
    r"(?:情况|状况|水平|能力|意识|观念|素质|素养|氛围|形象|幸福感|获得感|自豪感|竞争力|影响力|功能|"
    r"健全性|规范性|合理性|科学性|有效性|安全性|稳定性|程度|作用|效果|成效|质量|关爱|环境)$"
)
_OFFICIAL = re.compile(r"素养水平|防治效果|防效")
"""Measured shares whose official name ends like an abstract state."""
_MONEY = re.compile(r"(?:(?<!消)费|费用|成本|补贴标准|补助标准)$")
_RATE = re.compile(r"(?:率|比例|比重|占比|覆盖面|满意度)$")
_COUNT = re.compile(
    r"(?:数量|个数|次数|人数|户数|件数|套数|场次|人次|总数|面积|里程|长度|天数|产值|产量|收入|总额|金额|零售额)$"
)
_COUNTED = re.compile(r"(?:数量|个数|次数|人数|户数|件数|套数|场次|人次|面积|里程|长度|天数)$")
_RELATIVE = re.compile(r"节约|节省|增|减|降|提高|提升|占|比|率|完成|覆盖|达标")
_CAPPED_RATE = re.compile(r"(?<!拨备)(?:合格|达标|及时|覆盖|准确|通过|成活|到位|满意)(?:率|度)$")
"""Rates that cannot exceed 100%."""
_PUNCTUAL = re.compile(r"^(?:按时|按期|及时|如期)(?!.*(?:数|量|次|时间|天)$)")
_CAP = re.compile(
    r"(?:成本|造价|费用|支出|概算|预算|投入)(?:控制|金额|总额)?(?:数|额)?$|控制在.*(?:内|以下)$"
)
_BAD = re.compile(
    r"(?:逾期|超支|投诉|事故|差错|违规|违纪|死亡|缺陷|返工|不合格|发病|受害|成灾)(?:率|数|次数|件数|起数|人数|发生率|比例)$"
)
_CHOICES = re.compile(
    r"^(?:高[、/\s]?中[、/\s]?低|好[、/\s]?中?[、/\s]?[坏差]|优[、/\s]?良[、/\s]?中?[、/\s]?差|"
    r"是[、/\s]否|有[、/\s]无)$"
)
_LONG = 30
"""Names longer than this are sentences; the longest of the library has 17 characters."""

_LONGEST = 80
"""Remarks included; nothing longer is examined further."""
_LONG_TARGET = 20
"""Cells longer than this tell a story; a number in them is not the target."""

_LEVEL_NAMES = {
    text.removesuffix("指标") for level1, group in LEVELS.items() for text in (level1, *group)
} | {"可持续性影响", "可持续发展影响", "可持续性发展影响", "可持续", "产出", "效果", "产出成本"}
_LEVEL_NAMES.discard("服务对象满意度")  # a level of the form, yet as a name it says what is asked


def _bare(name: str) -> str:
    """Return a folded name without numbering, remarks in brackets and closing punctuation."""
    bare = re.sub(
        r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十])[)、.]\s*|其中[:：])", "", name.strip()
    )
    previous = None
    while bare != previous:
        previous, bare = bare, _BRACKETS.sub("", bare)
    return bare.strip(" :：。.,，、")


@lru_cache(maxsize=65536)
def name_fault(name: str) -> str | None:
    """Return the reason code of a name that measures nothing by itself, or None."""
    folded = normalise(name).strip()
    if _PLACEHOLDER.match(folded):
        return "name_blank"
    if _TEMPLATE.search(folded):
        return "name_template"
    if len(folded) > _LONGEST:
        return "name_sentence"
    bare = _bare(folded)
    if not bare or _GARBLED.search(folded) or folded.count("(") != folded.count(")"):
        return "name_garbled"
    if bare.removesuffix("指标") in _LEVEL_NAMES:
        return "name_level"
    if _PERIOD.match(bare):
        return "name_period"
    if _BARE.match(bare) and not _KEPT_GENERIC.search(bare):
        return "name_generic"
    if _QUESTION.search(bare):
        return "name_question"
    if _PROCEDURE.search(bare):
        return "name_procedure"
    return _wording_fault(folded, bare)


def _wording_fault(folded: str, bare: str) -> str | None:
    """Judge names that are readable but say several things, or praise instead of measure."""
    measurable = _MEASURE_END.search(bare) is not None
    if len(bare) > _LONG or _SENTENCE_MARK.search(folded):
        return "name_sentence"
    if bare.count("、") >= (3 if measurable else 2) or "," in bare:
        return "name_compound"
    return None


def _unverifiable(name: str, target: str, parsed: ParsedTarget) -> str | None:
    """Judge praise and abstract states by their value: a counted one can still be verified.

    带动农户增收 ≥500元/户 is an indicator; 带动农户增收 明显 and 带动农户增收 100% are not.
    """
    counted = (
        parsed.kind in {"number", "range"}
        and parsed.unit not in {None, "%"}
        and len(target) <= _LONG_TARGET
    )
    if counted or _MEASURE_END.search(name) or _OFFICIAL.search(name):
        return None
    if _EFFECT.search(name):
        return "name_effect"
    return "name_abstract" if _ABSTRACT.search(name) else None


def target_fault(indicator: Indicator, parsed: ParsedTarget) -> str | None:
    """Return the reason code of a target that is missing or contradicts its name, or None.

    A blank beside an actual result is a report that did not repeat the target, not a fault.
    """
    name = _bare(normalise(indicator.name))
    if _CHOICES.match(normalise(indicator.target).strip()):
        return "target_choice"
    if parsed.kind == "blank":
        return (
            None if (indicator.actual or "").strip() and not parsed.placeholder else "target_blank"
        )
    if _contradicts(name, parsed):
        return "target_contradiction"
    if fault := _unverifiable(name, indicator.target, parsed):
        return fault
    if parsed.operator in {"≥", ">"} and (
        (_CAP.search(name) and not _RELATIVE.search(name)) or _BAD.search(name)
    ):
        return "target_direction"
    return None


def _contradicts(name: str, parsed: ParsedTarget) -> bool:
    """Tell whether a rate is given as a count or date, or a count as a percentage."""
    if parsed.kind == "date":
        return _RATE.search(name) is not None
    if parsed.kind == "words":
        return _COUNTED.search(name) is not None
    if parsed.kind not in {"number", "range"} or parsed.unit is None:
        return False
    percent = parsed.unit in {"%", "‰", "‱"} or "百分" in parsed.unit
    if _MONEY.search(name):
        return not percent and "元" not in parsed.unit and not _RELATIVE.search(name)
    if _PUNCTUAL.search(name) or _CAPPED_RATE.search(name):
        return not (percent or parsed.unit == "分") or (parsed.value or 0) > 100
    if _RATE.search(name):
        return not percent and parsed.unit not in {"分", "倍"} and "/" not in parsed.unit
    return percent and _COUNT.search(name) is not None and not _RELATIVE.search(name)


def row_fault(indicator: Indicator) -> str | None:
    """Return the reason code (see `FAULTS`) why a row must never be recommended, or None."""
    return name_fault(indicator.name) or target_fault(
        indicator, parse_target(indicator.target, indicator.name)
    )
