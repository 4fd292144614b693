"""RC04 content.title_evaluation — 单位自评却题为“评价报告”

反例：
    单位自己打分、自己撰写，标题写“某项目绩效评价报告”。
正例：
    标题写“某项目绩效自评报告”。
理由：
    单位自评与部门评价、财政评价的主体和程序不同，混用会被误作外部评价结论。
已知局限：
    部门组织的重点评价应题为评价报告；只在正文写明自评得分等情形时提示。
依据：
    财预〔2020〕10号：绩效评价分为单位自评、部门评价和财政评价三种方式。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_TITLE = re.compile(r"(?<!自我)绩效评价(?:工作)?报告")
_OWN = re.compile(
    r"自评(?:得分|总分|小组|工作|等级|结论|报告|范围)|自我评价|我(?:局|单位|校|院|委|中心|办)|本单位"
)
_HEAD_PARAGRAPHS = 4


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None or report.type.genre != "self_evaluation":
        return
    for paragraph in report.paragraphs[:_HEAD_PARAGRAPHS]:
        match = _TITLE.search(paragraph.text)
        if match is None or len(paragraph.text) > 60 or "自评" in paragraph.text:
            continue
        own = _OWN.findall(report.folded)
        if len(own) >= 2:
            yield hit_text(
                paragraph.origin(*match.span()),
                advice="请改为“绩效自评报告”；如属部门评价，请写明评价机构和程序。",
                title=shorten(paragraph.text),
                evidence=own[0],
            )
        return


RULE = Rule(
    code="RC04",
    name="content.title_evaluation",
    severity=Severity.INFO,
    message="标题“{title}”写的是评价报告，正文却是单位自评（如“{evidence}”），请更正标题。",
    question="这份报告是单位自评还是部门组织的评价？由谁评分？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.87,
)
