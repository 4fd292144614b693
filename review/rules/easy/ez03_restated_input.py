"""EZ03 easy.restated_input — 以投入、预算控制或资金程序作为目标

反例：
    成本控制率 ≤100%；资金到位率 100%；预算执行率 ≥95%；资金使用合规性 100%。
正例：
    每公里硬化造价 ≤45万元；补贴资金发放准确率 ≥99%。
理由：
    资金到位、不超预算、合规使用是预算管理的基本要求，不花力气也能“完成”，不反映项目绩效。
已知局限：
    专门考核资金拨付时效的转移支付、配套资金项目可以保留，但不宜作为主要指标。
依据：
    财预〔2015〕88号：绩效目标是资金预期达到的产出和效果；财预〔2021〕101号：成本指标优先设置单位成本。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.examples import advise_unit_cost
from review.facts.money import equals_budget, in_wan
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_INPUT = re.compile(
    r"(?:资金|经费|预算|补助|配套|拨款|款项)[一-龥()]{0,8}?(?:到位|下达|拨付|支付|支出|执行|使用|落实)[一-龥]{0,3}?"
    r"(?:率|比例|程度|合规性?|规范性?|情况|时间)$|"
    r"(?:资金|经费|预算|支出|补贴发放|采购程序)[一-龥]{0,6}?(?:合规|合法|规范)(?:性|率)?$|预算执行率|资金执行率|专款专用|"
    r"成本控制(?:率|情况|数)?$|(?:成本|支出|费用)[一-龥]{0,4}控制(?:在|率)|预算控制率?$|控制在预算"
)
_WITHIN_BUDGET = re.compile(
    r"不(?:超(?:过|出)?|突破|超越)(?:年初|批复|全年)?(?:预算|概算)|(?:控制)?在(?:批复)?(?:预算|概算)(?:范围)?(?:之|以)?内|预算内"
)
_TOTAL_COST = re.compile(
    r"^(?:项目|本?年度?|工程|计划|全年|建设|财政|单位)*(?:总)?(?:成本|投资|投入|预算|资金|金额|支出|经费|费用|概算|造价)"
    r"(?:总?额|概算|控制|数|规模|总量|指标)*$"
)
_REAL = re.compile(
    r"及时|按期|按时|按季|按月|偏差|资格|审批|公示|追回|农时|下降|降低|节约|减少|结余|误差|差错|监控|监督|检查|审计|违规|违纪|单位成本|人均"
)
_ADVICE = "请改为单位成本、产出或效果指标。"
_BRACKETS = re.compile(r"\([^()]*\)")


def _check(context: ReviewContext, row: Row) -> Hit | None:
    name = _BRACKETS.sub("", row.name.text).strip(" :。")
    if _REAL.search(name) or row.parsed.kind == "blank":
        return None
    budget = context.declaration.budget_wan
    stated = f"{name}\n{row.target.text}"
    if not _INPUT.search(name) and not _WITHIN_BUDGET.search(stated):
        repeated = row.is_level("成本") and equals_budget(row.parsed, budget)
        if in_wan(row.parsed) is None or not (repeated or _TOTAL_COST.match(name)):
            return None
    return hit_row(row, "name", suggestion=advise_unit_cost(context, _ADVICE))


RULE = Rule(
    code="EZ03",
    name="easy.restated_input",
    severity=Severity.WARNING,
    message="指标“{name}”（{target}）只是重复预算或资金管理要求，不反映产出和效果，请改设单位成本或实际成效。",
    check=EachRow(_check),
    manual_text=__doc__,
    confidence=0.9,
    yields_to=("CR07",),
)
