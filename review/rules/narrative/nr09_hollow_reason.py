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
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_REASON = re.compile(
    r"(?:主要)?原因(?:是|为|在于|:|主要是)+(?:因|由于|受)?(?P<reason>[^。;；]{2,60})"
    r"|(?:由于|因为?|受)(?P<cause>(?:客观|疫情|各种|多种|种种|诸多|多方面|其[他它]|主客观|历史|特殊|工作)"
    r"[^。;；,，]{0,14}?(?:原因|因素|影响))"
    r"|[,，](?:主要)?(?:是|系|为|受|因|由于)(?P<rest>[^。;；]{2,40})"
)
_HOLLOW = re.compile(
    r"(?:一些|各种|多种|种种|诸多|部分|其他|主客观|客观|历史|特殊|工作|实际|管理|疫情|政策|天气|自身|外部|不可抗力|新冠肺炎|多方面|受|是|系)*"
    r"(?:原因|因素|情况|影响|变化|需要|等|的|所致|造成|方面|问题)*"
    r"|工作(?:量大|繁忙|任务重)|时间(?:紧|短|不足)|人手(?:不足|少)|重视(?:程度)?不(?:够|足)"
    r"|力度不(?:够|足|大)|经验不足|认识不(?:够|足|到位)|扣\d+(?:\.\d+)?分"
)
_CIRCLE = re.compile(
    r"^(?:是|因|为)?(?:[^,，。;；]{0,16}?)(?:(?:还)?存在(?:着)?(?:一定|一些|部分)?的?(?:差距|不足|问题|偏差)"
    r"|未(?:能)?(?:达|完成)(?:到|成)?(?:年初|年度|预定)?(?:的)?(?:预期|目标值?|任务|计划)"
    r"|没有(?:达到|完成)(?:年初|年度|预定)?(?:的)?(?:预期|目标值?|任务|计划)"
    r"|(?:与|和)(?:预期|计划|目标|年初)[^,。]{0,4}(?:有|存在)[^,。]{0,4}(?:偏差|差距|差异)"
    r"|比(?:预期|计划|目标)[少低慢晚小]?)$"
)
"""A reason that only says once more that the target was missed."""
_NEXT_ITEM = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+是|第[一二三四五]|\(?[一二三四五六七八九十\d]+[)、.])"
)
_MISSED = re.compile(r"扣|未|少|低于|不足|偏|差|滞后|推迟|延期|超")
_PARTS = re.compile(r"[,，、和及]")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    sentences = report.sentences
    for place, sentence in enumerate(sentences):
        if sentence.in_table or not _MISSED.search(sentence.text):
            continue
        reason = _reason(sentence.text)
        if reason is None and "扣" in sentence.text and place + 1 < len(sentences):
            following = sentences[place + 1].text.rstrip("。;；")
            reason = following if not _NEXT_ITEM.match(following) else None
            if reason is not None and not _CIRCLE.match(reason):
                continue
        if reason is not None and _is_hollow(reason):
            yield hit_text(
                sentence.span,
                advice="请写明影响了哪项工作、差多少、责任环节和补救时间。",
                reason=shorten(reason),
                sentence=shorten(sentence.text),
            )


def _reason(text: str) -> str | None:
    """Return the reason that a sentence gives, None where it gives none."""
    match = _REASON.search(text)
    if match is None:
        return None
    found = match["reason"] or match["cause"] or match["rest"]
    return found.strip(" 。,，")


def _is_hollow(reason: str) -> bool:
    """Tell whether a reason says nothing: a mere circumstance, or the shortfall once more."""
    parts = [part for part in _PARTS.split(reason) if part]
    return all(_HOLLOW.fullmatch(part) or _CIRCLE.match(part) for part in parts)


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
