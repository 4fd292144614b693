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

from corpus.report import Figure, Report
from corpus.text import normalise
from review.context import ReviewContext
from review.finding import Severity
from review.kinds import Whole
from review.narrative.places import hit_text, own_report, project_statements, shown, values_of
from review.rule import Hit, Rule

_PART = re.compile(
    r"(?:^|[其中:、\s为是由.)])(?:项目|预算|资金|服务对象|部门|一级|社会公众|社会)*"
    r"(?P<part>执行率?|支出率|决策|过程|管理|产出|效益|效果|满意度|成本|投入|履职产出|履职效果|履职|可持续性?)"
    r"(?:类|指标|执行|完成|情况|部分)*(?:自评)?(?:得分|实得|得|为|:|计|[(])*$"
)
_GOT = re.compile(r"(?:自评|实际)?(?:得分?|实得)(?:为|:)?")
_WEIGHTS = re.compile(r"权重|分值|满分")
_ALL_TOLD = re.compile(
    r"其[余他它](?:各项)?(?:指标|部分)?[^。]{0,6}满分|满分(?:为|是)?100分|扣分共|共扣|合计扣|总共扣"
)
_MIN_PARTS = 3
_TOLERANCE = 0.051
_GAP, _BEFORE = 2, 5
_MIN_LOST, _LEAD = 2, 24
_NAMES = "执行率?|支出率|决策|过程|管理|产出|效益|效果|满意度|成本|投入|履职产出|履职效果"
_FULL = 100
_BRACKETS = re.compile(r"\([^()]*\)")
_SUM = re.compile(r"(?:合计|相加|总计|共计)(?:为|得|是|共|:)*$")


def _check(context: ReviewContext) -> Iterator[Hit]:
    report = own_report(context)
    if report is None:
        return
    totals = [item.figure for item in values_of(project_statements(context, report), "score")]
    scores = [figure for figure in report.figures if figure.unit == "分" and not figure.in_table]
    for total in totals:
        found = [*_compare(total, _behind(scores, total))]
        if not found:
            found = [*_compare(total, _ahead(scores, total))]
        found += _deducted(scores, total, report)
        yield from found[:1]
        if found:
            return
    for figure in scores:
        if figure not in totals and _SUM.search(figure.before):
            yield from _compare(figure, _ahead(scores, figure))


def _compare(total: Figure, parts: list[tuple[str, Figure]]) -> Iterator[Hit]:
    """Yield a total that its parts do not add up to."""
    if len(parts) < _MIN_PARTS:
        return
    names = [name for name, _ in parts]
    values = [figure.value for _, figure in parts]
    sums = [sum(values)]
    if "满意度" in names and "效益" in names:  # some forms count it within the benefits
        sums.append(sum(v for n, v in zip(names, values, strict=True) if n != "满意度"))
    if abs(sums[0] - _FULL) <= _TOLERANCE and _WEIGHTS.search(parts[0][1].clause):
        return  # the points that could be had
    if all(abs(value - total.value) > _TOLERANCE for value in sums):
        yield hit_text(
            total.span,
            advice="请逐项核对得分，更正总分或分项。",
            total=shown(total.value),
            parts="、".join(f"{name}{shown(figure.value)}" for name, figure in parts),
            sum=shown(sums[0]),
        )


def _behind(scores: Sequence[Figure], total: Figure) -> list[tuple[str, Figure]]:
    """Return the scores of the first-level parts that follow a total, each name once."""
    later = [figure for figure in scores if figure.start > total.start]
    return _named([figure for figure in later if figure.sentence >= total.sentence], total.sentence)


def _ahead(scores: Sequence[Figure], total: Figure) -> list[tuple[str, Figure]]:
    """Return the scores of the first-level parts that a total closes."""
    earlier = [figure for figure in scores if figure.start < total.start]
    near = [figure for figure in earlier if total.sentence - figure.sentence <= _BEFORE]
    same = _named([figure for figure in near if figure.sentence == total.sentence])
    return same if len(same) >= _MIN_PARTS else _named(near)


def _named(scores: Sequence[Figure], sentence: int | None = None) -> list[tuple[str, Figure]]:
    """Return the scores whose words name a part, as long as they follow one another."""
    found: dict[str, Figure] = {}
    weighed = ""
    for figure in scores:
        if sentence is not None and figure.sentence - sentence > _GAP:
            break
        match = _PART.search(_unbracketed(figure))
        named = re.search(rf"({_NAMES})", figure.before) if figure.role == "weight" else None
        if named:
            weighed = named.group()
        elif match and weighed:
            return []  # a list of the points that could be had
        elif match and figure.role in ("score", "actual", "count"):
            found.setdefault(match["part"], figure)
            sentence = figure.sentence
        elif weighed and _GOT.fullmatch(figure.before):
            found.setdefault(weighed, figure)
            sentence, weighed = figure.sentence, ""
    return list(found.items())


def _unbracketed(figure: Figure) -> str:
    """Return the words before a score without a bracket among them: 产出（含成本）49.93分."""
    if not figure.before.endswith(")"):
        return figure.before
    lead = figure.clause[: figure.clause.rfind(figure.before + figure.text)] + figure.before
    return re.split(r"[、,，]", _BRACKETS.sub("", lead))[-1]


def _deducted(scores: Sequence[Figure], total: Figure, report: Report) -> Iterator[Hit]:
    """Yield a total that the deductions told beside it cannot leave of a hundred points."""
    lost = [f for f in scores if f.role == "deduction" and f.sentence == total.sentence]
    if len(lost) < _MIN_LOST:
        return
    sentence = report.text[min(lost[0].start, total.start) - _LEAD : lost[-1].end + _LEAD]
    sums = [f for f in lost if re.search(r"共|合计|总", f.before)]
    parts = [f for f in lost if f not in sums]
    found = sum(figure.value for figure in parts)
    left = _FULL - total.value
    is_short = found < left - _TOLERANCE and bool(_ALL_TOLD.search(normalise(sentence)))
    if len(parts) >= _MIN_LOST and (found > left + _TOLERANCE or is_short):
        yield hit_text(
            total.span,
            advice="请逐项核对扣分，更正总分或扣分。",
            total=shown(total.value),
            parts="、".join(f"扣{shown(figure.value)}" for figure in parts) + "，从满分100分扣减后",
            sum=shown(_FULL - found),
        )


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
