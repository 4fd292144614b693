"""NR10 narrative.vague_claim — 成果只有形容，没有数据

反例：
    “群众生产生活条件显著改善，社会效益明显提升。”
正例：
    “灌溉水利用系数由0.52提高到0.61，亩均产能提高55公斤。”
理由：
    没有数据、对比和来源的成效无法核实。
已知局限：
    同一句有数字的不提示；同一段只提示一次，概述句后面紧跟数据的不提示。
依据：
    财预〔2021〕101号：指标应量化易评，完成值应有来源、可验证。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Section
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_VAGUE = re.compile(
    r"(?:显著|明显|大幅度?|极大|大大|有效|稳步|逐步|不断|持续|进一步|全面|切实)(?:地)?[\u4e00-\u9fff]{0,10}?(?:提升|提高|改善|增强|增加|促进|好转|优化|推动)"
    r"|(?:提升|提高|改善|增强|优化|好转|促进)(?:明显|显著)|(?:成效|效果|效益|作用)(?:非常|十分|较为|很)?(?:显著|明显|突出|良好|较好)"
    r"|(?:取得|收到)了?(?:较好|良好|显著|明显|一定|很好)的?(?:社会|经济|生态|政治|和|、)*(?:成效|效果|效益|成绩)|得到了?(?:显著|明显|有效|大幅|极大|进一步)"
    r"|焕然一新|新台阶|充分肯定|广泛好评|一致好评|获得感|幸福感|可复制|示范带动作用"
)
_SURVEY = re.compile(r"问卷|调查|满意|回收|发放")
_LEAD = 24
_NEXT = 30
"""Characters within which data may follow a claim."""
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千]+(?:个|件|起|人|户|次|家|处|项|公里|亩|倍)")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    spoken: set[int] = set()
    for sentence in report.sentences:
        section = report.section_at(sentence.start)
        place = -1 if section is None else section.start
        if sentence.in_table or place in spoken or not _tells_results(section, sentence.start):
            continue
        if not _VAGUE.search(sentence.text) or _DIGIT.search(sentence.text):
            continue
        following = report.text[sentence.end : sentence.end + _NEXT]
        is_lead = len(sentence.text) <= _LEAD and not _SURVEY.search(following)
        if is_lead and _DIGIT.search(following):
            continue  # the data come in the next words
        spoken.add(place)
        yield hit_text(
            sentence.span,
            advice="请补充前后对比数据、统计口径和来源。",
            claim=shorten(sentence.text),
        )


def _tells_results(section: Section | None, place: int) -> bool:
    """Tell whether a place is where results are told; a report without headings is all results."""
    if section is None:
        return True
    told = section.within & {"completion", "satisfaction", "conclusion", "experience"}
    return bool(told) and place >= section.heading_end


RULE = Rule(
    code="NR10",
    name="narrative.vague_claim",
    severity=Severity.INFO,
    message="成果表述“{claim}”没有数据支撑，无法核实，请补充。",
    question="“{claim}”有什么数据可以证明？与上年或项目实施前相比如何？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.86,
)
