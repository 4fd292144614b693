"""NR13 narrative.other_year — 报告标题或正文的年度与评价年度不符

反例：
    2023年度自评报告的资金和完成情况写“2022年度预算执行率98%”。
正例：
    标题、周期、资金、完成情况都是被评价年度；引用上年数据的写明“上年”。
理由：
    年度不符往往是沿用上年报告，数据也可能没有更新。
已知局限：
    只判断标题和写明自评、全年预算、完成情况的语句；对比、结转、跨年度项目不提示。
依据：
    财预〔2020〕10号：单位自评应反映被评价年度的预算执行和绩效目标完成情况。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.report import Report
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report
from review.rule import Hit, Rule
from review.wording import shorten

_HEAD_PARAGRAPHS = 4
_TITLE = re.compile(r"(20\d{2})(?!\d)年?度?(?![-—~至]\d)")
_REPORT = re.compile(r"报告|自评|评价|总结|情况")
_OF_YEAR = re.compile(
    r"(20\d{2})年度?(?:,|，)?(?:全年|项目|部门|本|预算|绩效|自评|整体|我|实际|共)+(?:支出|预算|执行|绩效|自评|目标|完成|资金|评价|得分)*"
)
_DATED = tuple(
    re.compile(pattern)
    for pattern in (
        r"截[至止]到?(?P<year>20\d{2})年(?:12月|年?[底末])",
        r"(?<!\d)(?P<year>20\d{2})年度?(?:年初|全年|财政)?预算(?:数|安排|资金|总额|\d)",
        r"(?:问卷|调查|回访|走访|满意度)[^。;；]{0,24}?(?P<year>20\d{2})年\d{1,2}月\d{1,2}日",
        r"(?P<year>20\d{2})年\d{1,2}月(?:\d{1,2}日)?[^。;；]{0,24}?(?:问卷|满意度调查|电话回访|入户调查)",
        r"(?:服务期|项目期限|实施期限?|建设期|合同期|项目周期|起止时间)[^。;；\d]{0,6}(?P<year>20\d{2})年\d{1,2}月[^。;；]{0,6}[至—-](?!20)",
        r"资金于(?P<year>20\d{2})年[^。;；]{0,16}到位",
    )
)
_EARLIER = re.compile(r"上年|去年|比|较|同比|结转|跨年|以前年度|基期|提前下达|前期|续建|立项")
_ABOUT = re.compile(r"自评|全年|预算执行|执行率|年度预算|绩效目标|实际支出|完成情况|得分")
_ELSEWHERE = re.compile(
    r"上年|去年|比|较|同比|结转|延续|以来|起|至|—|-|~|下达|印发|规划|计划|立项|批复|实施期|合同|开工|以前年度|基期|基数|历年|往年|跨年"
    r"|下一?步|将|拟|〔"
)


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    title = _title_year(report)
    declared = context.declaration.year or (title[0] if title else _usual_year(report))
    if declared is None:
        return
    if title is not None and title[0] != declared:
        yield _hit(title[1], title[0], declared, "标题")
        return
    for span, year, place in _stale(report, declared):
        yield _hit(span, year, declared, place)
        return
    for paragraph in report.paragraphs:
        for match in _OF_YEAR.finditer(paragraph.text):
            year = int(match.group(1))
            begin = max(paragraph.text.rfind(mark, 0, match.start()) for mark in "。;；") + 1
            end = paragraph.text.find("。", match.end())
            sentence = paragraph.text[begin : end if end >= 0 else len(paragraph.text)]
            if year >= declared or not _ABOUT.search(match.group() + sentence[:60]):
                continue
            span = paragraph.origin(match.start(1), match.end(1) + 1)
            if _ELSEWHERE.search(sentence) or not report.is_within(
                span[0], "funds", "completion", "conclusion", "goals", "overview"
            ):
                continue
            yield _hit(span, year, declared, shorten(sentence))
            return


def _stale(report: Report, declared: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Yield dates that must lie in the evaluated year, or the one after, and lie before it."""
    for paragraph in report.paragraphs:
        if paragraph.is_table_row:
            continue
        for pattern in _DATED:
            for match in pattern.finditer(paragraph.text):
                year = int(match["year"])
                context = paragraph.text[max(0, match.start() - 12) : match.end() + 12]
                if declared - 3 <= year < declared and not _EARLIER.search(context):
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
    question="“{place}”的数据是{declared}年的还是{year}年的？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.88,
)
