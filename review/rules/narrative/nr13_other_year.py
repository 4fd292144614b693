"""NR13 narrative.other_year — 报告标题或正文的年度与评价年度不符

反例：
    2023年度自评报告的资金和完成情况写“2022年度预算执行率98%”。
正例：
    标题、周期、资金、完成情况都是被评价年度；引用上年数据的写明“上年”。
理由：
    年度不符往往是沿用上年报告，数据也可能没有更新。
已知局限：
    只判断标题、期间和写明资金、完成情况、得分的语句；同一句也写到评价年度的，以及对比、结转、立项、跨年度的不提示。
依据：
    财预〔2020〕10号：单位自评应反映被评价年度的预算执行和绩效目标完成情况。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.report import Report
from corpus.report.paragraphs import Paragraph
from corpus.report.principal import all_statements
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.evaluated_year import Dated, left_over
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_HEAD_PARAGRAPHS = 4
_MOST = 3
"""Places left over that are named; they are corrected together."""
_YEARS = 3
"""Years before the evaluated one that may be left over; older ones are history."""
_SENTENCE = re.compile(r"[^。\n]+")
_TITLE = re.compile(r"(20\d{2})(?!\d)年?度?(?![-—~至]\d)")
_REPORT = re.compile(r"报告|自评|评价|总结|情况")
_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        r"截[至止]到?(?P<year>20\d{2})年(?:12月|年?[底末])",
        r"(?<!\d)(?P<year>20\d{2})年度?(?:年初|全年|财政)?预算(?:数|安排|资金|总额|\d)",
        r"(?:问卷|调查|回访|走访|满意度)[^。;；]{0,24}?(?P<year>20\d{2})年\d{1,2}月\d{1,2}日",
        r"(?P<year>20\d{2})年\d{1,2}月(?:\d{1,2}日)?[^。;；]{0,24}?(?:问卷|满意度调查|电话回访|入户|询问|访问|扫码)",
        r"(?:服务期|项目期限|实施期限?|建设期|合同期|项目周期|起止时间)[^。;；\d]{0,6}(?P<year>20\d{2})年\d{1,2}月[^。;；至到~—-]{0,6}[至到~—-]+(?:(?P=year)|(?!20))",
        r"(?:评价|自评)(?:的|对象)?(?:时间范围|时段|基准日|期间|年度)[^。;；\d]{0,6}(?P<year>20\d{2})年",
        r"(?:时间|周期|期限)(?:范围)?(?:为|是|:)*(?P<year>20\d{2})年\d{1,2}月[^。;；至到~—-]{0,6}[至到~—-]+(?:(?P=year)|(?!20))",
        r"资金于(?P<year>20\d{2})年[^。;；]{0,16}到[位账]",
        r"本年度?\((?P<year>20\d{2})年",
        r"(?:截?[至止]|到)(?P<year>20\d{2})年(?:12月|[底末])[^。;；]{0,4}[,，]?[^。;；]{0,16}(?:支出|支付|完成|使用|执行)",
    )
)
_EARLIER = re.compile(r"上年|去年|比|较|同比|结转|跨年|以前年度|基期|提前下达|前期|续建|立项")
_MENTION = re.compile(
    r"(?:^|[,，;；:：(（\s])(?:项目|本项目|我[县市区局]|根据|按照|综上|[一二三四五六七八九十\d]+[、.])*(?:,|，)?(?:于|在)?(?P<year>20\d{2})(?:年度?)(?![-—~至])"
)
"""A year as the time of what its clause tells."""
_MONEY = re.compile(r"预算|支出|支付|执行率|资金|列支|经费")
_PERIOD = re.compile(r"绩效目标|总体目标|年度目标|预算|支出|执行率|自评|得分")
_OWN = re.compile(
    r"全年|完成|共|累计|举办|开展|组织|培训|发放|服务|改造|新建|建成|安装|购置|验收|完工|问卷|调查|满意|目标|自评|得分|评价|实现|达到|未发生|无"
)
_ELSEWHERE = re.compile(
    r"上年|去年|比(?!例)|较(?![好为快强])|同比|结转|延续|以来|年起|提前下达|印发|规划|计划|方案|办法|立项|批复(?!,)|〔|《|合同|以前年度|基期|基数|历年|往年|跨年"
    r"|连续|尾款|下一?步|将|拟|由20|从20|前期|续建|工期|建设期|成立|启动|列入|纳入|被|获"
)
_OF_BEFORE = re.compile(
    r"年度?(?:验收|建成|实施|投入|购置|安装|改造|立项|开工|完成|培训|招收|入学|毕业|签订|发放|采购)[^,，。]{0,8}的"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    title = _title_year(report)
    declared = context.declaration.year or (title[0] if title else _usual_year(report))
    if declared is None:
        return
    stated = Dated(title[1], title[0], frozenset({title[0]}), "标题") if title else None
    told = left_over(report, stated)
    if told is not None:
        evaluated, places = told
        stale = [one for one in places if not _is_of_past(report, one.span, evaluated)]
        for dated in stale[:_MOST]:
            yield _hit(dated.span, dated.year, evaluated, dated.quote)
        if stale:
            return
    if title is not None and title[0] != declared:
        yield _hit(title[1], title[0], declared, "标题")
        return
    for span, year, place in _stale(report, declared):
        yield _hit(span, year, declared, place)
        return
    for span, year, place in _told(report, declared):
        yield _hit(span, year, declared, place)
        return


def _told(report: Report, declared: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Yield sentences that tell of money or results as those of an earlier year.

    A sentence that names the evaluated year as well compares the two.
    """
    for paragraph in report.paragraphs[1:]:
        if paragraph.is_table_row:
            continue
        for found in _SENTENCE.finditer(paragraph.text):
            sentence = found.group()
            if str(declared) in sentence or _ELSEWHERE.search(sentence):
                continue
            for match in _MENTION.finditer(sentence):
                year = int(match["year"])
                at = found.start() + match.start("year")
                span = paragraph.origin(at, at + 5)
                words = _words_of_place(report, span[0])
                if words is None or not _is_recent(year, declared):
                    continue
                after = sentence[match.start("year") :]
                around = paragraph.origin(*found.span())
                is_past = _OF_BEFORE.match(after[4:]) or _is_of_past(report, around, declared)
                if words.search(after) and not is_past:
                    yield span, year, shorten(sentence.strip())


def _sentence_around(paragraph: Paragraph, place: int) -> tuple[int, int]:
    """Return where the sentence around a place of a paragraph stands in the whole text."""
    spans = (match.span() for match in _SENTENCE.finditer(paragraph.text))
    return paragraph.origin(*next(span for span in spans if span[0] <= place < span[1]))


def _is_of_past(report: Report, around: tuple[int, int], declared: int) -> bool:
    """Tell whether a sentence gives last year's money beside this year's, stated elsewhere.

    The same amount told elsewhere as this year's shows that only the year was left over.
    """
    stated = [item for item in all_statements(report) if not item.scope]
    told = [item for item in stated if around[0] <= item.figure.start < around[1]]
    others = [i for i in stated if i not in told and i.figure.year in (None, declared)]
    alike = [(a, b) for a in told for b in others if a.quantity == b.quantity]
    return bool(alike) and not any(a.value == b.value for a, b in alike)


def _words_of_place(report: Report, place: int) -> re.Pattern[str] | None:
    """Return what a sentence of a section speaks of if it speaks of the evaluated year."""
    if report.is_within(place, "funds"):
        return _MONEY
    if report.is_within(place, "overview", "goals"):
        return _PERIOD
    if report.is_within(place, "completion", "conclusion"):
        return _OWN
    return None


def _is_recent(year: int, declared: int) -> bool:
    return declared - _YEARS <= year < declared


def _stale(report: Report, declared: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Yield dates that must lie in the evaluated year, or the one after, and lie before it."""
    for paragraph in report.paragraphs:
        if paragraph.is_table_row:
            continue
        for pattern in _DATED:
            for match in pattern.finditer(paragraph.text):
                year = int(match["year"])
                context = paragraph.text[max(0, match.start() - 12) : match.end() + 12]
                is_old = _is_recent(year, declared) and not _EARLIER.search(context)
                around = _sentence_around(paragraph, match.start())
                if is_old and not _is_of_past(report, around, declared):
                    yield paragraph.origin(*match.span("year")), year, shorten(match.group())


def _title_year(report: Report) -> tuple[int, tuple[int, int]] | None:
    """Return the year of the title with its place, None for several years or none."""
    head = report.paragraphs[:_HEAD_PARAGRAPHS]
    if not any(_REPORT.search(paragraph.text) for paragraph in head):
        return None
    for paragraph in head:
        years = list(_TITLE.finditer(paragraph.text[:60]))
        if len(paragraph.text) <= 60 and len(years) == 1:
            return int(years[0].group(1)), paragraph.origin(*years[0].span(1))
    return None


def _usual_year(report: Report) -> int | None:
    """Return the year that most figures of the text are stated for."""
    years = Counter(figure.year for figure in report.figures if figure.year and figure.year > 0)
    return years.most_common(1)[0][0] if years else None


def _hit(span: tuple[int, int], year: int, declared: int, place: str) -> Hit:
    return hit_text(
        span,
        advice="请核对是否沿用了上年材料，更正年度并更新数据。",
        year=year,
        declared=declared,
        place=place,
    )


RULE = Rule(
    code="NR13",
    name="narrative.other_year",
    severity=Severity.WARNING,
    message="评价年度是{declared}年，“{place}”写的是{year}年，请核对是否沿用上年材料。",
    question="“{place}”是{declared}年的情况，还是沿用了{year}年的材料？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
