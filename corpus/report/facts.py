"""What a report says of itself: project, year, unit, and the project's figures."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

from corpus.report.principal import Quantity, Statement, statements
from corpus.report.reading import Report

_HEAD_PARAGRAPHS = 6
_UNIT = (
    r"[\u4e00-\u9fff]{2,24}?(?:人民政府|委员会|办公室|办事处|管理局|服务中心|联合会|街道|农场|大学|学院|学校|小学|中学|幼儿园"
    r"|医院|中心|局|厅|委|办|院|馆|队|站|所|会|镇|乡|县|区|市|省)"
)
_TITLE = re.compile(
    rf"(?:关于)?(?P<unit>{_UNIT})?(?:关于)?(?P<year>(?:19|20)\d{{2}})(?:年度?|[-—至~]+(?:19|20)?\d{{2,4}}年度?)"
    r"(?P<project>[^,，。;；:：\n]{2,60}?)"
    r"(?:支出|预算|资金支出|专项)?(?:绩效|自评|评价)[^,，。;；:：\n]{0,16}?(?:报告|总结|情况|说明|材料)"
)
_TITLE_YEAR_LAST = re.compile(
    r"(?P<project>[^,，。;；:：\n\d]{6,60}?)(?P<year>(?:19|20)\d{2})年度?(?:项目)?(?:支出)?(?:绩效|自评)"
)
_TITLE_LATE_YEAR = re.compile(
    r"(?P<project>[^,，。;；:：\n]{4,60}?)(?:支出|预算)?绩效(?:自评|评价|自我评价)[^,，。;；:：\n]{0,8}?报告"
)
_LABELS: dict[str, re.Pattern[str]] = {
    "project_name": re.compile(r"^\W*项目名称 ?: ?([^,，。;；\n|]{2,60})"),
    "department": re.compile(
        r"^\W*(?:主管部门|项目主管部门|预算主管部门|部门名称|主管单位) ?: ?([^,，。;；\n|]{2,40})"
    ),
    "implementing_unit": re.compile(
        r"^\W*(?:项目(?:实施)?单位|实施单位|填报单位|预算单位|单位名称|项目承担单位) ?: ?"
        r"([^,，。;；\n|]{2,40})"
    ),
}
_TOLD_UNIT = re.compile(
    rf"(?:由|实施主体[为是:]|实施单位[为是:])(?P<unit>{_UNIT})(?:具体|负责|组织|牵头)*(?:实施|承担|承建|建设|执行)"
)
"""Prose that names who carries the project out."""
_WHOLE = re.compile(r"整体(?:支出)?$|部门整体|整体支出")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_FIELDS: dict[Quantity, str] = {
    "initial_budget": "initial_budget_wan",
    "budget": "budget_wan",
    "executed": "executed_wan",
    "score": "total_score",
}
_SAME = 0.005
_DUE = re.compile(r"^[^,，。;；]{0,8}(?:到期|[底末]前|日前|以前|起(?!始)|退还)")
_DUE_REACH = 14


def read_facts(report: Report) -> dict[str, Any]:
    """Return fields of `SelfEvaluation` that the text states, each only where it is certain.

    A figure counts when all places that state it agree; what is contradicted is left to review. A
    stated rate is no fact but a claim, to be recomputed.
    """
    facts = _identity(report)
    stated = statements(report, facts.get("year"))
    for quantity, field in _FIELDS.items():
        values = [item.value for item in stated if item.quantity == quantity]
        if values and _agree(values):
            facts[field] = values[0]
    if "budget_wan" not in facts and "initial_budget_wan" in facts and not _has(stated, "budget"):
        facts["budget_wan"] = facts["initial_budget_wan"]
    return facts


def _has(stated: tuple[Statement, ...], quantity: Quantity) -> bool:
    return any(item.quantity == quantity for item in stated)


def _agree(values: list[float]) -> bool:
    return all(abs(value - values[0]) <= _SAME * max(abs(values[0]), 1e-9) for value in values)


def _identity(report: Report) -> dict[str, Any]:
    """Return project, unit and year from labels and the title."""
    found: dict[str, Any] = {}
    for paragraph in report.paragraphs[:40]:
        for field, pattern in _LABELS.items():
            match = pattern.match(paragraph.text.strip())
            if match:
                found.setdefault(field, match.group(1).strip())
    if "implementing_unit" not in found:
        for unit in islice(_TOLD_UNIT.finditer(report.folded), 1):
            found["implementing_unit"] = unit["unit"]
    head = _head(report)
    match = _TITLE_YEAR_LAST.match(head) or _TITLE.search(head) or _TITLE_LATE_YEAR.search(head)
    if match:
        _use_title(found, match)
    if "year" not in found:
        year = _YEAR.search(head)
        told = int(year.group(1)) if year else _told_year(report)
        if told is not None:
            found["year"] = told
    return found


def _told_year(report: Report) -> int | None:
    """Return the year that a text without one in its head speaks of most; the earliest of equals.

    Measures and dates of payment lie in the year after.
    """
    places: list[int] = []
    for paragraph in report.paragraphs:
        for match in _YEAR.finditer(paragraph.text):
            start, _ = paragraph.origin(*match.span())
            is_due = _DUE.search(paragraph.text[match.end() : match.end() + _DUE_REACH])
            if not is_due and not report.is_within(start, "measures"):
                places.append(int(match.group(1)))
    counts = Counter(places)
    return min(counts, key=lambda year: (-counts[year], year)) if counts else None


def _head(report: Report) -> str:
    """Return the first lines run together: a title often takes two."""
    lines = [p.text.strip(" #*") for p in report.paragraphs[:_HEAD_PARAGRAPHS]]
    return "".join(line for line in lines if len(line) < 60) or "".join(lines)[:200]


def _use_title(found: dict[str, Any], match: re.Match[str]) -> None:
    groups = match.groupdict()
    project = groups["project"].strip(' 《》“”"')
    unit = groups.get("unit")
    if groups.get("year"):
        found["year"] = int(groups["year"])
    if _WHOLE.search(project):
        project = f"{unit or ''}整体支出"
    found.setdefault("project_name", project)
    if unit and not re.search(r"[省市县区]$", unit):
        found.setdefault("department", unit)
