"""CP14 completeness.thin_goal — 年度总体目标过于简单，没有说明具体任务

反例：
    项目名称为“公务用车购置”，总体目标也只写“公务用车购置”；或只写“完成全年工作任务”。
正例：
    “报废更新2009年前购置的执法车辆6辆，9月底前完成采购上牌，保障一线出警。”
理由：
    照抄项目名称或只写套话的目标没有信息量，不能作为审核和评价依据。
已知局限：
    只识别照抄名称和常见套话，不判断较长文本是否空泛。
依据：
    财预〔2015〕88号：绩效目标应指向明确、细化量化。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.rule import Hit, Rule
from review.wording import shorten

_CANT = re.compile(
    r"^(?:确保|保障|按时|按质|保质保量|圆满|全面|顺利|及时|认真|做好|完成|年度?|本年|全年|各项|单位|部门|"
    r"工作|任务|目标|日常|正常|运转|运行|开展|实施|项目|推进|的|地|,|、|。|\d{4})*$"
)
_PLAIN = re.compile(r"\W")


def _check(context: ReviewContext) -> Iterator[Hit]:
    goal = _PLAIN.sub("", context.goal.text)
    name = _PLAIN.sub("", context.project_name.text)
    if goal and (goal == name or _CANT.match(goal)):
        text = context.declaration.goal
        yield Hit(field="goal", span=(0, len(text)), values={"goal": shorten(text)})


RULE = Rule(
    code="CP14",
    name="completeness.thin_goal",
    severity=Severity.WARNING,
    message="年度总体目标“{goal}”没有说明具体任务和预期效果，请写明做什么、做多少、何时完成、达到什么效果。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
