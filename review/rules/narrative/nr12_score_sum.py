"""NR12 narrative.score_sum — 正文各部分得分之和不等于总分

反例：
    “自评得分98分，其中：执行率9分、产出46分、效益28分、满意度9分。”（合计92分）
正例：
    各部分得分相加等于自评总分。
理由：
    总分与分项对不上，总分就没有依据。
已知局限：
    只在一句话或相邻两句列出三个以上一级部分得分时核对。
依据：
    财预〔2020〕10号：自评得分应如实计算，各级指标得分之和与总分一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Figure
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule

_PART = re.compile(
    r"(?:^|[其中:、\s])(?:项目|预算|资金|服务对象|部门|一级|社会公众)*(?P<part>执行率?|支出率|决策|过程|管理|产出|效益|效果|满意度|成本|投入|履职产出|履职效果"
    r"|履职|可持续性?)(?:类|指标|情况|部分)*(?:自评)?(?:得分|实得|得|为|:|计|[(])*$"
)
_MIN_PARTS = 3
_TOLERANCE = 0.051
_SENTENCES, _BEFORE = 2, 5
_SUM = re.compile(r"(?:合计|相加|总计|共计)(?:为|得|是|共|:)*$")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    totals = [item.figure for item in values_of(project_statements(context, report), "score")]
    for total in totals[:1]:
        yield from _compare(total, _parts(report.figures, total, 0, _SENTENCES))
    for figure in report.figures:
        if figure.unit == "分" and figure not in totals[:1] and _SUM.search(figure.before):
            yield from _compare(figure, _parts(report.figures, figure, -_BEFORE, 0))


def _compare(total: Figure, parts: list[tuple[str, Figure]]) -> Iterator[Hit]:
    """Yield a total that its parts do not add up to."""
    if len(parts) < _MIN_PARTS:
        return
    names = [name for name, _ in parts]
    values = [figure.value for _, figure in parts]
    sums = [sum(values)]
    if "满意度" in names and "效益" in names:  # some forms count it within the benefits
        sums.append(sum(v for n, v in zip(names, values, strict=True) if n != "满意度"))
    if all(abs(value - total.value) > _TOLERANCE for value in sums):
        yield hit_text(
            total.span,
            advice="请逐项核对得分，更正总分或分项。",
            total=shown(total.value),
            parts="、".join(f"{name}{shown(figure.value)}" for name, figure in parts),
            sum=shown(sums[0]),
        )


def _parts(
    figures: Sequence[Figure], total: Figure, first: int, last: int
) -> list[tuple[str, Figure]]:
    """Return the scores of the first-level parts stated beside a total, each name once."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.unit != "分" or figure is total or figure.in_table:
            continue
        if not first <= figure.sentence - total.sentence <= last:
            continue
        match = _PART.search(figure.before)
        if match and figure.role in ("score", "actual", "count"):
            found.setdefault(match["part"], figure)
    return list(found.items())


RULE = Rule(
    code="NR12",
    name="narrative.score_sum",
    severity=Severity.WARNING,
    message="各部分得分（{parts}）合计{sum}分，与总分{total}分不符，请核对。",
    question="总分{total}分由哪些部分相加得出？",
    check=Whole(_check),
    manual_text=__doc__,
    confidence=0.92,
)
