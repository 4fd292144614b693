"""NR10 narrative.vague_claim — 成果只有形容，没有数据

反例：
    “群众生产生活条件显著改善，社会效益明显提升。”
正例：
    “灌溉水利用系数由0.52提高到0.61，亩均产能提高55公斤。”
理由：
    没有数据、对比和来源的成效无法核实。
已知局限：
    同一句、同一段前后或紧接着的一段有数据的不提示，年份、文号和投入的金额不算；每一节只提示一次。
依据：
    财预〔2021〕101号：指标应量化易评，完成值应有来源、可验证。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Report
from corpus.report.sentences import Sentence
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_MUCH = (
    r"(?:显著|明显|大幅度?|极大|大大|大力|有效|有力|稳步|逐步|不断|持续|进一步"
    r"|全面|切实|充分|较好|更加|较大|很大|扎实|圆满|大为)"
)
_GROWN = (
    r"(?:提升|提高|改善|增强|增加|促进|好转|优化|推动|下降|减少|保障|保证|治理"
    r"|遏制|缓解|发挥|加强|便捷|实现|完成|推进|解决|体现|控制|改观|改变|台阶)"
)
_GOOD = (
    r"(?:非常|十分|较为|很|持续|稳定|整体)*"
    r"(?:显著|明显|突出|良好|较好|好|深远|可观|向好|积极|好评|认可)"
)
_VAGUE = re.compile(
    rf"{_MUCH}地?[\u4e00-\u9fff]{{0,10}}?{_GROWN}|{_GROWN}(?:得)?(?:明显|显著)|得到了?{_MUCH}"
    rf"|(?:成效|效果|效益|作用|形势|反响|反映|面貌|评价|影响){_GOOD}|(?:取得|收到)了?{_MUCH[:-1]}|良好|一定|很好)[^,。]{{0,14}}(?:成效|效果|效益|成绩)"
    r"|焕然一新|今非昔比|非常满意|十分满意|拍手称赞|称赞|赞誉|口碑|受益面广|优[良异]|产生了?[^,。]{0,4}影响|情况(?:良好|较好|很好)|翻天覆地|新的?台阶|充分肯定|广泛好评|一致(?:好评|认可|肯定)|普遍(?:欢迎|认可|好评)|获得感|幸福感|安全感|可复制"
    r"|(?:奠定|打下)了?[^,。]{0,8}基础|提供了?[^,。]{0,10}(?:保障|支撑|支持|保证)|(?:起到|发挥)了?[^,。]{0,12}作用|具有[^,。]{0,10}意义"
    r"|(?:带动|促进|推动|改善|提升|提高|增强|方便|维护|满足)了[^,。]{2,20}|(?:均|全部|已|都|基本)?达到(?:了)?(?:预期|既定|预定)[^,。]{0,6}(?:目标|目的|效果|要求)?"
    r"|达到预期|(?:完成|落实|执行|推进)(?:情况)?(?:较好|良好)"
)
_SURVEY = re.compile(r"问卷|调查|满意|回收|发放")
_NUMBERING = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+[、是]|\(?[一二三四五六七八九十\d]{1,2}[、.)])+"
)
_DIGIT = re.compile(
    r"\d|[一二三四五六七八九十百千]+(?:个|件|起|人|户|次|家|处|项|公里|亩|倍|成)|为零|零(?:事故|投诉|发生)"
)
_NO_RESULT = re.compile(
    r"20\d\d年度?|\d{1,2}月(?:\d{1,2}日|份|底|末)?|〔20\d\d〕\d+号"
    r"|(?:投入|安排|下达|拨付|使用|支出|预算|整合)[^,。;:]{0,10}?\d[\d,.]*[万亿]?元"
)
"""Figures beside a claim that tell when, under what and for how much, and not what came of it."""
_CHANGE = re.compile(r"[由从][^,。]{0,12}[到至为]|比[上去]年|同比|下降|增[加长]|减少|提[高升]")
"""What makes the figures of a sentence before a claim its proof."""
_TELLING = 20
_REFERS = re.compile(r"见|如下|附|表|:$")
_LEAD = 40
"""A claim up to this length may be borne out by the paragraph below it."""
_ASIDE = re.compile(r"《|应(?!用|有)|要求|年[初度]目标")
"""Quoted policy and targets are no claims."""


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    spoken: set[int] = set()
    sentences = [one for one in report.sentences if not one.in_table]
    paragraphs = [paragraph.start for paragraph in report.paragraphs]
    bare = _without_figures(report)
    for place, sentence in enumerate(sentences):
        section = report.section_at(sentence.start)
        where = -1 if section is None else section.start
        if where in spoken or not _tells_results(report, sentence):
            continue
        text = _NUMBERING.sub("", sentence.text)
        is_bare = section is not None and section.start in bare and len(text) >= _TELLING
        told = _NO_RESULT.sub("", text)
        if not (_VAGUE.search(text) or is_bare) or _DIGIT.search(told) or _ASIDE.search(text):
            continue
        if _is_supported(report, sentences, place, paragraphs):
            continue
        spoken.add(where)
        yield hit_text(
            sentence.span,
            advice="请补充前后对比数据、统计口径和来源。",
            claim=shorten(sentence.text),
        )


def _without_figures(report: Report) -> set[int]:
    """Return the sections on results whose own sentences give no figure at all."""
    told: dict[int, list[str]] = {}
    for sentence in report.sentences:
        section = report.section_at(sentence.start)
        if section is None or "completion" not in section.within or sentence.in_table:
            continue
        if sentence.end > section.heading_end and len(sentence.text) >= _TELLING:
            told.setdefault(section.start, []).append(_NUMBERING.sub("", sentence.text))
    return {
        start
        for start, texts in told.items()
        if not any(_DIGIT.search(text) or _REFERS.search(text) for text in texts)
    }


def _is_supported(
    report: Report, sentences: Sequence[Sentence], place: int, paragraphs: Sequence[int]
) -> bool:
    """Tell whether figures stand beside a claim: in its paragraph, or in the one that it leads."""
    claim = sentences[place]
    start = max((one for one in paragraphs if one <= claim.start), default=0)
    later = [one for one in paragraphs if one > claim.start]
    end = later[0] if later else len(report.text)
    if any(_is_evidence(one) for one in sentences[place + 1 :] if one.start < end):
        return True
    before = sentences[place - 1] if place else claim
    if start <= before.start < claim.start and _is_evidence(before) and _CHANGE.search(before.text):
        return True
    if len(claim.text) > _LEAD or not later:
        return False
    stop = later[1] if len(later) > 1 else len(report.text)
    section = report.section_at(claim.start)
    if section is not None:
        stop = min(stop, section.end)
    return any(_is_evidence(one) for one in sentences if end <= one.start < stop)


def _is_evidence(sentence: Sentence) -> bool:
    """Tell whether a sentence has figures on results; the count of a survey proves none."""
    text = _NUMBERING.sub("", sentence.text)
    return bool(_DIGIT.search(text)) and not _SURVEY.search(text)


def _tells_results(report: Report, sentence: Sentence) -> bool:
    """Tell whether a place is where results are told; a report without headings is all results."""
    section = report.section_at(sentence.start)
    if section is None or (not section.title and not section.kinds):
        return True
    told = section.within & {"completion", "satisfaction", "conclusion", "experience"}
    return bool(told) and sentence.end > section.heading_end


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
