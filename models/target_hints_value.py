"""Hints that a row is vague (模糊) because its value does not belong to its name."""

from __future__ import annotations

import re

from models.target_clues import facet, found, whole_name, whole_target
from models.target_hints import Hint, about_money, in_level2, is_measured
from models.target_hints_worded import is_decidable
from models.target_rows import NUMBER, Form, Row, has_word

_COUNTED = {"count", "person", "area", "length", "amount"}
CHANGE = re.compile("减少|降低|下降|增长|增加|提高|提升|上升")
PLAUSIBLE_CHANGE = 60
"""A change by more percent than this is no measured change."""
MAY_EXCEED = re.compile(
    "债务率|负债率|杠杆|床位|复种|产能|拨备|充足率|超额|周转|上座|承载率|增|提高|提升|倍|占|收益|回报|产销|比|偿付|备付|放大|覆盖倍数"
)
_KEEP_WITHIN = re.compile("控制|预算|概算|不超")
_SAVED = re.compile("节约|节省|减少|增收|收入|收益|标准")
_FAILURE = re.compile(
    "(?:逾期|超期|差错|错误|误差|偏差|故障|中断|失业|死亡|伤亡|病死|事故|损耗|损毁|破损|报废|脱落|违规|违约"
    "|违法|投诉|信访|返修|返工|退货|流失|辍学|超支|空置|闲置|积压|不合格|不达标|漏检|漏报|漏损|坏账|不良|争议|纠纷|败诉|发病|感染|患病|复发|返贫|再犯罪|火灾|成灾|受灾)"
    "(?:发生|人数|次数|案件)?率"
)
_MOST_FAILURES = 50
PERIODS = {"年", "月", "日", "天", "个月", "季度"}
_DATED = re.compile(r"\d\s*[月日号]|季度?[初末底]|[上下]半年")
_PERIOD_END = re.compile("[月季周旬期年]度?[初中末底内]$|^每|^第[一二三四]季度")
_LASTS = re.compile("年限|期限|时限|寿命|时长|周期|工期|保修|有效期|质保|持续|[年月周天]数")
_TURNS = re.compile("同比|增加|增长|上升|提高|提升|下降|减少|降低|扩大")
_BRIEFER = re.compile("缩短|减少|压缩")
_SHARE = re.compile("占")
_UNCOUNTED = re.compile(
    "^(?:若干.?|适量|适当|足量|充足|一批|一次性.{0,4}|多批次|多[次场批个项]|(?:不定期|经常性?|常态化)(?:开展|组织|进行)?|按需.{0,4}"
    "|(?:按照?|依|据)(?:设计|合同|计划|实际|方案|任务)[^0-9]{0,8}|视.{1,6}而定|完成"
    "|(?:完成|做好)(?:上级|全年|年度|当年|下达|各项|既定|相关|目标|工作|的)+任务?)$"
)
FULL = 100
_GRANT = re.compile(
    "(?:补助|补贴|津贴|奖补|奖励|救助金|规模|本金|利息|本息|债券|债务|贷款|借款|[税价费款额值])$"
)
_PRICED = re.compile("不高于|不超|低于|限价")
KEPT_RULE = re.compile("专款专用|合规|按规定|专账|专户")


def _count_as_percentage(row: Row, form: Form) -> bool:
    # 新发现吸毒人数: 下降10% is a change.
    counted = row.measure.family in _COUNTED and not _TURNS.search(row.name + row.target)
    return counted and row.unit == "percent"


def _rate_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "other", "money", "unit_cost", "time"}
    unit = row.parsed.unit or ""
    per = "/" in unit and not unit.startswith(("人", "户"))  # 发生率: 6.5次/10万公顷
    return row.measure.family == "rate" and is_measured(row) and row.unit in odd and not per


def _satisfaction_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "money", "time", "unit_cost", "other"}
    return row.measure.family == "satisfaction" and row.unit in odd and row.parsed.unit != "分"


def _cost_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "other", "time"}
    # 排放标准, 二星级标准 are no money.
    paid = row.measure.aspect != "标准" or in_level2(row, "成本") or has_word(row.name, "fund")
    return paid and row.measure.family in {"cost", "unit_cost"} and row.unit in odd


def _time_as_number(row: Row, form: Form) -> bool:
    odd = {"percent", "none", "people", "other"}
    is_time = row.measure.family == "time" and row.measure.aspect != "进度"
    if _DATED.search(row.target):
        return False  # 6月、12月各一次
    return is_time and not row.bracket_unit and is_measured(row) and row.unit in odd


def _rate_as_date(row: Row, form: Form) -> bool:
    dated = row.parsed.kind == "date" and row.measure.aspect != "及时率"
    return dated and row.measure.family in {"rate", "satisfaction", "person", "area", "length"}


def _over_full(row: Row, form: Form) -> bool:
    value = row.parsed.value
    over = row.unit == "percent" and value is not None and value > FULL
    return over and not MAY_EXCEED.search(row.name)


def _over_budget(row: Row, form: Form) -> bool:
    limit = has_word(row.name, "budget_limit") and _KEEP_WITHIN.search(row.name)
    full = row.unit == "percent" and (row.parsed.value or 0) >= FULL
    return bool(limit) and full and row.parsed.operator in {"≥", ">"}


def _cost_at_least(row: Row, form: Form) -> bool:
    cost = in_level2(row, "成本") or row.measure.family == "cost"
    saved = row.measure.family == "unit_cost" or _SAVED.search(row.name)
    at_least = row.unit == "money" and row.parsed.operator in {"≥", ">"}
    return cost and at_least and not saved


def _too_many_failures(row: Row, form: Form) -> bool:
    value = row.parsed.value
    if value is None or row.unit != "percent" or not _FAILURE.search(row.name):
        return False
    if CHANGE.search(row.name):
        return False  # 患病率下降: ≥1个百分点
    return row.parsed.operator in {"≥", ">"} or value >= _MOST_FAILURES


def _money_as_percentage(row: Row, form: Form) -> bool:
    if row.measure.family != "money" or row.unit != "percent":
        return False
    grows = row.measure.aspect == "增收" or CHANGE.search(row.name)
    if _SHARE.search(row.name):
        return False
    return not grows or (row.parsed.value or 0) > PLAUSIBLE_CHANGE


def turns(row: Row) -> bool:
    """Tell whether a value says which way a countable thing shall go: 火灾起数 — 同比下降."""
    counted = row.measure.family in _COUNTED | {"index", "rate", "cost", "money", "duration"}
    return counted and row.level1 == "效益指标" and _TURNS.search(row.target) is not None


def _count_in_words(row: Row, form: Form) -> bool:
    if row.parsed.kind != "words":
        return False
    if has_word(row.name, "budget_limit") and has_word(row.target, "limit"):
        return False  # 概算控制数: 不超过批复概算
    uncounted = in_level2(row, "数量") and _UNCOUNTED.match(row.target) is not None
    return uncounted or (row.measure.family in _COUNTED and not turns(row))


def _time_in_words(row: Row, form: Form) -> bool:
    worded = row.measure.family == "time" and row.parsed.kind == "words"
    if _PERIOD_END.search(row.target) or _BRIEFER.search(row.target) or about_money(row):
        return False  # 开展时间: 每季度末; 等候时间: 明显缩短; 拨付进度: 按工程进度拨付
    return worded and not row.by_event and not has_word(row.target, "deadline")


def _period_as_count(row: Row, form: Form) -> bool:
    period = row.parsed.kind == "date" or row.parsed.unit in {"年", "月", "个月"}
    lasting = row.measure.family in {"time", "duration"} or _LASTS.search(row.name)
    return period and in_level2(row, "数量") and not lasting


def _amount_for_work(row: Row, form: Form) -> bool:
    paid = about_money(row) or _GRANT.search(row.bare_name)
    return in_level2(row, "数量", "质量") and row.unit == "money" and not paid


def _name_contradicts(row: Row, form: Form) -> bool:
    stated = row.name_amount
    if stated is None or row.parsed.value is None or not is_measured(row):
        return False
    value, unit = stated
    if unit in PERIODS or row.unit == "percent":
        return False
    if row.parsed.unit not in {None, unit}:
        return False  # 新建水泥路1条: 2公里
    return abs(value - row.parsed.value) > 0.01 * value


def _years_of_work(row: Row, form: Form) -> bool:
    return row.parsed.unit == "年" and row.parsed.value == 1 and not _LASTS.search(row.name)


def _cost_in_words(row: Row, form: Form) -> bool:
    if (
        is_decidable(row)
        or row.parsed.kind != "words"
        or not in_level2(row, "成本")
        or in_level2(row, "社会", "生态")
    ):
        return False
    kept = any(has_word(row.target, word) for word in ("comply", "limit", "grade", "done"))
    return not (kept or _PRICED.search(row.name) or KEPT_RULE.search(row.name + row.target))


_BOTH = (facet, whole_target)
_CELLS = (whole_name, whole_target)

CONTRADICTIONS: tuple[Hint, ...] = (
    Hint("count_as_percentage", _count_as_percentage, "target", "数量类指标却填写百分比", _BOTH),
    Hint("rate_as_count", _rate_as_count, "target", "比率类指标却填写数量", _BOTH),
    Hint("satisfaction_as_count", _satisfaction_as_count, "target", "满意度却填写数量", _BOTH),
    Hint("cost_as_count", _cost_as_count, "target", "成本类指标却没有填写金额", _BOTH),
    Hint("time_as_number", _time_as_number, "target", "时间类指标却没有填写时间", _BOTH),
    Hint("rate_as_date", _rate_as_date, "target", "指标值是日期，与指标名称不符", _BOTH),
    Hint("over_full", _over_full, "target", "比率超过100%", _BOTH),
    Hint(
        "over_budget",
        _over_budget,
        "target",
        "控制类指标的方向写反",
        (found("name", "budget_limit"), whole_target),
    ),
    Hint("cost_at_least", _cost_at_least, "target", "成本只设下限，方向可能写反", _BOTH),
    Hint(
        "too_many_failures",
        _too_many_failures,
        "target",
        "负向指标的方向或数值不合常理",
        (found("name", _FAILURE), whole_target),
    ),
    Hint("money_as_percentage", _money_as_percentage, "target", "金额类指标却填写百分比", _BOTH),
    Hint("count_in_words", _count_in_words, "target", "数量类指标却没有填写数量", _BOTH),
    Hint("time_in_words", _time_in_words, "target", "时间类指标只有文字，没有期限", _BOTH),
    Hint("period_as_count", _period_as_count, "target", "数量类指标却填写时间"),
    Hint("amount_for_work", _amount_for_work, "target", "工作任务却填写金额", _CELLS),
    Hint(
        "name_contradicts",
        _name_contradicts,
        "target",
        "指标值与名称中的数量不一致",
        (found("name", NUMBER), whole_target),
    ),
    Hint("years_of_work", _years_of_work, "target", "指标值只说明为期一年"),
    Hint("cost_in_words", _cost_in_words, "target", "成本类指标只有文字，没有金额", _BOTH),
)
"""Name against value, in the order in which explanations prefer them."""
