"""What a re-check adds to the feedback: points counted again, questions, materials to fetch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from review.feedback.items import plain
from review.finding import Finding
from review.result import ReviewResult
from review.scoring.rescoring import ScoredRow, Scoring
from review.wording import number

_QUESTIONS, _OF_ONE_RULE = 12, 3
_EXECUTION = "预算执行率"
_MATERIALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "预算批复、预算调整文件和国库支付明细",
        ("SC01", "SC02", "SC07", "SC10", "SC13", "SC14", "SC15", "CN07", "TR05", "MN08", "MN09"),
    ),
    (
        "批复的绩效目标表及绩效目标调整批复",
        ("SC03", "SC08", "CN01", "CN02", "CN03", "CN04", "CN05", "CN06"),
    ),
    (
        "本地区评分办法、各项得分的计算过程",
        ("SC02", "SC04", "SC05", "SC09", "SC11", "SC12", "SC16"),
    ),
    (
        "完成情况台账、统计表或业务系统导出数据",
        ("TR01", "TR02", "TR03", "TR06", "TR09", "TR10", "TR12", "MN01", "MN06", "MN07", "MN13"),
    ),
    (
        "验收单、交付清单等完成证明，未完成事项清单",
        ("SC06", "SC12", "TR05", "TR11", "MN05", "MN11"),
    ),
    ("满意度问卷样卷、发放回收登记和汇总表", ("TR07", "TR16", "TR17")),
    ("招标控制价、中标通知书、合同和结算审核资料", ("TR13", "SC15")),
    ("偏差原因说明及整改方案（责任人、时限）", ("TR04", "TR08", "TR11", "TR14", "TR15", "MN10")),
)


@dataclass(frozen=True)
class ScoreLine:
    """One line of the table of points."""

    number: str
    name: str
    weight: str
    own: str
    recomputed: str
    basis: str


@dataclass(frozen=True)
class Recheck:
    """The part of a feedback on a self-evaluation that a declaration does not have."""

    summary: tuple[str, ...]
    """Sentences on the scheme and the totals; empty where there are no points."""
    lines: tuple[ScoreLine, ...]
    questions: tuple[str, ...]
    materials: tuple[str, ...]


def compose_recheck(result: ReviewResult) -> Recheck:
    """Return what a re-check adds, in plain text fit for a letter."""
    scoring = result.scoring
    return Recheck(
        summary=tuple(_summary(scoring)) if scoring else (),
        lines=_lines(scoring, result) if scoring and scoring.total_own is not None else (),
        questions=list_questions(result.findings),
        materials=list_materials(result.findings),
    )


def list_questions(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the questions that findings raise, the severest first, few of each rule."""
    asked: dict[str, None] = {}
    of_rule: Counter[str] = Counter()
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        if not finding.question or of_rule[finding.code] >= _OF_ONE_RULE:
            continue
        of_rule[finding.code] += 1
        asked.setdefault(plain(finding.question), None)
    return tuple(asked)[:_QUESTIONS]


def list_materials(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the materials that would settle the findings."""
    found = {finding.code for finding in findings}
    return tuple(name for name, codes in _MATERIALS if found.intersection(codes))


def _summary(scoring: Scoring) -> list[str]:
    if scoring.total_own is None:
        return []
    scheme = scoring.scheme
    texts = [f"分值方案：{scheme.name}。" if scheme.recognised else f"分值方案：{scheme.note}"]
    total = f"自评合计{number(scoring.total_own)}分"
    total += f"（{scoring.grade_own}）" if scoring.grade_own else ""
    if scoring.total_recomputed is not None:
        total += f"，复算{number(scoring.total_recomputed)}分"
        total += f"（{scoring.grade_recomputed}）" if scoring.grade_recomputed else ""
        gap = round(scoring.total_own - scoring.total_recomputed, 2)
        total += f"，自评{'高' if gap > 0 else '低'}{number(abs(gap))}分" if gap else "，二者一致"
    texts.append(f"{total}。")
    texts += [note for note in scoring.notes if note != scheme.note or scheme.recognised]
    return [plain(text) for text in texts]


def _lines(scoring: Scoring, result: ReviewResult) -> tuple[ScoreLine, ...]:
    lines = [_line(row, result) for row in scoring.rows if row.own is not None or row.recomputed]
    own, again = scoring.total_own, scoring.total_recomputed
    total = ScoreLine("", "合计", _shown(scoring.scheme.total), _shown(own), _shown(again), "")
    return (*lines, total) if lines else ()


def _line(row: ScoredRow, result: ReviewResult) -> ScoreLine:
    name = _EXECUTION if row.index is None else result.rows[row.index].indicator.name
    again = _shown(row.recomputed)
    if row.recomputed is None and row.band is not None:
        again = f"{_shown(row.band[0])}—{_shown(row.band[1])}"
    return ScoreLine(
        number="" if row.index is None else str(row.index + 1),
        name=plain(name, 40),
        weight=_shown(row.weight),
        own=_shown(row.own),
        recomputed=again or "—",
        basis=plain(row.rule, 60),
    )


def _shown(value: float | None) -> str:
    return "" if value is None else number(value)
