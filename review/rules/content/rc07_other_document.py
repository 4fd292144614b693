"""RC07 content.other_document — 材料不像绩效自评报告

反例：
    把全区预算绩效管理工作汇报当作某项目的自评报告报送。
正例：
    报送本项目或本部门的绩效自评报告。
理由：
    工作总结、经验材料没有项目的目标、资金和得分，不能代替自评。
已知局限：
    按标题、章节和用语综合判断；出现本提示时不再检查自评报告的必备内容。
依据：
    财预〔2020〕10号：单位自评应对预算执行情况和绩效目标完成情况进行评价。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative.places import FIELD, any_report
from review.rule import Hit, Rule

_SURE = 0.6
_LONG = 300


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = any_report(context)
    if report is None or context.rows or len(report.text) < _LONG:
        return
    kind = report.type
    if kind.genre == "other" and kind.confidence >= _SURE:
        yield Hit(
            field=FIELD,
            values={"chars": len(report.text)},
            confidence=kind.confidence,
            suggestion=Suggestion("请核对材料；如属自评，请按自评报告提纲重写。"),
        )


RULE = Rule(
    code="RC07",
    name="content.other_document",
    severity=Severity.ERROR,
    message="这份{chars}字的材料更像工作总结、汇报或经验介绍，不是某个项目或部门的绩效自评报告，请核对。",
    question="这份材料对应哪个项目或部门？自评报告和自评表在哪里？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.85,
)
