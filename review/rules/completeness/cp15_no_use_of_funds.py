"""CP15 completeness.no_use_of_funds — 没有说明资金用在什么地方

反例：
    项目名称“2024年工作经费”，项目内容空白，总体目标“保障工作顺利开展”，产出指标“完成率 100%”。
正例：
    项目内容“用于法律援助案件补贴、值班律师补助”，产出指标“办理法律援助案件 ≥420件”。
理由：
    看不出资金用途的项目无法判断支出是否必要、测算是否合理，属于“三无”项目的情形之一。
已知局限：
    项目名称、项目内容、总体目标和产出指标中任何一处写明具体事项的，不提示；附件不在审核范围内。
依据：
    财预〔2015〕88号：绩效目标应指向明确，审核其完整性和可行性；中发〔2018〕34号：没有绩效目标的不得安排预算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import normalise
from models.measure import split_name
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_CANT = re.compile(
    r"确保|保障|保证|按时|按质|按期|保质保量|圆满|全面|顺利|及时|认真|做好|完成|年度|本年|全年|各项|相关|有关|"
    r"日常|正常|运转|运行|开展|实施|推进|推动|进行|有效|有序|良好|提升|提高|促进|加强|"
    r"单位|部门|我局|本局|机关|业务|工作|任务|职责|职能|目标|计划|项目|专项|资金|经费|支出|预算|费用|补助|"
    r"其他|一般|综合|管理|事务|发展|事业|需要|需求|质量|效率|水平|服务|情况|率|数量|见附件|详见|"
    r"无|暂|略|待定|的|地|得|和|与|及|等|用于|为|对|\d{2,4}年?|[\W_\dxX]"
)
_LEAST = 2
"""Characters that must remain of a text that says something."""


def _says(text: str, department: str) -> bool:
    """Tell whether a text names anything besides cant and the department."""
    folded = normalise(text).replace(department, "") if department else normalise(text)
    return len(_CANT.sub("", folded)) >= _LEAST


def _check(context: ReviewContext) -> Iterator[Hit]:
    declaration = context.declaration
    if context.is_excerpt or not declaration.project_name:
        return
    department = normalise(declaration.department or "")
    texts = [declaration.project_name, declaration.description, declaration.goal]
    texts += [split_name(row.indicator.name).core for row in context.rows_of("产出")]
    if any(_says(text, department) for text in texts):
        return
    field = "description" if declaration.description else "goal"
    written = getattr(declaration, field)
    yield Hit(
        field=field,
        span=(0, len(written)) if written else None,
        suggestion=Suggestion(
            "请写明资金用于哪些具体事项、各需多少，并设置反映这些事项的产出指标。"
        ),
    )


RULE = Rule(
    code="CP15",
    name="completeness.no_use_of_funds",
    severity=Severity.ERROR,
    message="项目名称、内容、总体目标和产出指标都没有说明资金用在什么地方，请补充具体支出事项。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.9,
)
