"""NR11 narrative.grade_mismatch — 正文的等级与得分不符

反例：
    “自评得分86.5分，等级为优。”
正例：
    “自评得分86.5分，等级为良。”
理由：
    等级决定结果应用，填高一档会使应整改的项目免于整改。
已知局限：
    按90、80、60分档判断；正文写有自己的分档办法的，按其写明的分数判断。
依据：
    财预〔2020〕10号：90（含）—100分为优、80（含）—90分为良、60（含）—80分为中、60分以下为差。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.report import Figure
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, values_of
from review.narrative.score_lists import closes_list
from review.rule import Hit, Rule
from review.wording import number

_WORDS = "优秀?|良好?|中等?|一般|合格|较?差"
_LINK = r"(?:评定|评)?(?:为|是|属于?|处于|:)?[“\"‘ 】]*"
_ENDING = r"(?=[。,，;；)）”\"’\s]|等级|等次|级|档|$)"
_ONLY_GRADING = (
    r"(?:[等级次档评价定论自为是属于列入达到对应综合总体按照据此]"
    r"|[故即可确认最终项目本归位处在划判认结:]|绩效(?=评|等)|结果(?=为|是))+"
)
"""Characters of a clause that only leads to a grade: 据此评价为, 对应等级, 归入."""
_GRADE = re.compile(
    rf"(?<!质量)(?<!水质)(?<!空气)(?<!信用)(?<!资质)(?:等级|等次|级别|评级|档次|评价结果|评定结果|自评结果|评价结论|(?<!质量)结论){_LINK}"
    rf"(?P<grade>{_WORDS})(?![\u4e00-\u9fff]{{0,2}}率)"
    rf"|(?:评定为|评为|定为|属于?|处于|达到)[“\"‘ ]*(?P<other>{_WORDS})[”\"’ ]*"
    r"(?:等级|档|等次|级)?(?=[。,，;；)])"
    rf"|(?:自评|绩效评价|综合评价|整体评价|评价)(?:结果)?为[“\"‘](?P<quoted>{_WORDS})[”\"’]"
    rf"|\d分[,，]?(?:\(|为|是|(?:自评|评)为|属)[“\"‘ ]*(?P<beside>{_WORDS})[”\"’ ]*{_ENDING}"
    rf"|\d分[,，]?[“\"‘](?P<alone>{_WORDS})[”\"’]{_ENDING}"
    rf"|\d分[,，、]?{_ONLY_GRADING}[“\"‘ ]*(?P<graded>{_WORDS})[”\"’ ]*{_ENDING}"
    # One character of grade that ends the clause behind a total needs no certain word before it.
    r"|\d分[,，、][\u4e00-\u9fff]{0,5}(?<!质量)(?<!水质)(?<!空气)(?P<short>[优良差])(?:[等档级]|等级|等次)?(?=[。,，;；)]|$)"
)
_BAND = re.compile(
    r"(?P<low>\d{2,3})(?:分)?(?:\(含\))?(?:分)?(?:以上|[-—~至]+(?:100|\d{2})分?)[^。,;]{0,8}?为?[“\"]?(?P<grade>优|良|中)"
)
_OF_BAND = re.compile(r"[-—~至到]\d{1,3}(?:\.\d+)?$")
_ORDER = ("优", "良", "中", "差")
_USUAL = {"优": 90.0, "良": 80.0, "中": 60.0}
_CANONICAL = {"优秀": "优", "良好": "良", "中等": "中", "一般": "中", "合格": "中", "较差": "差"}
_REACH = 160
_FULL = 100
_AHEAD = 12
"""By how many characters a grade before a score is farther than one behind it."""
_CLOSE = 4
_SCORE = re.compile(r"自评|评价|总|综合|最终|合计|项目|^得分?|整体|评分")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    bands = _USUAL | {
        match["grade"]: float(match["low"]) for match in _BAND.finditer(report.folded)
    }
    stated = values_of(project_statements(context, report), "score")
    totals = {item.figure.span: item for item in stated if 0 <= item.value <= _FULL}
    written = [one for one in report.figures if one.unit == "分" and not one.in_table]
    sums = {one.span for one in written if closes_list(written, one)}
    scores = [one for one in written if _SCORE.search(one.before) or one.span in sums]
    for paragraph in report.paragraphs:
        near = [figure for figure in scores if paragraph.start <= figure.start < paragraph.end]
        for match in _GRADE.finditer(paragraph.text) if near else ():
            span = paragraph.origin(*match.span())
            nearest = min(near, key=lambda figure: _distance(figure, span))
            if _OF_BAND.search(paragraph.text[: match.start() + 1]):
                continue
            is_total = nearest.span in totals or nearest.span in sums
            if not is_total and not _is_sum(nearest, span):
                continue
            if _distance(nearest, span) > _REACH:
                continue
            grade = _written(match)
            due = _due(nearest.value, bands)
            if grade != due:
                yield hit_text(
                    span,
                    advice="请按得分更正等级；地方另有分档办法的，请写明文号和分档。",
                    grade=grade,
                    due=due,
                    score=number(nearest.value),
                )
                return


def _is_sum(figure: Figure, span: tuple[int, int]) -> bool:
    """Tell whether a grade follows a sum of scores at once: 合计94.5分，等次为“优”."""
    is_sum = re.search(r"(?:合计|总计|共计|共得|总分)(?:为|得|:)*$", figure.before) is not None
    return is_sum and figure.value <= _FULL and abs(span[0] - figure.end) <= _CLOSE


def _distance(figure: Figure, span: tuple[int, int]) -> int:
    """Return how far a grade stands from a score; one behind the score is nearer."""
    if span[1] <= figure.start:
        return figure.start - span[1] + _AHEAD
    return max(0, span[0] - figure.end)


def _written(match: re.Match[str]) -> str:
    """Return the grade that a text states, in its short form."""
    word = next(filter(None, match.groups()))
    return _CANONICAL.get(word, word)


def _due(score: float, bands: dict[str, float]) -> str:
    """Return the grade that a score earns."""
    return next((grade for grade in _ORDER[:-1] if score >= bands[grade]), "差")


RULE = Rule(
    code="NR11",
    name="narrative.grade_mismatch",
    severity=Severity.WARNING,
    message="自评得{score}分应为“{due}”，正文写“{grade}”，请更正等级。",
    question="{score}分评为“{grade}”依据什么分档办法？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)
