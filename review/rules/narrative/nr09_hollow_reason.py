"""NR09 narrative.hollow_reason — 正文的扣分或未完成原因没有说明问题

反例：
    “少完成1.3公里，扣2分，原因是客观因素影响。”
正例：
    “少完成1.3公里，原因是大田乡一段道路与在建县道重合，经县政府同意调减。”
理由：
    “客观原因”“疫情影响”看不出差在哪里、谁来整改。
已知局限：
    只判断写有“原因是”“由于”等字样且原因很短的句子；表中的偏差原因由TR14判断。
依据：
    财预〔2020〕10号：未完成绩效目标或偏离较大的，应分析原因并研究提出改进措施。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_REASON = re.compile(
    r"(?:主要)?原因(?:是|为|在于|:|主要是)+(?:因|由于|受)?(?P<reason>[^。;；]{2,60})"
    r"|(?:由于|因为?|受)(?P<cause>(?:客观|疫情|各种|多种|其他|主客观|历史|特殊|工作)[^。;；,，]{0,14}?(?:原因|因素|影响))"
)
_HOLLOW = re.compile(
    r"(?:一些|各种|多种|部分|其他|种种|主客观|客观|历史|特殊|工作|实际|管理|疫情|政策|天气|自身|外部|不可抗力|新冠肺炎)*"
    r"(?:原因|因素|情况|影响|变化|需要|等|的|所致|造成|方面|问题|多方面)*"
    r"|工作(?:量大|繁忙|任务重)|时间(?:紧|短|不足)|人手(?:不足|少)|重视(?:程度)?不(?:够|足)|力度不(?:够|足|大)|经验不足|认识不(?:够|足|到位)"
)
_MISSED = re.compile(r"扣|未|少|低于|不足|偏|差|滞后|推迟|延期|超")
_PARTS = re.compile(r"[,，、和及]")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    for sentence in report.sentences:
        if sentence.in_table or not _MISSED.search(sentence.text):
            continue
        match = _REASON.search(sentence.text)
        if match is None:
            continue
        reason = (match["reason"] or match["cause"]).strip(" 。,，")
        if all(_HOLLOW.fullmatch(part) for part in _PARTS.split(reason)):
            yield hit_text(
                sentence.span,
                advice="请写明影响了哪项工作、差多少、责任环节和补救时间。",
                reason=shorten(reason),
                sentence=shorten(sentence.text),
            )


RULE = Rule(
    code="NR09",
    name="narrative.hollow_reason",
    severity=Severity.WARNING,
    message="“{sentence}”的原因只写“{reason}”，没有说明具体影响，请补充。",
    question="“{reason}”具体指什么？影响了多少，谁负责补救？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
