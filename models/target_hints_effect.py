"""Hints that a row is vague (模糊): an effect, or worded work, that nobody can judge."""

from __future__ import annotations

import re

from models.target_clues import effect, whole_name, whole_target
from models.target_hints import Hint, about_money, is_effect, is_measured, is_observable, plain_name
from models.target_hints_value import CHANGE, KEPT_RULE, PLAUSIBLE_CHANGE, turns
from models.target_hints_worded import YES_NO, is_decidable
from models.target_rows import Form, Row, has_word

_SURVEYED = re.compile("满足[^,，。;；]*需求$|健康素养水平$|公民科学素质水平$")
INCIDENT = re.compile("事故|事件|案件|火灾|伤亡|死亡|违规|违纪|违法|投诉|上访|问题|超标|不合格")
_PRODUCT = re.compile(
    "成果|规划|报告|软件|系统|车辆|苗木|疫苗|粮食|工程|设备|设施|器材|产品|药品|物资|材料|服装"
    "|食品|建设|施工|维修|维护|检测"
)
_INSPECTED = re.compile(
    "(?:等级|检测|检验|抽检|质检|测试|试验|鉴定|检定|评定|(?:质量)?(?:达标|合格)(?:情况)?|性能|强度|深度|厚度|宽度|规格|压实度|平整度|指标|标准|质量.{0,4})$"
)
"""What an inspector looks at of a product, beside its quality."""
_PASSED = {"合格", "达标", "通过", "一次性通过"}
_CONFORMS = re.compile(
    "^(?:合格|达标|(?:一次性?)?通过|优良|优|准确|(?:符合|满足|达到)[^0-9]{0,20}(?:规范|标准|要求|规定))$"
)
_ADJECTIVE = re.compile(
    "^(?!及时$)(?:及时|规范|标准|到位|有序|高效|科学|严格|严密|有力|圆满|顺利|良好|扎实|周到|优质|细致|全面|充分|妥善|合理|有效|[、,，和])+$"
)
"""Looks like keeping a rule and only praises: 敬老院管理 — 规范."""
_HANDED_DOWN = re.compile(
    "^(?:全部|均|逐级)?(?:落实|明确|分解|压实|责任)到(?:具体)?[人户村岗组点位所站段镇乡街科单责]"
)
"""落实到人 tells whom to ask."""
OWN_RATE = re.compile(
    r"(?:率|防效|占比|比例|比重|满意度|评分|得分|指数)[一-龥]{0,6}[≥≤><=＞＜＝]*\d"
)
"""A value that says itself what it measures: 平均防效80%以上."""
_WORK_GOES_ON = re.compile(
    "(?:机关|单位|部门|组织|政府|机构|办公)(?:工作|日常)?正常(?:运转|运行|履职|办公)$"
)
_VERB_ONLY = re.compile("^(?:保障|确保|维护|促进|推动|推进|维持|支持)$")
_ABSTRACT_END = re.compile(
    "(?:意识|能力|水平|素质|素养|氛围|形象|影响力|公信力|积极性|稳定|[得福全足]感|活力|意愿)(?:提升|增强|提高)?$"
)
CONFORMITY = re.compile("符合|按照|依照")
_ALREADY = re.compile("^已(?:完成|开展|举办|召开|组织|实施)$")
_NONE_AT_ALL = re.compile("^(?:无|零|未发生|不发生|没有).{2,}")
_STATED = re.compile(
    "^(?:全体|全部|无|零)|^(?:及时|即时|实时|随时)$"
    "|[^,，。;；]{0,4}(?:期限|时限|标准|规范|要求)内?$|专家|评审|验收"
)
_ABSTRACT_RATE = re.compile(
    "(?:意识|能力|水平|素质|素养|氛围|形象|影响力|公信力|幸福感|获得感|安全感|积极性|活力)"
    "(?:的)?(?:提升|增强|提高|改善)率$"
)


def product_conforms(row: Row) -> bool:
    """Tell whether something made is found in order: 设备质量 — 合格, not 工作质量 — 良好."""
    if not _CONFORMS.match(row.target):
        return False
    product = _PRODUCT.search(row.name) is not None
    if row.bare_name.endswith(("质量", "质量等级", "验收", "评审", "检验", "检测", "鉴定", "检定")):
        return product or row.target in _PASSED
    return product and _INSPECTED.search(row.bare_name) is not None


def _output_in_words(row: Row, form: Form) -> bool:
    # 赛事组织: 圆满, 执法: 公正 say neither what is looked at nor how; 及时性: 及时 is only worded.
    if row.level1 != "产出指标" or row.measure.aspect or has_word(row.name, "timely"):
        return False
    if is_decidable(row):
        return False
    if about_money(row) and (has_word(row.target, "comply") or KEPT_RULE.search(row.target)):
        return False  # 资金使用: 合规 is a matter of course, and clear.
    answers = any(has_word(row.target, word) for word in ("done", "deadline", "limit", "comply"))
    answers = answers or _STATED.search(row.target) is not None
    answers = answers and not _ADJECTIVE.match(row.target)
    return _worded_effect(row) and not (answers or row.periodic)


def _effect_as_number(row: Row, form: Form) -> bool:
    if _ABSTRACT_RATE.search(row.bare_name) and is_measured(row):
        return True
    if row.parsed.value == 0 and INCIDENT.search(row.name):
        return False
    if not is_effect(row) or not is_measured(row) or CONFORMITY.search(row.name):
        return False
    if OWN_RATE.search(row.target):
        return False  # 鼠害防治效果: 平均防效80%以上
    if row.bare_name.endswith(("达标", "合格")):
        return False  # 监测能力达标: 100% asks how many reach a standard.
    if row.unit in {"people", "other"}:
        return _ABSTRACT_END.search(row.bare_name) is not None
    if row.unit not in {"percent", "none"}:
        return False
    if row.unit == "percent" and _SURVEYED.search(row.name):
        return False
    # 农药使用量减少2% says how much; 减少污染100% does not.
    by_how_much = CHANGE.search(row.name) and 0 < (row.parsed.value or 0) <= PLAUSIBLE_CHANGE
    return not by_how_much


def _worded_effect(row: Row) -> bool:
    graded = has_word(row.target, "grade") and not has_word(row.target, "degree")
    if row.parsed.kind != "words" or graded or has_word(row.name, "budget_limit"):
        return False
    done = _ALREADY.match(row.target) is not None and has_word(row.name, "activity")
    done = done or _HANDED_DOWN.match(row.target) is not None
    done = done or _NONE_AT_ALL.match(row.target) is not None
    # 是否产生经济价值: 否 is decided, but by what?
    done = done or (is_decidable(row) and not YES_NO.match(row.target))
    if done or KEPT_RULE.search(row.name) or row.measure.family == "rate":
        return False
    return not (is_observable(row) or turns(row) or product_conforms(row))


def _abstract(row: Row) -> bool:
    return is_effect(row) or has_word(plain_name(row), "abstract_noun")


def _effect_in_words(row: Row, form: Form) -> bool:
    return _worded_effect(row) and _abstract(row)


def _echo(row: Row, form: Form) -> bool:
    # 保障机关正常运转: 保障 says no more than its name.
    return bool(_VERB_ONLY.match(row.target) and _WORK_GOES_ON.search(row.bare_name))


def _benefit_in_words(row: Row, form: Form) -> bool:
    return row.level1 == "效益指标" and _worded_effect(row) and not _abstract(row)


_CELLS = (whole_name, whole_target)
_EFFECT = (effect, whole_target)

EFFECTS: tuple[Hint, ...] = (
    Hint("output_in_words", _output_in_words, "target", "没有写明看什么、怎样算做到", _CELLS),
    Hint("effect_as_number", _effect_as_number, "name", "笼统的效果无法用这个数值衡量", _EFFECT),
    Hint("effect_in_words", _effect_in_words, "name", "效果笼统，指标值也只是定性描述", _EFFECT),
    Hint(
        "benefit_in_words",
        _benefit_in_words,
        "name",
        "没有写明可衡量的效益，指标值也只是描述",
        _CELLS,
    ),
    Hint("echo", _echo, "target", "指标值只是重复名称里的动词", _CELLS),
)
"""In the order in which explanations prefer them."""
