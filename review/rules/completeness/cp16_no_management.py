"""CP16 completeness.no_management — 没有说明管理措施

反例：
    2600万元的道路工程，项目内容只写建设地点和规模，没有提到招标、监理、验收或责任单位。
正例：
    “由乡镇组织实施，公开招标选定施工和监理单位，县交通局组织竣工验收并公示。”
理由：
    没有组织和管理措施的项目难以保证按期按质完成，属于“三无”项目的情形之一。
已知局限：
    只看项目内容和总体目标的用词；没有“项目内容”栏或只写一两句的申报表、较小的项目不判断；起点可配置。
依据：
    财预〔2015〕88号：审核绩效目标的可行性，实施方案应切实可行、措施有力。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_MEASURES = re.compile(
    r"管理|管护|制度|办法|监督|监管|监理|监控|监测|监审|招标|招投标|政府采购|公开采购|遴选|竞争性|委托|购买服务|合同|协议|"
    r"验收|考核|公示|公开|责任|牵头|领导小组|专班|负责|审核|审批|审计|核查|核实|检查|抽查|督导|督查|巡查|"
    r"评审|评估|台账|专账|专户|一卡通|实名|绩效|质检|复核|按程序|由[一-龥]{2,12}(?:组织|实施|承担|承办)"
)
_HAN = re.compile(r"[一-龥]")
_LEAST_TEXT = 30


def _check(context: ReviewContext) -> Iterator[Hit]:
    declaration = context.declaration
    description = normalise(declaration.description)
    budget = declaration.budget_wan or 0.0
    if context.is_excerpt or budget < context.config.management_from_wan:
        return
    if len(_HAN.findall(description)) < _LEAST_TEXT or _MEASURES.search(
        f"{description}\n{context.goal.text}"
    ):
        return
    yield Hit(
        field="description",
        span=(0, len(declaration.description)),
        suggestion=Suggestion("请写明组织实施的责任单位，以及招标采购、监理验收、资金监管等措施。"),
    )


RULE = Rule(
    code="CP16",
    name="completeness.no_management",
    severity=Severity.INFO,
    message="项目内容没有说明由谁组织实施、采取哪些管理和监督措施，请补充。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.8,
)
