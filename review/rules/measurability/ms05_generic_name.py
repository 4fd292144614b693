"""MS05 measurability.generic_name — 指标名称没有考核对象

反例：
    “数量”“完成率”“质量指标”“项目个数”“工作完成情况”。
正例：
    “农村公路危桥改造数量”“村级阵地改造按期完成率”。
理由：
    名称没有对象，换一个项目也能用，第三方不知道统计什么。
已知局限：
    只认收录的通用名称；项目本身单一、对象不言自明时可以酌情保留。
依据：
    财预〔2021〕101号：绩效指标应与项目高度关联，名称应清晰明确、一看就懂。
"""

from __future__ import annotations

import re

from review.context import ReviewContext, Row
from review.facts.examples import advise
from review.facts.values import library_wording
from review.finding import Severity
from review.kinds import EachRow, hit_row
from review.rule import Hit, Rule

_FILLER = (
    "指标|项目|工作|任务|目标|年度|计划|当期|各项|总体|整体|全部|实际|本项|相关|"
    "业务|服务|产出|预期|绩效|综合|主要"
)
_FACET = (
    "数量|个数|次数|总数|数额|质量|时效|进度|时间|时限|期限|完成率|完成情况|完成数量|完成时间|完成|"
    "及时率|及时性|完成及时率|按时完成率|按期完成率|及时完成率|达标率|合格率|效果|效益|影响|影响力|能力|水平|"
    "情况|实施情况|经济效益|社会效益|生态效益|可持续影响|可持续性影响|可持续性发展影响|可持续发展|可持续性"
)
_GENERIC = re.compile(rf"^(?:{_FILLER})*(?:{_FACET})(?:指标)?[\d一二三四五]*$")
_CLEAR = re.compile(
    r"^(?:项目|工程|任务|工作|年度|整体)*(?:完成|完工|实施)?(?:时间|时限|期限)$|"
    r"^(?:项目|工程)[一-龥]*(?:完成|及时)率$|验收"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_ADVICE = "请在名称中写明考核的具体对象。"


def _check(context: ReviewContext, row: Row) -> Hit | None:
    name = _BRACKETS.sub("", row.name.text).strip(" :。")
    if not _GENERIC.match(name) or _CLEAR.search(name):
        return None
    return hit_row(
        row, "name", suggestion=library_wording(context, row) or advise(context, row, _ADVICE)
    )


RULE = Rule(
    code="MS05",
    name="measurability.generic_name",
    severity=Severity.WARNING,
    message="指标名称“{name}”没有考核对象，放在任何项目都成立，请写明统计的是什么。",
    check=EachRow(_check),
    manual_text=__doc__,
    yields_to=("CP11",),
)
