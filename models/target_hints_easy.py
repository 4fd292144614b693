"""Hints that a row is easy (易完成)."""

from __future__ import annotations

import re

from models.target_clues import facet, found, whole_target
from models.target_hints import COMPARED, Hint, about_money, in_level2, is_measured
from models.target_hints_value import CHANGE
from models.target_hints_worded import is_decidable
from models.target_rows import NUMBER, Form, Row, has_word, shared

_LAX_SATISFACTION = 85
_LAX_RATES = (
    (
        "抗体|免疫|成活|预报|水质|空气|垃圾|优良|签约|测评|素养|申报通过|认定通过|考试|体质|疗程",
        0,
    ),
    (
        "剂次|接种|随访|服药|复诊|筛查|复查|转诊|就业|治愈|好转|留存|续费|回收|转化|产销",
        0,
    ),
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
        r"(?:及时|按期|按时|完成|完工|开工|竣工|执行|实施)[^率]*率|进度|(?:完成|支付|拨付|支出)比例",
        90,
    ),
)
_LAX = tuple((re.compile(pattern), limit) for pattern, limit in _LAX_RATES)
"""Percentages below which a target takes no effort, by name; the first that fits counts.

Zero means that such work often falls short, so that no percentage is easy as such.
"""
_SAME_AMOUNT = 0.02
_ALL_DUE = re.compile("^应.尽.(?:情况|数量)?$")
_FEW = 4
_NEARLY_ALL = 90
_FUNDS = re.compile(
    "资金|经费|预算|配套|投资|利息|拨款|专款|款项|服务费|保费|社保|合同款|工程款|租金|电费|水费"
)
_MOVED = re.compile(
    "到位|下达|足额|执行率|支出率|支付率|(?:支付|支出|兑付|拨付|发放|结算)进度|拨付率|保障率|使用率|落实率|结算率|(?:支出|资金)完成|支付准确率"
)
_BY_THE_RULES = re.compile(
    "符合.*(?:规定|要求|标准|办法|政策|文件)|严格(?:执行|遵守|遵照|按|依|控制|审|把关|监|履行)|按照?[^，,]{0,6}(?:规定|标准|合同|政策|办法|制度)|专款专用"
    "|按[^，,]{0,8}(?:拨付|发放|支付|兑付)"
    "|合规|(?:及时|按时|按期|足额)(?:支出|发放|拨付|支付|下拨|兑付)|^已(?:完成|开展|召开|建立|制定|落实)$|^已(?:通过|签订|印发|出台)$"
)
_MONEY_LIMIT = re.compile(
    "预算内|预算范围|预算控制|概算|造价控制|资金|经费|费用|成本|支出|开支|投资|预算|配套|拨付|三公|节约率|估算|评审|采购"
)
"""Without such a word 控制在, 控制率 or 不超 speaks of something else than money."""
_DULY_DONE = re.compile(
    "合规(?:处置|处理|排放|运输|经营)|(?:建档|诊疗|服务|随访|操作)规范率|符合[一-龥]{0,10}的"
)
"""Rules kept in the work itself, which takes effort, and what only tells who is meant."""
_CONFORMS = re.compile(
    "(?:设计|图纸|环保|环评|技术|质量|验收|施工|工艺|卫生|消防|安全|行业|国家|规范|规程|节点|时间|时限|时点|排放|农艺|操作|参数|招标|合同)"
    "[^,，。;；]{0,8}(?:要求|规范|标准|规定|规程|节点|参数|指标|条件|时限|时间|约定)"
)
"""What the work is to be like or when, which it can miss."""
_PAPER = re.compile("规定|政策|制度|办法|文件|程序|资金|财务|预算|专款|流程|纪律|条例|法律|法规")
_PAID = re.compile("按[月季年].*(?:拨付|发放|支付|兑付)")
_PAYS = re.compile("(?:拨付|发放|支付|兑付|下达|到位)(?:情况)?$")
_DULY = re.compile("^(?:及时|按时|按期|足额|到位|、|并|和)+$")
_MOVES = re.compile(
    "提高|提升|增长|增加|上升|下降|降低|减少|[高低]于(?:上|去)年|较(?:上|去)年|同比"
)
_DEBT = re.compile("债务率|负债率|杠杆率|承载率|床位使用率|复种")
"""Rates that a limit of 100% and more binds."""
_RATE_OF_PAY = re.compile("标准$|单价$|价格$")
_ISSUED = re.compile(
    "(?:方案|计划|通知|文件|预案|细则|要点|办法|制度|责任书|协议|合同|台账|领导小组|专班)[的]?"
    "(?:印发|制定|出台|下发|编制|报批|报送|发布|形成|签订|拟定|审定|成立|建立|制订|上报|编报|编写|批复|下达|送审|报审|报备|备案)?(?:完成)?(?:时间|日期|时限)?$"
    "|(?:印发|制定|出台|下发|制订|签订|拟定)(?:[一-龥]{0,10})(?:方案|计划|通知|文件|预案|细则|要点|责任书|协议|合同)(?:时间|日期)?$"
    "|(?:部署会|动员会|推进会|启动会|会议)(?:召开)?(?:时间|日期)?$"
)
_DELIVERABLE = re.compile(
    "(?:报告|规划|方案|平台|系统|软件|网站|数据库|名录|制度|办法|成果|年鉴|汇编|手册|画册|图集|年报|白皮书)(?:编制|建设|开发|制定|数量?)?$"
)
_STANDARD = re.compile(
    "(?:[ⅠⅡⅢⅣⅤ]|I{1,3}V?|V)类|^[A-Z]{1,2}[0-9]{2,}|《[^》]*(?:标准|规范)[^》]*》|国[四五六ⅣⅤⅥ]|等保[二三四]级"
)
_STANDARD = re.compile("(?:国家|行业|技术|设计|卫生|环保).{0,4}(?:标准|规范|要求)")
_SAVED = re.compile("节约|节支|节省")
_PUT_IN = re.compile("^(?!.*(?:引进|带动|撬动|争取|到位|回收|收回|盘活|挽回|节约)).*(?:资金|经费)$")
_EACH = re.compile("每[一-龥]|[一-龥]均|单位成本|单价")
_WHEN = re.compile("时间|时限|用时|日期|天数|时效")
_LOTS = {"批", "项", "批次", "次"}
_TIMES = {"场", "期", "届", None}
_EVENT = re.compile(
    "培训|宣传|会议|演练|讲座|座谈|活动|招聘会|推介会|论坛|比赛|竞赛|运动会|展览|节$"
)
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


def _is_change(row: Row) -> bool:
    """Tell whether a percentage says by how much a rate shall move: 合格率提高 — ≥2个百分点."""
    points = "百分点" in (row.parsed.unit or "") or "百分点" in row.target
    return points or bool(CHANGE.search(row.name) or _MOVES.search(row.target))


def _lax_rate(row: Row, form: Form) -> bool:
    value = row.parsed.value
    if value is None or not is_measured(row) or row.unit not in {"percent", "none"}:
        return False
    if _is_change(row):
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


def _is_each(row: Row) -> bool:
    """Tell whether an amount is meant for one person, piece or square metre."""
    priced = row.measure.family == "unit_cost" or row.unit == "unit_cost"
    per = _EACH.search(row.name) or _EACH.search(row.target) or _RATE_OF_PAY.search(row.bare_name)
    return priced or (row.unit in {"money", "none"} and bool(per))


def _within_budget(row: Row, form: Form) -> bool:
    cost_row = in_level2(row, "成本") and not in_level2(row, "社会", "生态", "环境")
    money = about_money(row) or cost_row or _MONEY_LIMIT.search(row.name)
    limited = has_word(row.name, "budget_limit") or has_word(row.target, "limit")
    if _is_each(row) and (is_measured(row) or COMPARED.match(row.target)):
        return False  # 人均补助: 不超过4500元 prices one of many.
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
    if _DEBT.search(row.name):
        return False  # 政府债务率: ≤120%
    return full and row.parsed.operator in {"≤", "<"}


def _is_work(row: Row) -> bool:
    """Tell whether a row speaks of the work itself, not of its money, lists and procedures."""
    dull = ("compliance", "procedure", "entitled", "entitlement", "staff")
    return not about_money(row) and not any(has_word(row.name, word) for word in dull)


def _by_the_rules(row: Row, form: Form) -> bool:
    paid = _PAID.search(row.target)
    if about_money(row) and _PAYS.search(row.bare_name) and _DULY.match(row.target):
        return True  # 补助资金拨付: 及时
    worded = row.parsed.kind == "words" and (paid or not is_decidable(row))
    product = _is_work(row) and "符合" in row.target and not _PAPER.search(row.target)
    if product or (_is_work(row) and _CONFORMS.search(row.target)):
        return False  # 护栏打入深度: 符合设计要求 asks for something of the work.
    if row.bare_name.endswith("质量") and _STANDARD.search(row.target):
        return False  # 血液质量: 符合国家标准 asks for something of the product.
    timed = row.measure.family == "time" or (in_level2(row, "时效") and _is_work(row))
    clear = not timed or about_money(row)
    return worded and clear and _BY_THE_RULES.search(row.target) is not None


def _complies(row: Row, form: Form) -> bool:
    work = _DULY_DONE.sub("", row.name)
    return has_word(work, "compliance") and row.parsed.kind != "date"


def _procedure(row: Row, form: Form) -> bool:
    if row.parsed.kind == "date" and _ISSUED.search(row.bare_name):
        return True
    few = row.parsed.value is not None and row.parsed.value <= _FEW
    return has_word(row.name, "procedure") and (row.parsed.kind == "words" or few)


def _headcount(row: Row, form: Form) -> bool:
    counted = in_level2(row, "数量") and is_measured(row) and row.unit != "percent"
    if row.measure.family in {"area", "length", "amount"}:
        return False
    kept = has_word(row.name, "staff") or _KEPT_GOING.match(row.bare_name)
    return bool(counted and kept) and not has_word(row.name, "served")


def _entitled(row: Row, form: Form) -> bool:
    if in_level2(row, "数量") and "率" not in row.name and _ALL_DUE.match(row.bare_name):
        return False  # 应补尽补: 100% in a row of counts is vague.
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
    if row.parsed.value != 1 or row.unit not in _SINGLE or not is_measured(row):
        return False
    if "/" in (row.parsed.unit or "") or "每" in row.target:
        return False
    if any(float(n) > 1 for n in NUMBER.findall(row.target)):
        return False  # 小1型9座、小2型54座
    counted = in_level2(row, "数量", "产出") and row.measure.family not in {"time", "cost"}
    if not counted or is_planned_single(row, form):
        return False
    whole_project = not row.measure.core or shared(form.title, row.measure.core) > 0.6
    event = row.parsed.unit in _TIMES and _EVENT.search(row.bare_name)
    trivial = row.parsed.unit in _LOTS or event or _DELIVERABLE.search(row.bare_name)
    return whole_project or form.counted == 1 or bool(trivial)


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
