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

from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule

_WORDS = "优秀?|良好?|中等?|一般|合格|较?差"
_GRADE = re.compile(
    r"(?:等级|等次|评价结果|评定结果|自评结果|结论)(?:评定)?(?:为|是|属于|:)?[“\"‘ ]*"
    rf"(?P<grade>{_WORDS})(?![\u4e00-\u9fff]{{0,2}}率)"
    rf"|(?:评定为|评为|属于?|达到)[“\"‘ ]*(?P<other>{_WORDS})[”\"’ ]*"
    r"(?:等级|档|等次)?(?=[。,，;；)])"
)
_BAND = re.compile(
    r"(?P<low>\d{2,3})(?:分)?(?:\(含\))?(?:分)?(?:以上|[-—~至]+(?:100|\d{2})分?)[^。,;]{0,8}?为?[“\"]?(?P<grade>优|良|中)"
)
_ORDER = ("优", "良", "中", "差")
_USUAL = {"优": 90.0, "良": 80.0, "中": 60.0}
_CANONICAL = {"优秀": "优", "良好": "良", "中等": "中", "一般": "中", "合格": "中", "较差": "差"}
_REACH = 160
_FULL = 100


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    bands = _USUAL | {
        match["grade"]: float(match["low"]) for match in _BAND.finditer(report.folded)
    }
    for item in values_of(project_statements(context, report), "score"):
        if not 0 <= item.value <= _FULL:
            continue
        for paragraph in report.paragraphs:
            if not paragraph.start <= item.figure.start < paragraph.end:
                continue
            for match in _GRADE.finditer(paragraph.text):
                span = paragraph.origin(*match.span())
                if abs(span[0] - item.figure.end) > _REACH:
                    continue
                written = match["grade"] or match["other"]
                stated = _CANONICAL.get(written, written)
                due = _due(item.value, bands)
                if stated != due:
                    yield hit_text(
                        span,
                        advice="请按得分更正等级；地方另有分档办法的，请写明文号和分档。",
                        grade=stated,
                        due=due,
                        score=shown(item.value),
                    )
                return


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
