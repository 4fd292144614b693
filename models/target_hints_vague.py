"""Hints that a row is vague (模糊): what is measured or how to judge it cannot be told."""

from __future__ import annotations

import re

from models.target_clues import effect, facet, found, whole_name, whole_target
from models.target_hints import (
    Hint,
    about_money,
    in_level2,
    is_effect,
    is_measured,
    is_observable,
)
from models.target_rows import NUMBER, Form, Row, has_word

_COUNTED = {"count", "person", "area", "length", "amount"}
_ASPECT_ENOUGH = {"satisfaction", "time", "duration", "cost", "money", "unit_cost"}
_GENERIC_RATES = {"完成率", "及时率", "达标率", "覆盖率", "合格率", "控制率", "准确率", "发放率"}
_NAMES_PROJECT = re.compile("项目|工程|验收|设备|资金|补助|补贴|发放|拨付|[完开竣]工|投产")
_CHANGE = re.compile("减少|降低|下降|增长|增加|提高|提升|上升")
_PLAUSIBLE_CHANGE = 60
"""A change by more percent than this is no measured change."""
_MAY_EXCEED = re.compile("增|提高|提升|倍|占|收益|回报|产销|比|偿付|备付|放大|覆盖倍数")
_KEEP_WITHIN = re.compile("控制|预算|概算|不超")
_SAVED = re.compile("节约|节省|减少|增收|收入|收益|标准")
_FAILURE = re.compile(
    "(?:逾期|差错|错误|误差|故障|失业|死亡|事故|损耗|违规|投诉|返修|流失|辍学|超支|空置|闲置|不合格|争议|败诉|发病|再犯罪)(?:发生|人数|次数)?率"
)
_MOST_FAILURES = 50
_PERIODS = {"年", "月", "日", "天", "个月", "季度"}
_DONE = re.compile("(?:完成|完工|建成)(?:情况)?$")
_LASTS = re.compile("年限|期限|寿命|时长|周期|工期|保修|有效期|质保|持续|[年月周天]数")
_SURVEYED = re.compile("满足[^,，。;；]*需求$|健康素养水平$|公民科学素质水平$")
_INCIDENT = re.compile("事故|事件|案件|火灾|伤亡|死亡|违规|违纪|违法|投诉|上访|问题|超标|不合格")
_UNCOUNTED = re.compile(
    "^(?:若干|适量|一批|多[次场批个项]|(?:不定期|经常性?|常态化)(?:开展|组织|进行)?|按需.{0,4}"
    "|(?:按照?|依|据)(?:设计|合同|计划|实际|方案|任务)[^0-9]{0,8}|视.{1,6}而定|完成"
    "|(?:完成|做好)(?:上级|全年|年度|当年|下达|各项|既定|相关|目标|工作|的)+任务?)$"
)
_PRODUCT = re.compile("工程|设备|设施|器材|产品|药品|物资|材料|服装|食品|建设|施工|维修|维护|检测")
_PASSED = {"合格", "达标"}
_CONFORMS = re.compile(
    "^(?:合格|达标|优良|优|准确|(?:符合|满足|达到)[^0-9]{0,20}(?:规范|标准|要求|规定))$"
)
_RATES = re.compile("率.*率")
_WHETHER = re.compile("是否")
_FULL = 100


def _no_value(row: Row, form: Form) -> bool:
    return row.parsed.kind == "blank"


def _no_name(row: Row, form: Form) -> bool:
    if row.name_level:
        return row.unit != "money"
    return row.name_placeholder


def _time_as_name(row: Row, form: Form) -> bool:
    return row.name_time_only


def _product_conforms(row: Row) -> bool:
    # 设备质量: 合格 can be inspected, 工作质量: 良好 cannot.
    if not row.bare_name.endswith("质量") or not _CONFORMS.match(row.target):
        return False
    return row.target in _PASSED or _PRODUCT.search(row.name) is not None


def _no_object(row: Row, form: Form) -> bool:
    measure = row.measure
    if measure.core or measure.family in _ASPECT_ENOUGH or _product_conforms(row):
        return False
    if measure.family == "rate":
        return measure.aspect in _GENERIC_RATES and not _NAMES_PROJECT.search(row.name)
    return True


def _count_as_percentage(row: Row, form: Form) -> bool:
    return row.measure.family in _COUNTED and row.unit == "percent"


def _rate_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "other", "money", "unit_cost", "time"}
    per = "/" in (row.parsed.unit or "")  # 发生率: 6.5次/10万公顷
    return row.measure.family == "rate" and is_measured(row) and row.unit in odd and not per


def _satisfaction_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "money", "time", "unit_cost", "other"}
    return row.measure.family == "satisfaction" and row.unit in odd and row.parsed.unit != "分"


def _cost_as_count(row: Row, form: Form) -> bool:
    odd = {"people", "other", "time"}
    return row.measure.family in {"cost", "unit_cost"} and row.unit in odd


def _time_as_number(row: Row, form: Form) -> bool:
    odd = {"percent", "none", "people", "other"}
    is_time = row.measure.family == "time" and row.measure.aspect != "进度"
    return is_time and not row.bracket_unit and is_measured(row) and row.unit in odd


def _rate_as_date(row: Row, form: Form) -> bool:
    dated = row.parsed.kind == "date" and row.measure.aspect != "及时率"
    return dated and row.measure.family in {"rate", "satisfaction", "person", "area", "length"}


def _over_full(row: Row, form: Form) -> bool:
    value = row.parsed.value
    over = row.unit == "percent" and value is not None and value > _FULL
    return over and not _MAY_EXCEED.search(row.name)


def _over_budget(row: Row, form: Form) -> bool:
    limit = has_word(row.name, "budget_limit") and _KEEP_WITHIN.search(row.name)
    full = row.unit == "percent" and (row.parsed.value or 0) >= _FULL
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
    return row.parsed.operator in {"≥", ">"} or value >= _MOST_FAILURES


def _money_as_percentage(row: Row, form: Form) -> bool:
    if row.measure.family != "money" or row.unit != "percent":
        return False
    grows = row.measure.aspect == "增收" or _CHANGE.search(row.name)
    return not grows or (row.parsed.value or 0) > _PLAUSIBLE_CHANGE


def _count_in_words(row: Row, form: Form) -> bool:
    if row.parsed.kind != "words":
        return False
    uncounted = in_level2(row, "数量") and _UNCOUNTED.match(row.target) is not None
    return uncounted or row.measure.family in _COUNTED


def _time_in_words(row: Row, form: Form) -> bool:
    worded = row.measure.family == "time" and row.parsed.kind == "words"
    return worded and not has_word(row.target, "deadline")


def _period_as_count(row: Row, form: Form) -> bool:
    period = row.parsed.kind == "date" or row.parsed.unit in {"年", "月", "个月"}
    lasting = row.measure.family in {"time", "duration"} or _LASTS.search(row.name)
    return period and in_level2(row, "数量") and not lasting


def _all_done(row: Row, form: Form) -> bool:
    # 重点工作完成: 100% counts nothing; 完成率 is a rate.
    done = in_level2(row, "数量", "质量") and _DONE.search(row.bare_name) is not None
    return done and not row.measure.aspect and row.unit == "percent"


def _short_name_in_words(row: Row, form: Form) -> bool:
    short = len(row.measure.core) <= 2 and not row.measure.aspect
    return short and row.parsed.kind == "words"


def _effect_as_number(row: Row, form: Form) -> bool:
    if not is_effect(row) or not is_measured(row) or row.unit not in {"percent", "none"}:
        return False
    if row.unit == "percent" and _SURVEYED.search(row.name):
        return False
    # 农药使用量减少2% says how much; 减少污染100% does not.
    by_how_much = _CHANGE.search(row.name) and 0 < (row.parsed.value or 0) <= _PLAUSIBLE_CHANGE
    return not by_how_much


def _worded_effect(row: Row) -> bool:
    graded = has_word(row.target, "grade") and not has_word(row.target, "degree")
    if row.parsed.kind != "words" or graded or has_word(row.name, "budget_limit"):
        return False
    return not (is_observable(row) or row.measure.family == "rate" or _product_conforms(row))


def _abstract(row: Row) -> bool:
    return is_effect(row) or has_word(row.name, "abstract_noun")


def _effect_in_words(row: Row, form: Form) -> bool:
    return _worded_effect(row) and _abstract(row)


def _benefit_in_words(row: Row, form: Form) -> bool:
    return row.level1 == "效益指标" and _worded_effect(row) and not _abstract(row)


def _action_as_percentage(row: Row, form: Form) -> bool:
    action = not row.measure.aspect and not is_effect(row) and not row.says_done
    changed = _CHANGE.search(row.name)
    return action and not changed and row.unit == "percent" and bool(NUMBER.search(row.target))


def _number_without_unit(row: Row, form: Form) -> bool:
    bare = is_measured(row) and row.unit == "none" and not row.bracket_unit
    plain = bare and row.measure.family in {"", "effect"}
    if row.parsed.value == 0 and _INCIDENT.search(row.name):
        return False
    # 新增高新技术企业: 15 is clear enough in a row of counts; 监测: 365 is not.
    return plain and (not in_level2(row, "数量") or len(row.bare_name) <= 3)


def _form_of_bare_numbers(row: Row, form: Form) -> bool:
    # Scores typed into the target column, or one number for every row.
    weights = form.bare > 0.8 and (len(form.targets) == 1 or form.total == _FULL)
    return weights and form.count > 2


def _amount_for_work(row: Row, form: Form) -> bool:
    return in_level2(row, "数量", "质量") and row.unit == "money" and not about_money(row)


def _name_contradicts(row: Row, form: Form) -> bool:
    stated = row.name_amount
    if stated is None or row.parsed.value is None or not is_measured(row):
        return False
    value, unit = stated
    if unit in _PERIODS or row.unit == "percent":
        return False
    return abs(value - row.parsed.value) > 0.01 * value


def _years_of_work(row: Row, form: Form) -> bool:
    return row.parsed.unit == "年" and row.parsed.value == 1 and not _LASTS.search(row.name)


def _several_rates(row: Row, form: Form) -> bool:
    return row.name.count("率") > 1 and is_measured(row)


def _question(row: Row, form: Form) -> bool:
    return row.name.startswith("是否") or ("是否" in row.name and row.unit == "percent")


_BOTH = (facet, whole_target)
_CELLS = (whole_name, whole_target)
_EFFECT = (effect, whole_target)

VAGUE: tuple[Hint, ...] = (
    Hint("no_value", _no_value, "target", "指标值空白或只是模板符号"),
    Hint("no_name", _no_name, "name", "指标名称只是级别名称或占位符"),
    Hint("time_as_name", _time_as_name, "name", "指标名称只是时间"),
    Hint("no_object", _no_object, "name", "指标名称没有写明衡量什么"),
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
    Hint(
        "all_done", _all_done, "name", "只说完成，看不出数量", (found("name", _DONE), whole_target)
    ),
    Hint(
        "short_name_in_words",
        _short_name_in_words,
        "name",
        "名称过于简略，指标值也只是描述",
        _CELLS,
    ),
    Hint("effect_as_number", _effect_as_number, "name", "笼统的效果无法用这个数值衡量", _EFFECT),
    Hint("effect_in_words", _effect_in_words, "name", "效果笼统，指标值也只是定性描述", _EFFECT),
    Hint(
        "benefit_in_words",
        _benefit_in_words,
        "name",
        "没有写明可衡量的效益，指标值也只是描述",
        _CELLS,
    ),
    Hint("action_as_percentage", _action_as_percentage, "name", "看不出百分比指什么", _CELLS),
    Hint("number_without_unit", _number_without_unit, "target", "只有数字，看不出单位"),
    Hint("form_of_bare_numbers", _form_of_bare_numbers, "target", "整列都是数字，疑似误填分值"),
    Hint("amount_for_work", _amount_for_work, "target", "工作任务却填写金额", _CELLS),
    Hint(
        "name_contradicts",
        _name_contradicts,
        "target",
        "指标值与名称中的数量不一致",
        (found("name", NUMBER), whole_target),
    ),
    Hint("years_of_work", _years_of_work, "target", "指标值只说明为期一年"),
    Hint(
        "several_rates", _several_rates, "name", "一个指标里写了几个比率", (found("name", _RATES),)
    ),
    Hint("question", _question, "name", "名称只问是否，没有衡量内容", (found("name", _WHETHER),)),
)
"""Every hint, in the order in which explanations prefer them."""
