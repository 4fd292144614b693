"""What kind of report a text is: whose report, and by which of the usual skeletons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.report.section_names import Kind
from corpus.report.sections import Section

Genre = Literal["self_evaluation", "evaluation", "monitoring", "other"]
Skeleton = Literal["A", "B", "C", "D", "E", "F", "G", "department"]
"""A 财政部提纲型, B 转移支付型, C 结论前置型, D 封面加表格型, E 第三方评价型, F 决算公开短段型,
G 基层简版, department 部门整体支出型."""
_HEAD = 400
_SHORT = 700
_REPORT_TITLE = re.compile(
    r"(?:绩效|自评|评价|监控|支出)[^。,，]{0,30}(?:报告|总结|情况说明|自评表)|绩效自评|自评报告"
)
_TITLE = re.compile(r"^[^\n。]{0,50}绩效(?:自评|自我评价)[^\n。]{0,8}(?:\n|$)")
_THIRD_PARTY = re.compile(
    r"受.{2,20}委托|评价机构[:：]|第三方(?:评价)?机构[:：]|评价工作组受托|我(?:公司|所)受"
)
_WORK_REPORT = re.compile(
    r"(?:现将|将)[^。]{0,24}情况(?:汇报|报告)如下|工作(?:总结|汇报|要点)|经验(?:材料|做法)"
    r"|当前位置|责任编辑|来源[:：]《"
)
_PROJECT = re.compile(
    r"(?:本|该)项目|项目(?:名称|资金|实施单位|概况|单位|预算)|全年(?:预算|执行)|预算执行率|自评(?:总|综合)?得?分"
    r"|年度(?:总体|绩效)?目标|专项资金"
)
_MANY = re.compile(r"(?:全市|全区|全县|全省|各(?:县|镇|街道|部门|预算部门|区)|市级|区级)")
_WHOLE = re.compile(r"(?:部门|单位)?整体(?:支出)?(?:绩效|评价|自评)|部门整体")
_MONITORING = re.compile(r"绩效(?:运行)?监控|运行监控|跟踪监控")


@dataclass(frozen=True)
class ReportType:
    """Genre and skeleton with how sure the reading is."""

    genre: Genre
    confidence: float
    skeleton: Skeleton | None
    skeleton_confidence: float

    @property
    def is_reviewable(self) -> bool:
        """Tell whether what a self-evaluation must hold may be asked of the text."""
        return self.genre in ("self_evaluation", "evaluation")


_ORDERS: dict[Skeleton, tuple[Kind, ...]] = {
    "A": ("overview", "organisation", "conclusion", "completion", "problems", "measures"),
    "B": ("goals", "funds", "completion", "deviation", "results_use"),
    "C": ("conclusion", "measures", "background", "funds", "organisation"),
    "D": ("overview", "funds", "goals", "completion", "conclusion"),
    "E": ("background", "overview", "organisation", "conclusion", "problems", "attachments"),
    "G": ("overview", "funds", "management", "completion", "problems", "measures"),
    "department": ("department", "funds", "completion", "management", "conclusion"),
}


def recognise(text: str, sections: Sequence[Section], rows: int) -> ReportType:
    """Return the type of a folded text with its sections; `rows` counts indicators beside it."""
    genre, confidence = _genre(text, sections, rows)
    if genre in ("other", "monitoring"):
        return ReportType(genre, confidence, None, 0.0)
    skeleton, sure = _skeleton(text, sections)
    return ReportType(genre, confidence, skeleton, sure)


def _genre(text: str, sections: Sequence[Section], rows: int) -> tuple[Genre, float]:
    head = text[:_HEAD]
    kinds = {kind for section in sections for kind in section.kinds}
    told = kinds & {"funds", "completion", "conclusion", "goals", "organisation", "deviation"}
    own = 2.0 * bool(_REPORT_TITLE.search(head)) + 1.5 * bool(_TITLE.search(head))
    own += 0.5 * min(len(told), 4) + (1.5 if rows else 0)
    own += min(len(_PROJECT.findall(text)), 6) * 0.35
    foreign = 2.0 * bool(_WORK_REPORT.search(head)) + 0.3 * bool(_WORK_REPORT.search(text))
    per_thousand = 1000 * len(_MANY.findall(text)) / max(len(text), 500)
    foreign += min(per_thousand, 4) * 0.6
    if len(text) > 1500 and not _REPORT_TITLE.search(text[:120]) and len(told) < 3:
        foreign += 1.5
    if own <= foreign or own < 1.0:
        return "other", round(min(0.95, 0.5 + 0.1 * (foreign - own + 1)), 2)
    confidence = round(min(0.98, 0.5 + 0.12 * (own - foreign)), 2)
    if _MONITORING.search(head[:80]) and "自评" not in head[:80]:
        return "monitoring", confidence
    if _THIRD_PARTY.search(text[:3000]):
        return "evaluation", confidence
    return "self_evaluation", confidence


def _skeleton(text: str, sections: Sequence[Section]) -> tuple[Skeleton, float]:
    """Return the skeleton whose sections occur in its order, as far as possible."""
    if _WHOLE.search(text[:200]):
        return "department", 0.9
    if len(text) < _SHORT and len([s for s in sections if s.kinds]) < 3:
        return "F", 0.8
    seen = _sequence(sections)
    scores = {name: _in_order(order, seen) / len(order) for name, order in _ORDERS.items()}
    if seen and seen[0] != "conclusion":
        scores["C"] *= 0.5
    if "results_use" not in seen and "deviation" not in seen:
        scores["B"] *= 0.6
    scores["D"] *= 0.8
    if not _THIRD_PARTY.search(text[:3000]):
        scores["E"] *= 0.8
    if "department" not in seen:
        scores["department"] = 0.0
    if "organisation" in seen:
        scores["G"] *= 0.8
    best = max(scores, key=lambda name: scores[name])
    return best, round(0.3 + 0.6 * scores[best], 2)


def _sequence(sections: Sequence[Section]) -> list[Kind]:
    """Return the kinds of the sections in order of their first occurrence."""
    seen: list[Kind] = []
    for section in sections:
        for kind in sorted(section.kinds):
            if kind not in seen:
                seen.append(kind)
    return seen


def _in_order(order: Sequence[Kind], seen: Sequence[Kind]) -> float:
    """Return how many of a skeleton's sections occur; those out of order count half."""
    last, total = -1, 0.0
    for kind in order:
        if kind not in seen:
            continue
        place = seen.index(kind)
        total += 1.0 if place > last else 0.5
        last = max(last, place)
    return total
