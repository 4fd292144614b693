"""CO11 coherence.task_unmeasured — 项目内容中的任务没有对应指标

反例：
    项目内容写“新建泵站3座、铺设管道12公里”，指标中没有泵站。
正例：
    数量指标：新建泵站数量 ≥3座；铺设管道长度 ≥12公里。
理由：
    列入项目内容的任务用了资金却没有指标反映，完成与否无从考核。
已知局限：
    只核对项目内容中带数量、写明动作的任务；现状和以前年度的数字不算；总体目标也写到的由 CO02 提示。
依据：
    财预〔2015〕88号：审核绩效目标的完整性和相关性，绩效指标应反映项目的主要内容。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import fold
from review.context import ReviewContext
from review.facts.goal import compare_text
from review.facts.quantities import find_quantities
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.rule import Hit, Rule

_DONE = re.compile(
    r"新建|改建|改造|建设|建成|修建|铺设|安装|购置|采购|配备|更新|培训|举办|组织|开展|发放|补助|资助|种植|"
    r"检测|抽检|监测|维修|修缮|养护|治理|编制|完成|实施|整治|服务"
)
_BEFORE_NOW = re.compile(
    r"现有|已有|共有|原有|目前|截至|上年|去年|往年|历年|累计|已[建完投培实]|曾|辖|总人口|位于|自(?:19|20)\d\d"
)
_SENTENCE = re.compile(r"[。;；\n]")


def _sentence(text: str, place: int) -> str:
    """Return the part of a sentence that stands before a place."""
    return _SENTENCE.split(text[:place])[-1]


def _check(context: ReviewContext) -> Iterator[Hit]:
    if not context.rows or context.is_excerpt:
        return
    description = fold(context.declaration.description)
    said = {(item.value, item.unit) for item in find_quantities(context.goal.text)}
    for quantity, phrase in compare_text(context, description.text).unmeasured:
        before = _sentence(description.text, quantity.start)
        if (quantity.value, quantity.unit) in said or _BEFORE_NOW.search(before):
            continue
        if _DONE.search(before):
            yield Hit(
                field="description",
                span=description.origin(quantity.start, quantity.end),
                values={"phrase": phrase},
                suggestion=Suggestion(f"请增设反映“{phrase}”的数量指标。"),
            )


RULE = Rule(
    code="CO11",
    name="coherence.task_unmeasured",
    severity=Severity.INFO,
    message="项目内容中的“{phrase}”没有指标反映，属于主要任务的请增设指标。",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.75,
)
