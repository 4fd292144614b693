"""RC02 content.empty_section — 报告章节只有标题没有内容

反例：
    “五、存在的问题及原因”下面直接是“六、有关建议”。
正例：
    每一节标题下写明具体情况。
理由：
    有标题而无内容说明照抄提纲、没有认真自评。
已知局限：
    内容以图片形式粘贴的读不到；“无”“暂无问题”另由有关规则判断。
依据：
    财预〔2020〕10号：绩效自评应内容完整、数据真实、结论客观。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Report, Section
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity, Suggestion
from review.kinds import Whole
from review.narrative.places import FIELD, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_HOLLOW = re.compile(
    r"[\s:：。.、/／\-—|…(]*(?:略|待补充|待完善|同上|XX+|××+|(?:详?见|另见|参见)[^。]{0,12})?[\s。.…)]*"
)
_EXEMPT = frozenset({"attachments", "other"})


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    for section in report.sections:
        if section.kinds and not section.kinds & _EXEMPT and _is_empty(report, section):
            yield Hit(
                field=FIELD,
                span=section.heading_span,
                values={"title": shorten(section.title)},
                suggestion=Suggestion("请按标题补写具体情况，确无内容的说明理由。"),
            )


def _is_empty(report: Report, section: Section) -> bool:
    """Tell whether nothing stands between a heading and the next of its rank."""
    return bool(_HOLLOW.fullmatch(normalise(report.text[section.heading_end : section.whole_end])))


RULE = Rule(
    code="RC02",
    name="content.empty_section",
    severity=Severity.WARNING,
    message="“{title}”一节只有标题，没有内容，请补充。",
    question="“{title}”一节为什么没有内容？实际情况如何？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.93,
)
