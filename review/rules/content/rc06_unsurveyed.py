"""RC06 content.unsurveyed — 正文写满意度而没有说明怎样调查

反例：
    “群众满意度达到96%，大于年度指标值。”
正例：
    “2023年12月对3个村入户问卷，发放90份，收回90份，满意86份，满意度95.6%。”
理由：
    没有对象、样本和时间的满意度无法核实，往往是估填。
已知局限：
    表中填有满意度指标的由表格规则判断；调查说明在附件中的需人工核对。
依据：
    财预〔2021〕101号：设置满意度指标的，执行中应开展满意度调查或收集反馈。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.facts.surveys import reported_satisfaction
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import amount, hit_text, own_report
from review.rule import Hit, Rule

_ABOUT = re.compile(r"问卷|受访|满意度调查|电话(?:回访|访问|调查)|入户调查|调查对象|有效样本|回访")
_NEEDED = (
    ("样本量", re.compile(r"\d+ ?(?:余|多)?(?:份|人|户|名|家|位|例|张)")),
    ("调查时间", re.compile(r"\d{1,2}月|季度|[上下]半年|年[底末]")),
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or any(reported_satisfaction(context)):
        return
    stated = [
        figure
        for figure in report.figures
        if figure.role == "satisfaction"
        and figure.is_exact
        and "目标" not in figure.before
        and not report.is_within(figure.start, "goals")
    ]
    told = " ".join(s.text for s in report.sentences if _ABOUT.search(s.text))
    lacking = [name for name, pattern in _NEEDED if not pattern.search(told)]
    if not stated or not lacking:
        return
    yield hit_text(
        stated[0].span,
        advice="请写明调查对象、发放和收回数量、调查时间和满意份数。",
        value=amount(stated[0]),
        lacking="、".join(lacking),
    )


RULE = Rule(
    code="RC06",
    name="content.unsurveyed",
    severity=Severity.WARNING,
    message="满意度{value}没有写明{lacking}，无法核实，请补充调查依据。",
    question="满意度{value}是谁、何时、向多少人调查得出的？原始问卷在哪里？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
