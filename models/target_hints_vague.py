"""Hints that a row is vague (模糊): what is measured or how to judge it cannot be told."""

from __future__ import annotations

import re

from models.target_clues import found, whole_name, whole_target
from models.target_hints import (
    Hint,
    about_money,
    in_level2,
    is_effect,
    is_measured,
    is_observable,
    is_record,
)
from models.target_hints_effect import CONFORMITY, EFFECTS, INCIDENT, OWN_RATE, product_conforms
from models.target_hints_value import (
    CHANGE,
    CONTRADICTIONS,
    FULL,
    PERIODS,
)
from models.target_hints_worded import is_decidable, names_standard
from models.target_rows import NUMBER, Form, Row, has_word, shared

_ASPECT_ENOUGH = {"satisfaction", "time", "duration", "cost", "money", "unit_cost"}
_SIZE = {"length", "area"}
_GENERIC_RATES = {"完成率", "及时率", "达标率", "覆盖率", "合格率", "控制率", "准确率", "发放率"}
_NAMES_PROJECT = re.compile("项目|工程|验收|设备|资金|补助|补贴|发放|拨付|[完开竣]工|投产")
_DONE = re.compile("(?:完成|完工|建成)(?:情况)?$")
_NOTHING_DONE = re.compile(
    "^(?:(?:项目|各项|工作|任务)?(?:按|如|当|及)(?:时|期|进度|计划|要求|序时进度))?"
    "(?:全面|顺利)?(?:完成|实施|推进|开展|落实)$"
)
"""按进度完成 — 100%: of what is not said."""
_ENTITLED = re.compile("^应.尽.$")
_FIGURE = re.compile(r"[\d.%]")
_FEW = 6
_RATES = re.compile("率.*率")
_ONLY_PROGRESS = re.compile(
    "^(?:本?项目|工程|工作|建设|实施|任务|总体|整体|形象|施工|完成|年度|计划|改造|推进)*进度(?:情况|安排|目标|要求|计划)?$"
)
_OF_WHAT = re.compile("工程|施工|改造|建设(?!进度)|^建设|形象")
"""Progress of building work is a share of its quantities."""
_DATE_ONLY = re.compile(r"^[\d./年月日号\-—至到~～前底末初旬上中下内以之]+$")
_ALL_DUE = re.compile("^(?:[一-龥]{0,8}[:：,，])?应.尽.(?:情况|数量)?$")
_WHETHER = re.compile("是否")
_EMPTY_OBJECTS = frozenset({"人员", "事项", "对象", "服务", "各类"})
_EFFORT = re.compile("^(?:开展|组织|进行|做好|加强|强化|推进|加大|抓好|配合|提供|满足|开展好)$")
_PAID_IN_TIME = re.compile("(?:按时|按期|及时|足额|按月|按季).*(?:拨付|发放|支付|兑付|到位|下达)")
_OPTIONS = re.compile("^(?:高中低|[优好]良?中差|好坏|大中小|是[/或、]?否|有[/或、]?无)$")
_SAID = 0.5
"""Share of a value's characters that its name has too, from which on it repeats the name."""
_PROSE = 7
"""A worded value from this many characters on says something of its own."""
_MANY = 100
_VERY_MANY = 1000
"""A bare number from here on hardly counts single things, of work and of anything."""
_SHORT = 4
"""Names of so few characters say nothing with a bare number, unless they end on a thing."""
_THINGS = re.compile(
    "[点站所处座台套辆间栋户员者生家项条口株头只尾件册本份场次期个厂村校院馆]$|人员$|数$"
)
_DEED = re.compile(
    "^(?!开展|组织|举办|召开|实施).*"
    "(?:培训|宣传|服务|慰问|检查|巡查|执法|调研|活动|走访|救助|监测|治理|管理|保障)$"
)
_OTHER_UNIT = re.compile(
    r"\d\s*(?:[a-z]{2,}|[一-龥](?<![万亿千百以左约]))|^[^\d]*(?:gb|hj|db)", re.IGNORECASE
)
"""A unit that the grammar does not know is a unit all the same; a standard's number is none."""
_PERSONS = re.compile("人|户|者|员|生|群众|居民|对象|企业|主体|读者|游客|观众")


def _no_value(row: Row, form: Form) -> bool:
    return row.parsed.kind == "blank"


def _no_name(row: Row, form: Form) -> bool:
    if row.name_level:
        return row.unit != "money"
    return row.name_placeholder


def _time_as_name(row: Row, form: Form) -> bool:
    return row.name_time_only


def _no_object(row: Row, form: Form) -> bool:
    measure = row.measure
    if measure.core in _EMPTY_OBJECTS and measure.family == "rate":
        return True
    if row.target == row.name and row.parsed.kind == "words":
        return False  # 按时完成: 按时完成 says no less than 按时完成 in words.
    if measure.core or measure.family in _ASPECT_ENOUGH or product_conforms(row):
        return False
    if measure.family in _SIZE and row.measure.object and has_word(form.title, "physical"):
        return False  # 实施里程 on a road, not 面积 by itself
    if measure.family == "rate":
        return measure.aspect in _GENERIC_RATES and not _NAMES_PROJECT.search(row.name)
    return True


def _progress_of_what(row: Row, form: Form) -> bool:
    if not _ONLY_PROGRESS.match(row.bare_name):
        return False  # 支付进度: 60% is the progress of payments.
    if row.parsed.kind == "date":
        return _DATE_ONLY.match(row.target) is not None
    part = row.unit in {"percent", "none"} and (row.parsed.value or 0) < FULL
    return is_measured(row) and part and _OF_WHAT.search(row.bare_name) is None


def _says_nothing_countable(row: Row, form: Form) -> bool:
    counted = in_level2(row, "数量") and row.unit in {"percent", "none"} and is_measured(row)
    return counted and _ALL_DUE.match(row.bare_name) is not None


def _all_done(row: Row, form: Form) -> bool:
    if _NOTHING_DONE.match(row.bare_name) and row.unit == "percent":
        return True
    # 重点工作完成: 100% counts nothing; 完成率 is a rate.
    done = in_level2(row, "数量", "质量") and _DONE.search(row.bare_name) is not None
    return done and not row.measure.aspect and row.unit == "percent"


def _short_name_in_words(row: Row, form: Form) -> bool:
    short = len(row.measure.core) <= 2 and not row.measure.aspect
    if about_money(row) and _PAID_IN_TIME.search(row.target):
        return False  # 补助资金: 按时拨付
    if is_decidable(row):
        return False
    return short and not row.periodic and row.parsed.kind == "words" and not product_conforms(row)


def _action_as_percentage(row: Row, form: Form) -> bool:
    if in_level2(row, "数量") and _ENTITLED.match(row.target):
        return row.measure.family != "rate"
    counted = row.name_amount is not None and row.name_amount[1] not in PERIODS | {"元", "万元"}
    action = not row.measure.aspect and not is_effect(row) and (counted or not row.says_done)
    changed = CHANGE.search(row.name)
    plain = NUMBER.search(row.target) and len(_FIGURE.sub("", row.target)) <= _FEW
    if OWN_RATE.search(row.target):
        return False
    if CONFORMITY.search(row.name) or (row.name_amount and about_money(row)):
        return False
    return action and not changed and row.unit == "percent" and bool(plain)


def _number_without_unit(row: Row, form: Form) -> bool:
    bare = is_measured(row) and row.unit == "none" and not row.bracket_unit
    bare = bare and not (_OTHER_UNIT.search(row.target) or names_standard(row.target))
    plain = bare and row.measure.family in {"", "effect"}
    if bare and row.level1 == "效益指标" and row.measure.family == "money":
        return True  # 助农增收: 1
    if row.parsed.value == 0 and (INCIDENT.search(row.name) or "0" not in row.target):
        return False
    # 新增高新技术企业: 15 is clear enough in a row of counts; 监测: 365 is not.
    if bare and row.measure.family in {"length", "area", "amount"}:
        return True
    value = row.parsed.value or 0
    many = value >= _MANY and has_word(row.name, "activity")
    many = (many or value >= _VERY_MANY) and not _PERSONS.search(row.bare_name)
    short = len(row.bare_name) <= _SHORT and not _THINGS.search(row.bare_name)
    deed = _DEED.search(row.bare_name) is not None
    unclear = not in_level2(row, "数量") or short or deed
    return plain and (unclear or many)


def _form_of_bare_numbers(row: Row, form: Form) -> bool:
    # Scores typed into the target column, or one number for every row.
    weights = form.bare > 0.8 and (len(form.targets) == 1 or form.total == FULL)
    return weights and form.count > 2


def _several_rates(row: Row, form: Form) -> bool:
    return row.name.count("率") > 1 and is_measured(row)


def _options(row: Row, form: Form) -> bool:
    return _OPTIONS.match(row.target) is not None


def _effort(row: Row, form: Form) -> bool:
    return _EFFORT.match(row.target) is not None and not is_observable(row)


def _beside_the_point(row: Row, form: Form) -> bool:
    # 举办图片展: 向社会宣传取得的成就 tells a purpose, neither how many nor how good.
    prose = row.parsed.kind == "words" and len(row.target) >= _PROSE
    answers = any(has_word(row.target, word) for word in ("comply", "done", "limit", "deadline"))
    said = answers or is_decidable(row) or is_record(row) or shared(row.name, row.target) > _SAID
    return prose and row.level1 == "产出指标" and not said


def _question(row: Row, form: Form) -> bool:
    return row.name.startswith("是否") or ("是否" in row.name and row.unit == "percent")


_CELLS = (whole_name, whole_target)

VAGUE: tuple[Hint, ...] = (
    Hint("no_value", _no_value, "target", "指标值空白或只是模板符号"),
    Hint("no_name", _no_name, "name", "指标名称只是级别名称或占位符"),
    Hint("time_as_name", _time_as_name, "name", "指标名称只是时间"),
    Hint("no_object", _no_object, "name", "指标名称没有写明衡量什么"),
    Hint("progress_of_what", _progress_of_what, "name", "只说进度，没有写明到哪一步", _CELLS),
    Hint(
        "says_nothing_countable",
        _says_nothing_countable,
        "name",
        "数量指标没有写出可以计数的内容",
        _CELLS,
    ),
    *CONTRADICTIONS,
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
    *EFFECTS,
    Hint("action_as_percentage", _action_as_percentage, "name", "看不出百分比指什么", _CELLS),
    Hint("number_without_unit", _number_without_unit, "target", "只有数字，看不出单位"),
    Hint("form_of_bare_numbers", _form_of_bare_numbers, "target", "整列都是数字，疑似误填分值"),
    Hint(
        "several_rates", _several_rates, "name", "一个指标里写了几个比率", (found("name", _RATES),)
    ),
    Hint("options", _options, "target", "指标值只列出选项，没有选定"),
    Hint("effort", _effort, "target", "指标值只是一个动词，看不出做到什么程度"),
    Hint("beside_the_point", _beside_the_point, "target", "指标值答非所问", _CELLS),
    Hint("question", _question, "name", "名称只问是否，没有衡量内容", (found("name", _WHETHER),)),
)
"""Every hint, in the order in which explanations prefer them."""
