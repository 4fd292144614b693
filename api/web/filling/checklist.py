"""What is still missing from the form, in the words of the strip above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from api.web.filling.posted import LABELS, Posted

if TYPE_CHECKING:
    from api.web.filling.weighing import Weighing
    from review.finding import Finding

_NEEDED = ("project_name", "department", "year", "budget_wan", "goal")
_LACKS = {
    "CP02": "产出指标",
    "CP03": "效益指标",
    "CP04": "满意度指标",
    "CP05": "数量指标",
    "CP06": "质量指标",
    "CP07": "时效指标",
    "CP08": "成本指标",
}
"""Rules that find a level without indicators, and what then is missing."""

State = Literal["ok", "todo", "error", "info"]


@dataclass(frozen=True)
class Check:
    """One item of the strip."""

    state: State
    text: str
    place: str = ""
    """Id of the element to go to."""


def checks_of(posted: Posted, weighing: Weighing, findings: Sequence[Finding]) -> list[Check]:
    """Return the strip, in the order in which a form is filled in."""
    checks: list[Check | None] = [*_faulty(posted), _facts(posted)]
    if posted.is_evaluation:
        checks += [_unfilled(posted, "actual"), _unfilled(posted, "score")]
    else:
        checks += [_levels(posted, findings), _unfilled(posted, "target"), _weights(weighing)]
    begun = any(row.texts["actual"].strip() for row in posted.filled)
    if posted.filled and (begun or not posted.is_evaluation):
        checks.append(_remarks(findings))
    return [check for check in checks if check is not None]


def lacking(findings: Iterable[Finding]) -> list[str]:
    """Return the levels that a review found to have no indicator."""
    return list(dict.fromkeys(_LACKS[item.code] for item in findings if item.code in _LACKS))


def questions_of(posted: Posted, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return what the unit is asked: the question, and the id of the place to answer it."""
    asked = [
        (row.origin.question, f"target-{row.key}")
        for row in posted.filled
        if row.origin and row.origin.question and not row.texts["target"].strip()
    ]
    for finding in findings:
        if finding.question:
            key = posted.filled[finding.row].key if finding.row is not None else None
            asked.append((finding.question, f"{finding.field or 'name'}-{key}" if key else ""))
    return list(dict(asked).items())


def _faulty(posted: Posted) -> list[Check]:
    return [
        Check("error", fault.message, f"fact-{fault.field}")
        for fault in posted.faults
        if fault.row is None
    ]


def _facts(posted: Posted) -> Check | None:
    missing = [name for name in _NEEDED if not posted.facts[name].strip()]
    if not missing:
        return None if _faulty(posted) else Check("ok", "基本信息齐全")
    names = "、".join(LABELS[name].removesuffix("总额") for name in missing)
    return Check("todo", f"待填：{names}", f"fact-{missing[0]}")


def _levels(posted: Posted, findings: Sequence[Finding]) -> Check:
    if not posted.filled:
        return Check("todo", "还没有指标", "suggestions")
    missing = lacking(findings)
    if not missing:
        return Check("ok", "各级指标齐全")
    return Check("todo", f"缺{'、'.join(missing)}", "remarks")


def _unfilled(posted: Posted, name: str) -> Check | None:
    empty = [row for row in posted.filled if not row.texts[name].strip()]
    if not posted.filled:
        return None
    label = LABELS[name]
    if not empty:
        return Check("ok", f"{label}已填全")
    return Check("todo", f"{len(empty)}条未填{label}", f"{name}-{empty[0].key}")


def _weights(weighing: Weighing) -> Check | None:
    if weighing.wanted is None:
        return None
    text = f"分值合计{weighing.total:g}"
    empty = sum(weight == 0 for weight in weighing.shared_out.values())
    if empty:
        return Check("error", f"{empty}条分不到分值，请调整或全部自动分配", "reweigh")
    if weighing.fits:
        return Check("ok", text)
    return Check("error", f"{text}，应为{weighing.wanted:g}", "weights")


def _remarks(findings: Sequence[Finding]) -> Check:
    grave = sum(finding.severity == "error" for finding in findings)
    others = sum(finding.severity == "warning" for finding in findings)
    if grave:
        return Check("error", f"必须修改{grave}项、建议修改{others}项", "remarks")
    if others:
        return Check("todo", f"建议修改{others}项", "remarks")
    return Check("ok", "未发现需要修改的问题", "remarks")
