"""RC01 content.missing_section — 自评报告缺少必备内容

反例：
    报告只有项目概况、资金情况和完成情况，没有“存在问题”和“改进措施”。
正例：
    资金、完成情况、得分结论、问题、措施各有一节，且每节都有内容。
理由：
    缺少的往往正是问题、偏离原因等单位不愿写的部分，缺项后无法判断自评是否客观。
已知局限：
    按章节标题和正文用语识别；内容写在未随报告提交的附件中的需人工核对。
依据：
    财预〔2020〕10号：绩效自评应反映资金使用、目标完成、存在问题及改进措施等情况。
"""

from __future__ import annotations

from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative.places import own_report
from review.narrative.required_content import missing_parts
from review.rule import Hit, Rule


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    missing = missing_parts(context, report)
    if missing:
        yield Hit(
            field="report_text",
            values={"missing": "、".join(f"“{name}”" for name in missing)},
            suggestion=Suggestion(f"请补写{'、'.join(missing)}。"),
        )


RULE = Rule(
    code="RC01",
    name="content.missing_section",
    severity=Severity.WARNING,
    message="自评报告没有写{missing}，内容不完整，请补充。",
    question="报告为什么没有写{missing}？有关情况在哪里反映？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
