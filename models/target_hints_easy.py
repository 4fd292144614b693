"""Hints that a row is easy (易完成) or qualitative (定性)."""

from __future__ import annotations

import re

from models.target_clues import facet, found, whole_target
from models.target_hints import COMPARED, Hint, about_money, in_level2, is_measured
from models.target_rows import Form, Row, has_word, shared

_LAX_SATISFACTION = 85
_LAX_RATES = (
    (r"抗体|免疫|成活|预报|水质|空气|垃圾|优良|签约|测评|素养|申报通过|认定通过|考试", 0),
    (r"(?:课题|立项|研究|科研|科技)[^率]*(?:合格|达标|通过)率", 0),
    (
        r"(?:验收|工程|设备|设施|建设|施工|维修|改造|养护|装备|车辆|器材|物资|货物|材料|服装).*(?:合格|达标|通过)率",
        95,
    ),
    (r"(?:合格|达标|通过)率", 80),
    (
        r"(?:发放|到位|拨付|兑付|支付|下达|贴息|补助|补贴|资助|奖补|津贴|救助金).*及时[率性]|及时(?:发放|到位|拨付|兑付|支付|下达)率",
        95,
    ),
    (r"(?:发放|认定|核定|补助|补贴).*准确[率性]", 95),
    (r"(?:发放|兑付|兑现|拨付|到位)率", 95),
    (r"(?:补助|补贴|资助|救助|保障|政策|对象).*覆盖率", 90),
    (
        r"(?:及时|按期|按时|完成|完工|开工|竣工)[^率]*率|进度|(?:完成|支付|拨付|支出)比例",
        90,
    ),
)
_LAX = tuple((re.compile(pattern), limit) for pattern, limit in _LAX_RATES)
"""Percentages below which a target takes no effort, by name; the first that fits counts.

Zero means that such work often falls short, so that no percentage is easy as such.
"""
_SAME_AMOUNT = 0.02
_FEW = 4
_NEARLY_ALL = 90
_FUNDS = re.compile(
    "资金|经费|预算|配套|投资|利息|拨款|专款|款项|服务费|保费|社保|合同款|工程款|租金|电费|水费"
)
_MOVED = re.compile(
    "到位|下达|足额|执行率|支出率|支付率|支付进度|支出进度|拨付率|保障率|使用率|落实率|结算率|(?:支出|资金)完成|支付准确率"
)
_BY_THE_RULES = re.compile(
    "符合.*(?:规定|要求|标准|办法|政策|文件)|严格|按照?[^，,]{0,6}(?:规定|标准|合同|政策|办法|制度)|专款专用"
    "|按[^，,]{0,8}(?:拨付|发放|支付|兑付)"
    "|合规|(?:及时|按时|按期|足额)(?:支出|发放|拨付|支付|下拨|兑付)|^已?(?:完成|开展|召开|建立|制定|落实)$|^已(?:通过|签订|印发|出台)$"
)
_MONEY_LIMIT = re.compile(
    "预算内|预算范围|预算控制|概算|造价控制|资金|经费|费用|成本|支出|开支|投资|预算|配套|拨付|三公|节约率|估算|评审|采购"
)
"""Without such a word 控制在, 控制率 or 不超 speaks of something else than money."""
_DULY_DONE = re.compile(
    "合规(?:处置|处理|排放|运输|经营)|(?:建档|诊疗|服务|随访|操作)规范率|符合[一-龥]{0,10}的"
)
"""Rules kept in the work itself, which takes effort, and what only tells who is meant."""
_DELIVERABLE = re.compile(
    "(?:报告|规划|方案|平台|系统|软件|网站|数据库|名录|制度|办法|成果|年鉴)(?:编制|建设|开发|制定|数量?)?$"
)
_DOCUMENTED = re.compile(
    "(?:取得|获得|通过|具备|达到).{0,20}(?:批复|许可证?|验收|认证|备案|证书|审查|评审|星级|[一二三]级)"
)
_PERIODIC = re.compile("每(?:月|季度?|年|周|学期).{0,3}(?:日|末|底|前)")
_NAMED_STANDARD = re.compile(
    "(?:[ⅠⅡⅢⅣⅤ]|I{1,3}V?|V)类|^[A-Z]{1,2}[0-9]{2,}|《[^》]*(?:标准|规范)[^》]*》|国[四五六ⅣⅤⅥ]|等保[二三四]级"
)
_YES_NO = re.compile("^[是否]$")
_STANDARD = re.compile("(?:国家|行业|技术|设计|卫生|环保).{0,4}(?:标准|规范|要求)")
_ALL = re.compile("^(?:全部|均已?|全数|全体)")
_SAVED = re.compile("节约|节支|节省")
_PUT_IN = re.compile("^(?!.*(?:引进|带动|撬动|争取|到位|回收|收回|盘活|挽回|节约)).*(?:资金|经费)$")
_EACH = re.compile("每[一-龥]|[一-龥]均|单位成本|单价")
_WHEN = re.compile("时间|时限|用时|日期|天数|时效")
_LOTS = {"批", "项", "批次", "次"}
_TIMES = {"场", "期", "届", None}
_EVENT = re.compile("培训|宣传|会议|演练|讲座|座谈|活动")
_KEPT_GOING = re.compile("^保障.*(?:单位|机关|学校|院|所|站|馆|中心|村|社区)(?:[个家所]?数量?)?$")
"""Counts what is there anyway: 保障敬老院数量."""
_SINGLE = {"other", "none", "people"}
_ANY_PROJECT = re.compile(
    "项目|工程(?:个?数|数量)?$|批次|合同|协议|公务用车|会议|活动|方案|报告|制度"
)
_NEAR = 14
"""Characters around a quantity that may name what is counted."""
_SAME_OBJECT = 0.5


def lax_limit(row: Row) -> int | None:
    """Return the percentage below which a rate takes no effort, None where the rubric has none."""
    limit = next((limit for pattern, limit in _LAX if pattern.search(row.name)), 0)
    return limit or None


def _lax_satisfaction(row: Row, form: Form) -> bool:
    value = row.parsed.value
    asked = row.measure.family == "satisfaction" and is_measured(row)
    return asked and value is not None and 1 < value <= _LAX_SATISFACTION


def _lax_rate(row: Row, form: Form) -> bool:
    value = row.parsed.value
    if value is None or not is_measured(row) or row.unit not in {"percent", "none"}:
        return False
    limit = lax_limit(row)
    return limit is not None and 1 < value < limit and row.parsed.operator not in {"≤", "<"}


def _budget_as_target(row: Row, form: Form) -> bool:
    amount, budget = row.amount_wan, row.declaration.budget_wan
    if row.level1 == "效益指标":
        return False
    if amount is None and row.unit == "none" and row.measure.family in {"cost", "money"}:
        amount = row.parsed.value  # Most forms print 万元 in the head of the column.
    return bool(amount and budget) and abs((amount or 0) - (budget or 0)) <= _SAME_AMOUNT * (
        budget or 0
    )


def _total_cost(row: Row, form: Form) -> bool:
    if row.measure.family == "unit_cost" or row.level1 == "效益指标":
        return False
    if _EACH.search(row.bare_name):
        return False
    generic_cost = row.measure.family in {"cost", "money"} and not row.measure.core
    total = has_word(row.name, "total_cost") or generic_cost
    total = total or _PUT_IN.search(row.bare_name) is not None
    stated = row.name_amount is not None and row.name_amount[1] in {"元", "万元", "亿元"}
    return total and (row.unit == "money" or (stated and row.unit == "percent"))


def _within_budget(row: Row, form: Form) -> bool:
    cost_row = in_level2(row, "成本") and not in_level2(row, "社会", "生态", "环境")
    money = about_money(row) or cost_row or _MONEY_LIMIT.search(row.name)
    limited = has_word(row.name, "budget_limit") or has_word(row.target, "limit")
    if _SAVED.search(row.name) and (row.parsed.value or 0) > 0 and row.parsed.operator != "≤":
        return False
    of_money = money or _MONEY_LIMIT.search(row.target)
    if not limited or not of_money:
        return False
    # 不超过年初预算 is read as a date.
    dated = row.parsed.kind == "date" and "预算" not in row.target
    return row.unit in {"percent", "none", "money"} and not dated


def _funds_in_place(row: Row, form: Form) -> bool:
    moved = _FUNDS.search(row.name) and _MOVED.search(row.name)
    timed = _WHEN.search(row.name) and (row.unit == "time" or row.parsed.kind in {"date", "words"})
    return bool(moved) and not timed and row.unit not in {"money", "people"}


def _at_most_full(row: Row, form: Form) -> bool:
    full = row.unit == "percent" and (row.parsed.value or 0) >= 100
    return full and row.parsed.operator in {"≤", "<"}


def _by_the_rules(row: Row, form: Form) -> bool:
    worded = row.parsed.kind == "words" and not _NAMED_STANDARD.search(row.target)
    if row.bare_name.endswith("质量") and _STANDARD.search(row.target):
        return False  # 血液质量: 符合国家标准 asks for something of the product.
    clear = row.measure.family != "time" or about_money(row)
    return worded and clear and _BY_THE_RULES.search(row.target) is not None


def _complies(row: Row, form: Form) -> bool:
    work = _DULY_DONE.sub("", row.name)
    return has_word(work, "compliance") and row.parsed.kind != "date"


def _procedure(row: Row, form: Form) -> bool:
    few = row.parsed.value is not None and row.parsed.value <= _FEW
    return has_word(row.name, "procedure") and (row.parsed.kind == "words" or few)


def _headcount(row: Row, form: Form) -> bool:
    counted = in_level2(row, "数量") and is_measured(row) and row.unit != "percent"
    if row.measure.family in {"area", "length", "amount"}:
        return False
    kept = has_word(row.name, "staff") or _KEPT_GOING.match(row.bare_name)
    return bool(counted and kept) and not has_word(row.name, "served")


def _entitled(row: Row, form: Form) -> bool:
    # 报销比例: 70% is a rate of the policy itself.
    full = row.unit == "percent" and (row.parsed.value or 0) >= _NEARLY_ALL
    full = full or row.parsed.kind == "words"
    return has_word(row.name, "entitled") and full


def is_planned_single(row: Row, form: Form) -> bool:
    """Tell whether goal or description plan this very piece: 购置64排CT一台 — 购置CT设备 1台.

    Lots, events and names that fit any project are not pieces.
    """
    unit, core = row.parsed.unit, row.measure.core
    if row.parsed.value != 1 or not unit or not core or not is_measured(row):
        return False
    if unit in _LOTS | _TIMES or _ANY_PROJECT.search(row.bare_name):
        return False
    plan = form.project[len(form.title) :].lower()
    for place in re.finditer(rf"(?<![\d.])[1一]{re.escape(unit)}", plan):
        near = plan[max(0, place.start() - _NEAR) : place.end() + _NEAR]
        if max(shared(near, core), shared(near, row.measure.object)) >= _SAME_OBJECT:
            return True
    return False


def _only_one(row: Row, form: Form) -> bool:
    one = row.parsed.value == 1 and row.unit in _SINGLE and is_measured(row)
    if one and is_planned_single(row, form):
        return False
    counted = in_level2(row, "数量", "产出") and row.measure.family not in {"time", "cost"}
    whole_project = not row.measure.core or shared(form.title, row.measure.core) > 0.6
    event = row.parsed.unit in _TIMES and _EVENT.search(row.bare_name)
    trivial = row.parsed.unit in _LOTS or event or _DELIVERABLE.search(row.bare_name)
    return one and counted and (whole_project or form.counted == 1 or bool(trivial))


def _worded(row: Row, form: Form) -> bool:
    if row.parsed.kind != "words":
        return False
    named = _PERIODIC, _DOCUMENTED, _NAMED_STANDARD, _ALL
    if row.says_done and _YES_NO.match(row.target):
        return False  # 采暖期前投入使用: 是
    if COMPARED.match(row.target):
        return False
    if row.by_event or row.periodic or any(pattern.search(row.target) for pattern in named):
        return False
    return not has_word(row.target, "grade") or has_word(row.target, "degree")


def _worded_with_number(row: Row, form: Form) -> bool:
    text = re.sub(r"\d", "", row.target)
    return is_measured(row) and len(text) > 12 and has_word(row.target, "degree")


_BOTH = (facet, whole_target)

EASY: tuple[Hint, ...] = (
    Hint("lax_satisfaction", _lax_satisfaction, "target", "满意度目标不高于85%", _BOTH),
    Hint("lax_rate", _lax_rate, "target", "比率目标明显低于此类工作通常达到的水平", _BOTH),
    Hint("budget_as_target", _budget_as_target, "target", "指标值就是预算数"),
    Hint("total_cost", _total_cost, "name", "只是复述投入总额", (found("name", "total_cost"),)),
    Hint(
        "within_budget",
        _within_budget,
        "name",
        "预算执行和控制是基本要求",
        (found("name", "budget_limit"), found("target", "limit")),
    ),
    Hint(
        "funds_in_place",
        _funds_in_place,
        "name",
        "资金到位、支出只反映投入",
        (found("name", _FUNDS), found("name", _MOVED)),
    ),
    Hint("at_most_full", _at_most_full, "target", "不超过100%不构成约束", (whole_target,)),
    Hint(
        "by_the_rules",
        _by_the_rules,
        "target",
        "按规定办理是基本要求",
        (found("target", _BY_THE_RULES),),
    ),
    Hint(
        "complies", _complies, "name", "合规、按规定执行是基本要求", (found("name", "compliance"),)
    ),
    Hint(
        "procedure", _procedure, "name", "只是履行程序或开展例行活动", (found("name", "procedure"),)
    ),
    Hint("headcount", _headcount, "name", "只是复述既有人数或单位数", (found("name", "staff"),)),
    Hint(
        "entitled",
        _entitled,
        "name",
        "按政策应当做到，不体现努力程度",
        (found("name", "entitled"),),
    ),
    Hint("only_one", _only_one, "target", "数量为一，项目实施即完成"),
)
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
